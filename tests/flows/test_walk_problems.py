"""The walk where something is doubtful, wrong, lost, or was done meanwhile."""

from __future__ import annotations

import asyncio

import pytest

from coaching.change import Change
from coaching.entries import Setting
from coaching.log import State
from coaching.people import Person
from coaching.sharing import share
from playground.testing.person import Modal
from tests.flows.center import TEAM, Center
from tests.flows.forging import Sender, decided, form
from tests.flows.stored import drafted, shared
from tests.flows.writing import fill_evidence, following, open_evidence
from views import ids


async def conversation(center: Center) -> Modal:
    """The conversation's form of a draft that lacks only that."""
    await drafted(center, without=["points"])
    await center.sam.types("/coach conversation")
    alone = await center.sam.modal()
    assert alone.title == "Conversation"
    await alone.close()
    await center.sam.types("/coach")
    await (await center.sam.modal()).press("Continue")
    modal = await center.sam.modal()
    assert modal.title == "Conversation (4 of 5)"
    return modal


async def test_a_doubt_is_said_once_and_may_be_overruled(center: Center) -> None:
    modal = await conversation(center)
    await modal.fill("Discussion points", "Played 03:12 back")
    again = await following(modal)
    assert again.title == "Conversation (4 of 5)"
    assert "One point so far" in again.text
    assert (await center.log()).content["points"] == ("Played 03:12 back",)
    after = await following(again)
    assert after.title == "Follow-up (5 of 5)"
    assert not center.refused


async def test_a_form_of_a_draft_that_was_shared_meanwhile_tells_the_agent_nothing(
    center: Center,
) -> None:
    modal = await conversation(center)
    draft = await center.log()
    actor = Person(user="U0SAM", name="Sam Okafor", tz="Europe/London")
    setting = Setting(center.clock.now(), actor.zone, await center.store.criteria(TEAM))
    people = await center.store.people(TEAM, ["U0DANA"])
    elsewhere = share(draft, actor=actor, agent=people["U0DANA"], setting=setting, others_open=())
    assert isinstance(elsewhere, Change)
    await center.store.save(elsewhere)
    await modal.fill("Discussion points", "One\nTwo\nThree, not for her eyes yet")
    again = await modal.submit()
    assert again is not None
    assert "CL-1 was shared from another device meanwhile" in again.text
    assert "not for her eyes yet" in again.text
    assert again.title == "Conversation"
    assert (await center.log()).revision == 1
    assert "points" not in (await center.log()).content
    await again.fill("Discussion points", "One\nTwo\nThree")
    assert "will see what changed" in (await following(again)).text
    assert (await center.log()).revision == 2
    assert not center.refused


async def test_an_overall_score_is_questioned(center: Center) -> None:
    modal = await open_evidence(center.sam, "@dana")
    await fill_evidence(modal, criterion="Overall score")
    again = await following(modal)
    assert "says how the whole call went" in again.text
    assert again.value("Call ID or recording link") == "8841"
    after = await following(again)
    assert after.title == "Observation (2 of 5)"
    assert await center.store.log_numbered(TEAM, 2) is None
    assert not center.refused


async def test_a_form_alone_asks_its_doubt_too(center: Center) -> None:
    await drafted(center)
    await center.sam.types("/coach conversation CL-1")
    modal = await center.sam.modal()
    await modal.fill("Discussion points", "One\nTwo")
    again = await following(modal)
    assert "Two points so far" in again.text
    note = await following(again)
    assert "Kept as CL-1" in note.text
    assert not center.refused


@pytest.mark.parametrize("words", ["Back", "Finish later"])
async def test_wrong_values_hold_up_a_button_too(center: Center, words: str) -> None:
    await drafted(center, without=["target"])
    await center.sam.types("/coach follow-up CL-1")
    await (await center.sam.modal()).close()
    await center.sam.types("/coach")
    await (await center.sam.modal()).press("Continue")
    modal = await following(await center.sam.modal())
    modal = await following(modal)
    assert modal.title == "Follow-up (5 of 5)"
    await modal.fill("Threshold score", "200")
    await modal.press(words)
    again = await center.sam.modal()
    assert again.title == "Follow-up (5 of 5)"
    assert again.value("Threshold score") == "200"
    assert "! " in again.text
    assert (await center.log()).content["threshold"] == "80"
    await again.fill("Threshold score", "75")
    await again.press(words)
    assert (await center.log()).content["threshold"] == "75"
    assert not center.refused


