from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from coaching.elements import (
    CONVERSATION,
    EVIDENCE,
    FOLLOW_UP,
    OBSERVATION,
    OUTCOME,
    WALK,
    first_gap,
    missing,
    unwritten,
)
from coaching.elements import element as element_of
from coaching.log import Log, State, number_of
from coaching.notices import NoticeKind, still_true
from coaching.said import AgentView, Agrees, Answer, Ruling
from tests.coaching.cast import DANA, LENA, NOW, SAM, SMALLEST, draft, every_state, opened


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("CL-142", 142),
        ("cl 142", 142),
        (" cl142 ", 142),
        ("CL - 7", 7),
        ("CL-\u0661\u0662", 12),
        ("142", None),
        ("CL-", None),
        ("CL-1x", None),
        ("CL--1", None),
        ("CL-1234567890", None),
    ],
)
def test_a_reference_as_people_say_it(typed: str, number: int | None) -> None:
    assert number_of(typed) == number


def test_the_smallest_log_has_evidence_target_and_plan() -> None:
    assert missing(SMALLEST) == ()
    for key in SMALLEST:
        lacking = {name: value for name, value in SMALLEST.items() if name != key}
        assert [field.key for field in missing(lacking)] == [key]
    assert unwritten(SMALLEST) == (OBSERVATION, CONVERSATION)
    assert opened().is_incomplete
    assert not draft().is_incomplete
    assert not opened(observed="Gave the fee first", points=("Fees",)).is_incomplete


def test_the_walk_is_taken_up_at_the_first_form_with_something_missing() -> None:
    assert first_gap({}) is EVIDENCE
    assert first_gap(SMALLEST) is OBSERVATION
    assert first_gap({**SMALLEST, "observed": "x"}) is CONVERSATION
    assert first_gap({**SMALLEST, "observed": "x", "own_words": "y"}) is None
    without_plan = {key: SMALLEST[key] for key in list(SMALLEST)[:6]}
    assert first_gap({**without_plan, "observed": "x", "points": ("y",)}) is FOLLOW_UP
    assert element_of("outcome") is OUTCOME
    with pytest.raises(KeyError):
        element_of("nothing")


def test_a_log_is_due_when_its_day_has_come_and_nothing_was_decided() -> None:
    log = opened()
    assert log.due_at is not None
    assert not log.is_due(log.due_at - dt.timedelta(seconds=1))
    assert log.is_due(log.due_at)
    for name, other in every_state().items():
        far = log.due_at + dt.timedelta(days=400)
        assert other.is_due(far) is (name in {"open", "acknowledged"})


def test_agreed_and_figures_share_out_the_content() -> None:
    log = opened(looked_at=8, reached=7, old_field="kept by an earlier release")
    assert set(log.agreed) == set(SMALLEST)
    assert log.figures == {"looked_at": 8, "reached": 7}
    assert log.value("points") == ""
    assert replace(log, content={"points": ("a", "b")}).value("points") == "a\nb"
    assert all(item.key not in log.figures for element in WALK for item in element)


def view(agrees: Agrees, minutes: int, about: str = "summary") -> AgentView:
    return AgentView(NOW + dt.timedelta(minutes=minutes), agrees, "I asked twice", about)


def answered(minutes: int) -> Answer:
    return Answer(NOW + dt.timedelta(minutes=minutes), LENA.user, Ruling.STANDS, "It stands")


@pytest.mark.parametrize(
    ("views", "answer", "awaits"),
    [
        ((), None, False),
        ((view(Agrees.NO, 1),), None, True),
        ((view(Agrees.IN_PART, 1),), None, False),
        ((view(Agrees.NO, 1), view(Agrees.YES, 2)), None, False),
        ((view(Agrees.NO, 1), view(Agrees.YES, 2, "decision")), None, True),
        ((view(Agrees.NO, 1),), answered(2), False),
        ((view(Agrees.NO, 1),), answered(1), False),
        ((view(Agrees.NO, 1), view(Agrees.NO, 3)), answered(2), True),
    ],
)
def test_a_disagreement_waits_until_it_is_answered_or_taken_back(
    views: tuple[AgentView, ...], answer: Answer | None, *, awaits: bool
) -> None:
    log = replace(opened(), views=views, disagreement_answer=answer)
    assert log.awaits_answer is awaits
    assert not replace(log, state=State.VOIDED).awaits_answer


