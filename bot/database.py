"""Opening the database: migrated by itself on SQLite, by command on PostgreSQL."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from bot.settings import Settings
from bot.trouble import Misconfigured
from storage.engine import Database, NotADatabase
from storage.migration import LaterVersion, is_current, migrate
from storage.store import Store


@asynccontextmanager
async def opened(settings: Settings, *, new_id: Callable[[], str]) -> AsyncIterator[Store]:
    """The store of DATABASE_URL, its tables those of this version.

    Raises:
        Misconfigured: the database can't be reached or fails meanwhile, has to be migrated by
            command first, or is of a later version.
    """
    url = settings.database_url
    if settings.is_sqlite:
        await migrated(url)
    elif not await current(url):
        raise Misconfigured(
            ["DATABASE_URL: the tables are of an older version. Run coachlog migrate."]
        )
    store = await Store.open(url, new_id=new_id)
    try:
        yield store
    except DBAPIError as error:
        raise _unreachable(error) from error
    finally:
        await store.close()


async def migrated(url: str) -> None:
    """Bring the tables to this version."""
    try:
        await migrate(url)
    except LaterVersion as error:
        raise _later() from error
    except (SQLAlchemyError, NotADatabase, OSError) as error:
        raise _unreachable(error) from error


async def current(url: str) -> bool:
    """Whether the tables are those of this version."""
    database = Database(url)
    try:
        return await is_current(database)
    except LaterVersion as error:
        raise _later() from error
    except (SQLAlchemyError, NotADatabase, OSError) as error:
        raise _unreachable(error) from error
    finally:
        await database.close()


def _later() -> Misconfigured:
    words = (
        "DATABASE_URL: the tables are of a later version of CoachLog, or of another program. "
        "Run that version, or name another database."
    )
    return Misconfigured([words])


def _unreachable(error: Exception) -> Misconfigured:
    # An error of the driver may quote the address, and with it a password.
    cause = getattr(error, "orig", None) or error
    kind = getattr(cause, "sqlite_errorname", None) or type(cause).__name__
    words = (
        f"DATABASE_URL: the database can't be used ({kind}). Check that it runs, that the address "
        "is right, and that its user may create tables."
    )
    return Misconfigured([words])
