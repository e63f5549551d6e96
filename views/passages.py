"""Passages: blocks that are read together, and how many of them fit where Slack counts blocks."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from views.parts import TEXT_LIMIT, Block, Message, actions, context, isolate, small_print, split
from views.rich import Bold, Link, Moment, Piece, rich

Passage = tuple[Block, ...]

MESSAGE_ROOM, VIEW_ROOM = 50, 100
"""The most blocks in a message, and in a modal or a Home."""
_HEAVIEST = 200_000
"""Bytes of passages on one page, which leave room for the rest in Slack's 250 KB for a view."""
_REST = "This is the beginning. “See all of it” shows the rest."


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
    """A heading and words that are ready to be shown, over several blocks where they are long."""
    head: list[Piece] = [Bold(heading), "\n"]
    beside: list[Piece] = ["   ", Link(link, "Open recording")] if link else []
    if isinstance(words, Moment):
        return (rich(*head, words, *beside),)
    first, *others = split(words, TEXT_LIMIT) or [""]
    return (rich(*head, first, *beside), *(rich(piece) for piece in others))


def told_passage(told: Told) -> Passage:
    """What a log says, under its heading."""
    return stated(told.heading, told.words, told.link)


@dataclass(frozen=True, slots=True)
class Page:
    """The blocks that fit, and whether more follow."""

    blocks: tuple[Block, ...]
    has_more: bool


def page(passages: Sequence[Passage], room: int, number: int = 1) -> Page:
    """The passages of page `number`, each page filled with as many whole ones as fit.

    The last page stands for any number beyond it.
    """
    pages: list[list[Block]] = [[]]
    weight = 0
    for passage_blocks in passages:
        blocks = passage_blocks[:room]
        heavy = len(json.dumps(blocks))
        is_full = len(pages[-1]) + len(blocks) > room or weight + heavy > _HEAVIEST
        if pages[-1] and is_full:
            pages.append([])
            weight = 0
        pages[-1] += blocks
        weight += heavy
    index = min(max(number, 1), len(pages)) - 1
    return Page(tuple(pages[index]), index + 1 < len(pages))


def buttons(*pressable: Block | None) -> Passage:
    """A row of buttons; none, where there is none to press."""
    there = [item for item in pressable if item is not None]
    return (actions(*there),) if there else ()


def letter(text: str, passages: Sequence[Passage], row: Passage = (), small: str = "") -> Message:
    """A message: what it says, then its buttons, then a word in small print.

    `text` is what a notification shows, so it is neutral. What doesn't fit is pointed to; the row
    then holds the button that shows it.
    """
    closing = (*row, *small_print([small]))
    fitting = page(passages, MESSAGE_ROOM - len(closing) - 1)
    blocks = (*fitting.blocks, context(_REST)) if fitting.has_more else fitting.blocks
    return Message(text=plainly(text), blocks=(*blocks, *closing))


def plainly(words: str) -> str:
    """Words for a notification, where Slack knows markup alone: without what would be markup."""
    kept = "".join(char for char in words if char not in "*_~`")
    return kept.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
