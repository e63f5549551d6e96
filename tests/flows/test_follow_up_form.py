"""The follow-up form says in a sentence what is agreed, from the start and only where it holds."""

from __future__ import annotations

from playground.testing.person import Modal
from playground.testing.reading import spots_in
from tests.flows.center import Center
from tests.flows.writing import fill_evidence, following, open_evidence

SENTENCE = "Discovery at 80 % or more on 7 of the next 10 scored calls, by Thu 24 December."


async def opened(center: Center) -> Modal:
    modal = await open_evidence(center.sam, "@dana")
    await fill_evidence(modal)
    for _ in range(4):
        modal = await following(modal)
    assert modal.title == "Follow-up (5 of 5)"
    return modal


async def test_the_suggested_plan_is_said_at_once(center: Center) -> None:
    assert SENTENCE in (await opened(center)).text
    assert not center.refused


async def test_a_threshold_goes_with_its_scale_and_nothing_else_does(center: Center) -> None:
    modal = await opened(center)
    await modal.fill("Calls to review", "8")
    await modal.choose("QA criterion", "Empathy")
    modal = await center.sam.modal()
    assert modal.value("Threshold score") == "4"
    assert modal.value("Calls to review") == "8"
    assert "! 80 was for Discovery. This is usual for Empathy; write what you agreed." in modal.text
    assert "Empathy at 4 of 5 or more on 7 of the next 8" in modal.text
    # 4 % would be taken without a word.
    await modal.choose("QA criterion", "Discovery")
    modal = await center.sam.modal()
    assert modal.value("Threshold score") == "80"
    assert "! 4 was for Empathy." in modal.text
    assert not center.refused


async def test_a_threshold_stays_on_the_same_scale(center: Center) -> None:
    modal = await opened(center)
    await modal.fill("Threshold score", "70")
    await modal.choose("QA criterion", "Politeness")
    modal = await center.sam.modal()
    assert modal.value("Threshold score") == "70"
    assert "was for Discovery" not in modal.text
    assert not center.refused


async def test_the_threshold_of_an_unfolded_quick_log_goes_with_its_scale(center: Center) -> None:
    await center.sam.types("/coach quick @dana")
    modal = await center.sam.modal()
    await modal.choose("QA criterion", "Discovery")
    modal = await center.sam.modal()
    await modal.press("Change")
    modal = await center.sam.modal()
    follow_up = [spot for spot in spots_in(modal.blocks) if spot.label == "QA criterion"][-1]
    (empathy,) = await modal.suggestions("QA criterion", "Empathy")
    await modal._put(follow_up, empathy)
    modal = await center.sam.modal()
    assert modal.value("Threshold score") == "4"
    assert modal.value("QA criterion") == "Discovery"
    assert not center.refused


async def test_the_day_is_told_in_days_from_now(center: Center) -> None:
    modal = await opened(center)
    assert "Review by" in modal.labels
    assert "Thu 24 December is 30 days from now." in modal.text
    assert not center.refused
