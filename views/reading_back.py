"""What Slack hands back for a form, as entries for the domain.

A payload may be forged, and Slack itself may leave fields out: nothing here ever raises, and a
field that was shown but not handed back is `lost`, which is not the same as emptied.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from coaching.elements import FIELDS
from coaching.entries import Problem
from coaching.fields import Field, Kind, Raw
from views.field_inputs import action_id
from views.meta import Meta, load

_ERROR_LIMIT = 200
_SPOKEN = {
    Kind.PERSON: "selected_user",
    Kind.CRITERION: "selected_option",
    Kind.ONE_OF: "selected_option",
    Kind.ANY_OF: "selected_options",
    Kind.WHEN: "selected_date_time",
    Kind.DAY: "selected_date",
}


def written_in(view: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What was written into a form's text fields, each with its label."""
    values = _mapping(_mapping(view.get("state")).get("values"))
    written = []
    blocks = view.get("blocks")
    for block in map(_mapping, blocks if isinstance(blocks, list) else ()):
        for element in map(_mapping, _mapping(values.get(str(block.get("block_id")))).values()):
            text = str(element.get("value") or "").strip()
            if element.get("type") == "plain_text_input" and text:
                written.append((str(_mapping(block.get("label")).get("text")), text))
    return written


@dataclass(frozen=True, slots=True)
class Entered:
    """A form as it was handed back.

    Attributes:
        entries: by field key, None where the field was emptied.
        lost: keys of fields that were shown but are missing from what came back, or unreadable.
        block_of: the block of each field that was shown.
    """

    meta: Meta
    entries: Mapping[str, Raw]
    lost: tuple[str, ...]
    block_of: Mapping[str, str]


class _Lost(Exception):  # noqa: N818  control flow inside this module
    """The state holds nothing readable for the field."""


def read(view: Mapping[str, Any]) -> Entered:
    """Read a view of block_actions or view_submission."""
    block_of = _shown(view)
    values = _mapping(_mapping(view.get("state")).get("values"))
    entries: dict[str, Raw] = {}
    lost = []
    for key, block_id in block_of.items():
        field = FIELDS[key]
        try:
            entries[key] = _entry(field, _mapping(values.get(block_id)).get(action_id(field)))
        except _Lost:
            lost.append(key)
    return Entered(load(_text(view.get("private_metadata"))), entries, tuple(lost), block_of)


def errors(problems: Iterable[Problem], entered: Entered) -> dict[str, str]:
    """Problems by block, for Slack to show; one on a field that isn't shown lands on the first.

    Where two share a block both are said.
    """
    first = next(iter(entered.block_of.values()), None)
    found: dict[str, str] = {}
    for problem in problems:
        block_id = entered.block_of.get(problem.field, first)
        if block_id is None:
            continue
        words = f"{found[block_id]} {problem.text}" if block_id in found else problem.text
        found[block_id] = words[:_ERROR_LIMIT]
    return found


def state_text(view: Mapping[str, Any], block_id: str, action: str) -> str:
    """The text in an input that is no field of a log; empty where there is none."""
    entry = _state(view, block_id, action)
    return _text(entry.get("value")).strip()


def state_choice(view: Mapping[str, Any], block_id: str, action: str) -> str:
    """The value chosen in such an input; empty where there is none."""
    return _text(_mapping(_state(view, block_id, action).get("selected_option")).get("value"))


def shown_option(view: Mapping[str, Any], key: str) -> str:
    """What a field's menu held when the view was made; empty where nothing."""
    blocks = view.get("blocks")
    for block in blocks if isinstance(blocks, list) else ():
        if isinstance(block, Mapping) and _text(block.get("block_id")).partition("~")[0] == key:
            element = _mapping(block.get("element"))
            return _text(_mapping(element.get("initial_option")).get("value"))
    return ""


def _state(view: Mapping[str, Any], block_id: str, action: str) -> Mapping[str, Any]:
    values = _mapping(_mapping(view.get("state")).get("values"))
    return _mapping(_mapping(values.get(block_id)).get(action))


def _shown(view: Mapping[str, Any]) -> dict[str, str]:
    blocks = view.get("blocks")
    shown: dict[str, str] = {}
    for block in blocks if isinstance(blocks, list) else ():
        if not isinstance(block, Mapping) or block.get("type") != "input":
            continue
        block_id = _text(block.get("block_id"))
        key = block_id.partition("~")[0]
        if key in FIELDS:
            shown[key] = block_id
    return shown


def _entry(field: Field, entry: object) -> Raw:
    name = _SPOKEN.get(field.kind, "value")
    if not isinstance(entry, Mapping) or name not in entry:
        raise _Lost
    value = entry[name]
    if value is None or value in ("", []):
        return None
    match field.kind:
        case Kind.CRITERION | Kind.ONE_OF:
            return _option(value)
        case Kind.ANY_OF:
            if not isinstance(value, list):
                raise _Lost
            return tuple(_option(item) for item in value)
        case Kind.WHEN:
            if type(value) is not int:
                raise _Lost
            return value
    if not isinstance(value, str):
        raise _Lost
    if field.kind is Kind.COUNT and value.isascii() and value.isdecimal():
        # Only as many digits as a count can have: more are refused as they were typed.
        return int(value) if len(value) <= 6 else value
    return value


def _option(value: object) -> str:
    chosen = value.get("value") if isinstance(value, Mapping) else None
    if not isinstance(chosen, str) or not chosen:
        raise _Lost
    return chosen


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
