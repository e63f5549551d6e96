"""The outbox: notices written with what causes them, claimed by workers, sent once.

`wake_at` is when a worker is to look at a notice next, whatever for: its due time, a retry, the
end of a worker's lease, an update of a message that has become stale. One small index over it
makes a claim cost the same among a hundred notices and a million.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import Row, and_, case, func, null, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql import ColumnElement

from coaching.change import Change
from coaching.notices import LIVING, WITHDRAWN, Notice, NoticeKind
from storage.engine import Database
from storage.tables import logs, notices
from storage.upsert import insert_into

LEASE = dt.timedelta(seconds=30)
_n = notices.c


class NoticeState(StrEnum):
    """What has become of a notice. A sent one may be *stale*: its message is to be updated."""

    NEW = "new"
    SENT = "sent"
    CANCELLED = "cancelled"
    DROPPED = "dropped"


_PENDING = (NoticeState.NEW, NoticeState.SENT)


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


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeRow:
    """A notice as it is stored."""

    id: str
    kind: NoticeKind
    log: str
    receiver: str
    occurrence: str
    due_at: dt.datetime
    state: NoticeState
    stale: bool
    wake_at: dt.datetime | None
    leased_until: dt.datetime | None
    attempts: int
    key: str
    channel: str | None
    ts: str | None
    shown: str | None
    sent_at: dt.datetime | None
    reason: str | None


async def write(
    connection: AsyncConnection, change: Change, *, new_id: Callable[[], str], told: bool
) -> bool:
    """Write what a change does to notices; whether it did anything.

    `told` says whether anybody was told of the log before.
    """
    followed = await _follow(connection, change) if told or change.cancels else False
    if change.notices:
        await _add(connection, change.log.workspace, change.notices, new_id)
    return followed or bool(change.notices)


async def _follow(connection: AsyncConnection, change: Change) -> bool:
    """Cancel, hasten, and mark the sent messages that no longer show the log as it is."""
    at = change.at
    waiting = _n.state == NoticeState.NEW
    cancelled = and_(waiting, _n.kind.in_(change.cancels))
    at_rest = or_(_n.leased_until.is_(None), _n.leased_until <= at)
    hastened = and_(waiting, _n.kind.in_(change.hastens), _n.due_at > at, at_rest)
    outdated = and_(_n.state == NoticeState.SENT, _n.kind.in_(LIVING))
    following = (
        update(notices)
        .where(
            _n.workspace == change.log.workspace,
            _n.subject == change.log.id,
            _n.state.in_(_PENDING),
            _n.kind.in_(LIVING | change.cancels | change.hastens),
        )
        .values(
            state=case((cancelled, NoticeState.CANCELLED), else_=_n.state),
            stale=case((outdated, True), else_=_n.stale),
            touched=_n.touched + 1,
            due_at=case((hastened, at), else_=_n.due_at),
            wake_at=case(
                (cancelled, null()),
                (hastened, at),
                # While a worker has it, the worker's end is soon enough: two workers that update
                # one message could leave the older text standing.
                (outdated, func.coalesce(_n.wake_at, at)),
                else_=_n.wake_at,
            ),
        )
    )
    return (await connection.execute(following)).rowcount > 0


async def look_again(
    database: Database,
    workspace: str,
    agents: Iterable[str],
    users: Iterable[str],
    now: dt.datetime,
) -> None:
    """Mark sent messages about those agents' logs that `users` have, or that are about `users`."""
    about = select(logs.c.id).where(logs.c.workspace == workspace)
    theirs = sorted(set(users))
    was_sent = _n.state == NoticeState.SENT
    marking = (
        update(notices)
        .where(
            _n.workspace == workspace,
            _n.subject.in_(about.where(logs.c.agent.in_(sorted(set(agents))))),
            or_(_n.receiver.in_(theirs), _n.subject.in_(about.where(logs.c.agent.in_(theirs)))),
            _n.state.in_(_PENDING),
            _n.kind.in_(WITHDRAWN),
        )
        .values(
            stale=case((was_sent, True), else_=_n.stale),
            touched=_n.touched + 1,
            wake_at=case((was_sent, func.coalesce(_n.wake_at, now)), else_=_n.wake_at),
        )
        .returning(_n.id)
    )
    await database.write(marking)


