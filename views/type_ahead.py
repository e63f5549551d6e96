"""What the criterion type-ahead offers."""

from __future__ import annotations

from collections.abc import Sequence

from coaching.criteria import NAME_LIMIT, NEW, Criterion, key_of
from coaching.fields import width
from views.parts import Block, clip, option

_MOST = 100
_SHOWN = 50
"""Characters of a new name that fit into the words of its option."""


def options(found: Sequence[Criterion], query: str) -> list[Block]:
    """The criteria found and, where none has just that name, to add one; at most 100 options."""
    offered = [option(item.name, item.id) for item in found]
    name = " ".join(query.split())
    is_new = all(key_of(item.name) != key_of(name) for item in found)
    if not name or width(name) > NAME_LIMIT or not is_new:
        return offered[:_MOST]
    adding = option(f"Add “{clip(name, _SHOWN)}” (0 to 100 %)", f"{NEW}{name}")
    return [*offered[: _MOST - 1], adding]
