"""What waits for a lead's answer: they are reminded as often as agreed, then the digest says it."""

from __future__ import annotations

from tests.flows.answering import VIEW, answers_in_form, disagrees
from tests.flows.center import Center
from tests.flows.mornings import at, letters_of, told, until
from tests.flows.moving import imported, leaves
from tests.flows.stored import decided_on, shared

STILL = "CL-1 still waits for your answer"


async def _disagreed(center: Center) -> None:
    """Dana disagrees on Tuesday 24 November."""
    await shared(center)
    await told(center)
    await disagrees(center)
    await told(center)


async def test_a_disagreement_that_nobody_answers(center_anywhere: Center) -> None:
    center = center_anywhere
    await _disagreed(center)
    await until(center, "2026-11-27 08:59")
    assert not await letters_of(center.lena, STILL)
    await at(center, "2026-11-27 09:00")
    letter = (await letters_of(center.lena, STILL))[0]
    assert "Dana" in letter.text
    assert "Answer" in letter.buttons
    await until(center, "2026-12-01 08:59")
    assert len(await letters_of(center.lena, STILL)) == 1
    await at(center, "2026-12-01 09:00")
    assert len(await letters_of(center.lena, STILL)) == 2
    await until(center, "2026-12-14 12:00")
    assert len(await letters_of(center.lena, STILL)) == 2
    assert not await letters_of(center.sam, STILL)
    for week in ("30 November", "7 December"):
        (digest,) = await letters_of(center.lena, f"week of {week}")
        assert "1 answer" in digest.text
        assert "Answer" in digest.buttons
    await digest.press("Answer")
    await answers_in_form(center)
    await told(center)
    assert len(await letters_of(center.lena, STILL, "✅ CL-1 · Dana Whitfield · answered")) == 2
    assert not center.refused


async def test_an_escalation_that_nobody_answers_stays_in_the_digest(center: Center) -> None:
    log = await shared(center, review_by="2026-12-01")
    await told(center)
    await until(center, "2026-12-01 09:00")
    await decided_on(center, log, "escalate")
    # The agent is heard first: it is Lena's from Thursday 3 December on.
    await until(center, "2026-12-08 08:59")
    assert not await letters_of(center.lena, STILL)
    await at(center, "2026-12-08 09:00")
    await until(center, "2026-12-10 08:59")
    assert len(await letters_of(center.lena, STILL)) == 1
    await at(center, "2026-12-10 09:00")
    await until(center, "2026-12-21 12:00")
    assert len(await letters_of(center.lena, STILL)) == 2
    assert not await letters_of(center.sam, STILL)
    (digest,) = await letters_of(center.lena, "week of 14 December")
    assert "1 answer" in digest.text
    assert "Record response" in digest.buttons
    assert not center.refused


async def test_who_leads_now_is_reminded_of_what_waited_for_the_lead_before(
    center: Center,
) -> None:
    await _disagreed(center)
    await until(center, "2026-11-27 12:00")
    assert len(await letters_of(center.lena, STILL)) == 1
    direct = center.ws.direct("U0LENA")
    assert direct is not None
    before = len(direct.messages)
    await imported(center, "Billing,lead,U0IRIS")
    await leaves(center, "U0LENA")
    iris = center.person("U0IRIS")
    await told(center)
    assert len(await letters_of(iris, VIEW)) == 1
    assert not await letters_of(iris, STILL)
    await until(center, "2026-12-01 09:00")
    (letter,) = await letters_of(iris, STILL)
    assert "Answer" in letter.buttons
    await until(center, "2026-12-11 12:00")
    assert len(await letters_of(iris, STILL)) == 1
    assert len(direct.messages) == before
    assert not center.refused


async def test_a_supervisor_who_leads_as_well_does_not_answer_for_their_own_log(
    center: Center,
) -> None:
    await center.lead("U0SAM", "Billing")
    await _disagreed(center)
    await until(center, "2026-12-11 12:00")
    assert len(await letters_of(center.lena, STILL)) == 2
    assert not await letters_of(center.sam, STILL)
    assert not center.refused


async def test_where_nobody_can_see_to_a_log_a_lead_hears_it_once(center: Center) -> None:
    await shared(center)
    await told(center)
    # Sam goes on, yet not with Dana, whose new team has nobody else.
    await imported(center, "Renewals,agent,U0DANA")
    await told(center)
    (letter,) = await letters_of(center.lena, "Nobody sees to CL-1 any more")
    assert "Dana Whitfield has no supervisor or lead in CoachLog now" in letter.text
    await until(center, "2026-12-29 12:00")
    assert len(await letters_of(center.lena, "Nobody sees to CL-1 any more")) == 1
    for words in ("half way", "how did it go?", "overdue"):
        assert not await letters_of(center.sam, "CL-1", words)
    # Once there is somebody, they are asked.
    await imported(center, "Renewals,supervisor,U0IRIS")
    await told(center)
    await center.person("U0IRIS").message("Record outcome")
    assert not center.refused
