"""The text of somebody's message as people see it, out of what Slack sends."""

from __future__ import annotations

import re
from collections.abc import Mapping

_MARKED = re.compile(r"<([^<>\n]+)>")
_PERSON = re.compile(r"@([UW][A-Z0-9]+)")
_ADDRESSES = ("mailto:", "tel:")


def mentioned(text: str) -> frozenset[str]:
    """The user IDs of the people whom a message names."""
    marked = (_PERSON.fullmatch(found.partition("|")[0]) for found in _MARKED.findall(text))
    return frozenset(person[1] for person in marked if person)


def as_read(text: str, names: Mapping[str, str]) -> str:
    """Mentions as names (by user ID), channels and links by their labels, nothing escaped."""
    shown = _MARKED.sub(lambda found: _words(found[1], names), text)
    return shown.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _words(marked: str, names: Mapping[str, str]) -> str:
    what, _, label = marked.partition("|")
    label = label.strip()
    if person := _PERSON.fullmatch(what):
        return names.get(person[1]) or label.removeprefix("@") or "somebody"
    if what.startswith("#"):
        return f"#{label.removeprefix('#')}" if label else "a channel"
    if what.startswith("!"):
        return label or (f"@{what[1:]}" if what[1:].isalpha() else "a group")
    for scheme in _ADDRESSES:
        what = what.removeprefix(scheme)
    return label or what
