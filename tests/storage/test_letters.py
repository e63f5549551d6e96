"""Letters: they gather everything once, one at a time, and what they tell is told."""

from __future__ import annotations

import asyncio
import datetime as dt

import pytest

from coaching.notices import NoticeKind
from storage.outbox import NoticeState
from storage.store import Store
from tests.coaching.cast import DANA, SAM
from tests.storage.reminding import (
    HOUR,
    NINE,
    gathered,
    letter,
    letters,
    plan,
    posted,
    reminder,
    row,
    told,
)
from tests.storage.writing import DAY, NOW, WORKSPACE, acknowledging, opened

MINUTE = dt.timedelta(minutes=1)
SECOND = dt.timedelta(seconds=1)
TOMORROW, NEXT_WEEK = NINE + DAY, NINE + 7 * DAY


async def _snoozed(store: Store, occurrence: str = "1", *, until: dt.datetime = TOMORROW) -> bool:
    found = await row(store, occurrence)
    now = until - DAY + HOUR
    return await store.snooze(WORKSPACE, found.id, SAM.user, until, now)


async def test_a_letter_gathers_all_that_is_due_for_its_receiver_and_nothing_else(
    store: Store,
) -> None:
    await opened(store)
    await plan(
        store,
        NOW,
        reminder(at=NINE - 2 * DAY, occurrence="late"),
        reminder(NoticeKind.STEP),
        reminder(occurrence="later", at=NINE + SECOND),
        reminder(occurrence="hers", receiver=DANA.user),
    )
    claimed = await letters(store, NINE)
    mine = [one for one in claimed if one.receiver == SAM.user]
    found = await store.gather(mine[0], until=NINE, now=NINE)
    assert [one.occurrence for one in found or ()] == ["late", "1"]
    assert await store.gather(mine[1], until=NINE, now=NINE) is None
    await posted(store, mine[0], NINE)
    assert await store.gather(mine[1], until=NINE, now=NINE) == []
    carried = await store.carried(WORKSPACE, mine[0].id, SAM.user)
    assert [one.occurrence for one in carried] == ["late", "1"]
    assert await store.carried(WORKSPACE, mine[0].id, DANA.user) == []


async def test_what_a_letter_tells_is_marked_with_it(store: Store) -> None:
    await opened(store)
    await plan(store, NOW, reminder())
    claimed = await letter(store, NINE)
    await gathered(store, claimed, NINE)
    begun = await store.sending(claimed, NINE)
    assert begun is not None
    assert (await row(store)).state == NoticeState.NEW
    await store.sent(begun, channel="D1", ts="1.1", shown="digest", now=NINE)
    found = await row(store)
    assert (found.state, found.carried_by, found.sent_at) == (NoticeState.SENT, claimed.id, NINE)


@pytest.mark.parametrize("end", ["dropped", "parked", "put off", "died"])
async def test_what_a_letter_took_is_not_lost_with_it(store: Store, end: str) -> None:
    await opened(store)
    await plan(store, NOW, reminder(), reminder(at=NINE + HOUR, occurrence="2"))
    claimed = await letter(store, NINE)
    await gathered(store, claimed, NINE)
    if end == "dropped":
        await store.drop(claimed, "user_disabled")
    elif end == "parked":
        await store.at_fault(claimed, NINE + MINUTE, why="KeyError", most=1)
    elif end == "put off":
        await store.put_off(claimed, NINE + 2 * HOUR)
    later = NINE + HOUR
    for one in await letters(store, later):
        if (found := await store.gather(one, until=later, now=later)) is None:
            await store.put_off(one, later + MINUTE, has_failed=False)
        elif found:
            assert [each.occurrence for each in found] == ["1", "2"]
            await posted(store, one, later)
            break
    else:
        assert await told(store, NINE + 2 * HOUR + MINUTE) == ["1", "2"]
    assert (await row(store)).state == (await row(store, "2")).state == NoticeState.SENT


async def test_a_reminder_written_when_its_letter_is_claimed_gets_one_of_its_own(
    store: Store,
) -> None:
    await opened(store)
    await plan(store, NOW, reminder())
    claimed = await letter(store, NINE)
    assert [one.occurrence for one in await gathered(store, claimed, NINE)] == ["1"]
    # By a worker whose clock is a little behind.
    await plan(store, NINE - SECOND, reminder(), reminder(occurrence="2"))
    await posted(store, claimed, NINE)
    assert await told(store, NINE + MINUTE) == ["2"]


@pytest.mark.parametrize("end", ["sent", "nothing to tell", "not its hour"])
async def test_a_clock_that_was_ahead_leaves_no_reminder_without_a_letter(
    store: Store, end: str
) -> None:
    await opened(store)
    await plan(store, NOW, reminder())
    claimed = await letter(store, NINE)
    await gathered(store, claimed, NINE)
    if end == "sent":
        await posted(store, claimed, NINE)
    elif end == "nothing to tell":
        await store.drop(claimed, end)
    else:
        await store.postpone(claimed, NEXT_WEEK)
    await plan(store, NINE - HOUR, reminder(occurrence="2"))
    assert await told(store, NINE) == ["2"]


