"""What stops a command, told in words and an exit code instead of a traceback."""

from __future__ import annotations

from collections.abc import Sequence


class Misconfigured(Exception):  # noqa: N818 - it says what is the case
    """The command can't start; `problems` say what is wrong and what to do, one a line."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__(" ".join(problems))
        self.problems = tuple(problems)
