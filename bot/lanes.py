"""Lanes: one for each workspace, so that one that is slow, limited or gone holds up no other."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from sqlalchemy.exc import SQLAlchemyError

from bot.logs import logger, name_of, where
from bot.sending import REVOKED_SECONDS, Sending
from bot.slack import CALL_SECONDS
from storage.store import Claimed

AT_ONCE = 8
"""Receivers of one workspace that are told side by side."""
QUEUE = 8
"""Messages of one receiver that wait in memory; what is more waits in the database."""


@dataclass(slots=True)
class Lane:
    """What one workspace's receivers are told: each of them one message after the other.

    Attributes:
        freed: called when a receiver has nothing in work any more, with whether that makes room.
        busy: how many receivers have something in work; those that rest between two messages don't.
        shut_until: until when the workspace lets nothing in.
    """

    sending: Sending
    freed: Callable[[bool], None]
    busy: int = 0
    shut_until: dt.datetime | None = None
    tasks: set[asyncio.Task[None]] = field(default_factory=set)
    _queues: dict[str, deque[Claimed]] = field(default_factory=dict)
    _room: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))
    _ending: asyncio.Event = field(default_factory=asyncio.Event)

    def is_full(self, now: dt.datetime) -> bool:
        """Whether nothing more is to be claimed for it now."""
        is_shut = self.shut_until is not None and now < self.shut_until
        return is_shut or self.busy >= AT_ONCE

    @property
    def is_idle(self) -> bool:
        return not self.busy and not any(self._queues.values())

    async def take(self, claimed: Claimed) -> None:
        queue = self._queues.get(claimed.receiver)
        if queue is None:
            self._queues[claimed.receiver] = deque([claimed])
            self.busy += 1
            task = asyncio.create_task(self._serve(claimed.receiver), name="delivery.lane")
            self.tasks.add(task)
            task.add_done_callback(self.tasks.discard)
        elif len(queue) < QUEUE:
            queue.append(claimed)
        else:
            wait = QUEUE * max(self.sending.means.pace, 0.1)
            await self.sending.put_off(claimed, wait, has_failed=False)

    def empty(self) -> list[Claimed]:
        """End after what is in work; what was not begun."""
        self._ending.set()
        waiting = [claimed for queue in self._queues.values() for claimed in queue]
        for queue in self._queues.values():
            queue.clear()
        return waiting

    async def _serve(self, receiver: str) -> None:
        queue = self._queues[receiver]
        is_busy = True
        try:
            while queue:
                rest = await self._next(queue)
                self._rests()
                is_busy = False
                if rest:
                    await self._rest()
                if queue:
                    self.busy += 1
                    is_busy = True
        finally:
            del self._queues[receiver]
            if is_busy:
                self._rests()

    def _rests(self) -> None:
        self.busy -= 1
        self.freed(self.busy == AT_ONCE - 1)

    async def _next(self, queue: deque[Claimed]) -> bool:
        """Settle the first of the queue; whether the receiver is to rest before the next."""
        async with self._room:
            if not queue:
                return False
            claimed = queue.popleft()
            try:
                return await self._settle(claimed, queue)
            except (SQLAlchemyError, OSError) as error:
                # Its lease ends by itself.
                logger().error("delivery.no_database", error=name_of(error))
            except Exception as error:  # noqa: BLE001 - a bug must not end all deliveries
                logger().error("delivery.failed", error=name_of(error), where=where(error))
            return False

    async def _settle(self, claimed: Claimed, queue: deque[Claimed]) -> bool:
        means, now = self.sending.means, self.sending.means.now()
        is_shut = self.shut_until is not None and now < self.shut_until
        if is_shut or claimed.leased_until - now <= dt.timedelta(seconds=CALL_SECONDS):
            # After its lease another worker may be at it.
            await self.sending.give_back(claimed)
            return False
        settled = await self.sending.settle(claimed)
        if settled.is_shut:
            self.shut_until = means.now() + dt.timedelta(seconds=REVOKED_SECONDS)
        if settled.wait:
            # What comes later must not overtake what has to wait.
            later = list(queue)
            queue.clear()
            for one in later:
                await self.sending.put_off(one, settled.wait, has_failed=False)
        return settled.has_posted

    async def _rest(self) -> None:
        try:
            async with asyncio.timeout(self.sending.means.pace):
                await self._ending.wait()
        except TimeoutError:
            return


@dataclass(slots=True)
class Lanes:
    """The lanes of all workspaces."""

    sending: Sending
    freed: Callable[[bool], None]
    _lanes: dict[str, Lane] = field(default_factory=dict)

    def full(self, now: dt.datetime) -> list[str]:
        """The workspaces for which nothing more is to be claimed now."""
        return [workspace for workspace, lane in self._lanes.items() if lane.is_full(now)]

    async def take(self, claimed: Sequence[Claimed]) -> None:
        for one in claimed:
            lane = self._lanes.get(one.workspace)
            if lane is None:
                lane = self._lanes[one.workspace] = Lane(self.sending, self.freed)
            await lane.take(one)

    @property
    def is_idle(self) -> bool:
        return all(lane.is_idle for lane in self._lanes.values())

    def empty(self) -> list[Claimed]:
        """End after what is in work; what was not begun."""
        return [claimed for lane in self._lanes.values() for claimed in lane.empty()]

    async def end(self, seconds: float) -> None:
        """Wait for what is in work, and cut off what takes longer."""
        tasks = [task for lane in self._lanes.values() for task in lane.tasks]
        if not tasks:
            return
        _, late = await asyncio.wait(tasks, timeout=seconds)
        for task in late:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        if late:
            logger().warning("delivery.cut_off", reason="Slack did not answer in time")
