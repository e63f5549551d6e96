"""What fields hold, what people may put into them, and what Slack's client checks itself."""

from __future__ import annotations

from typing import Any

import pytest

from playground.fields import Fields
from playground.surfaces import kept_blocks
from playground.tests.conftest import World
from playground.tests.test_block_rules import options, select, with_input
from playground.tests.toy import Json, modal, plain, text_input
from playground.wire import PageError


def one_field(element: Json, **block: object) -> tuple[list[Json], Fields]:
    blocks = kept_blocks([with_input({"action_id": "a", **element}, block_id="b", **block)])
    fields = Fields()
    fields.show(blocks)
    return blocks, fields


EMPTY = {
    "plain_text_input": {"value": None},
    "email_text_input": {"value": None},
    "url_text_input": {"value": None},
    "external_select": {"selected_option": None},
    "users_select": {"selected_user": None},
    "datepicker": {"selected_date": None},
    "timepicker": {"selected_time": None},
    "datetimepicker": {"selected_date_time": None},
}


@pytest.mark.parametrize("kind", EMPTY)
def test_an_untouched_field_is_in_the_state_as_empty(kind: str) -> None:
    _, fields = one_field({"type": kind})
    assert fields.values == {"b": {"a": {"type": kind, **EMPTY[kind]}}}


OPTIONS = kept_blocks([with_input(select(options=options(3)))])[0]["element"]["options"]


@pytest.mark.parametrize(
    ("element", "raw", "entry"),
    [
        ({"type": "plain_text_input"}, "x", {"value": "x"}),
        ({"type": "plain_text_input", "initial_value": "x"}, "", {"value": None}),
        ({"type": "number_input", "is_decimal_allowed": True}, "1.5", {"value": "1.5"}),
        (select(options=options(3)), "v1", {"selected_option": OPTIONS[1]}),
        (select("radio_buttons", options=options(3)), "v1", {"selected_option": OPTIONS[1]}),
        (
            select("checkboxes", options=options(3)),
            ["v2", "v0"],
            {"selected_options": [OPTIONS[0], OPTIONS[2]]},
        ),
        (select("checkboxes", options=options(3)), [], {"selected_options": []}),
        (select("multi_static_select", options=options(3)), None, {"selected_options": []}),
        (
            select("external_select"),
            {"value": "v", "text": "T"},
            {"selected_option": {"text": plain("T") | {"emoji": True}, "value": "v"}},
        ),
        (select("users_select"), "U1", {"selected_user": "U1"}),
        ({"type": "datepicker"}, "2026-12-24", {"selected_date": "2026-12-24"}),
        (
            {"type": "timepicker", "timezone": "Europe/London"},
            "09:00",
            {"selected_time": "09:00", "timezone": "Europe/London"},
        ),
        ({"type": "datetimepicker"}, 1_800_000_000, {"selected_date_time": 1_800_000_000}),
    ],
)
def test_what_is_put_in_becomes_slacks_entry(element: Json, raw: object, entry: Json) -> None:
    blocks, fields = one_field(element | {"action_id": "a"})
    fields.fill(blocks, {"b": {"a": raw}}, {})
    assert fields.values == {"b": {"a": {"type": element["type"], **entry}}}


@pytest.mark.parametrize(
    ("element", "raw", "error"),
    [
        (select(options=options(1)), "v9", "option_not_found"),
        (select("checkboxes", options=options(1)), "v0", "value_must_be_a_list"),
        ({"type": "datetimepicker"}, "soon", "value_must_be_an_epoch"),
        ({"type": "plain_text_input"}, 5, "value_must_be_a_string"),
    ],
)
def test_what_no_client_could_send_is_refused(element: Json, raw: object, error: str) -> None:
    blocks, fields = one_field(element | {"action_id": "a"})
    with pytest.raises(PageError, match=error):
        fields.fill(blocks, {"b": {"a": raw}}, {})
    with pytest.raises(PageError, match="element_not_found"):
        fields.fill(blocks, {"b": {"other": raw}}, {})


@pytest.mark.parametrize(
    ("element", "raw", "words"),
    [
        ({"type": "plain_text_input"}, None, "Please complete this required field."),
        ({"type": "plain_text_input", "max_length": 2}, "xyz", "no more than 2 characters"),
        ({"type": "plain_text_input", "min_length": 2}, "x", "at least 2 characters"),
        ({"type": "plain_text_input", "max_length": 4}, "😀" * 3, "no more than 4 characters"),
        ({"type": "plain_text_input"}, "x" * 3001, "no more than 3000 characters"),
        ({"type": "number_input", "is_decimal_allowed": True}, "ten", "enter a number"),
        ({"type": "number_input", "is_decimal_allowed": False}, "1.5", "a whole number"),
        (
            {"type": "number_input", "is_decimal_allowed": True, "min_value": "2"},
            "1",
            "at least 2",
        ),
        (
            {"type": "number_input", "is_decimal_allowed": True, "max_value": "2"},
            "3",
            "at most 2",
        ),
        ({"type": "email_text_input"}, "dana", "a valid email"),
        ({"type": "url_text_input"}, "example", "a valid URL"),
        (select("checkboxes", options=options(1)), [], "required field"),
        (
            select("multi_static_select", options=options(3), max_selected_items=1),
            ["v0", "v1"],
            "no more than 1",
        ),
    ],
)
def test_the_client_checks_before_the_app_is_asked(element: Json, raw: Any, words: str) -> None:
    blocks, fields = one_field(element | {"action_id": "a"})
    fields.fill(blocks, {"b": {"a": raw}}, {})
    assert words in fields.unready(blocks)["b"]


@pytest.mark.parametrize(
    ("element", "raw"),
    [
        ({"type": "plain_text_input"}, "x" * 3000),
        ({"type": "number_input", "is_decimal_allowed": True}, "-1.5"),
        ({"type": "email_text_input"}, "dana@example.com"),
        ({"type": "url_text_input"}, "https://example.com/a?b"),
    ],
)
def test_the_client_lets_good_values_through(element: Json, raw: str) -> None:
    blocks, fields = one_field(element)
    fields.fill(blocks, {"b": {"a": raw}}, {})
    assert fields.unready(blocks) == {}


def test_an_optional_field_may_stay_empty() -> None:
    blocks, fields = one_field({"type": "plain_text_input"}, optional=True)
    assert fields.unready(blocks) == {}


def test_a_choice_that_is_no_longer_offered_is_dropped() -> None:
    blocks, fields = one_field(select(options=options(3)) | {"action_id": "a"})
    fields.fill(blocks, {"b": {"a": "v2"}}, {})
    fewer, _ = one_field(select(options=options(2)) | {"action_id": "a"})
    fields.show(fewer)
    assert fields.values["b"]["a"]["selected_option"] is None


async def test_an_initial_value_is_in_the_state_that_the_app_gets(world: World) -> None:
    world.toy.next_view = modal(text_input("Name", "name", initial_value="Ada"))
    await world.dana.types("/toy open")
    assert await (await world.dana.modal()).submit() is None
    state = world.toy.last("view_submission")["view"]["state"]["values"]
    assert state == {"name": {"text": {"type": "plain_text_input", "value": "Ada"}}}
