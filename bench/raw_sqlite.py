"""Statements on SQLite by the driver alone, each of them in one step of its thread."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import uuid4

import aiosqlite

_CONNECTIONS = 5
_READ = "SELECT * FROM people WHERE workspace = ? AND user_id = ?"
_ADD = "INSERT INTO floor (id, told) VALUES (?, ?)"
_CHANGE = "UPDATE floor SET told = ? WHERE id = ?"


class Raw:
    """A few connections, and one writer at a time."""

    def __init__(self) -> None:
        self.ran: list[int] = []
        self._idle: asyncio.Queue[aiosqlite.Connection] = asyncio.Queue()
        self._turn = asyncio.Lock()

    @classmethod
    async def opened(cls, address: str) -> Raw:
        made = cls()
        for _ in range(_CONNECTIONS):
            connection = aiosqlite.connect(
                address.removeprefix("sqlite:///"), isolation_level=None, timeout=15
            )
            # A thread that waits for work would keep the process from ending.
            connection._thread.daemon = True  # noqa: SLF001 - the driver offers no other way
            await connection
            made._idle.put_nowait(connection)
        return made

    @asynccontextmanager
    async def _one(self) -> AsyncIterator[aiosqlite.Connection]:
        connection = await self._idle.get()
        try:
            yield connection
        finally:
            self._idle.put_nowait(connection)

    async def run(self, reading: int, writing: int) -> None:
        for _ in range(reading):
            async with self._one() as connection:
                await connection.execute_fetchall(_READ, ("T0", "USAM"))
        if writing:
            async with self._turn, self._one() as connection:
                await connection.execute_fetchall("BEGIN IMMEDIATE")
                row = uuid4().hex
                await connection.execute_fetchall(_ADD, (row, "x" * 500))
                for number in range(writing - 1):
                    await connection.execute_fetchall(_CHANGE, (f"{number}" * 500, row))
                await connection.execute_fetchall("COMMIT")
        self.ran += [reading, writing]
