"""`coachlog playground`: the Slack-like workspace and CoachLog in one process, freshly seeded."""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
import os
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import typer
from pydantic import SecretStr
from sqlalchemy.exc import SQLAlchemyError

from bot import logs
from bot.listening import listening
from bot.lock import sole_runner
from bot.manifest import manifest
from bot.program import Program, new_id, running
from bot.seed import seed
from bot.seed_people import ALERTS, PEOPLE
from bot.settings import Settings
from bot.stopping import until_stopped
from bot.trouble import Misconfigured
from coaching.worktime import Calendar, zone_of
from playground import Channel, Clock, InstalledApp, Served, Team, User, Workspace, serve
from playground.posting import say
from storage.migration import LaterVersion, migrate
from storage.store import Store

TEAM = "T0NORTHWIND"
CHANNEL = "C0QAALERTS"
DATABASE = Path("playground.db")
_SECRET, _TOKEN = "playground-signing-secret", "xoxb-playground"
_TICK_SECONDS = 1.0
_ZONE = "Europe/London"
_PROXIES = ("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy")


def workspace(clock: Clock) -> Workspace:
    """Northwind Support, with its people and one channel."""
    ws = Workspace(team=Team(id=TEAM, name="Northwind Support", domain="northwind"), clock=clock)
    for one in PEOPLE:
        ws.add_user(
            User(
                id=one.user,
                name=one.name,
                real_name=one.real_name,
                tz=one.tz,
                title=one.title,
                email=f"{one.name}@northwind.example",
                is_admin=one.is_admin,
            )
        )
    ws.add_channel(Channel(id=CHANNEL, name="qa-alerts", members=tuple(one.user for one in PEOPLE)))
    return ws


@asynccontextmanager
async def playing(
    *, host: str, port: int, database: Path, keep: bool, clock: Clock | None = None
) -> AsyncIterator[tuple[Served, Program]]:
    """Serve the workspace's page with CoachLog in it while the block lasts.

    `clock` is the workspace's; the operating system's time where none is given.

    Raises:
        Misconfigured: the port is taken, or what is to be kept can't be gone on with.
    """
    # Before anything is cleared: at a port that is taken nothing has happened yet.
    page = listening(
        host, port, host_by="Set --host", port_by="Set --port (make run PLAYGROUND_PORT=…)"
    )
    clock = clock or _opening_clock(database, keep=keep)
    moved = database.with_name(f"{database.name}.clock")
    ws = workspace(clock)
    url = f"sqlite:///{database}"
    try:
        if keep and moved.exists():
            # What is kept was written by a clock that somebody had moved forward.
            clock.advance(dt.timedelta(seconds=float(await asyncio.to_thread(moved.read_text))))
        is_fresh = await asyncio.to_thread(_cleared, database, keep=keep)
        await migrate(url)
        store = await Store.open(url, new_id=new_id)
    except (SQLAlchemyError, LaterVersion, OSError, ValueError, OverflowError) as error:
        page.close()
        raise _unusable(database, keep=keep) from error
    try:
        # At once, since the program may end without a chance to say so.
        _remember(clock, moved)
        if is_fresh:
            await seed(store, TEAM, now=clock.now(), new_id=new_id)
        with socket.create_server(("127.0.0.1", 0)) as listener:
            app_port = listener.getsockname()[1]
            async with serve(ws, page) as served:
                ws.install(
                    InstalledApp.from_manifest(
                        manifest(command="/coach"),
                        app_id="A0COACHLOG",
                        bot_token=_TOKEN,
                        signing_secret=_SECRET,
                        request_url=f"http://127.0.0.1:{app_port}/slack/events",
                    )
                )
                # Each one given, so that none is taken from the environment.
                settings = Settings(
                    slack_bot_token=SecretStr(_TOKEN),
                    slack_app_token=None,
                    slack_signing_secret=SecretStr(_SECRET),
                    slack_client_id=None,
                    slack_client_secret=None,
                    slack_api_url=served.api_url,
                    database_url=url,
                    coachlog_host="127.0.0.1",
                    port=0,
                    coachlog_command="/coach",
                    coachlog_tick_seconds=_TICK_SECONDS,
                    coachlog_log_format="text",
                )
                _post_alerts(ws)
                async with running(settings, store, now=clock.now, listener=listener) as program:

                    async def next_due() -> dt.datetime | None:
                        return await store.next_due(clock.now())

                    ws.next_due = next_due
                    ws.catch_up = program.delivery.once
                    yield served, program
    finally:
        await store.close()


def _remember(clock: Clock, moved: Path) -> None:
    """Keep in that file how far the clock is moved, now and after each move."""

    def remember(_: object = None) -> None:
        moved.write_text(str(clock.offset.total_seconds()), "utf-8")

    remember()
    clock.watch(remember)


def _opening_clock(database: Path, *, keep: bool) -> Clock:
    """The operating system's time, for a fresh workspace from the next working hour on.

    At night and on weekends nobody is told anything, and it would look broken.
    """
    clock = Clock()
    if not (keep and database.exists()):
        now = clock.now()
        clock.advance(Calendar(zone_of(_ZONE)).into_hours(now) - now)
    return clock


def _post_alerts(ws: Workspace) -> None:
    channel = ws.conversations.get(CHANNEL)
    for poster, text in ALERTS:
        if channel is not None:
            say(ws, channel, ws.acting(poster), text)


def _cleared(database: Path, *, keep: bool) -> bool:
    """Whether there is nothing (left) from an earlier start."""
    if keep and database.exists():
        return False
    for suffix in ("", "-wal", "-shm"):
        database.with_name(database.name + suffix).unlink(missing_ok=True)
    return True


def _unusable(database: Path, *, keep: bool) -> Misconfigured:
    if keep:
        words = f"What {database} and its .clock hold can't be gone on with. Leave --keep out."
    else:
        words = f"{database} can't be written. Start in a folder that is yours, or delete it."
    return Misconfigured([words])


async def play(*, host: str, port: int, keep: bool) -> None:
    """Run until interrupted, and say where to look and what to try."""
    # The terminal is for the person who plays; only trouble is worth a line.
    logs.configure("text", level=logging.WARNING)
    for name in _PROXIES:
        # All that is talked to is in this process; Slack's clients would go through the proxy.
        os.environ.pop(name, None)
    with sole_runner(f"sqlite:///{DATABASE}", or_else="look for its page, which is open already"):
        await until_stopped(_playing(host=host, port=port, keep=keep))


async def _playing(*, host: str, port: int, keep: bool) -> None:
    async with playing(host=host, port=port, database=DATABASE, keep=keep) as (served, _):
        typer.echo(
            f"\nNorthwind Support is open at {served.url}/#user=U0SAM\n\n"
            "You are Sam, who supervises Billing. Type /coach @dana and log a session.\n"
            "Become Dana under “People” and acknowledge it; move the clock past the day that\n"
            "you agreed, become Sam again and decide. Ctrl-C ends it.\n"
            "Outside Dana's hours, nine to five in London, it waits: press Send now.\n"
        )
        await asyncio.Event().wait()
