"""Recording an outcome where something is in the way."""

from __future__ import annotations

import asyncio
import datetime as dt

import pytest

from coaching.log import State
from playground.testing.person import Modal, Person, Surface
from playground.wire import Json
from tests.flows.center import TEAM, Center
from tests.flows.forging import Sender
from tests.flows.stored import drafted, shared
from views import ids
from views.reading import date_words


async def form_of(center: Center, person: Person | None = None, what: str = "@dana") -> Modal:
    """The outcome form of a log that is due."""
    await shared(center)
    center.pass_days(34)
    return await form(center, person, what)


async def form(center: Center, person: Person | None = None, what: str = "@dana") -> Modal:
    who = person or center.sam
    await who.types(f"/coach outcome {what}")
    return await who.modal()


async def figures(modal: Modal, looked_at: int, reached: int) -> None:
    await modal.fill("Calls looked at", str(looked_at))
    await modal.fill("Calls that reached the threshold", str(reached))


async def elsewhere(center: Center, looked_at: int, reached: int) -> None:
    """The same figures form, saved at another client."""
    entered = {"looked_at": {"value": str(looked_at)}, "reached": {"value": str(reached)}}
    await Sender(center, "U0SAM").records(await center.log(), **entered)
    assert (await center.log()).content["looked_at"] == looked_at


async def test_impossible_figures_stand_on_their_fields(center: Center) -> None:
    modal = await form_of(center)
    await figures(modal, 12, 7)
    again = await modal.submit()
    assert again is not None
    assert "10 calls were agreed" in again.errors["Calls looked at"]
    await figures(again, 8, 9)
    again = await again.submit()
    assert again is not None
    assert set(again.errors) == {"Calls that reached the threshold"}
    assert "looked_at" not in (await center.log()).content
    assert not center.refused


async def test_a_decision_needs_figures_and_a_reason(center: Center) -> None:
    modal = await form_of(center)
    again = await modal.submit()
    assert again is not None
    assert set(again.errors) == {"Calls looked at", "Calls that reached the threshold"}
    await again.choose("Decision", "Close")
    await figures(again, 10, 2)
    again = await again.submit()
    assert again is not None
    assert set(again.errors) == {"Why"}
    assert (await center.log()).state is State.OPEN
    assert not center.refused


async def test_without_figures_nothing_is_kept_whatever_the_client_lets_pass(
    center: Center,
) -> None:
    log = await shared(center)
    nothing: dict[str, Json] = {"looked_at": {"value": None}, "reached": {"value": None}}
    for decision, words in (
        (None, "0 is an answer"),
        ({"value": "close"}, "A decision rests on them"),
    ):
        entered = {**nothing, "decision": {"selected_option": decision}}
        answer = await Sender(center, "U0SAM").records(log, **entered)
        assert isinstance(answer.body, dict)
        assert words in answer.body["errors"]["looked_at~0"]
    assert await center.log() == log


async def test_another_devices_figures_are_not_written_over_unseen(center: Center) -> None:
    modal = await form_of(center)
    await figures(modal, 8, 7)
    await elsewhere(center, 6, 5)
    again = await modal.submit()
    assert again is not None
    assert again.value("Calls looked at") == "6"
    assert "8" in again.text
    assert (await center.log()).content["looked_at"] == 6
    await figures(again, 8, 7)
    after = await again.submit()
    assert after is not None
    assert "Reached: 7 of 8" in after.text
    assert not center.refused


async def test_fields_that_slack_lost_are_asked_for_again(center: Center) -> None:
    modal = await form_of(center)
    view = modal.view
    values = {key: value for key, value in view["state"]["values"].items() if "reached" not in key}
    values["looked_at~0"] = {"looked_at": {"type": "number_input", "value": "8"}}
    sender = Sender(center, "U0SAM")
    answer = await sender.submits_view({**view, "state": {"values": values}})
    assert isinstance(answer.body, dict)
    assert answer.body["response_action"] == "update"
    shown = answer.body["view"]
    assert '"retried":true' in shown["private_metadata"]
    looked_at = next(b for b in shown["blocks"] if b.get("block_id", "").startswith("looked_at"))
    assert looked_at["element"]["initial_value"] == "8"
    assert "looked_at" not in (await center.log()).content


