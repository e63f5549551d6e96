"""Timetables: what waits is made the same as what the rules say, and what was told stays told."""

from __future__ import annotations

import asyncio
import datetime as dt
from dataclasses import replace

from coaching.notices import NoticeKind
from storage.outbox import NoticeState
from storage.store import Store, Timetable
from tests.coaching.cast import DANA, SAM
from tests.storage.reminding import (
    HOUR,
    NINE,
    claimed_plans,
    letters,
    plan,
    reminder,
    row,
    rows,
    timetable,
    told,
)
from tests.storage.writing import DAY, NOW, WORKSPACE, acknowledging, draft, opened, staff

MINUTE = dt.timedelta(minutes=1)
SECOND = dt.timedelta(seconds=1)


async def test_each_save_has_the_timetable_made_anew_once(store: Store) -> None:
    log = await opened(store)
    assert set(await claimed_plans(store, NOW + HOUR)) == {log.id}
    assert not await claimed_plans(store, NOW + HOUR), "two workers made it"
    again = await claimed_plans(store, NOW + 2 * HOUR)
    assert set(again) == {log.id}, "the worker died, and nobody made it after its lease"
    await store.settle([timetable(again[log.id], reminder())], NOW + 2 * HOUR)
    assert not await claimed_plans(store, NOW + 9 * HOUR)
    await store.save(acknowledging(log))
    assert set(await claimed_plans(store, NOW + 9 * HOUR)) == {log.id}


async def test_reminders_are_added_moved_cancelled_and_revived(store: Store) -> None:
    await opened(store)
    await plan(store, NOW, reminder(), reminder(occurrence="2"))
    first = await row(store)
    assert (first.state, first.due_at, first.wake_at) == (NoticeState.NEW, NINE, None)
    await plan(store, NOW, reminder(at=NINE + DAY))
    assert (await row(store)).due_at == NINE + DAY
    assert (await row(store, "2")).state == NoticeState.CANCELLED
    await plan(store, NOW, reminder(), reminder(at=NINE + HOUR, occurrence="2"))
    second = await row(store, "2")
    assert (second.state, second.due_at) == (NoticeState.NEW, NINE + HOUR)
    assert (await row(store)).id == first.id
    assert await told(store, NINE) == ["1"]
    assert await told(store, NINE + HOUR) == ["2"]


async def test_what_was_told_stays_as_it_is(store: Store) -> None:
    await opened(store)
    await plan(store, NOW, reminder())
    assert await told(store, NINE) == ["1"]
    await plan(store, NINE, reminder(at=NINE + DAY))
    await plan(store, NINE)
    await plan(store, NINE, reminder(at=NINE + DAY))
    assert (await row(store)).state == NoticeState.SENT
    for claimed in await letters(store, NINE + 2 * DAY):
        assert await store.gather(claimed, until=NINE + 2 * DAY, now=NINE + 2 * DAY) == []


async def test_a_timetable_of_a_log_that_was_saved_meanwhile_does_nothing(store: Store) -> None:
    log = await opened(store)
    planned = (await claimed_plans(store, NOW))[log.id]
    await store.save(acknowledging(log))
    await store.settle([timetable(planned, reminder())], NOW)
    assert not await rows(store)
    newer = (await claimed_plans(store, NOW + HOUR))[log.id]
    assert newer[0].is_acknowledged


async def test_a_timetable_that_was_asked_for_again_meanwhile_does_nothing(store: Store) -> None:
    """Somebody's hours changed while it was made: what it says is of before."""
    log = await opened(store)
    planned = (await claimed_plans(store, NOW))[log.id]
    await store.plan_logs_again(WORKSPACE, [log.id], NOW + MINUTE)
    await store.settle([timetable(planned, reminder())], NOW + MINUTE)
    assert not await rows(store)
    assert set(await claimed_plans(store, NOW + MINUTE)) == {log.id}


async def test_letters_know_whether_timetables_are_being_made(store: Store) -> None:
    log = await opened(store)
    assert await store.is_planning(WORKSPACE, NOW), "it is to be made"
    assert not await store.is_planning("T9", NOW)
    planned = (await claimed_plans(store, NOW))[log.id]
    assert await store.is_planning(WORKSPACE, NOW + 20 * SECOND), "it is being made"
    assert await store.is_planning(WORKSPACE, NOW + 40 * SECOND), "its worker died"
    await store.settle([timetable(planned, reminder())], NOW)
    assert not await store.is_planning(WORKSPACE, NOW)


