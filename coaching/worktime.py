"""Working hours in a person's own time zone; IANA zones, recomputed at each step.

Gaps at the change to daylight saving move forward, overlaps count once (the first of the two).
"""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

START, END = dt.time(9), dt.time(17)
_FRIDAY = 4
_DAY = dt.timedelta(days=1)


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


def start_of(day: dt.date, zone: dt.tzinfo) -> dt.datetime:
    """When work begins on that day or, on a weekend, on the Monday after it; in UTC."""
    return dt.datetime.combine(next_weekday(day), START, zone).astimezone(dt.UTC)


def into_hours(moment: dt.datetime, zone: dt.tzinfo) -> dt.datetime:
    """That moment where it lies inside working hours, else when work begins next; in UTC."""
    local = moment.astimezone(zone)
    if local.weekday() <= _FRIDAY and START <= local.time() < END:
        return moment.astimezone(dt.UTC)
    return start_of(local.date() + (_DAY if local.time() >= END else dt.timedelta()), zone)


def after_working_days(moment: dt.datetime, days: int, zone: dt.tzinfo) -> dt.datetime:
    """The same time of day so many working days later, moved into working hours; in UTC."""
    local = moment.astimezone(zone)
    day = local.date()
    while days > 0:
        day += _DAY
        days -= day.weekday() <= _FRIDAY
    return into_hours(dt.datetime.combine(day, local.time(), zone).astimezone(dt.UTC), zone)
