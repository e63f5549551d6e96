"""The journal as the page shows it: each exchange in a line, whole, and what made this."""

from __future__ import annotations

import json
from collections.abc import Iterable

from playground.journal import Entry
from playground.remarks import BY_APP, remarks
from playground.wire import Json, Trouble
from playground.workspace import Workspace

_LISTED_MAX = 200
_BEGINNING = 20
_READING = ("conversations.", "users.", "team.", "auth.", "apps.", "api.")


def listed(ws: Workspace, about: str, after: int) -> list[Json]:
    """The latest exchanges: all, or what made and changed one message or view.

    All are in the order in which they ended; the others in that in which they began, as a story.

    Args:
        ws: the workspace.
        about: the ts of a message or the id of a view; "" for all.
        after: the number of an exchange; those that ended later are given.
    """
    if about:
        story = _about(ws.journal, about)
        # Of a long one the beginning is what is asked for.
        shown = [*story[:_BEGINNING], *story[_BEGINNING:][-_LISTED_MAX:]]
    else:
        shown = [entry for entry in list(ws.journal)[-_LISTED_MAX:] if entry.number > after]
    return [summary(ws, entry) for entry in shown]


def whole(ws: Workspace, number: object) -> Json:
    """One exchange with all that was said.

    Raises:
        Trouble: there is none of that number, or not any more.
    """
    for entry in ws.journal:
        if str(entry.number) == number:
            return summary(ws, entry) | {
                "asked": _read(entry.asked),
                "answered": _read(entry.answered),
                "details": list(entry.details),
                "remarks": remarks(entry, ws.delivery.ack_seconds),
            }
    raise Trouble("exchange_not_found", "That is too long ago.")


def summary(ws: Workspace, entry: Entry) -> Json:
    """An exchange in a line; sizes in bytes of JSON, times in milliseconds."""
    return {
        "number": entry.number,
        "at": entry.at,
        "kind": entry.kind,
        "name": entry.name,
        "by_app": entry.kind in BY_APP,
        "ok": entry.ok,
        "error": entry.error,
        "ms": round(entry.ms, 1),
        "bytes": [len(entry.asked), len(entry.answered)],
        "warnings": len(remarks(entry, ws.delivery.ack_seconds)),
    }


def _about(entries: Iterable[Entry], name: str) -> list[Entry]:
    """Whatever names it, and what the person did that gave the right to make it.

    Every ts, view, trigger and response URL has a name of its own in the whole workspace, so that
    exchanges belong together where one says what the other said.
    """
    began = sorted(entries, key=lambda entry: entry.at - entry.ms / 1000)
    writing = [entry for entry in began if not entry.name.startswith(_READING)]
    rights = {right for entry in writing if _names(entry, name) for right in _rights(entry)}
    return [entry for entry in writing if any(_names(entry, one) for one in (name, *rights))]


def _names(entry: Entry, name: str) -> bool:
    return any(name in said for said in (entry.asked, entry.answered, entry.made))


def _rights(entry: Entry) -> list[str]:
    """The trigger that a view was opened with; the response URL that was answered at."""
    if entry.kind == "response_url":
        return entry.made.split()[:1]
    asked = _read(entry.asked)
    trigger = asked.get("trigger_id") if entry.name.startswith("views.") else None
    return [trigger] if isinstance(trigger, str) else []


def _read(said: str) -> Json:
    value: Json = json.loads(said) if said else {}
    return value
