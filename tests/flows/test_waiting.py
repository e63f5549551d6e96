"""What is shared outside an agent's hours waits for their shift, unless *Send now*."""

from __future__ import annotations

import datetime as dt

import pytest

from coaching.log import State
from coaching.worktime import Shift, Week
from handlers.hours import hours_changed
from playground.testing.person import Message, Modal, Person
from storage.outbox import NoticeState
from tests.flows.center import TEAM, Center
from tests.flows.test_quick import fill
from tests.flows.writing import walk_to_look_over

BEGINS = "Marco's next shift begins Wed 25 November, 14:00 GMT, which is 09:00 for Marco."


@pytest.fixture
async def early(center: Center) -> Center:
    """Half past six on Wednesday in London, half past one at night in New York."""
    center.clock.advance(dt.timedelta(hours=16))
    return center


async def shared(center: Center, mention: str = "@marco") -> Modal:
    """The note after sharing."""
    note = await (await walk_to_look_over(center.sam, mention)).submit()
    assert note is not None
    assert note.title == "Shared"
    return note


async def whole(center: Center) -> Message:
    await center.sam.types("/coach show CL-1")
    return (await center.sam.said_privately())[-1]


def to_the_shift(center: Center) -> None:
    center.clock.advance(dt.timedelta(hours=7, minutes=35))
    center.program.delivery.wake()


async def told(person: Person) -> list[str]:
    return [message.fallback for message in await person.messages() if not message.is_private]


async def test_it_is_said_before_and_after_and_arrives_with_the_shift(early: Center) -> None:
    look_over = await walk_to_look_over(early.sam, "@marco")
    before = f"{BEGINS} Marco gets it then, or at once if you press Send now after sharing."
    assert before in look_over.text
    note = await look_over.submit()
    assert note is not None
    assert f"{BEGINS} Marco gets it then." in note.text
    assert note.buttons == ["Send now"]
    assert "goes out Wed 25 November, 14:00 GMT" in (await early.sam.home()).text
    assert "CL-1" in (await early.marco.home()).text
    early.program.delivery.wake()
    assert await told(early.marco) == []
    to_the_shift(early)
    summary = await early.marco.message("Call 8841 at 03:12")
    assert summary.fallback == "Sam shared CL-1 with you"
    assert "goes out" not in (await early.sam.home()).text
    assert "Send now" not in (await whole(early)).buttons
    assert not early.refused


async def test_inside_their_hours_nothing_is_said_of_it(center: Center) -> None:
    look_over = await walk_to_look_over(center.sam, "@marco")
    assert "shift" not in look_over.text
    note = await look_over.submit()
    assert note is not None
    assert "shift" not in note.text
    assert note.buttons == []
    await center.marco.message("Call 8841 at 03:12")
    assert not center.refused


async def test_send_now_after_sharing(early: Center) -> None:
    note = await shared(early)
    await note.press("Send now")
    assert "CL-1 is on its way to Marco." in (await early.sam.modal()).text
    await early.marco.message("Call 8841 at 03:12")
    assert await told(early.marco) == ["Sam shared CL-1 with you"]
    assert not early.refused


async def test_send_now_in_the_log_itself(early: Center) -> None:
    await (await shared(early)).close(everything=True)
    other, page = await whole(early), await whole(early)
    assert f"{BEGINS} Marco gets it then." in page.text
    await page.press("Send now")
    again = (await early.sam.said_privately())[-1]
    assert "Send now" not in again.buttons
    assert "shift" not in again.text
    await early.marco.message("Call 8841 at 03:12")
    await other.press("Send now")
    assert "CL-1 was sent already." in (await early.sam.modal()).text
    assert await told(early.marco) == ["Sam shared CL-1 with you"]
    assert not early.refused


async def test_pressed_late_it_says_what_is_so(early: Center) -> None:
    note = await shared(early)
    to_the_shift(early)
    await early.marco.message("Call 8841 at 03:12")
    await note.press("Send now")
    assert "CL-1 was sent already." in (await early.sam.modal()).text
    assert not early.refused


