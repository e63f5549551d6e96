"""Composition objects of Block Kit: texts, options, confirmation dialogs.

Limits: docs.slack.dev/reference/block-kit/composition-objects.
"""

from __future__ import annotations

from typing import Any

from playground.findings import Check, Place
from playground.shapes import (
    boolean,
    by_type,
    is_record,
    list_of,
    matching,
    one_of,
    record,
    string,
    typed,
)

_PLAIN = frozenset({"plain_text"})


def _text(longest: int, kinds: frozenset[str], shortest: int = 1) -> Check:
    words = string(longest, shortest)
    return by_type(
        {
            "plain_text": typed({"text": words}, {"emoji": boolean}),
            "mrkdwn": typed({"text": words}, {"verbatim": boolean}),
        },
        kinds,
    )


def plain_text(longest: int) -> Check:
    """A plain_text object."""
    return _text(longest, _PLAIN)


def any_text(longest: int) -> Check:
    """A plain_text or mrkdwn object."""
    return _text(longest, frozenset({"plain_text", "mrkdwn"}))


ADDRESS = matching(r"[A-Za-z][\w+.\-]*:\S{1,2990}", "a web address of up to 3000 characters")


def _option(text: Check, *, with_url: bool = False) -> Check:
    optional: dict[str, Check] = {"description": text}
    if with_url:
        optional["url"] = ADDRESS
    return record({"text": text, "value": string(150)}, optional)


SELECT_OPTION = _option(plain_text(75))
CHOICE_OPTION = _option(any_text(75))
OVERFLOW_OPTION = _option(plain_text(75), with_url=True)

OPTION_GROUP = record({"label": plain_text(75), "options": list_of(SELECT_OPTION, 100)})

CONFIRM = record(
    {
        "title": plain_text(100),
        "text": any_text(300),
        "confirm": plain_text(30),
        "deny": plain_text(30),
    },
    {"style": one_of("primary", "danger")},
)

DISPATCH_CONFIG = record(
    {"trigger_actions_on": list_of(one_of("on_enter_pressed", "on_character_entered"), 2)}
)


def options_in(element: dict[str, Any]) -> list[dict[str, Any]]:
    """All options of an element, those in groups included."""
    grouped = [one for group in element.get("option_groups", ()) for one in group["options"]]
    return [*element.get("options", ()), *grouped]


def one_source_of_options(element: object, place: Place) -> None:
    """A static select has options or groups of them, not both."""
    if is_record(element) and ("options" in element) == ("option_groups" in element):
        place.refuse("must provide either options or option_groups")


def initial_among_options(element: object, place: Place) -> None:
    """What is chosen at first must be one of the options, equal in every field."""
    if not is_record(element):
        return
    known = options_in(element)
    if "initial_option" in element and element["initial_option"] not in known:
        place.at("initial_option").refuse("must be one of the options")
    initial = element.get("initial_options", ())
    for index, chosen in enumerate(initial):
        if chosen not in known:
            place.at("initial_options").at(index).refuse("must be one of the options")
        elif chosen in initial[:index]:
            place.at("initial_options").at(index).refuse("must be chosen once")


OPTIONS_ANSWER = record(
    {},
    {
        "options": list_of(SELECT_OPTION, 100, 0),
        "option_groups": list_of(OPTION_GROUP, 100, 0),
    },
    one_source_of_options,
)
