"""Notices: written once, cancelled in time, claimed by one worker, updated after each change."""

from __future__ import annotations

import asyncio
import datetime as dt
from dataclasses import replace

from coaching.change import Change
from coaching.elements import FOLLOW_UP
from coaching.log import Log
from coaching.notices import Notice, NoticeKind
from coaching.sharing import revise
from storage.outbox import NoticeState
from storage.store import Claimed, NoticeRow, Store
from tests.coaching.cast import DANA, LENA, SAM
from tests.storage.writing import (
    DAY,
    MINUTE,
    NOW,
    WORKSPACE,
    acknowledging,
    at,
    changed,
    deciding,
    disagreeing,
    draft,
    opened,
    sharing,
    voiding,
)

LATER = NOW + 60 * DAY


async def _send(store: Store, claimed: Claimed, now: dt.datetime = NOW) -> None:
    await store.sent(claimed, channel="D1", ts=f"1.{claimed.id}", shown="digest", now=now)


async def _claim_one(store: Store, kind: NoticeKind, now: dt.datetime = NOW) -> Claimed:
    (found,) = [item for item in await store.claim(now) if item.kind is kind]
    return found


async def _one(store: Store, log: Log, kind: NoticeKind) -> NoticeRow:
    (found,) = [item for item in await store.notices_of(WORKSPACE, log.id) if item.kind is kind]
    return found


def _moving(log: Log, review_by: str) -> Change:
    content = {**log.content, "review_by": review_by}
    return changed(revise(log, FOLLOW_UP, content, actor=SAM, now=NOW))


async def test_a_notice_waits_for_its_time_and_is_claimed_once(store: Store) -> None:
    log = await opened(store)
    claimed = await _claim_one(store, NoticeKind.SHARED)
    assert (claimed.workspace, claimed.log, claimed.receiver) == (WORKSPACE, log.id, DANA.user)
    assert (claimed.ts, claimed.channel, claimed.attempts) == (None, None, 0)
    assert await store.claim(NOW) == []
    await _send(store, claimed)
    (escalated,) = await store.save(*deciding(log, "escalate"))
    waiting = await _one(store, escalated, NoticeKind.ESCALATED)
    before = {one.kind for one in await store.claim(waiting.due_at - MINUTE)}
    assert NoticeKind.ESCALATED not in before
    assert [one.kind for one in await store.claim(waiting.due_at)][-1] is NoticeKind.ESCALATED


async def test_the_same_notice_written_twice_is_one(store: Store) -> None:
    log = await opened(store)
    first = await _one(store, log, NoticeKind.SHARED)
    again = Notice(NoticeKind.SHARED, log.id, DANA.user, NOW + DAY)
    await store.save(replace(acknowledging(log), notices=(again, again)))
    found = await _one(store, log, NoticeKind.SHARED)
    assert (found.id, found.due_at) == (first.id, first.due_at)


async def test_a_void_cancels_what_was_not_sent_yet(store: Store) -> None:
    log = await opened(store)
    await store.save(voiding(log))
    states = {item.kind: item.state for item in await store.notices_of(WORKSPACE, log.id)}
    assert states == {
        NoticeKind.SHARED: NoticeState.CANCELLED,
        NoticeKind.VOIDED: NoticeState.NEW,
    }
    assert [item.kind for item in await store.claim(LATER)] == [NoticeKind.VOIDED]


async def test_the_agents_view_hastens_the_escalation(store: Store) -> None:
    log = await opened(store)
    (escalated,) = await store.save(*deciding(log, "escalate"))
    waiting = await _one(store, escalated, NoticeKind.ESCALATED)
    assert (waiting.receiver, waiting.due_at > NOW + DAY) == (LENA.user, True)
    hastening = replace(disagreeing(escalated), hastens=frozenset({NoticeKind.ESCALATED}))
    await store.save(hastening)
    hastened = await _one(store, escalated, NoticeKind.ESCALATED)
    assert (hastened.due_at, hastened.wake_at) == (NOW, NOW)


async def test_a_sent_message_is_updated_after_each_change(store: Store) -> None:
    log = await opened(store)
    await _send(store, await _claim_one(store, NoticeKind.SHARED))
    await store.save(acknowledging(log))
    again = await _claim_one(store, NoticeKind.SHARED)
    assert (again.channel, again.ts, again.shown) == ("D1", f"1.{again.id}", "digest")
    await _send(store, again)
    assert (await _one(store, log, NoticeKind.SHARED)).stale is False
    assert NoticeKind.SHARED not in {item.kind for item in await store.claim(LATER)}


