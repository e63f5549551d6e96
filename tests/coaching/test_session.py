from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from coaching.change import Change, Refused
from coaching.criteria import Criterion
from coaching.elements import CONVERSATION, EVIDENCE, FOLLOW_UP, OUTCOME, TARGET
from coaching.entries import Problem, Setting
from coaching.fields import Value
from coaching.log import State
from coaching.notices import NoticeKind
from coaching.session import adopt, answer_step, check_in, discard, void, write
from coaching.sharing import SECOND_REASON, changeable, revise, share
from tests.coaching.cast import (
    CRITERIA,
    DANA,
    LATER,
    LENA,
    NOW,
    PRIYA,
    SAM,
    SETTING,
    SMALLEST,
    changed,
    changes,
    decided,
    draft,
    every_state,
    opened,
)


def told(change: object) -> set[tuple[NoticeKind, str]]:
    assert isinstance(change, Change), change
    return {(notice.kind, notice.receiver) for notice in change.notices}


def test_a_save_counts_its_forms_and_follows_the_agent() -> None:
    log = draft()
    again = changed(write(log, [TARGET], {**SMALLEST, "agent": "UTOM"}, actor=SAM, now=NOW))
    assert again.agent == "UTOM"
    assert again.versions == {**log.versions, "target": 2}
    emptied = changed(write(log, [EVIDENCE], {}, actor=SAM, now=NOW))
    assert emptied.agent is None


def test_a_continued_target_stays_with_its_agent() -> None:
    log = replace(draft(), continues="L0")
    assert isinstance(write(log, [TARGET], SMALLEST, actor=SAM, now=NOW), Change)
    for content in ({**SMALLEST, "agent": "UTOM"}, {}):
        assert isinstance(write(log, [EVIDENCE], content, actor=SAM, now=NOW), Refused)


def test_sharing_tells_the_agent_now_and_sets_the_day_of_the_outcome() -> None:
    answer = share(draft(), agent=DANA, actor=SAM, setting=SETTING, others_open=())
    assert isinstance(answer, Change)
    assert told(answer) == {(NoticeKind.SHARED, DANA.user)}
    assert answer.log.due_at == dt.datetime(2026, 12, 24, 9, tzinfo=dt.UTC)
    assert {notice.due_at for notice in answer.notices} == {NOW}
    assert (answer.log.state, answer.log.revision) == (State.OPEN, 1)


def test_the_day_begins_where_the_supervisor_works() -> None:
    log = changed(
        share(
            draft(),
            agent=DANA,
            actor=replace(SAM, tz="Asia/Manila"),
            setting=SETTING,
            others_open=(),
        )
    )
    assert log.due_at == dt.datetime(2026, 12, 24, 1, tzinfo=dt.UTC)


def test_sharing_twice_is_refused_in_words() -> None:
    answer = share(opened(), agent=DANA, actor=SAM, setting=SETTING, others_open=())
    assert isinstance(answer, Refused)
    assert "already" in answer.words


@pytest.mark.parametrize("key", SMALLEST)
def test_what_is_missing_stands_in_the_way_of_sharing(key: str) -> None:
    content = {name: value for name, value in SMALLEST.items() if name != key}
    agent = content.get("agent")
    log = replace(draft(), content=content, agent=str(agent) if agent else None)
    answer = share(log, agent=DANA, actor=SAM, setting=SETTING, others_open=())
    assert isinstance(answer, list)
    assert [problem.field for problem in answer] == [key]


@pytest.mark.parametrize(
    ("content", "now", "field"),
    [
        ({}, NOW + dt.timedelta(days=30), "review_by"),
        ({"criterion": "c99"}, NOW, "criterion"),
        ({"score": "banana"}, NOW, "score"),
        ({"calls_reaching": 11}, NOW, "calls_reaching"),
    ],
)
def test_what_has_become_wrong_since_stands_in_the_way_as_well(
    content: dict[str, Value], now: dt.datetime, field: str
) -> None:
    setting = Setting(now, SETTING.zone, CRITERIA)
    answer = share(draft(**content), agent=DANA, actor=SAM, setting=setting, others_open=())
    assert isinstance(answer, list)
    assert [problem.field for problem in answer] == [field]


