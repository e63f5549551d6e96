"""The days on which reminders fall where hours, holidays and changes come between."""

from __future__ import annotations

import datetime as dt

from coaching.elements import FOLLOW_UP
from coaching.notices import NoticeKind
from coaching.people import Membership, Person, Role
from coaching.policy import Policy
from coaching.reminders import of_log
from coaching.reminders.circle import Circle
from coaching.reminders.of_team import Team, digests, no_sessions
from coaching.sharing import revise
from tests.coaching.cast import DANA, LATER, SAM, changed, opened

HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)
MONDAY = dt.datetime(2026, 11, 30, tzinfo=dt.UTC)


def team(policy: Policy, last: dt.datetime | None = None) -> Team:
    def member(user: str, role: Role) -> Person:
        place = Membership("billing", "billing", role, policy)
        return Person(user=user, name=user, tz="Europe/London", memberships=(place,))

    members = [member("LENA", Role.LEAD), member("SAM", Role.SUPERVISOR), member("D", Role.AGENT)]
    return Team(
        id="billing",
        policy=policy,
        members=members,
        last_sessions={"D": last} if last is not None else {},
    )


def test_no_session_waits_for_the_next_start_of_work_however_often_it_is_planned() -> None:
    late = MONDAY + 10 * HOUR
    ours = team(Policy(), late - 30 * DAY)
    for planned in (late - HOUR, late, late + HOUR, late + 20 * HOUR):
        (one,) = no_sessions(ours, planned)
        assert one.due_at == MONDAY + DAY + 9 * HOUR
    (again,) = no_sessions(ours, MONDAY + DAY + 9 * HOUR)
    assert again.due_at == MONDAY + 8 * DAY + 9 * HOUR


def test_no_session_by_other_days_is_another_reminder() -> None:
    last = MONDAY - 30 * DAY
    (before,) = no_sessions(team(Policy(), last), MONDAY)
    (after,) = no_sessions(team(Policy(cadence_days=60), last), MONDAY)
    assert before.occurrence != after.occurrence


def test_a_digest_that_waits_for_the_day_after_a_holiday_is_still_to_come_on_that_day() -> None:
    ours = team(Policy(holidays=frozenset({MONDAY.date()})))
    tuesday = MONDAY + DAY
    for planned in (MONDAY - DAY, MONDAY + 12 * HOUR, tuesday + 6 * HOUR):
        due = {one.receiver: one.due_at for one in digests(ours, planned)}
        assert due == {"LENA": tuesday + 9 * HOUR, "SAM": tuesday + 8 * HOUR}


def test_a_changed_log_is_to_be_acknowledged_by_days_from_the_change() -> None:
    log = opened()
    assert log.shared_at is not None
    later = log.shared_at + 14 * DAY
    content = {**log.content, "review_by": "2027-01-08"}
    log = changed(revise(log, FOLLOW_UP, content, actor=SAM, now=later))
    circle = Circle(log=log, people={SAM.user: SAM, DANA.user: DANA})
    days = [
        (one.receiver, one.due_at.date() - later.date())
        for one in sorted(of_log.waiting(circle, later), key=lambda one: (one.receiver, one.due_at))
        if one.kind is NoticeKind.ACKNOWLEDGE
    ]
    # It was shared on a Tuesday.
    assert days == [(DANA.user, 2 * DAY), (DANA.user, 7 * DAY), (SAM.user, 7 * DAY)]


def test_what_the_prompt_says_is_not_planned_again() -> None:
    log = opened()
    assert log.due_at is not None
    circle = Circle(log=log, people={SAM.user: SAM, DANA.user: DANA})
    planned = {one for one in of_log.waiting(circle, log.due_at) if one.due_at <= log.due_at}
    assert planned == of_log.due(circle, log.due_at)
    assert NoticeKind.HALF_WAY not in {one.kind for one in planned}
    assert NoticeKind.HALF_WAY in {one.kind for one in of_log.waiting(circle, LATER)}
