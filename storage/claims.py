"""Claims: a worker takes what is due for a while, and says what has become of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, and_, case, func, null, select, update
from sqlalchemy.sql import ColumnElement

from coaching.notices import LIVING, NoticeKind
from storage.engine import Database
from storage.outbox import PENDING, NoticeState, shared
from storage.tables import notices

LEASE = dt.timedelta(seconds=30)
_n = notices.c


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimed:
    """A notice that this worker is to deliver before its lease ends.

    Attributes:
        log: the ID of the log that it tells of.
        key: opaque; goes into the message's metadata, so that a message whose answer was lost can
            be found again.
        attempts: how often delivery failed before, or was begun by a worker that died.
        channel, ts: the message to update; None where it is to be posted.
        shown: what `sent` was told that the message showed last.
        touched: the change of the log that the claim saw.
    """

    workspace: str
    id: str
    kind: NoticeKind
    log: str
    receiver: str
    occurrence: str
    due_at: dt.datetime
    key: str
    attempts: int
    channel: str | None
    ts: str | None
    shown: str | None
    touched: int
    leased_until: dt.datetime


async def claim(
    database: Database, now: dt.datetime, *, limit: int, lease: dt.timedelta
) -> list[Claimed]:
    """Take what is due, earliest first, for the time of the lease; no two workers get the same."""
    until = now + lease
    due = (
        select(_n.workspace, _n.id)
        .where(_n.wake_at <= now)
        .order_by(_n.wake_at)
        .limit(limit)
        .with_for_update(skip_locked=True)
        .cte("due")
    )
    taking = (
        update(notices)
        .where(_n.workspace == due.c.workspace, _n.id == due.c.id)
        .values(
            leased_until=until,
            wake_at=until,
            # A lease that ran out is a worker that died, perhaps after it had posted.
            attempts=case((_n.leased_until.is_not(None), _n.attempts + 1), else_=_n.attempts),
        )
        .returning(*notices.c)
    )
    rows = await database.write(taking)
    return sorted((_claimed(row) for row in rows), key=lambda item: (item.due_at, item.id))


async def sent(
    database: Database,
    claimed: Claimed,
    *,
    channel: str,
    ts: str,
    shown: str,
    now: dt.datetime,
) -> None:
    """Keep where the message is; it is stale at once where its log changed meanwhile.

    It holds even after the lease has ended: that a message was posted is a fact.
    """
    changed = and_(_n.touched != claimed.touched, _n.kind.in_(LIVING))
    await _update(
        database,
        claimed,
        state=NoticeState.SENT.value,
        stale=case((changed, True), else_=False),
        wake_at=case((changed, now), else_=null()),
        leased_until=None,
        attempts=0,
        channel=channel,
        ts=ts,
        shown=shown,
        sent_at=func.coalesce(_n.sent_at, now),
    )


async def put_off(database: Database, claimed: Claimed, until: dt.datetime) -> None:
    """Try again at that time; the failure is counted. Nothing where the lease was lost."""
    await _update(
        database,
        claimed,
        _n.leased_until == claimed.leased_until,
        _n.state.in_(PENDING),
        attempts=_n.attempts + 1,
        wake_at=until,
        leased_until=None,
    )


async def drop(database: Database, claimed: Claimed, why: str) -> None:
    """Never send it, or never update it again.

    Where its log changed since the claim it is looked at once more: there may be a reason again.
    """
    again = and_(_n.touched != claimed.touched, _n.state.in_(PENDING))
    await _update(
        database,
        claimed,
        _n.leased_until == claimed.leased_until,
        state=case(
            (again, _n.state),
            (_n.state.in_(PENDING), NoticeState.DROPPED.value),
            else_=_n.state,
        ),
        stale=case((again, _n.stale), else_=False),
        wake_at=case((again, _n.due_at), else_=null()),
        reason=case((again, _n.reason), else_=why),
        leased_until=None,
    )


async def _update(
    database: Database, claimed: Claimed, *conditions: ColumnElement[bool], **values: Any
) -> None:
    statement = (
        update(notices)
        .where(_n.workspace == claimed.workspace, _n.id == claimed.id, *conditions)
        .values(**values)
        .returning(_n.id)
    )
    await database.write(statement)


async def release_leases(database: Database) -> int:
    """Free what workers held that are known to be gone; how many there were."""
    statement = (
        update(notices)
        .where(_n.wake_at.is_not(None), _n.leased_until.is_not(None))
        .values(wake_at=_n.due_at, leased_until=None, attempts=_n.attempts + 1)
        .returning(_n.id)
    )
    return len(await database.write(statement))


def _claimed(row: Row[Any]) -> Claimed:
    return Claimed(**shared(row), workspace=row.workspace, touched=row.touched)
