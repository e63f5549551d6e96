"""What the open pages are told as it happens, per person."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress

from playground.wire import Json

EVERYBODY = "*"


class Stream:
    """Fans out changes to every open page of a person."""

    def __init__(self) -> None:
        self._listeners: dict[str, set[asyncio.Queue[Json | None]]] = {}
        self._closed = False

    def tell(self, user_id: str, change: Json) -> None:
        for queue in self._listeners.get(user_id, ()):
            queue.put_nowait(change)

    def tell_all(self, change: Json) -> None:
        for user_id in self._listeners.keys() - {EVERYBODY}:
            self.tell(user_id, change)

    def close(self) -> None:
        """End every open page's stream, so that the server can stop."""
        self._closed = True
        for queues in self._listeners.values():
            for queue in queues:
                queue.put_nowait(None)

    async def changes(
        self, user_id: str, beat_seconds: float, *, everybody: bool = False
    ) -> AsyncIterator[Json | None]:
        """Changes for one page as they come; None when nothing happened for a beat.

        With `everybody` also what is told of all people.
        """
        if self._closed:
            return
        queue: asyncio.Queue[Json | None] = asyncio.Queue()
        keys = (user_id, EVERYBODY) if everybody else (user_id,)
        for key in keys:
            self._listeners.setdefault(key, set()).add(queue)
        try:
            while not self._closed or not queue.empty():
                change: Json | None = None
                with suppress(TimeoutError):
                    change = await asyncio.wait_for(queue.get(), beat_seconds)
                    if change is None:
                        return
                yield change
        finally:
            for key in keys:
                self._listeners[key].discard(queue)
