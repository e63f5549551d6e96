"""Bringing payloads to the app: signed HTTP requests, or Socket Mode envelopes, three seconds each.

Signing: docs.slack.dev/authentication/verifying-requests-from-slack.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias
from urllib.parse import urlencode

import aiohttp

from playground.installation import InstalledApp
from playground.socket_mode import Sockets
from playground.wire import Json, Trouble, compact, parsed

Kind: TypeAlias = Literal["slash_commands", "interactive", "events_api"]


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: parsed JSON, text or None; `error` is Slack's word for why there is none.

    `reason` is the same in the words of the x-slack-retry-reason header.
    """

    body: object = None
    error: str = ""
    reason: str = ""
    may_retry: bool = True
    ms: float = 0.0

    @property
    def ok(self) -> bool:
        return not self.error

    @property
    def is_unreached(self) -> bool:
        """Whether nobody was there to answer."""
        return self.reason == "connection_failed"

    def trouble(self, app: InstalledApp, words: str) -> Trouble:
        """What a person sees instead of an answer: Slack's words, and why when nobody is there.

        Slack would not say why; here it is the app's developer who looks.
        """
        why = f" {unreached(app)}" if self.is_unreached else ""
        return Trouble(self.error, words + why)


@dataclass(frozen=True, slots=True)
class Retry:
    """Which repetition of an event this is, and why."""

    number: int
    reason: str


def unreached(app: InstalledApp) -> str:
    """What a person is told while the app is not there."""
    return f"{app.name} can't be reached. Is it running?"


def signature(secret: str, timestamp: str, body: bytes) -> str:
    """Slack's v0 signature of a request body."""
    base = b"v0:" + timestamp.encode() + b":" + body
    return "v0=" + hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()


class Delivery:
    """Sends one payload and waits for its answer, at most `ack_seconds`.

    `signing_time` is the operating system's time, not the workspace's clock: an app checks the
    signature's age with its own system's time.
    """

    def __init__(
        self,
        sockets: Sockets,
        ack_seconds: float,
        signing_time: Callable[[], float] = time.time,
    ) -> None:
        self.ack_seconds = ack_seconds
        self._sockets = sockets
        self._signing_time = signing_time
        self._session: aiohttp.ClientSession | None = None

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def send(
        self, app: InstalledApp, kind: Kind, payload: Json, url: str, retry: Retry | None = None
    ) -> Answer:
        started = time.monotonic()
        try:
            async with asyncio.timeout(self.ack_seconds):
                if app.uses_sockets:
                    answer = await self._over_socket(app, kind, payload, retry)
                else:
                    answer = await self._over_http(app, kind, payload, url, retry)
        except TimeoutError:
            answer = Answer(error="operation_timeout", reason="http_timeout")
        except (aiohttp.ClientError, ValueError) as failure:
            # ValueError: an address that is none, as in a manifest without request URLs.
            answer = Answer(error="dispatch_failed", reason=_reason(failure))
        took = (time.monotonic() - started) * 1000
        return Answer(answer.body, answer.error, answer.reason, answer.may_retry, took)

    async def _over_socket(
        self, app: InstalledApp, kind: Kind, payload: Json, retry: Retry | None
    ) -> Answer:
        extra: Json = {}
        if kind == "events_api":
            extra = {
                "retry_attempt": retry.number if retry else 0,
                "retry_reason": retry.reason if retry else "",
            }
        reply = await self._sockets.ask(
            app.id, kind, payload, accepts_response=kind != "events_api", extra=extra
        )
        if reply is None:
            return Answer(error="dispatch_failed", reason="connection_failed")
        return Answer(reply.get("payload"))

    async def _over_http(
        self, app: InstalledApp, kind: Kind, payload: Json, url: str, retry: Retry | None
    ) -> Answer:
        content_type, body = _encoded(kind, payload)
        timestamp = str(int(self._signing_time()))
        headers = {
            "Content-Type": content_type,
            "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
            "X-Slack-Request-Timestamp": timestamp,
            "X-Slack-Signature": signature(app.signing_secret, timestamp, body),
        }
        if retry is not None:
            headers["X-Slack-Retry-Num"] = str(retry.number)
            headers["X-Slack-Retry-Reason"] = retry.reason
        if self._session is None:
            # A kept connection may be closed by the app just as it is used, which is no fault
            # that Slack's own delivery shows.
            self._session = aiohttp.ClientSession(connector=aiohttp.TCPConnector(force_close=True))
        async with self._session.post(
            url, data=body, headers=headers, allow_redirects=False
        ) as response:
            raw = await response.read()
            may_retry = response.headers.get("X-Slack-No-Retry") != "1"
            if response.status // 100 != 2:
                return Answer(error="dispatch_failed", reason="http_error", may_retry=may_retry)
            return Answer(_decoded(raw, response.headers))


def _reason(failure: Exception) -> str:
    connection = isinstance(failure, aiohttp.ClientConnectionError)
    return "connection_failed" if connection else "unknown_error"


def _encoded(kind: Kind, payload: Json) -> tuple[str, bytes]:
    if kind == "events_api":
        return "application/json", compact(payload).encode()
    fields = payload if kind == "slash_commands" else {"payload": compact(payload)}
    return "application/x-www-form-urlencoded", urlencode(fields).encode()


def _decoded(raw: bytes, headers: Mapping[str, str]) -> object:
    if not raw:
        return None
    text = raw.decode(errors="replace")
    if "json" not in headers.get("Content-Type", ""):
        return text
    try:
        return parsed(text)
    except ValueError:
        return text
