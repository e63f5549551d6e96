"""What becomes of a target after its decision: disputed, taken back, given back to coaching."""

from __future__ import annotations

import datetime as dt

from coaching.log import Log, State
from playground.testing.person import Modal
from tests.flows.center import Center
from tests.flows.mornings import letters_of, told
from tests.flows.moving import leaves
from tests.flows.writing import fill_evidence, following, share

TEAM = "T0CENTER"


async def _decided(center: Center, decision: str) -> Modal:
    await share(center.sam, "@dana", review_by=center.today + dt.timedelta(days=30))
    center.pass_days(34)
    # What was missed meanwhile comes in letters of its own.
    await told(center)
    await center.sam.types("/coach outcome CL-1")
    form = await center.sam.modal()
    await form.fill("Calls looked at", "10")
    await form.fill("Calls that reached the threshold", "4")
    await form.choose("Decision", decision)
    await form.fill("Why", "It comes late in the call still")
    after = await form.submit()
    assert after is not None
    assert not after.errors
    return after


async def _log(center: Center, number: int = 1) -> Log:
    log = await center.store.log_numbered(TEAM, number)
    assert log is not None
    return log


async def _disagree(center: Center) -> None:
    told = await center.dana.message("What happens next")
    await told.press("Add my view")
    view = await center.dana.modal()
    assert "the decision on CL-1" in view.text
    await view.choose("Do you agree?", "No")
    await view.fill("Your words", "Two of the calls were calibration")
    assert await view.submit() is None


async def test_discarding_what_goes_on_asks_for_the_outcome_again(center: Center) -> None:
    await (await _decided(center, "Continue")).close(everything=True)
    await center.dana.message("The same target goes on for another round.")
    await center.sam.types("/coach drafts")
    drafts = (await center.sam.said_privately())[-1]
    await drafts.press("Discard")
    done = (await center.sam.said_privately())[-1].text
    assert "CL-1 is open again with its target; Dana is told, and its outcome is asked for" in done
    told = await center.dana.message("CL-1 is open again")
    assert "Sam took the decision back" in told.text
    assert "You are told what is decided instead." in told.text
    await center.dana.message("The decision on your target in CL-1 was taken back")
    await center.sam.types("/coach due")
    due = (await center.sam.said_privately())[-1]
    assert "CL-1 · Dana Whitfield" in due.text
    await due.press("Record outcome")
    form = await center.sam.modal()
    await form.choose("Decision", "Close")
    await form.fill("Why", "We leave it at that")
    await form.submit()
    await center.dana.message("We leave it at that")
    assert (await _log(center)).state is State.CLOSED
    assert not center.refused


async def test_voiding_what_goes_on_asks_for_the_outcome_again(center: Center) -> None:
    form = await _decided(center, "Continue")
    await fill_evidence(form)
    while form.title != "Look it over":
        form = await following(form)
    await (await following(form)).close(everything=True)
    assert (await _log(center, 2)).state is State.OPEN
    await center.sam.types("/coach show CL-2")
    await (await center.sam.said_privately())[-1].press("Void…")
    asked = await center.sam.modal()
    assert "CL-1, which it goes on from, is open again." in asked.text
    await asked.fill("Why?", "It was the call of somebody else")
    await asked.submit()
    told = await center.dana.message("CL-1 is open again")
    assert "CL-2, which went on with the target, was taken back." in told.text
    assert (await _log(center)).is_due(center.now)
    assert (await _log(center, 2)).state is State.VOIDED
    assert not center.refused


async def test_a_disagreement_with_a_decision_is_answered_by_the_lead(center: Center) -> None:
    await (await _decided(center, "Close")).close(everything=True)
    await _disagree(center)
    asked = await center.lena.message("Dana disagrees with the decision on CL-1")
    await asked.press("Answer")
    answer = await center.lena.modal()
    await answer.choose("Your answer", "Decide again")
    await answer.fill("Your words", "Leave the calibration calls out")
    assert await answer.submit() is None
    told = await center.dana.message("You are told what is decided instead.")
    assert "Leave the calibration calls out" in told.text
    again = await center.sam.message("its outcome is asked for once more")
    assert "Leave the calibration calls out" in again.text
    await (await center.sam.message("Record outcome")).press("Record outcome")
    assert (await center.sam.modal()).value("Calls looked at") == "10"
    assert (await _log(center)).state is State.OPEN
    assert not center.refused


