from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coaching.elements import CONVERSATION, ELEMENTS, EVIDENCE, FIELDS, FOLLOW_UP
from coaching.entries import Setting, check, plan_of
from coaching.fields import Content, Kind, Raw, Value
from coaching.follow_up import follow_up_of
from tests.coaching.cast import CRITERIA, NOW, SETTING, SMALLEST

TEXTS = [field.key for field in FIELDS.values() if field.kind in (Kind.TEXT, Kind.LINES)]

TYPED: st.SearchStrategy[Raw] = (
    st.none()
    | st.text(max_size=30)
    | st.sampled_from(
        ["c1", "c3", "new:Tone", "03:12", "55 %", "pass", "10", "7", "2026-12-24", "agreed", "-"]
    )
    | st.integers(-5, 2_000_000_000)
    | st.lists(st.text(max_size=9) | st.sampled_from(["tool", "policy"]), max_size=3).map(tuple)
)
ENTRIES = st.dictionaries(st.sampled_from(sorted(FIELDS)) | st.text(max_size=9), TYPED, max_size=9)


def problem_fields(entries: Mapping[str, Raw], content: Content | None = None) -> list[str]:
    checked = check(entries, content or {}, SETTING)
    assert all(problem.text for problem in checked.problems)
    return [problem.field for problem in checked.problems]


@given(st.dictionaries(st.sampled_from(sorted(FIELDS)), st.sampled_from([None, "", "  ", ()])))
def test_an_empty_field_is_never_refused(entries: dict[str, Raw]) -> None:
    checked = check(entries, {}, SETTING)
    assert checked.problems == ()
    assert checked.content == {}


@pytest.mark.parametrize("element", ELEMENTS, ids=lambda element: element.key)
def test_every_form_may_be_left_empty_and_emptied(element: object) -> None:
    keys = [field.key for field in next(item for item in ELEMENTS if item is element)]
    stored: Content = {**SMALLEST, "points": ("one", "two", "three"), "looked_at": 8, "reached": 7}
    checked = check(dict.fromkeys(keys), stored, SETTING)
    assert checked.problems == ()
    assert checked.content == {k: v for k, v in stored.items() if k not in keys}


@given(ENTRIES)
def test_whatever_is_sent_is_taken_or_refused_on_a_field_of_the_form(
    entries: dict[str, Raw],
) -> None:
    stored = dict(SMALLEST)
    checked = check(entries, stored, SETTING)
    assert stored == SMALLEST
    if checked.problems:
        assert checked.content == SMALLEST
        assert checked.hints == ()
        fields = [problem.field for problem in checked.problems]
        assert set(fields) <= set(entries)
        assert len(set(fields)) == len(fields)
    assert set(checked.content) <= set(FIELDS)


@given(ENTRIES)
def test_what_was_taken_is_taken_again_unchanged(entries: dict[str, Raw]) -> None:
    once = check(entries, {}, SETTING)
    again = check(once.content, {}, SETTING)
    assert again.problems == ()
    assert again.content == once.content


@given(ENTRIES, ENTRIES)
def test_whatever_forms_are_saved_a_plan_asks_for_at_most_n_calls(
    first: dict[str, Raw], second: dict[str, Raw]
) -> None:
    content = check(second, check(first, SMALLEST, SETTING).content, SETTING).content
    plan = follow_up_of(content, CRITERIA)
    assert plan is None or 1 <= plan.reaching <= plan.calls


def test_fields_that_nobody_declared_are_left_out() -> None:
    checked = check({"__class__": "x", "target": "Ask first"}, {}, SETTING)
    assert checked.content == {"target": "Ask first"}
    assert checked.problems == ()


@pytest.mark.parametrize(
    ("key", "raw"),
    [
        ("moment", "soon"),
        ("score", "101"),
        ("score", "pass"),
        ("criterion", "c99"),
        ("criterion", "new:"),
        ("criterion", "new:" + "x" * 61),
        ("threshold", "not scored"),
        ("threshold", "0"),
        ("calls", "0"),
        ("calls", "201"),
        ("calls", "ten"),
        ("calls", "-3"),
        ("calls", "7.5"),
        ("calls", "²"),
        ("calls", "9" * 5000),
        ("calls_reaching", "11"),
        ("review_by", "2026-11-24"),
        ("review_by", "2029-01-01"),
        ("review_by", "24 December"),
        ("session_at", "yesterday"),
        ("session_at", 10**30),
        ("session_at", 0),
        ("agreement", "maybe"),
        ("decision", "fire"),
        ("heard", ("yes", "no")),
        ("target", ("a", "b")),
        ("agent", ("U1",)),
        ("looked_at", "11"),
    ],
)
def test_a_wrong_value_is_refused_on_its_own_field(key: str, raw: Raw) -> None:
    assert problem_fields({key: raw, "quote": "kept out too"}, SMALLEST) == [key]


