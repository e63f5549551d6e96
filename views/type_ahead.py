"""What the criterion type-ahead offers."""

from __future__ import annotations

from collections.abc import Sequence

from coaching.criteria import NAME_LIMIT, NEW, Criterion, key_of
from views.parts import OPTION_LIMIT, Block, clip, option

_MOST = 100


def options(found: Sequence[Criterion], query: str) -> list[Block]:
    """The criteria found and, where none has just that name, to add one; at most 100 options."""
    offered = [option(clip(item.name, OPTION_LIMIT), item.id) for item in found]
    name = " ".join(query.split())[:NAME_LIMIT]
    if name and all(key_of(item.name) != key_of(name) for item in found):
        adding = option(f"Add “{clip(name, 50)}” (0 to 100 %)", f"{NEW}{name}")
        return [*offered[: _MOST - 1], adding]
    return offered[:_MOST]
