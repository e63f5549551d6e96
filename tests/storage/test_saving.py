"""One save is whole or nothing, whoever else saves at the same time."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest
from sqlalchemy import func, select

from coaching.criteria import Criterion
from coaching.elements import EVIDENCE
from coaching.log import Log, State
from coaching.session import discard, void
from coaching.sharing import revise
from storage.store import Stale, Store
from storage.tables import audit_entries, logs, notices, revisions
from tests.coaching.cast import DANA, SAM
from tests.databases import statements
from tests.storage.writing import (
    NOW,
    WORKSPACE,
    acknowledging,
    changed,
    deciding,
    draft,
    first_save,
    opened,
    saving,
    sharing,
    sharing_alone,
)


async def _rows(store: Store) -> list[int]:
    tables = (logs, revisions, notices, audit_entries)
    return [
        (await store.database.rows(select(func.count()).select_from(table)))[0][0]
        for table in tables
    ]


async def test_a_save_over_a_newer_one_writes_nothing(store: Store) -> None:
    first = await draft(store)
    await store.save(saving(first, quote="“I want to cancel”"))
    before = await _rows(store)
    store.woken.clear()
    with pytest.raises(Stale):
        await store.save(sharing(first))
    assert await _rows(store) == before
    assert not store.woken.is_set()
    assert await store.verify(WORKSPACE) is None


async def test_where_one_of_two_changes_is_stale_neither_is_stored(store: Store) -> None:
    log = await opened(store)
    decided, continued = deciding(log, "continue")
    await store.save(acknowledging(log))
    with pytest.raises(Stale):
        await store.save(decided, continued)
    assert await store.log(WORKSPACE, "next") is None
    (later,) = await store.save(first_save("log2"))
    assert later.number == 2


async def test_of_many_savers_at_once_one_wins(migrated_url: str) -> None:
    stores = [await Store.open(migrated_url) for _ in range(3)]
    try:
        log = await draft(stores[0])
        answers = await asyncio.gather(
            *(store.save(saving(log, quote=str(n))) for n, store in enumerate(stores * 3)),
            return_exceptions=True,
        )
        won = [answer for answer in answers if isinstance(answer, list)]
        assert len(won) == 1
        assert sum(isinstance(answer, Stale) for answer in answers) == 8
        assert await stores[0].log(WORKSPACE, log.id) == won[0][0]
        assert await stores[0].verify(WORKSPACE) is None
    finally:
        for store in stores:
            await store.close()


async def test_of_two_targets_shared_at_once_one_knows_of_the_other(migrated_url: str) -> None:
    stores = [await Store.open(migrated_url) for _ in range(3)]
    try:
        drafts = [await draft(store, f"log{n}") for n, store in enumerate(stores)]
        sharing = [sharing_alone(log) for log in drafts]
        answers = await asyncio.gather(
            *(store.save(change) for store, change in zip(stores, sharing, strict=True)),
            return_exceptions=True,
        )
        ((shared,),) = [answer for answer in answers if isinstance(answer, list)]
        assert sum(isinstance(answer, Stale) for answer in answers) == 2
        assert [log.id for log in await stores[0].open_logs(WORKSPACE, [DANA.user])] == [shared.id]
        beside = frozenset({shared.id})
        other = next(change for change in sharing if change.log.id != shared.id)
        await stores[0].save(replace(other, beside=beside))
        assert await stores[0].verify(WORKSPACE) is None
    finally:
        for store in stores:
            await store.close()


async def test_numbers_have_no_gaps_and_no_doubles(migrated_url: str) -> None:
    stores = [await Store.open(migrated_url) for _ in range(3)]
    try:
        saves = [store.save(first_save(f"log{n % 20}")) for n, store in enumerate(stores * 10)]
        answers = await asyncio.gather(*saves, return_exceptions=True)
        numbers = [answer[0].number for answer in answers if isinstance(answer, list)]
        # Ten of them were twins, as of a submission that was delivered twice.
        assert sum(isinstance(answer, Stale) for answer in answers) == 10
        assert sorted(numbers) == list(range(1, 21))
        (other,) = await stores[0].save(first_save("log1", workspace="T1"))
        assert other.number == 1
        assert await stores[0].verify(WORKSPACE) is None
    finally:
        for store in stores:
            await store.close()


async def test_a_change_wakes_the_outbox_only_with_something_to_deliver(store: Store) -> None:
    log = await draft(store)
    await store.save(saving(log, quote="“I want to cancel”"))
    assert not store.woken.is_set()
    await opened(store, "log2")
    assert store.woken.is_set()


async def test_each_change_after_sharing_is_a_revision(store: Store) -> None:
    log = await opened(store)
    content = {**log.content, "call": "8842"}
    revised = changed(revise(log, EVIDENCE, content, actor=SAM, now=NOW))
    await store.save(revised)
    found = await store.revisions(WORKSPACE, log.id)
    assert [(item.number, item.actor, item.content["call"]) for item in found] == [
        (1, SAM.user, "8841"),
        (2, SAM.user, "8842"),
    ]
    assert await store.revision(WORKSPACE, log.id, 3) is None


async def test_continuing_stores_both_ends_of_the_link(store: Store) -> None:
    log = await opened(store)
    decided, continued = await store.save(*deciding(log, "continue"))
    assert (decided.id, decided.continued_by) == (log.id, continued.id)
    assert (continued.continues, continued.number) == (log.id, 2)
    assert continued.state is State.DRAFT
    assert await store.log(WORKSPACE, continued.id) == continued


async def test_a_criterion_that_two_people_type_at_once_is_added_once(store: Store) -> None:
    async def adding(log_id: str, criterion: Criterion) -> list[Log]:
        return await store.save(replace(first_save(log_id), added_criteria=(criterion,)))

    answers = await asyncio.gather(
        adding("log1", Criterion("c1", "Discovery")),
        adding("log2", Criterion("c2", "discovery")),
        return_exceptions=True,
    )
    assert sum(isinstance(answer, Stale) for answer in answers) == 1
    # The one that came too late finds it at once when it looks again.
    assert len(await store.criteria(WORKSPACE)) == 1
    assert (await _rows(store))[0] == 1


async def test_a_save_of_one_log_twice_or_of_two_workspaces_is_a_mistake(store: Store) -> None:
    with pytest.raises(ValueError, match="different logs of one workspace"):
        await store.save(first_save(), first_save())
    with pytest.raises(ValueError, match="different logs of one workspace"):
        await store.save(first_save("log1"), first_save("log2", workspace="T1"))


async def test_a_draft_costs_four_statements_and_sharing_at_most_eight(store: Store) -> None:
    log = await draft(store)
    with statements(store) as ran:
        (log,) = await store.save(saving(log, quote="“I want to cancel”"))
    assert len(ran) == 4, ran
    with statements(store) as ran:
        (log,) = await store.save(sharing(log))
    assert len(ran) <= 8, ran
    with statements(store) as ran:
        await store.save(changed(void(log, "Wrong call", actor=SAM, now=NOW)))
    assert len(ran) <= 8, ran


async def test_a_discarded_draft_is_kept_but_not_listed(store: Store) -> None:
    log = await draft(store)
    changes = discard(log, actor=SAM, now=NOW)
    assert isinstance(changes, list)
    await store.save(*changes)
    assert await store.drafts(WORKSPACE, SAM.user) == []
    found = await store.log_numbered(WORKSPACE, log.number)
    assert found is not None
    assert found.state is State.DISCARDED
