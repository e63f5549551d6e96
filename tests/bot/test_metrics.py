from __future__ import annotations

import asyncio
import datetime as dt
import re
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import insert, text

from bot.metrics import Metrics
from coaching.notices import NoticeKind
from storage.outlook import MOST_COUNTED, Outlook
from storage.store import Store
from storage.tables import notices
from tests.bot.office import PEOPLE, Office, open_office
from tests.databases import statements
from tests.flows.center import Center, open_center

NOW = dt.datetime(2026, 11, 24, 12, 0, tzinfo=dt.UTC)
MINUTE = dt.timedelta(minutes=1)


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    async with open_office(tmp_path) as opened:
        yield opened


async def figures(center: Center) -> tuple[str, dict[tuple[str, ...], float]]:
    """The text, and each figure by its name and labels."""
    url = f"{center.program.url}/metrics"
    async with aiohttp.request("GET", url) as response:
        assert response.status == 200
        assert response.headers["Content-Type"].startswith("text/plain; version=0.0.4")
        words = await response.text()
    found = {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(words)
        for sample in family.samples
    }
    return words, found


@pytest.mark.parametrize("socket_mode", [False, True])
async def test_the_figures_of_a_session(tmp_path: Path, *, socket_mode: bool) -> None:
    url = f"sqlite:///{tmp_path / 'coachlog.db'}"
    async with open_center(url, socket_mode=socket_mode) as center:
        await center.sam.types("/coach help me with Dana")
        words, found = await figures(center)
        async with asyncio.timeout(5):
            while not found["coachlog_tick_seconds_count",]:
                await asyncio.sleep(0.02)
                words, found = await figures(center)
    assert found["coachlog_ack_seconds_count", "/coach"] == 1
    assert found["coachlog_slack_calls_total", "auth.test", "ok"] == 1
    assert found["coachlog_tick_seconds_count",] >= 1
    assert found["coachlog_notices_due",] == 0
    assert found["coachlog_notices_oldest_due_seconds",] == 0
    # Names of ours and of Slack's, and nobody's words or IDs.
    assert "Dana" not in words
    assert not re.search(r"[UTDC]0[A-Z0-9]{3}", words)


async def test_what_delivery_does_is_counted(office: Office) -> None:
    office.ws.faults.drop_answer("chat.postMessage")
    await office.tell(PEOPLE[0])
    await office.delivery.once()
    office.pass_seconds(5)
    await office.delivery.once()
    value = office.means.metrics.registry.get_sample_value
    assert value("coachlog_notices_failed_total", {"kind": "shared", "failure": "unknown"}) == 1
    assert value("coachlog_notices_retries_total", {"kind": "shared"}) == 1
    assert value("coachlog_notices_sent_total", {"kind": "shared", "how": "found"}) == 1
    lost = {"method": "chat.postMessage", "result": "lost"}
    assert value("coachlog_slack_calls_total", lost) == 1
    looked = {"method": "conversations.history", "result": "ok"}
    assert value("coachlog_slack_calls_total", looked) == 1


def test_what_is_no_name_of_ours_is_other() -> None:
    metrics = Metrics()
    metrics.answered("Dana said: no", 0.1)
    metrics.answered("coach.add_view", 0.1)
    words = metrics.text(Outlook(0, 0, None, 0, 0, 0), NOW).decode()
    assert 'action="other"' in words
    assert 'action="coach.add_view"' in words
    assert "Dana" not in words


def test_two_programs_in_one_process_count_apart() -> None:
    one, other = Metrics(), Metrics()
    one.retried("shared")
    assert one.registry.get_sample_value("coachlog_notices_retries_total", {"kind": "shared"}) == 1
    value = other.registry.get_sample_value("coachlog_notices_retries_total", {"kind": "shared"})
    assert value is None


def _row(number: int, **values: object) -> dict[str, object]:
    return {
        "workspace": "T0",
        "id": str(number),
        "kind": NoticeKind.SHARED.value,
        "subject": "log",
        "receiver": "U0",
        "occurrence": str(number),
        "due_at": NOW,
        "state": "new",
        "stale": False,
        "touched": 0,
        "wake_at": NOW,
        "attempts": 0,
        "faults": 0,
        "key": str(number),
        "reason": None,
        **values,
    }


async def _write(store: Store, rows: list[dict[str, object]]) -> None:
    async with store.database.engine.begin() as connection:
        await connection.execute(insert(notices), rows)


async def test_the_outlook_tells_due_from_pending(store: Store) -> None:
    hour = dt.timedelta(hours=1)
    rows = [
        _row(1, due_at=NOW - hour, wake_at=NOW + MINUTE),  # failed, and put off
        _row(2),
        _row(3, due_at=NOW + hour, wake_at=NOW + hour),
        _row(4, due_at=NOW - 9 * hour, state="sent", stale=True),  # only to be updated
        _row(5, state="sending", wake_at=NOW + MINUTE),
        _row(6, state="unknown", wake_at=NOW + MINUTE),
        _row(7, state="unknown", wake_at=None),
        _row(8, state="parked", wake_at=None, reason="no_text"),
        _row(9, state="parked", wake_at=None, reason="no_text", due_at=NOW - hour),
        _row(10, state="sent", wake_at=None),
        _row(11, due_at=NOW - hour, wake_at=None),  # a reminder, which its letter tells
    ]
    await _write(store, rows)
    outlook = await store.outlook(NOW)
    assert outlook == Outlook(
        due=4, pending=6, oldest_due=NOW - hour, sending=1, unknown=2, parked=2
    )
    troubles = [
        (trouble.state.value, trouble.count, trouble.reason, trouble.since)
        for trouble in await store.troubles()
    ]
    assert troubles == [("parked", 2, "no_text", NOW - hour), ("unknown", 1, "", NOW)]


async def test_the_outlook_looks_at_no_more_than_it_counts(store: Store) -> None:
    await _write(store, [_row(0)])
    names = ", ".join(name for name in _row(0) if name not in ("id", "occurrence"))
    async with store.database.engine.begin() as connection:
        await connection.execute(
            text(
                "INSERT INTO notices (id, occurrence, " + names + ") "  # noqa: S608 - our own names
                "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :most) "
                "SELECT CAST(i AS TEXT), CAST(i AS TEXT), " + names + " FROM n, notices"
            ),
            {"most": MOST_COUNTED + 500},
        )
    with statements(store) as ran:
        outlook = await store.outlook(NOW)
    assert (outlook.due, outlook.pending) == (MOST_COUNTED, MOST_COUNTED)
    assert len(ran) == 2
    assert all("LIMIT" in statement for statement in ran[:1])


async def test_states_are_counted_by_their_small_index(sqlite_url: str) -> None:
    store = await Store.open(sqlite_url)
    with statements(store) as ran:
        await store.outlook(NOW)
        await store.troubles()
        await store.unpark()
    async with store.database.engine.begin() as connection:
        for statement in ran[1:]:
            unknowns = (None,) * statement.count("?")
            plan = await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", unknowns)
            assert "ix_notices_state" in str(plan.all()), statement
    assert len(ran) == 4
    await store.close()
