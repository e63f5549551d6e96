"""Loading what an interaction is about, with the permission asked at the door."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from coaching.criteria import Criterion
from coaching.entries import Setting
from coaching.fields import Element
from coaching.log import Log
from coaching.people import Act, Person, may
from coaching.sharing import act_in
from handlers.ask import Ask


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One log with the people it is about, seen by one person who may see it."""

    log: Log
    actor: Person
    agent: Person | None
    people: Mapping[str, Person]
    criteria: Mapping[str, Criterion]
    setting: Setting

    @property
    def supervisor(self) -> Person:
        return self.people.get(self.log.supervisor, self.actor)

    def may(self, act: Act) -> bool:
        return may(self.actor, act, agent=self.agent, log=self.log)


async def actor_of(ask: Ask) -> Person:
    """Who asks, with their roles; somebody in no role where CoachLog doesn't know them."""
    return (await people_of(ask, ask.user))[ask.user]


async def people_of(ask: Ask, *users: str) -> dict[str, Person]:
    """Those people in one query; those that CoachLog doesn't know are there without a role.

    Nor has whoever asks from another workspace, or was deactivated: they may do and see nothing.
    """
    wanted = {user for user in users if user}
    known = await ask.deps.store.people(ask.workspace, wanted)
    asking = known.get(ask.user)
    if asking is not None and not (ask.is_of_workspace and asking.is_active):
        del known[ask.user]
    return {user: known.get(user) or Person(user=user, name="somebody") for user in wanted}


async def case_of(ask: Ask, log_id: str, act: Act) -> Case | None:
    """The log of that ID as a case; None where it isn't there or the actor may not do that.

    Both are answered with the same words, so that nobody learns which logs exist.
    """
    log = await ask.deps.store.log(ask.workspace, log_id) if log_id else None
    return await case_with(ask, log, act)


async def case_for_part(ask: Ask, log_id: str, part: Element) -> Case | None:
    """The log of that ID as a case, for that form of it; None as in `case_of`."""
    log = await ask.deps.store.log(ask.workspace, log_id) if log_id else None
    return await case_with(ask, log, act_in(part, log)) if log is not None else None


async def numbered(ask: Ask, number: int, act: Act) -> Case | None:
    """The log of that number as a case; None as in `case_of`."""
    return await case_with(ask, await ask.deps.store.log_numbered(ask.workspace, number), act)


async def case_with(ask: Ask, log: Log | None, act: Act, *others: str) -> Case | None:
    """That log, as it was just read, as a case; None as in `case_of`.

    `others` are more people to know in it.
    """
    if log is None:
        return None
    people = await people_of(ask, ask.user, log.supervisor, log.agent or "", *others)
    actor, agent = people[ask.user], people.get(log.agent or "")
    if not may(actor, act, agent=agent, log=log):
        return None
    criteria = await ask.deps.store.criteria(ask.workspace)
    return Case(
        log=log,
        actor=actor,
        agent=agent,
        people=people,
        criteria=criteria,
        setting=Setting(ask.now, actor.zone, criteria),
    )


async def other_targets(ask: Ask, case: Case) -> list[Log]:
    """The agent's other open targets; none where the actor doesn't coach the agent (any more)."""
    if case.agent is None or not case.may(Act.COACH):
        return []
    found = await ask.deps.store.open_logs(ask.workspace, [case.agent.user])
    return [log for log in found if log.id != case.log.id]


async def earlier_of(ask: Ask, log: Log) -> list[Log]:
    """The chain of a log that goes on with the target of another; nothing where it doesn't."""
    return await ask.deps.store.chain(ask.workspace, log.id) if log.continues else []


async def setting_of(ask: Ask, actor: Person) -> Setting:
    """The day and the criteria that entries are checked against."""
    return Setting(ask.now, actor.zone, await ask.deps.store.criteria(ask.workspace))
