"""Every call to Slack's Web API, whoever makes it: held back where Slack asked for it, and counted.

It stands in the HTTP session, since Bolt makes clients of its own.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass

import aiohttp

from bot.limits import Busy, Limits, retry_after

_BEGINNING = 40
"""Bytes within which Slack's answers say that all is well."""

UNSENT = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError)
"""What a call ends in that never left: there was nobody to send it to."""


@dataclass(frozen=True, slots=True)
class Calls:
    """A middleware of the HTTP session.

    Attributes:
        api_url: the Web API's address, with a slash at its end; other requests are let through.
        count: is told the method and its result: "ok", Slack's word for the error, "limited",
            "held_back", "unreachable" (nothing was sent), "lost" (it may have had its effect), or
            "http_503" and the like.
    """

    api_url: str
    limits: Limits
    count: Callable[[str, str], None]

    async def __call__(
        self, request: aiohttp.ClientRequest, handler: aiohttp.ClientHandlerType
    ) -> aiohttp.ClientResponse:
        address = str(request.url)
        if not address.startswith(self.api_url):
            return await handler(request)
        method = address.removeprefix(self.api_url).partition("?")[0]
        caller = request.headers.get("Authorization", "").removeprefix("Bearer ")
        if seconds := self.limits.left(caller, method):
            self.count(method, "held_back")
            raise Busy(seconds)
        try:
            response = await handler(request)
            body = await response.read()
        except UNSENT:
            self.count(method, "unreachable")
            raise
        except (aiohttp.ClientError, TimeoutError, OSError):
            self.count(method, "lost")
            raise
        if response.status == 429:
            self.limits.remember(caller, method, retry_after(response.headers))
        self.count(method, _result(response.status, body))
        return response


def _result(status: int, body: bytes) -> str:
    if status == 429:
        return "limited"
    if b'"ok":true' in body[:_BEGINNING].replace(b" ", b""):
        return "ok"
    if status >= 400:
        return f"http_{status}"
    try:
        told = json.loads(body)
    except ValueError:
        return "no_json"
    if not isinstance(told, dict):
        return "no_json"
    return "ok" if told.get("ok") else str(told.get("error") or "no_error")