async def test_more_fields_unfold_and_keep_what_was_typed(center: Center) -> None:
    modal = await form_of(center)
    await figures(modal, 8, 7)
    await modal.press("More")
    modal = await center.sam.modal()
    assert modal.value("Calls looked at") == "8"
    await modal.fill("Median score", "82")
    after = await modal.submit()
    assert after is not None
    assert not after.errors
    assert (await center.log()).value("median_after") == "82"
    sender = Sender(center, "U0SAM")
    await sender.presses_in(ids.FORM, {"log": "nothing", "element": "outcome"}, ids.MORE)
    assert "can't find that log" in (await center.sam.modal()).text
    assert not center.refused


async def test_what_was_decided_meanwhile_is_said(center: Center) -> None:
    modal = await form_of(center)
    log = await center.log()
    await elsewhere(center, 8, 7)
    closing = Sender(center, "U0SAM")
    await closing.presses(ids.CLOSE_AS_MET, log.id)
    assert (await center.log()).state is State.CLOSED
    await modal.choose("Decision", "Close")
    await figures(modal, 8, 7)
    note = await modal.submit()
    assert note is not None
    assert "CL-1 is decided: closed" in note.text
    await closing.presses(ids.RECORD_OUTCOME, log.id)
    assert "CL-1 is decided: closed" in (await center.sam.modal()).text
    await closing.presses(ids.CLOSE_AS_MET, log.id)
    assert "CL-1 is decided: closed" in (await center.sam.modal()).text
    await closing.presses(ids.EXTEND, log.id)
    assert "CL-1 is decided: closed" in (await center.sam.modal()).text


async def test_figures_after_a_void_change_nothing(center: Center) -> None:
    modal = await form_of(center)
    await center.lena.types("/coach show CL-1")
    await (await center.lena.said_privately())[-1].press("Void…")
    void = await center.lena.modal()
    await void.fill("Why?", "Wrong call")
    await void.submit()
    await figures(modal, 8, 7)
    note = await modal.submit()
    assert note is not None
    assert "CL-1 was voided" in note.text
    assert (await center.log()).state is State.VOIDED
    assert not center.refused


async def test_close_as_met_where_it_is_not_met(center: Center) -> None:
    """An old button: the figures were corrected since."""
    await form_of(center)
    await elsewhere(center, 10, 2)
    sender = Sender(center, "U0SAM")
    await sender.presses(ids.CLOSE_AS_MET, (await center.log()).id)
    form = await center.sam.modal()
    assert (form.title, form.value("Calls that reached the threshold")) == ("Outcome", "2")
    assert (await center.log()).state is State.OPEN


async def test_close_as_met_without_figures(center: Center) -> None:
    log = await shared(center)
    sender = Sender(center, "U0SAM")
    await sender.presses(ids.CLOSE_AS_MET, log.id)
    assert (await center.sam.modal()).title == "Outcome"
    await sender.presses(ids.EXTEND, log.id)
    assert "The day of CL-1 has not come yet" in (await center.sam.modal()).text
    assert await center.log() == log


@pytest.mark.parametrize("where", ["message", "list", "home", "log"])
async def test_one_press_closes_wherever_it_stands(center: Center, where: str) -> None:
    await form_of(center)
    await elsewhere(center, 8, 7)
    await center.program.delivery.once()
    await (await _surface(center, where)).press("Close as met")
    if where in {"list", "log"}:
        (said,) = await center.sam.said_privately()
        assert "CL-1 is closed" in said.text
    assert (await center.log()).state is State.CLOSED
    await center.dana.message("7 of 8")
    assert not center.refused


@pytest.mark.parametrize("where", ["message", "list", "log", "home"])
async def test_one_press_extends_wherever_it_stands(center: Center, where: str) -> None:
    await form_of(center)
    await elsewhere(center, 4, 3)
    await center.program.delivery.once()
    before = (await center.log()).value("review_by")
    surface = await _surface(center, where)
    (words,) = [words for words in surface.buttons if words.startswith("Extend to")]
    await surface.press(words)
    if where in {"list", "log"}:
        assert "CL-1 now runs until" in (await center.sam.said_privately())[-1].text
    log = await center.log()
    assert (log.state, log.extensions) == (State.OPEN, 1)
    assert log.value("review_by") > before
    await center.dana.message("has a new day")
    assert not center.refused


async def test_an_old_button_extends_to_the_day_that_it_names(center: Center) -> None:
    await form_of(center)
    await elsewhere(center, 4, 3)
    await center.program.delivery.once()
    prompt = await _surface(center, "message")
    (words,) = [words for words in prompt.buttons if words.startswith("Extend to")]
    center.pass_days(7)
    await prompt.press(words)
    day = dt.date.fromisoformat((await center.log()).value("review_by"))
    assert words == f"Extend to {date_words(day)}"


