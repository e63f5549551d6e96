"""How long a tick holds the event loop: as long nobody else's request is looked at."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Awaitable, Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy import update

from bench.center import HUNDRED, WORKSPACE, Center
from bench.filling import Row, fill
from bench.measuring import Case, Goal, NotMeasured
from bench.waiting import MINUTE, START, opaque
from bot.delivery import Delivery
from bot.limits import Limits
from bot.metrics import Metrics
from bot.program import new_id
from bot.sending import Means
from coaching.notices import NoticeKind
from handlers.deps import Deps
from handlers.time_passes import message_for
from handlers.timetables import plan
from storage.outbox import NoticeState
from storage.store import Claimed, Store
from storage.tables import audit_heads, logs, notices

_LOOK_SECONDS = 0.001


def fill_open(address: str) -> None:
    """A hundred agents with an open log each, and something to tell each of them about it."""
    center = Center(HUNDRED)
    center.fill(address, 0)
    fill(address, notices, _rows(center))
    last = center.agents * center.weeks
    head = {"workspace": WORKSPACE, "seq": last, "hash": 2 * opaque(last, "entry")}
    fill(address, audit_heads, [head])


def _rows(center: Center) -> Iterator[Row]:
    for number, (log, agent) in enumerate(center.open_logs()):
        yield {
            "workspace": WORKSPACE,
            "id": opaque(number, "told"),
            "kind": NoticeKind.EXTENDED.value,
            "subject": log,
            "receiver": agent,
            "occurrence": "1",
            "due_at": START,
            "wake_at": None,
            "state": NoticeState.SENT.value,
            "stale": False,
            "touched": 0,
            "attempts": 0,
            "faults": 0,
            "key": opaque(number, "told key"),
        }


class _Taking(AsyncWebClient):
    """Takes every message at once, so that the time is ours."""

    async def chat_postMessage(self, **_: Any) -> Any:  # noqa: N802
        await asyncio.sleep(0)
        return {"channel": "D1", "ts": "1.1"}


@dataclass(slots=True)
class Holding:
    """A process whose ticks find so many timetables to make, and as many messages to send."""

    store: Store
    due: int
    _now: dt.datetime = field(default=START)

    async def tick(self) -> float:
        """One tick; the longest time in ms for which the loop came to nothing else."""
        self._now += MINUTE
        told = await self._make_due()
        delivery = Delivery(self._means())
        held = await longest_hold(delivery.once)
        await delivery.stop()
        sent = await self.store.notices_of(WORKSPACE, told)
        if not any(one.state == NoticeState.SENT and one.sent_at == self._now for one in sent):
            raise NotMeasured("What was due was not sent.")
        return held

    async def _make_due(self) -> str:
        """Let the first logs be planned and told; the last of them by ID."""
        due = list(Center(HUNDRED).open_logs())[: self.due]
        ids = [log for log, _ in due]
        planning = update(logs).where(logs.c.id.in_(ids)).values(plan_at=self._now)
        telling = (
            update(notices)
            .where(notices.c.kind == NoticeKind.EXTENDED, notices.c.subject.in_(ids))
            .values(
                state=NoticeState.NEW.value,
                due_at=self._now,
                wake_at=self._now,
                ts=None,
                channel=None,
                sent_at=None,
            )
        )
        async with self.store.database.engine.begin() as connection:
            await connection.execute(planning)
            await connection.execute(telling)
        return ids[-1]

    def _means(self) -> Means:
        slack = _Taking()
        deps = Deps(store=self.store, now=lambda: self._now, new_id=new_id, slack=lambda _: slack)

        async def planned() -> None:
            if failed := await plan(deps):
                raise NotMeasured(f"A timetable could not be made: {failed[0].error!r}")

        return Means(
            store=self.store,
            message_for=lambda claimed: message_for(deps, claimed),
            refused=_refused,
            plan=planned,
            slack=lambda _: slack,
            limits=Limits(),
            metrics=Metrics(),
            now=lambda: self._now,
            jitter=lambda: 0.0,
            reads_history=lambda _: True,
            pace=0.0,
        )

    def cases(self) -> list[Case]:
        goal = Goal(ms=100.0)
        return [Case(what="loop held by a tick", size=self.due, run=self.tick, goal=goal)]


async def _refused(claimed: Claimed, why: str) -> None:
    raise NotMeasured(f"{claimed.kind} was refused: {why}")


async def longest_hold(work: Callable[[], Awaitable[object]]) -> float:
    """How late, in ms, somebody who looks every millisecond came to it at most meanwhile."""
    longest = 0.0

    async def watch() -> None:
        nonlocal longest
        while True:
            asked = perf_counter()
            await asyncio.sleep(_LOOK_SECONDS)
            longest = max(longest, perf_counter() - asked - _LOOK_SECONDS)

    watching = asyncio.create_task(watch())
    await asyncio.sleep(0)
    try:
        await work()
    finally:
        # Once more, for what came last.
        await asyncio.sleep(2 * _LOOK_SECONDS)
        watching.cancel()
        with suppress(asyncio.CancelledError):
            await watching
    return longest * 1000
