"""Many rows at once: executemany on SQLite, COPY on PostgreSQL."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from itertools import chain
from time import perf_counter
from typing import Any

import psycopg
from psycopg import sql
from sqlalchemy import Dialect, Table, make_url
from sqlalchemy.dialects import registry

from bench.measuring import NotMeasured

Row = Mapping[str, Any]

_CHECKED_ROWS = 10_000


def fill(
    address: str, table: Table, rows: Iterable[Row], *, within_seconds: float | None = None
) -> None:
    """Add rows, all of them with the keys of the first one; then leave the table as it ages best.

    Raises NotMeasured where that takes longer than it may.
    """
    given = iter(rows)
    first = next(given)
    every = _limited(chain([first], given), table.name, within_seconds)
    if make_url(address).get_backend_name() == "sqlite":
        _fill_sqlite(address, table, list(first), every)
    else:
        _fill_postgresql(address, table, list(first), every)


def _limited(rows: Iterable[Row], name: str, seconds: float | None) -> Iterator[Row]:
    start = perf_counter()
    for at, row in enumerate(rows):
        if seconds is not None and at % _CHECKED_ROWS == 0 and perf_counter() - start > seconds:
            raise NotMeasured(f"{name} was not filled within {seconds:.0f} s, but to {at} rows.")
        yield row


def _fill_sqlite(address: str, table: Table, names: list[str], rows: Iterable[Row]) -> None:
    columns = ", ".join(names)
    places = ", ".join("?" * len(names))
    path = make_url(address).database or ""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        # Only while it is filled: both are the connection's and not the file's.
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("PRAGMA cache_size = -500000")
        connection.execute("BEGIN")
        connection.executemany(
            f"INSERT INTO {table.name} ({columns}) VALUES ({places})",  # noqa: S608  our own names
            _driven(table, names, rows, registry.load("sqlite")()),
        )
        connection.execute("COMMIT")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _fill_postgresql(address: str, table: Table, names: list[str], rows: Iterable[Row]) -> None:
    name = sql.Identifier(table.name)
    columns = sql.SQL(", ").join(map(sql.Identifier, names))
    with psycopg.connect(address, autocommit=True) as connection:
        copying = sql.SQL("COPY {} ({}) FROM STDIN").format(name, columns)
        with connection.cursor().copy(copying) as copy:
            for values in _driven(table, names, rows, registry.load("postgresql.psycopg")()):
                copy.write_row(values)
        # What autovacuum would do soon: it must not begin while times are taken.
        connection.execute(sql.SQL("VACUUM (ANALYZE) {}").format(name))
        connection.execute("CHECKPOINT")


def _driven(
    table: Table, names: list[str], rows: Iterable[Row], dialect: Dialect
) -> Iterator[list[Any]]:
    """The rows as the driver takes them, by the types of the table's columns."""
    made: list[tuple[str, Callable[[Any], Any] | None]] = [
        (name, table.c[name].type.dialect_impl(dialect).bind_processor(dialect)) for name in names
    ]
    for row in rows:
        yield [process(row[name]) if process else row[name] for name, process in made]
