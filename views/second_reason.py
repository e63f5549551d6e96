"""The question that a second open target raises."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from coaching.log import Log
from views import ids
from views.parts import Block, clip, field_input
from views.reading import listed
from views.reading_back import state_text

_ACTION = "reason"
_LONGEST = 500
_TARGET = 120


def second_reason_input(others: Sequence[Log]) -> list[Block]:
    """The input; none where no other target of the agent is open."""
    if not others:
        return []
    named = listed(other.reference for other in others)
    are = "is" if len(others) == 1 else "are"
    target = " ".join(others[0].value("target").split())
    known = f": {clip(target, _TARGET)}" if target and len(others) == 1 else "."
    return [
        field_input(
            ids.SECOND_REASON_BLOCK,
            "Why a second open target?",
            {"type": "plain_text_input", "action_id": _ACTION, "max_length": _LONGEST},
            hint=f"{named} {are} still open{known}",
            optional=False,
        )
    ]


def read_second_reason(view: Mapping[str, Any]) -> str:
    """Why there is a second open target; empty where it was not asked."""
    return state_text(view, ids.SECOND_REASON_BLOCK, _ACTION)


def asks_reason(view: Mapping[str, Any]) -> bool:
    """Whether a view has the input, so that an error can stand on it."""
    blocks = view.get("blocks") or ()
    return any(block.get("block_id") == ids.SECOND_REASON_BLOCK for block in blocks)
