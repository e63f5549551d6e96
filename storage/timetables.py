"""Timetables: the reminders that wait for a log or a team, made anew when something changed.

A save sets the log's `plan_at`; whoever claims it asks the rules for the whole timetable, and
`settle` makes the waiting rows the same as that. Nobody has to know which reminders a change moves.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Row,
    Table,
    and_,
    bindparam,
    exists,
    func,
    literal,
    null,
    or_,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from coaching.log import Log, reference_of
from coaching.notices import ONCE, REMINDERS, SNOOZED, NoticeKind, Reminder
from storage.engine import Database
from storage.letters import UNSHOWN, Post, post_letters
from storage.mapping import Unreadable, log_if_readable
from storage.outbox import NoticeState, new_row
from storage.tables import logs, notices, teams
from storage.upsert import insert_into

LEASE = dt.timedelta(seconds=30)
_PATIENCE = 2 * LEASE
"""How long others wait for a timetable that was begun: one that fails each time holds up nobody."""
MOST_FAILING = 20
"""Logs beyond these are not named."""
_SENT = NoticeState.SENT.value
_n = notices.c


@dataclass(frozen=True, slots=True, kw_only=True)
class Timetable:
    """What waits for one log or one team, as the rules say it.

    Attributes:
        id: of the log or the team.
        subjects: what its reminders are about: the log; or the team and its agents. An agent may
            be in two teams: the occurrence of a reminder about one begins with the team.
        reminders: all of them; what is not among them is cancelled.
        keeps_past: whether what is due already stays, though it isn't among the reminders.
        saved: how often the log had been saved when its timetable was made; 0 for a team.
        leased_until: as the claim said.
        look_at: when to make it again though nothing changes; None for never.
    """

    workspace: str
    id: str
    subjects: frozenset[str]
    reminders: frozenset[Reminder]
    keeps_past: bool = False
    saved: int = 0
    leased_until: dt.datetime
    look_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class TeamToPlan:
    """A team whose timetable is to be made."""

    workspace: str
    id: str
    leased_until: dt.datetime


async def is_any_due(database: Database, now: dt.datetime) -> bool:
    """Whether a log or a team waits for its timetable."""
    waits = [exists().where(table.c.plan_at <= now) for table in (logs, teams)]
    return bool(await database.rows(select(literal(1)).where(or_(*waits))))


async def is_under_way(database: Database, workspace: str, now: dt.datetime) -> bool:
    """Whether timetables of that workspace are being made by anybody, or are about to be."""

    def unfinished(table: Table) -> ColumnElement[bool]:
        began = table.c.plan_begun
        return exists().where(
            # As a sum of words, so that no index of the workspace is read for the few rows of now.
            table.c.workspace.concat("") == workspace,
            # To be made, or under lease; whether it is under lease, its beginning says.
            table.c.plan_at <= now + _PATIENCE,
            or_(and_(table.c.plan_at <= now, began.is_(None)), began > now - _PATIENCE),
        )

    found = select(literal(1)).where(or_(unfinished(logs), unfinished(teams)))
    return bool(await database.rows(found))


async def claim_logs(
    database: Database, now: dt.datetime, *, limit: int
) -> list[tuple[Log | Unreadable, dt.datetime]]:
    """Logs whose timetables are to be made, and until when they are this worker's."""
    rows = await _claim(database, logs, now, limit)
    return [(log_if_readable(row), row.plan_at) for row in rows]


async def claim_teams(database: Database, now: dt.datetime, *, limit: int) -> list[TeamToPlan]:
    """Teams whose timetables are to be made."""
    rows = await _claim(database, teams, now, limit)
    return [TeamToPlan(row.workspace, row.id, row.plan_at) for row in rows]


async def _claim(
    database: Database, table: Table, now: dt.datetime, limit: int
) -> Sequence[Row[Any]]:
    due = (
        select(table.c.workspace, table.c.id)
        .where(table.c.plan_at <= now)
        .order_by(table.c.plan_at)
        .limit(limit)
        .with_for_update(skip_locked=True)
        .cte("due")
    )
    taking = (
        update(table)
        .where(table.c.workspace == due.c.workspace, table.c.id == due.c.id)
        .values(plan_at=now + LEASE, plan_begun=func.coalesce(table.c.plan_begun, now))
        .returning(*table.c)
    )
    return await database.write(taking)


