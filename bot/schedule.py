"""APScheduler as a clock: one interval job that rings; what is due is in the database."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger


@contextmanager
def ticking(ring: Callable[[], None], *, seconds: float) -> Iterator[None]:
    """Call `ring` every so many seconds while the block lasts.

    `ring` only sets a flag. Nothing of ours runs inside the scheduler, whose shutdown cancels a
    running job: there is never one to cancel. Ticks that were missed are made up for by one.
    """
    scheduler = AsyncIOScheduler(timezone=dt.UTC)

    async def tick() -> None:
        # A coroutine runs in the event loop; a plain function would be run in a thread.
        ring()

    scheduler.add_job(
        tick,
        IntervalTrigger(seconds=seconds, timezone=dt.UTC),
        coalesce=True,
        misfire_grace_time=None,
        max_instances=1,
    )
    scheduler.start()
    try:
        yield
    finally:
        scheduler.shutdown(wait=False)
