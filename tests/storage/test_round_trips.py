"""What is read is what was saved, for every log that there can be."""

from __future__ import annotations

import asyncio
import datetime as dt
import itertools
import json
from dataclasses import replace
from types import SimpleNamespace
from typing import Any, cast

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Row

from coaching.change import Change
from coaching.criteria import Criterion, Scale, ScaleKind
from coaching.elements import FIELDS
from coaching.follow_up import Verdict
from coaching.log import Log, State
from coaching.said import (
    Acknowledgement,
    AgentView,
    Agrees,
    Answer,
    CheckIn,
    Decided,
    Reopened,
    Ruling,
    Support,
    Voided,
)
from storage.engine import compact
from storage.mapping import canonical, log_of_row, row_of_log
from storage.store import Store
from tests.coaching.cast import every_state
from tests.storage.writing import NOW, WORKSPACE

# NUL is refused before it comes this far, since PostgreSQL takes it in no text.
TEXT = st.text(st.characters(exclude_characters="\0"), max_size=40)
USERS = st.text("US0123456789", min_size=1)
"""What stands in front of the program lets no other text through as a user ID."""
TIMES = st.datetimes(
    min_value=dt.datetime(1990, 1, 1),  # noqa: DTZ001 - Hypothesis takes bounds without a zone
    max_value=dt.datetime(2090, 1, 1),  # noqa: DTZ001 - as above
    timezones=st.just(dt.UTC),
)
DAYS = st.dates(dt.date(1990, 1, 1), dt.date(2090, 1, 1)).map(dt.date.isoformat)
VALUES = st.one_of(TEXT, st.integers(), st.lists(TEXT, max_size=4).map(tuple))
SESSIONS = st.integers(0, 4_000_000_000)
CONTENT = st.builds(
    lambda free, told: {**free, **told},
    st.dictionaries(st.sampled_from([*FIELDS, "a field of tomorrow"]), VALUES, max_size=8),
    st.fixed_dictionaries({"session_at": SESSIONS, "step_by": DAYS}, optional={"agent": TEXT}),
)
ABOUT = st.sampled_from(["summary", "decision"])
VIEWS = st.builds(AgentView, TIMES, st.sampled_from(Agrees), TEXT, ABOUT)
ANSWERS = st.builds(Answer, TIMES, TEXT, st.sampled_from(Ruling), TEXT, ABOUT, st.none() | TIMES)
RESPONSES = st.builds(Answer, TIMES, TEXT, st.sampled_from(Support), TEXT)
LOGS = st.builds(
    Log,
    workspace=st.just(WORKSPACE),
    id=st.just("log"),
    number=st.just(1),
    supervisor=USERS,
    agent=st.none() | st.text("US0123456789", min_size=1),
    state=st.sampled_from(State),
    created_at=TIMES,
    content=CONTENT,
    versions=st.dictionaries(TEXT, st.integers(0, 2**31), max_size=5),
    saved=st.just(0),
    revision=st.integers(0, 2**31 - 1),
    shared_at=st.none() | TIMES,
    due_at=st.none() | TIMES,
    told_at=st.none() | TIMES,
    told_revision=st.integers(1, 9),
    revised_at=st.none() | TIMES,
    extensions=st.integers(0, 2),
    second_reason=TEXT,
    acknowledgement=st.none() | st.builds(Acknowledgement, TIMES, st.integers(0, 9), TEXT),
    views=st.lists(VIEWS, max_size=3).map(tuple),
    disagreement_answer=st.none() | ANSWERS,
    earlier_answers=st.lists(ANSWERS, max_size=2).map(tuple),
    check_ins=st.lists(
        st.builds(CheckIn, TIMES, USERS, CONTENT, st.none() | TIMES, st.none() | TIMES), max_size=3
    ).map(tuple),
    decided=st.none()
    | st.builds(
        Decided,
        TIMES,
        TEXT,
        st.sampled_from(["close", "continue", "escalate"]),
        st.sampled_from(Verdict),
    ),
    escalation_answer=st.none() | RESPONSES,
    reopened=st.lists(
        st.builds(
            Reopened,
            TIMES,
            USERS,
            TEXT,
            TEXT,
            st.none() | RESPONSES,
            st.none() | VIEWS,
            st.integers(0, 9),
        ),
        max_size=2,
    ).map(tuple),
    voided=st.none() | st.builds(Voided, TIMES, TEXT, TEXT),
    continues=st.none() | st.text("abc", min_size=1),
    continued_by=st.none() | st.text("abc", min_size=1),
    step_done=st.none() | TIMES,
    step_later=st.none() | TIMES,
)


def _through_json(log: Log) -> Log:
    row = row_of_log(log)
    for column in ("content", "versions", "said"):
        row[column] = json.loads(compact(row[column]))
    return log_of_row(cast("Row[Any]", SimpleNamespace(**row)))


@given(LOGS)
def test_a_row_holds_all_of_a_log(log: Log) -> None:
    again = _through_json(log)
    assert again == log
    assert canonical(again) == canonical(log)


@given(LOGS, LOGS)
def test_the_hash_of_a_log_tells_it_from_every_other(one: Log, other: Log) -> None:
    assert (canonical(one) == canonical(other)) == (one == other)


@pytest.mark.parametrize("log", every_state().values(), ids=every_state())
def test_every_state_comes_back(log: Log) -> None:
    assert _through_json(log) == log


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(drawn=LOGS)
async def test_a_database_gives_back_what_it_was_given(store: Store, drawn: Log) -> None:
    log = replace(drawn, id=f"log{next(_COUNT)}", number=0)
    (saved,) = await store.save(Change(log=log, action="test", actor="U0", at=NOW))
    assert saved == replace(log, number=saved.number, saved=1)
    assert await store.log(WORKSPACE, log.id) == saved
    if log.revision:
        assert await store.revision(WORKSPACE, log.id, log.revision) == log.content


_COUNT = itertools.count()


async def test_criteria_come_back_in_the_order_of_their_names(store: Store) -> None:
    criteria = [
        Criterion("c2", "Tone", Scale(ScaleKind.POINTS, 5)),
        Criterion("c1", "discovery"),
        Criterion("c3", "Hold  procedure", Scale(ScaleKind.EITHER)),
    ]
    await store.add_criteria(WORKSPACE, criteria, "U0ADMIN", NOW)
    found = await store.criteria(WORKSPACE)
    assert list(found.values()) == [criteria[1], criteria[2], criteria[0]]
    assert await store.criteria("T1") == {}


async def test_a_criterion_that_is_there_is_left_as_it_is(store: Store) -> None:
    first = Criterion("c1", "Discovery")
    await store.add_criteria(WORKSPACE, [first], "U0ADMIN", NOW)
    again = Criterion("c2", " DISCOVERY ", Scale(ScaleKind.POINTS, 5))
    await store.add_criteria(WORKSPACE, [again], "U0ADMIN", NOW)
    assert await store.criteria(WORKSPACE) == {"c1": first}


async def test_what_another_process_adds_is_seen_after_a_second(migrated_url: str) -> None:
    here, there = await Store.open(migrated_url), await Store.open(migrated_url)
    try:
        assert await here.criteria(WORKSPACE) == {}
        await there.add_criteria(WORKSPACE, [Criterion("c1", "Discovery")], "U0ADMIN", NOW)
        assert list(await there.criteria(WORKSPACE)) == ["c1"]
        await asyncio.sleep(1.05)
        assert list(await here.criteria(WORKSPACE)) == ["c1"]
    finally:
        await here.close()
        await there.close()