async def add(
    database: Database, workspace: str, told: Sequence[Notice], *, new_id: Callable[[], str]
) -> None:
    """Write notices that no change of a log causes; those that are there already stay."""

    async def work(connection: AsyncConnection) -> None:
        await _add(connection, workspace, told, new_id)

    await database.transact(work)


async def _add(
    connection: AsyncConnection, workspace: str, told: Sequence[Notice], new_id: Callable[[], str]
) -> None:
    rows = [
        {
            "workspace": workspace,
            "id": new_id(),
            "kind": notice.kind.value,
            "subject": notice.log,
            "receiver": notice.receiver,
            "occurrence": notice.occurrence,
            "due_at": notice.due_at,
            "state": NoticeState.NEW.value,
            "stale": False,
            "touched": 0,
            "wake_at": notice.due_at,
            "attempts": 0,
            "faults": 0,
            "key": new_id(),
        }
        for notice in told
    ]
    inserting = insert_into(notices, connection)
    # A day that was moved away and back again has a reason again. The key stays: should the
    # message be on its way after all, it is found by it and not posted twice.
    adding = inserting.on_conflict_do_update(
        index_elements=["workspace", "subject", "kind", "receiver", "occurrence"],
        set_={
            "state": NoticeState.NEW.value,
            "due_at": inserting.excluded.due_at,
            # Not before the end of the lease, should a worker be about to send it.
            "wake_at": case(
                (_n.leased_until > inserting.excluded.wake_at, _n.leased_until),
                else_=inserting.excluded.wake_at,
            ),
            "attempts": 0,
            "touched": _n.touched + 1,
            "reason": null(),
        },
        where=and_(
            # Not in_(): its parameters can't be used with several rows at once.
            or_(_n.state == NoticeState.CANCELLED, _n.state == NoticeState.DROPPED),
            _n.ts.is_(None),
        ),
    )
    await connection.execute(adding, rows)


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
        _n.state.in_(_PENDING),
        attempts=_n.attempts + 1,
        wake_at=until,
        leased_until=None,
    )


async def drop(database: Database, claimed: Claimed, why: str) -> None:
    """Never send it, or never update it again.

    Where its log changed since the claim it is looked at once more: there may be a reason again.
    """
    again = and_(_n.touched != claimed.touched, _n.state.in_(_PENDING))
    await _update(
        database,
        claimed,
        _n.leased_until == claimed.leased_until,
        state=case(
            (again, _n.state),
            (_n.state.in_(_PENDING), NoticeState.DROPPED.value),
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


async def next_due(database: Database, after: dt.datetime) -> dt.datetime | None:
    """When the earliest notice that was not sent yet falls due after that time."""
    query = (
        select(_n.due_at)
        .where(_n.wake_at > after, _n.due_at > after, _n.state == NoticeState.NEW)
        .order_by(_n.wake_at)
        .limit(1)
    )
    rows = await database.rows(query)
    return rows[0].due_at if rows else None


async def notices_of(database: Database, workspace: str, log_id: str) -> list[NoticeRow]:
    """All notices of a log, earliest due first."""
    query = (
        select(notices)
        .where(_n.workspace == workspace, _n.subject == log_id)
        .order_by(_n.due_at, _n.kind, _n.receiver, _n.occurrence)
    )
    return [
        NoticeRow(
            **_shared(row),
            state=NoticeState(row.state),
            stale=row.stale,
            wake_at=row.wake_at,
            sent_at=row.sent_at,
            reason=row.reason,
        )
        for row in await database.rows(query)
    ]


def _claimed(row: Row[Any]) -> Claimed:
    return Claimed(**_shared(row), workspace=row.workspace, touched=row.touched)


def _shared(row: Row[Any]) -> dict[str, Any]:
    same = (
        "id",
        "receiver",
        "occurrence",
        "due_at",
        "leased_until",
        "attempts",
        "key",
        "channel",
        "ts",
        "shown",
    )
    return {
        **{name: getattr(row, name) for name in same},
        "kind": NoticeKind(row.kind),
        "log": row.subject,
    }