def test_a_next_step_without_a_day_comes_back_with_the_review() -> None:
    (promised,) = opened(step_what="Send the model calls").steps
    assert promised.by == dt.date(2026, 12, 24)
    assert not promised.is_due(dt.date(2026, 12, 23))
    assert promised.is_due(dt.date(2026, 12, 24))


def test_a_next_step_is_promised_by_whom_it_names_until_it_is_done() -> None:
    assert opened().steps == ()
    step = {"step_what": "Send the model calls", "step_by": "2026-11-25"}
    (promised,) = opened(**step).steps
    assert (promised.who, promised.by) == (SAM.user, dt.date(2026, 11, 25))
    assert opened(**step, step_who="agent").open_steps(DANA.user)
    assert not opened(**step, step_who="agent").open_steps(SAM.user)
    assert draft(**step).steps == ()
    done = replace(opened(**step), step_done=NOW)
    assert (len(done.steps), done.open_steps(SAM.user)) == (1, ())
    assert replace(opened(**step), state=State.VOIDED).steps == ()
    assert replace(opened(**step), state=State.CLOSED).open_steps(SAM.user)


ALWAYS = {
    NoticeKind.ACKNOWLEDGED,
    NoticeKind.VIEW_ADDED,
    NoticeKind.DISAGREEMENT_ANSWERED,
    NoticeKind.CHECKED_IN,
    NoticeKind.EXTENDED,
    NoticeKind.DECIDED,
    NoticeKind.ESCALATION_ANSWERED,
    NoticeKind.BY_ANOTHER,
    NoticeKind.REOPENED,
}
UNREAD = {NoticeKind.SHARED, NoticeKind.REVISED}
TRUE_OF: dict[str, set[NoticeKind]] = {
    "open": ALWAYS | UNREAD | {NoticeKind.LEAD_DECIDES},
    "acknowledged": ALWAYS | {NoticeKind.LEAD_DECIDES},
    "closed": ALWAYS | UNREAD,
    "continued": ALWAYS | UNREAD,
    "escalated": ALWAYS | UNREAD | {NoticeKind.ESCALATED},
    "voided": {NoticeKind.VOIDED, NoticeKind.BY_ANOTHER},
    "voided after decision": {NoticeKind.VOIDED, NoticeKind.BY_ANOTHER},
    "discarded": {NoticeKind.BY_ANOTHER},
}


@pytest.mark.parametrize("name", TRUE_OF)
def test_what_is_still_worth_telling_of_a_log(name: str) -> None:
    log = every_state()[name]
    assert {kind for kind in NoticeKind if still_true(kind, log)} == TRUE_OF[name]


def test_a_disagreement_is_told_while_it_waits() -> None:
    log: Log = replace(opened(), views=(view(Agrees.NO, 1),))
    assert still_true(NoticeKind.DISAGREEMENT, log)
    assert not still_true(NoticeKind.DISAGREEMENT, replace(log, disagreement_answer=answered(2)))


def test_that_a_disagreement_ended_with_a_void_is_still_told() -> None:
    log = replace(every_state()["voided"], views=(view(Agrees.NO, 1),))
    voiding = replace(answered(2), answer=Ruling.VOID)
    assert still_true(NoticeKind.DISAGREEMENT_ANSWERED, replace(log, disagreement_answer=voiding))
    assert not still_true(
        NoticeKind.DISAGREEMENT_ANSWERED, replace(log, disagreement_answer=answered(2))
    )
