"""One team of fifteen among many logs of others: its lists and its digest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from bench.center import FIRST_TEAM, LEAD, TEAM, WORKSPACE, Center
from bench.measuring import Case, Goal, NotMeasured
from bench.waiting import START
from handlers.digest import digest_for
from storage.store import Store


@dataclass(frozen=True, slots=True)
class Lists:
    """What is read of one team."""

    store: Store
    center: Center
    _asked: list[tuple[str, Any]] = field(default_factory=list)

    async def figures(self) -> None:
        """As in `/coach team`."""
        found = await self.store.team_figures(WORKSPACE, self.center.team)
        if sum(one.open for one in found.values()) != TEAM:
            raise NotMeasured("The team's figures don't count the team's open targets.")

    async def open_logs(self) -> None:
        if len(await self.store.open_logs(WORKSPACE, self.center.team)) != TEAM:
            raise NotMeasured("The team's open targets weren't found.")

    async def digest(self) -> None:
        """As in `/coach digest`, without the drawing."""
        reader = (await self.store.people(WORKSPACE, [LEAD]))[LEAD]
        about = await digest_for(self.store, WORKSPACE, reader, [FIRST_TEAM], now=START)
        if about is None or len(about.whole.agents) != TEAM or not about.whole.coached:
            raise NotMeasured("The digest isn't about the team and its sessions.")

    async def queries(self) -> None:
        """What the digest asks the database, with the rows fetched and nothing made of them."""
        asked = await self._asked_by_digest()
        rows = 0
        for statement, parameters in asked:
            async with self.store.database.engine.connect() as connection:
                rows += len((await connection.exec_driver_sql(statement, parameters)).all())
        if not rows:
            raise NotMeasured("The digest's queries found nothing.")

    async def _asked_by_digest(self) -> Sequence[tuple[str, Any]]:
        """The statements of the digest, as the driver got them the first time."""
        if self._asked:
            return self._asked

        def asks(_c: Any, _r: Any, statement: str, parameters: Any, *_: Any) -> None:
            self._asked.append((statement, parameters))

        with self.store.database.heard_by(asks):
            await self.digest()
        return self._asked

    def cases(self) -> list[Case]:
        alone = "its queries alone"
        reads = {
            "figures of a team": self.figures,
            "open targets of a team": self.open_logs,
            "digest of a team": self.digest,
            alone: self.queries,
        }
        goal = Goal(growth=1.3)
        return [
            Case(
                what=what,
                size=self.center.size,
                run=read,
                ours="digest of a team" if what == alone else None,
                goal=goal,
                times=3,
            )
            for what, read in reads.items()
        ]