async def test_what_is_to_be_looked_at_soon_is_not_being_made(store: Store) -> None:
    log = await opened(store)
    (planned,) = (await claimed_plans(store, NOW)).values()
    await store.plan_later(planned[0], NOW + HOUR)
    assert not await store.is_planning(WORKSPACE, NOW)
    assert not await store.is_planning(WORKSPACE, NOW + HOUR - SECOND)
    assert set(await claimed_plans(store, NOW + HOUR)) == {log.id}
    assert await store.is_planning(WORKSPACE, NOW + HOUR)
    await draft(store, "draft")
    await store.plan_later(planned[0], NOW + 2 * HOUR)
    assert not await store.is_planning(WORKSPACE, NOW + MINUTE)
    assert await store.is_planning(WORKSPACE, NOW + HOUR), "nobody made the draft's"


async def test_a_timetable_whose_worker_dies_each_time_holds_up_nobody(store: Store) -> None:
    await opened(store)
    for seconds in (0, 31, 62):
        assert await claimed_plans(store, NOW + seconds * SECOND)
    assert not await store.is_planning(WORKSPACE, NOW + 62 * SECOND)


async def test_two_workers_share_what_is_to_be_planned(store: Store) -> None:
    for number in range(20):
        await opened(store, f"log{number}")
    both = await asyncio.gather(*(store.logs_to_plan(NOW, limit=10) for _ in range(2)))
    claimed = [log.id for found in both for log, _ in found]
    claimed += await claimed_plans(store, NOW)
    assert len(claimed) == len(set(claimed)) == 20


async def test_of_two_workers_that_settle_one_log_the_newer_claim_counts(store: Store) -> None:
    log = await opened(store)
    slow = (await claimed_plans(store, NOW))[log.id]
    quick = (await claimed_plans(store, NOW + HOUR))[log.id]
    await asyncio.gather(
        store.settle([timetable(slow, reminder(at=NINE + DAY))], NOW + HOUR),
        store.settle([timetable(quick, reminder())], NOW + HOUR),
    )
    assert (await row(store)).due_at == NINE


async def test_a_team_keeps_what_is_due_and_touches_no_other_teams(store: Store) -> None:
    await staff(store)
    (team,) = await store.teams_to_plan(NOW, limit=9)
    no_session, of_week = NoticeKind.NO_SESSION, reminder(NoticeKind.DIGEST, subject=team.id)
    past = reminder(no_session, NOW - DAY, subject=DANA.user, occurrence=f"{team.id}/past")
    to_come = reminder(no_session, subject=DANA.user, occurrence=f"{team.id}/next")
    # An agent may be in two teams.
    others = reminder(no_session, subject=DANA.user, receiver="UOTHER", occurrence="other/next")
    made = Timetable(
        workspace=WORKSPACE,
        id=team.id,
        subjects=frozenset({team.id, DANA.user}),
        reminders=frozenset({past, to_come, others, of_week}),
        keeps_past=True,
        leased_until=team.leased_until,
        look_at=NOW + DAY,
    )
    assert await store.is_planning(WORKSPACE, NOW)
    await store.settle([made], NOW)
    assert not await store.teams_to_plan(NOW + HOUR, limit=9)
    assert not await store.is_planning(WORKSPACE, NOW + DAY - SECOND)
    (last,) = await store.teams_to_plan(NOW + DAY, limit=9)
    last_made = replace(made, leased_until=last.leased_until, reminders=frozenset({of_week}))
    await store.settle([last_made], NOW + DAY)
    claimed = {one.receiver: one for one in reversed(await letters(store, NINE))}
    to_sam = await store.gather(claimed[SAM.user], until=NINE, now=NINE)
    to_other = await store.gather(claimed["UOTHER"], until=NINE, now=NINE)
    assert to_sam is not None
    assert to_other is not None
    assert [one.occurrence for one in to_sam] == [f"{team.id}/past", "1"]
    assert [one.subject for one in to_other] == [DANA.user]
