"""What agents and leads answer, where something came in between."""

from __future__ import annotations

import asyncio

import pytest

from coaching.log import State
from playground.testing.person import Modal
from tests.flows.center import TEAM, Center
from tests.flows.forging import Sender, decided
from tests.flows.stored import drafted, shared
from views import ids


async def view_form(center: Center) -> Modal:
    await (await center.dana.message("Call 8841")).press("Add my view")
    return await center.dana.modal()


async def disagrees(center: Center, words: str = "The policy page was down") -> None:
    form = await view_form(center)
    await form.choose("Do you agree?", "No")
    await form.fill("Your words", words)
    assert await form.submit() is None


async def void(center: Center) -> None:
    log = await center.log()
    state = {ids.VOID_REASON_BLOCK: {"reason": {"value": "Wrong call"}}}
    await Sender(center, "U0SAM").submits(ids.VOID, {"log": log.id}, **state)
    assert (await center.log()).state is State.VOIDED


async def test_an_old_copy_says_that_it_was_acknowledged(center: Center) -> None:
    log = await shared(center)
    await (await center.dana.message("Call 8841")).press("Acknowledge")
    form = await center.dana.modal()
    await form.submit()
    sender = Sender(center, "U0DANA")
    await sender.presses(ids.ACKNOWLEDGE, log.id)
    assert "You acknowledged CL-1 already" in (await center.dana.modal()).text
    await sender.submits(ids.ACKNOWLEDGE, {"log": log.id})
    assert "You acknowledged CL-1 already" in sender.saw()
    await center.sam.message("Dana acknowledged CL-1")
    assert len(await center.sam.messages()) == 1


async def test_acknowledging_at_once_on_two_devices_tells_once(center: Center) -> None:
    log = await shared(center)
    senders = [Sender(center, "U0DANA") for _ in range(4)]
    await asyncio.gather(*(one.submits(ids.ACKNOWLEDGE, {"log": log.id}) for one in senders))
    assert all(not sender.failures for sender in senders)
    assert (await center.log()).saved == log.saved + 1
    await center.sam.message("Dana acknowledged CL-1")
    assert len(await center.sam.messages()) == 1


async def test_nothing_is_left_to_answer_on_a_voided_log(center: Center) -> None:
    log = await shared(center)
    form = await view_form(center)
    await void(center)
    await form.choose("Do you agree?", "Yes")
    note = await form.submit()
    assert note is not None
    assert "CL-1 was voided" in note.text
    sender = Sender(center, "U0DANA")
    for action_id, value in ((ids.ACKNOWLEDGE, log.id), (ids.ADD_VIEW, f"{log.id} summary")):
        await sender.presses(action_id, value)
        assert "CL-1 was voided" in (await center.dana.modal()).text
    assert not (await center.log()).is_acknowledged


async def test_a_view_written_while_the_log_was_voided_can_still_be_copied(center: Center) -> None:
    await shared(center)
    form = await view_form(center)
    await form.choose("Do you agree?", "No")
    await form.fill("Your words", "The policy page was down")
    await void(center)
    again = await form.submit()
    assert again is not None
    assert "voided. There is nothing left to answer." in again.text
    assert "not saved:\nYour words:\nThe policy page was down" in again.text
    assert not (await center.log()).views


async def test_the_same_view_twice_is_kept_once(center: Center) -> None:
    await shared(center)
    form = await view_form(center)
    await form.choose("Do you agree?", "In part")
    await form.fill("Your words", "The policy page was down")
    answers = await asyncio.gather(form.try_submit(), form.try_submit())
    assert all("error" not in answer for answer in answers), answers
    assert len((await center.log()).views) == 1
    assert not center.refused


@pytest.mark.parametrize("about", ["summary", "decision", "nonsense", ""])
async def test_a_view_can_be_added_after_acknowledging(center: Center, about: str) -> None:
    log = await shared(center)
    sender = Sender(center, "U0DANA")
    await sender.submits(ids.ACKNOWLEDGE, {"log": log.id})
    await sender.presses(ids.ADD_VIEW, f"{log.id} {about}")
    form = await center.dana.modal()
    assert form.title == "Add my view"
    await form.choose("Do you agree?", "Yes")
    assert await form.submit() is None
    (view,) = (await center.log()).views
    # There is no decision yet that it could be about.
    assert view.about == "summary"
    assert not center.refused


