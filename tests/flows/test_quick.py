"""The quick log: evidence, target and follow-up in one form."""

from __future__ import annotations

import asyncio

from coaching.log import State
from playground.testing.person import Modal
from tests.flows.center import TEAM, Center
from tests.flows.forging import Sender
from tests.flows.stored import shared
from views import ids

TARGET = "One thing that Dana will do differently"
REASON = "Why a second open target?"


async def opened(center: Center, who: str = "@dana") -> Modal:
    await center.sam.types(f"/coach quick {who}".strip())
    modal = await center.sam.modal()
    if "Quick log" in modal.buttons:
        await modal.press("Quick log")
        modal = await center.sam.modal()
    return modal


async def fill(modal: Modal, target: str = TARGET) -> None:
    await modal.fill("Call ID or recording link", "8841")
    await modal.fill("Moment of the call", "03:12")
    await modal.choose("QA criterion", "Discovery")
    await modal.fill("Score", "55")
    await modal.fill(target, "Ask the reason first")


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


async def test_only_agents_of_the_own_teams(center: Center) -> None:
    await center.sam.types("/coach quick @tom")
    assert "not among the agents you can see" in (await center.sam.said_privately())[-1].text
    modal = await opened(center, "")
    await modal.choose("Agent", "Tom Hale")
    await fill(modal, "One thing that Tom will do differently")
    refused = await modal.submit()
    assert refused is not None
    assert "not an agent of a team that you supervise" in refused.errors["Agent"]
    await refused.choose("Agent", "Dana Whitfield")
    note = await refused.submit()
    assert note is not None
    assert "CL-1 is shared with Dana" in note.text
    assert not center.refused


async def test_nothing_is_stored_where_something_is_missing_or_wrong(center: Center) -> None:
    modal = await opened(center)
    await modal.fill("Call ID or recording link", "8841")
    await modal.fill("Moment of the call", "soon")
    early = await modal.submit()
    assert early is not None
    assert set(early.errors) == {"QA criterion", "Score", TARGET}
    await fill(early)
    await early.fill("Moment of the call", "soon")
    await early.fill("Score", "   ")
    again = await early.submit()
    assert again is not None
    assert set(again.errors) == {"Moment of the call"}
    await again.fill("Moment of the call", "03:12")
    await again.fill("Score", "   ")
    lacking = await again.submit()
    assert lacking is not None
    assert lacking.errors == {"Score": "This is needed to share."}
    assert await center.store.drafts(TEAM, "U0SAM") == []
    assert not center.refused


async def test_what_a_form_without_answers_lacks_is_said_on_the_fields_that_it_shows(
    center: Center,
) -> None:
    """The plan follows from the criterion: while that is missing, the plan stays folded."""
    view = (await opened(center)).view
    answer = await Sender(center, "U0SAM").submits_view(view)
    assert isinstance(answer.body, dict)
    assert set(answer.body["errors"]) == set(view["state"]["values"])
    assert set(answer.body["errors"].values()) == {"This is needed to share."}


async def test_the_follow_up_unfolds_and_keeps_what_was_typed(center: Center) -> None:
    modal = await opened(center)
    await fill(modal)
    await modal.press("Change")
    modal = await center.sam.modal()
    assert modal.value(TARGET) == "Ask the reason first"
    assert modal.value("Threshold score") == "80"
    await modal.fill("Threshold score", "101")
    wrong = await modal.submit()
    assert wrong is not None
    assert set(wrong.errors) == {"Threshold score"}
    await wrong.fill("Threshold score", "70")
    await wrong.fill("Calls to review", "4")
    await wrong.fill("Calls that must reach it", "3")
    note = await wrong.submit()
    assert note is not None
    assert not note.errors
    told = await center.dana.message("Ask the reason first")
    assert "70 % or more on 3 of the next 4" in told.text
    assert not center.refused


async def test_another_criterion_brings_another_plan(center: Center) -> None:
    modal = await opened(center)
    await fill(modal)
    await modal.choose("QA criterion", "Empathy")
    modal = await center.sam.modal()
    assert "Empathy at 4 of 5" in modal.text
    assert modal.value(TARGET) == "Ask the reason first"
    refused = await modal.submit()
    assert refused is not None
    assert "Score" in refused.errors
    await refused.fill("Score", "2")
    assert (await refused.submit()) is not None
    assert (await center.log()).content["threshold"] == "4"
    assert not center.refused


async def test_a_criterion_can_be_added_while_typing(center: Center) -> None:
    modal = await opened(center)
    await fill(modal)
    await modal.choose("QA criterion", "Tone of voice")
    modal = await center.sam.modal()
    note = await modal.submit()
    assert note is not None
    assert "is shared with Dana" in note.text
    log = await center.log()
    names = {item.id: item.name for item in (await center.store.criteria(TEAM)).values()}
    assert names[str(log.content["criterion"])] == "Tone of voice"
    assert log.content["criterion"] == log.content["follow_up_criterion"]
    assert not center.refused


