"""What a Web API method is made of, and what it may ask of its call."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Literal

from playground.heard import Heard
from playground.people import User
from playground.wire import ApiError, Json
from playground.workspace import Workspace

_LONGEST_CURSOR = 10


@dataclass(frozen=True, slots=True)
class Call:
    """One call: the workspace and the arguments, JSON inside forms already read."""

    ws: Workspace
    args: Heard

    def need(self, scope: str) -> None:
        """Refuse unless the installation has the scope."""
        scopes = self.ws.app.scopes
        if scope not in scopes:
            raise ApiError("missing_scope", needed=scope, provided=",".join(sorted(scopes)))

    def required(self, key: str) -> str:
        """A text argument that must be there."""
        value = self.args.get(key)
        if not isinstance(value, str) or not value:
            raise ApiError(
                "invalid_arguments",
                response_metadata={"messages": [f"[ERROR] missing required field: {key}"]},
            )
        return value

    def switched_on(self, key: str) -> bool:
        """A boolean argument, which a form or address writes as a word."""
        return self.args.get(key) in (True, "true", "True", "1", 1)

    def number(self, key: str, default: int, most: int) -> int:
        """A count between 1 and `most`; Slack refuses what is no number, and caps the rest."""
        value = self.args.get(key)
        if value is None:
            return default
        try:
            return max(1, min(int(value), most))
        except (TypeError, ValueError, OverflowError) as wrong:
            raise ApiError("invalid_arguments") from wrong

    def cursor(self) -> int:
        """Where the page that is asked for begins."""
        value = str(self.args.get("cursor") or "0")
        if not (value.isascii() and value.isdigit() and len(value) < _LONGEST_CURSOR):
            raise ApiError("invalid_cursor")
        return int(value)

    def person(self, key: str) -> User:
        """The user whose id an argument holds."""
        user = self.ws.user(self.args.get(key))
        if user is None:
            raise ApiError("user_not_found")
        return user


@dataclass(frozen=True, slots=True)
class Method:
    """A method: its scope, whose token it takes, and arguments that mean nothing here.

    Those Slack documents (docs.slack.dev/reference/methods); in this workspace nothing follows.
    """

    name: str
    run: Callable[[Call], Awaitable[Json]]
    scope: str | None = None
    caller: Literal["bot", "app", "anyone"] = "bot"
    idle: frozenset[str] = frozenset()
