"""Which form opens: a new log, what is in hand, or a choice where several fit."""

from __future__ import annotations

import pytest

from coaching.log import State
from playground.testing.person import Modal
from tests.flows.center import TEAM, Center
from tests.flows.forging import Sender
from tests.flows.stored import drafted, shared
from tests.flows.writing import following
from views import ids


async def opened(center: Center, command: str) -> Modal:
    await center.sam.types(f"/coach {command}".strip())
    return await center.sam.modal()


async def test_a_reference_alone_shows_the_log(center: Center) -> None:
    await shared(center)
    for command in ("CL-1", "cl1", "show CL-1"):
        await center.sam.types(f"/coach {command}")
        assert "Ask the reason" in (await center.sam.said_privately())[-1].text
    assert not center.refused


async def test_an_element_alone_opens_the_draft_in_hand(center: Center) -> None:
    await drafted(center)
    for command in ("target", "target @dana", "target CL-1"):
        modal = await opened(center, command)
        assert modal.title == "Target"
        assert modal.value(modal.labels[0]) == "Ask the reason for cancelling before naming the fee"
        assert modal.submit_text == "Save"
        await modal.close()
    assert not center.refused


async def test_an_element_alone_opens_the_open_log_where_there_is_no_draft(center: Center) -> None:
    await shared(center)
    modal = await opened(center, "observation @dana")
    await modal.fill(modal.labels[0], "Named the fee first, and then the reason")
    note = await following(modal)
    assert "CL-1 is changed" in note.text
    await center.dana.message("changed CL-1")
    assert not center.refused


async def test_an_element_alone_begins_a_log_where_there_is_none(center: Center) -> None:
    modal = await opened(center, "target @dana")
    await modal.fill(modal.labels[0], "Ask the reason first")
    note = await following(modal)
    assert "Kept as CL-1" in note.text
    log = await center.log()
    assert (log.agent, log.state) == ("U0DANA", State.DRAFT)
    assert not center.refused


async def test_where_several_fit_one_is_picked(center: Center) -> None:
    await drafted(center)
    await drafted(center, "U0MARCO", target="Put on hold only after asking")
    choice = await opened(center, "target")
    assert choice.title == "Target"
    await choice.press("This one", after="CL-2")
    modal = await center.sam.modal()
    assert modal.value(modal.labels[0]) == "Put on hold only after asking"
    assert not center.refused


@pytest.mark.parametrize("command", ["target @tom", "@tom", "quick @tom", "history @tom"])
async def test_somebody_elses_agent(center: Center, command: str) -> None:
    await center.sam.types(f"/coach {command}")
    assert "Tom is not among the agents" in (await center.sam.said_privately())[-1].text
    assert not center.refused


@pytest.mark.parametrize("command", ["target CL-1", "outcome CL-1", "show CL-1", "CL-1", "CL-99"])
async def test_somebody_elses_log(center: Center, command: str) -> None:
    await shared(center, "U0TOM", by="U0PRIYA")
    await center.sam.types(f"/coach {command}")
    assert "I can't find CL-" in (await center.sam.said_privately())[-1].text
    assert not center.refused


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("targte", "target"), ("drafst", "drafts"), ("helo", "help"), ("outcom", "outcome")],
)
async def test_near_misses_are_guessed(center: Center, typed: str, meant: str) -> None:
    await center.sam.types(f"/coach {typed}")
    assert f"Did you mean `/coach {meant}`?" in (await center.sam.said_privately())[-1].text


async def test_what_is_nothing_like_a_command(center: Center) -> None:
    await center.sam.types("/coach <!channel> *bold* `x`")
    said = (await center.sam.said_privately())[-1]
    assert "I don't know" in said.text
    assert "Did you mean" not in said.text
    assert "`/coach help` shows everything" in said.text
    assert not center.refused


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("dana", "Did you mean `/coach @Dana`?"),
        ("@nobody", "I don't know anybody called @nobody."),
        ("a<b&c", "I don't know “a&lt;b&amp;c”."),
        ("show 77", "I can't find CL-77 among the logs you can see."),
    ],
)
async def test_what_is_nearly_right_is_understood(center: Center, typed: str, said: str) -> None:
    await center.sam.types(f"/coach {typed}")
    assert said in (await center.sam.said_privately())[-1].text
    assert not center.refused


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("team", "The list of a team is for supervisors and team leads."),
        ("drafts", "Drafts are for supervisors."),
        ("@marco", "Logging sessions is for supervisors."),
    ],
)
async def test_an_agent_is_told_what_is_not_for_them(center: Center, typed: str, said: str) -> None:
    await center.dana.types(f"/coach {typed}")
    assert said in (await center.dana.said_privately())[-1].text


