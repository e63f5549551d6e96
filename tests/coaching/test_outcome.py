from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

import pytest

from coaching.chain import reopen
from coaching.change import Change, Refused
from coaching.elements import EVIDENCE, FOLLOW_UP, OBSERVATION, OUTCOME, missing
from coaching.entries import Problem
from coaching.fields import Content
from coaching.follow_up import Verdict
from coaching.log import Log, State
from coaching.notices import TIMED, NoticeKind, still_true
from coaching.outcome import (
    already,
    closes_in_one_press,
    decide,
    extend,
    extension_of,
    lead_decides,
    record_figures,
)
from coaching.people import Person, Role
from coaching.said import AgentView, Agrees
from coaching.session import void
from tests.coaching.cast import (
    CRITERIA,
    DANA,
    LATER,
    LENA,
    NOW,
    PRIYA,
    SAM,
    changed,
    changes,
    decided,
    every_state,
    figures,
    opened,
    person,
)

DUE = dt.datetime(2026, 12, 24, 9, tzinfo=dt.UTC)
TODAY = DUE.date()
LEAD_ELSEWHERE = person("USAM", roles={"billing": Role.SUPERVISOR, "retention": Role.LEAD})


def deciding(
    log: Log, content: Content, *, actor: Person = SAM, leads: Sequence[Person] = (LENA,)
) -> list[Change] | list[Problem] | Refused:
    return decide(
        log, content, actor=actor, criteria=CRITERIA, leads=leads, new_log_id="L2", now=DUE
    )


def refused_fields(answer: object) -> list[str]:
    assert isinstance(answer, list)
    assert all(isinstance(item, Problem) for item in answer), answer
    return [item.field for item in answer]


def few(extensions: int = 0) -> Log:
    """An open log with too few calls recorded, its day moved so often."""
    return replace(opened(looked_at=6, reached=5), extensions=extensions)


@pytest.mark.parametrize(
    ("content", "fields"),
    [
        (figures(8, 7, "close"), []),
        (figures(10, 3, "close"), ["why"]),
        (figures(8, 7, "continue"), ["why"]),
        (figures(10, 3, "continue", "Getting there"), []),
        (figures(10, 3, "escalate", "Third time"), []),
        (figures(10, 3, "escalate"), ["why"]),
        (figures(10, 3), ["decision"]),
        (figures(10, 3, "fire", "No"), ["decision"]),
        (figures(6, 5, "close", "Moved to chat"), []),
        (figures(6, 5, "continue", "Holidays"), []),
        (figures(6, 5, "escalate", "Third time"), ["decision"]),
        (figures(0, 0, "escalate", "Third time"), ["decision"]),
        ({**figures(8, 7, "close"), "looked_at": 11}, ["looked_at"]),
    ],
)
def test_what_a_decision_needs(content: Content, fields: list[str]) -> None:
    answer = deciding(opened(), content)
    if fields:
        assert refused_fields(answer) == fields
    else:
        assert changes(answer)


def test_a_decision_rests_on_figures() -> None:
    content = {**opened().content, "decision": "close"}
    assert refused_fields(deciding(opened(), content)) == ["looked_at", "why"]


@pytest.mark.parametrize(
    ("decision", "state"),
    [
        ("close", State.CLOSED),
        ("continue", State.CONTINUED),
        ("escalate", State.ESCALATED),
    ],
)
def test_each_decision_is_told_to_the_agent_and_ends_the_waiting(
    decision: str, state: State
) -> None:
    change = changes(deciding(opened(), figures(10, 3, decision, "The calls say so")))[0]
    assert change.log.state is state
    assert change.log.decided is not None
    assert (change.log.decided.decision, change.log.decided.verdict) == (decision, "not met")
    assert change.log.decided.by == SAM.user
    assert change.notices[0].kind is NoticeKind.DECIDED
    assert change.notices[0].receiver == DANA.user
    assert TIMED | {NoticeKind.LEAD_DECIDES} <= change.cancels
    assert change.log.versions[OUTCOME.key] == 1
    assert not still_true(NoticeKind.OUTCOME_DUE, change.log)
    assert isinstance(deciding(changed(change), figures(8, 7, "close")), Refused)


