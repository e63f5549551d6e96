"""Planned sessions: what is said of one, and *Session held*, for whatever shows drafts."""

from __future__ import annotations

from coaching.log import Log
from views import ids
from views.parts import Block, button
from views.reading import Reading
from views.rich import Moment

HELD = "Session held"


def held_button(log: Log, *, primary: bool = False) -> Block:
    """*Session held*, where `coaching.draft.is_planned`: sets the time and asks for the talk."""
    return button(HELD, ids.HELD, log.id, primary=primary)


def planned_for(log: Log, reading: Reading) -> Moment | str:
    """The moment for which its session is planned."""
    at = log.session_at
    return reading.moment(at) if at is not None else "later"


def planned_words(log: Log, reading: Reading) -> str:
    """The same in words of the reader's zone, for text that can't hold a moment."""
    when = planned_for(log, reading)
    return when if isinstance(when, str) else when.fallback
