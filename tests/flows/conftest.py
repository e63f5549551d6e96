from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.flows.center import Center, open_center


@pytest.fixture
async def center(sqlite_url: str) -> AsyncIterator[Center]:
    async with open_center(sqlite_url) as opened:
        yield opened


@pytest.fixture
async def center_anywhere(migrated_url: str) -> AsyncIterator[Center]:
    """The center on each database in turn."""
    async with open_center(migrated_url) as opened:
        yield opened


@pytest.fixture
async def center_by_socket(sqlite_url: str) -> AsyncIterator[Center]:
    """The center reached by Socket Mode."""
    async with open_center(sqlite_url, socket_mode=True) as opened:
        yield opened
