"""Letters: all that is due for one person in one morning is one message, and it is told once."""

from __future__ import annotations

import datetime as dt

from coaching.notices import NoticeKind
from coaching.worktime import Shift
from handlers.hours import hours_changed
from tests.flows.center import TEAM, Center
from tests.flows.mornings import at, letters_of, states, told, until
from tests.flows.moving import imported, leaves, returns
from tests.flows.stored import drafted, shared


async def test_what_the_prompt_says_is_not_planned_again_and_again(center: Center) -> None:
    """At five days the supervisor would hear that nobody read it; the prompt says so by then."""
    log = await shared(center, review_by="2026-11-27")
    await told(center)
    await at(center, "2026-11-27 09:00")
    (prompt,) = await letters_of(center.sam, "Record outcome")
    assert "Dana has not acknowledged this log yet." in prompt.text
    await at(center, "2026-12-01 09:00")
    found = await states(center, log.id)
    assert found[NoticeKind.ACKNOWLEDGE, "U0SAM", "1/2"] == "cancelled"
    assert found[NoticeKind.ACKNOWLEDGE, "U0DANA", "1/2"] == "sent"
    assert not await letters_of(center.sam, "has not acknowledged CL-1")
    assert not center.refused


async def test_the_digest_and_what_is_due_that_morning_are_one_message(center: Center) -> None:
    await shared(center, review_by="2026-11-30")
    await at(center, "2026-11-30 07:59")
    assert not await center.sam.messages()
    await at(center, "2026-11-30 08:00")
    (letter,) = await center.sam.messages()
    assert "Billing, week of 23 November" in letter.text
    assert "Outcomes to record\nCL-1 · Dana Whitfield" in letter.text
    assert not await center.lena.messages()
    await at(center, "2026-11-30 09:00")
    assert len(await center.sam.messages()) == 1
    (led,) = await center.lena.messages()
    assert "Your 2 teams, week of 23 November" in led.text
    await letter.press("Record outcome")
    form = await center.sam.modal()
    await form.fill("Calls looked at", "8")
    await form.fill("Calls that reached the threshold", "7")
    after = await form.submit()
    assert after is not None
    await after.press("Close as met")
    await told(center)
    (letter,) = await letters_of(center.sam, "week of 23 November")
    assert "✅ CL-1 · Dana Whitfield · closed" in letter.text
    assert not center.refused


async def test_letters_of_the_night_wait_for_the_morning_without_being_looked_at(
    center: Center,
) -> None:
    """Sam's hours are over when both logs turn out to have been overdue for long."""
    for agent in ("U0DANA", "U0MARCO"):
        await shared(center, agent, review_by="2026-11-27")
    await told(center)
    await leaves(center, "U0SAM")
    await at(center, "2026-12-04 20:00")
    await returns(center, "U0SAM")
    for number in (1, 2):
        await center.store.plan_logs_again(TEAM, [(await center.log(number)).id], center.now)
        await told(center)
    center.clock.advance(dt.timedelta(minutes=2))
    assert await center.program.delivery.once() == 0
    assert not await letters_of(center.sam, "CL-1")
    await at(center, "2026-12-07 09:00")
    (letter,) = await letters_of(center.sam, "CL-1")
    assert "CL-2" in letter.text
    assert not center.refused


async def test_what_is_put_off_comes_again_with_its_buttons_and_once(center: Center) -> None:
    await shared(center, review_by="2026-12-01")
    await shared(center, "U0MARCO", review_by="2026-12-01")
    await until(center, "2026-12-01 09:00")
    (letter,) = await letters_of(center.sam, "things this morning", "Outcomes to record")
    await letter.choose("Later", "Next week")
    await told(center)
    (letter,) = await letters_of(center.sam, "things this morning", "Outcomes to record")
    assert "CL-1 · Dana Whitfield · later: Mon 7 December" in letter.text
    assert letter.buttons == ["Record outcome", "See all of it"]
    await until(center, "2026-12-06 12:00")
    assert not await letters_of(center.sam, "CL-1", "overdue\nCL-1")
    assert len(await letters_of(center.sam, "CL-2 with Marco is overdue")) == 1
    await until(center, "2026-12-07 09:00")
    again = (await letters_of(center.sam, "Outcomes to record", "Billing, week of"))[-1]
    assert "later: Mon 7" not in again.text
    assert "Outcomes to record\nCL-1 · Dana Whitfield" in again.text
    assert not center.refused


async def test_who_put_it_off_too_far_can_say_tomorrow_after_all(center: Center) -> None:
    await shared(center, review_by="2026-12-01")
    await until(center, "2026-12-01 09:00")
    (letter,) = await letters_of(center.sam, "how did it go?")
    await letter.choose("Later", "Next week")
    await told(center)
    put_off = "CL-1 · Dana Whitfield · later: Mon 7 December, 09:00 GMT"
    (letter,) = await letters_of(center.sam, put_off)
    assert not letter.buttons
    await letter.choose(put_off, "Tomorrow")
    await told(center)
    (letter,) = await letters_of(center.sam, "CL-1 · Dana Whitfield · later: Wed 2 December, 09:00")
    await until(center, "2026-12-02 09:00")
    assert len(await letters_of(center.sam, "how did it go?")) == 1
    await until(center, "2026-12-07 09:00")
    assert len(await letters_of(center.sam, "how did it go?")) == 1
    assert not center.refused


