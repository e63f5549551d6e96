"""What waits for somebody moves with what it depends on: it is told at the new time, and once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Awaitable, Callable

import pytest

from coaching.worktime import Shift, Week
from tests.flows.center import Center
from tests.flows.mornings import at, letters_of, told, until
from tests.flows.moving import agrees, imported, leaves, moves_to, works
from tests.flows.stored import drafted, shared

LATE: Week = (*[Shift(dt.time(11), dt.time(19))] * 5, None, None)
STEP = {"step_who": "agent", "step_what": "Listen to two calls", "step_by": "2026-12-03"}

Change = Callable[[Center], Awaitable[None]]


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(f"2026-{text}")


async def _review_in_form(center: Center) -> None:
    """Sam moves the review to 22 December."""
    await center.sam.types("/coach show CL-1")
    await (await center.sam.said_privately())[-1].press("Change")
    await (await center.sam.modal()).press("Change", after="Follow-up")
    form = await center.sam.modal()
    await form.fill("Review by", "2026-12-22")
    after = await form.submit()
    assert after is None or not after.errors


READ, STEPS = "CL-1 from Sam waits for you to read it", "A next step promised in CL-1 is due"
ASKED, LATE_OUTCOME = "Discovery: how did it go?", "CL-1 with Dana is overdue"
WEEK = "Billing, week of 23 November"
SAM, DANA, LENA = "U0SAM", "U0DANA", "U0LENA"
CASES: tuple[tuple[str, Change, str, str, str, str], ...] = (
    # What happens on Tuesday 24 November; who is told what, no more at which time but at which.
    (
        "other numbers of days",
        lambda center: agrees(center, DANA, acknowledge_days=(3, 6)),
        *(DANA, READ, "11-26 09:00", "11-27 09:00"),
    ),
    (
        "days to be overdue",
        lambda center: agrees(center, DANA, overdue_days=(3, 6)),
        *(SAM, LATE_OUTCOME, "12-21 09:00", "12-22 09:00"),
    ),
    (
        "days of a step",
        lambda center: agrees(center, DANA, step_days=(1,)),
        *(DANA, STEPS, "12-03 09:00", "12-04 09:00"),
    ),
    (
        "a holiday",
        lambda center: agrees(center, DANA, holidays=frozenset({day("11-26")})),
        *(DANA, READ, "11-26 09:00", "11-27 09:00"),
    ),
    (
        "a holiday on the agreed day",
        lambda center: agrees(center, DANA, holidays=frozenset({day("12-17")})),
        *(SAM, ASKED, "12-17 09:00", "12-18 09:00"),
    ),
    (
        "the team's hours",
        lambda center: agrees(center, DANA, week=LATE),
        *(DANA, READ, "11-26 09:00", "11-26 11:00"),
    ),
    (
        "the digest's day, to the supervisor",
        lambda center: agrees(center, DANA, digest_weekday=2, digest_at=dt.time(10)),
        *(SAM, WEEK, "11-30 08:00", "12-02 09:00"),
    ),
    (
        "the digest's day, to the lead",
        lambda center: agrees(center, DANA, digest_weekday=2, digest_at=dt.time(10)),
        *(LENA, WEEK, "11-30 09:00", "12-02 10:00"),
    ),
    (
        "the agent's zone",
        lambda center: moves_to(center, DANA, "America/New_York"),
        *(DANA, READ, "11-26 09:00", "11-26 14:00"),
    ),
    (
        "the supervisor's zone",
        lambda center: moves_to(center, SAM, "Asia/Manila"),
        *(SAM, ASKED, "12-17 09:00", "12-17 01:00"),
    ),
    (
        "the lead's zone",
        lambda center: moves_to(center, LENA, "America/New_York"),
        *(SAM, WEEK, "11-30 08:00", "11-30 13:00"),
    ),
    (
        "the agent's leave",
        lambda center: works(center, DANA, off=[day("11-26"), day("11-27")]),
        *(DANA, READ, "11-26 09:00", "11-30 09:00"),
    ),
    (
        "the supervisor's hours",
        lambda center: works(center, SAM, LATE),
        *(SAM, ASKED, "12-17 09:00", "12-17 11:00"),
    ),
    (
        "the lead's leave",
        lambda center: works(center, LENA, off=[day("11-30")]),
        *(LENA, "2 teams, week of 23 November", "11-30 09:00", "12-01 09:00"),
    ),
    (
        "the agreed day, in the form",
        _review_in_form,
        *(SAM, ASKED, "12-17 09:00", "12-22 09:00"),
    ),
)


@pytest.mark.parametrize(
    ("change", "who", "words", "old", "new"),
    [pytest.param(*rest, id=name) for name, *rest in CASES],
)
async def test_it_is_told_at_the_new_time_and_once(  # noqa: PLR0917 - one row of the table
    center: Center, change: Change, who: str, words: str, old: str, new: str
) -> None:
    old, new = f"2026-{old}", f"2026-{new}"
    person = center.person(who)
    await shared(center, review_by="2026-12-17", **STEP)
    await told(center)
    await change(center)
    before = dt.datetime.fromisoformat(new) - dt.timedelta(minutes=1)
    await until(center, before.isoformat())
    assert not await letters_of(person, words)
    await at(center, new)
    assert len(await letters_of(person, words)) == 1
    await until(center, f"{max(old, new)[:10]} 16:00")
    assert len(await letters_of(person, words)) == 1
    assert not center.refused


async def test_the_last_hour_comes_when_the_team_says(center: Center) -> None:
    await drafted(center)
    await told(center)
    await agrees(center, DANA, finish_minutes=90)
    await at(center, "2026-11-24 15:29")
    assert not await center.sam.messages()
    await at(center, "2026-11-24 15:30")
    await at(center, "2026-11-24 16:30")
    assert len(await letters_of(center.sam, "CL-1 with Dana is not finished yet")) == 1
    assert not center.refused


async def test_other_days_make_no_more_reminders_of_it(center: Center) -> None:
    await shared(center)
    await until(center, "2026-11-26 12:00")
    assert len(await letters_of(center.dana, READ)) == 1
    await agrees(center, DANA, acknowledge_days=(3, 6))
    await until(center, "2026-12-02 08:59")
    assert len(await letters_of(center.dana, READ)) == 1
    await at(center, "2026-12-02 09:00")
    assert len(await letters_of(center.dana, READ)) == 2
    await until(center, "2026-12-08 12:00")
    assert len(await letters_of(center.dana, READ)) == 2
    assert len(await letters_of(center.sam, "Dana has not acknowledged CL-1 yet")) == 1
    assert not center.refused


async def test_who_moves_west_after_the_morning_is_told_nothing_twice(center: Center) -> None:
    await shared(center)
    await until(center, "2026-11-26 10:00")
    await moves_to(center, DANA, "America/New_York")
    await until(center, "2026-11-26 16:00")
    assert len(await letters_of(center.dana, READ)) == 1
    await until(center, "2026-11-30 10:00")
    assert len(await letters_of(center.lena, "week of 23 November")) == 1
    for user in (LENA, SAM):
        await moves_to(center, user, "America/New_York")
    await until(center, "2026-12-01 16:00")
    for person in (center.lena, center.sam):
        assert len(await letters_of(person, "week of 23 November")) == 1
    assert not center.refused


async def test_another_day_for_the_digest_tells_no_week_twice(center: Center) -> None:
    await until(center, "2026-11-30 12:00")
    assert len(await letters_of(center.sam, WEEK)) == 1
    await agrees(center, SAM, digest_weekday=1)
    await until(center, "2026-12-07 12:00")
    assert len(await letters_of(center.sam, "week of")) == 1
    await until(center, "2026-12-08 12:00")
    assert len(await letters_of(center.sam, "Billing, week of 30 November")) == 1
    assert len(await letters_of(center.sam, WEEK)) == 1
    assert not center.refused


async def test_what_waited_for_a_supervisor_waits_for_the_next_one(center: Center) -> None:
    await shared(center, review_by="2026-12-01")
    await told(center)
    await imported(
        center,
        "Billing,supervisor,U0IRIS",
        "Billing,agent,U0DANA",
        "Billing,agent,U0MARCO",
        "Billing,lead,U0LENA",
        whole=True,
    )
    await until(center, "2026-12-03 12:00")
    iris = center.person("U0IRIS")
    assert len(await letters_of(iris, ASKED)) == 1
    assert len(await letters_of(iris, LATE_OUTCOME)) == 1
    assert not await letters_of(center.sam, "CL-1")
    # The team's week is hers as well.
    assert len(await letters_of(iris, WEEK)) == 1
    assert not await letters_of(center.sam, "week of")
    assert not center.refused


async def test_an_agent_who_left_is_reminded_of_nothing(center: Center) -> None:
    await shared(center, review_by="2026-12-01", **STEP)
    await told(center)
    direct = center.ws.direct(DANA)
    assert direct is not None
    before = len(direct.messages)
    await leaves(center, DANA)
    await until(center, "2026-12-14 12:00")
    assert len(direct.messages) == before
    # That they have not read it, or that it is half way, is nothing to act on now.
    assert not await letters_of(center.sam, "has not acknowledged CL-1")
    assert not await letters_of(center.sam, "half way")
    # The target still ends with a decision.
    assert len(await letters_of(center.sam, ASKED)) == 1
    assert not center.refused


async def test_a_team_without_agents_has_no_week(center: Center) -> None:
    await shared(center)
    await told(center)
    await imported(center, "Retention,agent,U0DANA", "Retention,agent,U0MARCO")
    await until(center, "2026-12-01 12:00")
    assert not await center.sam.messages()
    (week,) = await letters_of(center.lena, "week of")
    assert "Retention, week of 23 November" in week.text
    assert "Billing" not in week.text
    assert not center.refused
