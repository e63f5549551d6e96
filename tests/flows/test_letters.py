"""Letters: all that is due for one person in one morning is one message, and it is told once."""

from __future__ import annotations

import datetime as dt

from coaching.notices import NoticeKind
from tests.flows.center import TEAM, Center
from tests.flows.mornings import at, letters_of, states, told
from tests.flows.moving import leaves, returns
from tests.flows.stored import shared


async def test_what_the_prompt_says_is_not_planned_again_and_again(center: Center) -> None:
    """At five days the supervisor would hear that nobody read it; the prompt says so by then."""
    log = await shared(center, review_by="2026-11-27")
    await told(center)
    await at(center, "2026-11-27 09:00")
    (prompt,) = await letters_of(center.sam, "Record outcome")
    assert "Dana has not acknowledged this log yet." in prompt.text
    await at(center, "2026-12-01 09:00")
    found = await states(center, log.id)
    assert found[NoticeKind.ACKNOWLEDGE, "U0SAM", "1/5"] == "cancelled"
    assert found[NoticeKind.ACKNOWLEDGE, "U0DANA", "1/5"] == "sent"
    assert not await letters_of(center.sam, "has not acknowledged CL-1")
    assert not center.refused


async def test_the_digest_and_what_is_due_that_morning_are_one_message(center: Center) -> None:
    await shared(center, review_by="2026-11-30")
    await at(center, "2026-11-30 07:59")
    assert not await center.sam.messages()
    await at(center, "2026-11-30 08:00")
    (letter,) = await center.sam.messages()
    assert "Billing, week of 23 November" in letter.text
    assert "Outcomes to record\nCL-1 · Dana Whitfield" in letter.text
    assert not await center.lena.messages()
    await at(center, "2026-11-30 09:00")
    assert len(await center.sam.messages()) == 1
    (led,) = await center.lena.messages()
    assert "Your 2 teams, week of 23 November" in led.text
    await letter.press("Record outcome")
    form = await center.sam.modal()
    await form.fill("Calls looked at", "8")
    await form.fill("Calls that reached the threshold", "7")
    after = await form.submit()
    assert after is not None
    await after.press("Close as met")
    await told(center)
    (letter,) = await letters_of(center.sam, "week of 23 November")
    assert "✅ CL-1 · Dana Whitfield · closed" in letter.text
    assert not center.refused


async def test_letters_of_the_night_wait_for_the_morning_without_being_looked_at(
    center: Center,
) -> None:
    """Sam's hours are over when both logs turn out to have been overdue for long."""
    for agent in ("U0DANA", "U0MARCO"):
        await shared(center, agent, review_by="2026-11-27")
    await told(center)
    await leaves(center, "U0SAM")
    await at(center, "2026-12-04 20:00")
    await returns(center, "U0SAM")
    for number in (1, 2):
        await center.store.plan_logs_again(TEAM, [(await center.log(number)).id], center.now)
        await told(center)
    center.clock.advance(dt.timedelta(minutes=2))
    assert await center.program.delivery.once() == 0
    assert not await letters_of(center.sam, "CL-1")
    await at(center, "2026-12-07 09:00")
    (letter,) = await letters_of(center.sam, "CL-1")
    assert "CL-2" in letter.text
    assert not center.refused
