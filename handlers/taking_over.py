"""After teams changed: what waited for somebody who left goes over to who sees to the agent now."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from coaching.notices import outcome_notice
from coaching.people import Person, Role, keepers, successor
from coaching.taking_over import hand_over
from handlers.ask import Ask
from handlers.cases import Case
from handlers.retrying import until_stored
from storage.store import Store


async def teams_changed(
    store: Store, workspace: str, users: Iterable[str], now: dt.datetime, *, actor: str
) -> None:
    """Hand over follow-on drafts, and ask for outcomes whose day came while others saw to them.

    What falls due later is handed over when it is sent, and whoever was asked already is not asked
    twice. `users` are members of the teams that changed, at least one of each; `now` is in UTC;
    `actor` is who the audit trail says it was.
    """
    people = await store.people(workspace, users)
    changed = {item.team for person in people.values() for item in person.memberships}
    agents = {one.user: one for one in await store.members(workspace, changed, (Role.AGENT,))}
    teams = {team for agent in agents.values() for team in agent.teams_as(Role.AGENT)}
    around = await store.members(workspace, teams, (Role.SUPERVISOR, Role.LEAD))

    async def handed_over() -> None:
        for draft in await store.follow_on_drafts(workspace, agents):
            earlier = await store.chain(workspace, draft.id)
            agent = agents[draft.agent or ""]
            changes = hand_over(draft, earlier, agent, around, actor=actor, now=now)
            if changes:
                await store.save(*changes)

    await until_stored(handed_over)
    await _ask_again(store, workspace, agents, around, now)


async def _ask_again(
    store: Store,
    workspace: str,
    agents: Mapping[str, Person],
    around: Sequence[Person],
    now: dt.datetime,
) -> None:
    due = [log for log in await store.open_logs(workspace, agents) if log.is_due(now)]
    told = [
        replace(outcome_notice(log, now), receiver=user)
        for log in due
        if log.agent is not None
        for user in keepers(log, agents[log.agent], around)
    ]
    if told:
        await store.tell(workspace, told)


async def writer_of(ask: Ask, case: Case) -> str:
    """Whose draft a target that goes on becomes: who supervises the agent now, if anybody does."""
    agent = case.agent
    if agent is None:
        return case.log.supervisor
    teams, roles = agent.teams_as(Role.AGENT), (Role.SUPERVISOR,)
    members = await ask.deps.store.members(ask.workspace, teams, roles)
    return successor(case.log, agent, members) or case.log.supervisor