def test_a_draft_of_an_earlier_release_with_a_field_gone_can_be_shared() -> None:
    assert opened(gone_field="x").state is State.OPEN


def test_a_second_open_target_needs_a_reason_that_is_kept() -> None:
    other = replace(opened(), id="L9", number=99)
    for reason in ("", "  ", "\x00\u200b"):
        answer = share(
            draft(),
            agent=DANA,
            actor=SAM,
            setting=SETTING,
            others_open=[other],
            second_reason=reason,
        )
        assert isinstance(answer, list)
        assert [problem.field for problem in answer] == [SECOND_REASON]
        assert "CL-99" in answer[0].text
    log = changed(
        share(
            draft(),
            agent=DANA,
            actor=SAM,
            setting=SETTING,
            others_open=[other],
            second_reason=" New role ",
        )
    )
    assert log.second_reason == "New role"
    later = changed(revise(log, TARGET, {**log.content, "target": "x"}, actor=SAM, now=LATER))
    assert later.second_reason == "New role"
    alone = share(
        draft(), agent=DANA, actor=SAM, setting=SETTING, others_open=(), second_reason="New role"
    )
    assert changed(alone).second_reason == ""


def test_a_revision_is_shown_to_the_agent_and_to_be_acknowledged_anew() -> None:
    log = every_state()["acknowledged"]
    answer = revise(log, TARGET, {**log.content, "target": "Pause first"}, actor=SAM, now=LATER)
    assert isinstance(answer, Change)
    assert told(answer) == {(NoticeKind.REVISED, DANA.user)}
    assert answer.cancels == frozenset()
    assert answer.log.revision == 2
    assert answer.log.due_at == log.due_at
    assert not answer.log.is_acknowledged


def test_a_moved_day_moves_the_prompt_in_the_supervisors_zone_whoever_moved_it() -> None:
    log = opened()
    content = {**log.content, "review_by": "2027-01-09"}  # a Saturday
    answer = revise(log, FOLLOW_UP, content, actor=PRIYA, now=LATER, supervisor=SAM)
    assert isinstance(answer, Change)
    assert answer.cancels == {NoticeKind.OUTCOME_DUE}
    assert answer.log.due_at == dt.datetime(2027, 1, 11, 9, tzinfo=dt.UTC)
    alone = changed(revise(log, FOLLOW_UP, content, actor=SAM, now=LATER))
    assert alone.due_at == answer.log.due_at


@pytest.mark.parametrize("change", [{"agent": "UTOM"}, {"agent": None}, {}])
def test_a_revision_keeps_the_agent(change: dict[str, Value | None]) -> None:
    log = opened()
    content = {k: v for k, v in {**log.content, **change}.items() if v is not None}
    assert isinstance(revise(log, TARGET, content, actor=SAM, now=LATER), Refused)


@pytest.mark.parametrize("key", ["target", "review_by"])
def test_what_a_shared_log_needs_is_asked_for_on_its_field(key: str) -> None:
    log = opened()
    content = {k: v for k, v in log.content.items() if k != key}
    problems = revise(log, TARGET, content, actor=SAM, now=LATER)
    assert isinstance(problems, list)
    assert [problem.field for problem in problems] == [key]


def test_once_the_day_has_come_moving_it_on_is_an_extension() -> None:
    log = opened()
    due = log.due_at
    assert due is not None
    moved = {**log.content, "review_by": "2027-03-01"}
    early = changed(revise(log, FOLLOW_UP, moved, actor=SAM, now=LATER))
    assert early.extensions == 0
    late = changed(revise(log, FOLLOW_UP, moved, actor=SAM, now=due))
    assert late.extensions == 1
    spent = replace(log, extensions=2)
    problems = revise(spent, FOLLOW_UP, moved, actor=SAM, now=due)
    assert isinstance(problems, list)
    assert [problem.field for problem in problems] == ["review_by"]
    other = {**log.content, "calls": 8}
    assert isinstance(revise(spent, FOLLOW_UP, other, actor=SAM, now=due), Change)


