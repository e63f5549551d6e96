"""A reason that goes after the message was made and before it is posted: nothing is sent."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace

import pytest

from bot.delivery import Delivery
from handlers.time_passes import Later
from storage.store import Claimed
from tests.flows.answering import answers, disagrees
from tests.flows.center import Center
from tests.flows.mornings import at, letters_of, told, until
from tests.flows.moving import deactivated
from tests.flows.stored import decided_on, drafted, shared
from views.parts import Message

Act = Callable[[Center], Awaitable[object]]

SAM, DANA, LENA = "U0SAM", "U0DANA", "U0LENA"


async def _acknowledges(center: Center) -> None:
    await (await center.dana.message("Call 8841 at 03:12")).press("Acknowledge")
    assert await (await center.dana.modal()).submit() is None


async def _voids(center: Center) -> None:
    await center.sam.types("/coach show CL-1")
    await (await center.sam.said_privately())[-1].press("Void…")
    form = await center.sam.modal()
    await form.fill(form.labels[0], "The wrong call")
    after = await form.submit()
    assert after is None or not after.errors


async def _decides(center: Center) -> None:
    await decided_on(center, await center.log(), "close")


async def just_then(center: Center, receiver: str, act: Act) -> list[Act]:
    """Have somebody do that once, as soon as a message to that person is made; what is left."""
    left = [act]
    means = await center.without_delivery()

    async def made(claimed: Claimed) -> Message | Later | None:
        message = await means.message_for(claimed)
        if left and claimed.receiver == receiver and isinstance(message, Message):
            await left[0](center)
            left.clear()
        return message

    delivery = Delivery(replace(means, message_for=made))
    center.program = replace(center.program, delivery=delivery)
    return left


def received(center: Center, user: str) -> list[str]:
    """The notifications of all messages to somebody, also while they can't log in."""
    direct = center.ws.direct(user)
    assert direct is not None
    return [one.body["text"] for one in direct.messages if one.only_for is None]


@pytest.mark.parametrize(
    ("receiver", "act", "moment", "notices"),
    [
        pytest.param(DANA, _acknowledges, "11-26 09:00", [], id="read"),
        pytest.param(DANA, _voids, "11-26 09:00", ["Sam took CL-1 back"], id="voided"),
        pytest.param(SAM, _decides, "12-24 09:00", [], id="decided"),
    ],
)
async def test_a_reminder_whose_reason_goes_just_then_is_not_sent(
    center_anywhere: Center, receiver: str, act: Act, moment: str, notices: list[str]
) -> None:
    center = center_anywhere
    await shared(center)
    await until(center, f"2026-{moment[:5]} 08:00")
    before = received(center, receiver)
    left = await just_then(center, receiver, act)
    await until(center, f"2026-{moment[:5]} 16:00")
    assert not left
    assert received(center, receiver) == [*before, *notices]
    assert not center.refused


async def test_what_is_left_of_a_letter_is_told(center: Center) -> None:
    await shared(center, review_by="2026-12-01")
    await shared(center, "U0MARCO", review_by="2026-12-01")
    await until(center, "2026-12-01 08:00")
    left = await just_then(center, SAM, _decides)
    await at(center, "2026-12-01 09:00")
    assert not left
    assert not await letters_of(center.sam, "Outcomes to record")
    (letter,) = await letters_of(center.sam, "Marco · CL-2 · Discovery: how did it go?")
    assert "Dana" not in letter.text
    assert not center.refused


async def test_a_draft_that_is_discarded_just_then(center: Center) -> None:
    await drafted(center)

    async def discards(center: Center) -> None:
        await center.sam.types("/coach show CL-1")
        await (await center.sam.said_privately())[-1].press("Discard")

    before = received(center, SAM)
    left = await just_then(center, SAM, discards)
    await at(center, "2026-11-24 16:00")
    assert not left
    assert received(center, SAM) == before
    assert not center.refused


async def test_an_answer_that_is_given_just_then(center: Center) -> None:
    await shared(center)
    await told(center)
    await disagrees(center)
    await until(center, "2026-11-27 08:00")
    before = received(center, LENA)
    left = await just_then(center, LENA, answers)
    await at(center, "2026-11-27 09:00")
    assert not left
    assert received(center, LENA) == before
    assert not center.refused


async def test_a_session_that_is_held_just_then(center: Center) -> None:
    await shared(center, "U0MARCO", review_by="2027-02-01")
    await until(center, "2026-12-25 08:00")
    before = received(center, SAM)
    left = await just_then(center, SAM, shared)
    await until(center, "2026-12-25 12:00")
    assert not left
    assert received(center, SAM) == [*before, "Marco has had no session for 31 days"]
    assert not center.refused


async def test_who_leaves_just_then_is_sent_nothing_and_the_next_one_is(center: Center) -> None:
    await shared(center)
    await until(center, "2026-12-24 08:00")
    before = received(center, SAM)
    left = await just_then(center, SAM, lambda center: deactivated(center, SAM))
    await at(center, "2026-12-24 09:00")
    assert not left
    assert len(received(center, SAM)) == len(before)
    await center.lena.message("Dana · CL-1 · Discovery: how did it go?")
    assert not center.refused
