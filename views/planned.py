"""Planned sessions: what is said of one, and *Session held*, for whatever shows drafts."""

from __future__ import annotations

from coaching.log import Log
from coaching.people import Person
from views import ids
from views.parts import Block, button
from views.rich import Moment, moment

HELD = "Session held"


def held_button(log: Log, *, primary: bool = False) -> Block:
    """*Session held*, where `coaching.draft.is_planned`: sets the time and asks for the talk."""
    return button(HELD, ids.HELD, log.id, primary=primary)


def planned_for(log: Log, reader: Person) -> Moment | str:
    """The moment for which its session is planned."""
    at = log.session_at
    return moment(at, reader) if at is not None else "later"


def planned_words(log: Log, reader: Person) -> str:
    """The same in words of the reader's zone, for text that can't hold a moment."""
    when = planned_for(log, reader)
    return when if isinstance(when, str) else when.fallback