async def test_a_clock_that_is_set_back_before_its_letter_goes_leaves_out_nothing(
    store: Store,
) -> None:
    await opened(store)
    await plan(store, NOW, reminder())
    claimed = await letter(store, NINE)
    found = await gathered(store, claimed, NINE - HOUR)
    assert [one.occurrence for one in found] == ["1"]


async def test_of_two_letters_at_once_one_takes_everything(store: Store) -> None:
    await opened(store)
    await plan(store, NOW, reminder(), reminder(at=NINE + HOUR, occurrence="2"))
    later = NINE + HOUR
    both = await letters(store, later)
    assert len(both) == 2
    found = await asyncio.gather(*(store.gather(one, until=later, now=later) for one in both))
    assert [None if one is None else len(one) for one in found] == [2, None]


async def test_what_moved_before_its_letter_was_tried_again_is_told_on_its_new_day(
    store: Store,
) -> None:
    await opened(store)
    await plan(store, NOW, reminder(), reminder(occurrence="2"))
    claimed = await letter(store, NINE)
    await gathered(store, claimed, NINE)
    await store.put_off(claimed, NINE + MINUTE)
    await plan(store, NINE, reminder(at=TOMORROW), reminder(occurrence="2"))
    assert await told(store, NINE + MINUTE) == ["2"]
    assert await told(store, TOMORROW) == ["1"]


async def test_what_was_cancelled_while_it_was_being_sent_is_not_told_again(store: Store) -> None:
    await opened(store)
    await plan(store, NOW, reminder())
    claimed = await letter(store, NINE)
    await gathered(store, claimed, NINE)
    begun = await store.sending(claimed, NINE)
    assert begun is not None
    await plan(store, NINE)
    await store.sent(begun, channel="D1", ts="1.1", shown="digest", now=NINE)
    await plan(store, NINE, reminder(at=TOMORROW))
    assert (await row(store)).state == NoticeState.SENT
    assert await told(store, TOMORROW) == []


async def test_a_letter_whose_log_changed_is_not_sent_as_it_was(store: Store) -> None:
    log = await opened(store)
    await plan(store, NOW, reminder())
    claimed = await letter(store, NINE)
    await gathered(store, claimed, NINE)
    await store.save(acknowledging(log))
    assert await store.sending(claimed, NINE) is None


async def test_what_is_given_up_may_come_back(store: Store) -> None:
    await opened(store)
    await plan(store, NOW, reminder())
    claimed = await letter(store, NINE)
    (found,) = await gathered(store, claimed, NINE)
    await store.give_up(claimed, [found.id])
    await store.drop(claimed, "no reason")
    given_up = await row(store)
    assert (given_up.state, given_up.carried_by) == (NoticeState.CANCELLED, None)
    await plan(store, NINE, reminder(at=NINE + HOUR))
    assert await told(store, NINE + HOUR) == ["1"]


async def test_a_snoozed_reminder_comes_again_on_its_day_and_once(store: Store) -> None:
    await opened(store)
    await plan(store, NOW, reminder())
    assert await told(store, NINE) == ["1"]
    assert await _snoozed(store)
    assert (await row(store)).snoozed_until == TOMORROW
    await plan(store, NINE + HOUR, reminder())
    assert await told(store, TOMORROW - SECOND) == []
    assert await told(store, TOMORROW) == ["1~2026-12-01"]
    assert await told(store, NEXT_WEEK) == []


async def test_who_changes_their_mind_is_asked_on_the_day_that_they_said_last(
    store: Store,
) -> None:
    await opened(store)
    await plan(store, NOW, reminder())
    assert await told(store, NINE) == ["1"]
    found = await row(store)
    for until in (TOMORROW, NEXT_WEEK):
        assert await store.snooze(WORKSPACE, found.id, SAM.user, until, NINE + HOUR)
    await plan(store, NINE + HOUR, reminder())
    assert await told(store, TOMORROW) == []
    for until in (TOMORROW + DAY, NEXT_WEEK, TOMORROW + DAY):
        assert await store.snooze(WORKSPACE, found.id, SAM.user, until, TOMORROW + HOUR)
    await plan(store, TOMORROW + HOUR, reminder())
    assert await told(store, TOMORROW + DAY) == ["1~2026-12-02"]
    assert await told(store, NEXT_WEEK) == []