async def test_a_later_day_comes_with_buttons_too(center: Center) -> None:
    """The second of two reminders waits with the first that was put off."""
    await shared(center)
    await until(center, "2026-11-26 09:00")
    (letter,) = await letters_of(center.dana, "waits for you to read it")
    await letter.choose("Later", "Next week")
    await told(center)
    (letter,) = await letters_of(center.dana, "later: Mon 30 November")
    await until(center, "2026-11-30 09:00")
    (again,) = await letters_of(center.dana, "waits for you to read it", "Acknowledge")
    await again.choose("Later", "Next week")
    await until(center, "2026-12-07 08:59")
    assert not await letters_of(center.dana, "waits for you to read it", "Acknowledge")
    await at(center, "2026-12-07 09:00")
    (last,) = await letters_of(center.dana, "waits for you to read it", "Acknowledge")
    assert "later:" not in last.text
    assert not center.refused


async def test_two_weeks_off_are_made_up_in_one_message_each(center_anywhere: Center) -> None:
    center = center_anywhere
    await shared(center, review_by="2026-12-01", step_who="supervisor", step_what="Sit in")
    await shared(center, "U0MARCO", review_by="2026-12-02")
    await drafted(center, "U0MARCO")
    await told(center)
    before = {user: len(await center.person(user).messages()) for user in _STAFF}
    await at(center, "2026-12-08 15:00")
    # Where two letters met, the younger looks again after a minute.
    await at(center, "2026-12-08 15:02")
    after = {user: len(await center.person(user).messages()) for user in _STAFF}
    assert {user: after[user] - before[user] for user in _STAFF} == dict.fromkeys(_STAFF, 1)
    (letter,) = await center.sam.messages()
    order = ["Outcomes to record", "CL-1", "CL-2", "Promised next steps", "Logs to finish", "CL-3"]
    places = [letter.text.index(words, letter.text.index("today, Sam")) for words in order]
    assert places == sorted(places)
    await at(center, "2026-12-08 20:00")
    assert len(await center.sam.messages()) == 1
    assert not center.refused


async def test_more_than_twenty_are_shown_a_page_at_a_time(center: Center) -> None:
    for _ in range(23):
        await shared(center, review_by="2026-12-01")
    await until(center, "2026-12-01 09:00")
    (letter,) = await letters_of(center.sam, "23 things this morning, Sam", "Outcomes to record")
    shown = [number for number in range(1, 24) if f"CL-{number} ·" in letter.text]
    assert 5 < len(shown) <= 20
    await letter.press("Show all")
    seen = set(shown)
    for _ in range(3):
        page = (await center.sam.said_privately())[-1]
        seen |= {number for number in range(1, 24) if f"CL-{number} ·" in page.text}
        if "Show more" in page.buttons:
            await page.press("Show more")
            await told(center)
    assert seen == set(range(1, 24))
    await (await center.sam.said_privately())[-1].choose("Later", "Next week")
    said = (await center.sam.said_privately())[-1].text
    assert said == "It comes again Mon 7 December, 09:00 GMT. Your letter says so as well."
    assert not center.refused


async def test_the_digest_is_no_item_of_its_letter(center: Center) -> None:
    for _ in range(23):
        await shared(center, review_by="2026-11-30")
    await at(center, "2026-11-30 08:00")
    (letter,) = await letters_of(center.sam, "week of 23 November")
    assert "23 things this morning, Sam" in letter.text
    await letter.press("Show all", after="23 things")
    pages = [(await center.sam.said_privately())[-1]]
    while "Show more" in pages[-1].buttons:
        await pages[-1].press("Show more")
        pages.append((await center.sam.said_privately())[-1])
    whole = "\n".join(page.text for page in pages)
    assert not center.refused
    assert "This is done." not in whole
    assert "23 things this morning, Sam" in pages[0].text


async def test_what_somebody_may_not_see_any_more_is_not_in_their_letter(center: Center) -> None:
    await shared(center, review_by="2026-12-01")
    await shared(center, "U0MARCO", review_by="2026-12-01")
    await until(center, "2026-12-01 09:00")
    (letter,) = await letters_of(center.sam, "things this morning", "Outcomes to record")
    await imported(center, "Retention,agent,U0DANA", whole=False)
    await imported(
        center,
        "Billing,supervisor,U0SAM",
        "Billing,agent,U0MARCO",
        "Billing,lead,U0LENA",
        "Retention,agent,U0DANA",
        "Retention,supervisor,U0PRIYA",
        "Retention,lead,U0LENA",
        whole=True,
    )
    await told(center)
    await letter.refresh()
    assert "CL-1 is no longer with you" in letter.text
    assert "Dana" not in letter.text
    assert "CL-2 · Marco Rossi" in letter.text
    await until(center, "2026-12-04 12:00")
    assert not await letters_of(center.sam, "CL-1 with Dana is overdue")
    assert await letters_of(center.person("U0PRIYA"), "CL-1")
    assert not center.refused


async def test_hours_zone_and_day_move_what_waits(center: Center) -> None:
    await shared(center, review_by="2026-12-01")
    await told(center)
    late = (*[Shift(dt.time(11), dt.time(19))] * 5, None, None)
    off = frozenset({dt.date(2026, 12, 1)})
    await center.store.set_hours(TEAM, "U0SAM", late, off, actor="file", now=center.now)
    await hours_changed(center.store, TEAM, ["U0SAM"], center.now, actor="file")
    await until(center, "2026-12-02 10:59")
    assert not await letters_of(center.sam, "Record outcome")
    await at(center, "2026-12-02 11:00")
    assert len(await letters_of(center.sam, "Record outcome")) == 1
    assert not center.refused


_STAFF = ("U0SAM", "U0DANA", "U0MARCO", "U0LENA")
