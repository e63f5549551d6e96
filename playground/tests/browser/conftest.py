"""The toy app beside the browser."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser, Page

from playground.testing.browser import browser, tab
from playground.tests.browser.toy import Toy, running_toy

__all__ = ["browser"]


@pytest.fixture
async def toy() -> AsyncIterator[Toy]:
    async with running_toy() as running:
        yield running


@pytest.fixture
async def page(browser: Browser, toy: Toy) -> AsyncIterator[Page]:
    assert toy.url
    async with tab(browser) as opened:
        yield opened
