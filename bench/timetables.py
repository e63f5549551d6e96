"""Logs whose timetable of reminders is to be made, among many that wait for it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from bench.measuring import Case, Goal, NotMeasured
from bench.waiting import DUE, MINUTE, START
from storage.store import Store


@dataclass(slots=True)
class Timetables:
    """A worker that makes timetables; with each claim a minute passes.

    Those that it claimed before are due again by then, as they are when a worker died.
    """

    store: Store
    size: int
    _now: dt.datetime = field(default=START)

    async def claim(self) -> None:
        self._now += MINUTE
        claimed = await self.store.logs_to_plan(self._now, limit=DUE)
        if len(claimed) != DUE:
            raise NotMeasured(f"{len(claimed)} logs were to be planned and not {DUE}.")

    def cases(self) -> list[Case]:
        what = f"claim of {DUE} logs to plan"
        return [Case(what=what, size=self.size, run=self.claim, goal=Goal(growth=1.5))]
