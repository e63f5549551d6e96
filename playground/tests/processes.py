"""Programs beside the tests: started with an environment of their own, heard, and ended."""

from __future__ import annotations

import asyncio
import os
from asyncio.subprocess import PIPE, STDOUT, Process
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

_SECONDS = 20.0


class Running:
    """A program under way, and what it has said."""

    def __init__(self, process: Process) -> None:
        self.process = process
        self.said = ""

    async def says(self, words: str) -> str:
        """Wait for the line in which these words stand."""
        assert self.process.stdout is not None
        async with asyncio.timeout(_SECONDS):
            while line := (await self.process.stdout.readline()).decode():
                self.said += line
                if words in line:
                    return line.strip()
        raise AssertionError(f"it ended without {words!r}: {self.said}")

    async def ended(self) -> int:
        assert self.process.stdout is not None
        async with asyncio.timeout(_SECONDS):
            self.said += (await self.process.stdout.read()).decode()
            return await self.process.wait()


@asynccontextmanager
async def program(
    *command: str, environment: Mapping[str, str] | None = None, folder: Path | None = None
) -> AsyncIterator[Running]:
    """Run it while the block lasts; it inherits no proxy, since all that it calls is here."""
    inherited = {
        name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")
    }
    process = await asyncio.create_subprocess_exec(
        *command, stdout=PIPE, stderr=STDOUT, cwd=folder, env={**inherited, **(environment or {})}
    )
    running = Running(process)
    try:
        yield running
    finally:
        if process.returncode is None:
            process.terminate()
            await running.ended()
