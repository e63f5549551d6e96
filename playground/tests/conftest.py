from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from playground import Channel, Clock, InstalledApp, Served, Team, User, Workspace, serve
from playground.testing.person import Person
from playground.tests import toy as toys

CHANNEL = "C0QA"
DANA = User(
    id="U0DANA",
    name="dana",
    real_name="Dana Whitfield",
    tz="Europe/London",
    title="Agent",
    email="dana@example.com",
)
SAM = User(id="U0SAM", name="sam", real_name="Sam Okafor", tz="America/New_York", is_admin=True)
GONE = User(id="U0GONE", name="gone", real_name="Gone Away", deleted=True)
GUEST = User(id="U0GUEST", name="guest", real_name="Guest Agent", is_restricted=True)


@dataclass
class Monotonic:
    """Time for trigger ids that a test moves."""

    seconds: float = 1000.0

    def __call__(self) -> float:
        return self.seconds


@dataclass
class World:
    """A served workspace with the toy app in it, and people."""

    ws: Workspace
    server: Served
    toy: toys.Toy
    monotonic: Monotonic

    @property
    def dana(self) -> Person:
        return Person(self.server.url, DANA.id)

    @property
    def sam(self) -> Person:
        return Person(self.server.url, SAM.id)

    async def api(self, method: str, token: str = toys.BOT_TOKEN, **args: object) -> toys.Json:
        """Call the Web API with JSON, giving back the answer whether it is ok or not."""
        async with aiohttp.request(
            "POST",
            self.server.api_url + method,
            json=args,
            headers={"Authorization": f"Bearer {token}"} if token else {},
        ) as response:
            answer: toys.Json = await response.json()
            return answer


def workspace(monotonic: Monotonic, **options: Any) -> Workspace:
    ws = Workspace(
        team=Team(id="T0TOYS", name="Toys", domain="toys"),
        clock=Clock(),
        monotonic=monotonic,
        **options,
    )
    for user in (DANA, SAM, GONE, GUEST):
        ws.add_user(user)
    ws.add_channel(Channel(id=CHANNEL, name="qa-alerts", members=(DANA.id, SAM.id)))
    return ws


def install(
    ws: Workspace, request_url: str | None, manifest: toys.Json = toys.MANIFEST
) -> InstalledApp:
    app = InstalledApp.from_manifest(
        manifest,
        app_id="A0TOY",
        bot_token=toys.BOT_TOKEN,
        signing_secret=toys.SIGNING_SECRET,
        app_token=toys.APP_TOKEN,
        request_url=request_url,
    )
    ws.install(app)
    return app


@asynccontextmanager
async def running(app: web.Application) -> AsyncIterator[str]:
    """The app's own server on a free port: its address."""
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    try:
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        yield f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events"
    finally:
        await runner.cleanup()


@asynccontextmanager
async def a_world(**options: Any) -> AsyncIterator[World]:
    """A workspace with the toy app reached by HTTP."""
    monotonic = Monotonic()
    ws = workspace(monotonic, **options)
    async with serve(ws) as server:
        toy = toys.build(server.api_url)
        async with running(toy.app.web_app("/slack/events")) as request_url:
            install(ws, request_url)
            yield World(ws, server, toy, monotonic)


@pytest.fixture
async def world() -> AsyncIterator[World]:
    async with a_world() as made:
        yield made
