"""Slack's limits on every block and element, answered with a JSON pointer."""

from __future__ import annotations

from typing import Any

import pytest

from playground.surfaces import checked_blocks, checked_view
from playground.tests.toy import Json, modal, plain, section, text_input
from playground.wire import ApiError


def options(count: int, length: int = 5) -> list[Json]:
    return [{"text": plain(f"{n:0>{length}}"), "value": f"v{n}"} for n in range(count)]


def with_input(element: Json, **block: object) -> Json:
    return {"type": "input", "label": plain("Label"), "element": element, **block}


def with_actions(*elements: Json) -> Json:
    return {"type": "actions", "elements": list(elements)}


def button(**extra: object) -> Json:
    return {"type": "button", "text": plain("Press"), "action_id": "press", **extra}


def select(kind: str = "static_select", **extra: object) -> Json:
    return {"type": kind, "action_id": "pick", **extra}


def refusals(block: object) -> list[str]:
    """What Slack says of a block that stands alone in a modal."""
    with pytest.raises(ApiError) as caught:
        checked_view(modal() | {"blocks": [block]}, "modal")
    assert caught.value.error == "invalid_arguments"
    messages = caught.value.extra["response_metadata"]
    assert isinstance(messages, dict)
    found: list[str] = messages["messages"]
    return found


