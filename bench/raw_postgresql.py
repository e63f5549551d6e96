"""Statements on PostgreSQL by the driver alone."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import uuid4

import psycopg

_CONNECTIONS = 10
_READ = "SELECT * FROM people WHERE workspace = %s AND user_id = %s"
_ADD = "INSERT INTO floor (id, told) VALUES (%s, %s)"
_CHANGE = "UPDATE floor SET told = %s WHERE id = %s"

_Connection = psycopg.AsyncConnection[tuple[object, ...]]


class Raw:
    """As many connections as SQLAlchemy keeps for CoachLog."""

    def __init__(self) -> None:
        self.ran: list[int] = []
        self._idle: asyncio.Queue[_Connection] = asyncio.Queue()

    @classmethod
    async def opened(cls, address: str) -> Raw:
        made = cls()
        for _ in range(_CONNECTIONS):
            connection = await psycopg.AsyncConnection.connect(address, autocommit=True)
            made._idle.put_nowait(connection)
        return made

    @asynccontextmanager
    async def _one(self) -> AsyncIterator[_Connection]:
        connection = await self._idle.get()
        try:
            yield connection
        finally:
            self._idle.put_nowait(connection)

    async def run(self, reading: int, writing: int) -> None:
        for _ in range(reading):
            async with self._one() as connection:
                await (await connection.execute(_READ, ("T0", "USAM"))).fetchall()
        if writing:
            async with self._one() as connection, connection.transaction():
                row = uuid4().hex
                await connection.execute(_ADD, (row, "x" * 500))
                for number in range(writing - 1):
                    await connection.execute(_CHANGE, (f"{number}" * 500, row))
        self.ran += [reading, writing]