def test_the_lead_hears_of_an_escalation_two_working_days_after_the_agent() -> None:
    notices = changes(deciding(opened(), figures(10, 3, "escalate", "Third time")))[0].notices
    assert [(item.kind, item.receiver) for item in notices] == [
        (NoticeKind.DECIDED, DANA.user),
        (NoticeKind.ESCALATED, LENA.user),
    ]
    # 04:00 in New York on a Thursday; two working days later work begins there at 14:00 UTC.
    assert notices[1].due_at == dt.datetime(2026, 12, 28, 14, tzinfo=dt.UTC)


def test_without_a_lead_nothing_is_escalated_into_the_void() -> None:
    answer = deciding(opened(), figures(10, 3, "escalate", "Third time"), leads=())
    assert refused_fields(answer) == ["decision"]


def test_a_continued_target_is_linked_both_ways_with_the_evidence_empty() -> None:
    first, second = changes(
        deciding(
            opened(shows="Asked"),
            {
                **figures(10, 3, "continue", "Nearly"),
                "shows": "Asked",
            },
        )
    )
    assert (first.log.continued_by, second.log.continues) == (second.log.id, first.log.id)
    assert second.log.state is State.DRAFT
    assert (second.log.agent, second.log.supervisor) == (DANA.user, SAM.user)
    for key in ("agent", "target", "shows", "follow_up_criterion", "threshold", "calls"):
        assert second.log.content[key] == first.log.content[key]
    empty = {field.key for field in (*EVIDENCE, *OBSERVATION, *OUTCOME)} - {"agent"}
    assert not empty & set(second.log.content)
    assert {field.key for field in missing(second.log.content)} == {
        "call",
        "moment",
        "criterion",
        "score",
        "review_by",
    }


@pytest.mark.parametrize(("actor", "writer"), [(LENA, SAM), (LEAD_ELSEWHERE, SAM), (PRIYA, PRIYA)])
def test_a_continued_draft_falls_to_somebody_who_logs(actor: Person, writer: Person) -> None:
    content = figures(10, 3, "continue", "Nearly")
    assert changes(deciding(opened(), content, actor=actor))[1].log.supervisor == writer.user


def test_a_lead_who_supervises_elsewhere_leaves_the_draft_to_whom_is_named() -> None:
    both = person("UBOTH", roles={"billing": Role.LEAD, "retention": Role.SUPERVISOR})
    answer = decide(
        opened(),
        figures(10, 3, "continue", "Nearly"),
        actor=both,
        criteria=CRITERIA,
        leads=[both],
        new_log_id="L2",
        now=DUE,
        writer=SAM.user,
    )
    assert changes(answer)[1].log.supervisor == SAM.user


def test_too_few_calls_extend_twice_and_then_the_lead_decides() -> None:
    log = few()
    days = []
    for count in (1, 2):
        change = extend(log, actor=SAM, criteria=CRITERIA, now=log.due_at or DUE)
        assert isinstance(change, Change)
        assert [(item.kind, item.receiver) for item in change.notices] == [
            (NoticeKind.EXTENDED, DANA.user),
        ]
        assert change.cancels == {NoticeKind.OUTCOME_DUE}
        assert change.log.extensions == count
        days.append(change.log.value("review_by"))
        # A form of the old day that is still open elsewhere must not move it back.
        assert change.log.versions[FOLLOW_UP.key] == log.versions[FOLLOW_UP.key] + 1
        log = changed(change)
    assert days == ["2027-01-25", "2027-02-24"]
    third = extend(log, actor=SAM, criteria=CRITERIA, now=log.due_at or DUE)
    assert isinstance(third, Refused)
    assert "lead" in third.words
    assert extension_of(log, CRITERIA, DUE, SAM.zone) is None