@pytest.mark.parametrize("decision", ["close", "continue", "escalate"])
def test_a_decided_log_is_changed_in_words_and_not_in_its_measure(decision: str) -> None:
    log = decided(decision)
    reworded = {**log.content, "target": "Pause first"}
    assert isinstance(revise(log, TARGET, reworded, actor=SAM, now=LATER), Change)
    measured = {**log.content, "calls_reaching": 1}
    for element in (TARGET, FOLLOW_UP):
        refused = revise(log, element, measured, actor=SAM, now=LATER)
        assert isinstance(refused, Refused)
        assert "decided" in refused.words


COUNTED: dict[str, Value] = {"looked_at": 8, "reached": 7, "score_after": "84", "pattern": "Asks"}


@pytest.mark.parametrize(
    ("change", "kept"),
    [
        ({"target": "Pause first"}, {"looked_at", "reached", "score_after", "pattern"}),
        ({"review_by": "2027-01-08"}, {"looked_at", "reached", "score_after", "pattern"}),
        ({"calls": 12}, {"looked_at", "reached", "score_after", "pattern"}),
        ({"calls_reaching": 8}, {"looked_at", "reached", "score_after", "pattern"}),
        ({"threshold": "90"}, {"score_after", "pattern"}),
        ({"calls": 7}, {"score_after", "pattern"}),
        ({"follow_up_criterion": "c2", "threshold": "4"}, {"pattern"}),
    ],
)
def test_figures_counted_against_another_plan_are_not_held_against_the_new_one(
    change: dict[str, Value], kept: set[str]
) -> None:
    log = replace(opened(**COUNTED))
    answer = changed(revise(log, FOLLOW_UP, {**log.content, **change}, actor=SAM, now=LATER))
    assert set(answer.figures) == kept
    was_counted_anew = len(kept) < len(COUNTED)
    before = log.versions.get(OUTCOME.key, 0)
    assert answer.versions.get(OUTCOME.key, 0) == before + was_counted_anew


def test_a_new_promise_is_open_though_the_old_one_was_kept() -> None:
    log = opened(step_what="Send the model calls", step_by="2026-11-25")
    kept = changed(answer_step(log, 0, done=True, actor=SAM, now=NOW))
    same = changed(revise(kept, TARGET, {**kept.content, "target": "x"}, actor=SAM, now=LATER))
    assert same.step_done == NOW
    for change in ({"step_what": "Sit in on a call"}, {"step_by": "2026-12-01"}):
        anew = changed(revise(kept, CONVERSATION, {**kept.content, **change}, actor=SAM, now=LATER))
        assert anew.step_done is None
        assert [step.what for step in anew.open_steps(SAM.user)] == [anew.value("step_what")]


def test_a_check_in_keeps_the_conversation_alone_and_counting_goes_on() -> None:
    log = opened()
    content: dict[str, Value] = {"points": ("Two calls heard",), "target": "Something else"}
    answer = check_in(log, content, actor=SAM, now=LATER)
    assert isinstance(answer, Change)
    assert told(answer) == {(NoticeKind.CHECKED_IN, DANA.user)}
    assert answer.log.check_ins[0].content == {"points": ("Two calls heard",)}
    assert answer.log.content == log.content
    assert (answer.log.state, answer.log.revision, answer.log.due_at) == (
        log.state,
        log.revision,
        log.due_at,
    )
    again = check_in(changed(answer), content, actor=SAM, now=LATER)
    assert isinstance(again, Refused)
    assert "already" in again.words
    twice = check_in(changed(answer), {"points": ("Better",)}, actor=SAM, now=LATER)
    assert isinstance(twice, Change)
    assert [notice.occurrence for notice in twice.notices] == ["2"]
    assert isinstance(check_in(log, {"target": "x"}, actor=SAM, now=LATER), Refused)


def test_a_void_needs_a_reason_and_is_told() -> None:
    for reason in ("", " \n", "\x00", "\u200b"):
        assert isinstance(void(opened(), reason, actor=SAM, now=NOW), Refused)
    (answer,) = changes(void(opened(), " Wrong call\x00 ", actor=LENA, now=NOW))
    assert answer.log.voided is not None
    assert (answer.log.voided.reason, answer.log.voided.by) == ("Wrong call", LENA.user)
    assert (NoticeKind.VOIDED, DANA.user) in told(answer)
    assert NoticeKind.VOIDED not in answer.cancels
    assert {NoticeKind.OUTCOME_DUE, NoticeKind.SHARED, NoticeKind.ESCALATED} <= answer.cancels


