"""What went well and may not the next time: late answers, texts near a limit, ignored fields."""

from __future__ import annotations

import json
from collections.abc import Iterator

from playground.blocks import blocks
from playground.findings import Findings, Place
from playground.journal import Entry
from playground.shapes import is_close, is_record
from playground.surfaces import (
    MESSAGE_BLOCKS_MAX,
    MESSAGE_LENGTH_MAX,
    UPDATED_TEXT_MAX_BYTES,
    VIEW_BLOCKS_MAX,
    VIEW_MAX_BYTES,
    length,
)
from playground.wire import Json, compact

BY_APP = frozenset({"web_api", "response_url"})
"""Kinds of exchanges that the app begins; in all others the workspace does."""


def remarks(entry: Entry, ack_seconds: float) -> list[str]:
    """In words for the maker of the app; none where all is well or where it was refused."""
    if not entry.ok:
        return []
    return [*_late(entry, ack_seconds), *_ignored(entry), *_close(entry)]


def _late(entry: Entry, ack_seconds: float) -> Iterator[str]:
    took = entry.ms / 1000
    if entry.kind not in BY_APP and took > ack_seconds / 2:
        yield f"Acknowledged after {took:.1f} s, where Slack waits for {ack_seconds:g} s."


def _ignored(entry: Entry) -> Iterator[str]:
    for name in entry.ignored:
        yield f"\u201c{name}\u201d is no field that is known here; it was ignored."


def _close(entry: Entry) -> Iterator[str]:
    said = entry.asked if entry.kind in BY_APP else entry.answered
    value: object = json.loads(said) if said else None
    if not is_record(value):
        return
    if is_record(view := value.get("view")):
        yield from _of_view(view)
    if isinstance(given := value.get("blocks"), list):
        yield from _of_message(given)
    text = value.get("text")
    if entry.name == "chat.update" and isinstance(text, str):
        yield from _counted("text", len(text.encode()), UPDATED_TEXT_MAX_BYTES, "bytes")


def _of_view(view: Json) -> Iterator[str]:
    given = view.get("blocks", [])
    findings = Findings("home" if view.get("type") == "home" else "modal")
    blocks(VIEW_BLOCKS_MAX)(given, Place("/view/blocks", findings))
    yield from _noted(findings)
    yield from _counted("view", len(given), VIEW_BLOCKS_MAX, "blocks")
    yield from _counted("view", len(compact(view).encode()), VIEW_MAX_BYTES, "bytes")


def _of_message(given: list[Json]) -> Iterator[str]:
    findings = Findings("message")
    blocks(MESSAGE_BLOCKS_MAX)(given, Place("/blocks", findings))
    yield from _noted(findings)
    yield from _counted("message", len(given), MESSAGE_BLOCKS_MAX, "blocks")
    yield from _counted("message", length(given), MESSAGE_LENGTH_MAX, "characters in all")


def _noted(findings: Findings) -> Iterator[str]:
    for pointer, what in findings.close:
        yield f"{pointer}: {what}."


def _counted(what: str, count: int, most: int, unit: str) -> Iterator[str]:
    if is_close(count, most):
        yield f"The {what} has {count:,} of at most {most:,} {unit}."
