"""`coachlog run` as real processes that are killed and started again."""

from __future__ import annotations

import asyncio
import datetime as dt
import json
import os
import sys
from asyncio.subprocess import Process
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import Row, select

from bot.program import system_now
from coaching.notices import REMINDERS, NoticeKind
from playground import Workspace
from storage.outbox import NoticeState
from storage.store import NoticeRow, Store
from storage.tables import notices
from tests.bot.commands import CALL

TICK = "0.5"


@dataclass
class Processes:
    """Some processes on one database; what they say goes into files of the folder."""

    folder: Path
    environment: Mapping[str, str]
    running: list[Process] = field(default_factory=list)
    _started: int = 0

    async def start(self) -> Process:
        self._started += 1
        keep = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        root = str(Path(__file__).parents[2])
        with (self.folder / f"run-{self._started}.log").open("wb") as log:
            process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-c",
                CALL,
                "run",
                cwd=self.folder,
                env={
                    **keep,
                    "PYTHONPATH": root,
                    "COACHLOG_TICK_SECONDS": TICK,
                    "COACHLOG_LOG_FORMAT": "json",
                    **self.environment,
                },
                stdout=log,
                stderr=log,
            )
        self.running.append(process)
        return process

    async def kill(self, process: Process) -> None:
        """As by `kill -9`."""
        self.running.remove(process)
        process.kill()
        await process.wait()

    def said(self, event: str) -> int:
        """How many lines of all processes hold that event."""
        word = f'"event": "{event}"'
        return sum(log.read_text().count(word) for log in self.folder.glob("run-*.log"))


@asynccontextmanager
async def processes(folder: Path, **environment: str) -> AsyncIterator[Processes]:
    """Processes that end with the block."""
    made = Processes(folder, environment)
    try:
        yield made
    finally:
        for process in made.running:
            if process.returncode is None:
                process.terminate()
        for process in made.running:
            await process.wait()


def arrived(ws: Workspace) -> Counter[str]:
    """How often each delivery key stands in a message, at the receiving side."""
    return Counter(key for _, key, _ in got(ws))


def got(ws: Workspace) -> Iterator[tuple[str, str, str]]:
    """Whom each message reached, by which delivery key, and what stands in it."""
    for conversation in ws.conversations:
        for message in conversation.messages:
            if message.metadata is not None:
                key = message.metadata["event_payload"]["key"]
                yield conversation.im_with or "", key, json.dumps(message.blocks)


async def letters(store: Store) -> Sequence[Row[Any]]:
    """The letters that were due by now, but for those that found nothing to tell."""
    query = select(notices).where(
        notices.c.kind == NoticeKind.LETTER.value,
        notices.c.due_at <= system_now(),
        notices.c.state != NoticeState.DROPPED.value,
    )
    return await store.database.rows(query)


async def reminders(store: Store) -> Sequence[Row[Any]]:
    """The reminders that are due by now and have a reason."""
    query = select(notices).where(
        notices.c.kind.in_(sorted(REMINDERS)),
        notices.c.due_at <= system_now(),
        notices.c.state != NoticeState.CANCELLED.value,
    )
    return await store.database.rows(query)


async def rows(store: Store, workspace: str, logs: list[str]) -> list[NoticeRow]:
    """The notices of those logs that are due by now."""
    found = [row for log in logs for row in await store.notices_of(workspace, log)]
    return [row for row in found if row.kind.value == "shared"]


async def until(what: Callable[[], bool], seconds: float) -> None:
    """Wait until something is so."""
    async with asyncio.timeout(seconds):
        while not what():  # noqa: ASYNC110 - what other processes do sets no event
            await asyncio.sleep(0.02)


async def until_sent(store: Store, seconds: float) -> None:
    """Wait until nothing is due, on its way or unknown."""
    async with asyncio.timeout(seconds):
        while await _is_anything_left(store):  # noqa: ASYNC110 - as above
            await asyncio.sleep(0.1)


async def _is_anything_left(store: Store) -> bool:
    # A letter that waits a few seconds for another to the same person is still to be done with.
    outlook = await store.outlook(system_now() + dt.timedelta(seconds=10))
    return bool(outlook.due or outlook.sending or outlook.unknown)
