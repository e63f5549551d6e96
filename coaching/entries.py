"""Checking what a person entered in a form: values for the log, problems on fields, hints."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from coaching.criteria import (
    FAIL,
    NAME_LIMIT,
    NEW,
    NOT_SCORED,
    Criterion,
    NotAScore,
    is_overall,
    named,
)
from coaching.elements import FIELDS, FOLLOW_UP
from coaching.fields import Content, Field, Kind, Raw, Value, tidied, width
from coaching.follow_up import FollowUp, follow_up_of
from coaching.moment import NotAMoment, parse_moment

FEWEST_POINTS = 3
MEANS = frozenset({"score_after", "median_after"})
_NOT_SCORED = frozenset({"not scored", "notscored", "n/a", "na", "none", "-"})


@dataclass(frozen=True, slots=True)
class Problem:
    """A wrong value: the field that it stands on, and words that say what to do."""

    field: str
    text: str


@dataclass(frozen=True, slots=True)
class Hint:
    """A doubt about a value that may be overruled; shown right under the field."""

    field: str
    text: str


@dataclass(frozen=True, slots=True)
class Setting:
    """What a check needs to know beside the values: the writer's day and the criteria."""

    now: dt.datetime
    zone: ZoneInfo
    criteria: Mapping[str, Criterion]

    @property
    def today(self) -> dt.date:
        """The day it is for the writer: `now` in `zone`."""
        return self.now.astimezone(self.zone).date()


@dataclass(frozen=True, slots=True)
class Checked:
    """The content with the entries taken over, or the problems that stand in the way."""

    content: Content
    problems: tuple[Problem, ...] = ()
    hints: tuple[Hint, ...] = ()


class _Wrong(Exception):  # noqa: N818  control flow inside this module
    """A value that can't be taken; the message is for the person."""


@dataclass(slots=True)
class _Checking:
    setting: Setting
    content: dict[str, Value]
    problems: list[Problem] = field(default_factory=list)


def check(entries: Mapping[str, Raw], content: Content, setting: Setting) -> Checked:
    """Take a form's entries over into a log's content.

    An entry of None empties its field; a field without an entry keeps what is stored. Wrong values
    become problems and leave the content as it was. Entries of no field are left out.
    """
    work = _Checking(setting, dict(content))
    entered = [FIELDS[key] for key in entries if key in FIELDS]
    # Criteria first, since scores are read on their scales whatever the order of the form.
    for item in sorted(entered, key=lambda item: item.kind is not Kind.CRITERION):
        _take(work, item, entries[item.key])
    _check_together(work, entries)
    if work.problems:
        return Checked(content, tuple(work.problems))
    return Checked(work.content, (), tuple(_hints(entries, work.content, setting)))


def _take(work: _Checking, entered: Field, raw: Raw) -> None:
    if isinstance(raw, str):
        raw = tidied(raw)
    try:
        value = None if raw in {None, "", ()} else _value(work, entered, raw)
    except (_Wrong, NotAMoment, NotAScore) as wrong:
        work.problems.append(Problem(entered.key, str(wrong)))
        return
    if value is None or value == ():
        work.content.pop(entered.key, None)
    else:
        work.content[entered.key] = value


def _value(work: _Checking, entered: Field, raw: str | int | tuple[str, ...]) -> Value:
    match entered.kind:
        case Kind.COUNT:
            return _count(entered, raw)
        case Kind.WHEN:
            return _when(work.setting, raw)
        case Kind.DAY:
            return _day(work.setting, str(raw))
        case Kind.LINES:
            return _lines(entered, raw)
        case Kind.ANY_OF:
            known = {choice.key for choice in entered.choices}
            return tuple(key for key in dict.fromkeys(_many(raw)) if key in known)
        case Kind.ONE_OF:
            if raw not in {choice.key for choice in entered.choices}:
                raise _Wrong("Pick one of the answers offered.")
            return str(raw)
    if isinstance(raw, tuple):
        raise _Wrong("Write one answer here.")
    text = str(raw)
    _check_width(text, entered.limit)
    match entered.kind:
        case Kind.MOMENT:
            return parse_moment(text)
        case Kind.CRITERION:
            return _criterion(work.setting, text)
        case Kind.SCORE:
            return _score(work, entered, text)
        case Kind.LINE:
            return " ".join(text.split())
        case _:
            return text


def _check_width(text: str, limit: int) -> None:
    wide = width(text)
    if wide > limit:
        twice = "" if wide == len(text) else " An emoji counts as two."
        raise _Wrong(f"That is {wide:,} characters; {limit:,} is the most.{twice}")


def _many(raw: str | int | tuple[str, ...]) -> tuple[str, ...]:
    return raw if isinstance(raw, tuple) else (str(raw),)


def _count(entered: Field, raw: str | int | tuple[str, ...]) -> int:
    # isdecimal() takes digits of every script, as int() does; isdigit() would let ² through.
    text = str(raw)
    if not text.isdecimal() or len(text) > 6:
        raise _Wrong("Write a whole number of calls, for example 10.")
    count = int(text)
    lowest = 0 if entered.key in {"looked_at", "reached"} else 1
    if not lowest <= count <= entered.limit:
        raise _Wrong(f"Write a number of calls from {lowest} to {entered.limit}.")
    return count


