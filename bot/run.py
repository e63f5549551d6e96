"""`coachlog run`: until a signal asks for the end."""

from __future__ import annotations

import asyncio

from bot import logs
from bot import settings as configuration
from bot.database import opened
from bot.lock import sole_runner
from bot.program import new_id, running
from bot.settings import Settings
from bot.stopping import until_stopped


async def run() -> None:
    """Run until SIGTERM or SIGINT.

    Raises:
        Misconfigured: a setting is wrong, a token refused, or the database not to be used.
    """
    settings = configuration.read(with_slack=True, with_requests=True)
    logs.configure(settings.coachlog_log_format)
    with sole_runner(settings.database_url):
        await until_stopped(_running(settings))


async def _running(settings: Settings) -> None:
    async with opened(settings, new_id=new_id) as store, running(settings, store):
        await asyncio.Event().wait()
