"""One team of fifteen among many logs of others: its lists and its digest."""

from __future__ import annotations

from dataclasses import dataclass

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

    def cases(self) -> list[Case]:
        reads = {
            "figures of a team": self.figures,
            "open targets of a team": self.open_logs,
            "digest of a team": self.digest,
        }
        goal = Goal(growth=1.3)
        return [
            Case(what=what, size=self.center.size, run=read, goal=goal, times=3)
            for what, read in reads.items()
        ]
