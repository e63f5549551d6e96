from __future__ import annotations

import datetime as dt

from tests.flows.center import Center
from tests.flows.writing import share


async def test_days_are_those_of_whoever_asks(center: Center) -> None:
    center.clock.advance(dt.timedelta(hours=12))
    await share(center.sam, "@marco")  # at half past two in London, half past nine in New York
    await center.sam.types("/coach history @marco")
    assert "CL-1 · Wed 25 November" in (await center.sam.said_privately())[-1].text
    marco = center.person("U0MARCO")
    await marco.types("/coach history")
    assert "CL-1 · Tue 24 November" in (await marco.said_privately())[-1].text
    assert not center.refused
