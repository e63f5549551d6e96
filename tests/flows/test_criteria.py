from __future__ import annotations

from tests.flows.center import Center
from tests.flows.writing import following, open_evidence


async def test_a_criterion_can_be_added_while_typing(center: Center) -> None:
    modal = await open_evidence(center.sam, "@dana")
    (adding,) = await modal.suggestions("QA criterion", "Tone of voice")
    assert adding["text"] == "Add “Tone of voice” (0 to 100 %)"
    await modal.fill("QA criterion", adding)
    await modal.fill("Score", "40")
    await following(modal)
    names = {item.name for item in (await center.store.criteria("T0CENTER")).values()}
    assert "Tone of voice" in names
    assert not center.refused
