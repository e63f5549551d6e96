"""The audit trail: nobody can change it, and what was changed past it is found."""

from __future__ import annotations

import pytest
from sqlalchemy import insert, select, text, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql import Executable

from coaching.people import Role
from coaching.session import void
from storage.audit import GENESIS
from storage.store import Broken, Store, TeamRow
from storage.tables import audit_entries, audit_heads, logs
from tests.coaching.cast import DANA, SAM
from tests.storage.writing import NOW, WORKSPACE, acknowledging, changed, opened, staff

QUOTE = "I want to cancel"


@pytest.fixture
async def written(store: Store) -> Store:
    """A store with a trail of seven entries: an import, two logs, the first one voided."""
    await staff(store)
    log = await opened(store, "log1", quote=QUOTE)
    (log,) = await store.save(acknowledging(log))
    await opened(store, "log2")
    await store.save(changed(void(log, "Wrong call", actor=SAM, now=NOW)))
    return store


async def _force(store: Store, *statements: Executable) -> None:
    """What somebody with all rights in the database could do."""
    if store.database.is_sqlite:
        off = ["DROP TRIGGER audit_entries_no_update", "DROP TRIGGER audit_entries_no_delete"]
    else:
        off = ["ALTER TABLE audit_entries DISABLE TRIGGER USER"]
    async with store.database.engine.begin() as connection:
        for statement in [*(text(words) for words in off), *statements]:
            await connection.execute(statement)


async def test_an_untouched_trail_holds(written: Store) -> None:
    assert await written.verify(WORKSPACE) is None
    assert await written.verify("T1") is None


async def test_each_change_is_an_entry_of_ids_and_hashes(written: Store) -> None:
    rows = await written.database.rows(select(audit_entries).order_by(audit_entries.c.seq))
    assert [(row.seq, row.actor, row.action, row.subject) for row in rows] == [
        (1, "file", "teams.imported", ""),
        (2, SAM.user, "draft.saved", "log1"),
        (3, SAM.user, "log.shared", "log1"),
        (4, DANA.user, "log.acknowledged", "log1"),
        (5, SAM.user, "draft.saved", "log2"),
        (6, SAM.user, "log.shared", "log2"),
        (7, SAM.user, "log.voided", "log1"),
    ]
    assert rows[0].previous == GENESIS
    assert [row.previous for row in rows[1:]] == [row.hash for row in rows[:-1]]
    assert not any(word in str(row) for row in rows for word in (QUOTE, "Whitfield", "Billing"))


async def test_an_entry_is_not_replaced_by_another(written: Store) -> None:
    copy = (
        "INTO audit_entries (workspace, seq, at, actor, action, subject, state_hash, previous, "
        "hash) SELECT workspace, seq, at, 'x', action, subject, state_hash, previous, hash "
        "FROM audit_entries WHERE seq = 2"
    )
    is_sqlite = written.database.is_sqlite
    replacing = (
        f"INSERT OR REPLACE {copy}"
        if is_sqlite
        else f"INSERT {copy} ON CONFLICT (workspace, seq) DO UPDATE SET actor = excluded.actor"
    )
    with pytest.raises(DBAPIError, match="append-only"):
        async with written.database.engine.begin() as connection:
            await connection.execute(text(replacing))


async def test_the_same_words_in_two_logs_have_different_hashes(store: Store) -> None:
    await opened(store, "log1")
    await opened(store, "log2")
    hashes = select(audit_entries.c.state_hash)
    assert len({row.state_hash for row in await store.database.rows(hashes)}) == 4


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entries SET actor = 'x' WHERE seq = 2",
        "DELETE FROM audit_entries WHERE seq = 7",
        "DELETE FROM audit_entries",
    ],
)
async def test_the_database_refuses_to_change_entries(written: Store, statement: str) -> None:
    with pytest.raises(DBAPIError, match="append-only"):
        async with written.database.engine.begin() as connection:
            await connection.execute(text(statement))
    assert await written.verify(WORKSPACE) is None


@pytest.mark.parametrize(
    ("column", "value"),
    [("actor", "U0X"), ("action", "log.x"), ("subject", "log2"), ("state_hash", "0"), ("at", NOW)],
)
async def test_an_altered_entry_is_found(written: Store, column: str, value: object) -> None:
    other = NOW.replace(year=2025) if column == "at" else value
    altering = update(audit_entries).where(audit_entries.c.seq == 3).values({column: other})
    await _force(written, altering)
    broken = await written.verify(WORKSPACE)
    assert isinstance(broken, Broken)
    assert (broken.seq, broken.why) == (3, "The entry was altered.")


@pytest.mark.parametrize(
    ("seq", "found_at", "why"),
    [
        (1, 1, "The entry is missing."),
        (4, 4, "The entry is missing."),
        (7, 7, "Entries are missing at the end."),
    ],
)
async def test_a_missing_entry_is_found(written: Store, seq: int, found_at: int, why: str) -> None:
    await _force(written, audit_entries.delete().where(audit_entries.c.seq == seq))
    broken = await written.verify(WORKSPACE)
    assert broken is not None
    assert (broken.seq, broken.why) == (found_at, why)


async def test_a_trail_without_its_head_is_found(written: Store) -> None:
    await _force(written, audit_heads.delete())
    broken = await written.verify(WORKSPACE)
    assert broken is not None
    assert broken.why == "The head of the trail is missing."


@pytest.mark.parametrize(
    "altered",
    [
        {"agent": "U0X"},
        {"content": {"agent": DANA.user, "quote": "Something else"}},
        {"said": {}},
        {"due_at": NOW},
        {"state": "closed"},
        {"number": 99},
    ],
    ids=lambda altered: next(iter(altered)),
)
async def test_a_log_that_was_altered_past_the_trail_is_found(
    written: Store, altered: dict[str, object]
) -> None:
    await _force(written, update(logs).where(logs.c.id == "log1").values(altered))
    broken = await written.verify(WORKSPACE)
    assert broken == Broken(7, "log1", "The log was altered after this entry.")


async def test_a_log_that_was_taken_out_is_found(written: Store) -> None:
    revisions_first = text("DELETE FROM revisions WHERE log = 'log2'")
    await _force(written, revisions_first, logs.delete().where(logs.c.id == "log2"))
    assert await written.verify(WORKSPACE) == Broken(6, "log2", "The log is missing.")


async def test_a_log_that_was_put_in_is_found(written: Store) -> None:
    (row,) = await written.database.rows(select(logs).where(logs.c.id == "log2"))
    smuggled = {**row._mapping, "id": "log3", "number": 3}
    await _force(written, insert(logs).values(smuggled))
    broken = await written.verify(WORKSPACE)
    assert broken == Broken(0, "log3", "The log was written past the trail.")


async def test_an_erased_log_leaves_a_trail_that_holds(written: Store) -> None:
    erasing = update(logs).where(logs.c.id == "log1").values(salt=None, content={}, agent="gone")
    async with written.database.engine.begin() as connection:
        await connection.execute(erasing)
    assert await written.verify(WORKSPACE) is None


async def test_an_import_that_changes_nothing_leaves_no_entry(written: Store) -> None:
    await written.import_teams(WORKSPACE, [TeamRow("Billing", Role.AGENT, DANA.user)], "file", NOW)
    (count,) = await written.database.rows(text("SELECT max(seq) AS last FROM audit_entries"))
    assert count.last == 7