async def settle(
    database: Database,
    timetables: Sequence[Timetable],
    now: dt.datetime,
    *,
    new_id: Callable[[], str],
) -> bool:
    """Make what waits the same as the timetables of one workspace; whether anything is to be told.

    Nothing is done for a log that was saved since: its newer timetable follows.
    """
    if not timetables:
        return False

    async def work(connection: AsyncConnection) -> bool:
        posts: list[Post] = []
        for timetable in sorted(timetables, key=lambda one: one.id):
            if await _is_newest(connection, timetable):
                posts += await _settle(connection, timetable, now, new_id)
        # Last and in one order: a letter is shared by many logs, and so by many transactions.
        workspace = timetables[0].workspace
        await post_letters(connection, workspace, posts, now, new_id=new_id)
        return bool(posts)

    return await database.transact(work)


async def put_off(
    database: Database, timetable: TeamToPlan | Log | Unreadable, until: dt.datetime
) -> None:
    """Make it later: this time it failed."""
    table = teams if isinstance(timetable, TeamToPlan) else logs
    where = (table.c.workspace == timetable.workspace, table.c.id == timetable.id)
    later = update(table).where(*where).values(plan_at=until, plan_begun=null())
    await database.write(later.returning(table.c.id))


async def failing(database: Database, now: dt.datetime) -> list[str]:
    """The references of the logs whose timetable could not be made, as far as `MOST_FAILING`."""
    # Only what failed is put off for longer than a lease.
    query = select(logs.c.number).where(logs.c.plan_at > now + LEASE).limit(MOST_FAILING)
    return [reference_of(row.number) for row in await database.rows(query)]


async def prompted(
    database: Database, workspace: str, occurrences: Mapping[str, str]
) -> dict[str, dict[str, dt.datetime]]:
    """When the outcome prompt of that occurrence was sent for each log, by its receiver."""
    query = select(_n.subject, _n.receiver, _n.occurrence, _n.sent_at).where(
        _n.workspace == workspace,
        _n.subject.in_(sorted(occurrences)),
        _n.kind == NoticeKind.OUTCOME_DUE.value,
        _n.sent_at.is_not(None),
    )
    sent: dict[str, dict[str, dt.datetime]] = {}
    for row in await database.rows(query):
        if row.occurrence == occurrences[row.subject]:
            sent.setdefault(row.subject, {})[row.receiver] = row.sent_at
    return sent


async def again(
    database: Database, workspace: str, log_ids: Iterable[str], now: dt.datetime
) -> None:
    """Have the timetables of those logs made anew."""
    where = (logs.c.workspace == workspace, logs.c.id.in_(sorted(set(log_ids))))
    await database.write(update(logs).where(*where).values(plan_at=now).returning(logs.c.id))


async def _is_newest(connection: AsyncConnection, timetable: Timetable) -> bool:
    table = logs if timetable.saved else teams
    where = [
        table.c.workspace == timetable.workspace,
        table.c.id == timetable.id,
        table.c.plan_at == timetable.leased_until,
    ]
    if timetable.saved:
        where.append(logs.c.saved == timetable.saved)
    made = update(table).where(*where).values(plan_at=timetable.look_at, plan_begun=null())
    return (await connection.execute(made.returning(table.c.id))).first() is not None


_Key = tuple[str, str, str, str]


def _key(kind: str, subject: str, receiver: str, occurrence: str) -> _Key:
    return (kind, subject, receiver, occurrence)


async def _settle(
    connection: AsyncConnection,
    timetable: Timetable,
    now: dt.datetime,
    new_id: Callable[[], str],
) -> list[Post]:
    """Change the rows; the letters that are needed for it."""
    wanted = {
        _key(one.kind, one.subject, one.receiver, one.occurrence): one
        for one in timetable.reminders
    }
    stored = (await connection.execute(_stored(timetable))).all()
    known = {_key(row.kind, row.subject, row.receiver, row.occurrence): row for row in stored}
    posts: list[Post] = []
    told = {(row.kind, row.subject, row.occurrence) for row in stored if row.state == _SENT}
    added = [
        one
        for key, one in wanted.items()
        if key not in known and not (one.due_at <= now and _was_told(one, told))
    ]
    await _add(connection, timetable.workspace, added, new_id)
    posts += [Post(one.receiver, one.due_at) for one in added]
    changes = []
    for row in stored:
        change = _change_of(row, wanted, told, timetable, now)
        if change is not None:
            changes.append(change)
            if change["b_state"] == NoticeState.NEW.value:
                posts.append(Post(row.receiver, change["b_due_at"]))
    if changes:
        await connection.execute(_CHANGING, changes)
    return posts


