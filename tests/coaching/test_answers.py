from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from coaching.answers import (
    acknowledge,
    add_view,
    answer_disagreement,
    answer_escalation,
    who_answers,
)
from coaching.change import Change, Refused
from coaching.elements import TARGET
from coaching.log import Log, State
from coaching.notices import NoticeKind, lead_turn, still_true
from coaching.said import Agrees, Ruling, Support
from coaching.sharing import revise
from tests.coaching.cast import (
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
    opened,
)

HEARD = LATER + dt.timedelta(days=5)
DISAGREED = NOW + dt.timedelta(minutes=5)


def told(change: object) -> list[tuple[NoticeKind, str]]:
    assert isinstance(change, Change), change
    return [(notice.kind, notice.receiver) for notice in change.notices]


def view(
    log: Log,
    agrees: Agrees = Agrees.NO,
    words: str = "I asked twice",
    about: str = "summary",
    now: dt.datetime = DISAGREED,
) -> Change | Refused:
    return add_view(log, agrees, words, about=about, actor=DANA, leads=[LENA.user], now=now)


def answer(log: Log, ruling: Ruling, words: str = "I listened to it") -> Change | Refused:
    answered = answer_disagreement(log, ruling, words, actor=LENA, now=LATER)
    return answered if isinstance(answered, Refused) else answered[0]


def respond(log: Log, support: Support, words: str = "") -> list[Change] | Refused:
    return answer_escalation(
        log, support, words, actor=LENA, new_log_id="L2", writer=SAM.user, now=HEARD
    )


@pytest.mark.parametrize("name", every_state())
def test_every_answer_meets_every_state_calmly(name: str) -> None:
    log = every_state()[name]
    living = log.is_shared and log.state is not State.VOIDED
    answers = {
        "acknowledge": (
            acknowledge(log, actor=DANA, now=LATER),
            living and name != "acknowledged",
        ),
        "view": (view(log), living),
        "answer": (answer(log, Ruling.STANDS), False),
        "respond": (
            respond(log, Support.BACK, ""),
            name == "escalated",
        ),
    }
    for act, (got, goes) in answers.items():
        assert isinstance(got, Change | list) is goes, act
        if isinstance(got, Refused):
            assert got.words.endswith(".")


def test_acknowledging_records_who_read_what_and_tells_the_supervisor_once() -> None:
    change = acknowledge(opened(), actor=DANA, now=LATER, own_words=" I pause\x00 first ")
    assert told(change) == [(NoticeKind.ACKNOWLEDGED, SAM.user)]
    log = changed(change)
    assert log.acknowledgement is not None
    assert (log.acknowledgement.at, log.acknowledgement.revision) == (LATER, 1)
    assert log.acknowledgement.own_words == "I pause first"
    again = acknowledge(log, actor=DANA, now=LATER)
    assert isinstance(again, Refused)
    assert "already" in again.words
    newer = changed(revise(log, TARGET, {**log.content, "target": "x"}, actor=SAM, now=LATER))
    read = changed(acknowledge(newer, actor=DANA, now=LATER))
    assert read.acknowledgement is not None
    assert read.acknowledgement.own_words == "I pause first"


def test_a_view_counts_as_acknowledged_and_stays() -> None:
    change = view(opened(), Agrees.IN_PART)
    assert told(change) == [(NoticeKind.VIEW_ADDED, SAM.user)]
    log = changed(change)
    assert log.is_acknowledged
    assert [item.words for item in log.views] == ["I asked twice"]
    assert len(changed(view(log, Agrees.YES)).views) == 2


def test_a_disagreement_is_told_to_the_leads_and_waits() -> None:
    change = view(opened())
    assert told(change) == [(NoticeKind.VIEW_ADDED, SAM.user), (NoticeKind.DISAGREEMENT, LENA.user)]
    assert changed(change).awaits_answer