async def test_read_in_the_home_there_is_nothing_to_send(early: Center) -> None:
    note = await shared(early)
    await (await early.marco.home()).press("Acknowledge")
    await (await early.marco.modal()).submit()
    await note.press("Send now")
    assert "CL-1 is acknowledged already; there is nothing to send." in (
        (await early.sam.modal()).text
    )
    assert "Send now" not in (await whole(early)).buttons
    to_the_shift(early)
    await early.sam.message("Marco acknowledged CL-1")
    assert await told(early.marco) == []
    assert not early.refused


async def test_only_who_supervises_the_agent_sends_it(early: Center) -> None:
    await (await shared(early)).close(everything=True)
    await early.lena.types("/coach show CL-1")
    page = (await early.lena.said_privately())[-1]
    assert BEGINS in page.text
    assert "Send now" not in page.buttons
    await early.marco.types("/coach show CL-1")
    own = (await early.marco.said_privately())[-1]
    assert "shift" not in own.text
    assert "Send now" not in own.buttons
    assert not early.refused


async def test_what_is_changed_meanwhile_comes_in_one_message(early: Center) -> None:
    await (await shared(early)).close(everything=True)
    await (await whole(early)).press("Change")
    await (await early.sam.modal()).press("Change", after="Target")
    form = await early.sam.modal()
    await form.fill(form.labels[0], "Say the reason back before the fee")
    saved = await form.submit()
    assert saved is not None
    assert "CL-1 is changed. Marco gets it as it is now." in saved.text
    await saved.close(everything=True)
    await (await whole(early)).press("Check in")
    form = await early.sam.modal()
    await form.fill("Discussion points", "Listened to two calls")
    await form.submit()
    assert await told(early.marco) == []
    to_the_shift(early)
    await early.marco.message("Listened to two calls")
    assert await told(early.marco) == [
        "Sam shared CL-1 with you",
        "Sam noted a check-in with you (CL-1)",
    ]
    summary = await early.marco.message("Say the reason back before the fee")
    assert "Acknowledge" in summary.buttons
    await summary.press("Acknowledge")
    await (await early.marco.modal()).submit()
    assert (await early.log()).is_acknowledged
    assert not early.refused


async def test_taken_back_meanwhile_nothing_comes(early: Center) -> None:
    await (await shared(early)).close(everything=True)
    await (await whole(early)).press("Void…")
    form = await early.sam.modal()
    assert "Marco was not told of it yet and gets no message about it." in form.text
    await form.fill("Why?", "Wrong call")
    done = await form.submit()
    assert done is None or "gets no message" in done.text
    assert (await early.log()).state is State.VOIDED
    to_the_shift(early)
    rows = await early.store.notices_of(TEAM, (await early.log()).id)
    assert {row.state for row in rows} == {NoticeState.CANCELLED}
    assert not early.refused


async def test_a_move_to_another_time_zone_moves_it(early: Center) -> None:
    await (await shared(early)).close(everything=True)
    early.ws.update_user("U0MARCO", tz="Asia/Kolkata")
    await early.ws.settle()
    await early.marco.message("Call 8841 at 03:12")
    assert not early.refused


async def test_a_move_away_puts_it_off(early: Center) -> None:
    await (await shared(early, "@dana")).close(everything=True)
    early.ws.update_user("U0DANA", tz="America/New_York")
    await early.ws.settle()
    early.clock.advance(dt.timedelta(hours=3))
    page = await whole(early)
    assert "Dana's next shift begins Wed 25 November, 14:00 GMT" in page.text
    assert await told(early.dana) == []
    to_the_shift(early)
    await early.dana.message("Call 8841 at 03:12")
    assert not early.refused


async def test_hours_of_their_own_move_it(early: Center) -> None:
    await (await shared(early)).close(everything=True)
    nights: Week = (Shift(dt.time(22), dt.time(6)),) * 7
    await early.store.set_hours(TEAM, "U0MARCO", nights, frozenset(), actor="file", now=early.now)
    await hours_changed(early.store, TEAM, ["U0MARCO"], early.now, actor="file")
    await early.marco.message("Call 8841 at 03:12")
    assert not early.refused


async def test_the_quick_log_says_it_as_well(early: Center) -> None:
    await early.sam.types("/coach quick @marco")
    modal = await early.sam.modal()
    assert BEGINS in modal.text
    await fill(modal, "One thing that Marco will do differently")
    note = await modal.submit()
    assert note is not None
    assert BEGINS in note.text
    assert note.buttons == ["Send now"]
    assert await told(early.marco) == []
    assert not early.refused
