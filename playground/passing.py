"""Moves of the clock that stop at what is due on the way."""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress
from datetime import timedelta

from playground.workspace import Workspace

_MOST_SECONDS = 10.0
_STOP_SECONDS = 3.0


async def pass_time(ws: Workspace, by: timedelta) -> None:
    """Move the clock, stopping at each due moment on the way until the app did what was due.

    An app that does not keep up is left behind after some seconds: the move always ends there.

    Raises:
        ValueError, OverflowError: as `Clock.advance`; nothing has moved then.
    """
    ws.clock.check(by)
    goal = ws.clock.now() + by
    until = time.monotonic() + _MOST_SECONDS
    while ws.next_due is not None and time.monotonic() < until:
        due = await ws.next_due()
        if due is None or due >= goal:
            break
        ws.clock.advance(max(timedelta(), due - ws.clock.now()))
        await catch_up(ws)
    ws.clock.advance(max(timedelta(), goal - ws.clock.now()))
    await catch_up(ws)


async def catch_up(ws: Workspace) -> None:
    """Let the app do what is due now, where its host can tell when it has; not for long."""
    if ws.catch_up is not None:
        with suppress(TimeoutError):
            await asyncio.wait_for(ws.catch_up(), _STOP_SECONDS)
