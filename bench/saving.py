"""Saving a log among many notices: its row, its trail, its notices, and what follows of them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bench.measuring import Case, Goal, NotMeasured
from bench.waiting import MINUTE, START, opaque
from coaching.change import Change
from coaching.log import Log, State
from coaching.notices import Notice, NoticeKind
from coaching.session import begin
from storage.store import Store

_SUPERVISOR, _AGENT = "USAVER", "USAVED"


@dataclass(slots=True)
class Saving:
    """Somebody who moves the day of one log again and again, of which its agent is told."""

    store: Store
    size: int
    log: Log

    @classmethod
    async def of(cls, store: Store, workspace: str, size: int) -> Saving:
        """With a log that is the subject of one of the notices there are."""
        log = begin(
            workspace=workspace,
            log_id=opaque(0, "log"),
            supervisor=_SUPERVISOR,
            now=START,
            content={"agent": _AGENT},
        )
        log = replace(log, state=State.OPEN, shared_at=START, revision=1)
        (stored,) = await store.save(
            Change(log=log, action="log.shared", actor=_SUPERVISOR, at=START)
        )
        return cls(store, size, stored)

    async def save(self) -> None:
        times = self.log.extensions + 1
        at = START + times * MINUTE
        told = Notice(NoticeKind.EXTENDED, self.log.id, _AGENT, at, str(times))
        log = replace(self.log, extensions=times)
        (stored,) = await self.store.save(
            Change(log=log, action="log.extended", actor=_SUPERVISOR, at=at, notices=(told,))
        )
        if stored.saved != self.log.saved + 1:
            raise NotMeasured("The log was not saved.")
        self.log = stored

    def cases(self) -> list[Case]:
        what = "save of a log, with a notice"
        return [Case(what=what, size=self.size, run=self.save, goal=Goal(growth=1.5), times=3)]
