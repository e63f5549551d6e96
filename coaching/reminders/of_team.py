"""The timetable of one team: its digest, and agents who had no session for a while."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from coaching.cadence import cadence_days, is_late
from coaching.notices import NoticeKind, Reminder
from coaching.people import Act, Membership, Person, Role, may
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

    @property
    def again(self) -> int:
        """After how many days an agent is named again."""
        return max(1, self.policy.cadence_again_days)

    def having(self, role: Role) -> list[Person]:
        """Those who have that role in this team, and are there."""
        return [one for one in self.members if one.is_active and self.id in one.teams_as(role)]


def timetable(team: Team, now: dt.datetime) -> frozenset[Reminder]:
    """What comes next to whom in the team; what is past is left as it is."""
    return frozenset([*digests(team, now), *totals(team, now), *no_sessions(team, now)])


def digests(team: Team, now: dt.datetime) -> Iterator[Reminder]:
    """The next digest to each lead at the team's day and hour, and to supervisors before it.

    Supervisors are to know the figures before anybody asks them, so that hour may lie outside of
    their work where their lead lives elsewhere. A team without agents has none.
    """
    if not team.having(Role.AGENT):
        return
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
        since, days = _without_since(agent, team), _cadence(agent, team, now)
        if since is None:
            continue
        reached = max(0, (now - since - days * _DAY) // (team.again * _DAY))
        for person in team.having(Role.SUPERVISOR):
            if not may(person, Act.COACH, agent=agent):
                continue
            # The newest that was reached may still wait for the morning after.
            for week in (reached, reached + 1, reached + 2):
                at = person.calendar.next_start(since + (days + week * team.again) * _DAY)
                if at > now:
                    # By the days, not by how often: other days may be agreed on meanwhile.
                    occurrence = f"{since.date().isoformat()}/{days + week * team.again}"
                    yield Reminder(NoticeKind.NO_SESSION, agent.user, person.user, at, occurrence)
                    break


def is_without_session(agent: Person, team: Team, now: dt.datetime) -> bool:
    """Whether the agent has gone without a session for as long as the team agreed."""
    since = _without_since(agent, team)
    return since is not None and is_late(since, None, _cadence(agent, team, now), now)


def _without_since(agent: Person, team: Team) -> dt.datetime | None:
    """Since when the agent had none: their last one, else when they joined, where that is known."""
    return team.last_sessions.get(agent.user) or _place(agent, team).since


def _cadence(agent: Person, team: Team, now: dt.datetime) -> int:
    has_target = agent.user in team.with_target
    return cadence_days(agent.user, _place(agent, team), now, has_target=has_target)


def _place(agent: Person, team: Team) -> Membership:
    """The agent's place in the team, which they are in."""
    return next(
        item for item in agent.memberships if item.team == team.id and item.role is Role.AGENT
    )


def newest_week(policy: Policy, person: Person, now: dt.datetime) -> str:
    """The Monday of the week that the last digest before now told of, as ISO text."""
    return week_told(_next_digest(policy, person, now) - _WEEK, person.zone)


def _next_digest(policy: Policy, person: Person, now: dt.datetime) -> dt.datetime:
    """The next time of the team's digest in that person's zone, after now; in UTC.

    On a day on which they don't work it waits for the next one.
    """
    local = now.astimezone(person.zone).date()
    # The last one may still wait for a day on which they work.
    day = local - dt.timedelta(days=(local.weekday() - policy.digest_weekday) % 7)
    while True:
        at = dt.datetime.combine(day, policy.digest_at, person.zone).astimezone(dt.UTC)
        if day in person.calendar.off:
            at = person.calendar.start_of(day)
        if at > now:
            return at
        day += _WEEK
