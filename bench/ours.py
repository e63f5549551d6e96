"""CoachLog as a process of its own, as `coachlog run` runs it; it counts its statements if asked.

Its settings come from the environment, as they always do.
"""

from __future__ import annotations

import asyncio
import socket
from contextlib import ExitStack
from typing import Any

from sqlalchemy.engine import Connection

from bench.child import obey
from bot import logs
from bot import settings as configuration
from bot.database import opened
from bot.program import new_id, running
from storage.engine import asking
from storage.store import Store


class _Counting:
    """Counts the statements of interactions: BEGIN, COMMIT and what delivery does are none."""

    def __init__(self, store: Store) -> None:
        self._database = store.database
        self._ran: list[str] = []
        self._meanwhile = ExitStack()

    def begin(self) -> None:
        self._ran.clear()
        self._meanwhile.enter_context(self._database.heard_by(self._note))

    def end(self) -> list[int]:
        """How many read, and how many wrote."""
        self._meanwhile.close()
        reading = sum(statement.startswith("SELECT") for statement in self._ran)
        return [reading, len(self._ran) - reading]

    def _note(self, _connection: Connection, _cursor: Any, statement: str, *_others: Any) -> None:
        if not (asking().startswith("delivery") or statement.startswith("BEGIN")):
            self._ran.append(statement)


async def _run() -> None:
    settings = configuration.read(with_slack=True, with_requests=True)
    logs.configure(settings.coachlog_log_format)
    listener = socket.create_server(("127.0.0.1", 0))
    async with (
        opened(settings, new_id=new_id) as store,
        running(settings, store, listener=listener) as program,
    ):
        counting = _Counting(store)
        await obey(program.url, {"count": counting.begin, "counted": counting.end})


if __name__ == "__main__":
    asyncio.run(_run())
