"""What is wrong with a payload, each finding with a JSON pointer, in the words Slack uses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

Surface: TypeAlias = Literal["message", "modal", "home"]


@dataclass(slots=True)
class Findings:
    """Collected while one payload is walked; also what must be unique across all of it.

    `close` is what is right, but not by much.
    """

    surface: Surface
    found: list[tuple[str, str]] = field(default_factory=list)
    close: list[tuple[str, str]] = field(default_factory=list)
    block_ids: set[str] = field(default_factory=set)
    focused: str | None = None

    def messages(self) -> list[str]:
        return [f"[ERROR] {what} [json-pointer:{pointer}]" for pointer, what in self.found]

    def errors(self) -> list[str]:
        """The same as `invalid_blocks` lists them: without the level."""
        return [f"{what} [json-pointer:{pointer}]" for pointer, what in self.found]


@dataclass(frozen=True, slots=True)
class Place:
    """A spot in the payload that a check looks at."""

    pointer: str
    findings: Findings

    def at(self, key: str | int) -> Place:
        return Place(f"{self.pointer}/{key}", self.findings)

    def refuse(self, what: str) -> None:
        self.findings.found.append((self.pointer, what))

    def note(self, what: str) -> None:
        self.findings.close.append((self.pointer, what))


Check: TypeAlias = Callable[[object, Place], None]
