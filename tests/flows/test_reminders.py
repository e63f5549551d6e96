"""Each reminder over HTTP: it comes in its hour, its button ends it, and its message says so."""

from __future__ import annotations

from coaching.answers import acknowledge
from coaching.change import Change
from coaching.log import Log
from playground.testing.person import Message, Person
from storage.store import Profile
from tests.flows.center import TEAM, Center
from tests.flows.mornings import at, letters_of, told, until
from tests.flows.moving import imported, leaves
from tests.flows.stored import decided_on, drafted, shared


async def one(person: Person, *words: str) -> Message:
    """The only message that says so."""
    found = await letters_of(person, *words)
    assert len(found) == 1, [message.text for message in await person.messages()]
    return found[0]


async def read(center: Center, log: Log) -> Log:
    """The log, acknowledged by its agent."""
    agent = (await center.store.people(TEAM, [log.agent or ""]))[log.agent or ""]
    change = acknowledge(log, actor=agent, now=center.now)
    assert isinstance(change, Change)
    (stored,) = await center.store.save(change)
    await told(center)
    return stored


async def test_a_draft_is_finished_or_discarded(center: Center) -> None:
    await drafted(center)
    await at(center, "2026-11-24 15:59")
    assert not await center.sam.messages()
    await at(center, "2026-11-24 16:00")
    letter = await one(center.sam, "CL-1 with Dana is not finished yet")
    assert letter.buttons == ["Continue", "Discard"]
    await letter.press("Discard")
    await told(center)
    assert "✅ CL-1 · Dana Whitfield · discarded" in (await one(center.sam, "✅ CL-1")).text
    await until(center, "2026-11-25 12:00")
    assert len(await letters_of(center.sam, "is not finished yet")) == 1
    assert not center.refused


async def test_an_incomplete_log_is_completed(center: Center) -> None:
    await shared(center, without=("observed",))
    await until(center, "2026-11-24 16:00")
    letter = await one(center.sam, "CL-1 with Dana is not complete yet")
    await letter.press("Add observation")
    form = await center.sam.modal()
    await form.fill(form.labels[0], "Gave the fee without asking why")
    after = await form.submit()
    assert after is None or not after.errors
    await told(center)
    await one(center.sam, "✅ CL-1 · Dana Whitfield · complete")
    await until(center, "2026-11-25 12:00")
    await one(center.sam, "is not complete yet")
    assert not center.refused


async def test_an_unread_log_is_acknowledged_and_at_last_the_supervisor_hears(
    center_anywhere: Center,
) -> None:
    center = center_anywhere
    await shared(center)
    await until(center, "2026-11-26 08:59")
    assert len(await center.dana.messages()) == 1
    await at(center, "2026-11-26 09:00")
    letter = await one(center.dana, "CL-1 from Sam waits for you to read it")
    await until(center, "2026-12-01 08:59")
    assert not await letters_of(center.sam, "has not acknowledged")
    await at(center, "2026-12-01 09:00")
    assert len(await letters_of(center.dana, "waits for you to read it")) == 2
    to_sam = await one(center.sam, "Dana has not acknowledged CL-1 yet")
    assert "CL-1 · Dana Whitfield, shared 7 days ago" in to_sam.text
    await until(center, "2026-12-08 12:00")
    assert len(await letters_of(center.dana, "waits for you to read it")) == 2
    await letter.press("Acknowledge")
    form = await center.dana.modal()
    assert await form.submit() is None
    await told(center)
    assert len(await letters_of(center.dana, "✅ CL-1 · acknowledged")) == 2
    await one(center.sam, "✅ CL-1 · Dana Whitfield · acknowledged")
    assert not center.refused


async def test_half_way_says_how_far_it_is(center: Center) -> None:
    await read(center, await shared(center))
    await until(center, "2026-12-09 08:59")
    assert not await letters_of(center.dana, "half way")
    await at(center, "2026-12-09 09:00")
    to_dana = await one(center.dana, "CL-1 is half way")
    assert "No calls are counted so far. There is still time." in to_dana.text
    assert to_dana.buttons == ["See all of it"]
    to_sam = await one(center.sam, "CL-1 with Dana is half way")
    await to_sam.press("Check in")
    assert (await center.sam.modal()).title == "Check in"
    assert not center.refused


async def test_a_promised_step_is_done(center: Center) -> None:
    promised = {"step_who": "agent", "step_what": "Listen to two calls", "step_by": "2026-12-03"}
    await read(center, await shared(center, **promised))
    await until(center, "2026-12-03 09:00")
    letter = await one(center.dana, "A next step promised in CL-1 is due")
    assert "CL-1 · promised to Sam by Thu 3 December\nListen to two calls" in letter.text
    await letter.press("Done")
    await told(center)
    await one(center.dana, "A next step promised", "✅ CL-1 · done")
    await until(center, "2026-12-08 12:00")
    assert len(await letters_of(center.dana, "A next step promised")) == 1
    assert not center.refused