@pytest.mark.parametrize("content", [{}, {"looked_at": 10, "reached": 3}, {"looked_at": 7}])
def test_nothing_but_too_few_calls_is_extended(content: dict[str, int]) -> None:
    reached = {"reached": 7} if content.get("looked_at") == 7 else {}
    log = opened(**content, **reached)
    assert extension_of(log, CRITERIA, DUE, SAM.zone) is None
    assert isinstance(extend(log, actor=SAM, criteria=CRITERIA, now=DUE), Refused)


def test_the_new_day_begins_where_the_supervisor_works_whoever_extends() -> None:
    change = extend(few(), actor=LENA, criteria=CRITERIA, now=DUE, supervisor=SAM)
    assert isinstance(change, Change)
    assert change.log.due_at == dt.datetime(2027, 1, 25, 9, tzinfo=dt.UTC)
    late = dt.datetime(2027, 3, 1, 3, tzinfo=dt.UTC)  # still 28 February where Lena is
    moved = extend(few(), actor=LENA, criteria=CRITERIA, now=late, supervisor=SAM)
    assert isinstance(moved, Change)
    assert moved.log.value("review_by") == "2027-03-31"


def test_after_two_extensions_the_agents_own_lead_decides() -> None:
    log, content = few(extensions=2), figures(6, 5, "close", "Moved to chat")
    assert refused_fields(deciding(log, content)) == ["decision"]
    assert refused_fields(deciding(log, content, actor=LEAD_ELSEWHERE)) == ["decision"]
    assert changes(deciding(log, content, actor=LENA))
    assert changes(deciding(log, content, leads=()))
    assert changes(deciding(log, figures(8, 7, "close")))
    assert lead_decides(log, None, DUE) is False


def test_the_lead_is_told_when_figures_are_kept_after_the_second_extension() -> None:
    def kept(log: Log, content: Content) -> Change:
        change = record_figures(
            log, content, actor=SAM, criteria=CRITERIA, leads=[LENA.user], now=DUE
        )
        assert isinstance(change, Change)
        return change

    assert kept(few(1), figures(6, 5)).notices == ()
    told = kept(few(2), figures(6, 5))
    assert [(item.kind, item.receiver) for item in told.notices] == [
        (NoticeKind.LEAD_DECIDES, LENA.user)
    ]
    certain = kept(few(2), figures(8, 7))
    assert certain.notices == ()
    assert certain.cancels == {NoticeKind.LEAD_DECIDES}


def test_kept_figures_decide_nothing() -> None:
    content = figures(8, 7, "close", "Because")
    change = record_figures(opened(), content, actor=SAM, criteria=CRITERIA, leads=[], now=LATER)
    log = changed(change)
    assert log.state is State.OPEN
    assert log.figures == {"looked_at": 8, "reached": 7}
    assert log.revision == 1
    assert log.versions[OUTCOME.key] == 1


@pytest.mark.parametrize("name", every_state())
def test_every_outcome_meets_every_state_calmly(name: str) -> None:
    log = every_state()[name]
    is_open = log.state is State.OPEN
    answers = (
        deciding(log, figures(10, 3, "continue", "Nearly")),
        record_figures(
            log, figures(6, 5), actor=SAM, criteria=CRITERIA, leads=[LENA.user], now=DUE
        ),
        extend(
            replace(log, content={**log.content, **figures(6, 5)}),
            actor=SAM,
            criteria=CRITERIA,
            now=DUE,
        ),
    )
    for answer in answers:
        assert isinstance(answer, Refused) is not is_open
        if isinstance(answer, Refused):
            assert answer == already(log)


def test_why_nothing_can_be_decided_any_more() -> None:
    assert already(decided("close")).words == "CL-142 is decided: closed, on Tue 24 November."
    gone = changed(void(decided("close"), "Wrong call", actor=SAM, now=NOW))
    assert "voided" in already(gone).words
    assert "decided: " not in already(gone).words
    assert "discarded" in already(every_state()["discarded"]).words
    assert "not shared" in already(every_state()["draft"]).words


