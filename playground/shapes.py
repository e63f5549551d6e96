"""Checks from which the rules of Block Kit are put together.

Each maker returns a check: a function of a value and its place, which refuses what is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, TypeGuard

from playground.findings import Check, Place

# What is shorter is a title or a button's words, which are written to fit.
_LONG = 75


def is_record(value: object) -> TypeGuard[dict[str, Any]]:
    """Whether the value is a JSON object."""
    return isinstance(value, dict)


def characters(text: str) -> int:
    """How many characters a text has: what lies beyond 16 bits, as emoji do, counts twice.

    Slack says that it counts characters, not how. Bytes they are not: 12,000 Chinese characters
    were taken in a markdown block that takes 12,000. Slack's client is a web page, and browsers
    count in units of 16 bits. What its servers do with emoji is unknown, so this is the stricter.
    """
    # Half a pair may come from a forged payload; it counts as the one character that it isn't.
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def string(longest: int, shortest: int = 1) -> Check:
    """Text of so many `characters`."""

    def check(value: object, place: Place) -> None:
        if not isinstance(value, str):
            place.refuse("must provide a string")
        elif characters(value) > longest:
            place.refuse(f"must be less than {longest + 1} characters")
        elif characters(value) < shortest:
            place.refuse(f"must be more than {shortest - 1} characters")
        elif longest >= _LONG and is_close(characters(value), longest):
            place.note(f"{characters(value):,} of at most {longest:,} characters")

    return check


def is_close(count: int, most: int) -> bool:
    """Whether so many is more than nine tenths of the most that there may be."""
    return count * 10 > most * 9


def matching(pattern: str, what: str, made_of: Callable[[str], object] = str) -> Check:
    """Text in a form that `what` names, of which `made_of` can make something."""
    expression = re.compile(pattern)

    def check(value: object, place: Place) -> None:
        try:
            if isinstance(value, str) and expression.fullmatch(value):
                made_of(value)
                return
        except (ValueError, LookupError, OSError):
            pass
        place.refuse(f"must be {what}")

    return check


def boolean(value: object, place: Place) -> None:
    """True or false."""
    if not isinstance(value, bool):
        place.refuse("must provide a boolean")


def integer(least: int, most: int) -> Check:
    """A whole number in a range."""

    def check(value: object, place: Place) -> None:
        if not isinstance(value, int) or isinstance(value, bool):
            place.refuse("must provide an integer")
        elif not least <= value <= most:
            place.refuse(f"must be between {least} and {most}")

    return check


def one_of(*allowed: str) -> Check:
    """One of these words."""

    def check(value: object, place: Place) -> None:
        if value not in allowed:
            place.refuse(f"must be one of: {', '.join(allowed)}")

    return check


def list_of(item: Check, most: int, least: int = 1) -> Check:
    """An array of so many items."""

    def check(value: object, place: Place) -> None:
        if not isinstance(value, list):
            place.refuse("must provide an array")
            return
        if len(value) > most:
            place.refuse(f"no more than {most} items allowed")
        if len(value) < least:
            place.refuse(f"no fewer than {least} items allowed")
        for index, one in enumerate(value):
            item(one, place.at(index))

    return check


def record(
    required: Mapping[str, Check], optional: Mapping[str, Check] | None = None, *rules: Check
) -> Check:
    """An object with these fields and no others; `rules` see it once its fields are in order."""
    known = {**required, **(optional or {})}

    def check(value: object, place: Place) -> None:
        if not is_record(value):
            place.refuse("must provide an object")
            return
        before = len(place.findings.found)
        for key in required:
            if key not in value:
                place.refuse(f"missing required field: {key}")
        for key, one in value.items():
            if key not in known:
                place.refuse(f"invalid additional property: {key}")
            else:
                known[key](one, place.at(key))
        if len(place.findings.found) == before:
            for rule in rules:
                rule(value, place)

    return check


def by_type(kinds: Mapping[str, Check], allowed: frozenset[str] | None = None) -> Check:
    """An object whose `type` says which of `kinds` it must be; only `allowed` ones, if given."""

    def check(value: object, place: Place) -> None:
        if not is_record(value):
            place.refuse("must provide an object")
            return
        kind = value.get("type")
        known = kinds if allowed is None else allowed
        if not isinstance(kind, str) or kind not in known:
            place.refuse(f"unsupported type: {kind}")
        else:
            kinds[kind](value, place)

    return check


def typed(
    required: Mapping[str, Check], optional: Mapping[str, Check] | None = None, *rules: Check
) -> Check:
    """A record that also has a `type`, which `by_type` looked at."""
    return record({"type": string(255), **required}, optional, *rules)
