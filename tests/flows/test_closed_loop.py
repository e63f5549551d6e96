from __future__ import annotations

import asyncio
import datetime as dt

from tests.flows.center import Center
from tests.flows.writing import walk_to_look_over


async def reaches_its_decision(center: Center) -> None:
    sam, dana = center.sam, center.dana
    review_by = center.today + dt.timedelta(days=30)
    look_over = await walk_to_look_over(sam, "@dana", review_by=review_by)
    assert look_over.submit_text == "Share with Dana"
    await look_over.submit()

    summary = await dana.message("Call 8841 at 03:12")
    assert "Ask the reason for cancelling" in summary.text
    assert "Discovery at 80 % or more on 7 of the next 10 scored calls" in summary.text
    assert "55" not in summary.fallback
    await summary.press("Acknowledge")
    asked = await dana.modal()
    await asked.fill("What will you do differently, in your own words?", "Ask why first")
    assert await asked.submit() is None
    await sam.message("Dana acknowledged CL-1")
    await dana.message("Acknowledged by you")

    center.pass_days(34)
    prompt = await sam.message("7 of the next 10")
    await prompt.press("Record outcome")
    outcome = await sam.modal()
    await outcome.fill("Calls looked at", "8")
    await outcome.fill("Calls that reached the threshold", "7")
    await outcome.choose("Was the behaviour heard?", "Yes")
    await outcome.choose("Decision", "Close")
    after = await outcome.submit()
    assert after is None or not after.errors
    await dana.message("7 of 8")
    assert not center.refused


async def test_a_target_reaches_its_decision(center_anywhere: Center) -> None:
    await reaches_its_decision(center_anywhere)


async def test_the_loop_is_the_same_by_socket_mode(center_by_socket: Center) -> None:
    await reaches_its_decision(center_by_socket)


async def test_the_agent_hears_nothing_before_sharing(center: Center) -> None:
    await walk_to_look_over(center.sam, "@dana")
    center.program.delivery.wake()
    await asyncio.sleep(0.3)
    assert await center.dana.messages() == []
