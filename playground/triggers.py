"""Trigger ids: the right to open one modal, once, within three seconds.

Measured on a monotonic clock: moving the workspace's clock must not expire what a person just did.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass

from playground.wire import ApiError

LIFETIME_SECONDS = 3.0


@dataclass(frozen=True, slots=True)
class Trigger:
    """Who did something when, and in which modal, if in one."""

    user_id: str
    issued: float
    view_id: str | None


class Triggers:
    """Issues trigger ids and takes each back once."""

    def __init__(self, team_id: str, monotonic: Callable[[], float]) -> None:
        self._team_id = team_id
        self._monotonic = monotonic
        self._open: dict[str, Trigger] = {}
        self._spent: set[str] = set()

    def issue(self, user_id: str, view_id: str | None = None) -> str:
        number = len(self._open) + len(self._spent) + 1
        trigger_id = f"{number}.{self._team_id[1:]}.{secrets.token_hex(16)}"
        self._open[trigger_id] = Trigger(user_id, self._monotonic(), view_id)
        return trigger_id

    def check(self, trigger_id: object) -> Trigger:
        """The trigger, still unspent: a refused view does not use it up.

        Raises:
            ApiError: unknown, used or older than three seconds.
        """
        if not isinstance(trigger_id, str) or not trigger_id:
            raise ApiError("invalid_trigger_id")
        if trigger_id in self._spent:
            raise ApiError("exchanged_trigger_id")
        trigger = self._open.get(trigger_id)
        if trigger is None:
            raise ApiError("invalid_trigger_id")
        if self._monotonic() - trigger.issued > LIFETIME_SECONDS:
            raise ApiError("expired_trigger_id")
        return trigger

    def spend(self, trigger_id: str) -> None:
        del self._open[trigger_id]
        self._spent.add(trigger_id)
