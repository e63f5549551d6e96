from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from playground import Clock, Team, User, Workspace, serve
from tests.bot.north import TEAM, North, install


@pytest.fixture
async def north(tmp_path: Path) -> AsyncIterator[North]:
    ws = Workspace(team=Team(id=TEAM, name="Northwind", domain="north"), clock=Clock())
    for user in (
        User(id="U0LENA", name="lena", real_name="Lena Fischer", email="lena@north.example"),
        User(id="U0SAM", name="sam", real_name="Sam Okafor", tz="Europe/London", is_admin=True),
        User(id="U0DANA", name="dana", real_name="Dana Whitfield", email="Dana@north.example"),
        User(id="U0GUEST", name="gus", real_name="Gus Gast", is_restricted=True),
        User(id="U0GONE", name="gone", real_name="Gone Away", deleted=True),
    ):
        ws.add_user(user)
    install(ws)
    async with serve(ws) as server:
        yield North(ws, server, tmp_path)
