"""Claims: a worker takes what is due for a while, and says what has become of it.

A notice goes from *new* over *sending* to *sent*; without an answer from *sending* to *unknown*.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Delete, Row, Update, and_, case, delete, func, null, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql import ColumnElement
from sqlalchemy.sql.dml import ReturningUpdate

from coaching.notices import LIVING, NoticeKind
from storage.engine import Database
from storage.outbox import PENDING, NoticeState, shared
from storage.tables import notices, unreached

LEASE = dt.timedelta(seconds=30)
UNTOLD = (NoticeState.NEW, NoticeState.CANCELLED)
"""Reminders that a letter has taken and not told yet; one may be cancelled while it is sent."""
_n = notices.c

# What nobody posted after all is as it was before.
_UNSENT = case((_n.state == NoticeState.SENDING, NoticeState.NEW.value), else_=_n.state)
_BEGUN = case((_n.state == NoticeState.UNKNOWN, _n.begun_at), else_=null())


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimed:
    """A notice that this worker is to deliver before its lease ends.

    Attributes:
        log: the ID of the log that it tells of.
        key: opaque; goes into the message's metadata, so that a message whose answer was lost can
            be found again.
        attempts: how often delivery failed before, or was begun by a worker that died.
        faults: how often it failed by its own fault.
        begun_at: when a try began of which nobody knows whether it posted the message; None where
            nothing can have been posted.
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
    faults: int
    begun_at: dt.datetime | None
    channel: str | None
    ts: str | None
    shown: str | None
    touched: int
    leased_until: dt.datetime


async def claim(
    database: Database,
    now: dt.datetime,
    *,
    limit: int,
    lease: dt.timedelta,
    without: Collection[str] = (),
) -> list[Claimed]:
    """Take what is due, earliest first, for the time of the lease; no two workers get the same.

    `without` names workspaces whose notices are left to others, or for later.
    """
    until = now + lease
    is_due = _n.wake_at <= now
    due = (
        select(_n.workspace, _n.id)
        .where(and_(is_due, _n.workspace.not_in(sorted(without))) if without else is_due)
        .order_by(_n.wake_at)
        .limit(limit)
        .with_for_update(skip_locked=True)
        .cte("due")
    )
    taking = (
        update(notices)
        .where(_n.workspace == due.c.workspace, _n.id == due.c.id)
        .values(
            # A lease that ran out is a worker that died: after it had posted only if it had begun.
            state=case((_n.state == NoticeState.SENDING, NoticeState.UNKNOWN), else_=_n.state),
            attempts=case((_n.leased_until.is_not(None), _n.attempts + 1), else_=_n.attempts),
            # Should the clock be set back, what is planned for its time gets another letter.
            occurrence=case((_n.kind == NoticeKind.LETTER.value, _n.id), else_=_n.occurrence),
            leased_until=until,
            wake_at=until,
        )
        .returning(*notices.c)
    )
    rows = await database.write(taking)
    return sorted((_claimed(row) for row in rows), key=lambda item: (item.due_at, item.id))


async def sending(
    database: Database, claimed: Claimed, now: dt.datetime, *, lease: dt.timedelta
) -> Claimed | None:
    """Keep that it is about to be posted, with the lease begun anew.

    None where it must not be: the lease was lost, its reason is gone, or its log changed since the
    claim, so that the message is one of yesterday.
    """
    until = now + lease
    values = {
        "state": NoticeState.SENDING.value,
        "begun_at": now,
        "leased_until": until,
        "wake_at": until,
    }
    held = await _update(
        database,
        claimed,
        _n.leased_until == claimed.leased_until,
        _n.state.in_([NoticeState.NEW, NoticeState.UNKNOWN]),
        _n.touched == claimed.touched,
        **values,
    )
    return replace(claimed, begun_at=now, leased_until=until) if held else None


async def found(
    database: Database, claimed: Claimed, *, channel: str, ts: str, now: dt.datetime
) -> Claimed:
    """Keep that it was posted after all; what its message shows now is not known."""
    await _told(
        database,
        claimed,
        now,
        state=NoticeState.SENT.value,
        stale=True,
        channel=channel,
        ts=ts,
        shown=None,
        begun_at=None,
        sent_at=func.coalesce(_n.sent_at, now),
    )
    return replace(claimed, channel=channel, ts=ts, shown=None, begun_at=None)


async def sent(
    database: Database,
    claimed: Claimed,
    *,
    channel: str,
    ts: str,
    shown: str,
    now: dt.datetime,
) -> bool:
    """Keep where the message is; whether it is due again, since its log changed meanwhile.

    It holds even after the lease has ended: that a message was posted is a fact.
    """
    follows = _n.kind.in_(LIVING | {NoticeKind.LETTER})
    changed = and_(_n.touched != claimed.touched, follows)
    rows = await _told(
        database,
        claimed,
        now,
        state=NoticeState.SENT.value,
        stale=case((changed, True), else_=False),
        wake_at=case((changed, now), else_=null()),
        leased_until=None,
        attempts=0,
        faults=0,
        channel=channel,
        ts=ts,
        shown=shown,
        begun_at=None,
        sent_at=func.coalesce(_n.sent_at, now),
    )
    return _is_due_again(rows)


async def lost(
    database: Database, claimed: Claimed, until: dt.datetime | None, now: dt.datetime
) -> None:
    """Keep that nobody knows whether it was posted.

    It is looked at again at that time; with None it is left at that, and what a letter carries
    counts as told.
    """
    conditions = (
        _n.leased_until == claimed.leased_until,
        _n.state.in_([NoticeState.SENDING, NoticeState.UNKNOWN]),
    )
    values = {
        "state": NoticeState.UNKNOWN.value,
        "attempts": _n.attempts + 1,
        "wake_at": until,
        "leased_until": None,
    }
    if until is None:
        await _told(database, claimed, now, *conditions, **values)
    else:
        await _update(database, claimed, *conditions, **values)