async def test_a_disputed_decision_is_made_anew_with_a_reason(center: Center) -> None:
    await share(center.sam, "@dana", review_by=center.today + dt.timedelta(days=30))
    center.pass_days(34)
    await told(center)
    await center.sam.types("/coach outcome CL-1")
    form = await center.sam.modal()
    await form.fill("Calls looked at", "8")
    await form.fill("Calls that reached the threshold", "7")
    kept = await form.submit()
    assert kept is not None
    await kept.close(everything=True)
    # The list stays as it is, with a button from before the dispute.
    await center.sam.types("/coach due")
    old = (await center.sam.said_privately())[-1]
    await center.sam.types("/coach show CL-1")
    await (await center.sam.said_privately())[-1].press("Close as met")
    await _disagree(center)
    await (await center.lena.message("Dana disagrees with the decision")).press("Answer")
    answer = await center.lena.modal()
    await answer.choose("Your answer", "Decide again")
    await answer.fill("Your words", "Leave the calibration calls out")
    assert await answer.submit() is None
    await told(center)
    # Other messages say the one or the other; the prompt says all of it.
    views = ("Two of the calls were calibration", "Leave the calibration calls out")
    prompt = (await letters_of(center.sam, "to be decided again", *views))[-1]
    assert prompt.buttons == ["Record outcome", "See all of it"]
    await old.press("Close as met")
    form = await center.sam.modal()
    assert "Dana disagreed with the decision before" in form.text
    assert "Close as met" not in form.buttons
    await form.choose("Decision", "Close")
    refused = await form.submit()
    assert refused is not None
    assert "say why" in refused.errors["Why"]
    await refused.choose("Decision", "Close")
    await refused.fill("Why", "It holds without those two as well")
    await refused.submit()
    closed = await center.dana.message("It holds without those two as well")
    assert "Leave the calibration calls out" not in closed.text
    assert (await _log(center)).state is State.CLOSED
    assert not center.refused


async def test_the_agent_is_heard_before_the_lead_responds(center: Center) -> None:
    await (await _decided(center, "Escalate")).close(everything=True)
    assert "escalated" not in (await center.lena.home()).text
    await center.lena.types("/coach show CL-1")
    assert "Record response" not in (await center.lena.said_privately())[-1].buttons
    center.pass_days(5)
    asked = await center.lena.message("escalated Dana's target to you")
    await asked.press("Record response")
    form = await center.lena.modal()
    await form.choose("Your response", "Back to coaching")
    await form.fill("Your words", "Try once more, with fewer calls")
    assert await form.submit() is None
    told = await center.sam.message("Your draft CL-2 goes on with the target.")
    await told.press("Continue")
    assert (await center.sam.modal()).title == "Call evidence (1 of 5)"
    draft = await _log(center, 2)
    assert draft.value("target") == (await _log(center)).value("target")
    await center.dana.message("Sam sits down with you first")
    assert not center.refused


async def test_a_response_whose_draft_is_discarded_is_kept_and_its_lead_is_told(
    center: Center,
) -> None:
    await (await _decided(center, "Escalate")).close(everything=True)
    center.pass_days(5)
    await (await center.lena.message("escalated Dana's target")).press("Record response")
    form = await center.lena.modal()
    await form.choose("Your response", "Back to coaching")
    await form.fill("Your words", "Try once more, with fewer calls")
    assert await form.submit() is None
    await center.sam.message("Your draft CL-2 goes on with the target.")
    await center.sam.types("/coach drafts")
    await (await center.sam.said_privately())[-1].press("Discard")
    told = await center.lena.message("Sam took the decision on CL-1 with Dana back")
    assert "The draft that went on with the target was discarded." in told.text
    await center.dana.message("CL-1 is open again")
    await center.dana.types("/coach show CL-1")
    shown = (await center.dana.said_privately())[-1].text
    assert "Try once more, with fewer calls" in shown
    assert "The draft that went on with the target was discarded." in shown
    assert not center.refused


async def test_a_lead_who_came_meanwhile_is_asked(center: Center) -> None:
    await (await _decided(center, "Escalate")).close(everything=True)
    await center.dana.message("What happens next")
    await leaves(center, "U0LENA")
    await center.lead("U0IRIS", "Billing")
    center.pass_days(5)
    asked = await center.person("U0IRIS").message("escalated Dana's target to you")
    assert "Record response" in asked.buttons
    assert not center.refused


async def test_a_decided_log_can_still_be_reworded(center: Center) -> None:
    await (await _decided(center, "Close")).close(everything=True)
    await center.sam.types("/coach show CL-1")
    await (await center.sam.said_privately())[-1].press("Change")
    choice = await center.sam.modal()
    assert "Follow-up" not in choice.text
    await choice.press("Change", after="Target")
    form = await center.sam.modal()
    await form.fill(form.labels[0], "Pause before the fee")
    await form.submit()
    await center.dana.message("Pause before the fee")
    assert (await _log(center)).state is State.CLOSED
    assert not center.refused
