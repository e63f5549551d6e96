from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from sqlalchemy import event

from coaching.change import Change
from coaching.log import State
from storage.store import Store
from tests.flows.center import Center
from tests.flows.writing import fill_evidence, following, open_evidence

BUDGET = 8
_UNCOUNTED = ("BEGIN", "COMMIT", "ROLLBACK", "PRAGMA", "SAVEPOINT", "RELEASE")


@contextmanager
def counted(store: Store) -> Iterator[list[str]]:
    """The statements that are run in the block, transaction control aside."""
    found: list[str] = []

    def note(_c: object, _cursor: object, statement: str, *_rest: Any) -> None:
        is_outbox = "notices" in statement
        if not is_outbox and not statement.lstrip().upper().startswith(_UNCOUNTED):
            found.append(statement)

    engine = store.database.engine.sync_engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(engine, "before_cursor_execute", note)


async def opened_and_saved(center: Center) -> tuple[int, int]:
    with counted(center.store) as opening:
        modal = await open_evidence(center.sam, "@dana")
    await fill_evidence(modal)
    with counted(center.store) as saving:
        modal = await following(modal)
    await modal.close(everything=True)
    return len(opening), len(saving)


async def test_a_form_costs_few_statements_however_many_logs_there_are(center: Center) -> None:
    few = await opened_and_saved(center)
    draft = (await center.store.drafts("T0CENTER", "U0SAM"))[0]
    await center.store.save(
        Change(
            log=replace(draft, state=State.DISCARDED),
            action="draft.discarded",
            actor="U0SAM",
            at=center.clock.now(),
        )
    )
    for number in range(300):
        old = replace(draft, id=f"old{number}", number=0, saved=0, state=State.DISCARDED)
        await center.store.save(
            Change(log=old, action="draft.saved", actor="U0SAM", at=center.clock.now())
        )
    many = await opened_and_saved(center)
    assert few == many
    assert max(many) <= BUDGET