async def test_more_fields_unfold_and_keep_what_was_typed(center: Center) -> None:
    modal = await conversation(center)
    await modal.fill("Discussion points", "One\nTwo\nThree")
    await modal.press("More")
    modal = await center.sam.modal()
    assert modal.value("Discussion points") == "One\nTwo\nThree"
    await modal.fill("Next step: what", "Listen to two calls together")
    await modal.choose("Next step: who", "Sam")
    await modal.choose("What got in the way", "Tool issue", "Workload")
    await following(modal)
    content = (await center.log()).content
    assert set(content["obstacles"]) == {"tool", "workload"}  # type: ignore[arg-type] # a tuple
    assert content["step_who"] == "supervisor"
    assert not center.refused


async def test_another_criterion_changes_the_hint_alone(center: Center) -> None:
    modal = await open_evidence(center.sam, "@dana")
    await fill_evidence(modal)
    await modal.choose("QA criterion", "Empathy")
    modal = await center.sam.modal()
    assert modal.value("Score") == "55"
    assert modal.value("Moment of the call") == "03:12"
    assert "0 to 5" in modal.text
    assert await center.store.drafts(TEAM, "U0SAM") == []
    assert not center.refused


async def test_what_slack_lost_is_asked_for_and_never_erased(center: Center) -> None:
    draft = await drafted(center)
    view = form(
        ids.FORM,
        {"log": draft.id, "element": "target", "version": 1, "walk": True},
        {"type": "input", "block_id": "target~0"},
        {"type": "input", "block_id": "shows~0"},
        **{"shows~0": {"shows": {"value": "The reason comes first"}}},
    )
    sender = Sender(center, "U0SAM")
    answer = await sender.submits_view(view)
    assert isinstance(answer.body, dict)
    again = answer.body["view"]
    assert again["title"]["text"] == "Target (3 of 5)"
    fields = {one["block_id"]: one["element"] for one in again["blocks"] if one["type"] == "input"}
    assert fields["target~1"]["initial_value"] == draft.value("target")
    assert fields["shows~1"]["initial_value"] == "The reason comes first"
    assert await center.log() == draft
    # Lost once more, what came is saved and the rest stays as it is.
    meta = {"log": draft.id, "element": "target", "version": 1, "walk": True, "retried": True}
    await sender.submits_view({**view, "private_metadata": form("", meta)["private_metadata"]})
    log = await center.log()
    assert log.value("target") == draft.value("target")
    assert log.value("shows") == "The reason comes first"
    assert sender.failures == []


async def test_a_lost_form_of_no_log(center: Center) -> None:
    sender = Sender(center, "U0SAM")
    block = {"type": "input", "block_id": "target~0"}
    await sender.submits(ids.FORM, {"log": "nothing", "element": "target"}, block)
    assert "can't find that log" in sender.saw()
    for action_id in (ids.MORE, ids.CRITERION_PICKED, ids.BACK, ids.FINISH_LATER):
        await sender.presses_in(ids.FORM, {"log": "nothing", "element": "target"}, action_id)
        assert "can't find that log" in (await center.sam.modal()).text
    assert sender.failures == []


@pytest.mark.parametrize("state", ["discarded", "shared"])
async def test_a_form_that_stayed_open_after_its_draft_went_on(center: Center, state: str) -> None:
    draft = await drafted(center, without=["shows"])
    await center.sam.types("/coach target CL-1")
    modal = await center.sam.modal()
    sender = Sender(center, "U0SAM")
    if state == "discarded":
        await sender.presses(ids.DISCARD, draft.id)
    else:
        await sender.submits(ids.LOOK_OVER, {"log": draft.id, "version": draft.saved})
    await modal.fill(modal.labels[0], "Wait for the whole answer")
    note = await modal.submit()
    assert note is not None
    log = await center.log()
    if state == "discarded":
        # What was written stays on the screen, since it is kept nowhere else.
        assert "CL-1 is no draft any more" in note.errors[modal.labels[0]]
        assert log.value("target") == draft.value("target")
    else:
        # A change of a shared log: a revision, which the agent is shown.
        assert "CL-1 is changed" in note.text
        assert (log.revision, log.value("target")) == (2, "Wait for the whole answer")
        await center.dana.message("Wait for the whole answer")
    assert not center.refused


async def test_a_shared_log_stays_whole(center: Center) -> None:
    await shared(center)
    await center.sam.types("/coach target CL-1")
    modal = await center.sam.modal()
    note = await modal.submit()
    assert note is not None
    assert "Nothing was changed" in note.errors[modal.labels[0]]
    await center.sam.types("/coach target CL-1")
    modal = await center.sam.modal()
    await modal.fill(modal.labels[0], "")
    again = await modal.submit()
    assert again is not None
    assert set(again.errors) == {"One thing that Dana will do differently"}
    assert (await center.log()).revision == 1
    assert not center.refused


