"""The quick log doubts what the walk doubts: once, and the second press goes on."""

from __future__ import annotations

import pytest

from coaching.criteria import Criterion
from playground.testing.person import Modal
from tests.flows.center import TEAM, Center

DOUBT = "“Overall” says how the whole call went."


async def filled(center: Center) -> Modal:
    await center.store.add_criteria(TEAM, [Criterion("c9", "Overall")], "file", center.clock.now())
    await center.sam.types("/coach quick @dana")
    modal = await center.sam.modal()
    await modal.fill("Call ID or recording link", "8841")
    await modal.fill("Moment of the call", "03:12")
    await modal.choose("QA criterion", "Overall")
    await modal.fill("Score", "55")
    await modal.fill("One thing that Dana will do differently", "Ask the reason first")
    return modal


@pytest.mark.parametrize("unfolded", [False, True])
async def test_an_overall_score_is_questioned_before_sharing(
    center: Center, *, unfolded: bool
) -> None:
    modal = await filled(center)
    if unfolded:
        await modal.press("Change")
        modal = await center.sam.modal()
    hinted = await modal.submit()
    assert hinted is not None
    assert hinted.text.count(DOUBT) == 1
    assert hinted.value("Score") == "55"
    assert await center.store.log_numbered(TEAM, 1) is None
    after = await hinted.submit()
    assert after is not None
    assert "CL-1 is shared with Dana" in after.text
    assert not center.refused


async def test_it_is_questioned_before_the_rest_is_added(center: Center) -> None:
    modal = await filled(center)
    await modal.press("Add the rest")
    hinted = await center.sam.modal()
    assert DOUBT in hinted.text
    await hinted.press("Add the rest")
    assert (await center.sam.modal()).title == "Observation (2 of 5)"
    assert not center.refused
