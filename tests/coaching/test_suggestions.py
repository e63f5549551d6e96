from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coaching.criteria import Criterion, Scale, ScaleKind
from coaching.elements import CONVERSATION, ELEMENTS, EVIDENCE, FOLLOW_UP, TARGET
from coaching.entries import Setting, check
from coaching.fields import Element, Value
from coaching.follow_up import follow_up_of
from coaching.suggestions import open_cycle, suggested, usual_threshold
from tests.coaching.cast import (
    CRITERIA,
    DISCOVERY,
    EMPATHY,
    HOLD,
    NOW,
    SETTING,
    SMALLEST,
    opened,
)


@pytest.mark.parametrize("element", ELEMENTS, ids=lambda element: element.key)
def test_nothing_that_has_a_value_is_suggested(element: Element) -> None:
    assert not set(suggested(element, SMALLEST, SETTING)) & set(SMALLEST)


@pytest.mark.parametrize("criterion", [DISCOVERY, EMPATHY, HOLD])
def test_a_suggested_plan_can_be_taken_as_it_is(criterion: Criterion) -> None:
    plan = suggested(FOLLOW_UP, {"criterion": criterion.id}, SETTING)
    checked = check(plan, {}, SETTING)
    assert checked.problems == ()
    assert checked.content == plan
    found = follow_up_of(plan, CRITERIA)
    assert found is not None
    assert (found.calls, found.reaching) == (10, 7)
    assert found.review_by == dt.date(2026, 12, 24)


def test_a_criterion_that_is_about_to_be_added_is_suggested_too() -> None:
    plan = suggested(FOLLOW_UP, {"criterion": "new:Tone"}, SETTING)
    assert plan["follow_up_criterion"] == "new:Tone"
    assert plan["threshold"] == "80"
    assert "threshold" not in suggested(FOLLOW_UP, {}, SETTING)


@given(st.dates(dt.date(2026, 1, 1), dt.date(2036, 1, 1)))
def test_the_day_suggested_is_a_weekday_about_thirty_days_ahead(day: dt.date) -> None:
    now = dt.datetime(day.year, day.month, day.day, 12, tzinfo=dt.UTC)
    setting = Setting(now, SETTING.zone, CRITERIA)
    review_by = dt.date.fromisoformat(str(suggested(FOLLOW_UP, {}, setting)["review_by"]))
    assert review_by.weekday() < 5
    assert 30 <= (review_by - day).days <= 32


@pytest.mark.parametrize("key", ["calls", "calls_reaching"])
@pytest.mark.parametrize("count", [1, 6, 7, 8, 10, 11, 200])
def test_figures_suggested_beside_a_stored_one_fit_it(key: str, count: int) -> None:
    content: dict[str, Value] = {key: count}
    whole = {**suggested(FOLLOW_UP, content, SETTING), **content}
    calls, reaching = whole["calls"], whole["calls_reaching"]
    assert isinstance(calls, int)
    assert isinstance(reaching, int)
    assert 1 <= reaching <= calls


@given(st.integers(1, 999_999))
def test_the_usual_threshold_lies_on_every_scale_above_nothing(best: int) -> None:
    scale = Scale(ScaleKind.POINTS, best)
    threshold = usual_threshold(Criterion("c", "C", scale))
    assert scale.parse(threshold) == threshold
    assert not scale.reaches("0", threshold)


def test_the_session_is_now_and_the_criterion_that_of_the_open_cycle() -> None:
    found = suggested(EVIDENCE, {"follow_up_criterion": "c2"}, SETTING)
    assert found["criterion"] == "c2"
    at = dt.datetime.fromtimestamp(int(str(found["session_at"])), dt.UTC)
    assert at == NOW
    later = Setting(NOW + dt.timedelta(minutes=4, seconds=59), SETTING.zone, CRITERIA)
    assert suggested(EVIDENCE, {}, later)["session_at"] == found["session_at"]


def test_a_next_step_is_the_supervisors_unless_said_otherwise() -> None:
    assert suggested(CONVERSATION, {}, SETTING) == {}
    step: dict[str, Value] = {"step_what": "Send the calls"}
    assert suggested(CONVERSATION, step, SETTING) == {"step_who": "supervisor"}
    assert suggested(CONVERSATION, {**step, "step_who": "agent"}, SETTING) == {}


def test_an_open_target_is_gone_on_with() -> None:
    agreed = opened(threshold="75", calls=12, calls_reaching=9, shows="Reason asked first")
    cycle = open_cycle({}, [replace(opened(criterion="c2", score="3"), number=7), agreed])
    assert suggested(EVIDENCE, {}, SETTING, cycle)["criterion"] == "c1"
    assert suggested(TARGET, {}, SETTING, cycle) == {
        "target": SMALLEST["target"],
        "shows": "Reason asked first",
    }
    assert suggested(FOLLOW_UP, {}, SETTING, cycle) == {
        "follow_up_criterion": "c1",
        "threshold": "75",
        "calls": 12,
        "calls_reaching": 9,
        "review_by": "2026-12-24",
    }


def test_with_another_criterion_nothing_of_it_is_taken_over() -> None:
    picked: dict[str, Value] = {"criterion": "c2"}
    assert open_cycle(picked, [opened()]) == {}
    assert open_cycle(picked, []) == {}
    other: dict[str, Value] = {"criterion": "c1", "follow_up_criterion": "c2"}
    plan = suggested(FOLLOW_UP, other, SETTING, open_cycle(other, [opened(threshold="75")]))
    assert plan["threshold"] == "4"


def test_a_threshold_on_a_scale_that_was_changed_is_not_suggested() -> None:
    cycle = open_cycle({}, [opened(threshold="75")])
    setting = Setting(NOW, SETTING.zone, {"c1": Criterion("c1", "Discovery", EMPATHY.scale)})
    assert suggested(FOLLOW_UP, {}, setting, cycle)["threshold"] == "4"
