"""`coachlog run`: until a signal asks for the end."""

from __future__ import annotations

import asyncio
import signal

from bot import logs
from bot import settings as configuration
from bot.database import opened
from bot.lock import sole_runner
from bot.logs import logger
from bot.program import new_id, running

_STOPPING = (signal.SIGTERM, signal.SIGINT)


async def run() -> None:
    """Run until SIGTERM or SIGINT; what is under way is finished first. A second signal is final.

    Raises:
        Misconfigured: a setting is wrong, a token refused, or the database not to be used.
    """
    settings = configuration.read(with_slack=True, with_requests=True)
    logs.configure(settings.coachlog_log_format)
    task, loop = asyncio.current_task(), asyncio.get_running_loop()

    def stop(number: signal.Signals) -> None:
        logger().info("stopping", signal=number.name)
        for one in _STOPPING:
            loop.remove_signal_handler(one)
        if task is not None:
            task.cancel()

    for number in _STOPPING:
        loop.add_signal_handler(number, stop, number)
    try:
        with sole_runner(settings.database_url):
            async with opened(settings, new_id=new_id) as store, running(settings, store):
                await asyncio.Event().wait()
    except asyncio.CancelledError:
        logger().info("stopped")
