from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coaching.follow_up import (
    FollowUp,
    Verdict,
    day_words,
    extended,
    follow_up_of,
    verdict_of,
)
from coaching.worktime import next_weekday
from tests.coaching.cast import CRITERIA, DISCOVERY, EMPATHY, HOLD, SMALLEST, figures

DAY = dt.date(2026, 12, 24)
DAYS = st.dates(dt.date(2020, 1, 1), dt.date(2060, 1, 1))


@st.composite
def plans(draw: st.DrawFn) -> FollowUp:
    calls = draw(st.integers(1, 200))
    return FollowUp(DISCOVERY, "80", calls, draw(st.integers(1, calls)), DAY)


@pytest.mark.parametrize(
    ("plan", "sentence"),
    [
        (
            FollowUp(DISCOVERY, "80", 10, 7, DAY),
            "Discovery at 80 % or more on 7 of the next 10 scored calls, by Thu 24 December",
        ),
        (
            FollowUp(DISCOVERY, "100", 3, 3, DAY),
            "Discovery at 100 % on each of the next 3 scored calls, by Thu 24 December",
        ),
        (
            FollowUp(EMPATHY, "4", 1, 1, DAY),
            "Empathy at 4 of 5 or more on the next scored call, by Thu 24 December",
        ),
        (
            FollowUp(HOLD, "pass", 5, 4, dt.date(2027, 1, 4)),
            "Hold procedure passed on 4 of the next 5 scored calls, by Mon 4 January 2027",
        ),
    ],
)
def test_the_plan_in_one_plain_sentence(plan: FollowUp, sentence: str) -> None:
    assert plan.sentence(2026) == sentence


@given(plans(), st.integers(0, 200), st.integers(0, 200))
def test_met_means_k_reached_and_not_met_needs_all_n(
    plan: FollowUp, looked_at: int, reached: int
) -> None:
    verdict = plan.verdict(looked_at, reached)
    assert (verdict is Verdict.MET) is (reached >= plan.reaching)
    if verdict is Verdict.NOT_MET:
        assert looked_at >= plan.calls
    if verdict is Verdict.TOO_FEW:
        assert looked_at < plan.calls


@given(plans(), st.integers(0, 199), st.integers(0, 199))
def test_one_more_call_never_makes_a_verdict_less_certain(
    plan: FollowUp, looked_at: int, reached: int
) -> None:
    now, missed = plan.verdict(looked_at, reached), plan.verdict(looked_at + 1, reached)
    hit = plan.verdict(looked_at + 1, reached + 1)
    if now is Verdict.MET:
        assert missed is hit is Verdict.MET
    if now is Verdict.NOT_MET:
        assert missed is Verdict.NOT_MET


@pytest.mark.parametrize("key", ["follow_up_criterion", "threshold", "calls", "review_by"])
def test_a_plan_with_a_part_missing_is_no_plan(key: str) -> None:
    content = {name: value for name, value in SMALLEST.items() if name != key}
    assert follow_up_of(content, CRITERIA) is None
    assert verdict_of({**content, "looked_at": 10, "reached": 10}, CRITERIA) is None


def test_a_verdict_needs_both_figures() -> None:
    assert verdict_of(SMALLEST, CRITERIA) is None
    assert verdict_of({**SMALLEST, "looked_at": 10}, CRITERIA) is None
    assert verdict_of(figures(0, 0), CRITERIA) is Verdict.TOO_FEW
    assert verdict_of(figures(7, 7), CRITERIA) is Verdict.MET
    assert verdict_of(figures(10, 6), CRITERIA) is Verdict.NOT_MET


def test_a_day_is_the_same_words_for_everybody() -> None:
    assert day_words(DAY, 2026) == "Thu 24 December"
    assert day_words(DAY, 2025) == "Thu 24 December 2026"
    assert day_words(dt.date(2026, 2, 1), 2026) == "Sun 1 February"


@given(DAYS)
def test_the_next_weekday_is_that_day_or_the_monday_after(day: dt.date) -> None:
    moved = next_weekday(day)
    assert moved.weekday() < 5
    assert (moved == day) is (day.weekday() < 5)
    assert moved - day <= dt.timedelta(days=2)


@given(DAYS, DAYS)
def test_an_extension_lies_ahead_of_both_the_old_day_and_today(
    review_by: dt.date, today: dt.date
) -> None:
    day = extended(FollowUp(DISCOVERY, "80", 10, 7, review_by), today)
    assert day > today
    assert day > review_by
    assert day.weekday() < 5
