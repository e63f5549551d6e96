"""An app as a process of its own: what it is asked by whoever started it, line by line."""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections.abc import Callable, Mapping
from typing import Any

Answers = Mapping[str, Callable[[], Any]]


async def obey(url: str, answers: Answers) -> None:
    """Say where the app listens, then answer each question, until nobody can ask any more."""
    reader = asyncio.StreamReader()
    loop = asyncio.get_running_loop()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    _say(url)
    # Of the whole process: some drivers work in threads.
    known = {"cpu": time.process_time, **answers}
    while line := await reader.readline():
        _say(known[line.decode().strip()]())


def _say(told: Any) -> None:
    sys.stdout.write(f"{json.dumps(told)}\n")
    sys.stdout.flush()
