"""How the tests of views stand in for Slack: its limits, and what it hands back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from playground.fields import Fields
from playground.surfaces import checked_blocks, checked_view
from views.parts import Block, Message, View

NASTY: Mapping[str, str] = {
    "emoji": "😀" * 1500,
    "joined emoji": "👩🏽‍💻" * 428,
    "right to left": "שלום עולם " * 300,
    "override": "\u202eabc " * 600,
    "broadcast": "<!channel> <!here> <@U1> " * 120,
    "entities": "&lt;" * 750,
    "less than": "<" * 3000,
    "back-ticks": "```code``` `x` *b* _i_ ~s~ " * 110,
    "links": "https://evil.example/x <https://evil.example|bank> " * 58,
    "newlines": "a\n\n" * 1000,
    "quotes": "> q\n" * 750,
    "one word": "x" * 3000,
    "a letter": "a",
}
"""Texts of at most 3,000 characters that somebody can type or paste."""


def shown(view: View) -> View:
    """The view as Slack keeps it; raises where Slack would refuse it."""
    return checked_view(view, "modal")


def posted(message: Message) -> list[Block]:
    """The message's blocks as Slack keeps them; raises where Slack would refuse them."""
    assert message.text
    return checked_blocks(list(message.blocks))


def handed_back(view: View) -> View:
    """The view as Slack submits it when nobody touched a field."""
    kept = shown(view)
    fields = Fields()
    fields.show(kept["blocks"])
    return {**kept, "state": {"values": fields.values}}


def typed(view: View, **texts: object) -> View:
    """The view as submitted, with these entries by block ID put in as they are."""
    back = handed_back(view)
    for block_id, entry in texts.items():
        action_id = next(iter(back["state"]["values"][block_id]))
        back["state"]["values"][block_id][action_id] = entry
    return back


def words(of: View | Message) -> str:
    """All that is said, in reading order; labels, hints, options and initial values too."""
    found: list[str] = []
    blocks = of.blocks if isinstance(of, Message) else of["blocks"]
    for block in blocks:
        _gather(block, found)
    return "\n".join(found)


def _gather(value: Any, found: list[str]) -> None:
    if isinstance(value, dict):
        for key, inner in value.items():
            if key in ("text", "initial_value") and isinstance(inner, str):
                found.append(inner)
            else:
                _gather(inner, found)
    elif isinstance(value, list | tuple):
        for inner in value:
            _gather(inner, found)


def labels(view: View) -> list[str]:
    """The labels of the inputs, in order."""
    return [block["label"]["text"] for block in view["blocks"] if block["type"] == "input"]


def required(view: View) -> list[str]:
    """The labels of the inputs that Slack doesn't call optional, in order."""
    inputs = [block for block in view["blocks"] if block["type"] == "input"]
    return [block["label"]["text"] for block in inputs if not block["optional"]]


def buttons(of: View | Message) -> dict[str, str]:
    """Words and action IDs of what can be pressed, in order."""
    found: dict[str, str] = {}
    blocks = of.blocks if isinstance(of, Message) else of["blocks"]
    for block in blocks:
        pressable = [*block.get("elements", ()), block.get("accessory", {})]
        for item in pressable:
            if item.get("type") == "button":
                found[item["text"]["text"]] = item["action_id"]
    return found


def field(view: View, key: str) -> Block:
    """The input block of a field."""
    blocks: list[Block] = view["blocks"]
    for block in blocks:
        if block["type"] == "input" and block["block_id"].partition("~")[0] == key:
            return block
    raise AssertionError(f"no field {key}")
