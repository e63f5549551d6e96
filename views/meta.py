"""What a view carries in `private_metadata`: IDs and counts, never words."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields

_LONGEST_ID = 80
LIMIT = 3000
"""The longest `private_metadata` that Slack takes."""


@dataclass(frozen=True, slots=True)
class Meta:
    """Where a view stands.

    Attributes:
        log: the log's opaque ID; empty while it isn't saved.
        element: the key of the form's element.
        version: how often that element had been saved when the form was opened.
        generation: counted up where fields are to be filled anew from code.
        walk: whether the form is a step of the walk.
        returns: whether the look-over comes after the form, from which it was opened.
        gaps: whether only forms with something missing come after the form.
        more: whether the fields behind *More* are shown.
        overruled: keys of fields whose hints were shown before.
        retried: whether the form was shown again since Slack sent it without some fields.
        revision: which revision of a shared log the form was opened for.
        plan: stands for the plan that the quick log showed in its line, as made by `views.quick`.
        agent: the agent's user ID where it is fixed.
        origin: from where the modal was opened, where that does not show by itself what was done in
            it: ``home``, or ``private`` for a message that only this person sees.
        new_id: the ID that a log not saved yet will get, which makes its first save idempotent.
    """

    log: str = ""
    element: str = ""
    version: int = 0
    generation: int = 0
    walk: bool = False
    returns: bool = False
    gaps: bool = False
    more: bool = False
    overruled: tuple[str, ...] = ()
    retried: bool = False
    revision: int = 0
    plan: str = ""
    agent: str = ""
    new_id: str = ""
    origin: str = ""


def dump(meta: Meta) -> str:
    """As compact JSON; what has its usual value is left out."""
    usual = asdict(Meta())
    kept = {key: value for key, value in asdict(meta).items() if value != usual[key]}
    return json.dumps(kept, separators=(",", ":"))


def load(text: str) -> Meta:
    """Read it back; anything that `dump` can't have written is an empty Meta."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return Meta()
    if not isinstance(found, dict):
        return Meta()
    usual = Meta()
    taken = {}
    for item in fields(Meta):
        if item.name not in found:
            continue
        value = found[item.name]
        if isinstance(getattr(usual, item.name), tuple) and isinstance(value, list):
            value = tuple(value)
        if not _fits(value, getattr(usual, item.name)):
            return Meta()
        taken[item.name] = value
    return Meta(**taken)


def _fits(value: object, usual: object) -> bool:
    if isinstance(value, tuple):
        return isinstance(usual, tuple) and all(_fits(part, "") for part in value)
    if type(value) is int:
        return type(usual) is int and 0 <= value < 2**31
    if isinstance(value, str):
        return isinstance(usual, str) and len(value) <= _LONGEST_ID and value.isprintable()
    return type(value) is type(usual)
