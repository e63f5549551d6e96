"""One log, whole, and what can be done to it."""

from __future__ import annotations

import pytest

from coaching.log import State
from playground.testing.person import Message, Person
from tests.flows.center import TEAM, Center
from tests.flows.forging import Sender, decided
from tests.flows.stored import drafted, shared
from views import ids

LONG = "Ask the reason for cancelling before naming the fee. " * 55


async def told(person: Person, command: str) -> Message:
    await person.types(f"/coach {command}")
    return (await person.said_privately())[-1]


async def test_see_all_of_it_answers_privately(center: Center) -> None:
    await shared(center)
    summary = await center.dana.message("Call 8841 at 03:12")
    await summary.press("See all of it")
    (whole,) = await center.dana.said_privately()
    assert "What you talked about" in whole.text
    assert not center.refused


async def test_a_long_log_comes_in_pages(center: Center) -> None:
    log = await shared(center, target=LONG[:2900], observed=LONG[:2900], quote=LONG[:2900])
    block = {"type": "input", "block_id": "points~0"}
    for number in range(1, 30):
        said = {"points~0": {"points": {"value": f"Point {number}: listened to two calls"}}}
        await Sender(center, "U0SAM").submits(ids.CHECK_IN, {"log": log.id}, block, **said)
    page = await told(center.sam, "show CL-1")
    pages = [page.text]
    while "Show the rest" in page.buttons:
        await page.press("Show the rest")
        page = (await center.sam.said_privately())[-1]
        pages.append(page.text)
        assert len(pages) < 10
    whole = "\n".join(pages)
    assert all(f"Point {number}:" in whole for number in range(1, 30))
    assert not center.refused


@pytest.mark.parametrize("page", ["0", "-1", "99", "x", "²", "9" * 30])
async def test_a_page_that_is_not_there(center: Center, page: str) -> None:
    log = await shared(center)
    sender = Sender(center, "U0SAM")
    await sender.presses(ids.SHOW, f"{log.id} {page}")
    assert sender.failures == []
    assert "incident" not in sender.saw()
    assert "Record outcome" in sender.saw()


async def test_a_chain_leads_from_log_to_log(center: Center) -> None:
    log = await shared(center)
    sender = Sender(center, "U0SAM")
    await sender.records(log, **decided("continue", "It comes late still"))
    page = await told(center.sam, "show CL-1")
    assert "It goes on in CL-2" in page.text
    await page.press("Show CL-2")
    page = (await center.sam.said_privately())[-1]
    assert "It goes on from CL-1" in page.text
    # The draft is its writer's alone, its reference too.
    for person in (center.dana, center.lena):
        page = await told(person, "show CL-1")
        assert "CL-2" not in page.text
        assert "It comes late still" in page.text
    assert not center.refused


async def test_a_log_can_be_looked_at_in_the_home(center: Center) -> None:
    await shared(center)
    home = await center.dana.home()
    await home.press("See all of it", after="Waiting for you")
    view = await center.dana.modal()
    assert view.title == "CL-1"
    await view.press("Acknowledge")
    form = await center.dana.modal()
    assert form.title == "Acknowledge"
    await form.submit()
    assert (await center.log()).is_acknowledged
    assert "Waiting for you" not in (await center.dana.home()).text
    assert not center.refused


async def test_who_else_spoke_is_named(center: Center) -> None:
    log = await shared(center)
    state = {ids.VOID_REASON_BLOCK: {"reason": {"value": "Wrong call"}}}
    await Sender(center, "U0LENA").submits(ids.VOID, {"log": log.id}, **state)
    page = await told(center.dana, "show CL-1")
    assert "Lena" in page.text
    assert "Wrong call" in page.text
    assert not center.refused


async def test_voiding_needs_a_reason_and_happens_once(center: Center) -> None:
    await shared(center)
    page = await told(center.sam, "show CL-1")
    await page.press("Void…")
    form = await center.sam.modal()
    await form.fill("Why?", "   ")
    again = await form.submit()
    assert again is not None
    assert set(again.errors) == {"Why?"}
    state = {ids.VOID_REASON_BLOCK: {"reason": {"value": "Wrong call"}}}
    await Sender(center, "U0LENA").submits(ids.VOID, {"log": (await center.log()).id}, **state)
    await again.fill("Why?", "Wrong day")
    note = await again.submit()
    assert note is not None
    assert "was voided already" in note.text
    page = await told(center.sam, "show CL-1")
    assert page.buttons == []
    assert not center.refused


async def test_a_check_in_needs_words_and_right_ones(center: Center) -> None:
    await shared(center)
    page = await told(center.sam, "show CL-1")
    await page.press("Check in")
    form = await center.sam.modal()
    again = await form.submit()
    assert again is not None
    assert set(again.errors) == {"Discussion points"}
    log = await center.log()
    block = {"type": "input", "block_id": "approach~0"}
    wrong = {"approach~0": {"approach": {"selected_option": {"value": "shouting"}}}}
    answer = await Sender(center, "U0SAM").submits(ids.CHECK_IN, {"log": log.id}, block, **wrong)
    assert isinstance(answer.body, dict)
    assert set(answer.body["errors"]) == {"approach~0"}
    assert await center.log() == log
    assert not center.refused


