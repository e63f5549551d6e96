"""Prepared before, held after: a session that is planned for a later day."""

from __future__ import annotations

import datetime as dt

import pytest

from coaching.change import Change
from coaching.elements import WALK
from coaching.log import Log
from coaching.session import write
from playground.testing.person import Modal, Surface
from tests.flows.center import TEAM, Center
from tests.flows.mornings import at, letters_of, told, until
from tests.flows.stored import drafted
from tests.flows.writing import POINTS, fill_evidence, following, open_evidence


async def prepared(center: Center) -> Modal:
    """The look-over of a session that is planned in three days."""
    modal = await open_evidence(center.sam, "@dana")
    await fill_evidence(modal)
    at = center.clock.now() + dt.timedelta(days=3)
    await modal.fill("Session took place", int(at.timestamp()))
    modal = await following(modal)
    await modal.fill(modal.labels[0], "Gave the cancellation fee without asking why")
    modal = await following(modal)
    assert modal.submit_text == "Next: follow-up"
    await modal.fill(modal.labels[0], "Ask the reason for cancelling before naming the fee")
    modal = await following(modal)
    assert modal.title == "Follow-up (5 of 5)"
    return await following(modal)


def assert_just_held(center: Center, log: Log) -> None:
    assert log.session_at is not None
    assert dt.timedelta() <= center.now - log.session_at < dt.timedelta(minutes=1)


async def holds(center: Center, modal: Modal) -> None:
    """Write the conversation, which the open form asks for, and share."""
    assert modal.title == "Conversation (4 of 5)"
    log = await center.store.log_numbered(TEAM, 1)
    assert log is not None
    assert_just_held(center, log)
    await modal.fill("Discussion points", POINTS)
    modal = await following(modal)
    assert modal.title == "Look it over"
    assert modal.submit_text == "Share with Dana"
    after = await modal.submit()
    assert after is not None
    assert "CL-1 is shared with Dana" in after.text


async def test_it_is_shared_only_once_it_was_held(center: Center) -> None:
    modal = await prepared(center)
    assert "The session is planned for" in modal.text
    assert modal.submit_text == "Session held"
    await holds(center, await following(modal))
    assert not center.refused


async def test_after_the_session_only_what_is_missing_is_asked_for(center: Center) -> None:
    modal = await open_evidence(center.sam, "@dana")
    await fill_evidence(modal)
    at = center.clock.now() + dt.timedelta(days=3)
    await modal.fill("Session took place", int(at.timestamp()))
    modal = await following(modal)
    await modal.fill(modal.labels[0], "Gave the cancellation fee without asking why")
    await modal.press("Finish later")
    await (await center.sam.modal()).close(everything=True)
    await center.sam.types("/coach")
    await (await center.sam.modal()).press("Session held")
    modal = await center.sam.modal()
    assert (modal.title, modal.submit_text) == ("Conversation (4 of 5)", "Next: target")
    await modal.fill("Discussion points", POINTS)
    modal = await following(modal)
    assert (modal.title, modal.submit_text) == ("Target (3 of 5)", "Next: follow-up")
    await modal.fill(modal.labels[0], "Ask the reason for cancelling before naming the fee")
    modal = await following(modal)
    assert (modal.title, modal.submit_text) == ("Follow-up (5 of 5)", "Look it over")
    modal = await following(modal)
    assert modal.submit_text == "Share with Dana"
    assert not center.refused


async def test_one_that_is_put_off_is_reminded_of_on_its_new_day(center: Center) -> None:
    def session_at(day: str) -> int:
        return int(dt.datetime.fromisoformat(f"{day}T10:00+00:00").timestamp())

    async def reminded() -> int:
        return len(await letters_of(center.sam, "CL-1 with Dana is not finished yet"))

    await drafted(center, session_at=session_at("2026-11-25"))
    await until(center, "2026-11-26 12:00")
    before = await reminded()
    sam = (await center.store.people(TEAM, ["U0SAM"]))["U0SAM"]
    log = await center.log(1)
    content = {**log.content, "session_at": session_at("2026-12-02")}
    change = write(log, WALK, content, actor=sam, now=center.now)
    assert isinstance(change, Change)
    await center.store.save(change)
    await told(center)
    await until(center, "2026-12-02 12:00")
    assert await reminded() == before
    await at(center, "2026-12-02 16:00")
    await until(center, "2026-12-03 12:00")
    assert await reminded() == before + 2


async def test_it_is_taken_up_where_the_session_is_held(center: Center) -> None:
    await (await prepared(center)).press("Finish later")
    await (await center.sam.modal()).close(everything=True)
    await center.sam.types("/coach @dana")
    choice = await center.sam.modal()
    assert "planned for Fri 27 November, 14:30 GMT. Ready for the session." in choice.text
    await choice.press("Continue")
    assert (await center.sam.modal()).title == "Look it over"
    await (await center.sam.modal()).close(everything=True)
    await center.sam.types("/coach @dana")
    await (await center.sam.modal()).press("Session held")
    await holds(center, await center.sam.modal())
    assert not center.refused


async def begun(center: Center) -> None:
    """A draft of a session that is planned in three days, with nothing else in it."""
    modal = await open_evidence(center.sam, "@dana")
    at = center.clock.now() + dt.timedelta(days=3)
    await modal.fill("Session took place", int(at.timestamp()))
    await modal.press("Finish later")
    await (await center.sam.modal()).close(everything=True)


async def listed_in(center: Center, place: str) -> Surface:
    if place == "home":
        return await center.sam.home()
    await center.sam.types(place)
    return (await center.sam.said_privately())[-1]


@pytest.mark.parametrize("place", ["/coach drafts", "/coach show CL-1", "home"])
async def test_it_can_be_held_from_wherever_the_draft_is_listed(center: Center, place: str) -> None:
    await begun(center)
    await (await listed_in(center, place)).press("Session held")
    modal = await center.sam.modal()
    assert modal.title == "Conversation (4 of 5)"
    log = await center.store.log_numbered(TEAM, 1)
    assert log is not None
    assert_just_held(center, log)
    assert not center.refused


async def test_a_session_that_began_keeps_its_time(center: Center) -> None:
    modal = await prepared(center)
    at = int((center.clock.now() + dt.timedelta(days=3)).timestamp())
    center.pass_days(4)
    modal = await following(modal)
    assert modal.title == "Conversation (4 of 5)"
    log = await center.store.log_numbered(TEAM, 1)
    assert log is not None
    assert log.content["session_at"] == at
    assert not center.refused


async def test_back_passes_over_the_conversation(center: Center) -> None:
    modal = await prepared(center)
    await modal.press("Back")
    await (await center.sam.modal()).press("Back")
    assert (await center.sam.modal()).title == "Target (3 of 5)"
    assert not center.refused
