"""Slack's three seconds for opening a form ran out: nothing is lost, and the way on is said."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest

from playground import Channel
from playground.testing.person import Person
from tests.flows.center import Center
from tests.flows.forging import Sender
from tests.flows.stored import drafted, shared
from views import ids

TOO_LATE = "Slack took too long"


@pytest.mark.parametrize(
    "command",
    ["", "@dana", "quick @dana", "quick", "target @dana", "outcome @marco", "evidence CL-1"],
)
async def test_a_command_says_that_it_came_too_late(center: Center, command: str) -> None:
    await drafted(center)
    await shared(center, "U0MARCO")
    center.stopwatch.pace = 4
    await center.sam.types(f"/coach {command}".strip())
    (said,) = await center.sam.said_privately()
    assert TOO_LATE in said.text
    assert not await center.sam.has_modal()
    assert {entry.error for entry in center.refused} == {"expired_trigger_id"}
    center.stopwatch.pace = 0
    await center.sam.types(f"/coach {command}".strip())
    assert await center.sam.has_modal()


async def _agent_acknowledges(center: Center) -> Person:
    await (await center.dana.message("Call 8841")).press("Acknowledge")
    return center.dana


async def _agent_adds_a_view(center: Center) -> Person:
    await (await center.dana.message("Call 8841")).press("Add my view")
    return center.dana


async def _lead_voids(center: Center) -> Person:
    await center.lena.types("/coach show CL-1")
    await (await center.lena.said_privately())[-1].press("Void…")
    return center.lena


async def _supervisor_changes(center: Center) -> Person:
    await center.sam.types("/coach show CL-1")
    await (await center.sam.said_privately())[-1].press("Change")
    return center.sam


async def _supervisor_records(center: Center) -> Person:
    await center.sam.types("/coach show CL-1")
    await (await center.sam.said_privately())[-1].press("Record outcome")
    return center.sam


async def _supervisor_checks_in(center: Center) -> Person:
    await center.sam.types("/coach show CL-1")
    await (await center.sam.said_privately())[-1].press("Check in")
    return center.sam


async def _from_home(center: Center) -> Person:
    home = await center.sam.home()
    await home.press("Log a session", after="Marco")
    return center.sam


async def _from_anywhere(center: Center) -> Person:
    await center.sam.shortcut("Log a coaching session")
    return center.sam


@pytest.mark.parametrize(
    "doing",
    [
        _agent_acknowledges,
        _agent_adds_a_view,
        _lead_voids,
        _supervisor_changes,
        _supervisor_records,
        _supervisor_checks_in,
        _from_home,
        _from_anywhere,
    ],
)
async def test_a_press_says_that_it_came_too_late(
    center: Center, doing: Callable[[Center], Awaitable[Person]]
) -> None:
    log = await shared(center)
    await center.dana.message("Call 8841")
    center.stopwatch.pace = 4
    person = await doing(center)
    said = await person.message(TOO_LATE)
    assert "once more" in said.text
    assert not await person.has_modal()
    assert {entry.error for entry in center.refused} == {"expired_trigger_id"}
    assert await center.log() == log
    center.stopwatch.pace = 0
    await doing(center)
    assert await person.has_modal()


async def test_a_shortcut_on_a_message_answers_where_the_message_stands(center: Center) -> None:
    center.ws.add_channel(Channel(id="C0QA", name="qa-alerts", members=("U0SAM", "U0DANA")))
    await center.dana.types("Discovery 40, call 9001", channel="C0QA")
    (alert,) = await center.sam.messages("C0QA")
    center.stopwatch.pace = 4
    await center.sam.message_shortcut("Coach on this message", alert)
    said = (await center.sam.messages("C0QA"))[-1]
    assert said.is_private
    assert TOO_LATE in said.text
    assert len(await center.dana.messages("C0QA")) == 1


@pytest.mark.parametrize("spent", [True, False])
async def test_a_trigger_that_was_used_or_never_given_opens_nothing(
    center: Center, *, spent: bool
) -> None:
    log = await shared(center)
    trigger = center.ws.triggers.issue("U0DANA")
    if spent:
        center.ws.triggers.spend(trigger)
    sender = Sender(center, "U0DANA", trigger=trigger if spent else "123.nonsense")
    await sender.presses(ids.ACKNOWLEDGE, log.id)
    assert sender.failures == []
    assert TOO_LATE in sender.saw()
    assert "incident" not in sender.saw()
    wanted = "exchanged_trigger_id" if spent else "invalid_trigger_id"
    assert [entry.error for entry in center.refused] == [wanted]


async def test_inside_a_form_no_trigger_is_needed(center: Center) -> None:
    await drafted(center, without=["points"])
    await center.sam.types("/coach")
    await (await center.sam.modal()).press("Continue")
    center.stopwatch.pace = 4
    form = await center.sam.modal()
    assert form.title == "Conversation (4 of 5)"
    await form.fill("Discussion points", "One\nTwo\nThree")
    await form.press("Back")
    assert (await center.sam.modal()).title == "Target (3 of 5)"
    assert (await center.log()).content["points"] == ("One", "Two", "Three")
    assert not center.refused


async def test_what_was_done_stays_done_where_only_the_answer_came_too_late(
    center: Center,
) -> None:
    await drafted(center)
    home = await center.sam.home()
    center.stopwatch.pace = 4
    await home.press("Discard")
    said = await center.sam.message("CL-1 was discarded")
    assert TOO_LATE not in said.text
    assert (await center.log()).state == "discarded"
    home = await center.sam.home()
    assert "CL-1" not in home.text
