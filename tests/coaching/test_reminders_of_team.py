"""What a team is reminded of: its digest, and agents who had no session for a while."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from coaching.notices import NoticeKind
from coaching.people import Membership, Person, Role
from coaching.policy import Policy
from coaching.reminders import of_team
from tests.coaching.cast import DANA, LENA, LONDON, NOW, SAM

DAY = dt.timedelta(days=1)
SECOND = dt.timedelta(seconds=1)
JOINED = NOW - 10 * DAY


def team(
    *members: Person,
    policy: Policy | None = None,
    last: dt.datetime | None = None,
    has_target: bool = False,
) -> of_team.Team:
    policy = policy or Policy()
    return of_team.Team(
        id="billing",
        policy=policy,
        members=[_joined(one, policy) for one in members or (SAM, DANA, LENA)],
        last_sessions={} if last is None else {DANA.user: last},
        with_target=frozenset({DANA.user} if has_target else ()),
    )


def _joined(one: Person, policy: Policy) -> Person:
    memberships = tuple(replace(item, policy=policy, since=JOINED) for item in one.memberships)
    return replace(one, memberships=memberships)


def told(whole: of_team.Team, kind: NoticeKind, now: dt.datetime = NOW) -> set[tuple[str, str]]:
    return {
        (one.receiver, f"{one.due_at:%a %d %b %H:%M}")
        for one in of_team.timetable(whole, now)
        if one.kind is kind
    }


def test_an_agent_is_named_thirty_days_after_their_last_session_and_each_week() -> None:
    whole = team(last=NOW - 5 * DAY)
    assert told(whole, NoticeKind.NO_SESSION) == {("USAM", "Mon 21 Dec 09:00")}
    at = NOW + 28 * DAY
    assert told(whole, NoticeKind.NO_SESSION, at) == {("USAM", "Mon 28 Dec 09:00")}
    occurrences = {
        one.occurrence
        for now in (NOW, at, at + 7 * DAY)
        for one in of_team.timetable(whole, now)
        if one.kind is NoticeKind.NO_SESSION
    }
    assert len(occurrences) == 3


def test_what_was_reached_in_the_afternoon_still_waits_for_the_morning() -> None:
    """However often it is planned anew between the hour and the shift that begins after it."""
    whole = team()
    for hours in range(23):
        at = NOW + 20 * DAY + dt.timedelta(hours=hours, minutes=-5)
        found = told(whole, NoticeKind.NO_SESSION, at)
        assert found == {("USAM", "Tue 15 Dec 09:00")}, at
    after = dt.datetime(2026, 12, 15, 9, tzinfo=dt.UTC)
    assert told(whole, NoticeKind.NO_SESSION, after) == {("USAM", "Tue 22 Dec 09:00")}


def test_without_a_session_it_counts_from_joining() -> None:
    assert told(team(), NoticeKind.NO_SESSION) == {("USAM", "Tue 15 Dec 09:00")}


@pytest.mark.parametrize(
    ("policy", "has_target", "day"),
    [
        (Policy(cadence_days=14), False, "Fri 04 Dec 09:00"),
        (Policy(cadence_days_new=7), False, "Fri 27 Nov 09:00"),
        (Policy(cadence_days_open=10), True, "Mon 30 Nov 09:00"),
        (Policy(cadence_of=((DANA.user, 12),)), False, "Wed 02 Dec 09:00"),
    ],
)
def test_a_team_may_agree_on_other_days(policy: Policy, *, has_target: bool, day: str) -> None:
    whole = team(policy=policy, last=NOW - 5 * DAY + dt.timedelta(hours=1), has_target=has_target)
    assert told(whole, NoticeKind.NO_SESSION) == {("USAM", day)}


def test_nobody_is_named_who_left_or_whom_nobody_supervises() -> None:
    assert told(team(SAM, replace(DANA, is_active=False)), NoticeKind.NO_SESSION) == set()
    assert told(team(LENA, DANA), NoticeKind.NO_SESSION) == set()
    assert told(team(replace(SAM, is_active=False), DANA), NoticeKind.NO_SESSION) == set()


def test_the_digest_comes_on_monday_and_to_supervisors_an_hour_before() -> None:
    assert told(team(), NoticeKind.DIGEST) == {
        ("ULENA", "Mon 30 Nov 14:00"),
        ("USAM", "Mon 30 Nov 13:00"),
    }
    without_lead = told(team(SAM, DANA), NoticeKind.DIGEST)
    assert without_lead == {("USAM", "Mon 30 Nov 08:00")}


def test_a_lead_who_supervises_too_gets_one_digest() -> None:
    both = replace(
        LENA, memberships=(*LENA.memberships, Membership("billing", "b", Role.SUPERVISOR))
    )
    assert told(team(both, DANA), NoticeKind.DIGEST) == {("ULENA", "Mon 30 Nov 14:00")}


def test_a_digest_on_a_day_off_waits_for_the_next() -> None:
    policy = Policy(holidays=frozenset({dt.date(2026, 11, 30)}))
    lead = replace(LENA, tz=LONDON)
    whole = team(SAM, DANA, lead, policy=policy)
    assert ("ULENA", "Tue 01 Dec 09:00") in told(whole, NoticeKind.DIGEST)
    weeks = {one.occurrence for one in of_team.digests(whole, NOW)}
    assert weeks == {"2026-11-23"}


def test_a_digest_that_waits_until_thursday_tells_of_the_week_that_is_over() -> None:
    (one,) = of_team.digests(team(DANA, _away(3)), NOW)
    assert f"{one.due_at:%a %d %b %H:%M}" == "Thu 03 Dec 09:00"
    assert one.occurrence == "2026-11-23"


def test_after_weeks_away_a_lead_is_told_of_the_last_week_alone() -> None:
    (one,) = of_team.digests(team(DANA, _away(21)), NOW)
    assert f"{one.due_at:%a %d %b %H:%M}" == "Mon 21 Dec 09:00"
    assert one.occurrence == "2026-12-14"


def test_the_newest_week_is_the_one_before_the_last_digest() -> None:
    monday = dt.datetime(2026, 12, 21, 9, 0, tzinfo=dt.UTC)
    weeks = [of_team.newest_week(Policy(), dt.UTC, monday + s * SECOND) for s in (-1, 0)]
    assert weeks == ["2026-12-07", "2026-12-14"]


def test_supervisors_and_the_channel_get_the_week_while_the_lead_is_away() -> None:
    whole = team(SAM, DANA, _away(21), policy=Policy(digest_channel="C1"))
    assert ("USAM", "Mon 30 Nov 08:00") in told(whole, NoticeKind.DIGEST)
    assert told(whole, NoticeKind.TOTALS) == {("C1", "Mon 30 Nov 09:00")}
    assert {one.occurrence for one in of_team.totals(whole, NOW)} == {"2026-11-23"}


def _away(days: int) -> Person:
    """Their lead, away for so many days from 30 November on."""
    leave = frozenset(dt.date(2026, 11, 30) + n * DAY for n in range(days))
    return replace(LENA, tz=LONDON, leave=leave)


def test_a_holiday_of_the_team_puts_everybodys_digest_off() -> None:
    policy = Policy(holidays=frozenset({dt.date(2026, 11, 30)}), digest_channel="C1")
    whole = team(SAM, DANA, replace(LENA, tz=LONDON), policy=policy)
    found = told(whole, NoticeKind.DIGEST) | told(whole, NoticeKind.TOTALS)
    assert found == {
        ("USAM", "Tue 01 Dec 08:00"),
        ("ULENA", "Tue 01 Dec 09:00"),
        ("C1", "Tue 01 Dec 09:00"),
    }


def test_the_channel_gets_totals_with_the_first_lead() -> None:
    whole = team(policy=Policy(digest_channel="C1"))
    assert told(whole, NoticeKind.TOTALS) == {("C1", "Mon 30 Nov 14:00")}
    assert told(team(SAM, DANA, policy=Policy(digest_channel="C1")), NoticeKind.TOTALS) == set()


def test_an_agent_is_late_from_the_day_that_was_agreed() -> None:
    whole = team(last=NOW - 5 * DAY)
    (dana,) = [one for one in whole.members if one.user == DANA.user]
    assert not of_team.is_without_session(dana, whole, NOW + 24 * DAY)
    (due,) = of_team.no_sessions(whole, NOW)
    assert of_team.is_without_session(dana, whole, due.due_at)


def test_what_falls_due_as_work_begins_stands_at_once() -> None:
    whole = team(policy=Policy(cadence_days=28), last=dt.datetime(2026, 11, 30, 9, tzinfo=dt.UTC))
    (dana,) = [one for one in whole.members if one.user == DANA.user]
    (due,) = of_team.no_sessions(whole, NOW + 7 * DAY)
    assert f"{due.due_at:%a %d %b %H:%M}" == "Mon 28 Dec 09:00"
    assert of_team.is_without_session(dana, whole, due.due_at)
