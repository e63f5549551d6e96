"""What travels between the workspace, the app and the page: JSON, and the ways to refuse."""

from __future__ import annotations

import json
import math
import re
import secrets
from typing import Any, TypeAlias

Json: TypeAlias = dict[str, Any]

_HALVES = re.compile(rb"\\ud[89a-f]", re.IGNORECASE)
_ID_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ0123456789"


class ApiError(Exception):
    """A Web API call that Slack would refuse: `error` plus what else stands in the answer."""

    def __init__(self, error: str, **extra: object) -> None:
        super().__init__(error)
        self.error = error
        self.extra = extra

    def answer(self) -> Json:
        return {"ok": False, "error": self.error, **self.extra}


class PageError(Exception):
    """A request of the page that a real Slack client could not have made; told as HTTP 4xx."""

    def __init__(self, error: str, status: int = 400) -> None:
        super().__init__(error)
        self.error = error
        self.status = status


class Trouble(Exception):  # noqa: N818 - it is what a person meets, not a fault of this program
    """What a person sees when the app failed them; `message` is in words for people."""

    def __init__(self, error: str, message: str) -> None:
        super().__init__(error)
        self.error = error
        self.message = message

    def answer(self) -> Json:
        return {"ok": False, "error": self.error, "message": self.message}


def new_id(prefix: str, length: int = 10) -> str:
    """An id as Slack makes them: a letter that says the kind, then upper case and digits."""
    return prefix + "".join(secrets.choice(_ID_LETTERS) for _ in range(length))


def parsed(raw: str | bytes) -> object:
    """The JSON value in `raw`; ValueError when it is none, or none that Slack could send on.

    Too deep is a value that no stack holds, and half a character what no encoding holds.
    """
    try:
        value: object = json.loads(raw, parse_constant=_refused, parse_float=_finite)
        if _HALVES.search(raw if isinstance(raw, bytes) else raw.encode()):
            json.dumps(value, ensure_ascii=False).encode()
    except RecursionError as deep:
        raise ValueError("too deep") from deep
    return value


def _refused(word: str) -> float:
    raise ValueError(f"{word} is no JSON")


def _finite(digits: str) -> float:
    value = float(digits)
    return value if math.isfinite(value) else _refused(digits)


def compact(value: object) -> str:
    """JSON without spaces and with non-ASCII escaped, as Slack sends it."""
    return json.dumps(value, separators=(",", ":"))
