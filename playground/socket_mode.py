"""Socket Mode: envelopes over web sockets, each to one of the app's connections.

Protocol: docs.slack.dev/apis/events-api/using-socket-mode.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count
from typing import Literal
from uuid import uuid4

from playground.shapes import is_record
from playground.wire import Json

CONNECTIONS_MAX = 10


@dataclass(slots=True, eq=False)
class Connection:
    """One open web socket of the app; `send` raises ConnectionError once it is closed."""

    app_id: str
    send: Callable[[Json], Awaitable[None]]
    hang_up: Callable[[], Awaitable[None]]
    waiting: dict[str, asyncio.Future[Json]] = field(default_factory=dict)

    def take(self, message: object) -> None:
        """An acknowledgement from the app; others than to an open envelope mean nothing."""
        if is_record(message):
            reply = self.waiting.pop(str(message.get("envelope_id")), None)
            if reply is not None and not reply.done():
                reply.set_result(message)


class Sockets:
    """The app's connections, at most ten; whoever asks is served by one of them in turn."""

    def __init__(self) -> None:
        self._tickets: dict[str, str] = {}
        self._connections: list[Connection] = []
        self._turn = count()

    def __len__(self) -> int:
        return len(self._connections)

    def ticket(self, app_id: str) -> str:
        """The right to connect once."""
        ticket = secrets.token_urlsafe(16)
        self._tickets[ticket] = app_id
        return ticket

    def redeem(self, ticket: str) -> str | None:
        return self._tickets.pop(ticket, None)

    async def join(self, connection: Connection) -> bool:
        """Greet a connection; False when the app has ten already."""
        if len(self._connections) >= CONNECTIONS_MAX:
            await connection.send({"type": "disconnect", "reason": "too_many_websockets"})
            return False
        self._connections.append(connection)
        await connection.send(
            {
                "type": "hello",
                "num_connections": len(self._connections),
                "debug_info": {
                    "host": "playground",
                    "build_number": 1,
                    "approximate_connection_time": 3600,
                },
                "connection_info": {"app_id": connection.app_id},
            }
        )
        return True

    def leave(self, connection: Connection) -> None:
        if connection in self._connections:
            self._connections.remove(connection)
        for reply in connection.waiting.values():
            reply.cancel()

    async def ask(
        self, app_id: str, kind: str, payload: Json, *, accepts_response: bool, extra: Json
    ) -> Json | None:
        """Send an envelope to one connection and wait for its reply; None when there is none."""
        open_ones = [one for one in self._connections if one.app_id == app_id]
        if not open_ones:
            return None
        connection = open_ones[next(self._turn) % len(open_ones)]
        envelope_id = str(uuid4())
        reply: asyncio.Future[Json] = asyncio.get_running_loop().create_future()
        connection.waiting[envelope_id] = reply
        try:
            await connection.send(
                {
                    "envelope_id": envelope_id,
                    "payload": payload,
                    "type": kind,
                    "accepts_response_payload": accepts_response,
                    **extra,
                }
            )
            await asyncio.wait([reply])
            return None if reply.cancelled() else reply.result()
        except ConnectionError:
            self.leave(connection)
            return None
        finally:
            connection.waiting.pop(envelope_id, None)

    async def disconnect(
        self, reason: Literal["warning", "refresh_requested", "link_disabled"]
    ) -> None:
        """Tell every connection to go; all but a warning end it."""
        farewell = {"type": "disconnect", "reason": reason, "debug_info": {"host": "playground"}}
        for connection in tuple(self._connections):
            with suppress(ConnectionError):
                await connection.send(farewell)
            if reason != "warning":
                self.leave(connection)
                await connection.hang_up()

    async def cut(self) -> None:
        """Break every connection without a word."""
        for connection in tuple(self._connections):
            self.leave(connection)
            await connection.hang_up()
