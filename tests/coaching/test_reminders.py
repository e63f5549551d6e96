"""What is due of a log to whom and when: each row of PRODUCT's table, and when it ends."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from coaching.answers import acknowledge
from coaching.elements import OBSERVATION
from coaching.log import Log, State
from coaching.notices import NoticeKind
from coaching.people import Membership, Role
from coaching.policy import Policy
from coaching.reminders import of_log
from coaching.reminders.circle import Circle
from coaching.session import begin, void
from coaching.sharing import revise
from tests.coaching.cast import (
    DANA,
    LENA,
    NOW,
    SAM,
    changed,
    decided,
    draft,
    opened,
)
from tests.coaching.reminding import (
    ACKNOWLEDGED,
    ALEX,
    ASKED,
    GONE_SAM,
    HALF,
    OVERDUE,
    WHOLE,
    disagreed,
    told,
    with_policy,
)


def test_a_whole_log_has_its_rows_of_the_table_and_no_more() -> None:
    log = opened(**WHOLE)
    assert told(log, NoticeKind.ACKNOWLEDGE) == ACKNOWLEDGED
    assert told(log, NoticeKind.HALF_WAY) == HALF
    assert told(log, NoticeKind.OUTCOME_DUE) == ASKED
    assert told(log, NoticeKind.OVERDUE) == OVERDUE
    circle = Circle(log=log, people={one.user: one for one in (SAM, DANA, LENA)})
    assert {one.kind for one in of_log.timetable(circle)} == {
        NoticeKind.ACKNOWLEDGE,
        NoticeKind.HALF_WAY,
        NoticeKind.OUTCOME_DUE,
        NoticeKind.OVERDUE,
    }


# Finish the log

FINISH = {("USAM", "Tue 24 Nov 16:00"), ("USAM", "Wed 25 Nov 09:00")}


@pytest.mark.parametrize(
    "log", [draft(), draft(**WHOLE), opened(), opened(observed="Named the fee")]
)
def test_a_draft_or_an_incomplete_log_is_to_be_finished(log: Log) -> None:
    assert told(log, NoticeKind.FINISH) == FINISH


def test_a_draft_without_an_agent_is_to_be_finished_too() -> None:
    log = begin(workspace="T1", log_id="L1", supervisor=SAM.user, now=NOW, content={})
    assert told(log, NoticeKind.FINISH, SAM) == FINISH


@pytest.mark.parametrize(
    "log",
    [
        opened(**WHOLE),
        changed(void(opened(), "Wrong call", actor=SAM, now=NOW)),
        replace(draft(), state=State.DISCARDED),
        decided("close"),
    ],
)
def test_a_finished_log_is_not_to_be_finished(log: Log) -> None:
    assert told(log, NoticeKind.FINISH) == set()


def test_a_planned_session_is_asked_for_on_its_own_day() -> None:
    friday = dt.datetime(2026, 11, 27, 13, tzinfo=dt.UTC)
    log = draft(session_at=int(friday.timestamp()))
    assert told(log, NoticeKind.FINISH) == {
        ("USAM", "Fri 27 Nov 16:00"),
        ("USAM", "Mon 30 Nov 09:00"),
    }


def test_a_session_after_the_last_hour_is_asked_for_once() -> None:
    log = draft(session_at=int(NOW.replace(hour=16, minute=30).timestamp()))
    assert told(log, NoticeKind.FINISH) == {("USAM", "Wed 25 Nov 09:00")}


def test_a_shift_that_is_shorter_than_the_hour_before_its_end_is_not_left() -> None:
    people = with_policy(Policy(finish_minutes=12 * 60), SAM, DANA)
    early = draft(session_at=int(NOW.replace(hour=7).timestamp()))
    early = replace(early, created_at=NOW.replace(hour=7))
    assert told(early, NoticeKind.FINISH, *people) == {
        ("USAM", "Tue 24 Nov 09:00"),
        ("USAM", "Wed 25 Nov 09:00"),
    }


def test_who_supervises_now_finishes_what_was_shared_and_nobody_a_strangers_draft() -> None:
    assert told(opened(), NoticeKind.FINISH, GONE_SAM, DANA, ALEX) == {
        ("UALEX", "Tue 24 Nov 16:00"),
        ("UALEX", "Wed 25 Nov 09:00"),
    }
    assert told(draft(), NoticeKind.FINISH, replace(SAM, is_active=False), DANA, ALEX) == set()


def test_a_lead_who_sees_to_a_log_is_not_asked_to_write_it() -> None:
    assert told(opened(), NoticeKind.FINISH, GONE_SAM, DANA, LENA) == set()


# Acknowledge


@pytest.mark.parametrize(
    "log",
    [
        changed(acknowledge(opened(), actor=DANA, now=NOW)),
        changed(void(opened(), "Wrong call", actor=SAM, now=NOW)),
        decided("close"),
        decided("escalate"),
        draft(),
    ],
)
def test_what_was_read_or_is_over_is_not_to_be_acknowledged(log: Log) -> None:
    assert told(log, NoticeKind.ACKNOWLEDGE) == set()


def test_a_later_revision_is_counted_from_when_it_was_made() -> None:
    read = changed(acknowledge(opened(), actor=DANA, now=NOW))
    later = NOW + dt.timedelta(days=13)
    content = {**read.content, "observed": "Named the fee first"}
    log = changed(revise(read, OBSERVATION, content, actor=SAM, now=later))
    assert told(log, NoticeKind.ACKNOWLEDGE) == {
        ("UDANA", "Wed 09 Dec 09:00"),
        ("UDANA", "Mon 14 Dec 09:00"),
        ("USAM", "Mon 14 Dec 09:00"),
    }


def test_who_left_is_reminded_of_nothing() -> None:
    gone = replace(DANA, is_active=False)
    log = opened(step_who="agent", step_what="Listen to two calls", step_by="2026-12-01")
    for kind in (NoticeKind.ACKNOWLEDGE, NoticeKind.HALF_WAY, NoticeKind.STEP):
        assert DANA.user not in {user for user, _ in told(log, kind, SAM, gone, LENA)}
    assert told(log, NoticeKind.OUTCOME_DUE, SAM, gone, LENA) == ASKED


def test_an_agent_who_is_a_guest_is_reminded_like_others() -> None:
    guest = replace(DANA, is_guest=True)
    assert told(opened(), NoticeKind.ACKNOWLEDGE, SAM, guest, LENA) == ACKNOWLEDGED


# Half way


@pytest.mark.parametrize(("review_by", "days"), [("2026-11-27", 3), ("2026-11-28", 4)])
def test_a_timeframe_of_three_days_has_no_half(review_by: str, days: int) -> None:
    found = told(opened(review_by=review_by), NoticeKind.HALF_WAY)
    assert bool(found) is (days == 4)
    assert not found or found == {("UDANA", "Thu 26 Nov 09:00"), ("USAM", "Thu 26 Nov 09:00")}


@pytest.mark.parametrize("decision", ["close", "continue", "escalate"])
def test_a_decided_target_is_not_asked_for_any_more(decision: str) -> None:
    for kind in (NoticeKind.HALF_WAY, NoticeKind.OUTCOME_DUE, NoticeKind.OVERDUE):
        assert told(decided(decision), kind) == set()


# Other numbers


def test_a_team_may_agree_on_other_numbers() -> None:
    policy = Policy(
        finish_minutes=30,
        finish_hours=72,
        acknowledge_days=(1,),
        step_days=(1, 2, 3),
        overdue_days=(1, 3),
        unanswered_days=(),
        holidays=frozenset({dt.date(2026, 12, 25)}),
    )
    people = with_policy(policy, SAM, DANA, LENA)
    log = disagreed(opened(step_who="agent", step_what="Listen", step_by="2026-12-01"))
    assert told(draft(), NoticeKind.FINISH, *people) == {
        ("USAM", "Tue 24 Nov 16:30"),
        ("USAM", "Fri 27 Nov 09:00"),
    }
    assert told(opened(), NoticeKind.ACKNOWLEDGE, *people) == {
        ("UDANA", "Wed 25 Nov 09:00"),
        ("USAM", "Wed 25 Nov 09:00"),
    }
    assert len(told(log, NoticeKind.STEP, *people)) == 3
    assert told(log, NoticeKind.OVERDUE, *people) == {
        ("USAM", "Mon 28 Dec 09:00"),
        ("USAM", "Wed 30 Dec 09:00"),
        ("ULENA", "Wed 30 Dec 14:00"),
    }
    assert told(log, NoticeKind.UNANSWERED, *people) == set()


def test_a_team_may_do_without_a_reminder() -> None:
    none = Policy(acknowledge_days=(), step_days=(), overdue_days=(), unanswered_days=())
    people = with_policy(none, SAM, DANA, LENA)
    log = disagreed(opened(step_who="agent", step_what="Listen", step_by="2026-12-01"))
    for kind in (NoticeKind.STEP, NoticeKind.OVERDUE, NoticeKind.UNANSWERED):
        assert told(log, kind, *people) == set()
    assert told(opened(), NoticeKind.ACKNOWLEDGE, *people) == set()
    assert told(log, NoticeKind.OUTCOME_DUE, *people) == ASKED


def test_the_policy_is_that_of_the_agents_team() -> None:
    quick = Policy(acknowledge_days=(1,))
    (dana,) = with_policy(quick, DANA)
    both = replace(SAM, memberships=(*SAM.memberships, Membership("x", "x", Role.SUPERVISOR)))
    academy = Membership("academy", "Academy", Role.SUPERVISOR)
    teaching = replace(dana, memberships=(academy, *dana.memberships))
    for agent in (dana, teaching):
        assert told(opened(), NoticeKind.ACKNOWLEDGE, both, agent) == {
            ("UDANA", "Wed 25 Nov 09:00"),
            ("USAM", "Wed 25 Nov 09:00"),
        }


def test_the_policy_is_not_that_of_a_team_which_the_agent_supervises() -> None:
    (dana,) = with_policy(Policy(acknowledge_days=(1,)), DANA)
    academy = Membership("academy", "Academy", Role.SUPERVISOR)
    both = replace(dana, memberships=(academy, *dana.memberships))
    asked = told(opened(), NoticeKind.ACKNOWLEDGE, SAM, dana, LENA)
    assert told(opened(), NoticeKind.ACKNOWLEDGE, SAM, both, LENA) == asked


def test_once_the_outcome_is_asked_for_its_prompt_says_the_rest() -> None:
    log = opened(review_by="2026-12-01")
    circle = Circle(log=log, people={one.user: one for one in (SAM, DANA, LENA)})
    then = dt.datetime(2026, 12, 1, 9, tzinfo=dt.UTC)
    kinds = {(one.kind, one.receiver) for one in of_log.due(circle, then)}
    assert kinds == {
        (NoticeKind.OUTCOME_DUE, SAM.user),
        (NoticeKind.ACKNOWLEDGE, DANA.user),
        (NoticeKind.FINISH, SAM.user),
    }
    before = {one.kind for one in of_log.due(circle, then - dt.timedelta(minutes=1))}
    assert before == {NoticeKind.HALF_WAY, NoticeKind.ACKNOWLEDGE, NoticeKind.FINISH}
    assert of_log.due(circle, then) == {
        one for one in of_log.waiting(circle, then) if one.due_at <= then
    }
