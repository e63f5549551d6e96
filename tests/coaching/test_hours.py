from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coaching.hours import Unreadable, leave_of, leave_words, week_of, week_words
from coaching.worktime import OFFICE, Shift, Week

TIMES = st.builds(dt.time, st.integers(0, 23), st.integers(0, 59))
SHIFTS = st.none() | st.builds(Shift, TIMES, TIMES)
WEEKS = st.tuples(*[SHIFTS] * 7).filter(any)
DAYS = st.dates(dt.date(2026, 1, 1), dt.date(2026, 12, 31))
NIGHT, SATURDAY = Shift(dt.time(22), dt.time(6)), Shift(dt.time(10), dt.time(14))


@pytest.mark.parametrize(
    "words",
    [
        "Mon-Fri 09:00-17:00",
        "mon-fri 9-17",
        "Monday to Friday 9:00 to 17:00",
        " MON \u2013 FRI  09:00\u201417:00 ",
        "Mo-Fr 9.00-17.00",
        "Mon, Tue, Wed 09:00-17:00; Thu-Fri 09:00-17:00",
    ],
)
def test_office_hours_however_they_are_written(words: str) -> None:
    assert week_of(words) == OFFICE


def test_nights_and_weekends() -> None:
    week: Week = (NIGHT, NIGHT, NIGHT, NIGHT, None, SATURDAY, None)
    assert week_of("Mon-Thu 22:00-06:00, Sat 10:00-14:00") == week
    assert week_words(week) == "Mon-Thu 22:00-06:00, Sat 10:00-14:00"
    assert week_of("Sat-Tue 22:00-06:00") == (NIGHT, NIGHT, None, None, None, NIGHT, NIGHT)
    assert week_of("Mon-Sun 00:00-24:00") == (Shift(dt.time(), dt.time()),) * 7
    assert week_of("Sun 16-24")[6] == Shift(dt.time(16), dt.time())


@pytest.mark.parametrize(
    "words",
    [
        "",
        "9-17",
        "Mon-Fri",
        "Mon-Fri 09:00",
        "Mon-Fri 25:00-26:00",
        "Mon-Fri 09:60-17:00",
        "Mon-Fri 24:00-06:00",
        "M-F 9-17",
        "T 9-17",
        "Noon-Fri 9-17",
        "Mon-Fri 09:00-17:00,",
        "Mon-Fri 09:00-17:00, Sat",
        "Mon-Fri 09:00-17:00 London",
    ],
)
def test_what_is_no_hours_is_told_how_to_write_them(words: str) -> None:
    with pytest.raises(Unreadable, match=r"Write them like Mon-Fri 09:00-17:00, or Mon-Thu 22"):
        week_of(words)


def test_two_stretches_on_one_day() -> None:
    with pytest.raises(Unreadable, match="Wed has hours twice"):
        week_of("Mon-Wed 09:00-12:00, Wed-Fri 13:00-17:00")


def test_a_long_text_is_not_quoted_whole() -> None:
    with pytest.raises(Unreadable) as refused:
        week_of("x" * 500)
    assert len(str(refused.value)) < 200


@given(WEEKS)
def test_words_of_any_week_are_read_back(week: Week) -> None:
    assert week_of(week_words(week)) == week


@given(st.text(max_size=60))
def test_whatever_is_typed_is_a_week_or_unreadable(words: str) -> None:
    reasons = []
    for read in (week_of, leave_of):
        try:
            read(words)
        except Unreadable as refused:
            reasons.append(str(refused))
    assert all(reasons)


def test_days_of_leave_and_ranges() -> None:
    days = leave_of(" 2026-12-31..2027-01-02; 2027-02-01 2027-02-01 ")
    assert days == {
        dt.date(2026, 12, 31),
        dt.date(2027, 1, 1),
        dt.date(2027, 1, 2),
        dt.date(2027, 2, 1),
    }
    assert leave_words(days) == "2026-12-31..2027-01-02 2027-02-01"
    assert leave_of("2027-01-01 .. 2027-01-02") == {dt.date(2027, 1, 1), dt.date(2027, 1, 2)}


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("24.12.2026", "is no day"),
        ("2026-02-30", "is no day"),
        ("2026-12-24..", "is no day"),
        ("2026-12-24...2026-12-26", "is no day"),
        ("2027-01-02..2026-12-24", "ends before it begins"),
        ("2026-12-24..2036-12-24", "over a year later"),
    ],
)
def test_what_is_no_leave_is_told_how_to_write_it(words: str, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        leave_of(words)


@given(st.frozensets(DAYS))
def test_words_of_any_leave_are_read_back(days: frozenset[dt.date]) -> None:
    assert leave_of(leave_words(days)) == days