async def test_more_keeps_what_was_typed_in_a_check_in(center: Center) -> None:
    await shared(center)
    page = await told(center.sam, "show CL-1")
    await page.press("Check in")
    form = await center.sam.modal()
    await form.fill("Discussion points", "Listened to two calls")
    await form.press("More")
    more = await center.sam.modal()
    assert more.value("Discussion points") == "Listened to two calls"
    noted = await more.submit()
    assert noted is not None
    assert "The check-in is on CL-1" in noted.text
    await center.dana.message("Listened to two calls")
    assert not center.refused


async def test_a_check_in_on_a_target_that_was_decided(center: Center) -> None:
    log = await shared(center)
    page = await told(center.sam, "show CL-1")
    await page.press("Check in")
    form = await center.sam.modal()
    state = {ids.VOID_REASON_BLOCK: {"reason": {"value": "Wrong call"}}}
    await Sender(center, "U0LENA").submits(ids.VOID, {"log": log.id}, **state)
    await form.fill("Discussion points", "Listened to two calls")
    note = await form.submit()
    assert note is not None
    assert "a check-in needs an open target" in note.text
    sender = Sender(center, "U0SAM")
    await sender.presses(ids.CHECK_IN, log.id)
    shown = await center.sam.modal()
    assert "a check-in needs an open target" in shown.text
    assert not center.refused


async def test_a_draft_is_discarded_once(center: Center) -> None:
    draft = await drafted(center)
    page = await told(center.sam, "show CL-1")
    await page.press("Discard")
    sender = Sender(center, "U0SAM")
    await sender.presses(ids.DISCARD, draft.id)
    assert "was discarded already" in (await center.sam.modal()).text
    await sender.presses(ids.CONTINUE, draft.id)
    assert "CL-1 is no draft any more" in (await center.sam.modal()).text
    for action_id, value in (
        (ids.CHANGE, draft.id),
        (ids.CHANGE, f"{draft.id} target"),
        (ids.PICK, f"{draft.id} target"),
    ):
        await sender.presses(action_id, value)
        assert "CL-1 was discarded, so nothing can be written" in (await center.sam.modal()).text
    assert (await center.log()).state is State.DISCARDED
    # As the question before it said: it can still be read.
    assert "8841" in (await told(center.sam, "show CL-1")).text


async def test_a_voided_log_is_left_alone(center: Center) -> None:
    log = await shared(center)
    state = {ids.VOID_REASON_BLOCK: {"reason": {"value": "Wrong call"}}}
    sender = Sender(center, "U0SAM")
    await sender.submits(ids.VOID, {"log": log.id}, **state)
    voided = await center.log()
    for action_id, words in (
        (ids.VOID, "was voided already"),
        (ids.CHANGE, "CL-1 was taken back"),
        (ids.CHECK_IN, "a check-in needs an open target"),
        (ids.RECORD_OUTCOME, "nothing left to decide"),
    ):
        await sender.presses(action_id, log.id)
        assert words in (await center.sam.modal()).text
    await center.sam.types("/coach target CL-1")
    assert "CL-1 was taken back" in (await center.sam.said_privately())[-1].text
    assert await center.log() == voided


async def test_a_void_without_a_reason_names_who_is_told(center: Center) -> None:
    log = await shared(center)
    await (await told(center.sam, "show CL-1")).press("Void…")
    modal = await center.sam.modal()
    await modal.fill("Why?", "  ")
    answer = await modal.submit()
    assert answer is not None
    assert answer.errors == {"Why?": "Say why; Dana is told."}
    assert (await center.log()).saved == log.saved


async def test_a_shared_log_is_not_discarded(center: Center) -> None:
    log = await shared(center)
    sender = Sender(center, "U0SAM")
    await sender.presses(ids.DISCARD, log.id)
    assert "it can be voided, not discarded" in (await center.sam.modal()).text
    await sender.presses(ids.CONTINUE, log.id)
    assert "CL-1 is no draft any more" in (await center.sam.modal()).text
    assert await center.log() == log


async def test_buttons_and_forms_of_no_log(center: Center) -> None:
    other = await shared(center, "U0TOM", by="U0PRIYA")
    sender = Sender(center, "U0SAM")
    for log_id in ("", "nothing", "x" * 2900, other.id):
        for action_id in (ids.SHOW, ids.CHECK_IN, ids.VOID, ids.DISCARD, ids.CHANGE, ids.PICK):
            await sender.presses(action_id, log_id)
            assert "can't find that log" in (await center.sam.modal()).text
        await sender.presses_in(ids.CHECK_IN, {"log": log_id}, ids.MORE)
        assert "can't find that log" in (await center.sam.modal()).text
        await sender.submits(ids.CHECK_IN, {"log": log_id})
        await sender.submits(ids.VOID, {"log": log_id})
    assert sender.failures == []
    assert "cancelling" not in sender.saw()
    assert await center.store.log(TEAM, other.id) == other


async def test_where_the_private_answer_is_not_taken_it_comes_as_a_message(center: Center) -> None:
    log = await shared(center)
    gone = f"{center.server.url}/response/gone"
    await Sender(center, "U0SAM", answer_to=gone).presses(ids.SHOW, log.id, private=True)
    told = await center.sam.message("CL-1 · Dana Whitfield")
    assert "See all of it" not in told.buttons
    assert not told.is_private
