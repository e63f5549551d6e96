"""The workspace as a web server: Web API, Socket Mode, response URLs, the page and its requests."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route, WebSocketRoute
from starlette.staticfiles import StaticFiles
from starlette.websockets import WebSocket, WebSocketDisconnect
from uvicorn.protocols.http.h11_impl import H11Protocol

from playground import answers, page_api, web_api
from playground.socket_mode import Connection
from playground.wire import ApiError, Json, compact, parsed
from playground.workspace import Workspace

# Addresses that one can listen at but not call.
_EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - compared with, not listened at
# RuntimeError is Starlette's word for a socket that this side closed.
# KeyError is its word for a frame that is not text.
_HUNG_UP = (WebSocketDisconnect, RuntimeError)
_PAGE = Path(__file__).parent / "static"


def create_app(ws: Workspace) -> Starlette:
    """The ASGI application. `ws.url` must be the address at which it will be reached."""

    async def api(request: Request) -> Response:
        reply = await web_api.answer(ws, request.path_params["method"], request)
        if reply.dropped:
            request.state.transport.abort()
        headers = {"X-OAuth-Scopes": ",".join(sorted(ws.app.scopes))}
        if reply.retry_after is not None:
            headers["Retry-After"] = str(reply.retry_after)
        return JSONResponse(reply.body, reply.status, headers)

    async def response_url(request: Request) -> Response:
        try:
            answers.respond(ws, request.path_params["key"], _read(await request.body()))
        except ApiError as refused:
            status = 404 if refused.error.endswith("_url") else 400
            return JSONResponse(refused.answer(), status)
        return JSONResponse({"ok": True})

    async def link(websocket: WebSocket) -> None:
        app_id = ws.sockets.redeem(websocket.query_params.get("ticket", ""))
        if app_id is None:
            await websocket.close()
            return
        await websocket.accept()
        await _serve_socket(ws, websocket, app_id)

    async def page(_: Request) -> Response:
        return FileResponse(_PAGE / "index.html")

    ws.journal.watch(lambda _: ws.stream.tell_all({"type": "traffic"}))
    routes: list[BaseRoute] = [
        Route("/api/{method}", api, methods=["GET", "POST"]),
        Route("/response/{team}/{key}", response_url, methods=["POST"]),
        WebSocketRoute("/link/", link),
        *page_api.routes(ws),
    ]
    if _PAGE.is_dir():
        routes += [Route("/", page), Mount("/static", StaticFiles(directory=_PAGE))]
    return Starlette(routes=routes)


def _read(raw: bytes) -> object:
    try:
        return parsed(raw)
    except ValueError:
        return None


async def _serve_socket(ws: Workspace, websocket: WebSocket, app_id: str) -> None:
    async def send(message: Json) -> None:
        try:
            await websocket.send_text(compact(message))
        except _HUNG_UP as gone:
            raise ConnectionError("the app's web socket is closed") from gone

    async def hang_up() -> None:
        with contextlib.suppress(*_HUNG_UP):
            await websocket.close()

    connection = Connection(app_id, send, hang_up)
    try:
        if not await ws.sockets.join(connection):
            await hang_up()
        while True:
            connection.take(_read((await websocket.receive_text()).encode()))
    except (*_HUNG_UP, ConnectionError, KeyError):
        await hang_up()
    finally:
        ws.sockets.leave(connection)


class _Protocol(H11Protocol):
    """HTTP that shows each request its connection, so that a fault can break it."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # as the parent
        self.app_state = {**self.app_state, "transport": transport}
        super().connection_made(transport)


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
    """Where a workspace is reached."""

    url: str

    @property
    def api_url(self) -> str:
        return f"{self.url}/api/"


@asynccontextmanager
async def serve(ws: Workspace, listener: socket.socket | None = None) -> AsyncIterator[Served]:
    """Serve the workspace from the running event loop, at a free port unless told where."""
    listener = listener or socket.create_server(("127.0.0.1", 0))
    host, port = listener.getsockname()[:2]
    reached_at = _EVERYWHERE.get(host, host)
    ws.is_local = ip_address(host).is_loopback
    ws.url = f"http://[{reached_at}]:{port}" if ":" in reached_at else f"http://{reached_at}:{port}"
    # Without a log configuration of its own: how this process logs is its host's affair.
    settings: dict[str, Any] = {
        "lifespan": "off",
        "log_config": None,
        "log_level": "warning",
        "access_log": False,
    }
    server = _Server(
        uvicorn.Config(create_app(ws), http=_Protocol, ws="websockets-sansio", **settings)
    )
    running = asyncio.create_task(server.serve([listener]))
    try:
        await server.up.wait()
        yield Served(ws.url)
    finally:
        ws.stream.close()
        server.should_exit = True
        with contextlib.suppress(asyncio.CancelledError):
            await running
        await ws.close()
        listener.close()