@pytest.mark.parametrize("key", TEXTS)
def test_texts_hold_3000_characters_and_not_one_more(key: str) -> None:
    assert problem_fields({key: "x" * 3000}) == []
    assert problem_fields({key: "x" * 3001}) == [key]
    assert "3,001" in check({key: "x" * 3001}, {}, SETTING).problems[0].text


@pytest.mark.parametrize("key", TEXTS)
def test_emoji_count_as_slacks_client_counts_them(key: str) -> None:
    assert problem_fields({key: "😀" * 1500}) == []
    (problem,) = check({key: "😀" * 1501}, {}, SETTING).problems
    assert problem.field == key
    assert problem.text == "That is 3,002 characters; 3,000 is the most. An emoji counts as two."


@pytest.mark.parametrize("key", ["target", "points", "call", "step_what"])
def test_control_characters_and_halves_of_characters_are_dropped(key: str) -> None:
    checked = check({key: "a\x00\x1b\x7f\ud83db"}, {}, SETTING)
    assert checked.content[key] in ("ab", ("ab",))
    assert check({key: "\x00\x01"}, SMALLEST, SETTING).content.get(key) is None


def test_invisible_characters_alone_are_nothing() -> None:
    assert check({"target": "\u200b \ufeff\u2060"}, {}, SETTING).content == {}
    kept = "family \U0001f468\u200d\U0001f469"
    assert check({"target": kept}, {}, SETTING).content == {"target": kept}


def test_new_lines_stay_in_texts_and_become_items_in_lists() -> None:
    checked = check({"quote": "one\n\ntwo ", "points": " one \n\n two\n"}, {}, SETTING)
    assert checked.content == {"quote": "one\n\ntwo", "points": ("one", "two")}


def test_lists_of_nothing_known_are_empty() -> None:
    for raw in ((), ("",), ("gone",), "gone"):
        checked = check({"obstacles": raw}, {"obstacles": ("tool",)}, SETTING)
        assert checked.content == {}
    assert check({"points": ("", " ")}, {}, SETTING).content == {}
    twice = check({"obstacles": ("tool", "tool", "gone")}, {}, SETTING)
    assert twice.content == {"obstacles": ("tool",)}


def test_scores_are_read_on_the_scale_chosen_in_the_same_form() -> None:
    entries: dict[str, Raw] = {"score": "4 of 5", "criterion": "c2"}
    assert check(entries, SMALLEST, SETTING).content["score"] == "4"
    assert problem_fields({"score": "55", "criterion": "c3"}, SMALLEST) == ["score"]
    assert check({"score": "N/A"}, SMALLEST, SETTING).content["score"] == "not scored"


def test_a_new_scale_under_a_stored_score_is_refused_where_it_was_chosen() -> None:
    assert problem_fields({"follow_up_criterion": "c2"}, SMALLEST) == ["follow_up_criterion"]
    assert problem_fields({"criterion": "c3"}, SMALLEST) == ["criterion"]
    assert problem_fields({"criterion": None}, SMALLEST) == []
    assert problem_fields({"criterion": "c2"}, {**SMALLEST, "score": "5"}) == []


def test_a_threshold_that_every_call_reaches_is_none() -> None:
    assert problem_fields({"follow_up_criterion": "c3", "threshold": "fail"}) == ["threshold"]
    assert problem_fields({"follow_up_criterion": "c3", "threshold": "pass"}) == []


def test_the_mean_of_pass_and_fail_calls_is_a_share() -> None:
    stored: Content = {"follow_up_criterion": "c3"}
    assert check({"score_after": "70 %"}, stored, SETTING).content["score_after"] == "70"


