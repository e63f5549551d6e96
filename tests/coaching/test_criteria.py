from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coaching.criteria import (
    FAIL,
    NOT_SCORED,
    PASS,
    Criterion,
    NotAScore,
    Scale,
    ScaleKind,
    find,
    is_overall,
    named,
)

PERCENT = Scale()
FIVE = Scale(ScaleKind.POINTS, 5)
EITHER = Scale(ScaleKind.EITHER)
SCALES = st.sampled_from(
    [PERCENT, EITHER, *(Scale(ScaleKind.POINTS, best) for best in (1, 4, 5, 10, 100, 999_999))]
)


@pytest.mark.parametrize(
    ("scale", "typed", "kept"),
    [
        (PERCENT, "55", "55"),
        (PERCENT, " 55 % ", "55"),
        (PERCENT, "55%", "55"),
        (PERCENT, "55,5", "55.5"),
        (PERCENT, "55.50", "55.5"),
        (PERCENT, "0", "0"),
        (PERCENT, "0.000", "0"),
        (PERCENT, "100", "100"),
        (PERCENT, "00100", "100"),
        (PERCENT, "55/100", "55"),
        (PERCENT, "\u0665\u0665", "55"),
        (FIVE, "3", "3"),
        (FIVE, "3 of 5", "3"),
        (FIVE, "3/5", "3"),
        (FIVE, "3,5 OUT OF 5", "3.5"),
        (EITHER, "Pass", PASS),
        (EITHER, " NOT  met ", FAIL),
        (EITHER, "yes", PASS),
    ],
)
def test_a_score_has_one_written_form(scale: Scale, typed: str, kept: str) -> None:
    assert scale.parse(typed) == kept


@pytest.mark.parametrize(
    ("scale", "typed"),
    [
        (PERCENT, ""),
        (PERCENT, "-1"),
        (PERCENT, "100.001"),
        (PERCENT, "1,000"),
        (PERCENT, "1.000"),
        (PERCENT, "101 %"),
        (PERCENT, "55 %%"),
        (PERCENT, "1e2"),
        (PERCENT, "NaN"),
        (PERCENT, "Infinity"),
        (PERCENT, "½"),
        (PERCENT, "pass"),
        (PERCENT, "1.000,5"),
        (PERCENT, "9" * 4000),
        (FIVE, "5.001"),
        (FIVE, "80 %"),
        (FIVE, "3 of 10"),
        (FIVE, "6 of 5"),
        (EITHER, "80"),
        (EITHER, ""),
    ],
)
def test_what_is_no_score_is_refused_with_the_scale_in_words(scale: Scale, typed: str) -> None:
    with pytest.raises(NotAScore, match="scored " + scale.words):
        scale.parse(typed)


@given(SCALES, st.text(max_size=20) | st.decimals(0, 10**6, places=3).map(str))
def test_what_is_displayed_reads_back_as_what_is_kept(scale: Scale, text: str) -> None:
    try:
        kept = scale.parse(text)
    except NotAScore:
        return
    assert scale.parse(scale.display(kept)) == kept
    assert scale.parse(kept) == kept
    assert kept in (PASS, FAIL) or 0 <= Decimal(kept) <= scale.best


@given(st.decimals(0, 100, places=2), st.decimals(0, 100, places=2))
def test_a_better_score_never_reaches_less(one: Decimal, other: Decimal) -> None:
    worse, better = sorted((one, other))
    for threshold in ("0", "50", "80.5", "100"):
        assert PERCENT.reaches(str(better), threshold) >= PERCENT.reaches(str(worse), threshold)


def test_not_scored_reaches_nothing_and_is_displayed_as_it_is() -> None:
    for scale, threshold in ((PERCENT, "0"), (FIVE, "0"), (EITHER, PASS)):
        assert not scale.reaches(NOT_SCORED, threshold)
        assert scale.display(NOT_SCORED) == NOT_SCORED
    assert EITHER.reaches(PASS, PASS)
    assert not EITHER.reaches(FAIL, PASS)


@pytest.mark.parametrize(
    ("scale", "threshold", "words"),
    [
        (PERCENT, "80", "at 80 % or more"),
        (PERCENT, "100", "at 100 %"),
        (FIVE, "4", "at 4 of 5 or more"),
        (FIVE, "5", "at 5 of 5"),
        (EITHER, PASS, "passed"),
    ],
)
def test_the_threshold_in_words(scale: Scale, threshold: str, words: str) -> None:
    assert scale.at_least(threshold) == words


@pytest.mark.parametrize("scale", [PERCENT, FIVE, EITHER])
@pytest.mark.parametrize("kept", ["85", "3.5", PASS, FAIL, NOT_SCORED])
def test_a_score_kept_from_before_the_scale_was_changed_can_be_shown(
    scale: Scale, kept: str
) -> None:
    assert scale.display(kept)
    assert scale.at_least(kept)
    assert scale.reaches(kept, "80") in (True, False)
    assert scale.reaches("80", kept) in (True, False)


def test_the_mean_of_pass_and_fail_is_the_share_that_passed() -> None:
    assert EITHER.of_means.parse("70 %") == "70"
    assert FIVE.of_means is FIVE


def test_the_type_ahead_answers_from_the_first_letter_beginnings_first() -> None:
    catalogue = [Criterion(name, name) for name in ("Policy", "Empathy", "Probing", "Hold")]
    assert [item.name for item in find(catalogue, "p")] == ["Policy", "Probing", "Empathy"]
    assert [item.name for item in find(catalogue, "")] == ["Empathy", "Hold", "Policy", "Probing"]
    assert find(catalogue, "zz") == []


def test_one_criterion_has_one_name_whatever_the_spelling() -> None:
    catalogue = [Criterion("c1", "Hold procedure")]
    assert named(catalogue, "  hold   PROCEDURE ") == catalogue[0]
    assert named(catalogue, "hold") is None


@pytest.mark.parametrize(
    ("name", "overall"), [("Overall", True), (" QA  Score", True), ("Discovery", False)]
)
def test_the_name_of_a_whole_scorecard_is_known(name: str, overall: bool) -> None:  # noqa: FBT001  parametrized
    assert is_overall(name) is overall
