"""Drafts of sessions that are planned.

Such a session is prepared before it and held after: its conversation waits until then, and so does
sharing (PRODUCT, section 2).
"""

from __future__ import annotations

import datetime as dt

from coaching.change import Change, Refused
from coaching.elements import CONVERSATION, ELEMENTS, EVIDENCE, WALK, first_gap
from coaching.fields import Content, Element
from coaching.log import Log, State
from coaching.people import Person
from coaching.session import write

TO_COMPLETE = dt.timedelta(days=1)
"""How long after the session a missing observation or conversation may wait."""


def is_planned(log: Log, now: dt.datetime) -> bool:
    """Whether it is a draft whose session lies ahead."""
    at = log.session_at
    return log.state is State.DRAFT and at is not None and at > now


def hold(log: Log, *, actor: Person, now: dt.datetime) -> Change | Refused:
    """*Session held*: a planned session took place now."""
    if not is_planned(log, now):
        return Refused(f"The session of {log.reference} does not lie ahead.")
    content: Content = {**log.content, "session_at": int(now.timestamp())}
    return write(log, [EVIDENCE], content, actor=actor, now=now)


def complete_by(log: Log, now: dt.datetime) -> dt.datetime:
    """Until when the observation and the conversation may be added."""
    return (log.session_at or now) + TO_COMPLETE


def walk(log: Log, now: dt.datetime) -> tuple[Element, ...]:
    """The forms of a draft that are walked through now."""
    return tuple(part for part in WALK if part is not CONVERSATION or not is_planned(log, now))


def gap(log: Log, now: dt.datetime) -> Element | None:
    """The first form with something missing, where the walk is taken up; None where nothing is."""
    return first_gap(log.content, walk(log, now))


def before(log: Log, element: Element, now: dt.datetime) -> Element | None:
    """The form before this one in the walk; None at its beginning."""
    return next((part for part in reversed(walk(log, now)) if _place(part) < _place(element)), None)


def after(log: Log, element: Element, now: dt.datetime) -> Element | None:
    """The form after this one in the walk; None where the look-over comes."""
    return next((part for part in walk(log, now) if _place(part) > _place(element)), None)


def gap_after(log: Log, element: Element) -> Element | None:
    """The form that is asked for after this one once a planned session was held.

    Its conversation came first, then comes what else is missing, each form at most once.
    """
    others = [part for part in WALK if part is not CONVERSATION]
    if element is not CONVERSATION:
        others = [part for part in others if _place(part) > _place(element)]
    return first_gap(log.content, others)


def _place(element: Element) -> int:
    return ELEMENTS.index(element)
