"""A save looks at its own log's notices alone, however many others there are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import text

from storage.store import Store
from storage.tables import notices
from tests.coaching.cast import SAM
from tests.storage.writing import NOW, WORKSPACE, acknowledging, opened

_MANY = 20_000


async def _filled(store: Store) -> None:
    rows = [
        {
            "workspace": WORKSPACE,
            "id": f"other{number}",
            "kind": "shared",
            "subject": f"log{number}x",
            "receiver": f"U{number}",
            "occurrence": "1",
            "due_at": NOW - dt.timedelta(days=90),
            "state": "sent",
            "stale": False,
            "touched": 0,
            "attempts": 0,
            "faults": 0,
            "key": f"key{number}",
            "ts": "1.1",
        }
        for number in range(_MANY)
    ]
    async with store.database.engine.begin() as connection:
        await connection.execute(notices.insert(), rows)
    async with store.database.engine.connect() as connection:
        analyzing = await connection.execution_options(isolation_level="AUTOCOMMIT")
        await analyzing.execute(text("ANALYZE"))


async def test_a_save_finds_what_it_touches_through_indexes(store: Store) -> None:
    log = await opened(store)
    await _filled(store)
    ran: list[tuple[str, Any]] = []

    def running(_one: object, _two: object, statement: str, values: Any, *_: object) -> None:
        if statement.startswith("UPDATE notices"):
            ran.append((statement, values))

    with store.database.heard_by(running):
        await store.save(acknowledging(log))
        await store.look_again(WORKSPACE, [log.agent or ""], [SAM.user], NOW)
    assert len(ran) == 2
    explain: Callable[[str], str] = (
        (lambda words: f"EXPLAIN QUERY PLAN {words}")
        if store.database.is_sqlite
        else (lambda words: f"EXPLAIN {words}")
    )
    async with store.database.engine.connect() as connection:
        for statement, values in ran:
            given: Mapping[str, Any] | Any = values
            rows = await connection.exec_driver_sql(explain(statement), given)
            steps = [" ".join(map(str, row)) for row in rows]
            assert not [one for one in steps if "Seq Scan on notices" in one], steps
            assert not [one for one in steps if "SCAN notices" in one], steps