async def test_two_leads_answer_once(center: Center) -> None:
    await shared(center)
    await disagrees(center)
    told = await center.lena.message("The policy page was down")
    await told.press("Answer")
    first = await center.lena.modal()
    answered = {
        "ruling": {"ruling": {"selected_option": {"value": "stands"}}},
        "words": {"words": {"value": "The page was down later that day"}},
    }
    log = await center.log()
    await Sender(center, "U0LENA").submits(ids.ANSWER, {"log": log.id}, **answered)
    await first.choose("Your answer", "Void the log")
    await first.fill("Your words", "I changed my mind")
    note = await first.submit()
    assert note is not None
    assert "was answered already" in note.text
    assert (await center.log()).state is State.OPEN
    sender = Sender(center, "U0LENA")
    await sender.presses(ids.ANSWER, log.id)
    assert "CL-1 waits for no answer any more" in (await center.lena.modal()).text
    assert not center.refused


async def test_a_lead_may_void_in_answer(center: Center) -> None:
    await shared(center)
    await disagrees(center)
    await (await center.lena.message("The policy page was down")).press("Answer")
    form = await center.lena.modal()
    await form.choose("Your answer", "Void the log")
    await form.fill("Your words", "The page was down, indeed")
    assert await form.submit() is None
    await center.dana.message("The page was down, indeed")
    await center.sam.message("The page was down, indeed")
    assert (await center.log()).state is State.VOIDED
    assert not center.refused


async def test_answers_need_words(center: Center) -> None:
    log = await shared(center)
    await disagrees(center)
    sender = Sender(center, "U0LENA")
    for callback_id, name, value in (
        (ids.ANSWER, "ruling", "stands"),
        (ids.RESPOND, "support", "hr"),
        (ids.OWN_VIEW, "agrees", "no"),
    ):
        picked = {name: {name: {"selected_option": {"value": value}}}}
        for state, block in ((picked, "words"), ({}, name)):
            answer = await sender.submits(callback_id, {"log": log.id}, **state)
            assert isinstance(answer.body, dict)
            assert set(answer.body["errors"]) == {block}
    answer = await sender.submits(ids.VOID, {"log": log.id})
    assert isinstance(answer.body, dict)
    assert set(answer.body["errors"]) == {ids.VOID_REASON_BLOCK}
    assert len((await center.log()).views) == 1


async def test_an_escalation_is_answered_once(center: Center) -> None:
    log = await shared(center)
    entered = decided("escalate", "Two sessions did not change it")
    await Sender(center, "U0SAM").records(log, **entered)
    assert (await center.log()).state is State.ESCALATED
    sender = Sender(center, "U0LENA")
    answered = {
        "support": {"support": {"selected_option": {"value": "training"}}},
        "words": {"words": {"value": "A day with the retention team"}},
    }
    await sender.submits(ids.RESPOND, {"log": log.id}, **answered)
    assert "The agent is heard first" in sender.saw()
    yes = {"agrees": {"agrees": {"selected_option": {"value": "yes"}}}}
    await Sender(center, "U0DANA").submits(
        ids.OWN_VIEW, {"log": log.id, "element": "decision"}, **yes
    )
    for _ in range(2):
        await sender.submits(ids.RESPOND, {"log": log.id}, **answered)
    assert "has its response already" in sender.saw()
    await sender.presses(ids.RESPOND, log.id)
    assert "has its response already" in (await center.lena.modal()).text
    await center.dana.message("A day with the retention team")
    assert not center.refused


async def test_answers_to_no_log(center: Center) -> None:
    draft = await drafted(center)
    other = await shared(center, "U0MARCO")
    for user in ("U0DANA", "U0SAM"):
        sender = Sender(center, user)
        for log_id in ("", "nothing", draft.id, other.id):
            for action_id in (ids.ACKNOWLEDGE, ids.ADD_VIEW, ids.ANSWER, ids.RESPOND):
                await sender.presses(action_id, log_id)
                assert "can't find that log" in (await center.person(user).modal()).text
            await sender.submits(ids.ACKNOWLEDGE, {"log": log_id})
        assert sender.failures == []
        assert "cancelling" not in sender.saw()
    assert await center.store.log(TEAM, other.id) == other


async def test_what_everybody_else_does_meanwhile_is_tried_again(center: Center) -> None:
    """Four people change one log at once, each in their own way, and nothing is lost."""
    log = await shared(center)
    points = {"points~0": {"points": {"value": "Listened to two calls"}}}
    talked = {"type": "input", "block_id": "points~0"}
    agreed = {"agrees": {"agrees": {"selected_option": {"value": "yes"}}}}
    await asyncio.gather(
        Sender(center, "U0DANA").submits(ids.ACKNOWLEDGE, {"log": log.id}),
        Sender(center, "U0DANA").submits(ids.OWN_VIEW, {"log": log.id}, **agreed),
        Sender(center, "U0SAM").submits(ids.CHECK_IN, {"log": log.id}, talked, **points),
    )
    after = await center.log()
    assert after.is_acknowledged
    assert len(after.views) == 1
    assert len(after.check_ins) == 1
    assert not center.refused
