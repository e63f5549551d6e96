from __future__ import annotations

from tests.flows.center import Center
from tests.flows.writing import open_evidence


async def test_wrong_values_stand_on_their_fields(center: Center) -> None:
    modal = await open_evidence(center.sam, "@dana")
    await modal.fill("Moment of the call", "soon")
    await modal.choose("QA criterion", "Empathy")
    await modal.fill("Score", "7")
    after = await modal.submit()
    assert after is not None
    assert set(after.errors) == {"Moment of the call", "Score"}
    assert not center.refused
