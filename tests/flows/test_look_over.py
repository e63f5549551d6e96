"""Looking a draft over and sharing it, whatever happened meanwhile."""

from __future__ import annotations

import asyncio

from coaching.log import State
from playground.testing.person import Modal
from tests.flows.center import TEAM, Center
from tests.flows.forging import Sender
from tests.flows.stored import drafted, shared
from tests.flows.writing import following
from views import ids

REASON = "Why a second open target?"


async def look_over(center: Center) -> Modal:
    """The look-over of the draft in hand."""
    await center.sam.types("/coach drafts")
    await (await center.sam.said_privately())[-1].press("Continue")
    modal = await center.sam.modal()
    assert modal.title == "Look it over"
    return modal


async def test_what_is_missing_is_named_and_nothing_can_be_shared(center: Center) -> None:
    await drafted(center, without=["target", "points", "score"])
    await center.sam.types("/coach drafts")
    await (await center.sam.said_privately())[-1].press("Continue")
    modal = await center.sam.modal()
    for title in ("Call evidence", "Observation", "Target", "Conversation", "Follow-up"):
        assert modal.title.startswith(title)
        modal = await following(modal)
    assert modal.title == "Look it over"
    assert modal.submit_text is None
    assert "Still missing: Score." in modal.text
    assert "Still missing: One thing that Dana will do differently." in modal.text
    assert "Conversation*\nChange\nNothing written yet" in modal.text
    await modal.press("Change", after="Target")
    form = await center.sam.modal()
    assert form.title == "Target (3 of 5)"
    assert not center.refused


async def test_a_form_of_somebody_elses_making_shares_nothing_incomplete(center: Center) -> None:
    draft = await drafted(center, without=["target"])
    sender = Sender(center, "U0SAM")
    await sender.submits(ids.LOOK_OVER, {"log": draft.id, "version": draft.saved})
    assert "needed before the log can be shared" in sender.saw()
    assert (await center.log()).state is State.DRAFT


async def test_a_second_open_target_needs_a_reason(center: Center) -> None:
    await shared(center)
    await drafted(center)
    modal = await look_over(center)
    await modal.fill(REASON, "   ")
    again = await modal.submit()
    assert again is not None
    assert again.errors == {REASON: "CL-1 is still open. Why a second target now?"}
    await again.fill(REASON, "It is about another part of the call")
    note = await again.submit()
    assert note is not None
    assert "CL-2 is shared with Dana" in note.text
    assert (await center.log(2)).second_reason == "It is about another part of the call"
    assert not center.refused


async def test_the_reason_is_asked_where_a_target_was_opened_meanwhile(center: Center) -> None:
    await drafted(center)
    modal = await look_over(center)
    await shared(center)
    again = await modal.submit()
    assert again is not None
    assert "CL-2 is still open. Why a second target now?" in again.text
    await again.fill(REASON, "Both can wait for nothing")
    note = await again.submit()
    assert note is not None
    assert "CL-1 is shared with Dana" in note.text
    assert not center.refused


async def test_what_was_changed_on_another_device_is_seen_before_it_is_shared(
    center: Center,
) -> None:
    await drafted(center)
    modal = await look_over(center)
    await change_elsewhere(center, "Wait for the whole answer")
    again = await modal.submit()
    assert again is not None
    assert again.title == "Look it over"
    assert "changed on another device" in again.text
    assert "Wait for the whole answer" in again.text
    assert (await center.log()).state is State.DRAFT
    note = await again.submit()
    assert note is not None
    assert "is shared with Dana" in note.text
    assert not center.refused


async def change_elsewhere(center: Center, target: str) -> None:
    """The same person, at another client of theirs."""
    sender = Sender(center, "U0SAM")
    log = await center.log()
    block = {"type": "input", "block_id": "target~0"}
    meta = {"log": log.id, "element": "target", "version": log.versions.get("target", 0)}
    await sender.submits(ids.FORM, meta, block, **{"target~0": {"target": {"value": target}}})
    assert (await center.log()).value("target") == target