def _when(setting: Setting, raw: str | int | tuple[str, ...]) -> int:
    try:
        seconds = int(str(raw))
        when = dt.datetime.fromtimestamp(seconds, dt.UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise _Wrong("Pick a day and a time.") from error
    if abs(when - setting.now) > dt.timedelta(days=366):
        raise _Wrong("Pick a day within a year from today.")
    return seconds


def _day(setting: Setting, text: str) -> str:
    try:
        day = dt.date.fromisoformat(text)
    except ValueError as error:
        raise _Wrong("Pick a day, for example 2026-12-24.") from error
    if abs(day - setting.today) > dt.timedelta(days=2 * 366):
        raise _Wrong("Pick a day within two years from today.")
    return day.isoformat()


def _lines(entered: Field, raw: str | int | tuple[str, ...]) -> tuple[str, ...]:
    text = "\n".join(_many(raw))
    _check_width(text, entered.limit)
    return tuple(line for line in map(tidied, text.splitlines()) if line)


def _criterion(setting: Setting, text: str) -> str:
    if not text.startswith(NEW):
        if text not in setting.criteria:
            raise _Wrong("That criterion is not in the list any more. Pick another.")
        return text
    name = " ".join(text.removeprefix(NEW).split())
    if not name or width(name) > NAME_LIMIT:
        raise _Wrong(f"A criterion's name has 1 to {NAME_LIMIT} characters.")
    existing = named(setting.criteria.values(), name)
    return existing.id if existing else NEW + name


def _score(work: _Checking, entered: Field, text: str) -> str:
    if " ".join(text.lower().split()) in _NOT_SCORED:
        if entered.key == "threshold":
            raise _Wrong("A threshold is a score that a call can reach.")
        return NOT_SCORED
    criterion = criterion_of(work.content, entered.scale_of, work.setting.criteria)
    if criterion is None:
        return text
    scale = criterion.scale
    score = (scale.of_means if entered.key in MEANS else scale).parse(text)
    if entered.key == "threshold" and score in ("0", FAIL):
        raise _Wrong("Every call reaches that. Write the score that shows the change.")
    return score


def criterion_of(content: Content, key: str, criteria: Mapping[str, Criterion]) -> Criterion | None:
    """The criterion in that field; one that is about to be added has the scale 0 to 100 %."""
    value = str(content.get(key, ""))
    if value.startswith(NEW):
        return Criterion(value, value.removeprefix(NEW))
    return criteria.get(value)


def plan_of(filled: Content, setting: Setting) -> FollowUp | None:
    """The plan in a form's values, not checked yet; None while one of them is missing or wrong."""
    checked = check({item.key: filled.get(item.key) for item in FOLLOW_UP}, {}, setting)
    criterion = criterion_of(checked.content, "follow_up_criterion", setting.criteria)
    return follow_up_of(checked.content, {criterion.id: criterion}) if criterion else None


def _check_together(work: _Checking, entries: Mapping[str, Raw]) -> None:
    content, wrong = work.content, {problem.field for problem in work.problems}

    def refuse(key: str, text: str, other: str = "", other_text: str = "") -> None:
        """Put the problem on the field, or on the other where the form holds that one only."""
        if key not in entries:
            key, text = other, other_text or text
        if key in entries and key not in wrong:
            wrong.add(key)
            work.problems.append(Problem(key, text))

    for key in ("score", "threshold"):
        scale_of = FIELDS[key].scale_of
        if key not in entries and scale_of in entries and not _lies_on_scale(work, FIELDS[key]):
            refuse(scale_of, f"{content[key]} is no score of that criterion. Change both.")
    calls, reaching = content.get("calls"), content.get("calls_reaching")
    if isinstance(calls, int) and isinstance(reaching, int) and reaching > calls:
        refuse(
            "calls_reaching",
            f"That is more than the {calls} calls to review.",
            "calls",
            f"{reaching} calls must reach it, so {reaching} is the fewest.",
        )
    review_by = content.get("review_by")
    if isinstance(review_by, str) and dt.date.fromisoformat(review_by) <= work.setting.today:
        refuse("review_by", "Pick tomorrow or a later day.")
    looked_at, reached = content.get("looked_at"), content.get("reached")
    if isinstance(looked_at, int) and isinstance(calls, int) and looked_at > calls:
        refuse("looked_at", f"{calls} calls were agreed: count the first {calls} scored.")
    if isinstance(looked_at, int) and isinstance(reached, int) and reached > looked_at:
        refuse(
            "reached",
            f"You looked at {looked_at} calls; write {looked_at} or fewer.",
            "looked_at",
            f"{reached} calls reached it, so {reached} is the fewest.",
        )
    if isinstance(reached, int) and not isinstance(looked_at, int):
        refuse("looked_at", "How many calls did you look at in all?", "reached")
    if isinstance(looked_at, int) and not isinstance(reached, int):
        refuse("reached", "How many of them reached it? 0 is an answer.", "looked_at")


def _lies_on_scale(work: _Checking, scored: Field) -> bool:
    score = work.content.get(scored.key)
    if not isinstance(score, str):
        return True
    try:
        return _score(work, scored, score) == score
    except (_Wrong, NotAScore):
        return False


def _hints(entries: Mapping[str, Raw], content: Content, setting: Setting) -> Iterable[Hint]:
    for key in ("criterion", "follow_up_criterion"):
        criterion = criterion_of(content, key, setting.criteria) if key in entries else None
        if criterion is not None and is_overall(criterion.name):
            yield Hint(
                key,
                f"“{criterion.name}” says how the whole call went. Which line of the scorecard "
                "pulled it down? Pick that one, or press the button again to keep this.",
            )
    points = content.get("points", ())
    if "points" in entries and isinstance(points, tuple) and 0 < len(points) < FEWEST_POINTS:
        yield Hint(
            "points",
            f"{'One point' if len(points) == 1 else 'Two points'} so far. Three to five make the "
            "session easy to pick up again; press the button again to leave it at that.",
        )
