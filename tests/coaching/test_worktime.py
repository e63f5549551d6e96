from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coaching.worktime import Calendar, Shift, zone_of

NAMES = (
    "UTC",
    "Europe/London",
    "America/New_York",
    "Asia/Manila",
    "Asia/Kolkata",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "America/St_Johns",
)
ZONES = st.sampled_from([ZoneInfo(name) for name in NAMES])
MOMENTS = st.datetimes(
    dt.datetime(2020, 1, 1),  # noqa: DTZ001  hypothesis wants the bounds naive
    dt.datetime(2037, 1, 1),  # noqa: DTZ001  as above
    timezones=st.just(dt.UTC),
)
NEW_YORK, LONDON = ZoneInfo("America/New_York"), ZoneInfo("Europe/London")


def utc(*parts: int) -> dt.datetime:
    year, month, day, hour, minute = parts
    return dt.datetime(year, month, day, hour, minute, tzinfo=dt.UTC)


def in_hours(moment: dt.datetime, zone: ZoneInfo) -> bool:
    local = moment.astimezone(zone)
    return local.weekday() < 5 and dt.time(9) <= local.time() < dt.time(17)


@pytest.mark.parametrize(
    "name", [None, "", "Nowhere/Land", "../../etc/passwd", "America", "\0", "\ud800"]
)
def test_a_zone_that_is_not_known_is_utc(name: str | None) -> None:
    assert zone_of(name).key == "UTC"


def test_a_name_too_long_for_a_file_is_utc() -> None:
    assert zone_of("a" * 5000).key == "UTC"


def test_a_known_zone_is_taken() -> None:
    assert zone_of("Asia/Manila").key == "Asia/Manila"


@given(st.dates(dt.date(2020, 1, 1), dt.date(2037, 1, 1)), ZONES)
def test_work_begins_at_nine_on_a_weekday(day: dt.date, zone: ZoneInfo) -> None:
    begins = Calendar(zone).start_of(day)
    assert begins.tzinfo is dt.UTC
    local = begins.astimezone(zone)
    assert local.time() == dt.time(9)
    assert local.weekday() < 5
    assert dt.timedelta() <= local.date() - day <= dt.timedelta(days=2)
    assert (local.date() == day) is (day.weekday() < 5)


@given(MOMENTS, ZONES)
def test_into_hours_moves_forward_only_and_only_where_needed(
    moment: dt.datetime, zone: ZoneInfo
) -> None:
    moved = Calendar(zone).into_hours(moment)
    assert in_hours(moved, zone)
    assert moved >= moment
    assert (moved == moment) is in_hours(moment, zone)
    assert Calendar(zone).into_hours(moved) == moved
    assert moved - moment <= dt.timedelta(hours=65)


@given(MOMENTS, st.integers(0, 20), ZONES)
def test_working_days_are_counted_from_local_day_to_local_day(
    moment: dt.datetime, days: int, zone: ZoneInfo
) -> None:
    then = Calendar(zone).after_working_days(moment, days)
    assert in_hours(then, zone)
    first, last = moment.astimezone(zone).date(), then.astimezone(zone).date()
    between = (first + dt.timedelta(days=1 + number) for number in range((last - first).days))
    counted = sum(day.weekday() < 5 for day in between)
    # One more where the time of day lies after work, or where a weekend was the start.
    assert days <= counted <= days + 1


@given(MOMENTS, st.integers(0, 20), ZONES)
def test_a_later_moment_is_never_asked_earlier(
    moment: dt.datetime, days: int, zone: ZoneInfo
) -> None:
    one = Calendar(zone).after_working_days(moment, days)
    assert Calendar(zone).after_working_days(moment, days + 1) >= one
    # A day of 23 hours can bring the same time of day an hour nearer.
    later = Calendar(zone).after_working_days(moment + dt.timedelta(days=1), days)
    assert later >= one - dt.timedelta(hours=1)


@pytest.mark.parametrize(
    ("day", "zone", "begins"),
    [
        (dt.date(2026, 12, 24), LONDON, utc(2026, 12, 24, 9, 0)),
        (dt.date(2026, 7, 1), LONDON, utc(2026, 7, 1, 8, 0)),
        (dt.date(2026, 3, 7), NEW_YORK, utc(2026, 3, 9, 13, 0)),
        (dt.date(2026, 3, 6), NEW_YORK, utc(2026, 3, 6, 14, 0)),
        (dt.date(2026, 12, 26), ZoneInfo("Asia/Manila"), utc(2026, 12, 28, 1, 0)),
    ],
)
def test_nine_o_clock_follows_daylight_saving(
    day: dt.date, zone: ZoneInfo, begins: dt.datetime
) -> None:
    assert Calendar(zone).start_of(day) == begins


