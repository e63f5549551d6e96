"""The look-over: *Change* mends one part and comes back."""

from __future__ import annotations

from tests.flows.center import Center
from tests.flows.writing import walk_to_look_over


async def test_a_word_is_mended_in_one_submission(center: Center) -> None:
    modal = await walk_to_look_over(center.sam, "@dana")
    await modal.press("Change", after="Observation")
    modal = await center.sam.modal()
    assert modal.title == "Observation (2 of 5)"
    assert modal.submit_text == "Look it over"
    assert "Back" not in modal.buttons
    await modal.fill(modal.labels[0], "Named the fee in the first minute")
    after = await modal.submit()
    assert after is not None
    assert after.title == "Look it over"
    assert "Named the fee in the first minute" in after.text
    assert after.submit_text == "Share with Dana"
    assert not center.refused


async def test_a_hint_on_the_way_does_not_lead_astray(center: Center) -> None:
    modal = await walk_to_look_over(center.sam, "@dana")
    await modal.press("Change", after="Conversation")
    modal = await center.sam.modal()
    await modal.fill("Discussion points", "The fee came first")
    hinted = await modal.submit()
    assert hinted is not None
    assert "One point so far." in hinted.text
    after = await hinted.submit()
    assert after is not None
    assert after.title == "Look it over"
    assert not center.refused
