"""What went over the wire, so that a test or a person can ask what was refused or too slow."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

_KEPT = 5_000


@dataclass(frozen=True, slots=True)
class Entry:
    """One exchange: its kind ("web_api", "block_actions", …), the method or callback, the end."""

    kind: str
    name: str
    ok: bool
    error: str = ""
    ms: float = 0.0
    details: tuple[str, ...] = ()


class Journal:
    """The latest exchanges, oldest first; old ones fall out."""

    def __init__(self) -> None:
        self._entries: deque[Entry] = deque(maxlen=_KEPT)

    def __iter__(self) -> Iterator[Entry]:
        return iter(tuple(self._entries))

    def __len__(self) -> int:
        return len(self._entries)

    def add(self, entry: Entry) -> None:
        self._entries.append(entry)

    def refused(self) -> list[Entry]:
        """Everything that did not go well."""
        return [entry for entry in self._entries if not entry.ok]

    def clear(self) -> None:
        self._entries.clear()
