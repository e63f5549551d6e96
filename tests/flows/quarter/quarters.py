"""A simulated quarter: its people, what they do, and what they are to be reminded of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field

from coaching.people import Role
from coaching.policy import Policy
from coaching.worktime import OFFICE, Week
from storage.store import Store, TeamRow
from tests.flows.center import CRITERIA, TEAM, Cast, Center, known

Act = Callable[[Center], Awaitable[object]]


def user_of(name: str) -> str:
    return f"U0{name.upper()}"


@dataclass(frozen=True, kw_only=True)
class Quarter:
    """What a quarter is, of 2027. People are called by their first names.

    Attributes:
        start: when the clock begins, in UTC.
        weeks: for how many weeks it goes on.
        staff: of each the name, the zone, the team and the role.
        comes_later: the name and the zone of who is in no team at first.
        hours: who doesn't work the usual ones.
        leave: who is away on which days.
        policies: what teams agreed on at first, by their names.
        channels: a channel for totals: its ID, its zone, and who is in it.
        moves: who lives in another zone from when on: the name, the time in UTC and the zone.
        more: how often somebody (by user ID) is told of something beyond the usual number.
        story: what happens: when, in whose zone, what.
        table: by user or channel ID and zone, what is to be told.
    """

    start: dt.datetime
    weeks: int
    staff: Sequence[tuple[str, str, str, Role]]
    comes_later: Sequence[tuple[str, str]] = ()
    hours: Mapping[str, Week]
    leave: Mapping[str, frozenset[dt.date]] = field(default_factory=dict)
    policies: Mapping[str, Policy]
    channels: Sequence[tuple[str, str, str]] = ()
    moves: Sequence[tuple[str, dt.datetime, str]] = ()
    more: Mapping[tuple[str, str], int] = field(default_factory=dict)
    story: Sequence[tuple[str, str, Act]]
    table: Sequence[tuple[str, str, str]]

    @property
    def people(self) -> Sequence[tuple[str, str, str, str]]:
        """Of each the user ID, short name, full name and zone."""
        everybody = [(name, zone) for name, zone, *_ in self.staff]
        everybody += self.comes_later
        return [(user_of(name), name.lower(), f"{name} Person", zone) for name, zone in everybody]

    @property
    def cast(self) -> Cast:
        """Its people as the center takes them; the clock stands still unless it is moved."""
        return Cast(people=self.people, staff=self._staffed, time=lambda: self.start)

    def week_of(self, user: str) -> Week:
        """Somebody's working hours."""
        return {user_of(name): week for name, week in self.hours.items()}.get(user, OFFICE)

    def days_off(self, user: str) -> frozenset[dt.date]:
        """Somebody's leave, and the holidays of their teams."""
        teams = {team for name, _, team, _ in self.staff if user_of(name) == user}
        off = [self.policies[team].holidays for team in teams if team in self.policies]
        off += [days for name, days in self.leave.items() if user_of(name) == user]
        return frozenset().union(*off)

    async def _staffed(self, store: Store, now: dt.datetime) -> None:
        await known(store, self.people, now)
        rows = [TeamRow(team, role, user_of(name)) for name, _, team, role in self.staff]
        await store.import_teams(TEAM, rows, "file", now)
        await store.add_criteria(TEAM, CRITERIA, "file", now)
        for name in {*self.hours, *self.leave}:
            week, leave = self.hours.get(name), self.leave.get(name, frozenset())
            await store.set_hours(TEAM, user_of(name), week, leave, actor="file", now=now)
        for team, policy in self.policies.items():
            member = next(name for name, _, theirs, _ in self.staff if theirs == team)
            await keep_policy(store, user_of(member), policy, now)


async def keep_policy(store: Store, user: str, policy: Policy, now: dt.datetime) -> None:
    """What the only team of that member agreed on from now on."""
    people = await store.people(TEAM, [user])
    (place,) = people[user].memberships
    assert await store.set_policy(TEAM, place.team, policy, actor="file", now=now)