async def test_two_devices_that_write_the_same_agree(center: Center) -> None:
    await drafted(center, without=["shows"])
    await center.sam.types("/coach target CL-1")
    modal = await center.sam.modal()
    log = await center.log()
    block = {"type": "input", "block_id": "shows~0"}
    meta = {"log": log.id, "element": "target", "version": log.versions["target"]}
    same = {"shows~0": {"shows": {"value": "The reason comes first"}}}
    await Sender(center, "U0SAM").submits(ids.FORM, meta, block, **same)
    await modal.fill(modal.labels[1], "The reason comes first")
    note = await modal.submit()
    assert note is not None
    assert "Kept as CL-1" in note.text
    assert (await center.log()).saved == log.saved + 1
    assert not center.refused


async def test_saving_at_once_from_many_devices_loses_no_part(center: Center) -> None:
    draft = await drafted(center, without=["observed", "shows", "own_words", "quote"])
    parts = {
        "evidence": "quote",
        "observation": "observed",
        "target": "shows",
        "conversation": "own_words",
    }
    sender = Sender(center, "U0SAM")
    await asyncio.gather(
        *(
            sender.submits(
                ids.FORM,
                {"log": draft.id, "element": element, "version": 1},
                {"type": "input", "block_id": f"{key}~0"},
                **{f"{key}~0": {key: {"value": f"About {key}"}}},
            )
            for element, key in parts.items()
        )
    )
    assert sender.failures == []
    log = await center.log()
    said = sender.saw()
    for key in parts.values():
        assert log.value(key) == f"About {key}" or "being changed on another device" in said


async def test_a_continued_target_stays_with_its_agent(center: Center) -> None:
    log = await shared(center)
    sender = Sender(center, "U0SAM")
    await sender.records(log, **decided("continue", "It comes late still"))
    draft = await center.log(2)
    agent = {"agent~0": {"agent": {"selected_user": "U0MARCO"}}}
    block = {"type": "input", "block_id": "agent~0"}
    await sender.submits(ids.FORM, {"log": draft.id, "element": "evidence"}, block, **agent)
    assert "A continued target stays with its agent" in sender.saw()
    assert (await center.log(2)).agent == "U0DANA"
    assert sender.failures == []


@pytest.mark.parametrize("meta", [{}, {"new_id": ""}, {"element": "nonsense"}, {"version": -1}])
async def test_a_form_that_nobody_made_begins_nothing(
    center: Center, meta: dict[str, object]
) -> None:
    for user in ("U0SAM", "U0DANA"):
        sender = Sender(center, user)
        block = {"type": "input", "block_id": "call~0"}
        await sender.submits(ids.FORM, meta, block, **{"call~0": {"call": {"value": "8841"}}})
        assert sender.failures == []
        assert "can't find that log" in sender.saw()
    assert await center.store.log_numbered(TEAM, 1) is None


async def test_an_agent_begins_no_log_with_a_form_of_their_own_making(center: Center) -> None:
    sender = Sender(center, "U0DANA")
    meta = {"element": "evidence", "new_id": "mine", "agent": "U0MARCO"}
    block = {"type": "input", "block_id": "call~0"}
    await sender.submits(ids.FORM, meta, block, **{"call~0": {"call": {"value": "8841"}}})
    assert "can't find that log" in sender.saw()
    supervisor = Sender(center, "U0SAM")
    meta = {"element": "evidence", "new_id": "mine", "agent": "U0TOM"}
    answer = await supervisor.submits(
        ids.FORM, meta, block, **{"call~0": {"call": {"value": "8841"}}}
    )
    assert isinstance(answer.body, dict)
    assert "not an agent of a team that you supervise" in str(answer.body["errors"])
    assert await center.store.log_numbered(TEAM, 1) is None


async def test_somebody_elses_draft_is_not_taken_over(center: Center) -> None:
    draft = await drafted(center, "U0TOM", by="U0PRIYA")
    sender = Sender(center, "U0SAM")
    for meta in (
        {"log": draft.id, "element": "target"},
        {"new_id": draft.id, "element": "target", "agent": "U0DANA"},
    ):
        block = {"type": "input", "block_id": "target~0"}
        entry = {"target~0": {"target": {"value": "Mine now"}}}
        await sender.submits(ids.FORM, meta, block, **entry)
    await sender.presses(ids.CONTINUE, draft.id)
    await sender.presses(ids.DISCARD, draft.id)
    assert "cancelling" not in sender.saw()
    after = await center.log()
    assert (after.state, after) == (State.DRAFT, draft)
