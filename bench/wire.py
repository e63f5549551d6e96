"""HTTP with as little work as can be: what it costs here is not to be seen in what is measured."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from time import perf_counter, time
from typing import Any
from urllib.parse import urlencode, urlsplit

from bench.measuring import NotMeasured

TEAM, BOT_USER = "T0", "U0BOT"
_LENGTH = re.compile(rb"(?i)\r\ncontent-length: *(\d+)")
_TRIGGER = re.compile(rb'"trigger_id": *"([^"]+)"')
_HEAD_END = b"\r\n\r\n"
_ANSWER_SECONDS = 30.0

Json = dict[str, Any]


class _Messages(asyncio.Protocol):
    """One kept connection, on which one message at a time comes in whole."""

    transport: asyncio.Transport

    def __init__(self) -> None:
        self._held = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)  # noqa: S101 - of TCP it always is
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        self._held += data
        while (end := self._held.find(_HEAD_END)) >= 0:
            head = self._held[:end]
            length = _LENGTH.search(head)
            whole = end + len(_HEAD_END) + (int(length[1]) if length else 0)
            if len(self._held) < whole:
                return
            body, self._held = self._held[end + len(_HEAD_END) : whole], self._held[whole:]
            self.came(head.partition(b"\r\n")[0], body)

    def came(self, line: bytes, body: bytes) -> None:
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back; `sent` and `came` are seconds of the clock that calls are timed with."""

    status: int
    body: bytes
    sent: float
    came: float

    @property
    def took(self) -> float:
        return self.came - self.sent


class Connection(_Messages):
    """A connection to an app, kept from one request to the next."""

    def __init__(self) -> None:
        super().__init__()
        self._sent = 0.0
        self._waiting: asyncio.Future[Answer] | None = None

    async def ask(self, request: bytes) -> Answer:
        self._waiting = asyncio.get_running_loop().create_future()
        self._sent = perf_counter()
        self.transport.write(request)
        return await asyncio.wait_for(self._waiting, _ANSWER_SECONDS)

    def came(self, line: bytes, body: bytes) -> None:
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_result(Answer(int(line.split()[1]), body, self._sent, perf_counter()))

    def connection_lost(self, _error: Exception | None) -> None:
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_exception(NotMeasured("The app hung up."))


@asynccontextmanager
async def connected(url: str, many: int) -> AsyncIterator[list[Connection]]:
    """So many connections to the app at that address."""
    loop, parts = asyncio.get_running_loop(), urlsplit(url)
    made = [
        (await loop.create_connection(Connection, parts.hostname or "", parts.port or 0))[1]
        for _ in range(many)
    ]
    try:
        yield made
    finally:
        for one in made:
            one.transport.close()


@dataclass(frozen=True, slots=True)
class Call:
    """A call of the Web API, and when it had come in whole."""

    method: str
    body: bytes
    at: float

    @property
    def view(self) -> Json:
        told: Json = json.loads(self.body)["view"]
        return told


@dataclass(slots=True)
class Counterpart:
    """Slack's Web API as far as it is called here: it answers at once, and keeps what it was told.

    Attributes:
        url: the Web API's address.
        calls: those that carry a trigger, by trigger.
        others: how many calls carried none.
    """

    url: str = ""
    calls: dict[str, list[Call]] = field(default_factory=dict)
    others: int = 0

    def answer(self, method: str, body: bytes) -> bytes:
        at = perf_counter()
        trigger = _TRIGGER.search(body)
        if trigger is None:
            self.others += 1
        else:
            self.calls.setdefault(trigger[1].decode(), []).append(Call(method, body, at))
        return _ANSWERS.get(method, b'{"ok":true}')


_ANSWERS = {
    "auth.test": json.dumps(
        {"ok": True, "team_id": TEAM, "team": "Bench", "user_id": BOT_USER, "bot_id": "B0BOT"}
    ).encode(),
    "views.open": b'{"ok":true,"view":{"id":"V1","hash":"1.a"}}',
}


class _Called(_Messages):
    def __init__(self, answer: Callable[[str, bytes], bytes]) -> None:
        super().__init__()
        self._answer = answer

    def came(self, line: bytes, body: bytes) -> None:
        told = self._answer(line.split()[1].rpartition(b"/")[2].decode(), body)
        head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(told)}"
        self.transport.write(head.encode() + _HEAD_END + told)


@asynccontextmanager
async def counterpart() -> AsyncIterator[Counterpart]:
    """A Web API that answers while the block lasts."""
    made = Counterpart()
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: _Called(made.answer), "127.0.0.1", 0)
    made.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/api/"
    try:
        yield made
    finally:
        server.close()


def signed(fields: Json, *, secret: str) -> bytes:
    """A request with those form fields, signed now as Slack does."""
    body, seconds = urlencode(fields).encode(), int(time())
    base = f"v0:{seconds}:".encode() + body
    signature = hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()
    head = (
        "POST /slack/events HTTP/1.1\r\nHost: 127.0.0.1\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\n"
        f"X-Slack-Request-Timestamp: {seconds}\r\nX-Slack-Signature: v0={signature}\r\n"
        f"Content-Length: {len(body)}"
    )
    return head.encode() + _HEAD_END + body
