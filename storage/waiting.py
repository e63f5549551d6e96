"""What waits for the shift of a log's agent, and is due at another time now."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import case, literal, or_, update
from sqlalchemy.ext.asyncio import AsyncConnection

from coaching.log import BEHIND_SUMMARY, Log
from coaching.notices import NoticeKind
from storage.outbox import NoticeState
from storage.tables import UtcDateTime, notices

_n = notices.c


async def due_for_agent(
    connection: AsyncConnection, log: Log, at: dt.datetime, now: dt.datetime
) -> bool:
    """Make what still waits for the log's agent due then, the summary first; whether any did.

    What a worker has at `now` (UTC) is left to it.
    """
    due = case(
        (_n.kind == NoticeKind.SHARED.value, literal(at, UtcDateTime)),
        else_=literal(at + BEHIND_SUMMARY, UtcDateTime),
    )
    moving = (
        update(notices)
        .where(
            _n.workspace == log.workspace,
            _n.subject == log.id,
            _n.receiver == log.agent,
            _n.state == NoticeState.NEW.value,
            # A reminder has none: its letter sees to it.
            _n.wake_at.is_not(None),
            _n.due_at > now,
            or_(_n.leased_until.is_(None), _n.leased_until <= now),
        )
        .values(due_at=due, wake_at=due, touched=_n.touched + 1)
    )
    return (await connection.execute(moving)).rowcount > 0