async def test_extending_twice_in_a_row_moves_the_day_once(center: Center) -> None:
    """A copy of the button that is still there somewhere, pressed as well."""
    await form_of(center)
    await elsewhere(center, 4, 3)
    log = await center.log()
    sender = Sender(center, "U0SAM")
    await sender.presses(ids.EXTEND, f"{log.id} 0")
    moved = await center.log()
    await sender.presses(ids.EXTEND, f"{log.id} 0")
    note = await center.sam.modal()
    assert "The day was moved already: CL-1 runs until" in note.text
    assert await center.log() == moved
    assert moved.extensions == 1


async def _surface(center: Center, where: str) -> Surface:
    if where == "home":
        return await center.sam.home()
    if where == "message":
        return await center.sam.message("CL-1")
    await center.sam.types("/coach due" if where == "list" else "/coach show CL-1")
    return (await center.sam.said_privately())[-1]


async def test_closing_twice_at_once_tells_the_agent_once(center: Center) -> None:
    await form_of(center)
    await elsewhere(center, 8, 7)
    log = await center.log()
    senders = [Sender(center, "U0SAM") for _ in range(4)]
    await asyncio.gather(*(sender.presses(ids.CLOSE_AS_MET, log.id) for sender in senders))
    assert [sender.failures for sender in senders] == [[]] * 4
    assert (await center.log()).saved == log.saved + 1
    await center.dana.message("7 of 8")
    assert "incident" not in "".join(sender.saw() for sender in senders)


async def test_before_the_day_the_form_says_so(center: Center) -> None:
    await shared(center)
    modal = await form(center)
    assert "you can record the outcome before it" in modal.text
    assert not center.refused


async def test_with_several_due_one_is_picked(center: Center) -> None:
    await shared(center)
    await shared(center, "U0MARCO")
    center.pass_days(34)
    choice = await form(center, what="")
    assert "for which log?" in choice.text
    await choice.press("This one", after="CL-2")
    modal = await center.sam.modal()
    assert modal.title == "Outcome"
    assert "CL-2" in modal.text
    assert not center.refused


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "Nothing is due right now"),
        ("@dana", "Dana has no open target"),
        ("@tom", "not among the agents you can see"),
        ("CL-1", "CL-1 isn't shared yet"),
        ("CL-77", "I can't find CL-77"),
    ],
)
async def test_nothing_to_decide(center: Center, typed: str, words: str) -> None:
    await drafted(center)
    await center.sam.types(f"/coach outcome {typed}".strip())
    assert words in (await center.sam.said_privately())[-1].text
    assert not await center.sam.has_modal()
    assert not center.refused


async def test_the_lead_decides_for_a_supervisor(center: Center) -> None:
    modal = await form_of(center, center.lena)
    await figures(modal, 10, 4)
    await modal.choose("Decision", "Continue")
    await modal.fill("Why", "It comes late in the call still")
    after = await modal.submit()
    assert after is not None
    draft = await center.log(2)
    # A lead logs no sessions: the new draft is the supervisor's.
    assert (draft.supervisor, draft.state) == ("U0SAM", State.DRAFT)
    assert "CL-1 is continued in a new draft" in after.text
    await center.dana.message("It comes late in the call still")
    assert not center.refused


async def test_an_escalation_without_a_lead(center: Center) -> None:
    center.ws.update_user("U0LENA", deleted=True)
    await center.ws.settle()
    modal = await form_of(center)
    await figures(modal, 10, 4)
    await modal.choose("Decision", "Escalate")
    await modal.fill("Why", "Two sessions did not change it")
    again = await modal.submit()
    assert again is not None
    assert "no lead in CoachLog" in again.errors["Decision"]
    assert not center.refused


async def test_forms_and_buttons_of_no_log(center: Center) -> None:
    other = await shared(center, "U0TOM", by="U0PRIYA")
    draft = await drafted(center)
    sender = Sender(center, "U0SAM")
    for log_id in ("", "nothing", "x" * 3000, other.id, draft.id):
        await sender.submits(ids.FORM, {"log": log_id, "element": "outcome"})
        for action_id in (ids.RECORD_OUTCOME, ids.CLOSE_AS_MET, ids.EXTEND):
            await sender.presses(action_id, log_id)
            assert "can't find that log" in (await center.sam.modal()).text
    assert sender.failures == []
    assert "cancelling" not in sender.saw()
    assert dt.date.fromisoformat((await center.log(1)).value("review_by")) > center.today
    assert await center.store.log(TEAM, other.id) == other
