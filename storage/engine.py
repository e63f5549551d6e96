"""The database behind the store: one SQLite file, or PostgreSQL."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, nullcontext
from typing import Any, TypeVar

from sqlalchemy import URL, Row, event, make_url, text
from sqlalchemy.engine import Connection
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.sql import Executable
from sqlalchemy.sql.selectable import TypedReturnsRows

T = TypeVar("T")

_DRIVERS = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+psycopg"}
_BUSY_SECONDS = 15
_TRIES = 3
_DEADLOCK = "40P01"


class NotADatabase(ValueError):  # noqa: N818  reads as the sentence it is
    """The address names no database that CoachLog works with; the message says which would do."""


def driven(address: str) -> URL:
    """A plain `sqlite:///…` or `postgresql://…` address with its asynchronous driver.

    Raises NotADatabase, whose message never repeats the address: it may hold a password.
    """
    plain = address.strip()
    if plain.startswith("postgres://"):
        plain = plain.replace("postgres://", "postgresql://", 1)
    try:
        url = make_url(plain)
        driver = _DRIVERS[url.get_backend_name()]
    except Exception as error:  # the parts of an address fail in many ways
        words = "A database address looks like sqlite:///coachlog.db or postgresql://host/name."
        raise NotADatabase(words) from error
    return url.set(drivername=driver)


class Database:
    """Runs statements: single reads, and transactions of several.

    Statements that stand alone run in autocommit, so they cost one round trip. A SQLite file has
    one writer at a time: those of this process queue here, those of other processes at its lock.
    """

    def __init__(self, address: str) -> None:
        url = driven(address)
        self.is_sqlite = url.get_backend_name() == "sqlite"
        self.engine = _engine(url, is_sqlite=self.is_sqlite)
        if self.is_sqlite:
            self._alone = self.engine
            self._writing = self.engine.execution_options(transaction="IMMEDIATE")
        else:
            self._alone = self.engine.execution_options(isolation_level="AUTOCOMMIT")
            self._writing = self.engine
        self._turn = asyncio.Lock()

    async def close(self) -> None:
        """Close all connections; those in use are closed when they are given back."""
        await self.engine.dispose()

    async def ping(self) -> None:
        """Raises what the driver raises where the database doesn't answer."""
        await self.rows(text("SELECT 1"))

    async def rows(
        self, statement: TypedReturnsRows[Any] | Executable, params: Mapping[str, Any] | None = None
    ) -> Sequence[Row[Any]]:
        """All rows of one reading statement; a connection that died while idle is replaced."""
        for attempt in range(1, _TRIES + 1):
            try:
                async with self._alone.connect() as connection:
                    return (await connection.execute(statement, params)).all()
            except DBAPIError as error:
                if attempt == _TRIES or not _worth_repeating(error):
                    raise
        raise AssertionError("the last try returns or raises")

    async def write(self, statement: Executable) -> Sequence[Row[Any]]:
        """All rows that one writing statement returns; it is a transaction of its own.

        It may be run again as in `transact`, so it must be one that does no harm twice.
        """
        async with self._turn if self.is_sqlite else nullcontext():
            return await self.rows(statement)

    async def transact(self, work: Callable[[AsyncConnection], Awaitable[T]]) -> T:
        """Run `work` in one transaction, whole or not at all.

        It may be run again where the connection died or a deadlock was broken before the commit,
        so it must do nothing but run statements.
        """
        for attempt in range(1, _TRIES + 1):
            async with self._writer() as connection:
                transaction = await connection.begin()
                try:
                    done = await work(connection)
                except DBAPIError as error:
                    if attempt == _TRIES or not _worth_repeating(error):
                        raise
                    continue
                await transaction.commit()
                return done
        raise AssertionError("the last try returns or raises")

    @asynccontextmanager
    async def snapshot(self) -> AsyncIterator[AsyncConnection]:
        """Several reads of one moment."""
        options = {"transaction": "DEFERRED"} if self.is_sqlite else _SNAPSHOT
        engine = self.engine.execution_options(**options)
        async with engine.connect() as connection, connection.begin():
            yield connection

    @asynccontextmanager
    async def _writer(self) -> AsyncIterator[AsyncConnection]:
        turn = self._turn if self.is_sqlite else nullcontext()
        async with turn, self._writing.connect() as connection:
            yield connection


_SNAPSHOT = {"isolation_level": "REPEATABLE READ"}


def _worth_repeating(error: DBAPIError) -> bool:
    return error.connection_invalidated or getattr(error.orig, "sqlstate", None) == _DEADLOCK


def _engine(url: URL, *, is_sqlite: bool) -> AsyncEngine:
    # Errors quote the statement; its parameters are what people wrote.
    arguments: dict[str, Any] = {"json_serializer": compact, "hide_parameters": True}
    if is_sqlite:
        # SQLAlchemy and not the driver decides when a transaction begins, and of which kind.
        arguments["connect_args"] = {"isolation_level": None, "timeout": _BUSY_SECONDS}
    else:
        arguments["pool_size"] = 10
        arguments["pool_recycle"] = 1800
    engine = create_async_engine(url, **arguments)
    if is_sqlite:
        event.listen(engine.sync_engine, "connect", _connected)
        event.listen(engine.sync_engine, "begin", _begun)
    return engine


def _connected(connection: DBAPIConnection, _: object) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA foreign_keys = ON")
    try:
        cursor.execute("PRAGMA journal_mode = WAL")
    except sqlite3.OperationalError as error:
        # Another process is at it, on a new file: the mode is the file's, and SQLite doesn't wait
        # here. The connection works in either mode.
        if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
            raise
    cursor.close()


def _begun(connection: Connection) -> None:
    # IMMEDIATE takes the writer's lock at once: a transaction that reads first and then wants to
    # write would fail beside another writer instead of waiting for it.
    kind = connection.get_execution_options().get("transaction")
    if kind is not None:
        connection.exec_driver_sql(f"BEGIN {kind}")


def compact(document: object) -> str:
    """JSON without blanks and in ASCII, so that any text that Python holds can be stored."""
    return json.dumps(document, separators=(",", ":"))