async def test_sharing_twice_at_once_shares_once(center: Center) -> None:
    await drafted(center)
    modal = await look_over(center)
    answers = await asyncio.gather(*(modal.try_submit() for _ in range(4)))
    assert all("error" not in answer for answer in answers), answers
    titles = {view["title"]["text"] for one in answers for view in one["views"]}
    assert "Sorry" not in titles
    log = await center.log()
    assert (log.state, log.revision) == (State.OPEN, 1)
    assert not center.refused


async def test_an_old_look_over_says_what_became_of_the_draft(center: Center) -> None:
    draft = await drafted(center)
    modal = await look_over(center)
    sender = Sender(center, "U0SAM")
    await sender.submits(ids.LOOK_OVER, {"log": draft.id, "version": draft.saved})
    assert "CL-1 is shared with Dana" in sender.saw()
    note = await modal.submit()
    assert note is not None
    assert "CL-1 is shared with Dana" in note.text
    assert not center.refused


async def test_an_old_look_over_of_a_log_that_was_changed_since(center: Center) -> None:
    draft = await drafted(center)
    modal = await look_over(center)
    await Sender(center, "U0SAM").submits(ids.LOOK_OVER, {"log": draft.id, "version": draft.saved})
    await change_elsewhere(center, "Wait for the whole answer")
    note = await modal.submit()
    assert note is not None
    assert "shared already" in note.text


async def test_an_old_look_over_of_a_discarded_draft(center: Center) -> None:
    draft = await drafted(center)
    modal = await look_over(center)
    await Sender(center, "U0SAM").presses(ids.DISCARD, draft.id, private=True)
    note = await modal.submit()
    assert note is not None
    assert "was discarded" in note.text
    assert "shared already" not in note.text
    assert (await center.log()).state is State.DISCARDED


async def test_back_and_finish_later_after_it_was_shared_elsewhere(center: Center) -> None:
    draft = await drafted(center)
    modal = await look_over(center)
    await Sender(center, "U0SAM").submits(ids.LOOK_OVER, {"log": draft.id, "version": draft.saved})
    await modal.press("Finish later")
    note = await center.sam.modal()
    assert "CL-1 is no draft any more" in note.text
    await Sender(center, "U0SAM").presses_in(ids.LOOK_OVER, {"log": draft.id}, ids.BACK)
    note = await center.sam.modal()
    assert "CL-1 is no draft any more" in note.text


async def test_a_day_that_has_passed_is_asked_anew(center: Center) -> None:
    await drafted(center)
    center.pass_days(40)
    modal = await look_over(center)
    again = await modal.submit()
    assert again is not None
    assert "Pick tomorrow or a later day" in again.text
    assert (await center.log()).state is State.DRAFT
    await again.press("Change", after="Follow-up")
    form = await center.sam.modal()
    await form.fill("Review by", "2027-02-01")
    look = await following(form)
    await look.submit()
    assert (await center.log()).state is State.OPEN


async def test_a_draft_whose_agent_changed_teams_is_not_shared(center: Center) -> None:
    await drafted(center, "U0TOM")
    modal = await look_over(center)
    note = await modal.submit()
    assert note is not None
    assert "not an agent of a team that you supervise" in note.text
    assert (await center.log()).state is State.DRAFT


async def test_a_look_over_of_no_log(center: Center) -> None:
    sender = Sender(center, "U0SAM")
    for meta in ({}, {"log": "nothing"}, {"log": "x" * 2000}):
        await sender.submits(ids.LOOK_OVER, meta)
        await sender.presses_in(ids.LOOK_OVER, meta, ids.BACK)
        assert "can't find that log" in (await center.sam.modal()).text
        await sender.presses_in(ids.LOOK_OVER, meta, ids.FINISH_LATER)
        assert "can't find that log" in (await center.sam.modal()).text
    assert sender.failures == []
    assert await center.store.drafts(TEAM, "U0SAM") == []
