"""Running `coachlog` as people do: another process, an environment, an exit code."""

from __future__ import annotations

import asyncio
import os
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

START_SECONDS = 20.0
CALL = "import sys; from bot.cli import main; sys.argv[0] = 'coachlog'; main()"


@dataclass(frozen=True)
class Ended:
    """A command that ended."""

    code: int
    out: str
    err: str


async def _start(
    arguments: tuple[str, ...], folder: Path, environment: Mapping[str, str]
) -> Process:
    keep = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        CALL,
        *arguments,
        cwd=folder,
        env={**keep, "PYTHONPATH": str(Path(__file__).parents[2]), **environment},
        stdout=PIPE,
        stderr=PIPE,
    )


async def coachlog(*arguments: str, folder: Path, **environment: str) -> Ended:
    """Run a command to its end."""
    process = await _start(arguments, folder, environment)
    async with asyncio.timeout(START_SECONDS):
        out, err = await process.communicate()
    return Ended(process.returncode or 0, out.decode(), err.decode())


@dataclass
class Running:
    """A command that goes on until it is told to stop; what it says on standard error is kept."""

    process: Process
    said: list[str]

    async def says(self, words: str) -> str:
        """The first line with these words, waiting for it."""
        for line in self.said:
            if words in line:
                return line
        assert self.process.stderr is not None
        async with asyncio.timeout(START_SECONDS):
            while raw := await self.process.stderr.readline():
                self.said.append(raw.decode().rstrip())
                if words in self.said[-1]:
                    return self.said[-1]
        raise AssertionError(f"it ended without saying {words!r}: {self.said}")

    async def stop(self) -> Ended:
        """Send SIGTERM and wait for the end."""
        if self.process.returncode is None:
            self.process.terminate()
        async with asyncio.timeout(START_SECONDS):
            out, err = await self.process.communicate()
        self.said += err.decode().splitlines()
        return Ended(self.process.returncode or 0, out.decode(), "\n".join(self.said))


@asynccontextmanager
async def started(*arguments: str, folder: Path, **environment: str) -> AsyncIterator[Running]:
    """Run a command while the block lasts."""
    running = Running(await _start(arguments, folder, environment), [])
    try:
        yield running
    finally:
        await running.stop()
