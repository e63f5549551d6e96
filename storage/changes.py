"""Storing changes: the log, its revision, notices, criteria and the audit entry, all or nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import replace

from sqlalchemy import Row, bindparam, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from coaching.change import Change
from coaching.log import Log, State
from storage import audit, outbox
from storage import criteria as catalogue
from storage.engine import Database
from storage.mapping import document, promises_of_log, row_of_log
from storage.tables import counters, logs, promises, revisions
from storage.upsert import insert_if_new, insert_into
from storage.waiting import due_for_agent


class Stale(Exception):  # noqa: N818  reads as the sentence it is
    """Somebody else saved the log (or added the criterion) meanwhile; nothing was written."""


_LAST_REVISION = (
    select(func.max(revisions.c.number))
    .where(
        revisions.c.workspace == bindparam("of_workspace"), revisions.c.log == bindparam("of_id")
    )
    .scalar_subquery()
    .label("last_revision")
)
_UPDATE = (
    update(logs)
    .where(
        logs.c.workspace == bindparam("of_workspace"),
        logs.c.id == bindparam("of_id"),
        logs.c.saved == bindparam("of_saved"),
    )
    .values(finished_at=func.coalesce(logs.c.finished_at, bindparam("of_finished")))
    .returning(logs.c.salt, _LAST_REVISION)
)
_WALK = dt.timedelta(minutes=2)
_NEVER_UPDATED = frozenset({"workspace", "id", "number", "created_at"})


async def save(
    database: Database,
    changes: Sequence[Change],
    *,
    new_id: Callable[[], str],
    new_salt: Callable[[], bytes],
) -> list[Log]:
    """Store changes of different logs of one workspace in one transaction; the logs as stored.

    Rows are locked in one order by everybody (counter, criteria, logs by ID, the head of the audit
    trail), so that two savers wait for each other. A deadlock over notices, which others lock as
    well, is broken by the database, and the save is run again.
    Raises Stale where a log was saved since its change was made from it, or where an open target
    came to be that it was not decided beside.
    """
    workspaces = {change.log.workspace for change in changes}
    if len(workspaces) != 1 or len({change.log.id for change in changes}) != len(changes):
        raise ValueError("One save takes changes of different logs of one workspace.")
    (workspace,) = workspaces

    async def work(connection: AsyncConnection) -> list[Log]:
        numbered = await _numbered(connection, workspace, changes)
        await _add_criteria(connection, numbered)
        stored: dict[str, tuple[Log, audit.Entry]] = {}
        for change in sorted(numbered, key=lambda item: item.log.id):
            log, entry, told = await _store(connection, change, new_salt)
            stored[log.id] = (log, entry)
            await outbox.write(connection, change, new_id=new_id, told=told)
            if (at := change.tells_agent_at) is not None:
                await due_for_agent(connection, log, at, change.at)
        in_order = [stored[change.log.id] for change in changes]
        entries = [entry for _, entry in in_order]
        entries += [
            catalogue.entry(criterion, change.actor, change.at)
            for change in changes
            for criterion in change.added_criteria
        ]
        await audit.append(connection, workspace, entries)
        # Last: the trail's head is locked by now, so whoever shared before is seen, and whoever
        # shares at the same time waits and sees this.
        await _no_more_targets(connection, changes)
        return [log for log, _ in in_order]

    return await database.transact(work)


async def _numbered(
    connection: AsyncConnection, workspace: str, changes: Sequence[Change]
) -> list[Change]:
    """The changes, new logs with the next numbers; the counter stays locked, so none is lost."""
    unnumbered = sum(change.log.number == 0 for change in changes)
    if not unnumbered:
        return list(changes)
    inserting = insert_into(counters, connection)
    counting = inserting.on_conflict_do_update(
        index_elements=["workspace"],
        set_={"last_number": counters.c.last_number + inserting.excluded.last_number},
    ).returning(counters.c.last_number)
    start = {"workspace": workspace, "last_number": unnumbered}
    last = (await connection.execute(counting, start)).scalar_one()
    numbers = iter(range(last - unnumbered + 1, last + 1))
    return [
        replace(change, log=replace(change.log, number=next(numbers)))
        if change.log.number == 0
        else change
        for change in changes
    ]


async def _add_criteria(connection: AsyncConnection, changes: Sequence[Change]) -> None:
    for change in changes:
        for criterion in change.added_criteria:
            if not await catalogue.insert_criterion(connection, change.log.workspace, criterion):
                raise Stale("The criterion was added by somebody else.")


async def _no_more_targets(connection: AsyncConnection, changes: Sequence[Change]) -> None:
    for change in changes:
        if change.beside is None:
            continue
        others = select(logs.c.id).where(
            logs.c.workspace == change.log.workspace,
            logs.c.open_of == change.log.agent,
            logs.c.id.not_in({change.log.id, *change.beside}),
        )
        if (await connection.execute(others.limit(1))).first() is not None:
            raise Stale("The agent has got another open target.")


async def _store(
    connection: AsyncConnection, change: Change, new_salt: Callable[[], bytes]
) -> tuple[Log, audit.Entry, bool]:
    """Write the log's row and its revision; also whether somebody was told of the log before."""
    log = replace(change.log, saved=change.log.saved + 1)
    if log.saved == 1:
        salt, last_revision = new_salt(), None
        await _insert(connection, log, salt, change.at)
    else:
        found = await _update(connection, log, change.at)
        salt, last_revision = found.salt or b"", found.last_revision
    if log.revision > (last_revision or 0):
        revision = {
            "workspace": log.workspace,
            "log": log.id,
            "number": log.revision,
            "at": change.at,
            "actor": change.actor,
            "content": document(log.content),
        }
        await connection.execute(insert(revisions), revision)
    if promised := promises_of_log(log):
        inserting = insert_into(promises, connection)
        told = {name: inserting.excluded[name] for name in ("who", "is_open")}
        keys = ["workspace", "log", "number"]
        await connection.execute(
            inserting.on_conflict_do_update(index_elements=keys, set_=told), promised
        )
    entry = audit.Entry(
        at=change.at,
        actor=change.actor,
        action=change.action,
        subject=log.id,
        state_hash=audit.state_hash(log, salt),
    )
    return log, entry, last_revision is not None


def _plan_at(log: Log, at: dt.datetime) -> dt.datetime:
    """When to work out what its people are reminded of: at once; of a draft after a while.

    A walk saves a draft form by form, and nobody is reminded of it within the hour.
    """
    return at + _WALK if log.state is State.DRAFT else at


async def _insert(connection: AsyncConnection, log: Log, salt: bytes, at: dt.datetime) -> None:
    row = {**row_of_log(log), "salt": salt, "plan_at": _plan_at(log, at)}
    if not await insert_if_new(connection, logs, row):
        # The twin of a submission that Slack delivered twice was here first.
        raise Stale(f"{log.id} is stored already.")


async def _update(
    connection: AsyncConnection, log: Log, at: dt.datetime
) -> Row[tuple[bytes | None, int | None]]:
    values = {key: value for key, value in row_of_log(log).items() if key not in _NEVER_UPDATED}
    values |= {"plan_at": _plan_at(log, at), "plan_begun": None}
    is_finished = log.is_shared and not log.is_incomplete
    where = {"of_workspace": log.workspace, "of_id": log.id, "of_saved": log.saved - 1}
    params = {**values, **where, "of_finished": at if is_finished else None}
    found = (await connection.execute(_UPDATE, params)).one_or_none()
    if found is None:
        raise Stale(f"{log.id} was saved by somebody else.")
    return found
