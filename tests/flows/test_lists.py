from __future__ import annotations

import datetime as dt

import pytest

from tests.flows.center import Center
from tests.flows.writing import fill_evidence, following, open_evidence, share


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("due", "CL-1"),
        ("drafts", "No drafts"),
        ("history @dana", "CL-1"),
        ("team", "Dana Whitfield"),
        ("show CL-1", "Ask the reason for cancelling"),
        ("help", "What you can type"),
        ("histroy", "Did you mean"),
    ],
)
async def test_what_a_supervisor_asks_for(center: Center, command: str, words: str) -> None:
    await share(center.sam, "@dana", review_by=center.today + dt.timedelta(days=30))
    center.pass_days(34)
    await center.sam.types(f"/coach {command}")
    assert words in (await center.sam.said_privately())[-1].text
    assert not center.refused


@pytest.mark.parametrize("user", ["U0SAM", "U0DANA", "U0LENA", "U0IRIS"])
async def test_everybody_has_a_home(center: Center, user: str) -> None:
    await share(center.sam, "@dana")
    home = await center.person(user).home()
    assert home.text
    assert not center.refused


async def test_a_draft_is_taken_up_where_it_was_left(center: Center) -> None:
    modal = await open_evidence(center.sam, "@dana")
    await fill_evidence(modal)
    modal = await following(modal)
    await modal.press("Finish later")
    kept = await center.sam.modal()
    assert "Kept as CL-1" in kept.text
    await kept.close(everything=True)
    await center.sam.types("/coach")
    choice = await center.sam.modal()
    await choice.press("Continue")
    modal = await center.sam.modal()
    assert modal.title == "Observation (2 of 5)"
    assert not center.refused


async def test_back_loses_nothing(center: Center) -> None:
    modal = await open_evidence(center.sam, "@dana")
    await fill_evidence(modal)
    modal = await following(modal)
    await modal.fill(modal.labels[0], "Gave the fee first")
    await modal.press("Back")
    modal = await center.sam.modal()
    assert modal.value("Call ID or recording link") == "8841"
    assert modal.value("Score") == "55"
    modal = await following(modal)
    assert modal.value(modal.labels[0]) == "Gave the fee first"
    assert not center.refused


async def test_wrong_values_stand_on_their_fields(center: Center) -> None:
    modal = await open_evidence(center.sam, "@dana")
    await modal.fill("Moment of the call", "soon")
    await modal.choose("QA criterion", "Empathy")
    await modal.fill("Score", "7")
    after = await modal.submit()
    assert after is not None
    assert set(after.errors) == {"Moment of the call", "Score"}
    assert not center.refused


async def test_a_criterion_can_be_added_while_typing(center: Center) -> None:
    modal = await open_evidence(center.sam, "@dana")
    (adding,) = await modal.suggestions("QA criterion", "Tone of voice")
    assert adding["text"] == "Add “Tone of voice” (0 to 100 %)"
    await modal.fill("QA criterion", adding)
    await modal.fill("Score", "40")
    await following(modal)
    names = {item.name for item in (await center.store.criteria("T0CENTER")).values()}
    assert "Tone of voice" in names
    assert not center.refused


async def test_the_quick_log_shares_in_one_go(center: Center) -> None:
    await center.sam.types("/coach quick @dana")
    modal = await center.sam.modal()
    await modal.fill("Call ID or recording link", "8841")
    await modal.fill("Moment of the call", "03:12")
    await modal.choose("QA criterion", "Discovery")
    await modal.fill("Score", "55")
    await modal.fill("One thing that Dana will do differently", "Ask the reason first")
    assert modal.submit_text == "Share with Dana"
    after = await modal.submit()
    assert after is None or not after.errors
    await center.dana.message("Ask the reason first")
    assert not center.refused


async def test_a_check_in_is_told(center: Center) -> None:
    await share(center.sam, "@dana")
    await center.sam.types("/coach @dana")
    choice = await center.sam.modal()
    await choice.press("Check in")
    form = await center.sam.modal()
    await form.fill("Discussion points", "Listened to two calls\nThe reason comes first now")
    assert await form.submit() is None
    await center.dana.message("The reason comes first now")
    assert not center.refused


async def test_see_all_of_it_answers_privately(center: Center) -> None:
    await share(center.sam, "@dana")
    summary = await center.dana.message("Call 8841 at 03:12")
    await summary.press("See all of it")
    (whole,) = await center.dana.said_privately()
    assert "What you talked about" in whole.text
    assert not center.refused


async def test_a_discarded_draft_says_so_in_its_place(center: Center) -> None:
    modal = await open_evidence(center.sam, "@dana")
    await fill_evidence(modal)
    modal = await following(modal)
    await modal.close(everything=True)
    await center.sam.types("/coach show CL-1")
    (shown,) = await center.sam.said_privately()
    await shown.press("Discard")
    (said,) = await center.sam.said_privately()
    assert "CL-1 is discarded" in said.text
    assert not center.refused
