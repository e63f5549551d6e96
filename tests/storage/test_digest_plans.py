"""What a digest reads is found by indexes, on both databases, however many old logs there are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from zoneinfo import ZoneInfo

from sqlalchemy import text
from sqlalchemy.engine import Connection

from coaching.digest.facts import Span
from coaching.log import Log, State
from coaching.said import Decided
from storage.mapping import promises_of_log, row_of_log
from storage.store import Store
from storage.tables import audit_entries, logs, promises
from tests.coaching.cast import DANA, SAM
from tests.storage.writing import NOW, WORKSPACE, deciding, opened, staff

SPAN = Span(dt.date(2026, 11, 23), ZoneInfo("Europe/London"))
STEP = {"step_what": "Listen to two calls together", "step_by": "2026-12-01"}
AGENTS = [DANA.user, *(f"UTEAM{number}" for number in range(14))]


@contextmanager
def _ran(store: Store) -> Iterator[list[tuple[str, object]]]:
    ran: list[tuple[str, object]] = []

    def running(
        _c: Connection, _cursor: object, sql: str, params: object, *_others: object
    ) -> None:
        if sql.lstrip().startswith(("SELECT", "WITH")):
            ran.append((sql, params))

    with store.database.heard_by(running):
        yield ran


async def _fill(store: Store, like: Log, number_of: int) -> None:
    """Old logs of other agents, and some of the team's; one in twenty has a step to be done."""
    decided = Decided(NOW, SAM.user, "close", "met")
    old = replace(like, state=State.CLOSED, decided=decided, step_done=NOW)
    # Made once and copied: thousands of them one by one would take longer than the test.
    row, (promise,) = row_of_log(old), promises_of_log(like)
    rows, promised = [], []
    for number in range(number_of):
        log_id = f"old{number}"
        agent = AGENTS[number % 15] if number % 10 == 0 else f"U{number % 300}"
        at = NOW - dt.timedelta(days=100, hours=number % 5000)
        times = dict.fromkeys(("session_at", "held_at", "decided_at", "finished_at"), at)
        who = {"id": log_id, "number": 1000 + number, "agent": agent, "unread_by": None}
        rows.append({**row, **who, **times})
        promised.append({**promise, "log": log_id, "agent": agent, "is_open": number % 20 == 1})
    trail = [
        {
            "workspace": WORKSPACE,
            "seq": 1000 + number,
            "at": NOW,
            "actor": SAM.user,
            "action": "log.extended",
            "subject": row["id"],
            "state_hash": "",
            "previous": "",
            "hash": "",
        }
        for number, row in enumerate(rows)
    ]
    async with store.database.engine.begin() as connection:
        for table, values in ((logs, rows), (promises, promised), (audit_entries, trail)):
            for start in range(0, len(values), 1000):
                await connection.execute(table.insert(), values[start : start + 1000])
    if not store.database.is_sqlite:
        async with store.database.engine.connect() as connection:
            await connection.execute(text("ANALYZE"))
            await connection.commit()


async def _told(store: Store) -> None:
    """A team of one that has something of everything."""
    await staff(store)
    await opened(store, "open", **STEP)
    moved = await opened(store, "moved")
    await store.save(
        replace(
            deciding(moved, "close")[0], log=replace(moved, extensions=1), action="log.extended"
        )
    )
    first = await opened(store, "first")
    _, second = await store.save(*deciding(first, "continue", new_log_id="second"))
    shared = replace(second, state=State.OPEN, revision=1, shared_at=NOW)
    await store.save(replace(deciding(moved, "close")[0], log=shared, notices=(), at=NOW))


async def test_no_statement_of_a_digest_reads_a_whole_table(store: Store) -> None:
    await _told(store)
    like = await store.log(WORKSPACE, "open")
    assert like is not None
    # PostgreSQL reads the whole of a small table whatever its indexes.
    await _fill(store, like, 1_000 if store.database.is_sqlite else 15_000)
    with _ran(store) as ran:
        facts = await store.digest_facts(WORKSPACE, AGENTS, SPAN)
    assert facts.extended
    assert len(facts.chains) == 2
    assert len(ran) == 6
    for sql, params in ran:
        plan = await _plan(store, sql, params)
        scans = [line for line in plan if _is_scan(line)]
        assert not scans, "\n".join((sql, *plan))


async def _plan(store: Store, sql: str, params: object) -> list[str]:
    how = "EXPLAIN QUERY PLAN" if store.database.is_sqlite else "EXPLAIN"
    async with store.database.engine.connect() as connection:
        rows = await connection.exec_driver_sql(f"{how} {sql}", params)  # type: ignore[arg-type]
        return [str(row[-1]) for row in rows]


def _is_scan(line: str) -> bool:
    names = ("logs", "promises", "audit_entries", "notices")
    if line.startswith("SCAN"):
        return line.split()[1] in names
    return "Seq Scan on" in line and line.partition("Seq Scan on ")[2].split(" ")[0] in names


async def test_a_digest_costs_the_same_among_few_old_logs_and_many(sqlite_url: str) -> None:
    store = await Store.open(sqlite_url)
    try:
        await _told(store)
        like = await store.log(WORKSPACE, "open")
        assert like is not None
        few = await _steps(store)
        await _fill(store, like, 5_000)
        assert await _steps(store) < few * 1.5
    finally:
        await store.close()


async def _steps(store: Store) -> int:
    """How many steps SQLite's machine takes: the same on every computer."""
    counted = 0

    def one_more() -> int:
        nonlocal counted
        counted += 1
        return 0

    with _ran(store) as ran:
        await store.digest_facts(WORKSPACE, AGENTS, SPAN)
    async with store.database.engine.connect() as connection:
        raw = await connection.get_raw_connection()
        assert raw.driver_connection is not None
        await raw.driver_connection.set_progress_handler(one_more, 1)
        for sql, params in ran:
            await connection.exec_driver_sql(sql, params)  # type: ignore[arg-type] # as it was given
        await raw.driver_connection.set_progress_handler(None, 1)
    assert counted
    return counted


def _days(found: Sequence[tuple[str, dt.datetime]]) -> list[dt.date]:
    return [at.date() for _, at in found]


async def test_an_extension_counts_in_the_week_in_which_it_was_made(store: Store) -> None:
    await _told(store)
    week = await store.digest_facts(WORKSPACE, AGENTS, SPAN)
    assert _days(week.extended) == [NOW.date()]
    assert not (await store.digest_facts(WORKSPACE, AGENTS, SPAN.before(1))).extended
