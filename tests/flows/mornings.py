"""How tests let time pass: to a moment, until all that is due by then is told."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select

from coaching.notices import NoticeKind
from playground.testing.person import Message, Person
from storage.tables import logs, notices
from tests.flows.center import Center

MOST_ROUNDS = 20
_HOURS = (8, 9, 14)
_MOMENT = dt.timedelta(seconds=1)
"""How long a letter waits for timetables that are being made just then."""


async def at(center: Center, moment: str) -> None:
    """Move to that moment (ISO, UTC where it says no other zone), and have all of it told."""
    then = dt.datetime.fromisoformat(moment)
    then = then if then.tzinfo else then.replace(tzinfo=dt.UTC)
    center.clock.advance(then - center.now)
    await told(center)


async def until(center: Center, moment: str) -> None:
    """Let the days pass until then with the program running: each at 8, at 9 and at 14 o'clock."""
    then = dt.datetime.fromisoformat(moment).replace(tzinfo=dt.UTC)
    day = center.now.date()
    while day <= then.date():
        for hour in _HOURS:
            looked = dt.datetime.combine(day, dt.time(hour), dt.UTC)
            if center.now < looked < then:
                await at(center, looked.isoformat())
        day += dt.timedelta(days=1)
    await at(center, moment)


async def told(center: Center) -> None:
    """Plan and send until nothing is left to do; AssertionError where that never ends."""
    for _ in range(MOST_ROUNDS):
        if not await center.program.delivery.once() and not await _is_to_plan(center):
            if not await _waits_a_moment(center):
                return
            center.clock.advance(_MOMENT)
    raise AssertionError("there is always something more to do")


async def letters_of(person: Person, *words: str) -> list[Message]:
    """The messages in which all of those words stand, oldest first."""
    found = await person.messages()
    return [one for one in found if all(some in one.text + one.fallback for some in words)]


async def states(center: Center, subject: str) -> dict[tuple[str, str, str], str]:
    """The reminders about a log, an agent or a team, by kind, receiver and occurrence."""
    n = notices.c
    query = select(n.kind, n.receiver, n.occurrence, n.state).where(n.subject == subject)
    rows = await center.store.database.rows(query)
    return {(row.kind, row.receiver, row.occurrence): row.state for row in rows}


async def _is_to_plan(center: Center) -> bool:
    query = select(logs.c.id).where(logs.c.plan_at <= center.now).limit(1)
    return bool(await center.store.database.rows(query))


async def _waits_a_moment(center: Center) -> bool:
    soon = notices.c.wake_at.between(center.now, center.now + _MOMENT)
    query = select(notices.c.id).where(notices.c.kind == NoticeKind.LETTER.value, soon).limit(1)
    return bool(await center.store.database.rows(query))
