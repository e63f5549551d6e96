"""Delivery: what is due is claimed and handed to the lanes, at each commit and each tick."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from contextlib import suppress

from sqlalchemy.exc import SQLAlchemyError

from bot.lanes import Lanes
from bot.logs import logger, name_of, where
from bot.sending import Means, Sending
from storage.store import Claimed

BATCH = 25
"""Claimed at once; a lane holds no more than that beyond what it has in work."""
GRACE_SECONDS = 8.0
_SOON_SECONDS = 60.0


class Delivery:
    """Sends what is due. `run` until stopped, or `once` to send what is due now."""

    def __init__(self, means: Means) -> None:
        self.means = means
        self._wake = asyncio.Event()
        self._freed = asyncio.Event()
        self._planning = asyncio.Lock()
        self._stopping = False
        self._cut_off_at = 0.0
        self._lanes = Lanes(Sending(means, self._soon), self._room)

    def wake(self) -> None:
        """Look for what is due; called by the tick."""
        self._wake.set()

    async def run(self) -> None:
        """Send what is due at each wake-up: a commit that wrote notices, or the tick."""
        store = self.means.store
        while not self._stopping:
            store.woken.clear()
            self._wake.clear()
            began = time.perf_counter()
            try:
                while await self._claim():
                    pass
            except (SQLAlchemyError, OSError) as error:
                logger().error("delivery.no_database", error=name_of(error))
            except Exception as error:  # noqa: BLE001 - a bug must not end all deliveries
                logger().error("delivery.failed", error=name_of(error), where=where(error))
            self.means.metrics.ticked(time.perf_counter() - began)
            if not self._stopping:
                await _first_of(store.woken, self._wake)

    async def once(self) -> int:
        """Send everything that is due now; how many notices were looked at."""
        looked_at = 0
        while not self._stopping:
            claimed = await self._claim()
            looked_at += len(claimed)
            if self._lanes.is_idle:
                if not claimed:
                    break
                continue
            self._freed.clear()
            await self._freed.wait()
        return looked_at

    def close(self) -> None:
        """Begin nothing more; what is in work has `GRACE_SECONDS` from now."""
        if not self._stopping:
            self._stopping = True
            self._cut_off_at = asyncio.get_running_loop().time() + GRACE_SECONDS
            self._wake.set()

    async def stop(self) -> None:
        """Close, give back what was not begun, and wait until the rest is sent and marked.

        What takes longer than the grace is left as being sent: whoever takes it up looks whether
        it was.
        """
        self.close()
        await self._give_back(self._lanes.empty())
        await self._lanes.end(max(self._cut_off_at - asyncio.get_running_loop().time(), 0.0))

    async def _claim(self) -> Sequence[Claimed]:
        """Claim once, for the lanes that have room."""
        if self._stopping:
            return ()
        async with self._planning:
            # Whoever comes second waits for it: a letter is to find all that is due.
            try:
                await self.means.plan()
            except (SQLAlchemyError, OSError):
                raise
            except Exception as error:  # noqa: BLE001 - what can't be planned holds up nothing else
                logger().error("plan.failed", error=name_of(error), where=where(error))
        now = self.means.now()
        claimed = await self.means.store.claim(
            now, limit=BATCH, lease=self.means.lease, without=self._lanes.full(now)
        )
        if self._stopping:
            await self._give_back(claimed)
            return ()
        await self._lanes.take(claimed)
        return claimed

    async def _give_back(self, claimed: Sequence[Claimed]) -> None:
        with suppress(SQLAlchemyError, OSError):
            await self.means.store.release(claimed)

    def _room(self, is_there: bool) -> None:  # noqa: FBT001 - a callback's one argument
        self._freed.set()
        if is_there:
            self._wake.set()

    def _soon(self, seconds: float) -> None:
        if seconds <= _SOON_SECONDS:
            # The tick may come much later than that.
            asyncio.get_running_loop().call_later(seconds + 0.01, self.wake)


async def _first_of(*events: asyncio.Event) -> None:
    waiting = [asyncio.ensure_future(event.wait()) for event in events]
    try:
        await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for one in waiting:
            one.cancel()
        for one in waiting:
            with suppress(asyncio.CancelledError):
                await one