async def test_a_missing_outcome_goes_on_to_the_lead_and_then_to_the_digest_alone(
    center_anywhere: Center,
) -> None:
    center = center_anywhere
    await read(center, await shared(center, review_by="2026-12-01"))
    await until(center, "2026-12-01 09:00")
    await one(center.sam, "Discovery: how did it go?", "Record outcome")
    await until(center, "2026-12-03 09:00")
    overdue = await one(center.sam, "CL-1 with Dana is overdue")
    await until(center, "2026-12-08 08:59")
    assert not await letters_of(center.lena, "CL-1 with Dana is overdue")
    await at(center, "2026-12-08 09:00")
    assert len(await letters_of(center.sam, "CL-1 with Dana is overdue")) == 2
    to_lena = await one(center.lena, "CL-1 with Dana is overdue")
    assert "CL-1 · Dana Whitfield with Sam" in to_lena.text
    await until(center, "2026-12-23 12:00")
    assert len(await letters_of(center.sam, "CL-1 with Dana is overdue")) == 2
    await one(center.lena, "CL-1 with Dana is overdue")
    await overdue.press("Record outcome")
    form = await center.sam.modal()
    await form.fill("Calls looked at", "8")
    await form.fill("Calls that reached the threshold", "7")
    after = await form.submit()
    assert after is not None
    await after.press("Close as met")
    await told(center)
    assert len(await letters_of(center.sam, "is overdue\n✅ CL-1 · Dana Whitfield · closed")) == 2
    await one(center.lena, "✅ CL-1 · Dana Whitfield · closed")
    assert not center.refused


async def test_an_escalation_that_nobody_answers(center: Center) -> None:
    log = await read(center, await shared(center, review_by="2026-12-01"))
    await until(center, "2026-12-01 09:00")
    await decided_on(center, log, "escalate")
    await until(center, "2026-12-08 09:00")
    letter = await one(center.lena, "CL-1 still waits for your answer")
    assert "Sam escalated Dana Whitfield's target to you" in letter.text
    await until(center, "2026-12-22 12:00")
    assert len(await letters_of(center.lena, "CL-1 still waits for your answer")) == 2
    await letter.press("Record response")
    form = await center.lena.modal()
    await form.choose("Your response", "Support")
    await form.fill("Your words", "No third chat after six")
    assert await form.submit() is None
    await told(center)
    assert len(await letters_of(center.lena, "✅ CL-1 · Dana Whitfield · answered")) == 2
    assert not center.refused


async def test_an_agent_without_a_session_is_coached(center: Center) -> None:
    await until(center, "2026-12-25 08:59")
    assert not await letters_of(center.sam, "No session for a while")
    await at(center, "2026-12-25 09:00")
    letter = await one(center.sam, "No session for a while")
    assert "Dana Whitfield · no session yet\nLog a session" in letter.text
    await letter.press("Log a session", after="Dana Whitfield")
    await (await center.sam.modal()).close(everything=True)
    await shared(center)
    await told(center)
    letter = await one(center.sam, "No session for a while")
    assert "no session yet\nLog a session" in letter.text
    assert "Dana Whitfield · no session yet" not in letter.text
    assert not center.refused


LEFT_ALONE = ("Billing,agent,U0DANA", "Retention,lead,U0LENA")
"""A team file in which nobody sees to Dana, and Lena leads another team."""


async def test_what_nobody_sees_to_is_brought_to_somebody(center: Center) -> None:
    await shared(center)
    await told(center)
    await leaves(center, "U0SAM")
    await imported(center, *LEFT_ALONE, "Retention,supervisor,U0SAM", whole=True)
    await told(center)
    letter = await one(center.lena, "Nobody sees to CL-1 any more")
    assert "Dana Whitfield has no supervisor or lead in CoachLog now" in letter.text
    assert "Ask the reason" not in letter.text
    await until(center, "2026-12-28 12:00")
    await one(center.lena, "Nobody sees to CL-1 any more")
    assert not center.refused


async def test_an_admin_hears_of_what_nobody_sees_to_and_no_stranger(center: Center) -> None:
    iris = Profile(user="U0IRIS", name="Iris Novak", tz="Europe/London", is_admin=True)
    await center.store.remember(TEAM, [iris], center.now)
    await shared(center)
    await told(center)
    await leaves(center, "U0SAM")
    await imported(center, *LEFT_ALONE, whole=True)
    await told(center)
    await one(center.person("U0IRIS"), "Nobody sees to CL-1 any more")
    assert not await letters_of(center.lena, "CL-1")
