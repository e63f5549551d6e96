"""Working hours and leave as people write them: ``Mon-Fri 09:00-17:00``, ``2026-12-24``."""

from __future__ import annotations

import datetime as dt
import re
from itertools import groupby

from coaching.worktime import Shift, Week

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MOST_LEAVE_DAYS = 370
"""Days that one range of leave may have: more of them is a slip in the year."""
_LONGEST_QUOTE = 40
_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SHORTEST_NAME = 2
_DASHES = re.compile(r"\s*[-\u2010-\u2015\u2212]\s*|\s+to\s+", re.IGNORECASE)
_TIME = r"(\d{1,2})(?:[:.](\d{2}))?"
_STRETCH = re.compile(rf"([a-z]+)(?:-([a-z]+))?(?:\s+{_TIME}-{_TIME})?", re.IGNORECASE)
_LAST_HOUR, _MINUTES = 24, 60


class Unreadable(ValueError):  # noqa: N818  reads as the sentence it is
    """What was written can't be read; the message says what, and the way to write it."""


def week_of(words: str) -> Week:
    """The week of words such as ``Mon-Thu 22:00-06:00, Sat 10:00-14:00``.

    Hours that end no later than they begin run past midnight. Raises Unreadable.
    """
    week: dict[int, Shift] = {}
    before: list[int] = []
    for stretch in re.split(r"[,;]", _DASHES.sub("-", words.strip())):
        found = _STRETCH.fullmatch(stretch.strip())
        if found is None:
            raise _unreadable(words)
        first, last, *times = found.groups()
        days = before + _days(first, last or first, words)
        if times[0] is None:
            # Monday, Wednesday 09:00-17:00: the hours come with the last of them.
            before = days
            continue
        start, end = _time(times[0], times[1], words), _time(times[2], times[3], words)
        if start == dt.time.max:
            raise _unreadable(words)
        for day in days:
            if day in week:
                raise Unreadable(f"{DAYS[day]} has hours twice. Write them once for each day.")
            week[day] = Shift(start, dt.time() if end == dt.time.max else end)
        before = []
    if before:
        raise _unreadable(words)
    return tuple(week.get(day) for day in range(len(DAYS)))


def week_words(week: Week) -> str:
    """A week as `week_of` reads it: ``Mon-Fri 09:00-17:00``; empty for one without hours."""
    stretches = []
    for shift, those in groupby(range(len(week)), key=lambda day: week[day]):
        if shift is None:
            continue
        first, *_, last = (days := [*those])[0], days[-1]
        name = DAYS[first] if first == last else f"{DAYS[first]}-{DAYS[last]}"
        end = "24:00" if shift.end == dt.time() else f"{shift.end:%H:%M}"
        stretches.append(f"{name} {shift.start:%H:%M}-{end}")
    return ", ".join(stretches)


def leave_of(words: str) -> frozenset[dt.date]:
    """The days of words such as ``2026-12-24..2027-01-02 2027-02-01``, the last of each included.

    Raises Unreadable.
    """
    days: set[dt.date] = set()
    for piece in re.sub(r"\s*\.\.\s*", "..", words).replace(";", " ").split():
        first, dots, last = piece.partition("..")
        begins = _day(first)
        ends = _day(last) if dots else begins
        if not 0 <= (ends - begins).days < MOST_LEAVE_DAYS:
            raise Unreadable(f"“{_brief(piece)}” ends before it begins, or over a year later.")
        days.update(begins + dt.timedelta(days=n) for n in range((ends - begins).days + 1))
    return frozenset(days)


def leave_words(days: frozenset[dt.date]) -> str:
    """Days as `leave_of` reads them."""
    pieces = []
    numbered = enumerate(sorted(days))
    # Days in a row keep the same distance to their place.
    for _, group in groupby(numbered, key=lambda item: item[1].toordinal() - item[0]):
        those = [day for _, day in group]
        row = those[0].isoformat()
        pieces.append(row if len(those) == 1 else f"{row}..{those[-1].isoformat()}")
    return " ".join(pieces)


def _days(first: str, last: str, words: str) -> list[int]:
    begins, ends = _weekday(first, words), _weekday(last, words)
    return [day % len(DAYS) for day in range(begins, ends + 1 if ends >= begins else ends + 8)]


def _weekday(name: str, words: str) -> int:
    typed = name.lower()
    if len(typed) >= _SHORTEST_NAME:
        for number, known in enumerate(_NAMES):
            if known.startswith(typed):
                return number
    raise _unreadable(words)


def _time(hour: str, minute: str | None, words: str) -> dt.time:
    """The time of day; its very end, which `dt.time` can't say, for 24:00."""
    hours, minutes = int(hour), int(minute or 0)
    if (hours, minutes) == (_LAST_HOUR, 0):
        return dt.time.max
    if hours >= _LAST_HOUR or minutes >= _MINUTES:
        raise _unreadable(words)
    return dt.time(hours, minutes)


def _day(text: str) -> dt.date:
    try:
        return dt.datetime.strptime(text, "%Y-%m-%d").date()  # noqa: DTZ007  a day has no zone
    except ValueError:
        raise Unreadable(
            f"“{_brief(text)}” is no day. Write days like 2026-12-24, and from one to another "
            "like 2026-12-24..2027-01-02."
        ) from None


def _unreadable(words: str) -> Unreadable:
    return Unreadable(
        f"“{_brief(words)}” can't be read as working hours. Write them like Mon-Fri 09:00-17:00, "
        "or Mon-Thu 22:00-06:00, Sat 10:00-14:00."
    )


def _brief(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= _LONGEST_QUOTE else f"{words[: _LONGEST_QUOTE - 1]}…"
