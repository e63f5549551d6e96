from __future__ import annotations

from tests.flows.center import Center
from tests.flows.writing import fill_evidence, following, open_evidence


async def test_back_loses_nothing(center: Center) -> None:
    modal = await open_evidence(center.sam, "@dana")
    await fill_evidence(modal)
    modal = await following(modal)
    await modal.fill(modal.labels[0], "Gave the fee first")
    await modal.press("Back")
    modal = await center.sam.modal()
    assert modal.value("Call ID or recording link") == "8841"
    assert modal.value("Score") == "55"
    modal = await following(modal)
    assert modal.value(modal.labels[0]) == "Gave the fee first"
    assert not center.refused
