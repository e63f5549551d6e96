"""The database behind the store: one SQLite file, or PostgreSQL."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import asynccontextmanager, contextmanager, nullcontext
from contextvars import ContextVar, copy_context
from functools import partial
from typing import Any, TypeVar

from sqlalchemy import URL, Engine, Row, create_engine, event, make_url, text
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
_THREADS = 4
"""For single statements on SQLite, which waits for the disk only."""
_DEADLOCK = "40P01"


def compact(document: object) -> str:
    """JSON without blanks and in ASCII, so that any text that Python holds can be stored."""
    return json.dumps(document, separators=(",", ":"))


_ASKING: ContextVar[str] = ContextVar("asking")


def asking() -> str:
    """The name of the task for which a statement runs, where one listens to the engines."""
    known = _ASKING.get("")
    task = None if known else asyncio.current_task()
    return task.get_name() if task is not None else known


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

    The asynchronous driver of SQLite goes to its thread and back for each step of a statement. One
    that stands alone is brought to a thread as a whole, by a plain engine: that takes a quarter of
    the time (docs/performance.md).
    """

    def __init__(self, address: str) -> None:
        url = driven(address)
        self.is_sqlite = url.get_backend_name() == "sqlite"
        self.engine = _engine(url, is_sqlite=self.is_sqlite)
        self._engines = [self.engine.sync_engine]
        self._alone: Callable[..., Awaitable[Sequence[Row[Any]]]]
        if self.is_sqlite:
            self._threads = ThreadPoolExecutor(_THREADS, thread_name_prefix="sqlite")
            plain = _plain_sqlite(url)
            self._engines.append(plain)
            self._alone = partial(_in_thread, self._threads, plain)
            self._writing = self.engine.execution_options(transaction="IMMEDIATE")
        else:
            self._alone = partial(
                _awaited, self.engine.execution_options(isolation_level="AUTOCOMMIT")
            )
            self._writing = self.engine
        self._turn = asyncio.Lock()

    async def close(self) -> None:
        """Close all connections; those in use are closed when they are given back."""
        await self.engine.dispose()
        if self.is_sqlite:
            self._threads.shutdown(wait=False)
            self._engines[-1].dispose()

    @contextmanager
    def heard_by(self, listener: Callable[..., None]) -> Iterator[None]:
        """Tell `listener` each statement that goes to the driver meanwhile.

        It is called as SQLAlchemy's `before_cursor_execute`, on SQLite perhaps in a thread.
        """
        for engine in self._engines:
            event.listen(engine, "before_cursor_execute", listener)
        try:
            yield
        finally:
            for engine in self._engines:
                event.remove(engine, "before_cursor_execute", listener)

    async def ping(self) -> None:
        """Raises what the driver raises where the database doesn't answer."""
        await self.rows(text("SELECT 1"))

    async def rows(
        self, statement: TypedReturnsRows[Any] | Executable, params: Mapping[str, Any] | None = None
    ) -> Sequence[Row[Any]]:
        """All rows of one reading statement; a connection that died while idle is replaced."""
        for attempt in range(1, _TRIES + 1):
            try:
                return await self._alone(statement, params)
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


async def _awaited(
    engine: AsyncEngine, statement: Executable, params: Mapping[str, Any] | None
) -> Sequence[Row[Any]]:
    async with engine.connect() as connection:
        return (await connection.execute(statement, params)).all()


async def _in_thread(
    threads: Executor, engine: Engine, statement: Executable, params: Mapping[str, Any] | None
) -> Sequence[Row[Any]]:
    def run() -> Sequence[Row[Any]]:
        with engine.connect() as connection:
            return connection.execute(statement, params).all()

    context = copy_context()
    context.run(_ASKING.set, asking())
    return await asyncio.get_running_loop().run_in_executor(threads, context.run, run)


# Errors quote the statement; its parameters are what people wrote.
_EVERYWHERE: dict[str, Any] = {"json_serializer": compact, "hide_parameters": True}
# SQLAlchemy and not the driver decides when a transaction begins, and of which kind.
_SQLITE: dict[str, Any] = {"isolation_level": None, "timeout": _BUSY_SECONDS}


def _plain_sqlite(url: URL) -> Engine:
    """For statements that stand alone: there is never anything to roll back."""
    engine = create_engine(
        url.set(drivername="sqlite"),
        connect_args=_SQLITE,
        skip_autocommit_rollback=True,
        **_EVERYWHERE,
    )
    event.listen(engine, "connect", _connected)
    return engine


def _engine(url: URL, *, is_sqlite: bool) -> AsyncEngine:
    arguments = dict(_EVERYWHERE)
    if is_sqlite:
        arguments["connect_args"] = _SQLITE
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
