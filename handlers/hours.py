"""After hours, leave or zones changed: what waits for them is due at another time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from coaching.sharing import rescheduled
from handlers.retrying import until_stored
from storage.store import Store


async def hours_changed(
    store: Store,
    workspace: str,
    users: Iterable[str],
    now: dt.datetime,
    *,
    actor: str,
    teams: Iterable[str] = (),
) -> None:
    """Plan anew what those people and teams are reminded of, and what waits for their shifts.

    `teams` by ID; `now` is in UTC; `actor` is who the audit trail says it was.
    """
    agents = await store.people(workspace, users)

    async def moved() -> None:
        for log in await store.unread(workspace, agents):
            agent = agents[log.agent or ""]
            change = rescheduled(log, agent=agent, actor=actor, now=now)
            if change is not None:
                await store.save(change)

    await until_stored(moved)
    await store.plan_again(workspace, agents, teams, now)
