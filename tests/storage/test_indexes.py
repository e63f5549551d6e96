"""What is asked for often is found through an index, however much there is beside it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage.migration import migrate
from storage.store import Store
from tests.coaching.cast import DANA, NOW, SAM
from tests.storage.plans import steps
from tests.storage.writing import WORKSPACE


@pytest.fixture
async def sqlite_store(tmp_path: Path) -> AsyncIterator[Store]:
    url = f"sqlite:///{tmp_path / 'indexes.db'}"
    await migrate(url)
    store = await Store.open(url)
    yield store
    await store.close()


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


async def test_whether_timetables_are_being_made_is_read_among_those_of_now(
    sqlite_store: Store,
) -> None:
    found = await steps(sqlite_store, lambda: sqlite_store.is_planning(WORKSPACE, NOW))
    for table in ("logs", "teams"):
        assert f"SEARCH {table} USING INDEX ix_{table}_plan_at (plan_at<?)" in found
