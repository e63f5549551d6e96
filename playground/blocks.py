"""Blocks: what a message, a modal or a Home is made of.

Limits and surfaces: docs.slack.dev/reference/block-kit/blocks. A block that is not listed here is
refused as unknown, as Slack refuses a name it does not know.
"""

from __future__ import annotations

from playground import charts, elements, rich_text
from playground.findings import Check, Place
from playground.objects import ADDRESS, any_text, plain_text
from playground.shapes import boolean, by_type, is_record, list_of, one_of, string, typed


def _unique_block_id(value: object, place: Place) -> None:
    string(255)(value, place)
    if not isinstance(value, str):
        return
    if value in place.findings.block_ids:
        place.refuse(f"block_id must be unique: {value}")
    place.findings.block_ids.add(value)


def _text_or_fields(block: object, place: Place) -> None:
    if is_record(block) and "text" not in block and "fields" not in block:
        place.refuse("missing required field: text or fields")


def _unique_action_ids(block: object, place: Place) -> None:
    if not is_record(block):
        return
    seen: set[str] = set()
    for index, element in enumerate(elements.interactive(block)):
        action_id = element.get("action_id")
        if action_id in seen:
            place.at("elements").at(index).at("action_id").refuse(
                f"action_id must be unique inside its block: {action_id}"
            )
        if action_id is not None:
            seen.add(action_id)


def _only_on(surfaces: frozenset[str], check: Check) -> Check:
    def checked(value: object, place: Place) -> None:
        if place.findings.surface in surfaces:
            check(value, place)
        else:
            kind = value.get("type") if is_record(value) else None
            place.refuse(f"unsupported type: {kind}")

    return checked


_ID: dict[str, Check] = {"block_id": _unique_block_id}
_MODAL = frozenset({"modal"})
_MESSAGE = frozenset({"message"})

_IN_CONTEXT = by_type(
    {
        "image": elements.IMAGE,
        "plain_text": plain_text(3000),
        "mrkdwn": any_text(3000),
    }
)

_KINDS: dict[str, Check] = {
    "section": typed(
        {},
        {
            **_ID,
            "text": any_text(3000),
            "fields": list_of(any_text(2000), 10),
            "accessory": elements.ACCESSORY,
            "expand": boolean,
        },
        _text_or_fields,
    ),
    "header": typed({"text": plain_text(150)}, _ID),
    "context": typed({"elements": list_of(_IN_CONTEXT, 10)}, _ID),
    "actions": typed({"elements": list_of(elements.IN_ACTIONS, 25)}, _ID, _unique_action_ids),
    "input": typed(
        {"label": plain_text(2000), "element": elements.IN_INPUT},
        {**_ID, "hint": plain_text(2000), "optional": boolean, "dispatch_action": boolean},
    ),
    "divider": typed({}, _ID),
    "image": typed(
        {"alt_text": string(2000), "image_url": ADDRESS},
        {**_ID, "title": plain_text(2000)},
    ),
    "rich_text": typed({"elements": rich_text.PARTS}, _ID),
    "data_visualization": _only_on(_MESSAGE, typed(charts.FIELDS, _ID)),
    "alert": _only_on(
        _MODAL,
        typed(
            {"text": any_text(3000)},
            {**_ID, "level": one_of("default", "info", "warning", "error", "success")},
        ),
    ),
}

SUPPORTED = frozenset(_KINDS)
BLOCK = by_type(_KINDS)


def blocks(most: int, least: int = 0) -> Check:
    """A list of blocks, at most `most` of them."""
    each = list_of(BLOCK, most, least)

    def check(value: object, place: Place) -> None:
        each(value, place)
        charts.few_charts(value, place)

    return check
