"""Text that is never live: rich text, in which Slack parses nothing that a person wrote.

No mention, link, emoji code or formatting mark in it comes to life, and nothing needs escaping.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass
from typing import Any, TypeAlias

from coaching.follow_up import day_words
from coaching.people import Person
from views.parts import Block

LONGEST = 3000
"""The most characters in one block; Slack counts an emoji as two."""

_CONTROLS = re.compile("[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]")
_RIGHT_TO_LEFT = frozenset({"R", "AL"})


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment, shown in the zone of the reader's device; `fallback` is in words."""

    at: dt.datetime
    fallback: str


@dataclass(frozen=True, slots=True)
class Bold:
    """Words of ours that name what follows."""

    words: str


@dataclass(frozen=True, slots=True)
class Link:
    """An address behind words."""

    url: str
    words: str


Piece: TypeAlias = str | Moment | Bold | Link


def moment(at: dt.datetime, reader: Person) -> Moment:
    """That moment for this reader, with the day in words to fall back on."""
    local = at.astimezone(reader.zone)
    return Moment(at, f"{day_words(local.date(), local.year)}, {local:%H:%M} {local:%Z}")


def rich(*pieces: Piece) -> Block:
    """One block of rich text."""
    elements = [_element(piece) for piece in pieces if piece]
    section = {"type": "rich_text_section", "elements": elements}
    return {"type": "rich_text", "elements": [section]}


def _element(piece: Piece) -> dict[str, Any]:
    match piece:
        case Moment(at, fallback):
            return {
                "type": "date",
                "timestamp": int(at.timestamp()),
                "format": "{date_long} at {time}",
                "fallback": fallback,
            }
        case Bold(words):
            return {"type": "text", "text": isolated(words), "style": {"bold": True}}
        case Link(url, words):
            return {"type": "link", "url": url, "text": words}
        case str():
            return {"type": "text", "text": isolated(piece)}


def isolated(text: str) -> str:
    """The text with its right-to-left lines set apart, so that they turn no other words round."""
    text = _CONTROLS.sub("", text)
    if not any(unicodedata.bidirectional(char) in _RIGHT_TO_LEFT for char in text):
        return text
    return "\n".join(f"\u2068{line}\u2069" if line else line for line in text.split("\n"))


def split(text: str, longest: int = LONGEST) -> list[str]:
    """The text in pieces of at most so many characters, cut at a line's or a word's end."""
    pieces = []
    while _length(text) > longest:
        end = longest if text.isascii() else _fitting(text, longest)
        cut = max(text.rfind("\n", 0, end), text.rfind(" ", 0, end))
        cut = cut if cut > end // 2 else end
        pieces.append(text[:cut])
        text = text[cut:].lstrip("\n ") if cut < end else text[cut:]
    return [*pieces, text] if text else pieces


def _length(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def _fitting(text: str, longest: int) -> int:
    taken = 0
    for index, char in enumerate(text):
        taken += 2 if ord(char) > 0xFFFF else 1
        if taken > longest:
            return index
    return len(text)
