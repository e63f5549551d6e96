"""Reminders in a database of the release before: nothing is lost, and nothing is told twice."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import text

from coaching.log import Log
from coaching.notices import NoticeKind, Reminder, asked_for
from storage.migration import migrate, migrate_back
from storage.store import Store, Timetable
from tests.coaching.cast import SAM
from tests.storage.writing import NOW, WORKSPACE, acknowledging, deciding, draft, opened, staff

_OLD = text(
    "INSERT INTO notices (workspace, id, kind, subject, receiver, occurrence, due_at, state, "
    "stale, touched, wake_at, attempts, key, channel, ts) VALUES (:workspace, :id, 'outcome_due', "
    ":log, :user, :occurrence, :due_at, :state, false, 0, :wake_at, 0, :id, :channel, :ts)"
)


async def test_a_database_of_before_is_planned_anew(database_url: str) -> None:
    await migrate(database_url)
    store = await Store.open(database_url)
    try:
        waiting, told = await _lived_in(store)
        await migrate_back(database_url, "0003")
        await _prompted(store, waiting, told)
        await migrate(database_url)
        later = NOW + dt.timedelta(days=60)
        planned = {log.id: until for log, until in await store.logs_to_plan(later, limit=10)}
        assert planned.keys() == {"waiting", "told", "draft", "escalated"}
        assert len(await store.teams_to_plan(_long_after(), limit=10)) == 1
        for log in (waiting, told):
            await _settled(store, log, planned[log.id], later)
        rows = {
            log.id: [
                (row.id, row.state)
                for row in await store.notices_of(WORKSPACE, log.id)
                if row.kind is NoticeKind.OUTCOME_DUE
            ]
            for log in (waiting, told)
        }
        assert rows == {"waiting": [("old waiting", "new")], "told": [("old told", "sent")]}
        letters = [one for one in await store.claim(later) if one.kind is NoticeKind.LETTER]
        carried = [await store.gather(one, until=later, now=later) for one in letters]
        assert [one.id for found in carried for one in found or ()] == ["old waiting"]
    finally:
        await store.close()


async def test_back_again_a_prompt_waits_by_itself(database_url: str) -> None:
    await migrate(database_url)
    store = await Store.open(database_url)
    try:
        waiting, _ = await _lived_in(store)
        planned = {log.id: until for log, until in await store.logs_to_plan(NOW, limit=10)}
        await _settled(store, waiting, planned[waiting.id], NOW)
        await migrate_back(database_url, "0003")
        kinds = await store.database.rows(
            text("SELECT kind, wake_at IS NOT NULL AS waits FROM notices WHERE subject = 'waiting'")
        )
        assert ("outcome_due", 1) in {(row.kind, int(row.waits)) for row in kinds}
        everything = await store.database.rows(text("SELECT kind FROM notices"))
        assert "letter" not in {row.kind for row in everything}
    finally:
        await store.close()


async def _lived_in(store: Store) -> tuple[Log, Log]:
    """A team with a log of each state that waits for something; those whose prompts matter."""
    await staff(store)
    waiting = await opened(store, "waiting")
    told = await opened(store, "told")
    await draft(store, "draft")
    await store.save(*deciding(await opened(store, "escalated"), "escalate"))
    closed = await opened(store, "closed")
    (closed,) = await store.save(acknowledging(closed))
    await store.save(*deciding(closed, "close"))
    return waiting, told


async def _prompted(store: Store, waiting: Log, told: Log) -> None:
    """One prompt that waits for its day and one that was sent, as the release before wrote them."""
    async with store.database.engine.begin() as connection:
        for log, state, ts in ((waiting, "new", None), (told, "sent", "1.2")):
            at = f"{log.due_at:%Y-%m-%d %H:%M:%S.%f}" if store.database.is_sqlite else log.due_at
            await connection.execute(
                _OLD,
                {
                    "workspace": WORKSPACE,
                    "id": f"old {log.id}",
                    "log": log.id,
                    "user": SAM.user,
                    "occurrence": asked_for(log),
                    "due_at": at,
                    "state": state,
                    "wake_at": at if ts is None else None,
                    "channel": "D1" if ts else None,
                    "ts": ts,
                },
            )


async def _settled(store: Store, log: Log, leased_until: dt.datetime, now: dt.datetime) -> None:
    assert log.due_at is not None
    prompt = Reminder(NoticeKind.OUTCOME_DUE, log.id, SAM.user, log.due_at, asked_for(log))
    made = Timetable(
        workspace=WORKSPACE,
        id=log.id,
        subjects=frozenset({log.id}),
        reminders=frozenset({prompt}),
        saved=log.saved,
        leased_until=leased_until,
    )
    await store.settle([made], now)


def _long_after() -> dt.datetime:
    # Teams were given the time of the migration, which is the database's own.
    return dt.datetime(2200, 1, 1, tzinfo=dt.UTC)
