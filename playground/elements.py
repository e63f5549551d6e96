"""Block elements: what can be pressed, chosen or filled in.

Limits: docs.slack.dev/reference/block-kit/block-elements.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any
from zoneinfo import ZoneInfo

from playground.findings import Check, Place
from playground.objects import (
    ADDRESS,
    CHOICE_OPTION,
    CONFIRM,
    DISPATCH_CONFIG,
    OPTION_GROUP,
    OVERFLOW_OPTION,
    SELECT_OPTION,
    initial_among_options,
    one_source_of_options,
    plain_text,
)
from playground.shapes import (
    boolean,
    by_type,
    characters,
    integer,
    is_record,
    list_of,
    matching,
    one_of,
    string,
    typed,
)

_DATE = matching(r"\d{4}-\d{2}-\d{2}", "a date as YYYY-MM-DD", date.fromisoformat)
_ZONE = matching(r"[\w+\-/]+", "a time zone as in America/Chicago", ZoneInfo)
_TIME = matching(r"([01]\d|2[0-3]):[0-5]\d", "a time as HH:mm")
_NUMBER = matching(r"-?\d+(\.\d+)?", "a number in a string")
_WRITTEN_MAX = 3000


def _focus(value: object, place: Place) -> None:
    boolean(value, place)
    if value is True:
        if place.findings.focused is not None:
            place.refuse("only one element may have focus_on_load")
        place.findings.focused = place.pointer


_ACTION: dict[str, Check] = {"action_id": string(255)}
_CONFIRMED: dict[str, Check] = {**_ACTION, "confirm": CONFIRM}
_FOCUSED: dict[str, Check] = {"focus_on_load": _focus}
_HINTED: dict[str, Check] = {**_FOCUSED, "placeholder": plain_text(150)}
_MENU: dict[str, Check] = {**_CONFIRMED, **_HINTED}
_WRITTEN: dict[str, Check] = {
    **_ACTION,
    **_HINTED,
    "dispatch_action_config": DISPATCH_CONFIG,
}


def _written_lengths(element: object, place: Place) -> None:
    if not is_record(element):
        return
    least, most = element.get("min_length", 0), element.get("max_length", _WRITTEN_MAX)
    if least > most:
        place.at("min_length").refuse("must be no more than max_length")
    if characters(element.get("initial_value", "")) > most:
        place.at("initial_value").refuse(f"must be less than {most + 1} characters")


def _number_range(element: object, place: Place) -> None:
    if not is_record(element):
        return

    def figure(key: str) -> Decimal | None:
        try:
            return Decimal(element[key]) if key in element else None
        except InvalidOperation:
            return None

    least, most, start = figure("min_value"), figure("max_value"), figure("initial_value")
    if least is not None and most is not None and least > most:
        place.at("min_value").refuse("must be no more than max_value")
    if start is None:
        return
    if (least is not None and start < least) or (most is not None and start > most):
        place.at("initial_value").refuse("must be between min_value and max_value")
    if not element["is_decimal_allowed"] and start != start.to_integral_value():
        place.at("initial_value").refuse("must be a whole number")


def _no_more_chosen_than_allowed(element: object, place: Place) -> None:
    if not is_record(element):
        return
    most = element.get("max_selected_items", 100)
    if len(element.get("initial_options", ())) > most:
        place.at("initial_options").refuse(f"no more than {most} items allowed")


_SELECT_SOURCE: dict[str, Check] = {
    "options": list_of(SELECT_OPTION, 100),
    "option_groups": list_of(OPTION_GROUP, 100),
}

KINDS: dict[str, Check] = {
    "button": typed(
        {"text": plain_text(75)},
        {
            **_CONFIRMED,
            "value": string(2000),
            "url": ADDRESS,
            "style": one_of("primary", "danger"),
            "accessibility_label": string(75),
        },
    ),
    "static_select": typed(
        {},
        {**_MENU, **_SELECT_SOURCE, "initial_option": SELECT_OPTION},
        one_source_of_options,
        initial_among_options,
    ),
    "multi_static_select": typed(
        {},
        {
            **_MENU,
            **_SELECT_SOURCE,
            "initial_options": list_of(SELECT_OPTION, 100),
            "max_selected_items": integer(1, 100),
        },
        one_source_of_options,
        initial_among_options,
        _no_more_chosen_than_allowed,
    ),
    "external_select": typed(
        {},
        {**_MENU, "initial_option": SELECT_OPTION, "min_query_length": integer(0, 255)},
    ),
    "users_select": typed({}, {**_MENU, "initial_user": string(255)}),
    "checkboxes": typed(
        {"options": list_of(CHOICE_OPTION, 10)},
        {**_CONFIRMED, **_FOCUSED, "initial_options": list_of(CHOICE_OPTION, 10)},
        initial_among_options,
    ),
    "radio_buttons": typed(
        {"options": list_of(CHOICE_OPTION, 10)},
        {**_CONFIRMED, **_FOCUSED, "initial_option": CHOICE_OPTION},
        initial_among_options,
    ),
    "overflow": typed({"options": list_of(OVERFLOW_OPTION, 5)}, _CONFIRMED),
    "plain_text_input": typed(
        {},
        {
            **_WRITTEN,
            "initial_value": string(_WRITTEN_MAX, 0),
            "multiline": boolean,
            "min_length": integer(0, _WRITTEN_MAX),
            "max_length": integer(1, _WRITTEN_MAX),
        },
        _written_lengths,
    ),
    "number_input": typed(
        {"is_decimal_allowed": boolean},
        {**_WRITTEN, "initial_value": _NUMBER, "min_value": _NUMBER, "max_value": _NUMBER},
        _number_range,
    ),
    "email_text_input": typed({}, {**_WRITTEN, "initial_value": string(_WRITTEN_MAX, 0)}),
    "url_text_input": typed({}, {**_WRITTEN, "initial_value": string(_WRITTEN_MAX, 0)}),
    "datepicker": typed({}, {**_MENU, "initial_date": _DATE}),
    "timepicker": typed({}, {**_MENU, "initial_time": _TIME, "timezone": _ZONE}),
    "datetimepicker": typed(
        {},
        {
            **_CONFIRMED,
            **_FOCUSED,
            "initial_date_time": integer(1_000_000_000, 9_999_999_999),
        },
    ),
    "image": typed(
        {"alt_text": string(2000), "image_url": ADDRESS},
    ),
}

_PRESSED_OR_CHOSEN = frozenset(
    {
        "button",
        "static_select",
        "external_select",
        "users_select",
        "overflow",
        "checkboxes",
        "radio_buttons",
        "datepicker",
        "timepicker",
    }
)
_FILLED_IN = frozenset(
    {
        "plain_text_input",
        "number_input",
        "email_text_input",
        "url_text_input",
        "static_select",
        "multi_static_select",
        "external_select",
        "users_select",
        "checkboxes",
        "radio_buttons",
        "datepicker",
        "timepicker",
        "datetimepicker",
    }
)

ACCESSORY = by_type(KINDS, _PRESSED_OR_CHOSEN | {"multi_static_select", "image"})
IN_ACTIONS = by_type(KINDS, _PRESSED_OR_CHOSEN | {"datetimepicker"})
IN_INPUT = by_type(KINDS, _FILLED_IN)
IMAGE = KINDS["image"]


def interactive(block: dict[str, Any]) -> list[dict[str, Any]]:
    """The elements of a block that carry an action_id."""
    kind = block["type"]
    if kind == "actions":
        return list(block["elements"])
    if kind == "input":
        return [block["element"]]
    if kind == "section" and block.get("accessory", {}).get("type", "image") != "image":
        return [block["accessory"]]
    return []
