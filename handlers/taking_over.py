"""After teams changed: what waited for somebody who left goes over to who sees to the agent now."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

from coaching.people import Person, Role, successor
from coaching.taking_over import asked_now, hand_over
from handlers.ask import Ask
from handlers.cases import Case
from handlers.hours import hours_changed
from handlers.retrying import until_stored
from storage.store import Store


async def teams_changed(
    store: Store,
    workspace: str,
    users: Iterable[str],
    now: dt.datetime,
    *,
    moved: frozenset[str],
    actor: str,
) -> None:
    """Hand over what is open to those who see to it now, and ask them for what waits already.

    What falls due later is handed over when it is sent, and whoever was asked already is not asked
    twice. `users` are members of the teams that changed, at least one of each, and `moved` those
    for whom something changed; `now` is in UTC; `actor` is who the audit trail says it was.
    """
    people = await store.people(workspace, moved.union(users))
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
    concerned = moved.union(agents)
    if moved:
        await store.look_again(workspace, concerned, moved, now)
    # Also where nothing moved now: an import that broke off is mended by importing again.
    await hours_changed(store, workspace, concerned, now, actor=actor, teams=changed)
    await _ask_again(store, workspace, agents, around, now)


async def _ask_again(
    store: Store,
    workspace: str,
    agents: Mapping[str, Person],
    around: Sequence[Person],
    now: dt.datetime,
) -> None:
    criteria = await store.criteria(workspace)
    waiting = await store.open_logs(workspace, agents)
    waiting += await store.awaiting_answer(workspace, agents)
    told = {
        notice
        for log in waiting
        if log.agent is not None
        for notice in asked_now(log, agents[log.agent], around, criteria, now)
    }
    if told:
        await store.tell(workspace, sorted(told, key=lambda one: (one.log, one.kind, one.receiver)))


async def writer_of(ask: Ask, case: Case) -> str:
    """Whose draft a target that goes on becomes: who supervises the agent now, if anybody does."""
    agent = case.agent
    if agent is None:
        return case.log.supervisor
    teams, roles = agent.teams_as(Role.AGENT), (Role.SUPERVISOR,)
    members = await ask.deps.store.members(ask.workspace, teams, roles)
    return successor(case.log, agent, members) or case.log.supervisor
