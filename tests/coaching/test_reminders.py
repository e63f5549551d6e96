"""What is due of a log to whom and when: each row of PRODUCT's table, and when it ends."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

import pytest

from coaching.answers import acknowledge, add_view
from coaching.chain import reopen
from coaching.elements import OBSERVATION
from coaching.fields import Value
from coaching.log import Log, State
from coaching.notices import NoticeKind
from coaching.people import Membership, Person, Role
from coaching.policy import Policy
from coaching.reminders import of_log
from coaching.reminders.circle import Circle
from coaching.said import Agrees
from coaching.session import answer_step, begin, check_in, void
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
    person,
)

WHOLE: Mapping[str, Value] = {"observed": "Named the fee first", "points": ("Played it back",)}
"""What a shared log is complete with."""
ALEX = person("UALEX", roles={"billing": Role.SUPERVISOR})
GONE_SAM = replace(SAM, memberships=())
Told = set[tuple[str, str]]

ACKNOWLEDGED = {
    ("UDANA", "Thu 26 Nov 09:00"),
    ("UDANA", "Tue 01 Dec 09:00"),
    ("USAM", "Tue 01 Dec 09:00"),
}
HALF = {("UDANA", "Wed 09 Dec 09:00"), ("USAM", "Wed 09 Dec 09:00")}
ASKED = {("USAM", "Thu 24 Dec 09:00")}
OVERDUE = {
    ("USAM", "Mon 28 Dec 09:00"),
    ("USAM", "Thu 31 Dec 09:00"),
    # Lena works in New York.
    ("ULENA", "Thu 31 Dec 14:00"),
}


def told(log: Log, kind: NoticeKind, *people: Person, others: tuple[Person, ...] = ()) -> Told:
    """Who is reminded so, and when (UTC)."""
    around = {one.user: one for one in people or (SAM, DANA, LENA)}
    circle = Circle(log=log, people=around, others=others)
    reminders = [one for one in of_log.timetable(circle) if one.kind is kind]
    found = {(one.receiver, f"{one.due_at:%a %d %b %H:%M}") for one in reminders}
    keys = {(one.receiver, one.occurrence) for one in reminders}
    assert len(keys) == len(reminders), "two reminders that the store would take for one"
    return found


def with_policy(policy: Policy, *people: Person) -> list[Person]:
    return [
        replace(
            one,
            memberships=tuple(replace(item, policy=policy) for item in one.memberships),
        )
        for one in people
    ]


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


# The outcome


def test_the_outcome_is_asked_for_by_whoever_supervises_now() -> None:
    assert told(opened(), NoticeKind.OUTCOME_DUE, GONE_SAM, DANA, ALEX, LENA) == {
        ("UALEX", "Thu 24 Dec 09:00")
    }
    assert told(opened(), NoticeKind.OUTCOME_DUE, GONE_SAM, DANA, LENA) == {
        ("ULENA", "Thu 24 Dec 14:00")
    }


def test_the_lead_who_is_named_last_hears_that_it_is_overdue() -> None:
    theo = replace(LENA, user="UTHEO", tz="Europe/London")
    replaced = replace(LENA, memberships=())
    assert told(opened(), NoticeKind.OVERDUE, SAM, DANA, replaced, theo) == {
        ("USAM", "Mon 28 Dec 09:00"),
        ("USAM", "Thu 31 Dec 09:00"),
        ("UTHEO", "Thu 31 Dec 09:00"),
    }


def test_a_lead_who_sees_to_the_target_themselves_is_told_once_each_time() -> None:
    assert told(opened(), NoticeKind.OVERDUE, GONE_SAM, DANA, LENA) == {
        ("ULENA", "Mon 28 Dec 14:00"),
        ("ULENA", "Thu 31 Dec 14:00"),
    }


def test_a_decision_that_is_taken_back_later_is_asked_for_again_at_once() -> None:
    back = dt.datetime(2027, 1, 6, 15, 20, tzinfo=dt.UTC)
    log = changed(reopen(decided("close"), actor=LENA, now=back, why="Leave them out"))
    assert told(log, NoticeKind.OUTCOME_DUE) == {("USAM", "Wed 06 Jan 15:20")}
    assert told(log, NoticeKind.OVERDUE) == {
        ("USAM", "Fri 08 Jan 09:00"),
        ("USAM", "Wed 13 Jan 09:00"),
        ("ULENA", "Wed 13 Jan 14:00"),
    }
    night = changed(reopen(decided("close"), actor=LENA, now=back.replace(hour=22), why="So"))
    assert told(night, NoticeKind.OUTCOME_DUE) == {("USAM", "Thu 07 Jan 09:00")}
    early = changed(reopen(decided("close"), actor=LENA, now=NOW, why="So"))
    assert told(early, NoticeKind.OUTCOME_DUE) == ASKED


def test_a_day_that_was_moved_is_asked_for_on_the_new_one() -> None:
    moved = replace(
        opened(review_by="2027-01-11"),
        extensions=1,
        due_at=dt.datetime(2027, 1, 11, 9, tzinfo=dt.UTC),
    )
    assert told(moved, NoticeKind.OUTCOME_DUE) == {("USAM", "Mon 11 Jan 09:00")}


# Next steps


def test_a_next_step_is_asked_for_on_its_day_and_once_more() -> None:
    log = opened(step_who="agent", step_what="Listen to two calls", step_by="2026-12-04")
    twice = {("UDANA", "Fri 04 Dec 09:00"), ("UDANA", "Tue 08 Dec 09:00")}
    assert told(log, NoticeKind.STEP) == twice
    weekend = opened(step_who="supervisor", step_what="Sit in", step_by="2026-12-05")
    assert told(weekend, NoticeKind.STEP) == {
        ("USAM", "Mon 07 Dec 09:00"),
        ("USAM", "Wed 09 Dec 09:00"),
    }
    done = changed(answer_step(log, 0, done=True, actor=DANA, now=NOW))
    assert told(done, NoticeKind.STEP) == set()
    later = changed(answer_step(log, 0, done=False, actor=DANA, now=NOW))
    assert told(later, NoticeKind.STEP) == twice
    assert told(changed(void(log, "Wrong", actor=SAM, now=NOW)), NoticeKind.STEP) == set()


def test_what_was_promised_for_the_same_day_is_asked_for_before_it_ends() -> None:
    log = opened(step_who="supervisor", step_what="Send the calls", step_by="2026-11-24")
    assert told(log, NoticeKind.STEP) == {
        ("USAM", "Tue 24 Nov 16:00"),
        ("USAM", "Thu 26 Nov 09:00"),
    }


def test_a_step_without_a_day_is_one_of_the_review() -> None:
    said: dict[str, Value] = {"step_who": "agent", "step_what": "Listen", "points": ("It works",)}
    log = changed(check_in(opened(), said, actor=SAM, now=NOW))
    assert told(log, NoticeKind.STEP) == {
        ("UDANA", "Thu 24 Dec 09:00"),
        ("UDANA", "Mon 28 Dec 09:00"),
    }


def test_what_a_supervisor_promised_is_taken_over_and_what_an_agent_did_is_not() -> None:
    log = opened(step_who="supervisor", step_what="Sit in", step_by="2026-12-04")
    assert told(log, NoticeKind.STEP, GONE_SAM, DANA, ALEX) == {
        ("UALEX", "Fri 04 Dec 09:00"),
        ("UALEX", "Tue 08 Dec 09:00"),
    }


# What waits for the lead


def _disagreed(log: Log, about: str = "summary") -> Log:
    view = add_view(log, Agrees.NO, "Twice", about=about, actor=DANA, leads=[LENA.user], now=NOW)
    return changed(view)


def test_a_disagreement_is_asked_for_after_three_and_five_days() -> None:
    log = _disagreed(opened())
    assert told(log, NoticeKind.UNANSWERED) == {
        ("ULENA", "Fri 27 Nov 14:00"),
        ("ULENA", "Tue 01 Dec 14:00"),
    }
    assert told(changed(void(log, "So", actor=SAM, now=NOW)), NoticeKind.UNANSWERED) == set()


def test_an_escalation_counts_from_when_the_lead_may_answer() -> None:
    """Decided on Tuesday 11:30, the agent is waited for until Thursday."""
    assert told(decided("escalate"), NoticeKind.UNANSWERED) == {
        ("ULENA", "Tue 01 Dec 14:00"),
        ("ULENA", "Thu 03 Dec 14:00"),
    }


def test_the_lead_who_leads_now_is_asked() -> None:
    theo = replace(LENA, user="UTHEO", tz="Europe/London")
    replaced = replace(LENA, is_active=False)
    assert told(_disagreed(opened()), NoticeKind.UNANSWERED, SAM, DANA, replaced, theo) == {
        ("UTHEO", "Fri 27 Nov 09:00"),
        ("UTHEO", "Tue 01 Dec 09:00"),
    }


# Nobody sees to it


def test_somebody_hears_of_a_target_that_nobody_sees_to() -> None:
    lone = replace(DANA, memberships=())
    log = opened()
    assert told(log, NoticeKind.ORPHANED, SAM, lone, others=(LENA,)) == {
        ("ULENA", "Tue 24 Nov 14:00")
    }
    assert told(log, NoticeKind.ORPHANED, SAM, DANA, others=(LENA,)) == set()
    assert told(decided("close"), NoticeKind.ORPHANED, SAM, lone, others=(LENA,)) == set()
    for kind in set(NoticeKind) - {NoticeKind.ORPHANED}:
        assert told(log, kind, SAM, lone, others=(LENA,)) == set()


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
    log = _disagreed(opened(step_who="agent", step_what="Listen", step_by="2026-12-01"))
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
    log = _disagreed(opened(step_who="agent", step_what="Listen", step_by="2026-12-01"))
    for kind in (NoticeKind.STEP, NoticeKind.OVERDUE, NoticeKind.UNANSWERED):
        assert told(log, kind, *people) == set()
    assert told(opened(), NoticeKind.ACKNOWLEDGE, *people) == set()
    assert told(log, NoticeKind.OUTCOME_DUE, *people) == ASKED


def test_the_policy_is_that_of_the_agents_team() -> None:
    quick = Policy(acknowledge_days=(1,))
    (dana,) = with_policy(quick, DANA)
    both = replace(SAM, memberships=(*SAM.memberships, Membership("x", "x", Role.SUPERVISOR)))
    assert told(opened(), NoticeKind.ACKNOWLEDGE, both, dana) == {
        ("UDANA", "Wed 25 Nov 09:00"),
        ("USAM", "Wed 25 Nov 09:00"),
    }


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