async def test_what_is_put_off_before_its_letter_is_marked_as_sent_is_drawn_anew(
    store: Store,
) -> None:
    await opened(store)
    await plan(store, NOW, reminder())
    claimed = await letter(store, NINE)
    await gathered(store, claimed, NINE)
    begun = await store.sending(claimed, NINE)
    assert begun is not None
    assert await _snoozed(store)
    assert await store.sent(begun, channel="D1", ts="1.1", shown="digest", now=NINE)
    again = [one.id for one in await store.claim(NINE) if one.ts == "1.1"]
    assert again == [claimed.id]


async def test_a_snoozed_reminder_can_be_put_off_again(store: Store) -> None:
    await opened(store)
    await plan(store, NOW, reminder())
    assert await told(store, NINE) == ["1"]
    assert await _snoozed(store)
    assert await told(store, TOMORROW) == ["1~2026-12-01"]
    assert await _snoozed(store, "1~2026-12-01", until=NEXT_WEEK)
    await plan(store, TOMORROW + HOUR, reminder())
    assert await told(store, NEXT_WEEK) == ["1~2026-12-07"]


async def test_nobody_puts_off_what_is_somebody_elses(store: Store) -> None:
    await opened(store)
    await plan(store, NOW, reminder())
    assert await told(store, NINE) == ["1"]
    found = await row(store)
    assert not await store.snooze(WORKSPACE, found.id, DANA.user, TOMORROW, NINE)
    assert not await store.snooze("T9", found.id, SAM.user, TOMORROW, NINE)
    assert not await store.snooze(WORKSPACE, "nothing", SAM.user, TOMORROW, NINE)
    carrying = found.carried_by
    assert not await store.snooze(WORKSPACE, carrying, SAM.user, TOMORROW, NINE)
    assert await told(store, TOMORROW) == []


async def test_what_is_put_off_does_not_come_once_its_reason_went(store: Store) -> None:
    await opened(store)
    await plan(store, NOW, reminder())
    assert await told(store, NINE) == ["1"]
    assert await _snoozed(store)
    await plan(store, NINE + HOUR)
    assert await told(store, TOMORROW) == []


async def test_a_snooze_holds_back_what_asks_for_the_same_and_no_longer(store: Store) -> None:
    await opened(store)
    prompt, overdue = NoticeKind.OUTCOME_DUE, NoticeKind.OVERDUE
    other = reminder(NoticeKind.ACKNOWLEDGE, TOMORROW, occurrence="other")
    asked = reminder(prompt, NINE)
    second = reminder(overdue, NINE + 2 * DAY, occurrence="1/2")
    fifth = reminder(overdue, NINE + 8 * DAY, occurrence="1/5")
    reminders = (asked, second, fifth, other)
    await plan(store, NOW, *reminders)
    assert await told(store, NINE) == ["1"]
    found = await row(store)
    assert await store.snooze(WORKSPACE, found.id, SAM.user, NEXT_WEEK, NINE + HOUR)
    await plan(store, NINE + HOUR, *reminders)
    assert await told(store, TOMORROW) == ["other"]
    assert await told(store, NINE + 6 * DAY) == []
    assert await told(store, NEXT_WEEK) == ["1/2", "1~2026-12-07"]
    assert await told(store, NINE + 8 * DAY) == ["1/5"]


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        (NoticeKind.STEP, "0/2026-11-30/1", "1/2026-12-01/1"),
        (NoticeKind.UNANSWERED, "view/1/1", "escalation/1/1"),
    ],
)
async def test_a_snooze_of_one_thing_in_a_log_leaves_the_others(
    store: Store, kind: NoticeKind, one: str, other: str
) -> None:
    await opened(store)
    first = reminder(kind, NINE, occurrence=one)
    second = reminder(kind, NINE + DAY, occurrence=other)
    await plan(store, NOW, first, second)
    assert await told(store, NINE) == [first.occurrence]
    found = await row(store, first.occurrence)
    assert await store.snooze(WORKSPACE, found.id, SAM.user, NEXT_WEEK, NINE + HOUR)
    assert await told(store, TOMORROW) == [second.occurrence]


async def test_what_is_put_off_before_its_letter_is_marked_shows_it_all_the_same(
    store: Store,
) -> None:
    await opened(store)
    await plan(store, NOW, reminder())
    claimed = await letter(store, NINE)
    (found,) = await gathered(store, claimed, NINE)
    begun = await store.sending(claimed, NINE)
    assert begun is not None
    # Who presses at once is quicker than the answer to the post is marked.
    assert await store.snooze(WORKSPACE, found.id, claimed.receiver, NINE + DAY, NINE)
    await store.sent(begun, channel="D1", ts="1.1", shown="digest", now=NINE)
    (shown,) = await store.carried(WORKSPACE, claimed.id, claimed.receiver)
    assert (shown.due_at, shown.snoozed_until) == (NINE, NINE + DAY)
    assert await told(store, NINE + DAY) == ["1~2026-12-01"]