async def test_a_change_while_the_message_is_on_its_way_is_not_lost(store: Store) -> None:
    log = await opened(store)
    claimed = await _claim_one(store, NoticeKind.SHARED)
    (log,) = await store.save(acknowledging(log))
    await _send(store, claimed)
    again = await _claim_one(store, NoticeKind.SHARED)
    assert again.ts is not None
    (log,) = await store.save(voiding(log))
    assert NoticeKind.SHARED not in {item.kind for item in await store.claim(NOW)}
    await _send(store, again)
    assert (await _claim_one(store, NoticeKind.SHARED)).ts is not None


async def test_a_message_that_was_cancelled_on_its_way_is_known_and_updated(store: Store) -> None:
    log = await opened(store)
    claimed = await _claim_one(store, NoticeKind.SHARED)
    await store.save(voiding(log))
    await _send(store, claimed)
    kinds = {item.kind: item.ts is not None for item in await store.claim(NOW)}
    assert kinds == {NoticeKind.SHARED: True, NoticeKind.VOIDED: False}


async def test_a_failed_delivery_is_tried_again_at_its_time(store: Store) -> None:
    await opened(store)
    claimed = await _claim_one(store, NoticeKind.SHARED)
    await store.put_off(claimed, NOW + MINUTE)
    assert await store.claim(NOW + MINUTE / 2) == []
    again = await _claim_one(store, NoticeKind.SHARED, NOW + MINUTE)
    assert (again.attempts, again.key) == (1, claimed.key)


async def test_a_lease_that_ran_out_is_claimed_again_and_its_loser_cannot_put_it_off(
    store: Store,
) -> None:
    log = await opened(store)
    lost = await _claim_one(store, NoticeKind.SHARED)
    kept = await _claim_one(store, NoticeKind.SHARED, NOW + MINUTE)
    assert kept.key == lost.key
    await store.put_off(lost, NOW + DAY)
    await store.drop(lost, "gone")
    found = await _one(store, log, NoticeKind.SHARED)
    assert (found.state, found.wake_at) == (NoticeState.NEW, kept.leased_until)
    # That it was posted after all is a fact, though.
    await _send(store, lost)
    assert (await _one(store, log, NoticeKind.SHARED)).state is NoticeState.SENT


async def test_what_was_dropped_is_never_claimed(store: Store) -> None:
    log = await opened(store)
    await store.drop(await _claim_one(store, NoticeKind.SHARED), "acknowledged before")
    found = await _one(store, log, NoticeKind.SHARED)
    assert (found.state, found.reason) == (NoticeState.DROPPED, "acknowledged before")
    await store.save(acknowledging(log))
    assert NoticeKind.SHARED not in {item.kind for item in await store.claim(LATER)}


async def test_a_drop_is_thought_over_where_the_log_changed_meanwhile(store: Store) -> None:
    log = await opened(store)
    claimed = await _claim_one(store, NoticeKind.SHARED)
    await store.save(acknowledging(log))
    await store.drop(claimed, "gone")
    await store.drop(await _claim_one(store, NoticeKind.SHARED), "gone")
    assert (await _one(store, log, NoticeKind.SHARED)).state is NoticeState.DROPPED


async def test_a_starting_process_takes_over_all_leases(store: Store) -> None:
    await opened(store)
    await _claim_one(store, NoticeKind.SHARED)
    assert await store.release_leases() == 1
    assert await store.release_leases() == 0
    assert (await _claim_one(store, NoticeKind.SHARED)).attempts == 1


async def test_the_next_due_time_is_known(store: Store) -> None:
    assert await store.next_due(NOW) is None
    log = await opened(store)
    assert await store.next_due(NOW - MINUTE) == NOW
    await _send(store, await _claim_one(store, NoticeKind.SHARED))
    assert await store.next_due(NOW) is None
    (escalated,) = await store.save(*deciding(log, "escalate"))
    waiting = await _one(store, escalated, NoticeKind.ESCALATED)
    assert await store.next_due(NOW) == waiting.due_at
    assert await store.next_due(waiting.due_at) is None


async def test_a_claim_takes_the_earliest_up_to_its_limit(store: Store) -> None:
    for number in range(5):
        log = await draft(store, f"log{number}")
        moment = NOW + number * MINUTE
        shared = sharing(log)
        notices = tuple(replace(item, due_at=moment) for item in shared.notices)
        await store.save(at(replace(shared, notices=notices[:1]), moment))
    first = await store.claim(LATER, limit=2)
    assert [item.log for item in first] == ["log0", "log1"]
    assert [item.log for item in await store.claim(LATER)] == ["log2", "log3", "log4"]


async def test_two_workers_share_the_work(migrated_url: str) -> None:
    one, other = await Store.open(migrated_url), await Store.open(migrated_url)
    try:
        for number in range(30):
            await opened(one, f"log{number}")
        claims = await asyncio.gather(
            *(store.claim(NOW, limit=5) for store in (one, other) for _ in range(4))
        )
        claimed = [item.id for claim in claims for item in claim]
        assert len(claimed) == len(set(claimed)) == 30
    finally:
        await one.close()
        await other.close()
