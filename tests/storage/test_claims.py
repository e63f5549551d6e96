"""What becomes of a claim: begun, found again, lost, parked, given back."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from coaching.notices import NoticeKind
from storage.outbox import NoticeRow, NoticeState
from storage.store import Claimed, Store
from tests.storage.writing import (
    DAY,
    MINUTE,
    NOW,
    WORKSPACE,
    acknowledging,
    opened,
    voiding,
)

LATER = NOW + 60 * DAY


async def _again(store: Store, now: dt.datetime = NOW) -> Claimed:
    (claimed,) = [one for one in await store.claim(now) if one.kind is NoticeKind.SHARED]
    return claimed


async def _shared(store: Store) -> Claimed:
    """The claimed notice of a log that was just shared."""
    await opened(store)
    return await _again(store)


async def _row(store: Store) -> NoticeRow:
    rows = await store.notices_of(WORKSPACE, "log1")
    (found,) = [row for row in rows if row.kind is NoticeKind.SHARED]
    return found


async def _begun(store: Store) -> Claimed:
    begun = await store.sending(await _shared(store), NOW)
    assert begun is not None
    return begun


async def test_what_is_begun_is_kept_with_a_lease_begun_anew(store: Store) -> None:
    claimed = await _shared(store)
    begun = await store.sending(claimed, NOW + MINUTE / 4)
    assert begun is not None
    row = await _row(store)
    assert (row.state, row.begun_at) == (NoticeState.SENDING, NOW + MINUTE / 4)
    assert row.leased_until == begun.leased_until == claimed.leased_until + MINUTE / 4


async def test_nothing_is_begun_without_a_lease(store: Store) -> None:
    lost = await _shared(store)
    kept = await _again(store, NOW + MINUTE)
    assert await store.sending(lost, NOW + MINUTE) is None
    assert await store.sending(kept, NOW + MINUTE) is not None


async def test_nothing_is_begun_whose_reason_went_since_the_claim(store: Store) -> None:
    claimed = await _shared(store)
    log = await store.log(WORKSPACE, "log1")
    assert log is not None
    await store.save(voiding(log))
    assert await store.sending(claimed, NOW) is None
    assert (await _row(store)).state is NoticeState.CANCELLED


async def test_a_message_that_is_of_yesterday_is_not_begun(store: Store) -> None:
    claimed = await _shared(store)
    log = await store.log(WORKSPACE, "log1")
    assert log is not None
    await store.save(acknowledging(log))
    assert await store.sending(claimed, NOW) is None
    await store.release([claimed])
    again = await _again(store)
    assert (again.id, again.touched, again.attempts) == (claimed.id, claimed.touched + 1, 0)


async def test_a_worker_that_died_before_it_began_has_posted_nothing(store: Store) -> None:
    await _shared(store)
    again = await _again(store, NOW + MINUTE)
    assert (again.begun_at, again.attempts) == (None, 1)
    assert (await _row(store)).state is NoticeState.NEW


async def test_a_worker_that_died_after_it_began_may_have_posted(store: Store) -> None:
    await _begun(store)
    again = await _again(store, NOW + MINUTE)
    assert (again.begun_at, again.attempts) == (NOW, 1)
    assert (await _row(store)).state is NoticeState.UNKNOWN


async def test_so_may_one_whose_lease_a_starting_process_takes_over(store: Store) -> None:
    await _begun(store)
    assert await store.release_leases() == 1
    again = await _again(store)
    assert again.begun_at == NOW


async def test_a_lost_answer_is_unknown_until_it_is_looked_up(store: Store) -> None:
    begun = await _begun(store)
    await store.lost(begun, NOW + MINUTE, NOW)
    row = await _row(store)
    assert (row.state, row.attempts, row.leased_until) == (NoticeState.UNKNOWN, 1, None)
    assert await store.claim(NOW) == []
    again = await _again(store, NOW + MINUTE)
    found = await store.found(again, channel="D1", ts="1.1", now=NOW + MINUTE)
    assert (found.ts, found.begun_at, found.shown) == ("1.1", None, None)
    row = await _row(store)
    assert (row.state, row.stale, row.begun_at) == (NoticeState.SENT, True, None)
    # Should the worker die before it has brought the message up to date, another one does.
    after = await _again(store, NOW + 2 * MINUTE)
    assert (after.id, after.ts) == (begun.id, "1.1")


async def test_what_stays_unknown_is_claimed_no_more(store: Store) -> None:
    await store.lost(await _begun(store), None, NOW)
    assert NoticeKind.SHARED not in {one.kind for one in await store.claim(LATER)}
    assert (await _row(store)).state is NoticeState.UNKNOWN


async def test_what_was_refused_is_new_again(store: Store) -> None:
    await store.put_off(await _begun(store), NOW + MINUTE)
    row = await _row(store)
    assert (row.state, row.begun_at, row.attempts) == (NoticeState.NEW, None, 1)


async def test_an_unknown_one_that_is_put_off_stays_unknown(store: Store) -> None:
    await store.lost(await _begun(store), NOW, NOW)
    again = await _again(store)
    await store.put_off(again, NOW + MINUTE, has_failed=False)
    row = await _row(store)
    assert (row.state, row.begun_at, row.attempts) == (NoticeState.UNKNOWN, NOW, 1)


async def test_a_void_of_what_is_being_sent_makes_its_message_stale(store: Store) -> None:
    begun = await _begun(store)
    log = await store.log(WORKSPACE, "log1")
    assert log is not None
    await store.save(voiding(log))
    assert (await _row(store)).state is NoticeState.SENDING
    await store.sent(begun, channel="D1", ts="1.1", shown="digest", now=NOW)
    row = await _row(store)
    assert (row.state, row.stale, row.wake_at) == (NoticeState.SENT, True, NOW)


async def _parked(store: Store) -> NoticeRow:
    claimed = await _again(store)
    for moment in range(1, 3):
        assert not await store.at_fault(claimed, NOW + moment * MINUTE, why="no_text", most=3)
        claimed = await _again(store, NOW + moment * MINUTE)
        assert claimed.faults == moment
    assert await store.at_fault(claimed, NOW, why="no_text", most=3)
    return await _row(store)


async def test_what_fails_by_its_own_fault_is_parked_with_the_reason(store: Store) -> None:
    await opened(store)
    row = await _parked(store)
    assert (row.state, row.wake_at, row.reason) == (NoticeState.PARKED, None, "no_text")
    assert NoticeKind.SHARED not in {one.kind for one in await store.claim(LATER)}


async def test_a_change_of_its_log_tries_it_again(store: Store) -> None:
    log = await opened(store)
    await _parked(store)
    await store.save(acknowledging(log))
    again = await _again(store)
    assert (again.kind, again.faults) == (NoticeKind.SHARED, 0)


async def test_a_void_cancels_it(store: Store) -> None:
    log = await opened(store)
    await _parked(store)
    await store.save(voiding(log))
    assert (await _row(store)).state is NoticeState.CANCELLED


async def test_the_next_start_tries_it_again(store: Store) -> None:
    await opened(store)
    await _parked(store)
    assert await store.unpark() == 1
    assert await store.unpark() == 0
    again = await _again(store)
    assert (again.ts, again.faults) == (None, 0)


async def test_a_parked_update_is_tried_again_as_an_update(store: Store) -> None:
    log = await opened(store)
    claimed = await _again(store)
    await store.sent(claimed, channel="D1", ts="1.1", shown="digest", now=NOW)
    await store.save(acknowledging(log))
    await _parked(store)
    await store.unpark()
    again = await _again(store)
    assert again.ts == "1.1"
    assert (await _row(store)).state is NoticeState.SENT


async def test_what_is_given_back_is_taken_at_once(store: Store) -> None:
    claimed = await _shared(store)
    await store.release([claimed])
    again = await _again(store)
    assert again == replace(claimed, leased_until=again.leased_until)
    # What another worker holds meanwhile is not given back.
    await store.sent(again, channel="D1", ts="1.1", shown="digest", now=NOW)
    await store.release([claimed])
    assert await store.claim(NOW) == []


@pytest.mark.parametrize("without", [(), ("T0",), ("T1",), ("T0", "T1")])
async def test_a_workspace_can_be_left_alone(store: Store, without: tuple[str, ...]) -> None:
    await opened(store)
    claimed = await store.claim(NOW, without=without)
    assert bool(claimed) is (WORKSPACE not in without)
