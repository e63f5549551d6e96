"""What an app says, read so that nothing in it goes by unseen."""

from __future__ import annotations

from typing import Any


class Heard(dict[str, Any]):
    """A JSON object that remembers which of its fields somebody looked at."""

    def __init__(self, given: dict[str, Any] | None = None) -> None:
        super().__init__(given or {})
        self._read: set[str] = set()

    def __getitem__(self, key: str) -> Any:
        self._read.add(key)
        return super().__getitem__(key)

    def __contains__(self, key: object) -> bool:
        self._read.add(str(key))
        return super().__contains__(key)

    def get(self, key: str, default: Any = None) -> Any:
        self._read.add(key)
        return super().get(key, default)

    @property
    def ignored(self) -> tuple[str, ...]:
        """The fields that nobody looked at, in the order of the alphabet."""
        return tuple(sorted(self.keys() - self._read))
