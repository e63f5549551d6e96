"""Databases for tests: an SQLite file, and a real PostgreSQL that starts without root.

`TEST_DATABASE_URL` names a PostgreSQL server to use in place of the packaged one; each test gets a
database of its own there. Empty databases have no tables; migrated ones are copies of a template.
"""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy.engine import Connection

from bench.postgresql import address_of, created, started
from storage.engine import asking
from storage.migration import migrate
from storage.store import Store


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """The address of a server in which databases can be created."""
    # What is lost when the machine stops is of no interest here.
    with started(is_durable=False) as address:
        yield address


@pytest.fixture(scope="session")
def migrated_postgresql(postgresql_server: str) -> Iterator[str]:
    """The name of a database with all tables and no rows, to be copied."""
    with created(postgresql_server) as name:
        asyncio.run(migrate(address_of(postgresql_server, name)))
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
    with created(server) as name:
        yield address_of(server, name)


@pytest.fixture
def sqlite_url(tmp_path: Path, migrated_sqlite: Path) -> str:
    """The address of a migrated SQLite file."""
    path = tmp_path / "coachlog.db"
    shutil.copy(migrated_sqlite, path)
    return f"sqlite:///{path}"


@pytest.fixture
def postgresql_url(postgresql_server: str, migrated_postgresql: str) -> Iterator[str]:
    """The address of a migrated PostgreSQL database."""
    with created(postgresql_server, migrated_postgresql) as name:
        yield address_of(postgresql_server, name)


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
        if not (asking().startswith("delivery") or statement.startswith("BEGIN")):
            ran.append(statement)

    with store.database.heard_by(running):
        yield ran
