"""Next steps that somebody promised: *Done* and *Not yet*."""

from __future__ import annotations

import pytest

from playground.testing.person import Message, Person
from tests.flows.center import Center
from tests.flows.forging import Sender
from tests.flows.moving import imported, leaves
from tests.flows.stored import shared
from views import ids

STEP = "Listen to two calls together"


async def promised(center: Center, who: str = "supervisor") -> None:
    await shared(center, step_what=STEP, step_who=who, step_by="2026-12-01")


async def told(person: Person, command: str) -> Message:
    await person.types(f"/coach {command}")
    return (await person.said_privately())[-1]


async def test_done_in_the_list_of_what_is_due(center: Center) -> None:
    await promised(center)
    due = await told(center.sam, "due")
    assert "ou promised 1 next step" in due.text
    await due.press("Not yet")
    (due,) = await center.sam.said_privately()
    assert STEP in due.text
    assert (await center.log()).step_later is not None
    await due.press("Done")
    (due,) = await center.sam.said_privately()
    assert "Nothing is due" in due.text
    assert (await center.log()).step_done is not None
    assert not center.refused


async def test_the_agent_promises_too(center: Center) -> None:
    await promised(center, "agent")
    due = await told(center.dana, "due")
    await due.press("Done")
    assert "Nothing is due" in (await center.dana.said_privately())[-1].text
    assert (await center.log()).step_done is not None
    assert "Nothing is due" in (await told(center.sam, "due")).text
    assert not center.refused


async def test_done_in_the_home(center: Center) -> None:
    await promised(center)
    home = await center.sam.home()
    await home.press("Done", after="promised to")
    assert (await center.log()).step_done is not None
    assert "promised to" not in (await center.sam.home()).text
    assert not await center.sam.has_modal()
    assert not center.refused


async def test_done_in_the_log_leaves_the_log_in_view(center: Center) -> None:
    await promised(center)
    log = await told(center.sam, "show CL-1")
    await log.press("Next step done")
    (log,) = await center.sam.said_privately()
    assert "Ask the reason for cancelling" in log.text
    assert "Next step done" not in log.buttons
    assert (await center.log()).step_done is not None
    assert not center.refused


async def test_done_in_a_log_that_was_opened_from_the_home(center: Center) -> None:
    await promised(center)
    home = await center.sam.home()
    await home.press("See all of it", after="Not acknowledged yet")
    view = await center.sam.modal()
    assert view.title == "CL-1"
    await view.press("Next step done")
    view = await center.sam.modal()
    assert view.title == "CL-1"
    assert "Next step done" not in view.buttons
    assert (await center.log()).step_done is not None
    assert not center.refused


async def test_done_twice_says_so(center: Center) -> None:
    await promised(center)
    old = await told(center.sam, "due")
    await old.press("Done")
    log = await center.log()
    for action_id in (ids.STEP_DONE, ids.STEP_LATER):
        sender = Sender(center, "U0SAM")
        await sender.presses(action_id, log.id, private=True)
        assert "is done already" in sender.saw()
    assert await center.log() == log


@pytest.mark.parametrize(
    ("user", "words"),
    [
        ("U0DANA", "was promised by somebody else"),
        ("U0LENA", "was promised by somebody else"),
        ("U0MARCO", "can't find that log"),
        ("U0PRIYA", "can't find that log"),
    ],
)
async def test_nobody_keeps_somebody_elses_promise(center: Center, user: str, words: str) -> None:
    await promised(center)
    log = await center.log()
    sender = Sender(center, user)
    await sender.presses(ids.STEP_DONE, log.id, private=True)
    assert words in sender.saw()
    assert await center.log() == log


async def test_a_log_without_a_next_step(center: Center) -> None:
    log = await shared(center)
    sender = Sender(center, "U0SAM")
    await sender.presses(ids.STEP_DONE, log.id)
    assert "has no next step that is open" in sender.saw()


@pytest.mark.parametrize("answer", ["Done", "Not yet"])
async def test_who_takes_over_answers_for_who_promised_it(
    center_anywhere: Center, answer: str
) -> None:
    center, priya = center_anywhere, center_anywhere.person("U0PRIYA")
    await promised(center)
    assert "Nothing is due" in (await told(priya, "due")).text
    await imported(center, "Retention,agent,U0DANA")
    assert "Nothing is due" in (await told(center.sam, "due")).text
    assert f"Sam promised: {STEP}" in (await priya.home()).text
    assert "Next step done" in (await told(priya, "show CL-1")).buttons
    due = await told(priya, "due")
    assert "ou took over 1 next step" in due.text
    assert "CL-1 · promised to Dana by Tue 1 December" in due.text
    assert f"Sam promised: {STEP}" in due.text
    await due.press(answer)
    log = await center.log()
    assert (log.step_done is not None, log.step_later is not None) == (
        answer == "Done",
        answer == "Not yet",
    )
    assert not center.refused


async def test_a_step_promised_in_a_check_in_is_taken_over_too(center: Center) -> None:
    await imported(center, "Billing,supervisor,U0IRIS")
    iris = center.person("U0IRIS")
    await shared(center)
    await (await told(iris, "show CL-1")).press("Check in")
    form = await iris.modal()
    await form.press("More")
    form = await iris.modal()
    await form.fill("Discussion points", "The reason comes first now")
    await form.fill("Next step: what", STEP)
    await form.choose("Next step: who", "Iris")
    await form.submit()
    assert "Nothing is due" in (await told(center.sam, "due")).text
    await leaves(center, "U0IRIS")
    due = await told(center.sam, "due")
    assert f"Iris promised: {STEP}" in due.text
    await due.press("Done")
    assert "Nothing is due" in (await told(center.sam, "due")).text
    assert not center.refused