def _was_told(one: Reminder, told: Collection[tuple[str, str, str]]) -> bool:
    """Whether somebody was told on its day: whoever sees to the log since isn't told it late."""
    return one.kind in ONCE and (one.kind, one.subject, one.occurrence) in told


def _stored(timetable: Timetable) -> Any:
    of_it = _n.occurrence.startswith(f"{timetable.id}/", autoescape=True)
    return select(notices).where(
        _n.workspace == timetable.workspace,
        _n.subject.in_(sorted(timetable.subjects)),
        or_(_n.subject == timetable.id, of_it),
        _n.kind.in_(sorted(kind.value for kind in REMINDERS)),
        # A prompt that the release before posted by itself is told and done.
        or_(_n.ts.is_(None), _n.carried_by.is_not(None)),
    )


def _change_of(
    row: Row[Any],
    wanted: Mapping[_Key, Reminder],
    told: Collection[tuple[str, str, str]],
    timetable: Timetable,
    now: dt.datetime,
) -> dict[str, Any] | None:
    """What becomes of a row that is there; None where it stays as it is."""
    key = _key(row.kind, row.subject, row.receiver, row.occurrence)
    kind, subject, receiver, occurrence = key
    one = wanted.get(key)
    if row.state == NoticeState.CANCELLED and one and one.due_at <= now and _was_told(one, told):
        return None
    if one is None and SNOOZED in occurrence and timetable.keeps_past:
        # A team's timetable names only what comes next; the letter asks for the reason.
        return None
    if one is None and SNOOZED in occurrence:
        # It was put off to a day of its own, while its reason stands.
        asked = wanted.get((kind, subject, receiver, occurrence.partition(SNOOZED)[0]))
        one = None if asked is None else Reminder(asked.kind, subject, receiver, row.due_at)
    due_at = None if one is None else max(one.due_at, row.snoozed_until or one.due_at)
    state = row.state
    is_unshown = state == NoticeState.SENT and row.reason == UNSHOWN
    if state == NoticeState.NEW and due_at is None:
        if timetable.keeps_past and row.due_at <= now:
            return None
        return _changed(row, NoticeState.CANCELLED, row.due_at)
    is_waiting = is_unshown or state in (NoticeState.NEW, NoticeState.CANCELLED)
    if due_at is None or not is_waiting:
        return None
    if state == NoticeState.NEW and row.due_at == due_at:
        return None
    return _changed(row, NoticeState.NEW, due_at)


def _changed(row: Row[Any], state: NoticeState, due_at: dt.datetime) -> dict[str, Any]:
    return {
        "b_workspace": row.workspace,
        "b_id": row.id,
        "b_was": row.state,
        "b_state": state.value,
        "b_due_at": due_at,
    }


_CHANGING = (
    update(notices)
    .where(
        _n.workspace == bindparam("b_workspace"),
        _n.id == bindparam("b_id"),
        # A letter may have taken it meanwhile.
        _n.state == bindparam("b_was"),
    )
    .values(state=bindparam("b_state"), due_at=bindparam("b_due_at"), wake_at=None, reason=None)
)


async def _add(
    connection: AsyncConnection,
    workspace: str,
    reminders: Iterable[Reminder],
    new_id: Callable[[], str],
) -> None:
    rows = [
        new_row(
            new_id,
            workspace=workspace,
            kind=one.kind.value,
            subject=one.subject,
            receiver=one.receiver,
            occurrence=one.occurrence,
            due_at=one.due_at,
        )
        for one in sorted(reminders, key=lambda one: (one.kind, one.receiver, one.occurrence))
    ]
    if rows:
        await connection.execute(insert_into(notices, connection).on_conflict_do_nothing(), rows)