async def test_a_second_open_target_needs_a_reason(center: Center) -> None:
    await shared(center)
    modal = await opened(center)
    await fill(modal)
    await modal.fill(REASON, "   ")
    again = await modal.submit()
    assert again is not None
    assert REASON in again.errors
    await again.fill(REASON, "Another part of the call")
    note = await again.submit()
    assert note is not None
    assert "CL-2 is shared with Dana" in note.text
    assert (await center.log(2)).second_reason == "Another part of the call"
    assert not center.refused


async def test_the_reason_is_asked_where_a_target_was_opened_meanwhile(center: Center) -> None:
    modal = await opened(center)
    await fill(modal)
    await shared(center)
    again = await modal.submit()
    assert again is not None
    assert again.value(TARGET) == "Ask the reason first"
    await again.fill(REASON, "Another part of the call")
    note = await again.submit()
    assert note is not None
    assert "CL-2 is shared with Dana" in note.text
    assert not center.refused


async def test_the_rest_can_be_added_in_the_walk(center: Center) -> None:
    modal = await opened(center)
    await fill(modal)
    await modal.press("Add the rest")
    form = await center.sam.modal()
    assert form.title == "Observation (2 of 5)"
    log = await center.log()
    assert (log.state, log.value("target")) == (State.DRAFT, "Ask the reason first")
    assert not center.refused


async def test_wrong_values_are_said_before_the_rest_is_added(center: Center) -> None:
    modal = await opened(center)
    await modal.fill("Moment of the call", "soon")
    await modal.press("Add the rest")
    again = await center.sam.modal()
    assert again.title == "Quick log"
    assert again.value("Moment of the call") == "soon"
    assert "! " in again.text
    assert await center.store.drafts(TEAM, "U0SAM") == []
    assert not center.refused


async def test_a_form_that_was_left_open_elsewhere(center: Center) -> None:
    """The draft that it began was discarded: the old copy changes nothing."""
    modal = await opened(center)
    await fill(modal)
    await modal.press("Change")
    old = {**(await center.sam.modal()).view, "hash": ""}
    await (await center.sam.modal()).press("Add the rest")
    await Sender(center, "U0SAM").presses(ids.DISCARD, (await center.log()).id, private=True)
    discarded = await center.log()
    sender = Sender(center, "U0SAM")
    await sender.submits_view(old)
    assert "CL-1 is no draft any more" in sender.saw()
    await sender.presses(ids.ADD_THE_REST, view=old)
    assert "CL-1 is no draft any more" in (await center.sam.modal()).text
    assert await center.log() == discarded
    assert discarded.state is State.DISCARDED


async def test_fields_that_slack_lost_are_asked_for(center: Center) -> None:
    modal = await opened(center)
    await fill(modal)
    await modal.press("Change")
    modal = await center.sam.modal()
    view = dict(modal.view)
    values = dict(view["state"]["values"])
    lost = [block for block in values if block.startswith("target")]
    for block in lost:
        del values[block]
    sender = Sender(center, "U0SAM")
    answer = await sender.submits_view({**view, "state": {"values": values}})
    assert isinstance(answer.body, dict)
    assert set(answer.body["errors"]) == set(lost)
    assert await center.store.drafts(TEAM, "U0SAM") == []


async def test_sent_twice_it_is_shared_once(center: Center) -> None:
    modal = await opened(center)
    await fill(modal)
    await modal.press("Change")
    view = (await center.sam.modal()).view
    senders = [Sender(center, "U0SAM") for _ in range(3)]
    await asyncio.gather(*(sender.submits_view(view) for sender in senders))
    await senders[0].submits_view(view)
    for sender in senders:
        assert sender.failures == []
        assert "CL-1 is shared with Dana" in sender.saw() or "another device" in sender.saw()
    assert await center.store.log_numbered(TEAM, 2) is None


async def test_a_forged_form_is_of_no_log(center: Center) -> None:
    sender = Sender(center, "U0SAM")
    for meta in ({}, {"log": "nothing"}, {"log": (await shared(center, "U0TOM", by="U0PRIYA")).id}):
        for action_id in (ids.MORE, ids.CRITERION_PICKED, ids.ADD_THE_REST):
            await sender.presses_in(ids.QUICK, meta, action_id)
            assert "can't find that log" in (await center.sam.modal()).text
        await sender.submits(ids.QUICK, meta)
    assert sender.failures == []
    assert "cancelling" not in sender.saw()


async def test_two_who_add_the_same_criterion_at_once_both_share(center: Center) -> None:
    modals = []
    for person, agent in ((center.sam, "@dana"), (center.person("U0PRIYA"), "@tom")):
        await person.types(f"/coach quick {agent}")
        modal = await person.modal()
        await modal.fill("Call ID or recording link", "8841")
        await modal.fill("Moment of the call", "03:12")
        (adding,) = await modal.suggestions("QA criterion", "Tone of voice")
        await modal.fill("QA criterion", adding)
        modal = await person.modal()
        await modal.fill("Score", "40")
        await modal.fill(modal.labels[-1], "Ask the reason first")
        modals.append(modal)
    await asyncio.gather(*(modal.try_submit() for modal in modals))
    for person in (center.sam, center.person("U0PRIYA")):
        assert (await person.modal()).title == "Shared"
    names = [item.name for item in (await center.store.criteria(TEAM)).values()]
    assert names.count("Tone of voice") == 1
    assert not center.refused
