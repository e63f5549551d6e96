"""Rules of reminders that hold for every log, week, leave and zone."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from coaching.log import Log, State
from coaching.notices import NoticeKind
from coaching.people import Person
from coaching.policy import USUAL
from coaching.reminders import of_log
from coaching.reminders.circle import Circle
from coaching.said import AgentView, Agrees
from coaching.worktime import Shift, Week
from tests.coaching.cast import DANA, LENA, NOW, SAM, draft, opened

LENGTHS = st.integers(4, 12)
ZONES = ("America/New_York", "Europe/London", "Asia/Kolkata", "Asia/Manila", "Australia/Sydney")
DAYS = st.integers(-3, 60).map(lambda day: NOW.date() + dt.timedelta(days=day))
MOST = {
    NoticeKind.FINISH: 2,
    NoticeKind.ACKNOWLEDGE: len(USUAL.acknowledge_days),
    NoticeKind.HALF_WAY: 1,
    NoticeKind.STEP: len(USUAL.step_days),
    NoticeKind.OUTCOME_DUE: 1,
    NoticeKind.OVERDUE: len(USUAL.overdue_days),
    NoticeKind.UNANSWERED: len(USUAL.unanswered_days),
}


@st.composite
def weeks(drawn: st.DrawFn) -> Week:
    start = dt.time(drawn(st.integers(0, 23)))
    end = dt.time((start.hour + drawn(LENGTHS)) % 24)
    days = drawn(st.sets(st.integers(0, 6), min_size=1))
    return tuple(Shift(start, end) if day in days else None for day in range(7))


@st.composite
def logs(drawn: st.DrawFn) -> Log:
    review_by = NOW.date() + dt.timedelta(days=drawn(st.integers(1, 50)))
    step_by = NOW.date() + dt.timedelta(days=drawn(st.integers(0, 50)))
    promised = {
        "step_who": drawn(st.sampled_from(["agent", "supervisor"])),
        "step_what": "Listen to two calls",
        "step_by": step_by.isoformat(),
    }
    if drawn(st.booleans()):
        held = NOW + dt.timedelta(hours=drawn(st.integers(-30, 200)))
        return draft(session_at=int(held.timestamp()))
    log = opened(review_by=review_by.isoformat(), **promised)
    if drawn(st.booleans()):
        view = AgentView(NOW, Agrees.NO, "Twice", "summary")
        log = replace(log, views=(view,))
    return log


@st.composite
def casts(drawn: st.DrawFn) -> list[Person]:
    return [
        replace(
            one,
            tz=drawn(st.sampled_from(ZONES)),
            hours=drawn(weeks()),
            leave=frozenset(drawn(st.sets(DAYS, max_size=6))),
        )
        for one in (SAM, DANA, LENA)
    ]


def _circle(log: Log, people: list[Person]) -> Circle:
    return Circle(log=log, people={one.user: one for one in people})


@given(logs(), casts())
def test_everybody_is_told_while_they_work(log: Log, people: list[Person]) -> None:
    calendars = {one.user: one.calendar for one in people}
    for one in of_log.timetable(_circle(log, people)):
        assert calendars[one.receiver].contains(one.due_at), one


@given(logs(), casts())
def test_nobody_is_told_of_a_kind_more_often_than_agreed(log: Log, people: list[Person]) -> None:
    told = Counter((one.kind, one.receiver) for one in of_log.timetable(_circle(log, people)))
    for (kind, _), number in told.items():
        assert number <= MOST[kind]
    leads = [number for (kind, user), number in told.items() if user == LENA.user]
    assert sum(leads) <= MOST[NoticeKind.UNANSWERED] + 1
    assert log.state is State.OPEN or {kind for kind, _ in told} <= {NoticeKind.FINISH}


@given(logs(), casts(), st.sets(DAYS, min_size=1, max_size=8))
def test_leave_makes_nothing_earlier(log: Log, people: list[Person], leave: set[dt.date]) -> None:
    away = [replace(one, leave=one.leave | leave) for one in people]
    before = {_key(one): one.due_at for one in of_log.timetable(_circle(log, people))}
    after = {_key(one): one.due_at for one in of_log.timetable(_circle(log, away))}
    for key, at in after.items():
        assert key not in before or at >= before[key], (key, before[key], at)


@given(logs(), casts(), st.integers(1, 3))
def test_hours_that_begin_later_make_nothing_earlier(
    log: Log, people: list[Person], fewer: int
) -> None:
    late = [replace(one, hours=_later(one.hours, fewer)) for one in people]
    before = {_key(one): one.due_at for one in of_log.timetable(_circle(log, people))}
    after = {_key(one): one.due_at for one in of_log.timetable(_circle(log, late))}
    for key, at in after.items():
        assert key not in before or at >= before[key], (key, before[key], at)


def _key(one: object) -> tuple[object, ...]:
    return tuple(getattr(one, name) for name in ("kind", "receiver", "occurrence"))


def _later(week: Week | None, hours: int) -> Week:
    def begun(shift: Shift | None) -> Shift | None:
        if shift is None:
            return None
        return replace(shift, start=dt.time(min(shift.start.hour + hours, 23)))

    return tuple(begun(shift) for shift in week or ())
