"""The outbox with many notices that wait: a tick with nothing due, and a claim of a hundred."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field

from bench.filling import Row, fill
from bench.measuring import Case, Goal, NotMeasured
from bench.waiting import DUE, MINUTE, QUARTER, START, moments, opaque
from coaching.notices import NoticeKind
from storage.outbox import NoticeState
from storage.store import Store
from storage.tables import notices

TICK = "tick, nothing due"
CLAIM = f"claim of {DUE} due"


def fill_notices(address: str, size: int, minutes: int) -> None:
    """So many notices that wait for their time, as `moments` says."""
    fill(address, notices, _rows(size, minutes))


def _rows(size: int, minutes: int) -> Iterator[Row]:
    for number, at in enumerate(moments(size, minutes)):
        yield {
            "workspace": "T0",
            "id": opaque(number, "notice"),
            "kind": NoticeKind.OUTCOME_DUE.value,
            "subject": opaque(number, "log"),
            "receiver": f"U{number % 997}",
            "occurrence": f"{at.date()}/0",
            "due_at": at,
            "state": NoticeState.NEW.value,
            "stale": False,
            "touched": 0,
            "wake_at": at,
            "attempts": 0,
            "faults": 0,
            "key": opaque(number, "key"),
        }


@dataclass(slots=True)
class Outbox:
    """A worker at its outbox; with each claim a minute passes."""

    store: Store
    size: int
    _now: dt.datetime = field(default=START)

    async def tick(self) -> None:
        """What a tick asks the database: what is to be planned, and what is due."""
        if await self.store.has_plans(self._now) or await self.store.claim(self._now):
            raise NotMeasured("Something was due.")

    async def claim(self) -> None:
        self._now += MINUTE
        # Beyond all that waits, so that no claim meets what was claimed before.
        claimed = await self.store.claim(self._now, limit=DUE, lease=2 * QUARTER)
        if len(claimed) != DUE:
            raise NotMeasured(f"{len(claimed)} were due and not {DUE}.")

    def cases(self) -> list[Case]:
        tick, claim = Goal(ms=2.0, growth=1.5), Goal(growth=1.5)
        return [
            Case(what=TICK, size=self.size, run=self.tick, goal=tick, times=10),
            Case(what=CLAIM, size=self.size, run=self.claim, goal=claim),
        ]
