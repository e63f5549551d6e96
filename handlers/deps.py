"""What every handler gets: the parts of the running program, handed in by `bot/`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from slack_sdk.web.async_client import AsyncWebClient

from storage.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Deps:
    """Built once at start.

    Attributes:
        now: the time in UTC; the operating system's, or the playground's.
        new_id: makes opaque, unguessable IDs.
        slack: the Web API client of a workspace, by team ID.
        failed: is told of a log (by ID) that can't be shown, and why.
        command: the slash command's name, with its slash.
    """

    store: Store
    now: Callable[[], dt.datetime]
    new_id: Callable[[], str]
    slack: Callable[[str], AsyncWebClient]
    failed: Callable[[str, Exception], None] = lambda _log, _error: None
    command: str = "/coach"