def test_pressing_twice_adds_one_view() -> None:
    log = changed(view(opened()))
    assert isinstance(view(log, now=LATER), Refused)
    assert isinstance(view(log, words="I asked three times"), Change)
    newer = changed(revise(log, TARGET, {**log.content, "target": "x"}, actor=SAM, now=LATER))
    assert isinstance(view(newer, now=LATER), Change)
    stands = changed(answer(log, Ruling.STANDS))
    assert isinstance(view(stands, now=LATER + dt.timedelta(days=1)), Change)


def test_pressing_twice_on_an_older_version_adds_one_view() -> None:
    log = opened()
    newer = changed(revise(log, TARGET, {**log.content, "target": "x"}, actor=SAM, now=NOW))

    def older(log: Log, now: dt.datetime, revision: int = 1) -> Change | Refused:
        return add_view(
            log,
            Agrees.NO,
            "I asked twice",
            about="summary",
            actor=DANA,
            leads=[LENA.user],
            now=now,
            revision=revision,
        )

    once = changed(older(newer, DISAGREED))
    assert not once.is_acknowledged
    assert isinstance(older(once, LATER), Refused)
    assert isinstance(older(once, LATER, 2), Change), "the newer version was not said no to yet"


def test_a_view_on_a_decision_brings_the_escalation_to_the_lead_at_once() -> None:
    change = view(decided("escalate"), Agrees.NO, about="decision")
    assert isinstance(change, Change)
    assert change.hastens == {NoticeKind.ESCALATED}
    assert changed(change).views[0].about == "decision"


@pytest.mark.parametrize("about", ["decision", "nonsense", ""])
def test_a_view_is_on_the_summary_while_nothing_is_decided(about: str) -> None:
    change = view(opened(), about=about)
    assert isinstance(change, Change)
    assert change.log.views[0].about == "summary"
    assert change.log.awaits_answer
    assert change.hastens == frozenset()


@pytest.mark.parametrize("ruling", [Ruling.STANDS, Ruling.CHANGE])
def test_an_answer_is_told_to_both_once(ruling: Ruling) -> None:
    log = changed(view(opened()))
    change = answer(log, ruling, " I listened\x00 ")
    assert sorted(told(change)) == [
        (NoticeKind.DISAGREEMENT_ANSWERED, DANA.user),
        (NoticeKind.DISAGREEMENT_ANSWERED, SAM.user),
    ]
    assert isinstance(change, Change)
    assert change.cancels == {NoticeKind.DISAGREEMENT}
    done = changed(change)
    assert done.state is State.OPEN
    assert done.disagreement_answer is not None
    assert (done.disagreement_answer.answer, done.disagreement_answer.words) == (
        ruling,
        "I listened",
    )
    assert not done.awaits_answer
    assert isinstance(answer(done, Ruling.VOID), Refused)


@pytest.mark.parametrize("words", ["I listened to it", "", "  ", "\x00"])
def test_a_void_after_a_disagreement_is_told_to_agent_and_supervisor(words: str) -> None:
    change = answer(changed(view(opened())), Ruling.VOID, words)
    assert isinstance(change, Change)
    assert sorted(told(change)) == [
        (NoticeKind.DISAGREEMENT_ANSWERED, SAM.user),
        (NoticeKind.VOIDED, DANA.user),
    ]
    log = changed(change)
    assert log.state is State.VOIDED
    assert log.voided is not None
    assert log.voided.reason
    assert log.disagreement_answer is not None
    assert all(still_true(notice.kind, log) for notice in change.notices)
    assert not log.awaits_answer
    assert isinstance(answer(log, Ruling.VOID), Refused)


def test_a_decided_log_can_still_be_disagreed_with_and_voided() -> None:
    log = changed(view(decided("close")))
    assert log.awaits_answer
    assert changed(answer(log, Ruling.VOID)).state is State.VOIDED


