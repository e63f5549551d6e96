"""What arrived in Slack, read as its receiver reads it: by its words alone."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from playground import Workspace
from playground.testing.reading import visible_text

_ALONE = (
    (r"(CL-\d+) with \S+ is not (?:complete|finished) yet", "finish"),
    (r"(CL-\d+) from \S+ waits for you to read it", "acknowledge"),
    (r"\S+ has not acknowledged (CL-\d+) yet", "acknowledge"),
    (r"(CL-\d+)(?: with \S+)? is half way", "half way"),
    (r"A next step promised in (CL-\d+) is due", "step"),
    (r"(CL-\d+) with \S+ is due", "outcome"),
    (r"(CL-\d+) with \S+ is overdue", "overdue"),
    (r"(CL-\d+) still waits for your answer", "unanswered"),
    (r"(\S+) has had no session (?:yet|for \d+ days)", "no session"),
)
"""How the notification of a letter about one thing reads."""
_HEADINGS = {
    "Waiting for your answer": "unanswered",
    "Outcomes to record": "outcome",
    "Outcomes overdue": "overdue",
    "Promised next steps": "step",
    "Logs to finish": "finish",
    "Not acknowledged yet": "acknowledge",
    "To read and acknowledge": "acknowledge",
    "Half way": "half way",
    "No session for a while": "no session",
}
_SEVERAL = re.compile(r"(\w+) things? (?:this morning|today), \w+")
_WORDS = ("", "One", "Two", "Three", "Four", "Five")
_DIGEST = re.compile(r"\w+, week of ")
_ITEM = re.compile(r"(CL-\d+|\S+ Person) · ")
_NOTICE = re.compile(
    r"acknowledged CL-|added a view to CL-|waits for your (?:answer|response)$|^Lena answered "
    r"|^CL-\d+ is decided$|changed CL-|shared CL-|noted a check-in"
)
"""What else comes: something that somebody did, told at once."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter or a digest: to whom, when it came (UTC), and what it tells."""

    receiver: str
    at: dt.datetime
    items: frozenset[str]


class Received:
    """What came: the letters, the keys of all messages, and what stood in channels."""

    def __init__(self, ws: Workspace, places: Iterable[str]) -> None:
        self.letters: list[Letter] = []
        self.keys: list[str] = []
        self.in_channels: list[str] = []
        self._ws = ws
        self._places = list(places)
        self._seen: dict[str, int] = {}

    def look(self) -> None:
        for receiver in self._places:
            is_person = receiver.startswith("U")
            found = self._ws.direct(receiver) if is_person else self._ws.conversations.get(receiver)
            assert found is not None
            fresh = found.messages[self._seen.get(receiver, 0) :]
            self._seen[receiver] = len(found.messages)
            for message in fresh:
                if message.only_for is None:
                    self._take(receiver, message.body, message.metadata)

    def _take(self, receiver: str, body: dict[str, Any], metadata: Any) -> None:
        self.keys.append(metadata["event_payload"]["key"])
        lines = visible_text(body["blocks"])
        if not receiver.startswith("U"):
            self.in_channels.append("\n".join([body["text"], *lines]))
        items = _read(body["text"], lines, receiver)
        if not items:
            assert _NOTICE.search(body["text"]), f"neither a letter nor a notice: {body['text']}"
            return
        assert len(set(items)) == len(items), f"told twice in one letter: {items}"
        self.letters.append(
            Letter(receiver, self._ws.clock.now().replace(second=0), frozenset(items))
        )


def _read(text: str, lines: Sequence[str], receiver: str) -> list[str]:
    for pattern, kind in _ALONE:
        if found := re.fullmatch(pattern, text):
            return [f"{kind} {found[1]}"]
    items = []
    if _DIGEST.match(text):
        items.append("digest" if receiver.startswith("U") else "totals")
    if several := _SEVERAL.search(text):
        told = list(_listed(lines[lines.index(several[0]) :]))
        assert _WORDS.index(several[1]) == len(told), f"{text}: {told}"
        items += told
    return items


def _listed(lines: Iterable[str]) -> Iterator[str]:
    """The items of a letter about several things, under the headings of their kinds."""
    kind = ""
    for one in lines:
        first = one.split("\n")[0]
        kind = _HEADINGS.get(first, kind)
        if kind and (found := _ITEM.match(first)):
            yield f"{kind} {found[1].removesuffix(' Person')}"
