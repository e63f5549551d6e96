"""People, their roles, and the one place that says who may do what."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from zoneinfo import ZoneInfo

from coaching.log import Log, State, Step
from coaching.policy import USUAL, Policy
from coaching.worktime import Calendar, Week, zone_of


class Role(StrEnum):
    """What a person is in a team."""

    LEAD = "lead"
    SUPERVISOR = "supervisor"
    AGENT = "agent"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class Membership:
    """One role of one person in one team, with the team's policy; `since` in UTC, where known."""

    team: str
    team_name: str
    role: Role
    policy: Policy = USUAL
    since: dt.datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody in the workspace, as Slack and the team file know them.

    `tz` is an IANA name. `is_admin` is true for the workspace's admins and owners. A guest is an
    agent or nothing: any other role that a team file gives them doesn't count (PRODUCT, section 1).
    `hours` are their own, in place of their team's; `leave` are days on which they don't work.
    """

    user: str
    name: str
    first_name: str = ""
    tz: str = "UTC"
    email: str = ""
    is_admin: bool = False
    is_guest: bool = False
    is_active: bool = True
    memberships: tuple[Membership, ...] = ()
    hours: Week | None = None
    leave: frozenset[dt.date] = frozenset()

    @property
    def policy(self) -> Policy:
        """That of their team; of several the one that comes first by name."""
        return self.memberships[0].policy if self.memberships else USUAL

    @property
    def calendar(self) -> Calendar:
        """When they work: their own hours or their team's, less leave and the team's holidays."""
        policy = self.policy
        return Calendar(self.zone, self.hours or policy.week, self.leave | policy.holidays)

    @property
    def zone(self) -> ZoneInfo:
        """The zone of `tz`; UTC where it is not known here."""
        return zone_of(self.tz)

    @property
    def first(self) -> str:
        """What they are called in a sentence; never empty."""
        return self.first_name or self.name.split(" ")[0] or "them"

    def teams_as(self, *roles: Role) -> frozenset[str]:
        """The IDs of the teams in which they have one of the roles; a guest is an agent at most."""
        counting = {Role.AGENT} if self.is_guest else set(Role)
        return frozenset(
            item.team for item in self.memberships if item.role in counting.intersection(roles)
        )

    def has(self, role: Role) -> bool:
        """Whether they have the role in any team, as in `teams_as`."""
        return bool(self.teams_as(role))

    @property
    def can_log(self) -> bool:
        """Whether they may log sessions with anybody at all."""
        return self.is_active and self.has(Role.SUPERVISOR)

    @property
    def can_lead(self) -> bool:
        """Whether they lead anybody at all."""
        return self.is_active and self.has(Role.LEAD)

    @property
    def keeps_teams(self) -> bool:
        """Whether they say who is in which team: the workspace's admins, and whom they name.

        By that alone nobody sees a log.
        """
        is_admin = self.has(Role.ADMIN) or (self.is_admin and not self.is_guest)
        return self.is_active and is_admin

    @property
    def is_known(self) -> bool:
        """Whether the person has any role; those without one get an explanation, never data."""
        return bool(self.memberships)


class Act(StrEnum):
    """What somebody may want to do."""

    COACH = "coach"  # log a session with this agent
    SEE = "see"
    WRITE = "write"  # go on with a draft, or change a shared log
    CHECK_IN = "check in"
    DECIDE = "decide"
    VOID = "void"
    ACKNOWLEDGE = "acknowledge"
    ANSWER = "answer"  # a disagreement or an escalation
    SEE_TEAM = "see team"


def may(actor: Person, act: Act, *, agent: Person | None = None, log: Log | None = None) -> bool:
    """Whether the actor may do this, as the teams stand now (PRODUCT, section 1).

    `agent` is whom it is about: for a log, its agent with their present teams. A log that may not
    be seen must be answered as one that does not exist. Guests see their own logs alone, and people
    in no role see nothing. Somebody who was deactivated is not coached any more; what was agreed
    with them can still be decided.
    """
    if not (actor.is_active and actor.is_known):
        return False
    if actor.is_guest and (agent is None or agent.user != actor.user):
        return False
    if log is not None and log.state in (State.DRAFT, State.DISCARDED):
        return _may_with_draft(actor, act, agent, log)
    if log is not None and (agent is None or agent.user != log.agent):
        return False
    own = agent is not None and agent.user == actor.user
    match act:
        case Act.COACH:
            return not own and _coaches(actor, agent)
        case Act.WRITE | Act.CHECK_IN:
            return not own and _supervises(actor, agent)
        case Act.DECIDE | Act.VOID:
            return not own and (_supervises(actor, agent) or _leads(actor, agent))
        case Act.ACKNOWLEDGE:
            return own
        case Act.ANSWER:
            return not own and _leads(actor, agent)
        case Act.SEE:
            return own or _supervises(actor, agent) or _leads(actor, agent)
        case Act.SEE_TEAM:
            return actor.can_log or actor.can_lead


def _may_with_draft(actor: Person, act: Act, agent: Person | None, log: Log) -> bool:
    if actor.user != log.supervisor or act not in (Act.SEE, Act.WRITE, Act.COACH):
        return False
    if log.continues is not None and not _supervises(actor, agent):
        # It is an open follow-up, which goes over to whoever sees to the agent now.
        return False
    if act is Act.COACH:
        return agent is not None and agent.user != actor.user and _coaches(actor, agent)
    return True


def teams_in_care(actor: Person) -> frozenset[str]:
    """The IDs of the teams whose agents the actor looks after."""
    if not may(actor, Act.SEE_TEAM):
        return frozenset()
    return actor.teams_as(Role.SUPERVISOR, Role.LEAD)


def in_care(actor: Person, members: Iterable[Person]) -> list[Person]:
    """Those whom the actor supervises or leads now, without the actor: they decide on their logs.

    Everything that lists agents or their logs asks here, so that no list holds what `may` refuses.
    """
    return [member for member in members if may(actor, Act.DECIDE, agent=member)]


def visible(actor: Person, logs: Iterable[Log], people: Mapping[str, Person]) -> list[Log]:
    """Those of the logs that the actor may see; `people` holds their agents by user ID."""
    return [log for log in logs if may(actor, Act.SEE, agent=people.get(log.agent or ""), log=log)]


def steps_for(actor: Person, log: Log, people: Mapping[str, Person]) -> list[Step]:
    """The open next steps of a log that are the actor's to answer: their own, and taken over ones.

    Taken over are those of a supervisor or lead who may no longer see the log. It is one that the
    actor may see; `people` holds its agent and whoever promised something in it, by user ID.
    """
    agent = people.get(log.agent or "")
    takes_over = may(actor, Act.DECIDE, agent=agent, log=log)

    def is_theirs(who: str) -> bool:
        if who in (actor.user, log.agent):
            return who == actor.user
        promiser = people.get(who)
        is_kept = promiser is not None and may(promiser, Act.SEE, agent=agent, log=log)
        return takes_over and not is_kept

    return [step for step in log.steps if step.done is None and is_theirs(step.who)]


def keepers(log: Log, agent: Person, people: Iterable[Person]) -> tuple[str, ...]:
    """The user IDs of those who see to an open log, as the teams stand now.

    That is its supervisor while they supervise the agent, else whoever supervises the agent now,
    else the agent's leads; nobody only where the team has none of them.
    """
    others = [person for person in people if person.is_active and person.user != agent.user]
    supervising = [person.user for person in others if _supervises(person, agent)]
    if log.supervisor in supervising:
        return (log.supervisor,)
    return tuple(supervising or [person.user for person in others if _leads(person, agent)])


def successor(log: Log, agent: Person, people: Iterable[Person]) -> str | None:
    """Whose draft a target of that log goes on in: the first keeper who supervises the agent."""
    supervising = [person for person in people if _supervises(person, agent)]
    return next(iter(keepers(log, agent, supervising)), None)


def _coaches(actor: Person, agent: Person | None) -> bool:
    return agent is not None and agent.is_active and _supervises(actor, agent)


def _supervises(actor: Person, agent: Person | None) -> bool:
    return _shares_team(actor, Role.SUPERVISOR, agent)


def _leads(actor: Person, agent: Person | None) -> bool:
    return _shares_team(actor, Role.LEAD, agent)


def _shares_team(actor: Person, role: Role, agent: Person | None) -> bool:
    if agent is None:
        return False
    return bool(actor.teams_as(role) & agent.teams_as(Role.AGENT))
