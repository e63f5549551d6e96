"""How these tests plan reminders and let letters gather them, as the planner and workers do."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Row, select

from coaching.log import Log
from coaching.notices import NoticeKind, Reminder
from storage.store import Carried, Claimed, Store, Timetable
from storage.tables import notices
from tests.coaching.cast import SAM
from tests.storage.writing import WORKSPACE

NINE = dt.datetime(2026, 11, 30, 9, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)
_KINDS = (
    NoticeKind.HALF_WAY,
    NoticeKind.ACKNOWLEDGE,
    NoticeKind.OUTCOME_DUE,
    NoticeKind.OVERDUE,
    NoticeKind.STEP,
    NoticeKind.UNANSWERED,
    NoticeKind.FINISH,
)


def reminder(
    kind: NoticeKind = NoticeKind.HALF_WAY,
    at: dt.datetime = NINE,
    *,
    subject: str = "log1",
    receiver: str = SAM.user,
    occurrence: str = "1",
) -> Reminder:
    return Reminder(kind, subject, receiver, at, occurrence)


async def claimed_plans(store: Store, now: dt.datetime) -> Mapping[str, tuple[Log, dt.datetime]]:
    claimed = await store.logs_to_plan(now, limit=50)
    return {log.id: (log, until) for log, until in claimed if isinstance(log, Log)}


def timetable(planned: tuple[Log, dt.datetime], *reminders: Reminder) -> Timetable:
    log, leased_until = planned
    return Timetable(
        workspace=WORKSPACE,
        id=log.id,
        subjects=frozenset({log.id}),
        reminders=frozenset(reminders),
        saved=log.saved,
        leased_until=leased_until,
    )


async def plan(store: Store, now: dt.datetime, *reminders: Reminder, log: str = "log1") -> None:
    """Have that log's timetable made anew, with these reminders."""
    await store.plan_logs_again(WORKSPACE, [log], now)
    planned = (await claimed_plans(store, now))[log]
    await store.settle([timetable(planned, *reminders)], now)


async def rows(store: Store, subject: str = "log1") -> Sequence[Row[Any]]:
    query = select(notices).where(
        notices.c.subject == subject, notices.c.kind.in_([one.value for one in _KINDS])
    )
    return await store.database.rows(query.order_by(notices.c.occurrence))


async def row(store: Store, occurrence: str = "1", subject: str = "log1") -> Row[Any]:
    (found,) = [one for one in await rows(store, subject) if one.occurrence == occurrence]
    return found


async def letters(store: Store, now: dt.datetime) -> list[Claimed]:
    """The letters that are due and were not sent, claimed, the oldest first."""
    claimed = await store.claim(now)
    return [one for one in claimed if one.kind is NoticeKind.LETTER and one.ts is None]


async def letter(store: Store, now: dt.datetime) -> Claimed:
    (found,) = await letters(store, now)
    return found


async def gathered(store: Store, claimed: Claimed, now: dt.datetime) -> list[Carried]:
    found = await store.gather(claimed, until=now, now=now)
    assert found is not None, "an older letter is to take it"
    return found


async def posted(store: Store, claimed: Claimed, now: dt.datetime) -> None:
    begun = await store.sending(claimed, now)
    assert begun is not None, "it is not to be sent"
    await store.sent(begun, channel="D1", ts=f"1.{claimed.id}", shown="digest", now=now)


async def told(store: Store, now: dt.datetime) -> list[str]:
    """Send the letters that are due one after the other; the occurrences that they tell."""
    occurrences: list[str] = []
    for claimed in await letters(store, now):
        found = await gathered(store, claimed, now)
        if found:
            await posted(store, claimed, now)
        else:
            await store.drop(claimed, "nothing to tell")
        occurrences += [one.occurrence for one in found]
    return sorted(occurrences)
