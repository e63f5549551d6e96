"""How long a message may be as a whole, and what to shorten where it would be longer.

Slack refuses a message over some length of all its blocks (`msg_blocks_too_long`) and documents
neither the length nor what counts. What was measured by others:

* some 13,297 characters of markdown alone were taken, and 13,172 beside a divider
  (slackapi/bolt-js#2509; Slack's word there is 12,000 and a buffer for the blocks around them);
* 9,597 characters in 50 blocks were taken, 11,341 in 45 refused (slackapi/bolt-js#2867).

Within a hundredth, that is 60 for each block beside its text, and 13,300 in all. We count more than
that (what buttons carry, for one) and stay a quarter below it.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Sequence
from typing import Any

from coaching.fields import width
from views.parts import Block, clip

MESSAGE_LENGTH = 10_000
"""The most that all blocks of a message may come to, as `length` counts."""
_CONTAINER = 60
"""What a block comes to beside its texts."""
_BEGINNING = 300
"""Length that each passage of a message keeps, however long the others are."""
_OPEN, _CLOSE = "\u2068", "\u2069"


def counted(text: str) -> int:
    """How long Slack may take a text of a message to be: with its own characters as entities."""
    return width(text) + 4 * text.count("&") + 3 * (text.count("<") + text.count(">"))


def length(blocks: Iterable[Block]) -> int:
    """How long Slack may take blocks to be: every text in them, what buttons carry included."""
    return sum(_CONTAINER + _said_in(block) for block in blocks)


def _said_in(value: Any) -> int:
    match value:
        case str():
            return counted(value)
        case dict():
            return sum(_said_in(inner) for key, inner in value.items() if key != "type")
        case list():
            return sum(map(_said_in, value))
        case _:
            return 0


def shares(wanted: Sequence[int], are_vital: Sequence[bool], most: int) -> list[int]:
    """How much of `most` each may have, of what they want.

    Each has a beginning. What is left goes to the vital ones, then to the others, in their order.
    """
    beginning = min(_BEGINNING, most // max(len(wanted), 1))
    granted = [min(want, beginning) for want in wanted]
    left = most - sum(granted)
    # Sorting is stable, so that the order stays among equals.
    for place in sorted(range(len(wanted)), key=lambda place: not are_vital[place]):
        more = min(wanted[place] - granted[place], left)
        granted[place] += more
        left -= more
    return granted


def shortened(blocks: Sequence[Block], most: int) -> tuple[Block, ...]:
    """The blocks within that length: the first ones whole, then one with an ellipsis."""
    kept: list[Block] = []
    left = most
    for block in blocks:
        wanted = length([block])
        if wanted > left:
            cut = _cut(block, wanted - left)
            return (*kept, cut) if length([cut]) <= left or not kept else tuple(kept)
        kept.append(block)
        left -= wanted
    return tuple(kept)


def _cut(block: Block, excess: int) -> Block:
    """The block with its longest text shorter by the excess, as far as that goes."""
    block = copy.deepcopy(block)
    texts = list(_texts(block))
    if texts:
        longest = max(texts, key=lambda item: counted(item["text"]))
        longest["text"] = _clipped(longest["text"], counted(longest["text"]) - excess)
    return block


def _texts(value: Any) -> Iterable[Block]:
    """The objects in a block that hold a text to be read."""
    if isinstance(value, dict):
        if value.get("type") == "text" and isinstance(value.get("text"), str):
            yield value
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)


def _clipped(text: str, most: int) -> str:
    """At most so long as `counted` says, with an ellipsis; set apart still, if it was."""
    limit = max(most - 1, 1)
    while limit > 1 and counted(clip(text, limit)) > most - 1:
        limit = limit * 4 // 5
    short = clip(text, limit)
    # A line that is set apart ends with its mark, wherever it is cut.
    return short + _CLOSE if short.count(_OPEN) > short.count(_CLOSE) else short
