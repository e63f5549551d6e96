from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coaching.elements import CONVERSATION, EVIDENCE, FOLLOW_UP
from coaching.entries import Problem
from tests.coaching.cast import CRITERIA, DANA, SAM, SMALLEST
from tests.views.slack import handed_back, typed
from views.form import FormAbout, errors, form, read
from views.meta import Meta
from views.parts import View
from views.reading_back import state_choice, state_text

ABOUT = FormAbout(agent=DANA, supervisor=SAM, criteria=CRITERIA)
META = Meta(log="L1", element="evidence", walk=True, more=True)


def evidence() -> View:
    return form(EVIDENCE, SMALLEST, META, ABOUT)


def test_a_field_that_did_not_come_back_is_lost_not_emptied() -> None:
    view = handed_back(evidence())
    del view["state"]["values"]["call~0"]
    entered = read(view)
    assert entered.lost == ("call",)
    assert "call" not in entered.entries
    assert entered.meta == META


def test_an_emptied_field_is_none() -> None:
    entered = read(typed(evidence(), **{"call~0": {"type": "plain_text_input", "value": None}}))
    assert entered.entries["call"] is None
    assert entered.lost == ()


def test_fields_of_an_older_generation_do_not_count() -> None:
    view = handed_back(evidence())
    view["state"]["values"]["call~9"] = view["state"]["values"].pop("call~0")
    assert read(view).lost == ("call",)


@pytest.mark.parametrize(
    ("block_id", "entry"),
    [
        ("call~0", {"value": 7}),
        ("call~0", {"value": ["x"]}),
        ("call~0", "x"),
        ("call~0", {"selected_option": {"value": "x"}}),
        ("criterion~0", {"selected_option": "c1"}),
        ("criterion~0", {"selected_option": {"value": 3}}),
        ("session_at~0", {"selected_date_time": "now"}),
        ("session_at~0", {"selected_date_time": True}),
        ("agent~0", {"selected_user": {"id": "U1"}}),
    ],
)
def test_what_cannot_be_read_is_lost(block_id: str, entry: object) -> None:
    entered = read(typed(evidence(), **{block_id: entry}))
    assert entered.lost == (block_id.partition("~")[0],)


def test_answers_come_back_by_their_keys() -> None:
    view = form(CONVERSATION, {"obstacles": ("tool", "policy"), "agreement": "agreed"}, META, ABOUT)
    entered = read(handed_back(view))
    assert entered.entries["obstacles"] == ("policy", "tool")
    assert entered.entries["agreement"] == "agreed"
    wrong = {"obstacles~0": {"selected_options": "tool"}}
    assert read(typed(view, **wrong)).lost == ("obstacles",)


def test_a_count_comes_back_as_a_number_and_what_is_none_as_typed() -> None:
    view = form(FOLLOW_UP, SMALLEST, META, ABOUT)

    def count(value: str) -> object:
        return read(typed(view, **{"calls~0": {"value": value}})).entries["calls"]

    assert count("12") == 12
    assert count("-3") == "-3"
    assert count("1" * 9) == "1" * 9
    assert count("٣") == "٣"


def test_forged_fields_and_metadata_are_ignored() -> None:
    view = handed_back(evidence())
    view["blocks"].append({"type": "input", "block_id": "salary~0", "element": {}})
    view["blocks"].append("nonsense")
    view["state"]["values"]["salary~0"] = {"salary": {"value": "1"}}
    view["private_metadata"] = '{"log": 3}'
    entered = read(view)
    assert "salary" not in entered.entries
    assert entered.meta == Meta()


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=8,
)


@given(st.sampled_from(["blocks", "state", "private_metadata"]), anything)
def test_no_payload_makes_it_raise(key: str, value: Any) -> None:
    view = handed_back(evidence())
    read({**view, key: value})
    state_text({**view, key: value}, "call~0", "call")
    state_choice({**view, key: value}, "criterion~0", "coach.criterion")


@given(anything, st.sampled_from(["call~0", "criterion~0", "session_at~0", "agent~0", "score~0"]))
def test_no_entry_makes_it_raise(value: Any, block_id: str) -> None:
    view = copy.deepcopy(handed_back(evidence()))
    for name in list(view["state"]["values"][block_id]):
        entry = view["state"]["values"][block_id][name]
        for key in list(entry):
            entry[key] = value
    entered = read(view)
    assert set(entered.entries) | set(entered.lost) == {field.key for field in EVIDENCE}


def test_problems_stand_on_their_fields() -> None:
    entered = read(handed_back(evidence()))
    found = errors(
        [
            Problem("moment", "The moment is written mm:ss."),
            Problem("second_reason", "Why a second target?"),
            Problem("agent", "Pick somebody else."),
        ],
        entered,
    )
    assert found == {
        "moment~0": "The moment is written mm:ss.",
        "agent~0": "Why a second target? Pick somebody else.",
    }


def test_a_view_without_fields_has_nowhere_to_put_a_problem() -> None:
    assert errors([Problem("call", "x")], read({"blocks": []})) == {}
