"""Socket Mode: a connection that is kept up, watched, and closed when nothing is under way."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import aiohttp
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest

from bot.logs import logger
from bot.slack import TRANSIENT, WORLD, client, told_by
from bot.trouble import Misconfigured

PING_SECONDS = 10.0
_GRACE_SECONDS = 8.0
_LONGEST_WAIT = 30.0


class _Handler(AsyncSocketModeHandler):
    """Bolt's handler, which also knows whether something is under way."""

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type] # handed through as they are
        self.under_way = 0
        self.idle = asyncio.Event()
        self.idle.set()

    async def handle(self, client: AsyncBaseSocketModeClient, req: SocketModeRequest) -> None:
        self.under_way += 1
        self.idle.clear()
        try:
            await super().handle(client, req)  # type: ignore[arg-type] # as the parent's parent
        finally:
            self.under_way -= 1
            if not self.under_way:
                self.idle.set()


@dataclass(slots=True)
class Socket:
    """The connection to Slack."""

    _handler: _Handler

    async def is_connected(self) -> bool:
        return bool(await self._handler.client.is_connected())


@asynccontextmanager
async def connected(
    app: AsyncApp,
    *,
    app_token: str,
    api_url: str,
    session: aiohttp.ClientSession,
    ping_seconds: float = PING_SECONDS,
) -> AsyncIterator[Socket]:
    """Keep a Socket Mode connection up while the block lasts.

    Raises:
        Misconfigured: Slack refuses the app-level token.
    """
    handler = _Handler(
        app,
        app_token,
        logger=_silent(),
        web_client=client(session, token=None, api_url=api_url),
        ping_interval=ping_seconds,
    )
    try:
        # The client fetches an address by itself, but would try a refused token for ever.
        handler.client.wss_uri = await _first_address(handler, app_token)
        connecting = asyncio.create_task(handler.client.connect())  # type: ignore[no-untyped-call]  # the SDK leaves it untyped
        watching = asyncio.create_task(_watch(handler, ping_seconds))
        try:
            yield Socket(handler)
        finally:
            watching.cancel()
            connecting.cancel()
            await asyncio.gather(watching, connecting, return_exceptions=True)
            try:
                async with asyncio.timeout(_GRACE_SECONDS):
                    await handler.idle.wait()
            except TimeoutError:
                logger().warning("socket.cut_off", reason="requests were still under way")
    finally:
        await handler.client.close()  # type: ignore[no-untyped-call]  # the SDK leaves it untyped


async def _first_address(handler: _Handler, app_token: str) -> str:
    wait = 1.0
    while True:
        try:
            answer = await handler.client.web_client.apps_connections_open(app_token=app_token)
            return str(answer["url"])
        except WORLD as error:
            told = told_by(error)
            if told.failure not in TRANSIENT:
                words = (
                    f"SLACK_APP_TOKEN is refused by Slack ({told.error}). It needs the scope "
                    "connections:write, and Socket Mode switched on for the app."
                )
                raise Misconfigured([words]) from error
            logger().warning("socket.no_address", reason=told.error, retry_in=wait)
            await asyncio.sleep(max(wait, told.retry_after))
            wait = min(wait * 2, _LONGEST_WAIT)


async def _watch(handler: _Handler, ping_seconds: float) -> None:
    """Say when the connection comes and goes, one line each."""
    was_up: bool | None = None
    while True:
        is_up = bool(await handler.client.is_connected())
        if is_up and not was_up:
            logger().info("socket.connected")
        elif was_up and not is_up:
            logger().warning("socket.lost")
        if not is_up:
            # An address is good for one connection; without this the client would go on trying
            # the one that it has.
            handler.client.wss_uri = None
        was_up = is_up
        await asyncio.sleep(min(1.0, ping_seconds))


def _silent() -> logging.Logger:
    """The client's logger: it prints envelopes, and a traceback at each failed attempt."""
    silent = logging.getLogger("slack_sdk.socket_mode.coachlog")
    silent.setLevel(logging.CRITICAL)
    return silent
