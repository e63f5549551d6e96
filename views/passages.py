"""Passages: blocks that are read together, and how many of them fit where Slack counts blocks."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from coaching.fields import width
from views import ids
from views.lengths import MESSAGE_LENGTH, counted, length, shares, shortened
from views.parts import (
    TEXT_LIMIT,
    Block,
    Message,
    actions,
    context,
    isolate,
    small_print,
    split,
)
from views.rich import Bold, Link, Moment, Piece, rich

Passage = tuple[Block, ...]

MESSAGE_ROOM, VIEW_ROOM = 50, 100
"""The most blocks in a message, and in a modal or a Home."""
_HEAVIEST = 200_000
"""Bytes of passages on one page, which leave room for the rest in Slack's 250 KB for a view."""
_LIGHT_LIMIT = 600
"""Characters in a piece of a text that Slack may count several times over."""
_REST = "This is shortened. “See all of it” shows the rest."
_REST_BY_NUMBER = "This is shortened. Show the log by its number to read the rest."


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that a log says.

    Attributes:
        key: the field's, or that of the first of those worded together.
        heading: what it is about.
        words: what it says, ready to be shown, or a moment.
        link: an address to offer beside it.
    """

    key: str
    heading: str
    words: str | Moment
    link: str = ""


def headline(words: str) -> Passage:
    """The line that says what this is about."""
    return (rich(Bold(words)),)


def line(*pieces: Piece) -> Passage:
    """A sentence."""
    return (rich(*pieces),)


def quoted(heading: str, text: str) -> Passage:
    """A heading and what somebody wrote, whole."""
    return stated(heading, isolate(text))


def stated(heading: str, words: str | Moment, link: str = "") -> Passage:
    """A heading, if any, and words ready to be shown, over several blocks where they are long."""
    head: list[Piece] = [Bold(heading), "\n"] if heading else []
    beside: list[Piece] = ["   ", Link(link, "Open recording")] if link else []
    if isinstance(words, Moment):
        return (rich(*head, words, *beside),)
    limit = TEXT_LIMIT if counted(words) < 2 * width(words) else _LIGHT_LIMIT
    first, *others = split(words, limit) or [""]
    return (rich(*head, first, *beside), *(rich(piece) for piece in others))


def told_passage(told: Told) -> Passage:
    """What a log says, under its heading."""
    return stated(told.heading, told.words, told.link)


@dataclass(frozen=True, slots=True)
class Page:
    """The blocks that fit, and whether more follow."""

    blocks: tuple[Block, ...]
    has_more: bool


def page(
    passages: Sequence[Passage], room: int, number: int = 1, *, most: int | None = None
) -> Page:
    """The passages of page `number`, each page filled with as many whole ones as fit.

    A page has `room` for blocks, and for `most` of what Slack counts in a message. Only a passage
    that no page could hold is spread over several. The last page stands for any number beyond it.
    """
    pages: list[list[Block]] = [[]]
    weight = taken = 0
    for piece in _pieces(passages, room, most):
        heavy, long = len(json.dumps(piece)), length(piece)
        is_full = len(pages[-1]) + len(piece) > room or weight + heavy > _HEAVIEST
        if pages[-1] and (is_full or _is_over(taken + long, most)):
            pages.append([])
            weight = taken = 0
        pages[-1] += piece
        weight += heavy
        taken += long
    index = min(max(number, 1), len(pages)) - 1
    return Page(tuple(pages[index]), index + 1 < len(pages))


def _pieces(passages: Sequence[Passage], room: int, most: int | None) -> Iterator[Passage]:
    for passage in passages:
        if len(passage) > room or _is_over(length(passage), most):
            yield from ((block,) for block in passage)
        else:
            yield passage


def _is_over(taken: int, most: int | None) -> bool:
    return most is not None and taken > most


def fitting(passages: Sequence[Passage], room: int, most: int) -> int:
    """How many of the passages, from the first one on, fit whole."""
    blocks = taken = 0
    for place, passage in enumerate(passages):
        blocks += len(passage)
        taken += length(passage)
        if blocks > room or taken > most:
            return place
    return len(passages)


def buttons(*pressable: Block | None) -> Passage:
    """A row of buttons; none, where there is none to press."""
    there = [item for item in pressable if item is not None]
    return (actions(*there),) if there else ()


def letter(
    text: str,
    passages: Sequence[Passage],
    row: Passage = (),
    small: str = "",
    *,
    vital: Sequence[Passage] = (),
) -> Message:
    """A message: what it says, then its buttons, then a word in small print.

    `text` is what a notification shows, so it is neutral. Where Slack would refuse the whole,
    passages are shortened, those that are also `vital` last, and the rest is pointed to; the row
    then holds the button that shows it.
    """
    closing = (*row, *small_print([small]))
    pointer = context(_REST if _shows_all(row) else _REST_BY_NUMBER)
    room = MESSAGE_ROOM - len(closing) - 1
    most = MESSAGE_LENGTH - length((*closing, pointer))
    blocks = [block for passage in passages for block in passage]
    if len(blocks) > room or length(blocks) > most:
        wanted = [length(passage) for passage in passages]
        granted = shares(wanted, [passage in vital for passage in passages], most)
        kept = [shortened(*each) for each in zip(passages, granted, strict=True)]
        blocks = [block for passage in kept for block in passage][:room]
        blocks.append(pointer)
    return Message(text=plainly(text), blocks=(*blocks, *closing))


def _shows_all(row: Passage) -> bool:
    pressable = [item for block in row for item in block["elements"]]
    return any(item["action_id"] == ids.SHOW for item in pressable)


def plainly(words: str) -> str:
    """Words for a notification, where Slack knows markup alone: without what would be markup."""
    kept = "".join(char for char in words if char not in "*_~`")
    return kept.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
