"""The toy app beside the browser."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.browser import browser, page
from tests.playground.browser.toy import Toy, running_toy

__all__ = ["browser", "page"]


@pytest.fixture
async def toy() -> AsyncIterator[Toy]:
    async with running_toy() as running:
        yield running