@pytest.mark.parametrize("name", every_state())
def test_every_change_of_writing_meets_every_state_calmly(name: str) -> None:
    log = every_state()[name]
    content = {**SMALLEST, "target": "Another"}
    is_draft, is_open = log.state is State.DRAFT, log.state is State.OPEN
    answers = {
        "write": (write(log, [TARGET], content, actor=SAM, now=LATER), is_draft),
        "share": (
            share(log, agent=DANA, actor=SAM, setting=SETTING, others_open=()),
            name == "draft",
        ),
        "revise": (revise(log, TARGET, content, actor=SAM, now=LATER), bool(changeable(log))),
        "check in": (check_in(log, {"points": ("x",)}, actor=SAM, now=LATER), is_open),
        "void": (
            void(log, "Wrong call", actor=SAM, now=LATER),
            log.is_shared and log.state is not State.VOIDED,
        ),
        "discard": (discard(log, actor=SAM, now=LATER), is_draft),
        "step": (answer_step(log, 0, done=True, actor=SAM, now=LATER), False),
    }
    for act, (answered, goes) in answers.items():
        answer: object = answered
        if act in ("void", "discard") and isinstance(answered, list):
            (answer,) = answered
        assert isinstance(answer, Change) is goes, act
        if isinstance(answer, Change):
            assert (answer.actor, answer.at, answer.log.saved) == (SAM.user, LATER, log.saved) or (
                act == "share"
            )
        elif isinstance(answer, Refused):
            assert answer.words
        else:
            assert isinstance(answer, list)
            assert answer
            assert all(isinstance(problem, Problem) for problem in answer)


def test_a_promised_step_is_answered_by_who_promised_it_once() -> None:
    log = opened(step_what="Send the model calls")
    other = answer_step(log, 0, done=True, actor=DANA, now=NOW)
    assert isinstance(other, Refused)
    assert "somebody else" in other.words
    later = changed(answer_step(log, 0, done=False, actor=SAM, now=NOW))
    assert (later.step_done, later.step_later) == (None, NOW)
    done = changed(answer_step(later, 0, done=True, actor=SAM, now=LATER))
    assert done.step_done == LATER
    assert isinstance(answer_step(done, 0, done=True, actor=SAM, now=LATER), Refused)
    none = answer_step(opened(), 0, done=True, actor=SAM, now=NOW)
    assert isinstance(none, Refused)
    assert "no next step" in none.words


def test_a_step_promised_in_a_check_in_is_another_promise_of_who_noted_it() -> None:
    log = opened(step_what="Send the model calls")
    said = {"step_what": "Sit beside Dana", "step_by": "2026-12-01"}
    noted = changed(check_in(log, said, actor=PRIYA, now=NOW))
    assert [step.number for step in noted.open_steps(SAM.user)] == [0]
    (step,) = noted.open_steps(PRIYA.user)
    assert (step.number, step.what, step.by) == (1, "Sit beside Dana", dt.date(2026, 12, 1))
    assert isinstance(answer_step(noted, 1, done=True, actor=SAM, now=LATER), Refused)
    assert isinstance(answer_step(noted, 2, done=True, actor=PRIYA, now=LATER), Refused)
    later = changed(answer_step(noted, 1, done=False, actor=PRIYA, now=NOW))
    assert [step.later for step in later.open_steps(PRIYA.user)] == [NOW]
    done = changed(answer_step(later, 1, done=True, actor=PRIYA, now=LATER))
    assert done.open_steps(PRIYA.user) == ()
    assert [step.number for step in done.open_steps(SAM.user)] == [0]


def test_a_typed_criterion_gets_its_id_and_texts_are_left_alone() -> None:
    content: dict[str, Value] = {
        "criterion": "new:Tone",
        "follow_up_criterion": "new:Tone",
        "target": "new: ask first",
        "points": ("new:one",),
        "gone_field": "new:x",
    }
    ids = {"new:Tone": "c7", "new: ask first": "c8", "new:x": "c9"}
    adopted, added = adopt(content, ids)
    assert adopted == {**content, "criterion": "c7", "follow_up_criterion": "c7"}
    assert added == (Criterion("c7", "Tone"),)
