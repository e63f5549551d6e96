"""Ending on a signal: what is under way is finished first; a second signal ends at once."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Awaitable

from bot.logs import logger

_SIGNALS = (signal.SIGTERM, signal.SIGINT)


async def until_stopped(work: Awaitable[None]) -> None:
    """Do the work, which never ends by itself, until SIGTERM or SIGINT; then let it close up."""
    task, loop = asyncio.ensure_future(work), asyncio.get_running_loop()

    def stop(number: signal.Signals) -> None:
        logger().info("stopping", signal=number.name)
        for one in _SIGNALS:
            loop.remove_signal_handler(one)
        task.cancel()

    for number in _SIGNALS:
        loop.add_signal_handler(number, stop, number)
    try:
        await task
    except asyncio.CancelledError:
        logger().info("stopped")
    finally:
        for number in _SIGNALS:
            loop.remove_signal_handler(number)
