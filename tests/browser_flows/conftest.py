from __future__ import annotations

import datetime as dt
import os
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page

from bot.playground import playing
from playground import Clock, Served
from playground.testing.browser import browser, tab

__all__ = ["browser"]

AT_WORK = dt.datetime(2026, 11, 24, 10, 30, tzinfo=dt.UTC)


@pytest.fixture
async def northwind(tmp_path: Path) -> AsyncIterator[Served]:
    """The seeded playground, as `make run` starts it in Dana's working hours."""
    began = time.monotonic()
    clock = Clock(lambda: AT_WORK + dt.timedelta(seconds=time.monotonic() - began))
    database = tmp_path / "playground.db"
    async with playing(host="127.0.0.1", port=0, database=database, keep=False, clock=clock) as (
        served,
        _,
    ):
        yield served


@pytest.fixture
async def page(browser: Browser, northwind: Served) -> AsyncIterator[Page]:
    assert northwind.url
    async with tab(browser) as opened:
        yield opened


@pytest.fixture
def shots() -> Path:
    """Where screenshots go: out of git, or to the folder that SHOTS names."""
    folder = Path(os.environ.get("SHOTS", "shots"))
    folder.mkdir(exist_ok=True)
    return folder
