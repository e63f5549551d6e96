from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.flows.center import Center, open_center


@pytest.fixture
async def center(tmp_path: Path) -> AsyncIterator[Center]:
    async with open_center(f"sqlite:///{tmp_path / 'coachlog.db'}") as opened:
        yield opened
