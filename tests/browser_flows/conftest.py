from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page

from playground import Served
from playground.testing.browser import browser, tab
from tests.browser_flows.northwind import at_work

__all__ = ["browser"]


@pytest.fixture
async def northwind(tmp_path: Path) -> AsyncIterator[Served]:
    async with at_work(tmp_path / "playground.db") as served:
        yield served


@pytest.fixture
async def page(browser: Browser, northwind: Served) -> AsyncIterator[Page]:
    assert northwind.url
    async with tab(browser) as opened:
        yield opened
