"""What is due of a log once it is to be decided, done or answered: to whom and when."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from coaching.chain import reopen
from coaching.fields import Value
from coaching.notices import NoticeKind
from coaching.session import answer_step, check_in, void
from tests.coaching.cast import (
    DANA,
    LENA,
    NOW,
    SAM,
    changed,
    decided,
    opened,
)
from tests.coaching.reminding import (
    ALEX,
    ASKED,
    GONE_SAM,
    disagreed,
    told,
)

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


def test_a_disagreement_is_asked_for_after_three_and_five_days() -> None:
    log = disagreed(opened())
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
    assert told(disagreed(opened()), NoticeKind.UNANSWERED, SAM, DANA, replaced, theo) == {
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
