from __future__ import annotations

from tests.flows.center import Center
from tests.flows.writing import share


async def test_a_check_in_is_told(center: Center) -> None:
    await share(center.sam, "@dana")
    await center.sam.types("/coach @dana")
    choice = await center.sam.modal()
    await choice.press("Check in")
    form = await center.sam.modal()
    await form.fill("Discussion points", "Listened to two calls\nThe reason comes first now")
    assert await form.submit() is None
    await center.dana.message("The reason comes first now")
    assert not center.refused
