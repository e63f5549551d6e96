"""Whom Slack refuses to hand messages to: told once, and known until a message arrives again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from coaching.notices import NoticeKind
from storage.claims import Claimed
from storage.engine import Database
from storage.letters import Post, post_letters
from storage.outbox import NoticeState, new_row
from storage.tables import notices, unreached
from storage.upsert import insert_if_new, insert_into

_u = unreached.c


@dataclass(frozen=True, slots=True)
class Unreached:
    """A person or a channel that gets no messages since then (UTC), with Slack's word for it.

    `waiting` reminders are due for them, and come with the first letter that arrives again.
    """

    receiver: str
    reason: str
    since: dt.datetime
    waiting: int


async def mark(
    database: Database,
    claimed: Claimed,
    why: str,
    tell: Iterable[str],
    now: dt.datetime,
    *,
    new_id: Callable[[], str],
) -> bool:
    """Keep that the receiver can't be reached, and remind others of it, unless it was known."""

    async def work(connection: AsyncConnection) -> bool:
        row = {
            "workspace": claimed.workspace,
            "receiver": claimed.receiver,
            "reason": why,
            "since": now,
        }
        if not await insert_if_new(connection, unreached, row):
            return False
        reminders = [
            new_row(
                new_id,
                workspace=claimed.workspace,
                kind=NoticeKind.UNREACHED.value,
                subject=claimed.receiver,
                receiver=receiver,
                occurrence=now.isoformat(),
                due_at=now,
            )
            for receiver in sorted(set(tell))
        ]
        if reminders:
            adding = insert_into(notices, connection).on_conflict_do_nothing()
            await connection.execute(adding, reminders)
            posts = [Post(one["receiver"], now) for one in reminders]
            await post_letters(connection, claimed.workspace, posts, now, new_id=new_id)
        return True

    return await database.transact(work)


async def among(database: Database, workspace: str, receivers: Iterable[str]) -> dict[str, str]:
    """Those of the receivers who can't be reached, with Slack's word for it."""
    query = select(unreached).where(
        _u.workspace == workspace, _u.receiver.in_(sorted(set(receivers)))
    )
    return {row.receiver: row.reason for row in await database.rows(query)}


async def everywhere(database: Database, now: dt.datetime) -> list[Unreached]:
    """All who can't be reached, over all workspaces, the longest first."""
    n = notices.c
    waiting = select(func.count()).where(
        n.workspace == _u.workspace,
        n.receiver == _u.receiver,
        n.state == NoticeState.NEW,
        n.wake_at.is_(None),
        n.due_at <= now,
    )
    query = select(unreached, waiting.scalar_subquery().label("waiting"))
    rows = await database.rows(query.order_by(_u.since, _u.receiver))
    return [Unreached(row.receiver, row.reason, row.since, row.waiting) for row in rows]
