"""APScheduler's own job store with as many jobs: what the outbox is compared with.

It is synchronous: while it works, a program with one event loop does nothing else. Its
`get_due_jobs` only reads; its scheduler then removes each job that has no next time, one by one.
"""

from __future__ import annotations

import datetime as dt
import pickle
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.date import DateTrigger

from bench.filling import Row, fill
from bench.measuring import Case, Goal, NotMeasured
from bench.outbox import CLAIM, TICK
from bench.waiting import DUE, MINUTE, START, moments, opaque
from storage.engine import driven

NONE_DUE = "  job store: get_due_jobs, nothing due"
READ = f"  job store: get_due_jobs, {DUE} due"
TAKE = f"  job store: get_due_jobs and {DUE} remove_job"
FILL_SECONDS = 300.0


def tell(log: str) -> None:
    """What a job would do; a job is stored with the name of its function."""


@dataclass(slots=True)
class Jobs:
    """A job store; with each taking of what is due a minute passes."""

    address: str
    size: int
    _store: Any = field(init=False)
    _now: dt.datetime = field(default=START)

    def __post_init__(self) -> None:
        url = driven(self.address)
        if url.get_backend_name() == "sqlite":
            url = url.set(drivername="sqlite")  # its own driver waits for each answer
        self._store = SQLAlchemyJobStore(url=url)
        self._store.start(BackgroundScheduler(timezone=dt.UTC), "default")

    def fill(self, minutes: int, within_seconds: float = FILL_SECONDS) -> None:
        """As many jobs as `size`, in bulk: one by one, a million would take an hour."""
        rows = self._rows(minutes)
        fill(self.address, self._store.jobs_t, rows, within_seconds=within_seconds)

    def _rows(self, minutes: int) -> Iterator[Row]:
        scheduler = BackgroundScheduler(timezone=dt.UTC)
        job = scheduler.add_job(tell, DateTrigger(START), args=[""])
        # What a scheduler sets as it starts.
        job._modify(  # noqa: SLF001  as it does
            next_run_time=START, coalesce=True, max_instances=1, misfire_grace_time=None
        )
        usual = job.__getstate__()
        for number, at in enumerate(moments(self.size, minutes)):
            state = {
                **usual,
                "id": opaque(number, "job"),
                "trigger": DateTrigger(at),
                "args": (opaque(number, "log"),),
                "next_run_time": at,
            }
            yield {
                "id": state["id"],
                "next_run_time": at.timestamp(),
                "job_state": pickle.dumps(state, self._store.pickle_protocol),
            }

    def close(self) -> None:
        self._store.shutdown()

    async def look(self) -> None:
        if self._store.get_due_jobs(self._now):
            raise NotMeasured("A job was due.")

    async def read(self) -> None:
        self._due()

    async def take(self) -> None:
        for job in self._due():
            self._store.remove_job(job.id)
        self._now += MINUTE

    def _due(self) -> list[Any]:
        due: list[Any] = self._store.get_due_jobs(self._now + MINUTE)
        if len(due) != DUE:
            raise NotMeasured(f"{len(due)} jobs were due and not {DUE}.")
        return due

    def cases(self) -> list[Case]:
        return [
            Case(what=NONE_DUE, size=self.size, run=self.look, ours=TICK, times=10),
            Case(what=READ, size=self.size, run=self.read, ours=CLAIM),
            Case(what=TAKE, size=self.size, run=self.take, ours=CLAIM, goal=Goal(ours=1.0)),
        ]
