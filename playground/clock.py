"""The workspace's clock: the operating system's time plus an offset that only moves forward."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

_END = datetime(2200, 1, 1, tzinfo=UTC)


def _system_now() -> datetime:
    return datetime.now(UTC)  # noqa: TID251 - the one place in the playground that reads the clock


class Clock:
    """Time that can be moved forward. `now()` is aware and in UTC."""

    def __init__(self, source: Callable[[], datetime] = _system_now) -> None:
        self.offset = timedelta()
        self._source = source
        self._watchers: list[Callable[[datetime], None]] = []

    def now(self) -> datetime:
        return self._source() + self.offset

    def epoch(self) -> float:
        return self.now().timestamp()

    def advance(self, by: timedelta) -> None:
        """Move forward; ValueError for a step back, which no real clock would take, or beyond 2199.

        Times of Slack's have ten digits, and apps count on from what they are told.
        """
        self.check(by)
        self.offset += by
        for watcher in self._watchers:
            watcher(self.now())

    def check(self, by: timedelta) -> None:
        """ValueError where `advance` would raise it."""
        if by < timedelta():
            raise ValueError(f"the clock cannot go back by {-by}")
        if by > _END - self.now():
            raise ValueError(f"the clock cannot go beyond {_END}")

    def watch(self, watcher: Callable[[datetime], None]) -> None:
        """Have `watcher` told the new time after each move."""
        self._watchers.append(watcher)
