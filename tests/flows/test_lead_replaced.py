"""Who leads now is asked for what waits for a lead; who led before has nothing left to press."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from coaching.answers import add_view
from coaching.change import Change
from coaching.follow_up import MOST_EXTENSIONS
from coaching.log import Log
from coaching.people import Person as Known
from coaching.said import Agrees
from tests.flows.center import TEAM, Center
from tests.flows.moving import imported, leaves
from tests.flows.stored import decided_on, shared

WORDS = "The call was calibration"
WITHDRAWN = "is no longer with you"
BILLING = (
    "Billing,supervisor,U0SAM",
    "Billing,agent,U0DANA",
    "Billing,agent,U0MARCO",
)


async def _disagrees(center: Center, log: Log) -> None:
    """Dana disagrees with the summary."""
    leads = await center.store.leads_of(TEAM, "U0DANA")
    answer = add_view(
        log,
        Agrees.NO,
        WORDS,
        about="summary",
        actor=Known(user="U0DANA", name="Dana Whitfield"),
        leads=[lead.user for lead in leads],
        now=center.now,
    )
    assert isinstance(answer, Change)
    await center.store.save(answer)


async def _asked(center: Center, kind: str) -> list[str]:
    """Who was or will be asked so on CL-1, each as often as that."""
    rows = await center.store.notices_of(TEAM, (await center.log()).id)
    return sorted(row.receiver for row in rows if row.kind == kind)


async def test_a_lead_who_comes_after_a_disagreement_is_asked_once(
    center_anywhere: Center,
) -> None:
    center = center_anywhere
    log = await shared(center)
    await leaves(center, "U0LENA")
    await _disagrees(center, log)
    for _ in range(2):
        await imported(center, "Billing,lead,U0IRIS")
        asked = await center.person("U0IRIS").message(WORDS)
        assert "Answer" in asked.buttons
    assert await _asked(center, "disagreement") == ["U0IRIS"]
    assert not center.refused


async def test_who_leads_no_more_sees_nothing_of_the_log_until_they_lead_again(
    center_anywhere: Center,
) -> None:
    center = center_anywhere
    await _disagrees(center, await shared(center))
    await center.lena.message(WORDS)
    await imported(center, "Billing,lead,U0IRIS", *BILLING, whole=True)
    assert "Answer" in (await center.person("U0IRIS").message(WORDS)).buttons
    withdrawn = await center.lena.message(f"CL-1 {WITHDRAWN}")
    assert not withdrawn.buttons
    assert WORDS not in "".join([one.text for one in await center.lena.messages()])
    await imported(center, "Billing,lead,U0LENA")
    assert "Answer" in (await center.lena.message(WORDS)).buttons
    assert await _asked(center, "disagreement") == ["U0IRIS", "U0LENA"]
    assert not center.refused


async def test_who_supervises_no_more_is_left_no_prompt(center: Center) -> None:
    # On a Friday: no digest comes with it.
    log = await shared(center, review_by="2026-11-27")
    center.pass_days(3)
    await center.sam.message("how did it go?")
    await imported(center, "Retention,agent,U0DANA")
    await center.person("U0PRIYA").message("Record outcome")
    assert not (await center.sam.message(f"{log.reference} {WITHDRAWN}")).buttons
    assert log.value("target") not in "".join([one.text for one in await center.sam.messages()])
    # The agent's own message stays as it was.
    await center.dana.message(log.value("target"))
    assert not center.refused


async def test_a_lead_who_comes_after_an_escalation_is_asked_in_time(center: Center) -> None:
    await decided_on(center, await shared(center), "escalate")
    center.pass_days(5)
    await center.lena.message("escalated Dana's target")
    await imported(center, "Billing,lead,U0IRIS", *BILLING, whole=True)
    asked = await center.person("U0IRIS").message("escalated Dana's target")
    assert "Record response" in asked.buttons
    await center.lena.message(WITHDRAWN)
    assert await _asked(center, "escalated") == ["U0IRIS", "U0LENA"]
    assert not center.refused


async def test_a_lead_who_comes_after_the_agent_was_not_heard_yet_waits(center: Center) -> None:
    await decided_on(center, await shared(center), "escalate")
    await imported(center, "Billing,lead,U0IRIS")
    rows = await center.store.notices_of(TEAM, (await center.log()).id)
    (waits,) = (row for row in rows if row.kind == "escalated" and row.receiver == "U0IRIS")
    assert waits.due_at > center.now + dt.timedelta(days=1)


async def test_a_lead_who_comes_when_the_day_was_moved_twice_decides(center: Center) -> None:
    log = await shared(center)
    center.pass_days(34)
    few = {**log.content, "looked_at": 3, "reached": 1}
    moved = replace(log, content=few, extensions=MOST_EXTENSIONS)
    await center.store.save(
        Change(log=moved, action="outcome.figures", actor="U0SAM", at=center.now)
    )
    for _ in range(2):
        await imported(center, "Billing,lead,U0IRIS")
        await center.person("U0IRIS").message("The day was moved twice")
    assert await _asked(center, "lead_decides") == ["U0IRIS", "U0LENA"]
    assert not center.refused
