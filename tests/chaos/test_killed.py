"""Processes are killed while Slack fails: every message arrives, and none twice."""

from __future__ import annotations

import datetime as dt
import sys
import time
from collections import Counter
from random import Random

import pytest

from bot.program import system_now
from coaching.log import Log
from playground import Chances
from storage.outbox import NoticeState
from storage.store import Store
from tests.bot.north import North
from tests.bot.notices import share_logs
from tests.chaos.processes import (
    arrived,
    got,
    letters,
    processes,
    reminders,
    rows,
    until,
    until_sent,
)

FAULTS = Chances(rate_limit=0.05, error=0.05, reset=0.05, drop=0.05, seconds=0.5)
PATIENCE_SECONDS = 180.0
"""Much more than it takes on an idle machine (about 45 s)."""
EACH = 2
AGO = dt.timedelta(days=3)
"""Since then agents have not read what was shared, nor has their supervisor finished it."""


async def _survives(
    north: North, url: str, *, at_once: int, agents: int, kills: int, seed: int
) -> str:
    """Kill one of so many processes again and again; what was measured.

    The program was off for three days: each agent is told of two logs and, in one letter, reminded
    of both; their supervisor is reminded of all of them in one letter.
    """
    dice = Random(seed)  # noqa: S311 - the same each time
    store = await Store.open(url)
    logs = await share_logs(store, north.ws, agents, each=EACH, at=system_now() - AGO)
    messages = agents * EACH + agents + 1
    north.ws.faults.at_random(FAULTS, seed=seed)
    environment = {**north.environment, "DATABASE_URL": url}
    async with processes(north.folder, **environment) as them:
        began = time.monotonic()
        for _ in range(at_once):
            await them.start()
        for kill in range(1, kills + 1):
            await until(
                lambda kill=kill: arrived(north.ws).total() >= kill * messages // (kills + 2),  # type: ignore[misc] # bound at once
                PATIENCE_SECONDS,
            )
            await them.kill(dice.choice(them.running))
            await them.start()
        await until_sent(store, PATIENCE_SECONDS)
        took = time.monotonic() - began
    found = arrived(north.ws)
    assert [key for key, number in found.items() if number > 1] == []
    summaries = {row.key for row in await rows(store, north.ws.team.id, logs)}
    assert len(summaries) == agents * EACH
    await _has_told_once(store, north, logs, set(found) - summaries)
    assert found.total() == messages
    # It went wrong as often as it was meant to.
    failed = [entry.error for entry in north.ws.journal if entry.name == "chat.postMessage"]
    counts = {error: failed.count(error) for error in ("ratelimited", "internal_error", "dropped")}
    assert all(counts.values())
    await store.close()
    looked_up = sum(1 for entry in north.ws.journal if entry.name == "conversations.history")
    return (
        f"{messages} messages, {at_once} process(es), {kills} kills: {took:.1f} s, "
        f"{len(failed)} posts for {found.total()} messages, {looked_up} look-ups, {counts}"
    )


async def _has_told_once(store: Store, north: North, logs: list[str], keys: set[str]) -> None:
    """Each person got one letter, and each reminder stands in one of them."""
    sent = {row.key: row for row in await letters(store)}
    assert set(sent) == keys
    told = [(person, shown) for person, key, shown in got(north.ws) if key in sent]
    found = await store.logs(north.ws.team.id, logs)
    stored = [log for log in found.values() if isinstance(log, Log)]
    assert len(stored) == len(logs)
    receivers = {log.agent for log in stored} | {"U0SAM"}
    assert Counter(person for person, _ in told) == dict.fromkeys(receivers, 1)
    due = await reminders(store)
    assert {row.state for row in due} == {NoticeState.SENT}
    assert {row.carried_by for row in due} == {row.id for row in sent.values()}
    assert {row.subject for row in due} == set(logs)
    for log in stored:
        about = [person for person, shown in told if log.reference in shown]
        assert Counter(about)[log.agent or ""] == 1


async def test_three_processes_on_postgresql(
    north: North,
    postgresql_url: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    measured = await _survives(north, postgresql_url, at_once=3, agents=100, kills=5, seed=1)
    with capsys.disabled():
        sys.stdout.write(f"\n{measured}\n")


async def test_one_process_on_sqlite(
    north: North, sqlite_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    measured = await _survives(north, sqlite_url, at_once=1, agents=50, kills=2, seed=2)
    with capsys.disabled():
        sys.stdout.write(f"\n{measured}\n")
