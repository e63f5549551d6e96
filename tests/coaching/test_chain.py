from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from coaching.answers import answer_disagreement, answer_escalation
from coaching.chain import continuation, reopen, rested_on
from coaching.log import Log, State
from coaching.notices import NoticeKind, asked_for
from coaching.said import AgentView, Agrees, Ruling, Support
from coaching.session import discard, void
from tests.coaching.cast import DANA, LATER, LENA, SAM, changed, changes, decided, opened

HEARD = LATER + dt.timedelta(days=5)


def _continued() -> tuple[Log, Log]:
    log = replace(decided("continue"), continued_by="L2")
    draft = changed(continuation(log, "L2", writer=SAM.user, actor=SAM, now=LATER))
    return log, draft


def test_a_continuation_carries_target_and_plan_and_no_evidence() -> None:
    log, draft = _continued()
    assert draft.value("target") == log.value("target")
    assert draft.value("threshold") == log.value("threshold")
    assert not {"call", "moment", "criterion", "score", "review_by"} & set(draft.content)
    assert (draft.agent, draft.continues, draft.state) == (DANA.user, log.id, State.DRAFT)


def test_discarding_what_goes_on_opens_the_target_again() -> None:
    log, draft = _continued()
    answer = discard(draft, actor=SAM, now=LATER, earlier=[log])
    assert isinstance(answer, list)
    gone, again = answer
    assert gone.log.state is State.DISCARDED
    assert (again.log.id, again.log.state) == (log.id, State.OPEN)
    assert (again.log.decided, again.log.continued_by) == (None, None)
    assert [(item.kind, item.receiver) for item in again.notices] == [
        (NoticeKind.REOPENED, DANA.user),
    ]


@pytest.mark.parametrize("change", [{"state": State.VOIDED}, {"continued_by": "L9"}])
def test_a_log_that_rests_on_something_else_is_left_alone(change: dict[str, object]) -> None:
    log, draft = _continued()
    other = replace(log, **change)  # type: ignore[arg-type]  # named as in Log
    answer = discard(draft, actor=SAM, now=LATER, earlier=[other])
    assert isinstance(answer, list)
    assert [change.log.id for change in answer] == [draft.id]


def test_voiding_what_goes_on_opens_the_target_again() -> None:
    log, draft = _continued()
    following = replace(draft, number=158, state=State.OPEN, revision=1)
    gone, again = changes(void(following, "Wrong call", actor=SAM, now=LATER, earlier=[log]))
    assert gone.log.state is State.VOIDED
    assert (again.log.id, again.log.state) == (log.id, State.OPEN)
    assert [back.why for back in again.log.reopened] == [
        "CL-158, which went on with the target, was taken back."
    ]
    assert (NoticeKind.REOPENED, DANA.user) in {
        (item.kind, item.receiver) for item in again.notices
    }


def test_a_lead_who_voids_what_goes_on_opens_the_target_again() -> None:
    log, draft = _continued()
    following = replace(
        draft,
        state=State.OPEN,
        revision=1,
        views=(AgentView(LATER, Agrees.NO, "It was another call"),),
    )
    answer = answer_disagreement(
        following, Ruling.VOID, "Indeed", actor=LENA, now=LATER, earlier=[log]
    )
    gone, again = changes(answer)
    assert (gone.log.state, again.log.state) == (State.VOIDED, State.OPEN)


def test_what_rests_on_a_voided_log_rests_on_the_one_before_it() -> None:
    log, draft = _continued()
    between = replace(draft, state=State.VOIDED, continued_by="L3")
    last = replace(draft, id="L3", continues="L2")
    assert rested_on(last, [log, between]) == log
    assert rested_on(last, [replace(log, state=State.VOIDED), between]) is None
    assert rested_on(replace(between, state=State.OPEN), [log]) is None, "the target goes on"
    assert rested_on(log, [log, between]) is None


def test_a_lead_whose_response_falls_with_a_draft_is_told_and_their_words_stay() -> None:
    answered, back = changes(
        answer_escalation(
            decided("escalate"),
            Support.BACK,
            "Try once more",
            actor=LENA,
            new_log_id="L2",
            writer=SAM.user,
            now=HEARD,
        )
    )
    _, again = changes(discard(back.log, actor=SAM, now=HEARD, earlier=[answered.log]))
    (taken_back,) = again.log.reopened
    assert taken_back.response == answered.log.escalation_answer
    assert taken_back.why
    assert again.log.escalation_answer is None
    assert LENA.user in again.log.said_by
    told = {(item.kind, item.receiver): item.occurrence for item in again.notices}
    assert told[NoticeKind.BY_ANOTHER, LENA.user] == f"reopened/{SAM.user}/2"


@pytest.mark.parametrize("decision", ["close", "continue", "escalate"])
def test_a_decision_that_is_taken_back_is_asked_for_anew(decision: str) -> None:
    log = decided(decision)
    change = reopen(log, actor=LENA, now=LATER, why="Two calls were calibration")
    again = changed(change)
    assert (again.round, asked_for(again)) == (2, f"{asked_for(log)}/2")
    assert [back.decision for back in again.reopened] == [decision]
    assert {"decision", "why"}.isdisjoint(again.content)
    assert again.value("looked_at") == log.value("looked_at")
    assert (NoticeKind.BY_ANOTHER, SAM.user) in {
        (item.kind, item.receiver) for item in change.notices
    }


def test_only_a_decision_can_be_taken_back() -> None:
    with pytest.raises(ValueError, match="is not decided"):
        reopen(opened(), actor=SAM, now=LATER)
