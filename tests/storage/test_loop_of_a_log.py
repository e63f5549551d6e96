from __future__ import annotations

import asyncio
import datetime as dt
from dataclasses import replace

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from coaching.change import Change
from coaching.criteria import Criterion
from coaching.entries import Setting
from coaching.fields import Content
from coaching.log import Log, State
from coaching.people import Person
from coaching.session import begin, discard, share, void, write
from storage.migration import check, migrate, migrate_back
from storage.store import Stale, Store
from storage.tables import metadata

WORKSPACE = "T0"
NOW = dt.datetime(2026, 11, 24, 12, 0, tzinfo=dt.UTC)
SAM = Person(user="U0SAM", name="Sam Okafor")
CONTENT: Content = {
    "agent": "U0DANA",
    "call": "8841",
    "moment": "03:12",
    "criterion": "c1",
    "score": "55",
    "target": "Ask the reason first",
    "points": ("one", "two", "three"),
    "session_at": 1_764_000_000,
    "follow_up_criterion": "c1",
    "threshold": "80",
    "calls": 10,
    "calls_reaching": 7,
    "review_by": "2026-12-24",
}
SETTING = Setting(NOW, SAM.zone, {"c1": Criterion("c1", "Discovery")})


def drafted(log_id: str = "log1") -> Change:
    log = begin(workspace=WORKSPACE, log_id=log_id, supervisor=SAM.user, now=NOW, content=CONTENT)
    change = write(log, [], CONTENT, actor=SAM, now=NOW)
    assert isinstance(change, Change)
    return change


def sharing(log: Log) -> Change:
    change = share(log, actor=SAM, setting=SETTING, others_open=[])
    assert isinstance(change, Change)
    return change


async def test_a_log_comes_back_as_it_was_saved(store: Store) -> None:
    (draft,) = await store.save(drafted())
    assert draft.number == 1
    assert await store.log(WORKSPACE, draft.id) == draft
    (shared,) = await store.save(sharing(draft))
    assert await store.log_numbered(WORKSPACE, 1) == shared
    assert shared.state is State.OPEN
    assert [item.number for item in await store.revisions(WORKSPACE, shared.id)] == [1]


async def test_of_two_savers_one_is_told_that_it_is_stale(store: Store) -> None:
    (draft,) = await store.save(drafted())
    results = await asyncio.gather(
        store.save(sharing(draft)),
        store.save(_changed(discard(draft, actor=SAM, now=NOW))),
        return_exceptions=True,
    )
    assert sum(isinstance(result, Stale) for result in results) == 1


async def test_numbers_have_no_gaps_and_no_doubles(store: Store) -> None:
    saved = await asyncio.gather(*(store.save(drafted(f"log{n}")) for n in range(8)))
    assert sorted(log.number for (log,) in saved) == list(range(1, 9))


async def test_notices_are_claimed_once_and_cancelled_by_a_void(store: Store) -> None:
    (draft,) = await store.save(drafted())
    (shared,) = await store.save(sharing(draft))
    first, second = await store.claim(NOW), await store.claim(NOW)
    assert [item.kind for item in first] == ["shared"]
    assert second == []
    await store.sent(first[0], channel="D1", ts="1.1", shown="digest", now=NOW)
    await store.save(_changed(void(shared, "Wrong call", actor=SAM, now=NOW)))
    kinds = {item.kind: item.ts for item in await store.claim(NOW + dt.timedelta(days=60))}
    assert kinds == {"shared": "1.1", "voided": None}


async def test_a_lease_that_ran_out_is_claimed_again(store: Store) -> None:
    (draft,) = await store.save(drafted())
    await store.save(sharing(draft))
    (claimed,) = await store.claim(NOW)
    (again,) = await store.claim(NOW + dt.timedelta(seconds=31))
    assert again.key == claimed.key


async def test_the_audit_trail_verifies_and_refuses_to_be_changed(store: Store) -> None:
    (draft,) = await store.save(drafted())
    await store.save(sharing(draft))
    assert await store.verify(WORKSPACE) is None
    for statement in ("UPDATE audit_entries SET actor = 'x'", "DELETE FROM audit_entries"):
        with pytest.raises(DBAPIError):
            async with store.database.engine.begin() as connection:
                await connection.execute(text(statement))
    assert await store.verify(WORKSPACE) is None


async def test_a_time_without_a_zone_is_refused(store: Store) -> None:
    change = drafted()
    naive = replace(change, log=replace(change.log, created_at=NOW.replace(tzinfo=None)))
    with pytest.raises(Exception, match="zone"):
        await store.save(naive)


async def test_migrations_go_up_and_down_and_fit_the_tables(database_url: str) -> None:
    await migrate(database_url)
    await check(database_url)
    await migrate_back(database_url, "base")
    await migrate(database_url)


def test_every_key_begins_with_the_workspace() -> None:
    for table in metadata.sorted_tables:
        assert next(iter(table.primary_key.columns)).name == "workspace", table.name


def _changed(answer: object) -> Change:
    assert isinstance(answer, Change)
    return answer
