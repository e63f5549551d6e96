"""What is asked for often is found through an index, however much there is beside it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from storage.migration import migrate
from storage.store import Store
from tests.coaching.cast import DANA, NOW, SAM
from tests.storage.writing import WORKSPACE


@pytest.fixture
async def sqlite_store(tmp_path: Path) -> AsyncIterator[Store]:
    url = f"sqlite:///{tmp_path / 'indexes.db'}"
    await migrate(url)
    store = await Store.open(url)
    yield store
    await store.close()


async def steps(store: Store, run: Callable[[], Awaitable[object]]) -> list[str]:
    """How SQLite runs what that runs, in its own words."""
    engine, ran = store.database.engine, list[tuple[str, Any]]()

    def running(_one: object, _two: object, statement: str, values: object, *_: object) -> None:
        if not statement.startswith("BEGIN"):
            ran.append((statement, values))

    event.listen(engine.sync_engine, "before_cursor_execute", running)
    try:
        await run()
    finally:
        event.remove(engine.sync_engine, "before_cursor_execute", running)
    found: list[str] = []
    async with engine.connect() as connection:
        for statement, values in ran:
            rows = await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
            found += [row.detail for row in rows]
    return found


async def test_promises_are_found_by_who_made_them(sqlite_store: Store) -> None:
    found = await steps(sqlite_store, lambda: sqlite_store.promised(WORKSPACE, SAM.user))
    assert "SEARCH promises USING INDEX ix_promises_who (workspace=? AND who=?)" in found


async def test_what_is_planned_again_is_found_through_indexes(sqlite_store: Store) -> None:
    users = [DANA.user, SAM.user]
    found = await steps(
        sqlite_store, lambda: sqlite_store.plan_again(WORKSPACE, users, ["team"], NOW)
    )
    for index in (
        "(workspace=? AND agent=?)",
        "ix_logs_draft_of (workspace=? AND draft_of=?)",
        "ix_logs_unread_of (workspace=? AND unread_of=?)",
        "ix_promises_who (workspace=? AND who=?)",
        "ix_notices_receiver (workspace=? AND receiver=?)",
    ):
        assert any(index in step for step in found), found
    assert not [step for step in found if step.startswith("SCAN")]
