"""How a database runs a statement, in its own words."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from storage.store import Store


async def steps(store: Store, run: Callable[[], Awaitable[object]]) -> list[str]:
    """How the database runs what that runs."""
    ran = list[tuple[str, Any]]()

    def running(_one: object, _two: object, statement: str, values: object, *_: object) -> None:
        if not statement.startswith("BEGIN"):
            ran.append((statement, values))

    with store.database.heard_by(running):
        await run()
    explain = "EXPLAIN QUERY PLAN" if store.database.is_sqlite else "EXPLAIN"
    found: list[str] = []
    async with store.database.engine.connect() as connection:
        for statement, values in ran:
            rows = await connection.exec_driver_sql(f"{explain} {statement}", values)
            found += [str(row[-1]) for row in rows]
    return found
