"""The databases themselves: addresses, migrations, times, other processes, cut connections."""

from __future__ import annotations

import asyncio
import datetime as dt
import sqlite3
import threading
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import Update, inspect, select, text, update
from sqlalchemy.exc import StatementError
from sqlalchemy.ext.asyncio import AsyncConnection

from coaching.change import Change
from coaching.fields import Value
from coaching.session import check_in, void
from storage.engine import Database, NotADatabase, driven
from storage.migration import LaterVersion, check, migrate, migrate_back
from storage.store import Store
from storage.tables import logs, metadata, promises
from tests.coaching.cast import DANA, SAM
from tests.storage.writing import NOW, WORKSPACE, changed, draft, first_save, opened, saving

PLUS_TWO = dt.timezone(dt.timedelta(hours=2))


@pytest.mark.parametrize(
    ("address", "driver"),
    [
        ("sqlite:///coachlog.db", "sqlite+aiosqlite:///coachlog.db"),
        (" sqlite:////var/lib/coachlog.db\n", "sqlite+aiosqlite:////var/lib/coachlog.db"),
        ("postgresql://me:secret@db/coach", "postgresql+psycopg://me:secret@db/coach"),
        ("postgres://db/coach?sslmode=require", "postgresql+psycopg://db/coach?sslmode=require"),
        ("postgresql+psycopg2://db/coach", "postgresql+psycopg://db/coach"),
    ],
)
def test_plain_addresses_get_their_drivers(address: str, driver: str) -> None:
    assert driven(address).render_as_string(hide_password=False) == driver


@pytest.mark.parametrize("address", ["", "coachlog.db", "mysql://me:secret@db/coach", "://secret"])
def test_other_addresses_are_refused_without_being_repeated(address: str) -> None:
    with pytest.raises(NotADatabase) as refused:
        driven(address)
    assert "secret" not in str(refused.value)
    assert "sqlite:///coachlog.db" in str(refused.value)


async def test_migrations_go_up_and_down_and_fit_the_tables(database_url: str) -> None:
    await migrate(database_url)
    await check(database_url)
    assert await _tables(database_url) == {*metadata.tables, "alembic_version"}
    await migrate_back(database_url, "base")
    assert await _tables(database_url) == {"alembic_version"}
    await migrate(database_url)
    await check(database_url)
    store = await Store.open(database_url)
    try:
        assert (await draft(store)).number == 1
    finally:
        await store.close()


async def test_promises_survive_their_move_into_a_table_and_back(database_url: str) -> None:
    await migrate(database_url)
    store = await Store.open(database_url)
    try:
        await opened(store, "log", step_what="Send the model calls", step_by="2026-12-01")
        log = await opened(store, "talked")
        for who, what in (("supervisor", "Sit in on a call"), ("agent", "Listen to CL-3")):
            said = check_in(log, {"step_who": who, "step_what": what}, actor=SAM, now=NOW)
            (log,) = await store.save(changed(said))
        await migrate_back(database_url, "0001")
        await migrate(database_url)
        promised = await store.promised(WORKSPACE, SAM.user)
        assert [log.id for log in promised] == ["log", "talked"]
        assert await store.promised(WORKSPACE, DANA.user) == [log]
    finally:
        await store.close()


async def test_what_the_digest_counts_by_is_worked_out_for_logs_of_before(
    database_url: str,
) -> None:
    await migrate(database_url)
    store = await Store.open(database_url)
    whole: dict[str, Value] = {"observed": "Named the fee", "points": ("Played it back",)}
    try:
        day = int(NOW.timestamp()) - 86400
        await opened(store, "whole", **whole, session_at=day, step_what="Send the model calls")
        brief = await opened(store, "brief")
        (brief,) = await store.save(
            Change(
                log=replace(brief, content={**brief.content, **whole}, revision=2),
                action="log.revised",
                actor=SAM.user,
                at=NOW + dt.timedelta(hours=3),
            )
        )
        await opened(store, "never")
        await draft(store, "draft", session_at=day)
        gone = await opened(store, "gone")
        await store.save(changed(void(gone, "Wrong call", actor=SAM, now=NOW)))
        columns = logs.c.id, logs.c.session_at, logs.c.finished_at
        query = select(*columns, promises.c.agent).outerjoin(promises, promises.c.log == logs.c.id)
        before = {row.id: row for row in await store.database.rows(query)}
        assert before["whole"].agent == DANA.user
        assert before["whole"].finished_at == NOW
        assert before["brief"].finished_at == NOW + dt.timedelta(hours=3)
        assert (
            before["draft"].session_at == before["whole"].session_at == NOW - dt.timedelta(days=1)
        )
        assert before["never"].finished_at is before["gone"].session_at is None
        await migrate_back(database_url, "0004")
        await migrate(database_url)
        assert {row.id: row for row in await store.database.rows(query)} == before
    finally:
        await store.close()


async def test_a_store_knows_whether_it_is_migrated(database_url: str) -> None:
    store = await Store.open(database_url)
    try:
        assert not await store.is_migrated()
        await migrate(database_url)
        assert await store.is_migrated()
    finally:
        await store.close()


async def test_tables_of_a_later_version_are_told_from_older_ones(database_url: str) -> None:
    await migrate(database_url)
    store = await Store.open(database_url)
    try:
        await store.database.write(
            text("UPDATE alembic_version SET version_num = '9999' RETURNING 1")
        )
        with pytest.raises(LaterVersion):
            await store.is_migrated()
        with pytest.raises(LaterVersion):
            await migrate(database_url)
    finally:
        await store.close()


