"""What a person can read, fill in and press in a list of blocks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]

_PRESSABLE = {"button", "overflow"}
_WRITTEN = {"plain_text_input", "number_input", "email_text_input", "url_text_input"}


@dataclass(frozen=True)
class Spot:
    """One element: its ids, and whether the app hears of a change at once."""

    block_id: str
    action_id: str
    label: str
    element: Json
    tells_at_once: bool


def spots_in(blocks: list[Json]) -> list[Spot]:
    """Everything that holds a value."""
    return [spot for spot in _all_spots(blocks) if spot.element["type"] not in _PRESSABLE]


def buttons_in(blocks: list[Json]) -> list[tuple[str, Spot, object]]:
    """Everything that can be pressed: its words, where it is, the raw value to send."""
    found: list[tuple[str, Spot, object]] = []
    for spot in _all_spots(blocks):
        if spot.element["type"] == "button":
            found.append((spot.element["text"]["text"], spot, None))
        elif spot.element["type"] == "overflow":
            found.extend(
                (one["text"]["text"], spot, one["value"]) for one in spot.element["options"]
            )
    return found


def options_of(element: Json) -> list[Json]:
    grouped = [one for group in element.get("option_groups", ()) for one in group["options"]]
    return [*element.get("options", ()), *grouped]


def _all_spots(blocks: list[Json]) -> Iterator[Spot]:
    for block in blocks:
        if block["type"] == "input":
            element = block["element"]
            at_once = block.get("dispatch_action", False) and element["type"] not in _WRITTEN
            yield _spot(block, element, block["label"]["text"], at_once=at_once)
        elif block["type"] == "actions":
            for element in block["elements"]:
                yield _spot(block, element, "", at_once=True)
        elif "action_id" in block.get("accessory", {}):
            words = block.get("text", {}).get("text", "")
            yield _spot(block, block["accessory"], words, at_once=True)


def _spot(block: Json, element: Json, label: str, *, at_once: bool) -> Spot:
    label = label or element.get("placeholder", {}).get("text", "") or element["action_id"]
    return Spot(block["block_id"], element["action_id"], label, element, at_once)


def visible_text(blocks: list[Json]) -> list[str]:
    """The words on the screen in reading order; not placeholders, nor what fields hold."""
    lines: list[str] = []
    for block in blocks:
        if block["type"] == "data_visualization":
            lines.extend(_chart_lines(block))
            continue
        lines.extend(block[key]["text"] for key in ("title", "label", "text") if key in block)
        lines.extend(one["text"] for one in block.get("fields", ()))
        if block["type"] == "rich_text":
            lines.extend(_rich_lines(block["elements"]))
        elif block["type"] == "context":
            lines.extend(_element_text(one) for one in block["elements"])
        for element in _elements(block):
            lines.extend(_element_lines(element))
        if "hint" in block:
            lines.append(block["hint"]["text"])
        if block["type"] == "image":
            lines.append(block["alt_text"])
    return lines


def _chart_lines(block: Json) -> list[str]:
    shown = block["chart"]
    series = shown.get("series") or [{"name": "", "data": shown["segments"]}]
    told = [
        f"{one['name']}: "
        + ", ".join(f"{point['label']} {point['value']}" for point in one["data"])
        for one in series
    ]
    return [block["title"], *told]


def _elements(block: Json) -> list[Json]:
    if block["type"] == "actions":
        return list(block["elements"])
    return [block[key] for key in ("accessory", "element") if key in block]


def _element_text(element: Json) -> str:
    return str(element["alt_text"] if element["type"] == "image" else element["text"])


def _element_lines(element: Json) -> list[str]:
    if element["type"] == "image":
        return [element["alt_text"]]
    if element["type"] == "button":
        return [element["text"]["text"]]
    if element["type"] in {"checkboxes", "radio_buttons"}:
        return [
            one[key]["text"]
            for one in element["options"]
            for key in ("text", "description")
            if key in one
        ]
    return []


def _rich_lines(parts: list[Json]) -> list[str]:
    lines: list[str] = []
    for part in parts:
        if part["type"] == "rich_text_list":
            lines.extend(_rich_lines(part["elements"]))
        else:
            lines.extend("".join(_piece(one) for one in part["elements"]).split("\n"))
    return lines


def _piece(piece: Json) -> str:
    match piece["type"]:
        case "user":
            return f"<@{piece['user_id']}>"
        case "emoji":
            return f":{piece['name']}:"
        case "date":
            return str(piece.get("fallback", piece["timestamp"]))
        case "link":
            return str(piece.get("text", piece["url"]))
        case _:
            return str(piece["text"])
