"""When a digest comes that is sent outside of work, and what comes with it."""

from __future__ import annotations

import datetime as dt

from coaching.worktime import Shift
from handlers.hours import hours_changed
from playground.testing.person import Message, Person
from tests.flows.center import TEAM, Center
from tests.flows.mornings import at, letters_of, told, until
from tests.flows.moving import moves_to
from tests.flows.stored import shared

MONDAY = dt.datetime(2026, 11, 30, tzinfo=dt.UTC)


async def letters(person: Person) -> list[Message]:
    return [one for one in await person.messages() if "week of" in one.text or "due" in one.text]


async def to(center: Center, at: dt.datetime) -> None:
    # What was saved is planned before the clock jumps, as it would be.
    await center.program.delivery.once()
    center.clock.advance(at - center.now)
    center.program.delivery.wake()


async def works(center: Center, user: str, start: int, end: int) -> None:
    """From Monday to Friday they work from the one hour to the other."""
    week = (*[Shift(dt.time(start), dt.time(end))] * 5, None, None)
    await center.store.set_hours(TEAM, user, week, frozenset(), actor="file", now=center.now)
    await hours_changed(center.store, TEAM, [user], center.now, actor="file")


async def test_the_morning_comes_with_the_digest_an_hour_before_work(center: Center) -> None:
    await to(center, MONDAY - dt.timedelta(hours=60))
    await shared(center, "U0DANA", review_by="2026-11-30")
    await to(center, MONDAY + dt.timedelta(hours=8))
    letter = await center.sam.message("Billing, week of 23 November")
    assert "One thing this morning, Sam" in letter.text
    assert "Record outcome" in letter.buttons
    await to(center, MONDAY + dt.timedelta(hours=9, minutes=5))
    await center.lena.message("week of 23 November")
    assert len(await letters(center.sam)) == 1
    assert "Record outcome" in (await letters(center.sam))[0].buttons
    assert not center.refused


async def test_what_a_prompt_says_already_is_given_up_for_good(center: Center) -> None:
    # Half way was on Friday, when nobody was told.
    await shared(center, "U0DANA", review_by="2026-11-30")
    await to(center, MONDAY + dt.timedelta(hours=9, minutes=5))
    await center.sam.message("Outcomes to record")
    delivery = center.program.delivery
    for _ in range(4):
        await delivery.once()
    assert await delivery.once() == 0
    assert not center.refused


async def test_what_is_for_the_night_shift_does_not_come_with_a_digest_at_noon(
    center: Center,
) -> None:
    await to(center, MONDAY - dt.timedelta(hours=60))
    await shared(center, "U0TOM", by="U0PRIYA", review_by="2026-11-30")
    # Lena's morning in London is the afternoon in Manila, where Priya works from eight at night.
    await to(center, MONDAY + dt.timedelta(hours=8))
    digest = await center.person("U0PRIYA").message("Retention, week of 23 November")
    assert "this morning" not in digest.text
    assert "today" not in digest.text
    await to(center, MONDAY + dt.timedelta(hours=12))
    prompt = await center.person("U0PRIYA").message("Tom · CL-1 · Discovery: how did it go?")
    assert "Record outcome" in prompt.buttons
    assert not center.refused


async def test_an_early_letter_stays_as_it_is_when_it_is_made_again_before_work(
    center: Center,
) -> None:
    await to(center, MONDAY - dt.timedelta(hours=60))
    await shared(center, "U0DANA", review_by="2026-11-30")
    await shared(center, "U0MARCO", review_by="2026-11-30")
    await to(center, MONDAY + dt.timedelta(hours=8))
    letter = await center.sam.message("Two things this morning, Sam")
    center.clock.advance(dt.timedelta(minutes=20))
    await letter.choose("Later", "Tomorrow")
    letter = await center.sam.message("CL-1 · Dana Whitfield · later: Tue 1 December")
    assert letter.buttons.count("Record outcome") == 1
    assert "nothing left to do" not in letter.text
    assert "asked again" not in letter.text
    assert "✅" not in letter.text
    assert not center.refused


async def test_a_supervisor_far_away_has_the_digest_before_the_lead_all_the_same(
    center: Center,
) -> None:
    await moves_to(center, "U0SAM", "Australia/Sydney")
    # Seven in the evening in Sydney, after work; the outcome of the next morning waits for that.
    await to(center, MONDAY - dt.timedelta(hours=60))
    await shared(center, "U0DANA", review_by="2026-12-01")
    await at(center, "2026-11-30 07:59")
    assert not await letters(center.sam)
    await at(center, "2026-11-30 08:00")
    (digest,) = await letters(center.sam)
    assert "Billing, week of 23 November" in digest.text
    assert "Record outcome" not in digest.buttons
    await at(center, "2026-11-30 22:00")
    assert len(await letters_of(center.sam, "how did it go?")) == 1
    assert len(await letters_of(center.sam, "week of")) == 1
    assert not center.refused


async def test_a_digest_that_is_late_waits_for_work_to_begin(center: Center) -> None:
    await at(center, "2026-11-30 07:00")
    # The program is off until the next night.
    await at(center, "2026-12-01 03:00")
    assert not await letters(center.sam)
    assert not await letters(center.lena)
    await at(center, "2026-12-01 09:00")
    for person in (center.sam, center.lena):
        assert len(await letters_of(person, "week of 23 November")) == 1
    assert not center.refused


async def test_the_digest_of_a_lead_who_works_at_night_waits_for_the_shift(center: Center) -> None:
    await works(center, "U0LENA", 22, 6)
    await told(center)
    await at(center, "2026-11-30 09:00")
    assert not await letters_of(center.lena, "week of")
    await at(center, "2026-11-30 22:00")
    assert await letters_of(center.lena, "week of 23 November")


async def test_one_message_on_the_morning_of_a_digest_that_comes_after_work_began(
    center: Center,
) -> None:
    await works(center, "U0LENA", 8, 16)
    await shared(center, review_by="2026-12-21")
    await told(center)
    await until(center, "2026-12-27 12:00")
    before = len(await center.lena.messages())
    await at(center, "2026-12-28 08:00")
    await at(center, "2026-12-28 09:00")
    new = (await center.lena.messages())[before:]
    assert len(new) == 1