def test_two_working_days_over_a_weekend_and_a_change_of_clocks() -> None:
    friday = utc(2026, 3, 6, 20, 0)  # 15:00 in New York, daylight saving begins on Sunday
    assert Calendar(NEW_YORK).after_working_days(friday, 2) == utc(2026, 3, 10, 19, 0)
    saturday = utc(2026, 3, 7, 20, 0)
    assert Calendar(NEW_YORK).after_working_days(saturday, 1) == utc(2026, 3, 9, 19, 0)
    evening = utc(2026, 11, 24, 23, 30)  # 18:30 in New York
    assert Calendar(NEW_YORK).after_working_days(evening, 2) == utc(2026, 11, 27, 14, 0)


def test_no_days_or_fewer_are_now() -> None:
    assert Calendar(LONDON).after_working_days(utc(2026, 11, 24, 10, 30), 0) == utc(
        2026, 11, 24, 10, 30
    )
    assert Calendar(LONDON).after_working_days(utc(2026, 11, 24, 10, 30), -3) == utc(
        2026, 11, 24, 10, 30
    )


@pytest.mark.parametrize("moment", [utc(2026, 10, 25, 0, 30), utc(2026, 10, 25, 1, 30)])
def test_the_doubled_hour_counts_once(moment: dt.datetime) -> None:
    # Both are 01:30 in London on a Sunday night; work begins at 09:00 GMT on Monday.
    assert Calendar(LONDON).into_hours(moment) == utc(2026, 10, 26, 9, 0)


@pytest.mark.parametrize(
    ("moment", "then"),
    [
        (utc(2026, 11, 24, 8, 59), utc(2026, 11, 24, 9, 0)),
        (utc(2026, 11, 24, 9, 0), utc(2026, 11, 24, 9, 0)),
        (utc(2026, 11, 24, 16, 59), utc(2026, 11, 24, 16, 59)),
        (utc(2026, 11, 24, 17, 0), utc(2026, 11, 25, 9, 0)),
        (utc(2026, 11, 27, 17, 0), utc(2026, 11, 30, 9, 0)),
    ],
)
def test_work_begins_at_nine_and_is_over_at_five(moment: dt.datetime, then: dt.datetime) -> None:
    assert Calendar(LONDON).into_hours(moment) == then


# Weeks of every kind: nights, days of 24 hours, single days, days off in between.
TIMES = st.builds(dt.time, st.integers(0, 23), st.sampled_from([0, 15, 30, 59]))
WEEKS = st.tuples(*[st.none() | st.builds(Shift, TIMES, TIMES)] * 7)
# Around the changes of clocks in spring and autumn, north and south, and an ordinary week.
SEASONS = [utc(2026, month, day, 0, 0) for month, day in ((3, 8), (3, 29), (4, 5), (11, 1), (6, 1))]
NEAR = st.builds(
    lambda start, minutes: start + dt.timedelta(minutes=minutes),
    st.sampled_from([*SEASONS, utc(2026, 10, 4, 0, 0), utc(2026, 10, 25, 0, 0)]),
    st.integers(-4 * 24 * 60, 4 * 24 * 60),
)
LEAVES = st.frozensets(
    st.builds(
        lambda start, days: start.date() + dt.timedelta(days=days),
        st.sampled_from(SEASONS),
        st.integers(-6, 12),
    ),
    max_size=6,
)
CALENDARS = st.builds(Calendar, ZONES, WEEKS, LEAVES)


@given(CALENDARS, NEAR)
def test_into_hours_is_the_first_moment_at_work(calendar: Calendar, moment: dt.datetime) -> None:
    moved = calendar.into_hours(moment)
    assert moved.tzinfo is dt.UTC
    assert moved >= moment
    assert calendar.into_hours(moved) == moved
    assert (moved == moment) is calendar.contains(moment) or moved == calendar.next_start(moment)
    # Nobody was at work in between.
    for part in range(1, 8):
        between = moment + (moved - moment) * part / 8
        assert not calendar.contains(between) or between == moved or calendar.contains(moment)


@given(CALENDARS, NEAR, st.integers(0, 72 * 60))
def test_what_is_later_never_comes_before(
    calendar: Calendar, moment: dt.datetime, minutes: int
) -> None:
    later = moment + dt.timedelta(minutes=minutes)
    assert calendar.into_hours(later) >= calendar.into_hours(moment)
    assert calendar.next_start(later) >= calendar.next_start(moment)


