"""A log that was shared without its observation or conversation is marked, and finished later."""

from __future__ import annotations

import datetime as dt

from playground.testing.person import Person
from tests.flows.center import Center

QUICK = {
    "Call ID or recording link": "8841",
    "Moment of the call": "03:12",
    "Score": "55",
    "One thing that Dana will do differently": "Ask the reason first",
}


async def _shared_quickly(center: Center) -> None:
    await center.sam.types("/coach quick @dana")
    modal = await center.sam.modal()
    await modal.choose("QA criterion", "Discovery")
    for label, words in QUICK.items():
        await modal.fill(label, words)
    after = await modal.submit()
    if after is not None:
        assert not after.errors, after.errors
        await after.close(everything=True)
    await center.dana.message("Ask the reason first")


async def _answer(person: Person, words: str) -> str:
    await person.types(f"/coach {words}")
    return (await person.said_privately())[-1].text


async def test_the_home_asks_its_supervisor_for_what_is_missing(center: Center) -> None:
    await _shared_quickly(center)
    home = await center.sam.home()
    assert "CL-1 · Dana Whitfield · observation and conversation not written yet" in home.text
    await home.press("Add observation")
    form = await center.sam.modal()
    assert form.title == "Observation"
    await form.fill(form.labels[0], "Gave the fee first")
    saved = await form.submit()
    assert saved is not None
    await saved.close(everything=True)
    home = await center.sam.home()
    assert "CL-1 · Dana Whitfield · conversation not written yet" in home.text
    await home.press("Add conversation")
    form = await center.sam.modal()
    await form.fill("Discussion points", "The fee\nThe reason\nThe order")
    saved = await form.submit()
    assert saved is not None
    await saved.close(everything=True)
    assert "Still to be written" not in (await center.sam.home()).text
    assert not center.refused


async def test_it_is_marked_for_those_who_look_after_the_agent_alone(center: Center) -> None:
    await _shared_quickly(center)
    center.pass_days(62)
    await center.sam.message("CL-1")
    for person in (center.sam, center.lena):
        for words in ("history @dana", "due"):
            marked = "Observation and conversation not written yet"
            assert marked in await _answer(person, words), words
    assert "not written" not in await _answer(center.dana, "history")
    for person in (center.lena, center.dana):
        assert "Still to be written" not in (await person.home()).text
    assert not center.refused


async def test_what_was_decided_without_it_says_not_documented(center: Center) -> None:
    await _shared_quickly(center)
    center.clock.advance(dt.timedelta(days=1))
    await center.sam.types("/coach outcome @dana")
    form = await center.sam.modal()
    await form.fill("Calls looked at", "10")
    await form.fill("Calls that reached the threshold", "9")
    await form.choose("Decision", "Close")
    closed = await form.submit()
    assert closed is not None
    assert not closed.errors
    await closed.close(everything=True)
    said = await _answer(center.sam, "history @dana")
    assert "Observation and conversation not documented" in said
    assert "Still to be written" not in (await center.sam.home()).text
