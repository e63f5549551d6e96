"""After teams changed: whoever sees to an agent's logs now is asked for what is due already."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace

from coaching.notices import outcome_notice
from coaching.people import Role, keepers
from storage.store import Store


async def ask_again(store: Store, workspace: str, users: Iterable[str], now: dt.datetime) -> None:
    """Ask for outcomes whose day came while somebody else saw to the log.

    What falls due later is handed over when it is sent, and whoever was asked already is not asked
    twice. `users` are members of the teams that changed, at least one of each; `now` is in UTC.
    """
    people = await store.people(workspace, users)
    changed = {item.team for person in people.values() for item in person.memberships}
    agents = {one.user: one for one in await store.members(workspace, changed, (Role.AGENT,))}
    due = [log for log in await store.open_logs(workspace, agents) if log.is_due(now)]
    teams = {team for agent in agents.values() for team in agent.teams_as(Role.AGENT)}
    around = await store.members(workspace, teams, (Role.SUPERVISOR, Role.LEAD))
    told = [
        replace(outcome_notice(log, now), receiver=user)
        for log in due
        if log.agent is not None
        for user in keepers(log, agents[log.agent], around)
    ]
    if told:
        await store.tell(workspace, told)
