"""Text that is never live: rich text, in which Slack parses nothing that a person wrote.

No mention, link, emoji code or formatting mark in it comes to life, and nothing needs escaping.
Text of people comes isolated (`views.parts.isolate`), so that it may stand among words of ours.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, TypeAlias

from coaching.follow_up import day_words
from coaching.people import Person
from views.parts import Block


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


def moment(at: dt.datetime, reader: Person, this_year: int) -> Moment:
    """That moment for this reader, with the day in words to fall back on.

    The year is said where it is another than `this_year`.
    """
    local = at.astimezone(reader.zone)
    words = f"{day_words(local.date(), this_year)}, {local:%H:%M} {_zone_words(local, reader)}"
    return Moment(at, words)


def _zone_words(local: dt.datetime, reader: Person) -> str:
    """*GMT* or *EST*; elsewhere the city, since *PST* is Manila's time too, and *IST* Kolkata's."""
    region, _, city = reader.zone.key.rpartition("/")
    if not region or (region in ("Europe", "America") and f"{local:%Z}".isalpha()):
        return f"{local:%Z}"
    return f"in {city.replace('_', ' ')}"


def rich(*pieces: Piece) -> Block:
    """One block of rich text."""
    elements = [_element(piece) for piece in pieces if piece]
    section = {"type": "rich_text_section", "elements": elements}
    return {"type": "rich_text", "elements": [section]}


def quotation(text: str) -> Block:
    """What was said in the call, set apart as a quotation."""
    quote = {"type": "rich_text_quote", "elements": [_element(text)]}
    return {"type": "rich_text", "elements": [quote]}


def _element(piece: Piece) -> dict[str, Any]:
    match piece:
        case Moment(at, fallback):
            return {
                "type": "date",
                "timestamp": int(at.timestamp()),
                "format": "{date_short} at {time}",
                "fallback": fallback,
            }
        case Bold(words):
            return {"type": "text", "text": words, "style": {"bold": True}}
        case Link(url, words):
            return {"type": "link", "url": url, "text": words}
        case str():
            return {"type": "text", "text": piece}
