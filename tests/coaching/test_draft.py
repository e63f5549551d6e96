from __future__ import annotations

import datetime as dt
from dataclasses import replace

from coaching.change import Refused
from coaching.draft import (
    after,
    before,
    complete_by,
    gap,
    gap_after,
    hold,
    is_planned,
)
from coaching.elements import (
    CONVERSATION,
    EVIDENCE,
    FOLLOW_UP,
    OBSERVATION,
    OUTCOME,
    TARGET,
)
from coaching.fields import Element
from coaching.log import Log
from tests.coaching.cast import DANA, NOW, SAM, changed, draft, opened

AHEAD = NOW + dt.timedelta(days=3)


def planned(**content: str) -> Log:
    return draft(session_at=int(AHEAD.timestamp()), **content)


def test_only_a_draft_is_planned_and_only_until_its_time() -> None:
    assert is_planned(planned(), NOW)
    assert not is_planned(planned(), AHEAD)
    assert not is_planned(draft(), NOW)
    assert not is_planned(opened(session_at=int(AHEAD.timestamp())), NOW)
    assert planned().session_at == AHEAD
    assert draft().session_at is None


def test_held_it_took_place_now() -> None:
    held = changed(hold(planned(), actor=SAM, now=NOW))
    assert held.session_at == NOW
    assert held.versions["evidence"] == planned().versions["evidence"] + 1
    assert not is_planned(held, NOW)
    assert isinstance(hold(held, actor=SAM, now=NOW), Refused)


def test_a_planned_session_is_walked_through_without_its_conversation() -> None:
    assert gap(planned(), NOW) is OBSERVATION
    assert gap(planned(observed="x"), NOW) is None
    assert gap(planned(observed="x"), AHEAD) is CONVERSATION
    assert after(planned(), TARGET, NOW) is FOLLOW_UP
    assert before(planned(), FOLLOW_UP, NOW) is TARGET
    assert after(planned(), CONVERSATION, NOW) is FOLLOW_UP
    assert after(draft(), TARGET, NOW) is CONVERSATION
    assert before(draft(), OBSERVATION, NOW) is EVIDENCE
    assert before(draft(), EVIDENCE, NOW) is None
    assert after(draft(), FOLLOW_UP, NOW) is None
    assert after(draft(), OUTCOME, NOW) is None


def test_once_it_was_held_only_what_is_missing_is_asked_for() -> None:
    whole = draft(observed="x")
    assert gap_after(whole, CONVERSATION) is None
    bare = replace(whole, content={"agent": DANA.user})
    order: list[Element | None] = [CONVERSATION]
    while order[-1] is not None:
        order.append(gap_after(bare, order[-1]))
    assert order == [CONVERSATION, EVIDENCE, OBSERVATION, TARGET, FOLLOW_UP, None]


def test_what_is_missing_may_wait_a_day_from_the_session() -> None:
    assert complete_by(planned(), NOW) == AHEAD + dt.timedelta(days=1)
    assert complete_by(draft(), NOW) == NOW + dt.timedelta(days=1)
