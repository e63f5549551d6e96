"""A letter reads what is due for its receiver, however much they were told and others wait for."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from sqlalchemy import text

from storage.outbox import new_row
from storage.store import Store
from storage.tables import notices
from tests.coaching.cast import SAM
from tests.storage.plans import steps
from tests.storage.reminding import HOUR, NINE, letter, plan, reminder
from tests.storage.writing import NOW, WORKSPACE, opened

_MANY = 5_000
_OWN = {"ix_notices_letters", "ix_notices_receiver", "ix_notices_carried_by", "ix_notices_state"}


def _row(kind: str, number: int, **columns: Any) -> dict[str, Any]:
    made = new_row(lambda: f"{kind}{number}", workspace=WORKSPACE, kind=kind, occurrence="1")
    return {"ts": None, "wake_at": None, "carried_by": None, **made, **columns}


async def _filled(store: Store) -> None:
    rows = []
    for number in range(_MANY):
        before, after = NINE - number * HOUR, NINE + (number + 1) * HOUR
        told = {"receiver": SAM.user, "due_at": before, "state": "sent"}
        waits = {"receiver": f"U{number}", "due_at": after, "wake_at": after}
        rows += [
            _row("letter", number, subject="", **told, ts="1.1") | {"occurrence": f"{number}"},
            _row("step", number, subject=f"log{number}x", **told, carried_by=f"letter{number}"),
            _row("letter", _MANY + number, subject="", **waits),
        ]
    async with store.database.engine.begin() as connection:
        await connection.execute(notices.insert(), rows)
    async with store.database.engine.connect() as connection:
        analyzing = await connection.execution_options(isolation_level="AUTOCOMMIT")
        await analyzing.execute(text("ANALYZE"))


async def test_a_letter_finds_what_it_reads_through_indexes_of_its_own(store: Store) -> None:
    await opened(store)
    await plan(store, NOW, reminder())
    await _filled(store)
    claimed = await letter(store, NINE)
    later = NINE + dt.timedelta(minutes=1)
    found = await steps(store, lambda: store.gather(claimed, until=NINE, now=later))
    found += await steps(store, lambda: store.after_older(claimed, later))
    used = {name for step in found for name in re.findall(r"(?:ix|sqlite|uq|pk)_\w+", step)}
    assert "ix_notices_letters" in used
    assert used <= _OWN, found
    assert not [step for step in found if re.match(r"SCAN notices|.*Seq Scan", step)], found
