"""The timetable of one team: its digest, and agents who had no session for a while."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from coaching.cadence import cadence_days, is_late
from coaching.notices import NoticeKind, Reminder
from coaching.people import Act, Membership, Person, Role, may
from coaching.policy import Policy
from coaching.worktime import Calendar

_DAY = dt.timedelta(days=1)
_WEEK = dt.timedelta(days=7)
_MIDDLE = dt.timedelta(days=3)
"""A digest of a day by the middle of a week tells of the week before, a later one of its own."""


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

    A lead's waits for their working hours. The supervisors' is an hour before that of the first
    lead, whatever this lead's own hours or leave: they are to know the figures before anybody asks
    them, so it may lie outside of their work where that lead lives elsewhere. A team without agents
    has none.
    """
    if not team.having(Role.AGENT):
        return
    leads = team.having(Role.LEAD)
    led = {lead.user for lead in leads}
    for lead in leads:
        day, at = _next_digest(team.policy, lead.calendar, now)
        yield Reminder(NoticeKind.DIGEST, team.id, lead.user, at, _week_told(day))
    ahead = dt.timedelta(minutes=team.policy.digest_ahead_minutes)
    for one in team.having(Role.SUPERVISOR):
        if one.user in led:
            continue
        day, first = _first_digest(team.policy, leads or [one], now + ahead)
        yield Reminder(NoticeKind.DIGEST, team.id, one.user, first - ahead, _week_told(day))


def totals(team: Team, now: dt.datetime) -> Iterator[Reminder]:
    """The next digest's totals to the team's channel, when the first lead's digest is due."""
    leads = team.having(Role.LEAD)
    channel = team.policy.digest_channel
    if channel and leads:
        day, first = _first_digest(team.policy, leads, now)
        yield Reminder(NoticeKind.TOTALS, team.id, channel, first, _week_told(day))


def no_sessions(team: Team, now: dt.datetime) -> Iterator[Reminder]:
    """Agents without a session for as long as agreed, to their supervisors, week by week.

    Whoever supervises an agent in several teams is told by the days of the one that asks first.
    """
    for agent in team.having(Role.AGENT):
        since, days = _without_since(agent, team), _cadence(agent, team, now)
        if since is None:
            continue
        reached = max(0, (now - since - days * _DAY) // (team.again * _DAY))
        for person in team.having(Role.SUPERVISOR):
            if not may(person, Act.COACH, agent=agent) or not _asks_first(team, agent, person, now):
                continue
            # The newest that was reached may still wait for the morning after.
            for week in (reached, reached + 1, reached + 2):
                at = person.calendar.next_start(since + (days + week * team.again) * _DAY)
                if at > now:
                    # By the days, not by how often: other days may be agreed on meanwhile.
                    count = days + week * team.again
                    occurrence = f"{team.id}/{since.date().isoformat()}/{count}"
                    yield Reminder(NoticeKind.NO_SESSION, agent.user, person.user, at, occurrence)
                    break


def _asks_first(team: Team, agent: Person, person: Person, now: dt.datetime) -> bool:
    """Whether none of the teams in which the person supervises the agent asks for one before it."""
    asks = []
    for place in agent.memberships:
        since = team.last_sessions.get(agent.user) or place.since
        is_theirs = place.role is Role.AGENT and place.team in person.teams_as(Role.SUPERVISOR)
        if since is not None and is_theirs:
            asks.append((since + _days(agent, place, team, now) * _DAY, place.team))
    return min(asks)[1] == team.id


def is_without_session(agent: Person, team: Team, now: dt.datetime) -> bool:
    """Whether the agent has gone without a session for as long as the team agreed."""
    since = _without_since(agent, team)
    return since is not None and is_late(since, None, _cadence(agent, team, now), now)


def _without_since(agent: Person, team: Team) -> dt.datetime | None:
    """Since when the agent had none: their last one, else when they joined, where that is known."""
    return team.last_sessions.get(agent.user) or _place(agent, team).since


def _cadence(agent: Person, team: Team, now: dt.datetime) -> int:
    return _days(agent, _place(agent, team), team, now)


def _days(agent: Person, place: Membership, team: Team, now: dt.datetime) -> int:
    has_target = agent.user in team.with_target
    return cadence_days(agent.user, place, now, has_target=has_target)


def _place(agent: Person, team: Team) -> Membership:
    """The agent's place in the team, which they are in."""
    return next(
        item for item in agent.memberships if item.team == team.id and item.role is Role.AGENT
    )


def newest_week(policy: Policy, zone: dt.tzinfo, now: dt.datetime) -> str:
    """The Monday of the week that the last digest before now told of, as ISO text."""
    day = next(day for day in _digest_days(policy, now) if _hour(policy, zone, day) > now)
    return _week_told(day - _WEEK)


def _week_told(day: dt.date) -> str:
    """The Monday of the week that the digest of that day tells of, as ISO text."""
    told = day - _MIDDLE
    return (told - dt.timedelta(days=told.weekday())).isoformat()


def _first_digest(
    policy: Policy, people: Sequence[Person], now: dt.datetime
) -> tuple[dt.date, dt.datetime]:
    """The day of the next digest, and the team's hour for it in the first of those zones; in UTC.

    A holiday of the team puts it off to the next day on which the team works.
    """
    for day in _digest_days(policy, now):
        days = Calendar(dt.UTC, policy.week, policy.holidays).working_days(day)
        on = next(days) if day in policy.holidays else day
        at = min(_hour(policy, one.zone, on) for one in people)
        if at > now and on < day + _WEEK:
            return day, at
    raise AssertionError("the days never end")


def _next_digest(
    policy: Policy, calendar: Calendar, now: dt.datetime
) -> tuple[dt.date, dt.datetime]:
    """The day of the next digest, and when after now it comes in working hours; in UTC.

    One that would wait until the day of the following digest is told by that one.
    """
    for day in _digest_days(policy, now):
        at = calendar.into_hours(_hour(policy, calendar.zone, day))
        if at > now and at.astimezone(calendar.zone).date() < day + _WEEK:
            return day, at
    raise AssertionError("the days never end")


def _digest_days(policy: Policy, now: dt.datetime) -> Iterator[dt.date]:
    """The days of the team's digest, in order and without end, from one that is past on."""
    # The last one may still wait for a day on which they work.
    day = now.date() - dt.timedelta(days=(now.weekday() - policy.digest_weekday) % 7) - _WEEK
    while True:
        yield day
        day += _WEEK


def _hour(policy: Policy, zone: dt.tzinfo, day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, policy.digest_at, zone).astimezone(dt.UTC)
