"""Response URLs: five answers within thirty minutes, to the place where something was done.

Rules: docs.slack.dev/interactivity/handling-user-interaction#message_responses.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from playground.clock import Clock
from playground.wire import ApiError

LIFETIME = timedelta(minutes=30)
USES_MAX = 5


@dataclass(slots=True)
class ResponseUrl:
    """Where an answer goes: the channel, the person, the message acted on if there was one."""

    channel_id: str
    user_id: str
    message_ts: str | None
    issued: datetime
    uses: int = 0


class ResponseUrls:
    """Issued response URLs, by their secret part."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._issued: dict[str, ResponseUrl] = {}

    def issue(self, channel_id: str, user_id: str, message_ts: str | None = None) -> str:
        key = secrets.token_urlsafe(24)
        self._issued[key] = ResponseUrl(channel_id, user_id, message_ts, self._clock.now())
        return key

    def check(self, key: str) -> ResponseUrl:
        """The URL's purpose, if it may still be used; it is used up by `count_use`.

        Raises:
            ApiError: unknown, too old or used too often.
        """
        url = self._issued.get(key)
        if url is None:
            raise ApiError("invalid_url")
        if self._clock.now() - url.issued > LIFETIME:
            raise ApiError("expired_url")
        if url.uses >= USES_MAX:
            raise ApiError("used_url")
        return url
