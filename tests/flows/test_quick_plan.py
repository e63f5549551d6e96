"""What the quick log shares is the plan that its line showed."""

from __future__ import annotations

import datetime as dt

from coaching.criteria import Criterion
from tests.flows.center import TEAM, Center
from tests.flows.forging import Sender
from tests.flows.test_quick import TARGET, fill, opened

SHOWN = "Discovery at 80 % or more on 7 of the next 10 scored calls, by Thu 24 December."


async def test_past_midnight_the_new_day_is_shown_before_it_is_shared(center: Center) -> None:
    modal = await opened(center)
    await fill(modal)
    assert SHOWN in (await center.sam.modal()).text
    center.clock.advance(dt.timedelta(days=1))
    again = await modal.submit()
    assert again is not None
    assert again.title == "Quick log"
    assert "The plan is another one by now: Discovery at 80 % or more" in again.text
    assert "by Fri 25 December" in again.text
    assert again.value(TARGET) == "Ask the reason first"
    assert await center.store.log_numbered(TEAM, 1) is None
    note = await again.submit()
    assert note is not None
    assert note.title == "Shared"
    assert (await center.log()).value("review_by") == "2026-12-25"
    assert not center.refused


async def test_a_plan_that_was_unfolded_is_shared_as_it_stands(center: Center) -> None:
    modal = await opened(center)
    await fill(modal)
    await modal.press("Change")
    modal = await center.sam.modal()
    center.clock.advance(dt.timedelta(days=1))
    note = await modal.submit()
    assert note is not None
    assert note.title == "Shared"
    assert (await center.log()).value("review_by") == "2026-12-24"
    assert not center.refused


async def test_a_criterion_that_the_line_does_not_speak_of_yet(center: Center) -> None:
    """Shared before the line was made again for the criterion that was just picked."""
    await center.store.add_criteria(TEAM, [Criterion("c4", "Offer")], "file", center.now)
    modal = await opened(center)
    await fill(modal)
    await modal.choose("QA criterion", "Discovery")
    view = (await center.sam.modal()).view
    (block_id,) = [one for one in view["state"]["values"] if one.startswith("criterion")]
    view["state"]["values"][block_id]["coach.criterion"]["selected_option"]["value"] = "c4"
    sender = Sender(center, "U0SAM")
    answer = await sender.submits_view(view)
    assert isinstance(answer.body, dict)
    assert answer.body["response_action"] == "update"
    assert "The plan is another one by now: Offer at 80 %" in str(answer.body)
    assert await center.store.log_numbered(TEAM, 1) is None