async def test_several_processes_may_migrate_at_once(database_url: str) -> None:
    await asyncio.gather(*(migrate(database_url) for _ in range(3)))
    await check(database_url)


async def _tables(url: str) -> set[str]:
    database = Database(url)
    try:
        async with database.snapshot() as connection:
            return set(await connection.run_sync(lambda sync: inspect(sync).get_table_names()))
    finally:
        await database.close()


def test_every_key_begins_with_the_workspace() -> None:
    for table in metadata.tables.values():
        assert next(iter(table.primary_key.columns)).name == "workspace", table.name
        for key in table.foreign_key_constraints:
            assert key.column_keys[0] == "workspace", key


async def test_a_time_without_a_zone_is_refused(store: Store) -> None:
    change = first_save()
    naive = replace(change, log=replace(change.log, created_at=NOW.replace(tzinfo=None)))
    with pytest.raises(StatementError, match="without a zone"):
        await store.save(naive)
    with pytest.raises(StatementError, match="without a zone"):
        await store.claim(NOW.replace(tzinfo=None))
    assert await store.log(WORKSPACE, change.log.id) is None


async def test_times_are_kept_in_utc_to_the_microsecond(store: Store) -> None:
    local = dt.datetime(2026, 3, 29, 1, 30, 0, 123456, tzinfo=PLUS_TWO)
    change = first_save()
    await store.save(replace(change, log=replace(change.log, created_at=local)))
    found = await store.log(WORKSPACE, change.log.id)
    assert found is not None
    assert found.created_at == local
    assert found.created_at.tzinfo is dt.UTC


async def test_an_address_that_does_not_answer_fails_at_opening(tmp_path: Path) -> None:
    before = set(threading.enumerate())
    with pytest.raises(Exception, match="unable to open"):
        await Store.open(f"sqlite:///{tmp_path / 'no' / 'folder.db'}")
    # The driver stops its thread without waiting for it; it must not outlive this event loop.
    for thread in set(threading.enumerate()) - before:
        await asyncio.to_thread(thread.join, 5)


async def test_a_busy_file_is_waited_for(sqlite_url: str) -> None:
    store = await Store.open(sqlite_url)
    other = sqlite3.connect(sqlite_url.removeprefix("sqlite:///"), isolation_level=None)
    try:
        log = await draft(store)
        other.execute("BEGIN IMMEDIATE")
        other.execute("UPDATE counters SET last_number = 41")
        waiting = asyncio.create_task(store.save(saving(log, quote="“I want to cancel”")))
        # Those who read wait for nobody.
        assert await store.log(WORKSPACE, log.id) == log
        await asyncio.sleep(0.3)
        assert not waiting.done()
        other.execute("COMMIT")
        await waiting
        assert (await draft(store, "log2")).number == 42
    finally:
        other.close()
        await store.close()


async def test_a_file_is_kept_in_wal_mode_with_foreign_keys(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    try:
        async with database.snapshot() as connection:
            mode = await connection.exec_driver_sql("PRAGMA journal_mode")
            keys = await connection.exec_driver_sql("PRAGMA foreign_keys")
            assert (mode.scalar_one(), keys.scalar_one()) == ("wal", 1)
    finally:
        await database.close()


async def test_connections_that_were_cut_are_replaced(postgresql_url: str) -> None:
    store = await Store.open(postgresql_url)
    try:
        log = await draft(store)
        _cut(postgresql_url)
        assert await store.log(WORKSPACE, log.id) == log
        _cut(postgresql_url)
        (saved,) = await store.save(saving(log, quote="“I want to cancel”"))
        _cut(postgresql_url)
        assert await store.claim(NOW) == []
        assert await store.log(WORKSPACE, log.id) == saved
    finally:
        await store.close()


async def test_a_statement_that_was_ended_to_break_a_deadlock_is_run_again(
    postgresql_url: str,
) -> None:
    store = await Store.open(postgresql_url)
    try:
        for name in ("first", "second"):
            await opened(store, name)
        await store.logs_to_plan(NOW, limit=9)
        holds = asyncio.Event()

        async def work(connection: AsyncConnection) -> None:
            await connection.execute(_touching("second"))
            if not holds.is_set():
                holds.set()
                while not await store.database.rows(_WAITING):  # noqa: ASYNC110 - sets no event
                    await asyncio.sleep(0)
            # Each waits for the other now, and the one that waits longer is ended.
            await connection.execute(_touching("first"))

        other = asyncio.create_task(store.database.transact(work))
        await holds.wait()
        await store.plan_logs_again(WORKSPACE, ["first", "second"], NOW)
        await other
        assert len(await store.logs_to_plan(NOW, limit=9)) == 2
    finally:
        await store.close()


def _touching(log: str) -> Update:
    return update(logs).where(logs.c.id == log).values(saved=logs.c.saved)


_WAITING = text("SELECT 1 FROM pg_locks WHERE NOT granted")


def _cut(address: str) -> None:
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


async def test_a_transaction_that_fails_leaves_nothing_and_the_next_one_works(
    store: Store,
) -> None:
    change = first_save()
    broken = replace(change, at=NOW.replace(tzinfo=None))
    with pytest.raises(StatementError):
        await store.save(broken)
    assert await store.database.rows(select(logs)) == []
    (saved,) = await store.save(change)
    assert saved.number == 1
