from __future__ import annotations

import datetime as dt

from coaching.log import State
from playground.testing.person import Modal
from tests.flows.center import Center
from tests.flows.writing import share


async def outcome_form(center: Center) -> Modal:
    await share(center.sam, "@dana", review_by=center.today + dt.timedelta(days=30))
    center.pass_days(34)
    await center.sam.types("/coach outcome @dana")
    return await center.sam.modal()


async def test_close_as_met_is_one_press(center: Center) -> None:
    form = await outcome_form(center)
    await form.fill("Calls looked at", "8")
    await form.fill("Calls that reached the threshold", "7")
    after = await form.submit()
    assert after is not None
    assert "Reached: 7 of 8" in after.text
    await after.press("Close as met")
    await center.dana.message("7 of 8")
    assert not center.refused


async def test_too_few_calls_are_extended_twice_then_the_lead_decides(center: Center) -> None:
    form = await outcome_form(center)
    await form.fill("Calls looked at", "6")
    await form.fill("Calls that reached the threshold", "5")
    await form.choose("Decision", "Escalate")
    await form.fill("Why", "Not there")
    refused = await form.submit()
    assert refused is not None
    assert "Too few calls" in refused.errors["Decision"]
    await refused.close(everything=True)
    for _ in range(2):
        await center.sam.types("/coach outcome @dana")
        form = await center.sam.modal()
        await form.fill("Calls looked at", "6")
        await form.fill("Calls that reached the threshold", "5")
        after = await form.submit()
        assert after is not None
        (extend,) = [words for words in after.buttons if words.startswith("Extend to")]
        await after.press(extend)
        await (await center.sam.modal()).close(everything=True)
        center.pass_days(40)
    await center.sam.types("/coach outcome @dana")
    form = await center.sam.modal()
    await form.fill("Calls looked at", "7")
    await form.fill("Calls that reached the threshold", "5")
    await form.choose("Decision", "Close")
    await form.fill("Why", "Nobody scored the rest")
    after = await form.submit()
    assert after is not None
    assert "for Lena to decide" in after.text
    assert not [words for words in after.buttons if words.startswith("Extend to")]
    kept = await center.store.log_numbered("T0CENTER", 1)
    assert kept is not None
    assert (kept.state, kept.content["looked_at"]) == (State.OPEN, 7)
    asked = await center.lena.message("CL-1")
    await asked.press("Record outcome")
    form = await center.lena.modal()
    await form.choose("Decision", "Close")
    await form.fill("Why", "We start over with a shorter plan")
    await form.submit()
    await center.dana.message("We start over with a shorter plan")
    told = await center.sam.message("Lena decided CL-1 with Dana")
    assert "We start over with a shorter plan" in told.text
    assert not center.refused


async def test_continuing_opens_a_draft_with_the_same_target(center: Center) -> None:
    form = await outcome_form(center)
    await form.fill("Calls looked at", "10")
    await form.fill("Calls that reached the threshold", "4")
    await form.choose("Decision", "Continue")
    unexplained = await form.submit()
    assert unexplained is not None
    assert "Why" in unexplained.errors
    await unexplained.choose("Decision", "Continue")
    await unexplained.fill("Why", "It comes late in the call still")
    draft = await unexplained.submit()
    assert draft is not None
    assert draft.title == "Call evidence (1 of 5)"
    assert "CL-1 goes on as CL-2, with the same target; Dana is told." in draft.text
    assert not draft.value("Call ID or recording link")
    old = await center.store.log_numbered("T0CENTER", 1)
    new = await center.store.log_numbered("T0CENTER", 2)
    assert old is not None
    assert new is not None
    assert (old.continued_by, new.continues) == (new.id, old.id)
    assert new.content["target"] == old.content["target"]
    assert not center.refused


async def test_an_escalation_goes_to_the_agent_first(center: Center) -> None:
    form = await outcome_form(center)
    await form.fill("Calls looked at", "10")
    await form.fill("Calls that reached the threshold", "4")
    await form.choose("Decision", "Escalate")
    await form.fill("Why", "Two sessions did not change it")
    await form.submit()
    told = await center.dana.message("Two sessions did not change it")
    assert "escalat" not in told.text.lower()
    assert "Record response" not in [
        words for one in await center.lena.messages() for words in one.buttons
    ]
    await told.press("Add my view")
    view = await center.dana.modal()
    await view.choose("Do you agree?", "In part")
    await view.fill("Your words", "The evening load is too high")
    assert await view.submit() is None
    asked = await center.lena.message("CL-1")
    await asked.press("Record response")
    response = await center.lena.modal()
    await response.choose("Your response", "Support")
    await response.fill("Your words", "No third chat after six")
    assert await response.submit() is None
    await center.dana.message("No third chat after six")
    await center.sam.message("No third chat after six")
    assert not center.refused
