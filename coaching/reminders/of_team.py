"""The timetable of one team: its digest, and agents who had no session for a while."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from coaching.notices import NoticeKind, Reminder
from coaching.people import Act, Person, Role, may
from coaching.policy import Policy

_DAY = dt.timedelta(days=1)
_WEEK = dt.timedelta(days=7)
_MIDDLE = dt.timedelta(days=3)
"""A digest sent by the middle of a week tells of the week before, a later one of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Team:
    """A team and its members as they are now.

    Attributes:
        members: everybody in it, in any role.
        last_sessions: by agent when their last session was, in UTC.
        with_target: the agents whose target is open.
    """

    id: str
    policy: Policy
    members: Sequence[Person]
    last_sessions: Mapping[str, dt.datetime]
    with_target: frozenset[str] = frozenset()

    def having(self, role: Role) -> list[Person]:
        """Those who have that role in this team, and are there."""
        return [one for one in self.members if one.is_active and self.id in one.teams_as(role)]


def timetable(team: Team, now: dt.datetime) -> frozenset[Reminder]:
    """What comes next to whom in the team; what is past is left as it is."""
    return frozenset([*digests(team, now), *totals(team, now), *no_sessions(team, now)])


def digests(team: Team, now: dt.datetime) -> Iterator[Reminder]:
    """The next digest to each lead at the team's day and hour, and to supervisors before it."""
    leads = team.having(Role.LEAD)
    led = {lead.user for lead in leads}
    for lead in leads:
        at = _next_digest(team.policy, lead, now)
        yield Reminder(NoticeKind.DIGEST, team.id, lead.user, at, week_told(at, lead.zone))
    ahead = dt.timedelta(minutes=team.policy.digest_ahead_minutes)
    for one in team.having(Role.SUPERVISOR):
        if one.user in led:
            continue
        first = min(_next_digest(team.policy, lead, now + ahead) for lead in leads or [one])
        zone = (leads or [one])[0].zone
        yield Reminder(NoticeKind.DIGEST, team.id, one.user, first - ahead, week_told(first, zone))


def totals(team: Team, now: dt.datetime) -> Iterator[Reminder]:
    """The next digest's totals to the team's channel, with the first lead's digest."""
    leads = team.having(Role.LEAD)
    if team.policy.digest_channel and leads:
        first, zone = min(
            ((_next_digest(team.policy, lead, now), lead.zone) for lead in leads),
            key=lambda one: one[0],
        )
        channel = team.policy.digest_channel
        yield Reminder(NoticeKind.TOTALS, team.id, channel, first, week_told(first, zone))


def week_told(at: dt.datetime, zone: dt.tzinfo) -> str:
    """The Monday of the week that a digest sent then tells of, as ISO text."""
    day = (at - _MIDDLE).astimezone(zone).date()
    return (day - dt.timedelta(days=day.weekday())).isoformat()


def no_sessions(team: Team, now: dt.datetime) -> Iterator[Reminder]:
    """Agents without a session for as long as agreed, to their supervisors, week by week."""
    for agent in team.having(Role.AGENT):
        since = without_session_since(agent, team)
        if since is None:
            continue
        for person in team.having(Role.SUPERVISOR):
            if not may(person, Act.COACH, agent=agent):
                continue
            calendar = person.calendar
            first = since.astimezone(calendar.zone).date() + _cadence(team, agent, now) * _DAY
            weeks = 0
            again = team.policy.cadence_again_days
            while calendar.start_of(first + weeks * again * _DAY) < now:
                weeks += 1
            at = calendar.start_of(first + weeks * again * _DAY)
            occurrence = f"{since.date().isoformat()}/{weeks + 1}"
            yield Reminder(NoticeKind.NO_SESSION, agent.user, person.user, at, occurrence)


def is_without_session(agent: Person, team: Team, now: dt.datetime, zone: dt.tzinfo) -> bool:
    """Whether, in that zone's days, the agent has had no session for as long as was agreed."""
    since = without_session_since(agent, team)
    if since is None:
        return False
    days = (now.astimezone(zone).date() - since.astimezone(zone).date()).days
    return days >= _cadence(team, agent, now)


def without_session_since(agent: Person, team: Team) -> dt.datetime | None:
    """Since when the agent had none: their last one, else when they joined, where that is known."""
    joined = [
        item.since for item in agent.memberships if item.team == team.id and item.role is Role.AGENT
    ]
    return team.last_sessions.get(agent.user) or next(iter(joined), None)


def _cadence(team: Team, agent: Person, now: dt.datetime) -> int:
    """Days after which an agent without a session is named."""
    policy = team.policy
    own = dict(policy.cadence_of).get(agent.user)
    if own is not None:
        return own
    joined = next((item.since for item in agent.memberships if item.team == team.id), None)
    is_new = joined is not None and (now - joined).days < policy.new_for_days
    fitting = [policy.cadence_days]
    if is_new and policy.cadence_days_new is not None:
        fitting.append(policy.cadence_days_new)
    if agent.user in team.with_target and policy.cadence_days_open is not None:
        fitting.append(policy.cadence_days_open)
    return min(fitting)


def _next_digest(policy: Policy, person: Person, now: dt.datetime) -> dt.datetime:
    """The next time of the team's digest in that person's zone, after now; in UTC.

    On a day on which they don't work it waits for the next one.
    """
    local = now.astimezone(person.zone).date()
    day = local + dt.timedelta(days=(policy.digest_weekday - local.weekday()) % 7)
    while True:
        at = dt.datetime.combine(day, policy.digest_at, person.zone).astimezone(dt.UTC)
        if day in person.calendar.off:
            at = person.calendar.start_of(day)
        if at > now:
            return at
        day += _WEEK
