"""INSERT … ON CONFLICT, which SQLite and PostgreSQL share and SQLAlchemy has twice."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

Insert: TypeAlias = postgresql.Insert | sqlite.Insert


def insert_into(table: Table, connection: AsyncConnection) -> Insert:
    """An INSERT in the dialect of the connection."""
    if connection.dialect.name == "sqlite":
        return sqlite.insert(table)
    return postgresql.insert(table)


async def insert_if_new(connection: AsyncConnection, table: Table, row: Mapping[str, Any]) -> bool:
    """Insert a row unless one of its unique keys is taken; whether it was new."""
    # By what it returns: the count of inserted rows is not known with every driver.
    first, *_ = table.primary_key.columns
    inserting = insert_into(table, connection).on_conflict_do_nothing().returning(first)
    return (await connection.execute(inserting, row)).first() is not None