CONFIRM = {
    "title": plain("Sure?"),
    "text": plain("It can't be undone."),
    "confirm": plain("Yes"),
    "deny": plain("No"),
}
EVERY_ELEMENT_IN_INPUT: list[Json] = [
    {"type": "plain_text_input", "multiline": True, "initial_value": "x", "max_length": 10},
    {"type": "number_input", "is_decimal_allowed": False, "min_value": "1", "max_value": "9"},
    {"type": "email_text_input", "placeholder": plain("you@example.com")},
    {"type": "url_text_input", "focus_on_load": True},
    select(options=options(100), initial_option=options(1)[0]),
    select(option_groups=[{"label": plain("Group"), "options": options(2)}]),
    select("multi_static_select", options=options(3), max_selected_items=2),
    select("external_select", min_query_length=1),
    select("users_select", initial_user="U1"),
    select("checkboxes", options=options(10), initial_options=options(2)),
    select("radio_buttons", options=options(10)),
    {"type": "datepicker", "initial_date": "2026-11-24"},
    {"type": "timepicker", "initial_time": "23:59", "timezone": "Europe/London"},
    {"type": "datetimepicker", "initial_date_time": 1_800_000_000},
]
EVERY_BLOCK: list[Json] = [
    section("x" * 3000),
    {"type": "section", "fields": [plain("x" * 1000)] * 10},
    {"type": "section", "fields": [plain("x" * 2000)]},
    section(
        "Press", accessory=button(style="danger", confirm=CONFIRM, value="v", url="https://a.b")
    ),
    section("Look", accessory={"type": "image", "alt_text": "a", "image_url": "https://a.b/c"}),
    {"type": "header", "text": plain("x" * 150)},
    {"type": "context", "elements": [{"type": "mrkdwn", "text": "*x*", "verbatim": True}] * 10},
    {"type": "divider"},
    {"type": "image", "alt_text": "a", "image_url": "https://a.b/c", "title": plain("t")},
    with_actions(*[button(action_id=f"b{n}") for n in range(25)]),
    with_actions(select("overflow", options=options(5))),
    {
        "type": "rich_text",
        "elements": [
            {
                "type": "rich_text_section",
                "elements": [
                    {"type": "text", "text": "Hi", "style": {"bold": True}},
                    {"type": "user", "user_id": "U1"},
                    {"type": "emoji", "name": "wave"},
                    {"type": "link", "url": "https://a.b", "text": "there"},
                    {"type": "date", "timestamp": 1_800_000_000, "format": "{date}"},
                ],
            },
            {
                "type": "rich_text_list",
                "style": "bullet",
                "indent": 8,
                "elements": [{"type": "rich_text_section", "elements": []}],
            },
            {"type": "rich_text_quote", "elements": [{"type": "text", "text": "q"}]},
            {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": "p"}]},
        ],
    },
    *[with_input(element) for element in EVERY_ELEMENT_IN_INPUT],
]


@pytest.mark.parametrize("block", EVERY_BLOCK, ids=lambda block: str(block["type"]))
def test_what_stays_within_the_limits_is_taken_everywhere(block: Json) -> None:
    checked_view(modal(block), "modal")
    assert checked_blocks([block])
    if block["type"] != "input":
        checked_view({"type": "home", "blocks": [block]}, "home")


@pytest.mark.parametrize(
    ("block", "finding"),
    [
        (section("x" * 3001), "must be less than 3001 characters|/text/text"),
        (section(""), "must be more than 0 characters|/text/text"),
        ({"type": "section"}, "missing required field: text or fields|"),
        (
            {"type": "section", "fields": [plain("x" * 2001)]},
            "must be less than 2001 characters|/fields/0/text",
        ),
        ({"type": "section", "fields": [plain("x")] * 11}, "no more than 10 items allowed|/fields"),
        (section("x", color="red"), "invalid additional property: color|"),
        ({"type": "section", "text": "bare"}, "must provide an object|/text"),
        (
            {"type": "section", "text": {"type": "markdown", "text": "x"}},
            "unsupported type: markdown|/text",
        ),
        (
            {"type": "header", "text": plain("x" * 151)},
            "must be less than 151 characters|/text/text",
        ),
        (
            {"type": "header", "text": {"type": "mrkdwn", "text": "x"}},
            "unsupported type: mrkdwn|/text",
        ),
        ({"type": "context", "elements": []}, "no fewer than 1 items allowed|/elements"),
        (
            {"type": "context", "elements": [plain("x")] * 11},
            "no more than 10 items allowed|/elements",
        ),
        ({"type": "context", "elements": [button()]}, "unsupported type: button|/elements/0"),
        ({"type": "divider", "block_id": "x" * 256}, "must be less than 256 characters|/block_id"),
        ({"type": "sparkline"}, "unsupported type: sparkline|"),
        ("bare", "must provide an object|"),
        ({"type": "divider", "block_id": 5}, "must provide a string|/block_id"),
        ({"type": "context", "elements": {}}, "must provide an array|/elements"),
        (section("x", accessory="button"), "must provide an object|/accessory"),
        (
            {"type": "header", "text": plain("x") | {"emoji": "yes"}},
            "must provide a boolean|/text/emoji",
        ),
        (
            with_input(
                {"type": "number_input", "is_decimal_allowed": False, "initial_value": "1.5"}
            ),
            "must be a whole number|/element/initial_value",
        ),
        (
            with_input(
                {
                    "type": "number_input",
                    "is_decimal_allowed": True,
                    "min_value": "2",
                    "max_value": "1",
                }
            ),
            "must be no more than max_value|/element/min_value",
        ),
        ({"type": "data_table"}, "unsupported type: data_table|"),
        ({"type": "image", "image_url": "https://a.b/c"}, "missing required field: alt_text|"),
        (with_actions(), "no fewer than 1 items allowed|/elements"),
        (
            with_actions(*[button(action_id=f"b{n}") for n in range(26)]),
            "no more than 25 items allowed|/elements",
        ),
        (
            with_actions(button(), button()),
            "action_id must be unique inside its block: press|/elements/1/action_id",
        ),
        (
            with_actions(button(text=plain("x" * 76))),
            "must be less than 76 characters|/elements/0/text/text",
        ),
        (
            with_actions(button(value="x" * 2001)),
            "must be less than 2001 characters|/elements/0/value",
        ),
        (
            with_actions(button(action_id="x" * 256)),
            "must be less than 256 characters|/elements/0/action_id",
        ),
        (with_actions(button(style="loud")), "must be one of: primary, danger|/elements/0/style"),
        (
            with_actions(button(confirm={"title": plain("x")})),
            "missing required field: text|/elements/0/confirm",
        ),
        (
            with_actions(button(confirm=CONFIRM | {"text": plain("x" * 301)})),
            "must be less than 301 characters|/elements/0/confirm/text/text",
        ),
        (
            with_actions(select("overflow", options=options(6))),
            "no more than 5 items allowed|/elements/0/options",
        ),
        (
            with_actions({"type": "plain_text_input"}),
            "unsupported type: plain_text_input|/elements/0",
        ),
        (
            with_actions(button(url="a.b/c")),
            "must be a web address of up to 3000 characters|/elements/0/url",
        ),
        (
            with_input({"type": "datepicker", "initial_date": "2026-02-30"}),
            "must be a date as YYYY-MM-DD|/element/initial_date",
        ),
        (
            with_input({"type": "timepicker", "timezone": "Europe/Nowhere"}),
            "must be a time zone as in America/Chicago|/element/timezone",
        ),
        (
            with_input(
                select(
                    "multi_static_select",
                    options=options(3),
                    initial_options=options(3),
                    max_selected_items=2,
                )
            ),
            "no more than 2 items allowed|/element/initial_options",
        ),
        (
            with_input(
                select("checkboxes", options=options(2), initial_options=options(1) * 2),
            ),
            "must be chosen once|/element/initial_options/1",
        ),
        (with_input(button()), "unsupported type: button|/element"),
        (with_input({"type": "rich_text_input"}), "unsupported type: rich_text_input|/element"),
        (
            with_input(select(options=options(1)), label=plain("x" * 2001)),
            "must be less than 2001 characters|/label/text",
        ),
        (
            with_input(select(options=options(1)), hint=plain("x" * 2001)),
            "must be less than 2001 characters|/hint/text",
        ),
        (with_input(select(options=[])), "no fewer than 1 items allowed|/element/options"),
        (with_input(select()), "must provide either options or option_groups|/element"),
        (
            with_input(select(options=options(101))),
            "no more than 100 items allowed|/element/options",
        ),
        (
            with_input(select(options=options(1, 76))),
            "must be less than 76 characters|/element/options/0/text/text",
        ),
        (
            with_input(select(options=[{"text": plain("x"), "value": "x" * 151}])),
            "must be less than 151 characters|/element/options/0/value",
        ),
        (
            with_input(select(options=options(2), initial_option=options(3)[2])),
            "must be one of the options|/element/initial_option",
        ),
        (
            with_input(select("checkboxes", options=options(11))),
            "no more than 10 items allowed|/element/options",
        ),
        (
            with_input(select("checkboxes", options=options(1), initial_options=options(2))),
            "must be one of the options|/element/initial_options/1",
        ),
        (
            with_input(select(options=options(1), placeholder=plain("x" * 151))),
            "must be less than 151 characters|/element/placeholder/text",
        ),
        (text_input("N", "n", max_length=3001), "must be between 1 and 3000|/element/max_length"),
        (
            text_input("N", "n", max_length=2, initial_value="xyz"),
            "must be less than 3 characters|/element/initial_value",
        ),
        (
            text_input("N", "n", initial_value="x" * 3001),
            "must be less than 3001 characters|/element/initial_value",
        ),
        (
            text_input("N", "n", min_length=5, max_length=2),
            "must be no more than max_length|/element/min_length",
        ),
        (
            with_input({"type": "number_input"}),
            "missing required field: is_decimal_allowed|/element",
        ),
        (
            with_input({"type": "number_input", "is_decimal_allowed": True, "initial_value": 5}),
            "must be a number in a string|/element/initial_value",
        ),
        (
            with_input(
                {
                    "type": "number_input",
                    "is_decimal_allowed": True,
                    "initial_value": "5",
                    "max_value": "4",
                }
            ),
            "must be between min_value and max_value|/element/initial_value",
        ),
        (
            with_input({"type": "datepicker", "initial_date": "24.11.2026"}),
            "must be a date as YYYY-MM-DD|/element/initial_date",
        ),
        (
            with_input({"type": "timepicker", "initial_time": "24:00"}),
            "must be a time as HH:mm|/element/initial_time",
        ),
        (
            with_input({"type": "datetimepicker", "initial_date_time": "1800000000"}),
            "must provide an integer|/element/initial_date_time",
        ),
        (
            section("x", accessory={"type": "datetimepicker"}),
            "unsupported type: datetimepicker|/accessory",
        ),
        (
            {
                "type": "rich_text",
                "elements": [
                    {
                        "type": "rich_text_list",
                        "style": "bullet",
                        "indent": 9,
                        "elements": [{"type": "rich_text_section", "elements": []}],
                    }
                ],
            },
            "must be between 0 and 8|/elements/0/indent",
        ),
        (
            {
                "type": "rich_text",
                "elements": [
                    {"type": "rich_text_section", "elements": [{"type": "color", "value": "#fff"}]}
                ],
            },
            "unsupported type: color|/elements/0/elements/0",
        ),
    ],
)
def test_what_breaks_a_limit_is_refused_where_it_breaks(block: object, finding: str) -> None:
    what, _, where = finding.partition("|")
    assert f"[ERROR] {what} [json-pointer:/view/blocks/0{where}]" in refusals(block)
    with pytest.raises(ApiError) as caught:
        checked_blocks([block])
    assert caught.value.error == "invalid_blocks"
    errors: Any = caught.value.extra["errors"]
    assert f"{what} [json-pointer:/blocks/0{where}]" in errors
