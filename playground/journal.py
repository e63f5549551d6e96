"""What went over the wire, so that a test or a person can ask what was refused or too slow."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from playground.delivery import Answer
from playground.wire import Json, compact

_KEPT = 5_000
_KEPT_CHARACTERS = 50_000_000


@dataclass(frozen=True, slots=True)
class Entry:
    """One exchange: its kind ("web_api", "block_actions", …), the method or callback, the end.

    Attributes:
        ms: from the first byte of the question to the answer, as the asking side saw it.
        details: why it was refused, in Slack's words.
        asked: what was asked, as JSON, without tokens.
        answered: what was answered, as JSON; "" where nothing was.
        ignored: fields that nothing looked at.
        made: the ts of the message or the id of the view that it made, where no text above says so.
        number: counts from 1.
        at: the workspace's time at the end, seconds since 1970.
    """

    kind: str
    name: str
    ok: bool
    error: str = ""
    ms: float = 0.0
    details: tuple[str, ...] = ()
    asked: str = ""
    answered: str = ""
    ignored: tuple[str, ...] = ()
    made: str = ""
    number: int = 0
    at: float = 0.0

    @property
    def characters(self) -> int:
        """What it takes to keep."""
        return len(self.asked) + len(self.answered)


def without_token(said: Json) -> str:
    """What was said as JSON to be kept: whoever looks at it needs no secret."""
    return compact({key: one for key, one in said.items() if key != "token"})


def delivered(kind: str, name: str, payload: Json, answer: Answer) -> Entry:
    """The entry of a payload that was brought to the app."""
    told = "" if answer.body is None else compact(answer.body)
    return Entry(
        kind,
        name,
        answer.ok,
        answer.error,
        answer.ms,
        asked=without_token(payload),
        answered=told,
    )


class Journal:
    """The latest exchanges, oldest first; old ones fall out. `now` is in seconds since 1970."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._entries: deque[Entry] = deque()
        self._characters = 0
        self._count = 0
        self._watchers: list[Callable[[Entry], None]] = []

    def __iter__(self) -> Iterator[Entry]:
        return iter(tuple(self._entries))

    def __len__(self) -> int:
        return len(self._entries)

    def add(self, entry: Entry) -> None:
        self._count += 1
        numbered = replace(entry, number=self._count, at=self._now())
        if len(self._entries) == _KEPT:
            self._forget_oldest()
        self._entries.append(numbered)
        self._characters += numbered.characters
        while self._characters > _KEPT_CHARACTERS and len(self._entries) > 1:
            self._forget_oldest()
        for watcher in self._watchers:
            watcher(numbered)

    def _forget_oldest(self) -> None:
        self._characters -= self._entries.popleft().characters

    def watch(self, watcher: Callable[[Entry], None]) -> None:
        """Have `watcher` told each exchange when it has ended."""
        self._watchers.append(watcher)

    def refused(self) -> list[Entry]:
        """Everything that did not go well."""
        return [entry for entry in self._entries if not entry.ok]

    def clear(self) -> None:
        self._entries.clear()
        self._characters = 0
