"""What is shared outside an agent's hours waits for their shift, unless it is sent at once."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from coaching.answers import acknowledge, add_view, answer_disagreement
from coaching.change import Change, Refused
from coaching.elements import TARGET
from coaching.log import BEHIND_SUMMARY, Log
from coaching.notices import NoticeKind
from coaching.outcome import decide, extend, record_figures
from coaching.people import Person
from coaching.said import Agrees, Ruling
from coaching.session import check_in, void
from coaching.sharing import is_sendable, rescheduled, revise, send_now, share, waits_until
from coaching.worktime import Shift
from tests.coaching.cast import (
    CRITERIA,
    DANA,
    LATER,
    LENA,
    NEW_YORK,
    NOW,
    SAM,
    SETTING,
    changed,
    draft,
    figures,
    opened,
)

FAR_OFF = replace(DANA, tz=NEW_YORK)
"""It is half past five in the morning there."""
SHIFT = dt.datetime(2026, 11, 24, 14, tzinfo=dt.UTC)
IN_SHIFT = SHIFT + dt.timedelta(hours=1)
TO_AGENT = SHIFT + BEHIND_SUMMARY


def change_of(answer: object) -> Change:
    if isinstance(answer, list):
        answer = answer[0]
    assert isinstance(answer, Change), answer
    return answer


def sharing(agent: Person = FAR_OFF) -> Change:
    return change_of(share(draft(), actor=SAM, agent=agent, setting=SETTING, others_open=()))


def waiting() -> Log:
    return changed(sharing())


def told(change: Change, receiver: str = DANA.user) -> list[tuple[NoticeKind, dt.datetime]]:
    return [(one.kind, one.due_at) for one in change.notices if one.receiver == receiver]


def revising(log: Log, words: str, now: dt.datetime) -> Change:
    content = {**log.content, "target": words}
    return change_of(revise(log, TARGET, content, actor=SAM, now=now))


def test_inside_their_hours_the_agent_is_told_at_once() -> None:
    change = sharing(DANA)
    assert told(change) == [(NoticeKind.SHARED, NOW)]
    assert change.log.told_at == NOW
    assert not change.log.is_waiting(NOW)
    assert waits_until(DANA, NOW) is None


def test_outside_them_it_waits_for_the_next_shift() -> None:
    change = sharing()
    assert told(change) == [(NoticeKind.SHARED, SHIFT)]
    assert change.log.told_at == SHIFT == waits_until(FAR_OFF, NOW)
    assert change.log.is_waiting(LATER)
    assert not change.log.is_waiting(SHIFT)


def test_leave_is_waited_for_as_well() -> None:
    away = replace(FAR_OFF, leave=frozenset({dt.date(2026, 11, 24), dt.date(2026, 11, 25)}))
    assert waits_until(away, NOW) == SHIFT + dt.timedelta(days=2)


def test_their_own_hours_come_first() -> None:
    nights = replace(FAR_OFF, hours=(Shift(dt.time(22), dt.time(6)),) * 7)
    assert waits_until(nights, NOW) is None


def test_a_revision_meanwhile_is_in_the_summary() -> None:
    change = revising(waiting(), "Ask why first", LATER)
    assert told(change) == []
    assert (change.log.told_revision, change.log.revised_at) == (2, LATER)
    later = revising(changed(change), "Ask why, then listen", IN_SHIFT)
    assert told(later) == [(NoticeKind.REVISED, IN_SHIFT)]
    assert (later.log.told_revision, later.log.revised_at) == (2, IN_SHIFT)
    # What is said to be different is so from what the summary showed.
    assert later.log.read_before(3) == 2


def test_nothing_about_it_comes_before_its_summary() -> None:
    log = waiting()
    noted = change_of(check_in(log, {"points": ("One",)}, actor=SAM, now=LATER))
    assert told(noted) == [(NoticeKind.CHECKED_IN, TO_AGENT)]
    decided = change_of(
        decide(
            log,
            figures(10, 8, "close"),
            actor=SAM,
            criteria=CRITERIA,
            leads=[LENA],
            new_log_id="L2",
            now=LATER,
        )
    )
    assert told(decided) == [(NoticeKind.DECIDED, TO_AGENT)]
    afterwards = change_of(check_in(log, {"points": ("One",)}, actor=SAM, now=IN_SHIFT))
    assert told(afterwards) == [(NoticeKind.CHECKED_IN, IN_SHIFT)]


def test_an_extension_waits_as_well() -> None:
    due = opened().due_at
    assert due is not None
    log = replace(waiting(), told_at=due + dt.timedelta(hours=5))
    few = change_of(
        record_figures(log, figures(6, 5), actor=SAM, criteria=CRITERIA, leads=[LENA.user], now=due)
    )
    moved = change_of(extend(changed(few), actor=SAM, criteria=CRITERIA, now=due))
    assert told(moved) == [(NoticeKind.EXTENDED, due + dt.timedelta(hours=5) + BEHIND_SUMMARY)]


def test_the_agent_hears_an_answer_in_their_hours_and_the_supervisor_at_once() -> None:
    viewed = changed(
        add_view(
            waiting(),
            Agrees.NO,
            "They had said why",
            about="summary",
            actor=DANA,
            leads=[LENA.user],
            now=NOW,
        )
    )
    answered = change_of(
        answer_disagreement(viewed, Ruling.STANDS, "I listened", actor=LENA, now=LATER)
    )
    assert told(answered) == [(NoticeKind.DISAGREEMENT_ANSWERED, TO_AGENT)]
    assert told(answered, SAM.user) == [(NoticeKind.DISAGREEMENT_ANSWERED, LATER)]


def test_an_agent_who_was_not_told_of_it_hears_nothing_of_a_void() -> None:
    change = change_of(void(waiting(), "Wrong call", actor=SAM, now=LATER))
    assert told(change) == []
    assert {NoticeKind.SHARED, NoticeKind.CHECKED_IN} <= change.cancels


def test_one_who_read_it_in_the_home_is_told_of_a_void() -> None:
    read = changed(acknowledge(waiting(), actor=DANA, now=NOW))
    change = change_of(void(read, "Wrong call", actor=SAM, now=LATER))
    assert told(change) == [(NoticeKind.VOIDED, TO_AGENT)]
    after = change_of(void(waiting(), "Wrong call", actor=SAM, now=IN_SHIFT))
    assert told(after) == [(NoticeKind.VOIDED, IN_SHIFT)]


def test_send_now_tells_them_at_once() -> None:
    log = waiting()
    assert is_sendable(log, LATER)
    change = change_of(send_now(log, actor=SAM, now=LATER))
    assert (change.log.told_at, change.tells_agent_at) == (LATER, LATER)
    sent = changed(change)
    assert not is_sendable(sent, LATER)
    noted = change_of(check_in(sent, {"points": ("One",)}, actor=SAM, now=LATER))
    assert told(noted) == [(NoticeKind.CHECKED_IN, LATER)]


def test_send_now_says_where_there_is_nothing_to_send() -> None:
    log = waiting()
    read = changed(acknowledge(log, actor=DANA, now=NOW))
    gone = changed(void(log, "Wrong call", actor=SAM, now=NOW))
    sent = changed(send_now(log, actor=SAM, now=LATER))
    assert not is_sendable(read, LATER)
    assert not is_sendable(gone, LATER)
    refused = {
        "was sent already.": (log, IN_SHIFT),
        "was sent already": (sent, LATER),
        "is acknowledged already": (read, LATER),
        "was taken back": (gone, LATER),
        "is not shared": (draft(), LATER),
    }
    for words, (one, now) in refused.items():
        answer = send_now(one, actor=SAM, now=now)
        assert isinstance(answer, Refused), words
        assert words in answer.words


def test_other_hours_meanwhile_move_it() -> None:
    log = waiting()
    earlier = rescheduled(log, agent=DANA, actor="slack", now=LATER)
    assert earlier is not None
    assert earlier.log.told_at == earlier.tells_agent_at == LATER
    away = replace(FAR_OFF, leave=frozenset({dt.date(2026, 11, 24)}))
    later = rescheduled(log, agent=away, actor="slack", now=LATER)
    assert later is not None
    assert later.tells_agent_at == SHIFT + dt.timedelta(days=1)
    assert rescheduled(log, agent=FAR_OFF, actor="slack", now=LATER) is None
    assert rescheduled(log, agent=DANA, actor="slack", now=IN_SHIFT) is None
    # Logs of earlier releases keep no such time.
    old = replace(log, told_at=None)
    assert rescheduled(old, agent=DANA, actor="slack", now=LATER) is None