def test_a_criterion_typed_by_name_is_new_unless_it_is_known() -> None:
    assert check({"criterion": "new: discovery "}, {}, SETTING).content["criterion"] == "c1"
    fresh = check({"criterion": "new:Tone", "score": "101"}, {}, SETTING)
    assert [problem.field for problem in fresh.problems] == ["score"]


@pytest.mark.parametrize(
    ("entries", "stored", "field"),
    [
        ({"calls": 5}, {}, "calls"),
        ({"calls_reaching": 11}, {}, "calls_reaching"),
        ({"calls": 3, "calls_reaching": 4}, {}, "calls_reaching"),
        ({"looked_at": 11, "reached": 5}, {}, "looked_at"),
        ({"looked_at": 5, "reached": 6}, {}, "reached"),
        ({"looked_at": 5}, {"looked_at": 8, "reached": 6}, "looked_at"),
        ({"looked_at": 5}, {}, "looked_at"),
        ({"reached": 5}, {}, "reached"),
        ({"looked_at": None}, {"looked_at": 8, "reached": 6}, "looked_at"),
        ({"looked_at": None, "reached": 6}, {}, "looked_at"),
        ({"looked_at": 8, "reached": None}, {}, "reached"),
    ],
)
def test_figures_that_contradict_are_refused_in_whatever_form_they_meet(
    entries: dict[str, Raw], stored: dict[str, Value], field: str
) -> None:
    assert problem_fields(entries, {**SMALLEST, **stored}) == [field]


@pytest.mark.parametrize(
    ("zone", "today"),
    [("Pacific/Kiritimati", "2026-11-25"), ("Pacific/Pago_Pago", "2026-11-23")],
)
def test_the_review_day_lies_ahead_of_the_writers_own_today(zone: str, today: str) -> None:
    setting = Setting(NOW.replace(hour=10, minute=30), ZoneInfo(zone), CRITERIA)
    assert setting.today.isoformat() == today
    tomorrow = (dt.date.fromisoformat(today) + dt.timedelta(days=1)).isoformat()
    assert check({"review_by": today}, {}, setting).problems
    assert not check({"review_by": tomorrow}, {}, setting).problems


def test_few_points_and_an_overall_score_are_hinted_at_and_taken() -> None:
    overall = {**CRITERIA, "c9": CRITERIA["c1"].__class__("c9", "Overall score")}
    setting = Setting(NOW, ZoneInfo("UTC"), overall)
    checked = check({"criterion": "c9", "points": "one\ntwo"}, {}, setting)
    assert [hint.field for hint in checked.hints] == ["criterion", "points"]
    assert checked.content == {"criterion": "c9", "points": ("one", "two")}
    assert check({"points": "one\ntwo\nthree"}, {}, setting).hints == ()
    assert check({"quote": "x"}, checked.content, setting).hints == ()
    assert [hint.field for hint in check({"criterion": "new:QA"}, {}, setting).hints] == [
        "criterion"
    ]


def test_the_elements_agree_with_themselves() -> None:
    keys = [field.key for element in ELEMENTS for field in element]
    assert len(set(keys)) == len(keys)
    for field in FIELDS.values():
        assert (field.kind is Kind.SCORE) is bool(field.scale_of)
        assert field.limit <= 3000
        if field.scale_of:
            assert FIELDS[field.scale_of].kind is Kind.CRITERION
        if field.kind in (Kind.ONE_OF, Kind.ANY_OF):
            assert field.choices
    assert {field.key for field in (*EVIDENCE, *FOLLOW_UP) if field.needed} < set(SMALLEST)
    assert not any(field.needed for field in CONVERSATION)


@pytest.mark.parametrize(
    "entries", [{}, {"threshold": "80 %"}, {"follow_up_criterion": "new:Warmth"}]
)
def test_a_plan_is_said_as_it_would_be_saved(entries: dict[str, Value]) -> None:
    plan = plan_of({**SMALLEST, **entries}, SETTING)
    assert plan is not None
    assert plan.threshold == "80"


@pytest.mark.parametrize(
    "entries",
    [
        {"follow_up_criterion": "c3"},
        {"calls_reaching": 11},
        {"review_by": "2026-11-24"},
        {"review_by": "soon"},
    ],
)
def test_a_plan_that_could_not_be_saved_is_not_said(entries: dict[str, Value]) -> None:
    assert plan_of({**SMALLEST, **entries}, SETTING) is None
