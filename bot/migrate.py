"""`coachlog migrate`."""

from __future__ import annotations

from bot import settings
from bot.database import migrated


async def migrate() -> str:
    """Bring the database of DATABASE_URL to this version's tables, and say so.

    Raises:
        Misconfigured: the database can't be reached.
    """
    await migrated(settings.read().database_url)
    return "The database is up to date."
