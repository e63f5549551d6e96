"""What the fields of one open view or message hold, and what a person may put into them."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from playground.elements import interactive
from playground.objects import options_in
from playground.shapes import characters
from playground.wire import Json, PageError

# How each element's state entry names its value, and what it says while empty.
_ENTRY_KEYS: dict[str, tuple[str, object]] = {
    "plain_text_input": ("value", None),
    "number_input": ("value", None),
    "email_text_input": ("value", None),
    "url_text_input": ("value", None),
    "static_select": ("selected_option", None),
    "external_select": ("selected_option", None),
    "radio_buttons": ("selected_option", None),
    "multi_static_select": ("selected_options", []),
    "checkboxes": ("selected_options", []),
    "users_select": ("selected_user", None),
    "datepicker": ("selected_date", None),
    "timepicker": ("selected_time", None),
    "datetimepicker": ("selected_date_time", None),
}
_INITIAL_KEYS = {
    "value": "initial_value",
    "selected_option": "initial_option",
    "selected_options": "initial_options",
    "selected_user": "initial_user",
    "selected_date": "initial_date",
    "selected_time": "initial_time",
    "selected_date_time": "initial_date_time",
}
_REQUIRED = "Please complete this required field."
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_URL = re.compile(r"https?://\S+", re.IGNORECASE)
_WRITTEN_MAX = 3000

RawValues = Mapping[str, Mapping[str, object]]
Options = Mapping[tuple[str, str], list[Json]]


def find_element(blocks: list[Json], block_id: str, action_id: str) -> Json:
    """The element with these ids.

    Raises:
        PageError: there is none, so no one could have touched it.
    """
    for block in blocks:
        if block["block_id"] == block_id:
            for element in interactive(block):
                if element["action_id"] == action_id:
                    return element
    raise PageError("element_not_found", 404)


def has_state(element: Json) -> bool:
    """Whether the element holds something; buttons and overflow menus don't."""
    return element["type"] in _ENTRY_KEYS


def _stateful(blocks: list[Json]) -> Iterator[tuple[str, Json]]:
    for block in blocks:
        for element in interactive(block):
            if has_state(element):
                yield block["block_id"], element


def _initial(element: Json) -> Json:
    key, empty = _ENTRY_KEYS[element["type"]]
    value = element.get(_INITIAL_KEYS[key], empty)
    if value == "":
        value = None
    return {"type": element["type"], key: copy.deepcopy(value)}


def _chosen(element: Json, raw: object, suggested: list[Json]) -> Json:
    """The option that a raw value stands for: its `value`, or for a suggestion the pair."""
    wanted = raw["value"] if isinstance(raw, Mapping) else raw
    for option in (*options_in(element), *suggested):
        if option["value"] == wanted:
            return copy.deepcopy(option)
    if element["type"] == "external_select" and isinstance(raw, Mapping):
        text = {"type": "plain_text", "text": str(raw["text"]), "emoji": True}
        return {"text": text, "value": str(wanted)}
    raise PageError("option_not_found")


def entry(element: Json, raw: object, suggested: list[Json]) -> Json:
    """Slack's state entry for what a person put in; None and "" mean emptied.

    Raises:
        PageError: not something that this element could hold.
    """
    kind = element["type"]
    key, empty = _ENTRY_KEYS[kind]
    value: Any = raw
    if raw is None or raw in ("", []):
        value = copy.deepcopy(empty)
    elif key == "selected_option":
        value = _chosen(element, raw, suggested)
    elif key == "selected_options":
        if not isinstance(raw, list):
            raise PageError("value_must_be_a_list")
        order = [option["value"] for option in options_in(element)]
        picked = [_chosen(element, one, []) for one in raw]
        value = sorted(picked, key=lambda option: order.index(option["value"]))
    elif key == "selected_date_time":
        if not isinstance(raw, int):
            raise PageError("value_must_be_an_epoch")
    elif not isinstance(raw, str):
        raise PageError("value_must_be_a_string")
    held: Json = {"type": kind, key: value}
    if kind == "timepicker" and "timezone" in element:
        held["timezone"] = element["timezone"]
    return held


class Fields:
    """The state of one view or message: block_id, then action_id, then Slack's entry."""

    def __init__(self) -> None:
        self.values: dict[str, dict[str, Json]] = {}

    def show(self, blocks: list[Json]) -> None:
        """Take other blocks: a field with both ids and its type unchanged keeps what it holds."""
        before, self.values = self.values, {}
        for block_id, element in _stateful(blocks):
            held = before.get(block_id, {}).get(element["action_id"])
            if held is None or not _still_holds(element, held):
                held = _initial(element)
            self.values.setdefault(block_id, {})[element["action_id"]] = held

    def fill(self, blocks: list[Json], raw_values: RawValues, suggested: Options) -> None:
        """Put in what a person changed, all of it or nothing."""
        changes: list[tuple[str, str, Json]] = []
        for block_id, by_action in raw_values.items():
            for action_id, raw in by_action.items():
                element = find_element(blocks, block_id, action_id)
                options = suggested.get((block_id, action_id), [])
                changes.append((block_id, action_id, entry(element, raw, options)))
        for block_id, action_id, held in changes:
            self.values.setdefault(block_id, {})[action_id] = held

    def unready(self, blocks: list[Json]) -> dict[str, str]:
        """What Slack's own client refuses before the app is asked: block_id to words."""
        problems: dict[str, str] = {}
        for block in blocks:
            if block["type"] != "input":
                continue
            element = block["element"]
            held = self.values[block["block_id"]][element["action_id"]]
            value = held[_ENTRY_KEYS[element["type"]][0]]
            if value is None or value == []:
                if not block.get("optional", False):
                    problems[block["block_id"]] = _REQUIRED
            elif problem := _refusal(element, value):
                problems[block["block_id"]] = problem
        return problems


def _still_holds(element: Json, held: Json) -> bool:
    if held["type"] != element["type"]:
        return False
    if element["type"] == "external_select":
        return True
    options = options_in(element)
    chosen = held.get("selected_options", [held.get("selected_option")])
    return not options or all(one is None or one in options for one in chosen)


def _refusal(element: Json, value: Any) -> str | None:
    kind = element["type"]
    if kind == "plain_text_input":
        least, most = element.get("min_length", 0), element.get("max_length", _WRITTEN_MAX)
        if characters(value) > most:
            return f"Please use no more than {most} characters."
        if characters(value) < least:
            return f"Please use at least {least} characters."
    if kind == "number_input":
        return _number_refusal(element, value)
    if kind == "email_text_input" and not _EMAIL.fullmatch(value):
        return "Please enter a valid email address."
    if kind == "url_text_input" and not _URL.fullmatch(value):
        return "Please enter a valid URL."
    if kind == "multi_static_select" and len(value) > element.get("max_selected_items", 100):
        return f"Please choose no more than {element['max_selected_items']}."
    return None


def _number_refusal(element: Json, value: str) -> str | None:
    try:
        number = Decimal(value)
    except InvalidOperation:
        return "Please enter a number."
    if not element["is_decimal_allowed"] and number != number.to_integral_value():
        return "Please enter a whole number."
    if "min_value" in element and number < Decimal(element["min_value"]):
        return f"Please enter a number of at least {element['min_value']}."
    if "max_value" in element and number > Decimal(element["max_value"]):
        return f"Please enter a number of at most {element['max_value']}."
    return None
