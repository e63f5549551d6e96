"""The surfaces: what Slack takes as a modal, a Home, a message; and what it makes of them.

Limits: docs.slack.dev/reference/views and docs.slack.dev/reference/methods/chat.postMessage.

| what                              | most              | refused with          |
|-----------------------------------|-------------------|-----------------------|
| blocks of a modal or a Home       | 100               | `invalid_arguments`   |
| a view as JSON                    | 250,000 bytes     | `view_too_large`      |
| blocks of a message               | 50                | `invalid_blocks`      |
| what they come to (see `length`)  | 13,300            | `msg_blocks_too_long` |
| `text` of a message               | 40,000 characters | `msg_too_long`        |
| `text` of a chat.update           | 4,000 bytes       | `msg_too_long`        |

Slack documents neither what a message's blocks may come to nor how it counts. Measured by others:
some 13,297 characters of markdown alone were taken, and 13,172 beside a divider
(slackapi/bolt-js#2509); of texts in many blocks 9,597 in 50 were taken, 11,341 in 45 refused
(slackapi/bolt-js#2867). Our rule says so too, within a hundredth. The second report saw no refusal
by a response URL; here it refuses the same. The 4,000 bytes are what the makers of other apps met.
"""

from __future__ import annotations

import copy
from typing import Any

from playground.blocks import blocks
from playground.elements import interactive
from playground.findings import Findings, Place, Surface
from playground.objects import plain_text
from playground.shapes import boolean, characters, is_record, string, typed
from playground.wire import ApiError, Json, compact, new_id

TEXT_MAX = 40_000
VIEW_MAX_BYTES = 250_000
MESSAGE_BLOCKS_MAX = 50
MESSAGE_LENGTH_MAX = 13_300
UPDATED_TEXT_MAX_BYTES = 4_000
VIEW_BLOCKS_MAX = 100
_CONTAINER = 60


def _submit_beside_input(view: object, place: Place) -> None:
    if not is_record(view) or "submit" in view:
        return
    if any(block["type"] == "input" for block in view["blocks"]):
        place.refuse("missing required field: submit")


_IDS = {"private_metadata": string(3000, 0), "callback_id": string(255, 0)}
_VIEWS = {
    "modal": typed(
        {"title": plain_text(24), "blocks": blocks(VIEW_BLOCKS_MAX)},
        {
            **_IDS,
            "external_id": string(255, 0),
            "submit": plain_text(24),
            "close": plain_text(24),
            "clear_on_close": boolean,
            "notify_on_close": boolean,
        },
        _submit_beside_input,
    ),
    "home": typed({"blocks": blocks(VIEW_BLOCKS_MAX)}, {**_IDS, "external_id": string(255, 0)}),
}


def checked_view(view: object, kind: Surface) -> Json:
    """The view as Slack keeps it: ids given where there were none, defaults written out.

    Raises:
        ApiError: `invalid_arguments` with JSON pointers, or `view_too_large`.
    """
    findings = Findings(kind)
    place = Place("/view", findings)
    if not is_record(view):
        place.refuse("must provide an object")
    elif view.get("type") != kind:
        place.at("type").refuse(f"must be one of: {kind}")
    else:
        _VIEWS[kind](view, place)
    if findings.found or not is_record(view):
        raise ApiError("invalid_arguments", response_metadata={"messages": findings.messages()})
    if len(compact(view).encode()) > VIEW_MAX_BYTES:
        raise ApiError("view_too_large")
    return view | {"blocks": kept_blocks(view["blocks"])}


def checked_blocks(value: object) -> list[Json]:
    """A message's blocks as Slack keeps them.

    Raises:
        ApiError: `invalid_blocks` with JSON pointers, or `msg_blocks_too_long`.
    """
    findings = Findings("message")
    blocks(MESSAGE_BLOCKS_MAX)(value, Place("/blocks", findings))
    if findings.found or not isinstance(value, list):
        raise ApiError(
            "invalid_blocks",
            errors=findings.errors(),
            response_metadata={"messages": findings.messages()},
        )
    if length(value) > MESSAGE_LENGTH_MAX:
        raise ApiError("msg_blocks_too_long")
    return kept_blocks(value)


def length(given: list[Json]) -> int:
    """What blocks come to: every text in them with entities written out, and 60 for each block."""
    return sum(_CONTAINER + _texts_in(block) for block in given)


def _texts_in(value: Any) -> int:
    if isinstance(value, list):
        return sum(map(_texts_in, value))
    if not is_record(value):
        return 0
    text = value.get("text")
    own = characters(escaped(text)) if isinstance(text, str) else 0
    return own + sum(map(_texts_in, value.values()))


def escaped(text: str) -> str:
    """Text as Slack sends it on: the three characters of its markup escaped."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def checked_text(value: object) -> str:
    """A message's top-level text.

    Raises:
        ApiError: `invalid_arguments` when it is no string, `msg_too_long` beyond 40,000 characters.
    """
    if not isinstance(value, str):
        raise ApiError(
            "invalid_arguments",
            response_metadata={"messages": ["[ERROR] must provide a string [json-pointer:/text]"]},
        )
    if characters(value) > TEXT_MAX:
        raise ApiError("msg_too_long")
    return value


def checked_errors(value: object, input_ids: set[str]) -> dict[str, str] | None:
    """The `errors` of a submission's answer; None when Slack could not show them."""
    if not is_record(value) or not value or not set(value) <= input_ids:
        return None
    if not all(isinstance(text, str) and text for text in value.values()):
        return None
    return value


def kept_blocks(given: list[Json]) -> list[Json]:
    """A copy with a block_id and an action_id wherever the app gave none."""
    kept = copy.deepcopy(given)
    for block in kept:
        block.setdefault("block_id", new_id("", 5))
        for element in interactive(block):
            element.setdefault("action_id", new_id("", 5))
    _spell_out(kept)
    return kept


def _spell_out(value: Any) -> None:
    """Write out the defaults of text objects, as Slack does when it gives them back."""
    if isinstance(value, list):
        for one in value:
            _spell_out(one)
    elif is_record(value):
        if value.get("type") == "plain_text":
            value.setdefault("emoji", True)
        elif value.get("type") == "mrkdwn":
            value.setdefault("verbatim", False)
        for one in value.values():
            _spell_out(one)