async def put_off(
    database: Database, claimed: Claimed, until: dt.datetime, *, has_failed: bool
) -> None:
    """Try again at that time; nothing of it was posted now. Nothing where the lease was lost."""
    await _unsent(database, claimed, until, attempts=_n.attempts + int(has_failed))


async def postpone(database: Database, claimed: Claimed, until: dt.datetime) -> None:
    """Let it fall due then, since this is not its hour. Nothing where the lease was lost."""
    await _unsent(database, claimed, until, due_at=until)


async def _unsent(database: Database, claimed: Claimed, until: dt.datetime, **values: Any) -> None:
    await _update(
        database,
        claimed,
        _n.leased_until == claimed.leased_until,
        _n.state.in_(PENDING),
        state=_UNSENT,
        begun_at=_BEGUN,
        wake_at=until,
        leased_until=None,
        **values,
    )


async def at_fault(
    database: Database, claimed: Claimed, until: dt.datetime, *, why: str, most: int
) -> bool:
    """Count that it failed by its own fault; whether it is parked, as it was the last of `most`."""
    is_last = _n.faults + 1 >= most
    rows = await _update(
        database,
        claimed,
        _n.leased_until == claimed.leased_until,
        _n.state.in_(PENDING),
        state=case((is_last, NoticeState.PARKED.value), else_=_UNSENT),
        begun_at=case((is_last, null()), else_=_BEGUN),
        attempts=_n.attempts + 1,
        faults=_n.faults + 1,
        wake_at=case((is_last, null()), else_=until),
        reason=why,
        leased_until=None,
    )
    return bool(rows) and rows[0].state == NoticeState.PARKED


async def drop(database: Database, claimed: Claimed, why: str) -> bool:
    """Never send it, or never update it again; whether it is due again all the same.

    Where its log changed since the claim it is looked at once more: there may be a reason again.
    """
    again = and_(_n.touched != claimed.touched, _n.state.in_(PENDING))
    rows = await _update(
        database,
        claimed,
        _n.leased_until == claimed.leased_until,
        state=case(
            (again, _UNSENT),
            (_n.state.in_(PENDING), NoticeState.DROPPED.value),
            else_=_n.state,
        ),
        stale=case((again, _n.stale), else_=False),
        wake_at=case((again, _n.due_at), else_=null()),
        reason=case((again, _n.reason), else_=why),
        begun_at=case((again, _BEGUN), else_=null()),
        leased_until=None,
    )
    return _is_due_again(rows)


async def release(database: Database, claimed: Sequence[Claimed]) -> None:
    """Give back what this worker claimed and has not begun: others may take it at once."""
    if not claimed:
        return
    held = or_(
        *(
            and_(
                _n.workspace == one.workspace,
                _n.id == one.id,
                _n.leased_until == one.leased_until,
            )
            for one in claimed
        )
    )
    freeing = (
        update(notices)
        .where(held, _n.wake_at.is_not(None))
        .values(wake_at=_n.due_at, leased_until=None)
        .returning(_n.id)
    )
    await database.write(freeing)


async def _told(
    database: Database,
    claimed: Claimed,
    now: dt.datetime,
    *conditions: ColumnElement[bool],
    **values: Any,
) -> Sequence[Row[Any]]:
    """Update it; what a letter carries is marked as told in the same transaction."""
    marking = _updating(claimed, *conditions, **values)
    if claimed.kind is not NoticeKind.LETTER:
        return await database.write(marking)

    async def work(connection: AsyncConnection) -> Sequence[Row[Any]]:
        rows: Sequence[Row[Any]] = (await connection.execute(marking)).all()
        if rows:
            await connection.execute(_telling(claimed, now))
            if values["state"] == NoticeState.SENT:
                await connection.execute(_reached(claimed))
        return rows

    return await database.transact(work)


def _telling(letter: Claimed, now: dt.datetime) -> Update:
    return (
        update(notices)
        .where(
            _n.workspace == letter.workspace,
            _n.carried_by == letter.id,
            _n.state.in_(UNTOLD),
        )
        .values(state=NoticeState.SENT.value, sent_at=now)
    )


def _reached(letter: Claimed) -> Delete:
    u = unreached.c
    return delete(unreached).where(u.workspace == letter.workspace, u.receiver == letter.receiver)


async def _update(
    database: Database, claimed: Claimed, *conditions: ColumnElement[bool], **values: Any
) -> Sequence[Row[Any]]:
    return await database.write(_updating(claimed, *conditions, **values))


def _updating(
    claimed: Claimed, *conditions: ColumnElement[bool], **values: Any
) -> ReturningUpdate[Any]:
    return (
        update(notices)
        .where(_n.workspace == claimed.workspace, _n.id == claimed.id, *conditions)
        .values(**values)
        .returning(_n.id, _n.state, _n.wake_at)
    )


def _is_due_again(rows: Sequence[Row[Any]]) -> bool:
    return bool(rows) and rows[0].wake_at is not None


def _claimed(row: Row[Any]) -> Claimed:
    is_unknown = row.state == NoticeState.UNKNOWN
    return Claimed(
        **shared(row),
        workspace=row.workspace,
        touched=row.touched,
        begun_at=row.begun_at if is_unknown else None,
    )
