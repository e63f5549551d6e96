from __future__ import annotations

import datetime as dt

from coaching.change import Refused
from coaching.draft import complete_by, gap, hold, is_planned, neighbours, session_at
from coaching.elements import (
    CONVERSATION,
    EVIDENCE,
    FOLLOW_UP,
    OBSERVATION,
    OUTCOME,
    TARGET,
)
from coaching.log import Log
from tests.coaching.cast import NOW, SAM, changed, draft, opened

AHEAD = NOW + dt.timedelta(days=3)


def planned(**content: str) -> Log:
    return draft(session_at=int(AHEAD.timestamp()), **content)


def test_only_a_draft_is_planned_and_only_until_its_time() -> None:
    assert is_planned(planned(), NOW)
    assert not is_planned(planned(), AHEAD)
    assert not is_planned(draft(), NOW)
    assert not is_planned(opened(session_at=int(AHEAD.timestamp())), NOW)
    assert session_at(planned()) == AHEAD
    assert session_at(draft()) is None


def test_held_it_took_place_now() -> None:
    held = changed(hold(planned(), actor=SAM, now=NOW))
    assert session_at(held) == NOW
    assert held.versions["evidence"] == planned().versions["evidence"] + 1
    assert not is_planned(held, NOW)
    assert isinstance(hold(held, actor=SAM, now=NOW), Refused)


def test_a_planned_session_is_walked_through_without_its_conversation() -> None:
    assert gap(planned(), NOW) is OBSERVATION
    assert gap(planned(observed="x"), NOW) is None
    assert gap(planned(observed="x"), AHEAD) is CONVERSATION
    assert neighbours(planned(), TARGET, NOW) == (OBSERVATION, FOLLOW_UP)
    assert neighbours(planned(), FOLLOW_UP, NOW) == (TARGET, None)
    assert neighbours(planned(), CONVERSATION, NOW) == (TARGET, FOLLOW_UP)
    assert neighbours(draft(), TARGET, NOW) == (OBSERVATION, CONVERSATION)
    assert neighbours(draft(), EVIDENCE, NOW) == (None, OBSERVATION)
    assert neighbours(draft(), OUTCOME, NOW) == (FOLLOW_UP, None)


def test_what_is_missing_may_wait_a_day_from_the_session() -> None:
    assert complete_by(planned(), NOW) == AHEAD + dt.timedelta(days=1)
    assert complete_by(draft(), NOW) == NOW + dt.timedelta(days=1)