def test_a_response_to_an_escalation_is_told_to_both_once() -> None:
    log = decided("escalate")
    assert log.awaits_response
    (change,) = changes(respond(log, Support.TRAINING, "Two days"))
    assert sorted(told(change)) == [
        (NoticeKind.ESCALATION_ANSWERED, DANA.user),
        (NoticeKind.ESCALATION_ANSWERED, SAM.user),
    ]
    done = changed(change)
    assert not done.awaits_response
    assert not still_true(NoticeKind.ESCALATED, done)
    again = respond(done, Support.HR, "")
    assert isinstance(again, Refused)
    gone = replace(done, state=State.VOIDED)
    assert isinstance(respond(gone, Support.HR, ""), Refused)


def test_back_to_coaching_opens_a_draft_with_the_same_target() -> None:
    log = decided("escalate")
    answered, draft = changes(respond(log, Support.BACK, "Try once more"))
    assert answered.log.continued_by == draft.log.id == "L2"
    assert (draft.log.continues, draft.log.supervisor) == (log.id, SAM.user)
    assert draft.log.value("target") == log.value("target")
    assert draft.log.value("call") == ""
    assert answered.log.state is State.ESCALATED


@pytest.mark.parametrize("decision", ["close", "continue"])
def test_a_disagreement_with_a_decision_is_told_to_the_leads_and_waits(decision: str) -> None:
    log = decided(decision)
    change = view(log, about="decision", now=LATER)
    assert (NoticeKind.DISAGREEMENT, LENA.user) in told(change)
    disagreed = changed(change)
    assert disagreed.awaits_answer
    stands = changed(answer(disagreed, Ruling.STANDS))
    assert not stands.awaits_answer
    assert stands.disagreement_answer is not None
    assert stands.disagreement_answer.about == "decision"


def test_a_closed_target_is_decided_again_where_the_lead_says_so() -> None:
    log = changed(view(decided("close"), about="decision", now=LATER))
    change = answer(log, Ruling.CHANGE, "Two calls were calibration")
    assert isinstance(change, Change)
    again = changed(change)
    assert (again.state, again.decided, again.round) == (State.OPEN, None, 2)
    assert [back.why for back in again.reopened] == ["Two calls were calibration"]
    assert sorted(told(change)) == [
        (NoticeKind.DISAGREEMENT_ANSWERED, DANA.user),
        (NoticeKind.DISAGREEMENT_ANSWERED, SAM.user),
    ]
    assert not again.awaits_answer
    assert again.views_on("decision") == ()
    assert again.upheld is not None
    assert again.upheld.view == log.views[0]
    ruled = again.answer_to(log.views[0])
    assert ruled is not None
    assert (ruled.answer, ruled.words) == (Ruling.CHANGE, "Two calls were calibration")
    assert again.ruling is None, "it is not about what is decided next"


def test_each_disagreement_keeps_its_own_answer() -> None:
    log = changed(answer(changed(view(opened())), Ruling.CHANGE, "The target is too wide"))
    hour = dt.timedelta(hours=1)
    log = changed(view(log, words="Still not so", now=LATER + hour))
    answered = answer_disagreement(log, Ruling.STANDS, "It is", actor=LENA, now=LATER + 2 * hour)
    (log,) = (change.log for change in changes(answered))
    assert [one.words for one in map(log.answer_to, log.views) if one] == [
        "The target is too wide",
        "It is",
    ]
    assert [one.words for one in log.to_be_changed] == ["The target is too wide"]
    then = LATER + dt.timedelta(days=1)
    log = changed(revise(log, TARGET, {**log.content, "target": "x"}, actor=SAM, now=then))
    assert [one.done for one in log.answers] == [then, None]


def test_a_lead_who_asked_for_a_change_is_told_when_it_is_made() -> None:
    log = changed(answer(changed(view(opened())), Ruling.CHANGE))
    assert log.to_be_changed
    then = LATER + dt.timedelta(days=1)
    change = revise(log, TARGET, {**log.content, "target": "x"}, actor=SAM, now=then)
    assert (NoticeKind.BY_ANOTHER, LENA.user) in told(change)
    done = changed(change)
    assert not done.to_be_changed
    assert done.disagreement_answer is not None
    assert done.disagreement_answer.done == then
    again = revise(done, TARGET, {**log.content, "target": "y"}, actor=SAM, now=then)
    assert (NoticeKind.BY_ANOTHER, LENA.user) not in told(again)


