"""The web server: Slack's requests, guarded, and whether the program lives and is ready."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from typing import Any

import uvicorn
from prometheus_client import CONTENT_TYPE_PLAIN_0_0_4
from slack_bolt.adapter.starlette.async_handler import to_starlette_response
from slack_bolt.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest
from sqlalchemy.exc import SQLAlchemyError
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from bot.guard import Refusal, admit, body_of
from bot.logs import logger, name_of
from bot.manifest import EVENTS_PATH

GRACE_SECONDS = 8
# What Bolt needs of a request; headers that steer Bolt itself stay outside.
_FORWARDED = (
    "content-type",
    "x-slack-request-timestamp",
    "x-slack-signature",
    "x-slack-retry-num",
    "x-slack-retry-reason",
)

Check = Callable[[], Awaitable[str]]


async def _no_figures() -> bytes:
    return b""


@dataclass(slots=True)
class Front:
    """What the server serves; filled in while the program starts.

    Attributes:
        signing_secret: None where Slack sends nothing over HTTP.
        figures: the program's figures in Prometheus's text format.
        app: the Bolt app, once there is one; until then Slack is asked to try again.
        checks: what must be in order before the program is ready; each answers "ok" or a reason.
        seconds: the operating system's time, against which signatures are checked.
        patience_seconds: how long the rest of a request, or a check, is waited for.
    """

    signing_secret: str | None
    figures: Callable[[], Awaitable[bytes]] = _no_figures
    app: AsyncApp | None = None
    checks: dict[str, Check] = field(default_factory=dict)
    seconds: Callable[[], float] = time.time
    patience_seconds: float = 3.0


def web_app(front: Front) -> Starlette:
    """The ASGI application."""

    async def events(request: Request) -> Response:
        try:
            async with asyncio.timeout(front.patience_seconds):
                body = await body_of(request.stream(), request.headers)
        except TimeoutError:
            body = Refusal(408, "too slow")
        except ClientDisconnect:
            return PlainTextResponse("", 400)
        admitted = (
            body
            if isinstance(body, Refusal)
            else admit(request.headers, body, secret=front.signing_secret, now=front.seconds())
        )
        if isinstance(admitted, Refusal) or isinstance(body, Refusal):
            refused = admitted if isinstance(admitted, Refusal) else Refusal(400, "body")
            logger().warning("request.refused", status=refused.status, reason=refused.why)
            return PlainTextResponse(refused.why, refused.status)
        if front.app is None:
            return PlainTextResponse("starting", 503, {"Retry-After": "5"})
        return to_starlette_response(
            await front.app.async_dispatch(_for_bolt(request, body, admitted))
        )

    async def healthz(_: Request) -> Response:
        return JSONResponse({"ok": True})

    async def state_of(check: Check) -> str:
        asking = asyncio.ensure_future(check())
        if (await asyncio.wait({asking}, timeout=front.patience_seconds))[0]:
            return asking.result()
        # And its end isn't waited for: a driver takes long to break off as well.
        asking.cancel()
        return "no answer"

    async def readyz(_: Request) -> Response:
        states = {name: await state_of(check) for name, check in front.checks.items()}
        if front.app is None:
            states["slack"] = "starting"
        ready = all(state == "ok" for state in states.values())
        return JSONResponse({"ok": ready, **states}, 200 if ready else 503)

    async def metrics(_: Request) -> Response:
        asking = asyncio.ensure_future(front.figures())
        if not (await asyncio.wait({asking}, timeout=front.patience_seconds))[0]:
            asking.cancel()
            return PlainTextResponse("no answer", 503)
        try:
            return Response(asking.result(), media_type=CONTENT_TYPE_PLAIN_0_0_4)
        except (SQLAlchemyError, OSError) as error:
            # Half of the figures would look like all of them.
            return PlainTextResponse(name_of(error), 503)

    return Starlette(
        routes=[
            Route(EVENTS_PATH, events, methods=["POST"]),
            Route("/healthz", healthz),
            Route("/readyz", readyz),
            Route("/metrics", metrics),
        ]
    )


def _for_bolt(request: Request, body: bytes, payload: Mapping[str, Any]) -> AsyncBoltRequest:
    """The request for Bolt, with the payload as it was parsed here.

    Bolt's own parser loses a command in which somebody typed the word "payload". Only in the mode
    of sockets does it take a parsed one; set back to HTTP it still checks the signature itself.
    """
    headers = {name: request.headers[name] for name in _FORWARDED if name in request.headers}
    made = AsyncBoltRequest(mode="socket_mode", body=dict(payload), headers=dict(headers))
    made.mode, made.raw_body = "http", body.decode("utf-8")
    return made


class _Server(uvicorn.Server):
    """A server inside a program that handles signals itself, and that says when it is up."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.up = asyncio.Event()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.up.set()


@dataclass(frozen=True, slots=True)
class Served:
    """Where the program listens, and the way to stop it."""

    url: str
    stop: Callable[[], Awaitable[None]]


@asynccontextmanager
async def serving(front: Front, listener: socket.socket) -> AsyncIterator[Served]:
    """Serve from the running event loop; at the end requests under way are finished."""
    # Handed on to each connection: the head and the body of an answer go out one after the other,
    # and the body would wait for the receipt of the head, which comes 40 ms later.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    config = uvicorn.Config(
        web_app(front),
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=GRACE_SECONDS,
    )
    server = _Server(config)
    running = asyncio.create_task(server.serve([listener]))

    async def stop() -> None:
        server.should_exit = True
        with contextlib.suppress(asyncio.CancelledError):
            await running

    host, port = listener.getsockname()[:2]
    try:
        await server.up.wait()
        yield Served(f"http://{host}:{port}", stop)
    finally:
        await stop()
        listener.close()
