"""Processes are killed while Slack fails: every message arrives, and none twice."""

from __future__ import annotations

import sys
import time
from random import Random

import pytest

from playground import Chances
from storage.store import Store
from tests.bot.north import North
from tests.bot.notices import share_logs
from tests.chaos.processes import arrived, processes, rows, until, until_sent

FAULTS = Chances(rate_limit=0.05, error=0.05, reset=0.05, drop=0.05, seconds=0.8)
PATIENCE_SECONDS = 180.0
"""Much more than it takes on an idle machine (about 45 s)."""


async def _survives(
    north: North, url: str, *, at_once: int, messages: int, kills: int, seed: int
) -> str:
    """Kill one of so many processes again and again; what was measured."""
    dice, team = Random(seed), north.ws.team.id  # noqa: S311 - the same each time
    store = await Store.open(url)
    logs = await share_logs(store, north.ws, messages // 3, each=3)
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
    expected = {row.key for row in await rows(store, team, logs)}
    assert len(expected) == messages
    assert [key for key, number in found.items() if number > 1] == []
    assert set(found) == expected
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


async def test_three_processes_on_postgresql(
    north: North,
    postgresql_url: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    measured = await _survives(north, postgresql_url, at_once=3, messages=300, kills=5, seed=1)
    with capsys.disabled():
        sys.stdout.write(f"\n{measured}\n")


async def test_one_process_on_sqlite(
    north: North, sqlite_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    measured = await _survives(north, sqlite_url, at_once=1, messages=150, kills=2, seed=2)
    with capsys.disabled():
        sys.stdout.write(f"\n{measured}\n")
