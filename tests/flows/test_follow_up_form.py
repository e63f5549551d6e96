"""The follow-up form says in a sentence what is agreed, from the start and only where it holds."""

from __future__ import annotations

from tests.flows.center import Center
from tests.flows.writing import fill_evidence, following, open_evidence
from tests.person import Modal

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


async def test_nothing_is_said_of_a_threshold_on_another_scale(center: Center) -> None:
    modal = await opened(center)
    await modal.choose("QA criterion", "Hold procedure")
    modal = await center.sam.modal()
    assert "of the next 10" not in modal.text
    assert modal.value("Threshold score") == "80"
    await modal.choose("QA criterion", "Discovery")
    assert SENTENCE in (await center.sam.modal()).text
    assert not center.refused


async def test_the_day_is_told_in_days_from_now(center: Center) -> None:
    modal = await opened(center)
    assert "Review by" in modal.labels
    assert "Thu 24 December is 30 days from now." in modal.text
    assert not center.refused
