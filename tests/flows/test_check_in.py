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


async def test_a_check_in_without_a_point_keeps_what_was_typed(center: Center) -> None:
    await share(center.sam, "@dana")
    await center.sam.types("/coach @dana")
    await (await center.sam.modal()).press("Check in")
    form = await center.sam.modal()
    own = "What Dana will do, in their own words"
    await form.fill(own, "Ask first")
    await form.fill("Discussion points", "  \n ")
    again = await form.submit()
    assert again is not None
    assert again.errors == {"Discussion points": "Write at least one point that you talked about."}
    assert again.value(own) == "Ask first"
    assert (await center.log()).check_ins == ()
    assert not center.refused
