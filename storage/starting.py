"""What a starting process does with notices that the one before it left."""

from __future__ import annotations

from sqlalchemy import case, update

from storage.engine import Database
from storage.outbox import NoticeState
from storage.tables import UNCERTAIN, notices

_n = notices.c


async def release_leases(database: Database) -> int:
    """Free what workers held that are known to be gone; how many there were."""
    was_sending = _n.state == NoticeState.SENDING
    statement = (
        update(notices)
        .where(_n.wake_at.is_not(None), _n.leased_until.is_not(None))
        .values(
            state=case((was_sending, NoticeState.UNKNOWN), else_=_n.state),
            wake_at=_n.due_at,
            leased_until=None,
            attempts=_n.attempts + 1,
        )
        .returning(_n.id)
    )
    return len(await database.write(statement))


async def unpark(database: Database) -> int:
    """Try again what was parked: it may be in order now; how many there were."""
    was_sent = _n.ts.is_not(None)
    statement = (
        update(notices)
        .where(UNCERTAIN, _n.state == NoticeState.PARKED)
        .values(
            state=case((was_sent, NoticeState.SENT.value), else_=NoticeState.NEW.value),
            stale=was_sent,
            faults=0,
            wake_at=_n.due_at,
        )
        .returning(_n.id)
    )
    return len(await database.write(statement))
