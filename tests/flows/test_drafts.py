from __future__ import annotations

from tests.flows.center import Center
from tests.flows.writing import fill_evidence, following, open_evidence


async def test_a_draft_is_taken_up_where_it_was_left(center: Center) -> None:
    modal = await open_evidence(center.sam, "@dana")
    await fill_evidence(modal)
    modal = await following(modal)
    await modal.press("Finish later")
    kept = await center.sam.modal()
    assert "Kept as CL-1" in kept.text
    await kept.close(everything=True)
    await center.sam.types("/coach")
    choice = await center.sam.modal()
    await choice.press("Continue")
    modal = await center.sam.modal()
    assert modal.title == "Observation (2 of 5)"
    assert not center.refused


async def test_a_discarded_draft_says_so_in_its_place(center: Center) -> None:
    modal = await open_evidence(center.sam, "@dana")
    await fill_evidence(modal)
    modal = await following(modal)
    await modal.close(everything=True)
    await center.sam.types("/coach show CL-1")
    (shown,) = await center.sam.said_privately()
    await shown.press("Discard")
    (said,) = await center.sam.said_privately()
    assert "CL-1 was discarded" in said.text
    assert not center.refused
