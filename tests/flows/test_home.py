from __future__ import annotations

import pytest

from tests.flows.center import Center
from tests.flows.writing import share


@pytest.mark.parametrize("user", ["U0SAM", "U0DANA", "U0LENA", "U0IRIS"])
async def test_everybody_has_a_home(center: Center, user: str) -> None:
    await share(center.sam, "@dana")
    home = await center.person(user).home()
    assert home.text
    assert not center.refused
