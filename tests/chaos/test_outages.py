"""The database is gone for a while, Slack for a day: all of it is made up, and nothing twice."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy.engine import make_url

from bot.slack import client, http_session
from coaching.notices import NoticeKind
from playground import Chances
from storage.store import Store
from tests.bot.north import North
from tests.bot.notices import share_logs
from tests.bot.office import PEOPLE, TEAM, open_office
from tests.chaos.processes import arrived, processes, rows, until, until_sent

PATIENCE_SECONDS = 120.0


Opening = Callable[[], Awaitable[tuple[asyncio.StreamReader, asyncio.StreamWriter]]]


class Door:
    """A TCP proxy before a database, which can be shut: connections break and none is taken."""

    def __init__(self, behind: Opening) -> None:
        self._behind = behind
        self._open: set[asyncio.StreamWriter] = set()
        self._server: asyncio.Server | None = None
        self.port = 0

    async def open(self) -> None:
        self._server = await asyncio.start_server(self._pass, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def shut(self) -> None:
        assert self._server is not None
        self._server.close()
        for writer in tuple(self._open):
            writer.transport.abort()
        await self._server.wait_closed()

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        behind, to_behind = await self._behind()
        ends = {writer, to_behind}
        self._open |= ends
        try:
            await asyncio.gather(_pour(reader, to_behind), _pour(behind, writer))
        finally:
            self._open -= ends
            for end in ends:
                end.transport.abort()


async def _pour(source: asyncio.StreamReader, into: asyncio.StreamWriter) -> None:
    with contextlib.suppress(OSError):
        while chunk := await source.read(65536):
            into.write(chunk)
            await into.drain()
    into.transport.abort()


@asynccontextmanager
async def _tcp(url: str) -> AsyncIterator[tuple[Door, str]]:
    """A door before that PostgreSQL, and the address that leads through it."""
    there = make_url(url)
    host = str(there.query.get("host") or there.host)
    port = there.port or 5432
    if host.startswith("/"):
        door = Door(partial(asyncio.open_unix_connection, f"{host}/.s.PGSQL.{port}"))
    else:
        door = Door(partial(asyncio.open_connection, host, port))
    await door.open()
    through = there.difference_update_query(["host"]).set(host="127.0.0.1", port=door.port)
    try:
        yield door, through.render_as_string(hide_password=False)
    finally:
        await door.shut()


# Both are longer than a lease: what was being sent as it went is claimed again when it is back.
@pytest.mark.parametrize(("reads_history", "seconds"), [(True, 61.0), (False, 35.0)])
async def test_the_database_is_gone_for_a_minute(
    north: North, postgresql_url: str, *, reads_history: bool, seconds: float
) -> None:
    if not reads_history:
        north.decline("im:history")
    store = await Store.open(postgresql_url)
    logs = await share_logs(store, north.ws, 40)
    north.ws.faults.at_random(Chances(seconds=1.0), seed=1)
    async with (
        _tcp(postgresql_url) as (door, url),
        processes(north.folder, **{**north.environment, "DATABASE_URL": url}) as them,
    ):
        await them.start()
        await until(lambda: arrived(north.ws).total() >= 10, PATIENCE_SECONDS)
        await door.shut()
        await asyncio.sleep(seconds)
        assert arrived(north.ws).total() < 40
        await door.open()
        await until_sent(store, PATIENCE_SECONDS)
    assert them.said("delivery.no_database")
    expected = {row.key: 1 for row in await rows(store, north.ws.team.id, logs)}
    assert len(expected) == 40
    assert arrived(north.ws) == expected
    await store.close()


async def test_slack_is_gone_for_a_day(tmp_path: Path) -> None:
    async with open_office(tmp_path) as office:
        failing = Chances(rate_limit=0.1, error=0.6, reset=0.3)
        office.ws.faults.at_random(failing, seed=3)
        for hour in range(24):
            await office.tell(PEOPLE[hour % len(PEOPLE)])
            await office.delivery.once()
            office.pass_seconds(3600)
        assert not list(office.keys())
        office.ws.faults.at_random(Chances(), seed=3)
        for _ in range(3):
            await office.delivery.once()
            office.pass_seconds(3600)
        found = await office.rows()
        assert {row.state.value for row in found} == {"sent"}
        assert sorted(office.keys()) == sorted(row.key for row in found)
        assert len(found) == 24


@pytest.mark.parametrize("kind", [NoticeKind.SHARED, NoticeKind.OUTCOME_DUE])
async def test_nobody_answers_at_slacks_address_for_a_day(tmp_path: Path, kind: NoticeKind) -> None:
    """Nothing is unknown then, so that reminders come too where nobody can look."""
    async with open_office(tmp_path, reads_history=False) as office, http_session() as session:
        there = office.slacks[TEAM]
        office.slacks[TEAM] = client(
            session, token="xoxb-office", api_url="http://127.0.0.1:1/api/"
        )
        await office.tell(*PEOPLE, kind=kind)
        for _ in range(24):
            await office.delivery.once()
            office.pass_seconds(3600)
        office.slacks[TEAM] = there
        await office.delivery.once()
        assert sorted(office.keys()) == sorted(row.key for row in await office.rows())
        assert len(list(office.keys())) == len(PEOPLE)
