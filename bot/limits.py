"""What Slack asked to wait for: per method and installation, remembered by the whole program."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Any

import aiohttp


class Busy(aiohttp.ClientError):
    """A call that was not made: Slack asked for `seconds` more without that method."""

    def __init__(self, seconds: float) -> None:
        super().__init__("Slack asked to wait")
        self.seconds = seconds


class Limits:
    """Until when which method must not be called. Slack limits each method in each workspace.

    `caller` is what tells workspaces apart: the token. `seconds` is a clock that nobody can set.
    """

    def __init__(self, seconds: Callable[[], float] = time.monotonic) -> None:
        self._seconds = seconds
        self._until: dict[tuple[str, str], float] = {}

    def remember(self, caller: str, method: str, retry_after: float) -> None:
        until = self._seconds() + retry_after
        self._until[caller, method] = max(until, self._until.get((caller, method), 0.0))

    def left(self, caller: str, method: str) -> float:
        """For how many seconds the method must not be called; 0 where it may be."""
        until = self._until.get((caller, method))
        if until is None:
            return 0.0
        left = until - self._seconds()
        if left <= 0:
            del self._until[caller, method]
        return max(left, 0.0)


def retry_after(headers: Mapping[str, Any]) -> float:
    """The seconds that an answer asks to wait; 1 where it doesn't say."""
    for name, value in headers.items():
        if name.lower() == "retry-after":
            text = str(value[0] if isinstance(value, list) else value)
            return float(text) if text.replace(".", "", 1).isdecimal() else 1.0
    return 1.0
