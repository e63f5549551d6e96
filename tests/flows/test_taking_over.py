"""What goes on with a target goes over when its supervisor leaves it: to the next, or to a lead."""

from __future__ import annotations

from coaching.log import State
from playground.testing.person import Person
from tests.flows.center import TEAM, Center
from tests.flows.moving import imported, leaves
from tests.flows.stored import decided_on, drafted, shared

TO_RETENTION = "Retention,agent,U0DANA"
NOT_FOUND = "I can't find CL-2 among the logs you can see."


async def _answer(person: Person, words: str) -> str:
    await person.types(f"/coach {words}")
    return (await person.said_privately())[-1].text


async def _continued(center: Center) -> None:
    """Dana's target goes on in CL-2, which is a draft of Sam's; the day of CL-1 has come."""
    log = await shared(center)
    center.pass_days(34)
    await center.sam.message("CL-1")
    await decided_on(center, log, "continue")


async def test_a_draft_that_goes_on_with_a_target_moves_with_its_agent(
    center_anywhere: Center,
) -> None:
    center = center_anywhere
    await _continued(center)
    target = (await center.log(2)).value("target")
    await imported(center, TO_RETENTION)
    priya = center.person("U0PRIYA")
    told = await priya.message("Dana's target goes on in CL-2")
    assert "Sam began this draft and no longer supervises Dana." in told.text
    assert target not in told.text
    assert await _answer(center.sam, "show CL-2") == NOT_FOUND
    assert "CL-2" not in await _answer(center.sam, "drafts")
    await told.press("Continue")
    assert (await priya.modal()).title == "Call evidence (1 of 5)"
    draft = await center.log(2)
    assert (draft.supervisor, draft.value("target")) == ("U0PRIYA", target)
    assert await center.store.verify(TEAM) is None
    await imported(center, TO_RETENTION)
    assert (await center.log(2)).saved == draft.saved
    assert not center.refused


async def test_other_drafts_stay_with_their_writer(center: Center) -> None:
    await drafted(center)
    await imported(center, TO_RETENTION)
    assert (await center.log(1)).supervisor == "U0SAM"
    assert "CL-1" in await _answer(center.sam, "drafts")


async def test_who_comes_when_the_supervisor_has_left_gets_the_draft(center: Center) -> None:
    await imported(center, "Billing,supervisor,U0IRIS")
    await _continued(center)
    await leaves(center, "U0SAM")
    iris = center.person("U0IRIS")
    await iris.message("Dana's target goes on in CL-2")
    assert (await center.log(2)).supervisor == "U0IRIS"
    assert not center.refused


async def test_a_lead_alone_is_asked_for_the_outcome_again(center_anywhere: Center) -> None:
    center = center_anywhere
    await _continued(center)
    await leaves(center, "U0SAM")
    asked = await center.lena.message("Record outcome")
    assert "CL-1" in asked.text
    told = await center.dana.message("CL-1 is open again")
    assert "The decision was taken back" in told.text
    assert "There is no supervisor now who could go on with the target." in told.text
    assert (await center.log(1)).state is State.OPEN
    assert (await center.log(2)).state is State.DISCARDED
    assert await center.store.verify(TEAM) is None
    assert not center.refused


async def test_where_nobody_is_left_the_draft_waits_for_who_comes(center: Center) -> None:
    await _continued(center)
    await leaves(center, "U0LENA")
    await leaves(center, "U0SAM")
    assert (await center.log(2)).supervisor == "U0SAM"
    await imported(center, "Billing,supervisor,U0IRIS")
    await center.person("U0IRIS").message("Dana's target goes on in CL-2")
    assert not center.refused


async def test_a_target_that_a_lead_continues_goes_to_who_supervises_now(center: Center) -> None:
    log = await shared(center)
    await imported(center, TO_RETENTION)
    await center.lena.types(f"/coach outcome {log.reference}")
    form = await center.lena.modal()
    await form.fill("Calls looked at", "10")
    await form.fill("Calls that reached the threshold", "4")
    await form.choose("Decision", "Continue")
    await form.fill("Why", "It comes late in the call still")
    await form.submit()
    priya = center.person("U0PRIYA")
    told = await priya.message("Your draft CL-2 goes on with the target.")
    assert "Lena decided CL-1 with Dana" in told.text
    await told.press("Continue")
    assert (await priya.modal()).title == "Call evidence (1 of 5)"
    assert await _answer(center.sam, "show CL-2") == NOT_FOUND
    assert not center.refused
