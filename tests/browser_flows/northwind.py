"""The seeded playground on a morning on which everybody in London is at work."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bot.playground import playing
from playground import Clock, Served

AT_WORK = dt.datetime(2026, 11, 24, 10, 30, tzinfo=dt.UTC)


@asynccontextmanager
async def at_work(database: Path) -> AsyncIterator[Served]:
    """As `make run` starts it."""
    began = time.monotonic()
    clock = Clock(lambda: AT_WORK + dt.timedelta(seconds=time.monotonic() - began))
    async with playing(host="127.0.0.1", port=0, database=database, keep=False, clock=clock) as (
        served,
        _,
    ):
        yield served
