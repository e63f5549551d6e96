from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.flows.center import Center, open_center


@pytest.fixture
async def center(tmp_path: Path) -> AsyncIterator[Center]:
    async with open_center(f"sqlite:///{tmp_path / 'coachlog.db'}") as opened:
        yield opened


@pytest.fixture
async def center_anywhere(database_url: str) -> AsyncIterator[Center]:
    """The center on each database in turn."""
    async with open_center(database_url) as opened:
        yield opened


@pytest.fixture
async def center_by_socket(tmp_path: Path) -> AsyncIterator[Center]:
    """The center reached by Socket Mode."""
    async with open_center(f"sqlite:///{tmp_path / 'coachlog.db'}", socket_mode=True) as opened:
        yield opened