def test_a_continued_target_is_not_opened_again_by_an_answer() -> None:
    log = changed(view(decided("continue"), about="decision", now=LATER))
    change = answer(log, Ruling.CHANGE)
    assert isinstance(change, Change)
    assert change.log.state is State.CONTINUED


def test_a_view_on_the_summary_of_an_escalated_log_is_answered_on_its_own() -> None:
    change = view(decided("escalate"), about="summary", now=LATER)
    assert isinstance(change, Change)
    assert told(change) == [(NoticeKind.VIEW_ADDED, SAM.user), (NoticeKind.DISAGREEMENT, LENA.user)]
    assert change.hastens == frozenset()
    disagreed = changed(change)
    turn = lead_turn(disagreed, LENA.calendar)
    assert turn is not None
    assert turn > LATER, "the agent was not heard on the decision yet"
    answered = changed(answer(disagreed, Ruling.STANDS))
    assert not answered.awaits_answer
    assert answered.awaits_response
    assert not changed(respond(answered, Support.TRAINING)).awaits_response


@pytest.mark.parametrize("agrees", list(Agrees))
def test_a_view_on_an_escalation_travels_with_it_and_needs_no_answer_of_its_own(
    agrees: Agrees,
) -> None:
    change = view(decided("escalate"), agrees, about="decision", now=LATER)
    assert isinstance(change, Change)
    assert told(change) == [(NoticeKind.VIEW_ADDED, SAM.user)]
    assert lead_turn(change.log, LENA.calendar) == LATER
    assert not change.log.awaits_answer


def test_a_lead_does_not_answer_for_a_log_of_their_own_where_another_can() -> None:
    own = replace(opened(), supervisor=LENA.user)
    assert who_answers(own, [LENA, PRIYA]) == [PRIYA]
    assert who_answers(own, [LENA]) == [LENA]
    assert who_answers(opened(), [LENA, PRIYA]) == [LENA, PRIYA]


def test_the_agent_is_heard_before_a_lead_responds() -> None:
    log = decided("escalate")
    early = answer_escalation(
        log, Support.HR, "", actor=LENA, new_log_id="L2", writer=SAM.user, now=LATER
    )
    assert isinstance(early, Refused)
    assert "heard first" in early.words
    heard = changed(view(log, about="decision", now=LATER))
    assert lead_turn(heard, LENA.calendar) == LATER
    assert lead_turn(opened(), LENA.calendar) is None


def test_what_was_changed_since_stays_to_be_read() -> None:
    log = opened()
    newer = changed(revise(log, TARGET, {**log.content, "target": "x"}, actor=SAM, now=LATER))
    read = changed(acknowledge(newer, actor=DANA, now=LATER, revision=1))
    assert not read.is_acknowledged
    assert still_true(NoticeKind.REVISED, read)
    viewed = add_view(
        newer, Agrees.YES, "", about="summary", actor=DANA, leads=[], now=LATER, revision=1
    )
    assert not changed(viewed).is_acknowledged
    assert changed(acknowledge(read, actor=DANA, now=LATER)).is_acknowledged


@pytest.mark.parametrize(
    ("acknowledged", "revision", "known"),
    [((), 2, 1), ((), 4, 1), ((1,), 3, 1), ((2,), 4, 2), ((2, 4), 4, 2), ((1, 2, 3), 3, 2)],
)
def test_a_change_is_told_against_what_the_agent_knew(
    acknowledged: tuple[int, ...], revision: int, known: int
) -> None:
    log = replace(opened(), revision=5)
    for number in acknowledged:
        log = changed(acknowledge(log, actor=DANA, now=LATER, revision=number))
    assert log.read_before(revision) == known
