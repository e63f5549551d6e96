"""How delivery stands: a few figures that cost the same among a hundred notices and a million."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import func, select

from coaching.notices import NoticeKind
from storage.engine import Database
from storage.outbox import NoticeState
from storage.tables import UNCERTAIN, notices
from storage.tables import unreached as table

MOST_COUNTED = 10_000
"""Beyond this nobody counts on: the figure means "so many or more"."""
_RETRIED_WITHIN = dt.timedelta(minutes=25)
_n = notices.c


@dataclass(frozen=True, slots=True)
class Outlook:
    """What waits, over all workspaces; counts go up to `MOST_COUNTED`.

    Attributes:
        due: messages whose time has come and that were not sent yet, those being retried too.
        pending: everything that a worker is to look at some time, updates of sent messages too.
        oldest_due: when the oldest of those that are due fell due, in UTC.
        sending, unknown, parked: how many notices are in that state.
        unreached: how many people and channels no message reaches.
    """

    due: int
    pending: int
    oldest_due: dt.datetime | None
    sending: int
    unknown: int
    parked: int
    unreached: int = 0


@dataclass(frozen=True, slots=True)
class Trouble:
    """Notices of one kind that nobody looks after any more, and why.

    `since` is when the oldest of them was begun or fell due, in UTC.
    """

    state: NoticeState
    kind: NoticeKind
    reason: str
    count: int
    since: dt.datetime


async def outlook(database: Database, now: dt.datetime) -> Outlook:
    """How delivery stands at that time: two statements over small indexes."""
    # What is put off stands a little ahead in the order of waking, and is due all the same.
    near = (
        select(_n.due_at)
        .where(
            _n.wake_at <= now + _RETRIED_WITHIN,
            _n.due_at <= now,
            _n.state.in_([NoticeState.NEW, NoticeState.SENDING, NoticeState.UNKNOWN]),
        )
        .order_by(_n.wake_at)
        .limit(MOST_COUNTED)
        .subquery()
    )
    waiting = select(_n.wake_at).where(_n.wake_at.is_not(None)).limit(MOST_COUNTED).subquery()
    (row,) = await database.rows(
        select(
            func.count().label("due"),
            func.min(near.c.due_at).label("oldest"),
            select(func.count()).select_from(waiting).scalar_subquery().label("pending"),
            select(func.count()).select_from(table).scalar_subquery().label("unreached"),
        ).select_from(near)
    )
    uncertain = [NoticeState.SENDING, NoticeState.UNKNOWN, NoticeState.PARKED]
    states = {
        found.state: found.number
        for found in await database.rows(
            select(_n.state, func.count().label("number")).where(UNCERTAIN).group_by(_n.state)
        )
    }
    sending, unknown, parked = (states.get(state, 0) for state in uncertain)
    return Outlook(row.due, row.pending, row.oldest, sending, unknown, parked, row.unreached)


async def troubles(database: Database) -> list[Trouble]:
    """What was parked, and what is unknown and left at that, most of them first."""
    reason = func.coalesce(_n.reason, "").label("reason")
    count = func.count().label("number")
    rows = await database.rows(
        select(
            _n.state,
            _n.kind,
            reason,
            count,
            func.min(func.coalesce(_n.begun_at, _n.due_at), type_=_n.due_at.type).label("since"),
        )
        .where(
            UNCERTAIN,
            _n.wake_at.is_(None),
        )
        .group_by(_n.state, _n.kind, reason)
        .order_by(count.desc(), _n.kind)
    )
    return [
        Trouble(NoticeState(row.state), NoticeKind(row.kind), row.reason, row.number, row.since)
        for row in rows
    ]
