"""Working hours in a person's own time zone; IANA zones, recomputed at each step.

Gaps at the change to daylight saving move forward, overlaps count once (the first of the two).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_FRIDAY = 4
_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Shift:
    """Hours of work on one day, local; one that ends no later than it starts runs past midnight."""

    start: dt.time
    end: dt.time


Week = tuple[Shift | None, ...]
"""The shift that begins on each day of the week, Monday first; None for a day without one."""

OFFICE: Week = (*[Shift(dt.time(9), dt.time(17))] * 5, None, None)


def zone_of(name: str | None) -> ZoneInfo:
    """The zone of that IANA name; UTC where Slack names none or one that is not known here."""
    try:
        return ZoneInfo(name or "UTC")
    except (ZoneInfoNotFoundError, ValueError, OSError):
        # An OSError is a name that is a folder of the zone database, or too long for a file.
        return ZoneInfo("UTC")


def next_weekday(day: dt.date) -> dt.date:
    """That day, or the Monday after it where it falls on a weekend."""
    past_friday = day.weekday() - _FRIDAY
    return day + dt.timedelta(days=3 - past_friday) if past_friday > 0 else day


@dataclass(frozen=True, slots=True)
class Calendar:
    """When somebody works: `week` in `zone`, less the days `off` (holidays and leave).

    Every moment that comes out is in UTC. Days are those on which a shift begins.
    """

    zone: dt.tzinfo
    week: Week = OFFICE
    off: frozenset[dt.date] = frozenset()

    def day_of(self, moment: dt.datetime) -> dt.date:
        """The day of the shift that the moment lies in, else its local date."""
        local = moment.astimezone(self.zone).date()
        for day in (local - _DAY, local):
            hours = self.hours_on(day)
            if hours is not None and hours[0] <= moment < hours[1]:
                return day
        return local

    def hours_on(self, day: dt.date) -> tuple[dt.datetime, dt.datetime] | None:
        """From when to when somebody works in the shift of that day; None without one."""
        shift = self._shift_on(day)
        if shift is None:
            return None
        last = day + _DAY if shift.end <= shift.start else day
        return self._utc(day, shift.start), self._utc(last, shift.end)

    def working_days(self, after: dt.date) -> Iterator[dt.date]:
        """The working days after that day, in order, without end."""
        day = after
        while True:
            day += _DAY
            if self._shift_on(day) is not None:
                yield day

    def start_of(self, day: dt.date) -> dt.datetime:
        """When work begins on that day or, where there is none, on the next working day."""
        first = next(self.working_days(day - _DAY))
        begins, _ = self.hours_on(first) or (self._utc(first, dt.time()), None)
        return begins

    def contains(self, moment: dt.datetime) -> bool:
        """Whether somebody is at work then."""
        hours = self.hours_on(self.day_of(moment))
        return hours is not None and hours[0] <= moment < hours[1]

    def into_hours(self, moment: dt.datetime) -> dt.datetime:
        """That moment where it lies inside working hours, else when work begins next."""
        if self.contains(moment):
            return moment.astimezone(dt.UTC)
        return self.next_start(moment)

    def next_start(self, moment: dt.datetime) -> dt.datetime:
        """When the first shift begins at that moment or later."""
        day = moment.astimezone(self.zone).date()
        starts = self.start_of(day)
        # A shift of that day has begun already, or (past midnight) one of the day before.
        return starts if starts >= moment else self.start_of(day + _DAY)

    def morning_after(self, moment: dt.datetime, days: int) -> dt.datetime:
        """When work begins so many working days after the day of that moment.

        The day itself counts as none, whatever the hour; 0 is that day or, without work, the next.
        """
        day = self.day_of(moment)
        if days <= 0:
            return self.start_of(day)
        for _, working in zip(range(days), self.working_days(day), strict=False):
            day = working
        return self.start_of(day)

    def after_working_days(self, moment: dt.datetime, days: int) -> dt.datetime:
        """The same time of day so many working days later, moved into working hours.

        Past midnight a night's shift still counts as its own day.
        """
        local, day = moment.astimezone(self.zone), self.day_of(moment)
        past = local.date() - day
        for _, working in zip(range(days), self.working_days(day), strict=False):
            day = working
        return self.into_hours(self._utc(day + past, local.time()))

    def _shift_on(self, day: dt.date) -> Shift | None:
        # Somebody without any shift would never be told anything.
        week = self.week if any(self.week) else OFFICE
        return None if day in self.off else week[day.weekday()]

    def _utc(self, day: dt.date, time: dt.time) -> dt.datetime:
        return dt.datetime.combine(day, time, self.zone).astimezone(dt.UTC)