def test_before_the_day_too_few_calls_are_no_reason_to_move_it() -> None:
    log = few()
    early = replace(log, due_at=DUE + dt.timedelta(days=1))
    assert extension_of(early, CRITERIA, DUE, SAM.zone) is None
    refused = extend(early, actor=SAM, criteria=CRITERIA, now=DUE)
    assert isinstance(refused, Refused)
    assert "not come yet" in refused.words
    assert not lead_decides(replace(early, extensions=2), Verdict.TOO_FEW, DUE)


def test_two_presses_on_one_offer_move_the_day_once() -> None:
    log = few()
    moved = changed(extend(log, actor=SAM, criteria=CRITERIA, now=DUE, before=0))
    again = extend(moved, actor=SAM, criteria=CRITERIA, now=DUE, before=0)
    assert isinstance(again, Refused)
    assert again.words == f"The day was moved already: {log.reference} runs until Mon 25 January."


def test_an_old_offer_moves_the_day_to_where_it_said() -> None:
    log, offered = few(), extension_of(few(), CRITERIA, DUE, SAM.zone)
    assert offered is not None
    week_later = DUE + dt.timedelta(days=7)
    assert extension_of(log, CRITERIA, week_later, SAM.zone) != offered
    moved = changed(extend(log, actor=SAM, criteria=CRITERIA, now=week_later, until=offered))
    assert moved.value("review_by") == offered.isoformat()
    far_off = extend(log, actor=SAM, criteria=CRITERIA, now=DUE, until=dt.date(2099, 1, 1))
    assert changed(far_off).value("review_by") == offered.isoformat()
    too_late = DUE + dt.timedelta(days=90)
    refused = extend(log, actor=SAM, criteria=CRITERIA, now=too_late, until=offered)
    assert isinstance(refused, Refused)
    assert refused.words.startswith("Mon 25 January has passed by now.")


def test_what_somebody_else_decides_is_told_to_the_supervisor() -> None:
    content = figures(8, 7, "close")
    (change,) = changes(deciding(few(), content, actor=LENA))
    assert (NoticeKind.BY_ANOTHER, SAM.user) in [
        (notice.kind, notice.receiver) for notice in change.notices
    ]
    (own,) = changes(deciding(few(), content))
    assert NoticeKind.BY_ANOTHER not in {notice.kind for notice in own.notices}


def _disputed(looked_at: int, reached: int) -> Log:
    """A target that was closed and that a lead had decided again after the agent disagreed."""
    closed = changed(deciding(opened(), figures(looked_at, reached, "close", "It is done")))
    against = AgentView(DUE, Agrees.NO, "Two were calibration", "decision")
    return changed(reopen(closed, actor=LENA, now=DUE, why="Leave them out", view=against))


def test_a_decision_that_was_disputed_needs_a_reason_the_next_time() -> None:
    log = _disputed(8, 7)
    assert closes_in_one_press(opened(**figures(8, 7)), CRITERIA)
    assert not closes_in_one_press(log, CRITERIA)
    assert refused_fields(deciding(log, figures(8, 7, "close"))) == ["why"]
    again = changed(deciding(log, figures(8, 7, "close", "Counted without them")))
    assert again.state is State.CLOSED
    assert again.upheld is None


def test_disputed_figures_move_no_day_until_they_are_looked_at_again() -> None:
    log = _disputed(6, 5)
    assert extension_of(log, CRITERIA, DUE, SAM.zone) is None
    refused = extend(log, actor=SAM, criteria=CRITERIA, now=DUE)
    assert isinstance(refused, Refused)
    assert "Look at them again first" in refused.words
    counted = record_figures(
        log, figures(6, 4), actor=SAM, criteria=CRITERIA, leads=[LENA.user], now=DUE
    )
    assert extension_of(changed(counted), CRITERIA, DUE, SAM.zone) is not None