@pytest.mark.parametrize("value", ["U0TOM", "U0NOBODY", "U0DANA"])
async def test_agents_start_nothing_by_a_button_of_their_own(center: Center, value: str) -> None:
    for user in ("U0DANA", "U0LENA", "U0IRIS"):
        sender = Sender(center, user)
        await sender.presses(ids.NEW_LOG, value)
        assert "Only supervisors of the team log sessions" in sender.saw()
    if value != "U0DANA":
        sender = Sender(center, "U0SAM")
        await sender.presses(ids.NEW_LOG, value)
        assert "Only supervisors of the team log sessions" in sender.saw()


async def test_a_criterion_is_offered_to_those_in_a_team_and_added_by_supervisors(
    center: Center,
) -> None:
    for user, offered in (
        ("U0SAM", ["Discovery", "Add “Disc” (0 to 100 %)"]),
        ("U0DANA", ["Discovery"]),
        ("U0IRIS", []),
    ):
        answer = await Sender(center, user).looks_up("Disc")
        assert isinstance(answer.body, dict)
        assert [one["text"]["text"] for one in answer.body["options"]] == offered


async def test_what_an_older_version_showed_says_that_nothing_happens(center: Center) -> None:
    log = await shared(center)
    sender = Sender(center, "U0SAM")
    await sender.presses("coach.gone", log.id)
    assert "This does nothing any more" in (await center.sam.modal()).text
    await sender.submits("coach.gone", {"log": log.id})
    assert "This does nothing any more" in sender.saw()
    assert sender.failures == []
    assert await center.log() == log


async def test_an_answer_to_a_form_that_went_on_changes_nothing(center: Center) -> None:
    await drafted(center, without=["points"])
    choice = await opened(center, "")
    await choice.press("Continue")
    modal = await center.sam.modal()
    old = modal.view
    await modal.press("More")
    after = (await center.sam.modal()).view
    sender = Sender(center, "U0SAM")
    await sender.presses(ids.MORE, view=old)
    assert (await center.sam.modal()).view["hash"] == after["hash"]
    await (await center.sam.modal()).close(everything=True)
    await sender.presses(ids.MORE, view=after)
    assert sender.failures == []
    assert not await center.sam.has_modal()
    errors = {entry.error for entry in center.refused}
    assert errors == {"hash_conflict", "not_found"}
    assert "incident" not in sender.saw()


@pytest.mark.parametrize("fault", ["answer_500", "drop_answer"])
async def test_a_home_that_can_not_be_shown_is_no_failure_of_what_was_done(
    center: Center, fault: str
) -> None:
    await shared(center, step_what="Listen to two calls")
    home = await center.sam.home()
    getattr(center.ws.faults, fault)("views.publish")
    answer = await home.press("Done", after="promised to")
    assert answer["ok"], answer
    assert (await center.log()).step_done is not None
    assert not await center.sam.has_modal()
    assert "promised to" not in (await center.sam.home()).text


async def test_a_draft_without_an_agent_is_nobodys_yet(center: Center) -> None:
    modal = await opened(center, "")
    modal = await following(modal)
    modal = await following(modal)
    await modal.fill(modal.labels[0], "Ask the reason first")
    modal = await following(await following(await following(modal)))
    assert modal.title == "Look it over"
    assert modal.submit_text is None
    assert "no agent yet" in modal.text
    draft = await center.log()
    sender = Sender(center, "U0SAM")
    await sender.submits(ids.LOOK_OVER, {"log": draft.id, "version": draft.saved})
    assert "shared with" not in sender.saw()
    assert await center.log() == draft
    assert await center.store.drafts(TEAM, "U0SAM") == [draft]
    assert not center.refused
