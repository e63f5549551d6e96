"""CoachLog stops and starts again: nothing that people did is lost."""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.flows.center import Place, open_place, started
from tests.flows.writing import POINTS, fill_evidence, following, open_evidence


@pytest.fixture
async def place(tmp_path: Path) -> AsyncIterator[Place]:
    async with open_place(f"sqlite:///{tmp_path / 'coachlog.db'}") as opened:
        yield opened


async def test_a_draft_is_taken_up_at_the_first_form_with_something_missing(place: Place) -> None:
    async with started(place) as center:
        modal = await open_evidence(center.sam, "@dana")
        await fill_evidence(modal)
        modal = await following(modal)
        await modal.fill(modal.labels[0], "Gave the fee first")
        modal = await following(modal)
        assert modal.title == "Target (3 of 5)"
        await modal.close(everything=True)
    async with started(place) as center:
        await center.sam.types("/coach @dana")
        choice = await center.sam.modal()
        assert "Next: target." in choice.text
        await choice.press("Continue")
        modal = await center.sam.modal()
        assert modal.title == "Target (3 of 5)"
        await modal.press("Back")
        before = await center.sam.modal()
        assert before.value("What did Dana do at 03:12?") == "Gave the fee first"
        assert not center.refused


async def test_a_form_from_before_the_restart_still_saves(place: Place) -> None:
    async with started(place) as center:
        modal = await open_evidence(center.sam, "@dana")
        await fill_evidence(modal)
        modal = await following(modal)
        await modal.fill(modal.labels[0], "Gave the fee first")
    async with started(place) as center:
        modal = await following(modal)
        assert modal.title == "Target (3 of 5)"
        assert (await center.log()).value("observed") == "Gave the fee first"
        assert not center.refused


async def test_the_first_form_of_a_log_may_outlive_the_program_too(place: Place) -> None:
    async with started(place) as center:
        modal = await open_evidence(center.sam, "@dana")
        await fill_evidence(modal)
    async with started(place) as center:
        modal = await following(modal)
        assert modal.title == "Observation (2 of 5)"
        log = await center.log()
        assert (log.number, log.agent, log.value("call")) == (1, "U0DANA", "8841")
        assert await center.store.log_numbered("T0CENTER", 2) is None
        assert not center.refused


async def test_what_is_submitted_while_it_is_down_can_be_submitted_again(place: Place) -> None:
    async with started(place) as center:
        modal = await open_evidence(center.sam, "@dana")
        await fill_evidence(modal)
    answer = await modal.try_submit()
    assert answer["error"] == "dispatch_failed"
    async with started(place) as center:
        assert (await following(modal)).title == "Observation (2 of 5)"
        assert (await center.log()).value("score") == "55"


async def test_a_walk_goes_on_through_restarts_until_it_is_shared(place: Place) -> None:
    async with started(place) as center:
        modal = await open_evidence(center.sam, "@dana")
        await fill_evidence(modal)
        modal = await following(await following(modal))
        await modal.fill(modal.labels[0], "Ask the reason first")
    async with started(place) as center:
        modal = await following(modal)
        await modal.fill("Discussion points", POINTS)
        modal = await following(modal)
        day = center.today + dt.timedelta(days=30)
        await modal.fill("Review by", day.isoformat())
    async with started(place) as center:
        look_over = await following(modal)
        assert look_over.title == "Look it over"
    async with started(place) as center:
        await look_over.submit()
        await center.dana.message("Ask the reason first")
        assert not center.refused


async def test_what_was_due_while_it_was_down_is_told_after(place: Place) -> None:
    async with started(place) as center:
        await center.sam.types("/coach quick @dana")
        modal = await center.sam.modal()
        await modal.fill("Call ID or recording link", "8841")
        await modal.fill("Moment of the call", "03:12")
        await modal.choose("QA criterion", "Discovery")
        await modal.fill("Score", "55")
        await modal.fill("One thing that Dana will do differently", "Ask the reason first")
        await modal.submit()
        await center.dana.message("Ask the reason first")
    place.clock.advance(dt.timedelta(days=41))
    async with started(place) as center:
        prompt = await center.sam.message("CL-1")
        assert "Record outcome" in prompt.buttons
        await center.dana.message("CL-1 from Sam waits for you to read it")
        told = [message for message in await center.dana.messages() if "CL-1" in message.text]
        assert len(told) == 2
        assert not center.refused
