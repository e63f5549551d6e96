"""The outbox: notices written with what causes them, and what later changes do to them.

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

from sqlalchemy import (
    ColumnElement,
    Row,
    Select,
    and_,
    case,
    func,
    null,
    or_,
    select,
    union_all,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from coaching.change import Change
from coaching.log import State
from coaching.notices import LIVING, WITHDRAWN, Notice, NoticeKind
from storage.engine import Database
from storage.tables import logs, notices
from storage.upsert import insert_into

_n = notices.c


class NoticeState(StrEnum):
    """What has become of a notice. A sent one may be *stale*: its message is to be updated.

    *Sending* is committed right before the message is posted; without an answer it is *unknown*
    whether it was (docs/adr/0009-a-lost-answer.md). *Parked* is what failed by its own fault too
    often, until its log changes or the program starts again.
    """

    NEW = "new"
    SENDING = "sending"
    UNKNOWN = "unknown"
    SENT = "sent"
    PARKED = "parked"
    CANCELLED = "cancelled"
    DROPPED = "dropped"


PENDING = (NoticeState.NEW, NoticeState.SENDING, NoticeState.UNKNOWN, NoticeState.SENT)
"""What a worker may still have to do something for."""


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
    begun_at: dt.datetime | None
    faults: int
    reason: str | None


async def write(
    connection: AsyncConnection, change: Change, *, new_id: Callable[[], str], told: bool
) -> None:
    """Write what a change does to notices.

    `told` says whether anybody was told of the log before.
    """
    # Nobody has a message about a draft that stays one, but for reminders to finish it.
    is_followed = told or change.cancels or change.log.state is not State.DRAFT
    if is_followed:
        await _follow(connection, change)
    if change.notices:
        await _add(connection, change.log.workspace, change.notices, new_id)


async def _follow(connection: AsyncConnection, change: Change) -> None:
    """Cancel, hasten, and mark the sent messages that no longer show the log as it is.

    What is being sent, or perhaps was, is only touched: whoever finds out that it was sent sees
    by that that it has become stale. What was parked may be in order now and is tried again.
    """
    at, cancels = change.at, change.cancels - {NoticeKind.LETTER}
    waiting = _n.state == NoticeState.NEW
    parked = _n.state == NoticeState.PARKED
    unsent = and_(parked, _n.ts.is_(None))
    cancelled = and_(or_(waiting, unsent), _n.kind.in_(cancels))
    at_rest = or_(_n.leased_until.is_(None), _n.leased_until <= at)
    hastened = and_(waiting, _n.kind.in_(change.hastens), _n.due_at > at, at_rest)
    outdated = and_(_n.state == NoticeState.SENT, _has_message())
    own = notices.alias("own")
    about = select(own.c.id).where(
        own.c.workspace == change.log.workspace,
        own.c.subject == change.log.id,
        or_(
            own.c.kind.in_(LIVING | cancels | change.hastens),
            own.c.state == NoticeState.PARKED,
        ),
    )
    following = (
        update(notices)
        .where(
            _n.workspace == change.log.workspace,
            # Not by OR: PostgreSQL would look through all notices for that.
            _n.id.in_(about.union_all(_letters_about(change.log.workspace, _told_of(change)))),
            _n.state.in_((*PENDING, NoticeState.PARKED)),
        )
        .values(
            state=case(
                (cancelled, NoticeState.CANCELLED),
                (unsent, NoticeState.NEW),
                (parked, NoticeState.SENT),
                else_=_n.state,
            ),
            stale=case((or_(outdated, and_(parked, _n.ts.is_not(None))), True), else_=_n.stale),
            faults=case((parked, 0), else_=_n.faults),
            touched=_n.touched + 1,
            due_at=case((hastened, at), else_=_n.due_at),
            wake_at=case(
                (cancelled, null()),
                (or_(hastened, parked), at),
                # While a worker has it, the worker's end is soon enough: two workers that update
                # one message could leave the older text standing.
                (outdated, func.coalesce(_n.wake_at, at)),
                else_=_n.wake_at,
            ),
        )
    )
    await connection.execute(following)


def _has_message() -> ColumnElement[bool]:
    """Whether a row, once sent, has a message of its own that follows what it is about."""
    is_letter = _n.kind == NoticeKind.LETTER
    return or_(is_letter, and_(_n.kind.in_(LIVING), _n.carried_by.is_(None)))


def _told_of(change: Change) -> list[str]:
    """What letters that show the change are about: the log, and who had no session till now."""
    log = change.log
    is_new = log.shared_at == change.at
    return [log.id, log.agent] if is_new and log.agent is not None else [log.id]


def _letters_about(workspace: str, subjects: Sequence[str] | Select[Any]) -> Select[Any]:
    """The letters that told reminders about those logs."""
    told = notices.alias("told")
    return select(told.c.carried_by).where(
        told.c.workspace == workspace,
        told.c.subject.in_(subjects),
        told.c.carried_by.is_not(None),
    )


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
    of_agents = about.where(logs.c.agent.in_(sorted(set(agents))))
    was_sent = and_(_n.state == NoticeState.SENT, _has_message())
    own = notices.alias("own")
    withdrawn = select(own.c.id).where(
        own.c.workspace == workspace,
        own.c.subject.in_(of_agents),
        or_(own.c.receiver.in_(theirs), own.c.subject.in_(about.where(logs.c.agent.in_(theirs)))),
        own.c.kind.in_(WITHDRAWN),
    )
    concerned = withdrawn.union_all(_letters_about(workspace, of_agents))
    marking = (
        update(notices)
        .where(_n.workspace == workspace, _n.state.in_(PENDING), _n.id.in_(concerned))
        .values(touching(was_sent, now))
        .returning(_n.id)
    )
    await database.write(marking)


def touching(was_sent: ColumnElement[bool], now: dt.datetime) -> dict[str, Any]:
    """What marks messages as stale, where they were sent and their text is no longer true.

    Who marks the others as sent sees that they were touched.
    """
    return {
        "stale": case((was_sent, True), else_=_n.stale),
        "touched": _n.touched + 1,
        "wake_at": case((was_sent, func.coalesce(_n.wake_at, now)), else_=_n.wake_at),
    }


async def add(
    database: Database, workspace: str, told: Sequence[Notice], *, new_id: Callable[[], str]
) -> None:
    """Write notices that no change of a log causes; those that are there already stay."""

    async def work(connection: AsyncConnection) -> None:
        await _add(connection, workspace, told, new_id)

    await database.transact(work)


def new_row(new_id: Callable[[], str], **columns: Any) -> dict[str, Any]:
    """A row of `notices` that nobody has looked at yet; without `wake_at` no worker will."""
    return {
        "id": new_id(),
        "key": new_id(),
        "state": NoticeState.NEW.value,
        "stale": False,
        "touched": 0,
        "attempts": 0,
        "faults": 0,
        **columns,
    }


async def _add(
    connection: AsyncConnection, workspace: str, told: Sequence[Notice], new_id: Callable[[], str]
) -> None:
    rows = [
        new_row(
            new_id,
            workspace=workspace,
            kind=notice.kind.value,
            subject=notice.log,
            receiver=notice.receiver,
            occurrence=notice.occurrence,
            due_at=notice.due_at,
            wake_at=notice.due_at,
        )
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


async def next_due(database: Database, after: dt.datetime) -> dt.datetime | None:
    """When the next notice or reminder that was not sent yet falls due after that time.

    A letter is of no use by itself: its reminders say when something is due.
    """
    waiting = select(_n.due_at).where(
        _n.state == NoticeState.NEW, _n.due_at > after, _n.kind != NoticeKind.LETTER
    )
    claimable = waiting.where(_n.wake_at > after).order_by(_n.wake_at).limit(1).subquery()
    reminders = waiting.where(_n.wake_at.is_(None)).order_by(_n.due_at).limit(1).subquery()
    either = union_all(select(claimable.c.due_at), select(reminders.c.due_at))
    found = [row.due_at for row in await database.rows(either)]
    return min(found, default=None)


async def notices_of(database: Database, workspace: str, log_id: str) -> list[NoticeRow]:
    """All notices of a log, earliest due first."""
    query = (
        select(notices)
        .where(_n.workspace == workspace, _n.subject == log_id)
        .order_by(_n.due_at, _n.kind, _n.receiver, _n.occurrence)
    )
    return [
        NoticeRow(
            **shared(row),
            state=NoticeState(row.state),
            stale=row.stale,
            wake_at=row.wake_at,
            sent_at=row.sent_at,
            begun_at=row.begun_at,
            reason=row.reason,
        )
        for row in await database.rows(query)
    ]


def shared(row: Row[Any]) -> dict[str, Any]:
    """What a claim and a notice as it is stored say alike."""
    same = (
        "id",
        "receiver",
        "occurrence",
        "due_at",
        "leased_until",
        "attempts",
        "faults",
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