@given(CALENDARS, NEAR)
def test_the_next_start_begins_a_shift_of_a_day_that_is_not_off(
    calendar: Calendar, moment: dt.datetime
) -> None:
    starts = calendar.next_start(moment)
    assert starts >= moment
    day = starts.astimezone(calendar.zone).date()
    hours = calendar.hours_on(day)
    assert hours is not None
    assert hours[0] == starts
    assert day not in calendar.off
    # No shift begins in between.
    for number in range(-1, (starts - moment).days + 2):
        other = calendar.hours_on(moment.astimezone(calendar.zone).date() + dt.timedelta(number))
        assert other is None or not moment <= other[0] < starts


@given(CALENDARS, NEAR, st.integers(-2, 12))
def test_mornings_are_counted_in_shifts(calendar: Calendar, moment: dt.datetime, days: int) -> None:
    day = calendar.day_of(moment)
    then = calendar.morning_after(moment, days)
    if days <= 0:
        assert then == calendar.start_of(day)
        return
    starts = [hours[0] for hours in map(calendar.hours_on, _days_after(day, 120)) if hours]
    assert then == starts[days - 1]
    assert then < calendar.morning_after(moment, days + 1)


def _days_after(day: dt.date, count: int) -> list[dt.date]:
    return [day + dt.timedelta(days=number) for number in range(1, count + 1)]


@given(CALENDARS, NEAR)
def test_the_day_of_a_moment_at_work_is_that_of_its_shift(
    calendar: Calendar, moment: dt.datetime
) -> None:
    day = calendar.day_of(moment)
    local = moment.astimezone(calendar.zone).date()
    hours = calendar.hours_on(day)
    if calendar.contains(moment):
        assert hours is not None
        assert hours[0] <= moment < hours[1]
        assert dt.timedelta() <= local - day <= dt.timedelta(days=1)
    else:
        assert day == local


@given(ZONES, NEAR)
def test_who_has_no_shifts_at_all_has_office_hours(zone: ZoneInfo, moment: dt.datetime) -> None:
    none = Calendar(zone, (None,) * 7)
    assert none.into_hours(moment) == Calendar(zone).into_hours(moment)


@pytest.mark.parametrize(
    ("day", "hours"),
    [
        # Clocks go forward in this night, which is an hour shorter, and back in the other one.
        (dt.date(2026, 3, 28), (utc(2026, 3, 28, 22, 0), utc(2026, 3, 29, 5, 0))),
        (dt.date(2026, 10, 24), (utc(2026, 10, 24, 21, 0), utc(2026, 10, 25, 6, 0))),
    ],
)
def test_a_night_in_which_clocks_change(
    day: dt.date, hours: tuple[dt.datetime, dt.datetime]
) -> None:
    nights = Calendar(LONDON, (Shift(dt.time(22), dt.time(6)),) * 7)
    assert nights.hours_on(day) == hours
    assert nights.contains(hours[1] - dt.timedelta(minutes=1))
    assert not nights.contains(hours[1])


def test_a_shift_that_begins_in_the_hour_that_is_left_out() -> None:
    early = Calendar(LONDON, (Shift(dt.time(1, 30), dt.time(6)),) * 7)
    # There is no half past one in that night: it is half past two.
    assert early.start_of(dt.date(2026, 3, 29)) == utc(2026, 3, 29, 1, 30)
    assert early.into_hours(utc(2026, 3, 29, 0, 59)) == utc(2026, 3, 29, 1, 30)


def test_leave_is_that_of_the_day_on_which_the_shift_begins() -> None:
    night = Shift(dt.time(22), dt.time(6))
    away = Calendar(LONDON, (night,) * 7, frozenset({dt.date(2026, 11, 24)}))
    assert away.contains(utc(2026, 11, 24, 5, 59))
    assert not away.contains(utc(2026, 11, 24, 23, 0))
    assert away.into_hours(utc(2026, 11, 24, 6, 0)) == utc(2026, 11, 25, 22, 0)
    assert away.morning_after(utc(2026, 11, 24, 5, 0), 1) == utc(2026, 11, 25, 22, 0)


@pytest.mark.parametrize(
    ("moment", "day"),
    # Of the shift that began on Friday the next ones are Monday's and Tuesday's.
    [
        (utc(2026, 11, 28, 2, 0), dt.date(2026, 12, 1)),
        (utc(2026, 11, 24, 2, 0), dt.date(2026, 11, 25)),
    ],
)
def test_working_days_after_a_night_are_shifts(moment: dt.datetime, day: dt.date) -> None:
    nights = Calendar(ZoneInfo("UTC"), (*[Shift(dt.time(22), dt.time(6))] * 5, None, None))
    assert nights.day_of(nights.after_working_days(moment, 2)) == day
