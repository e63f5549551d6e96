"""Hours, leave and policies as JSON; of a policy what isn't usual, so that defaults can change."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import Any

from coaching.policy import USUAL, Policy
from coaching.worktime import Shift, Week


def week_document(week: Week) -> list[Any]:
    """A week as seven pairs of local times, or None for days without a shift."""
    return [None if one is None else [_hhmm(one.start), _hhmm(one.end)] for one in week]


def week_of(stored: Sequence[Any] | None) -> Week | None:
    """The week of what `week_document` made."""
    if stored is None:
        return None
    return tuple(None if one is None else Shift(_time(one[0]), _time(one[1])) for one in stored)


def days_document(days: frozenset[dt.date]) -> list[str]:
    """Days as ISO text, in order."""
    return [day.isoformat() for day in sorted(days)]


def days_of(stored: Sequence[str] | None) -> frozenset[dt.date]:
    """The days of what `days_document` made."""
    return frozenset(dt.date.fromisoformat(day) for day in stored or ())


def policy_document(policy: Policy) -> dict[str, Any]:
    """What of a policy isn't usual."""
    stored = {}
    for item in fields(policy):
        value = getattr(policy, item.name)
        if value != getattr(USUAL, item.name):
            stored[item.name] = _document(item.name, value)
    return stored


def policy_of(stored: Mapping[str, Any] | None) -> Policy:
    """The policy of what `policy_document` made; what this release doesn't know is left out."""
    known = {item.name for item in fields(Policy)}
    kept = {name: value for name, value in (stored or {}).items() if name in known}
    return Policy(**{name: _value(name, value) for name, value in kept.items()}) if kept else USUAL


def _document(name: str, value: Any) -> Any:
    if name == "week":
        return week_document(value)
    if isinstance(value, frozenset):
        return days_document(value)
    if isinstance(value, dt.time):
        return _hhmm(value)
    return (
        [list(one) if isinstance(one, tuple) else one for one in value]
        if isinstance(value, tuple)
        else value
    )


def _value(name: str, stored: Any) -> Any:
    if name == "week":
        return week_of(stored)
    if name == "holidays":
        return days_of(stored)
    if name == "digest_at":
        return _time(stored)
    if isinstance(stored, list):
        return tuple(tuple(one) if isinstance(one, list) else one for one in stored)
    return stored


def _hhmm(time: dt.time) -> str:
    return time.strftime("%H:%M")


def _time(text: str) -> dt.time:
    return dt.time.fromisoformat(text)
