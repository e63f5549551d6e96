"""Apps as processes of their own: started, asked what they did, and stopped."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.measuring import NotMeasured

SECRET = "signing secret of the measurements"  # noqa: S105 - there is nothing behind it
_ROOT = Path(__file__).parent.parent
_PATIENCE_SECONDS = 30.0
_OURS = ("SLACK_", "COACHLOG_", "DATABASE_URL", "PORT")


@dataclass(frozen=True, slots=True)
class App:
    """A process that serves at `url`."""

    name: str
    url: str
    _process: asyncio.subprocess.Process

    async def cpu(self) -> float:
        """The seconds of processor time that it has taken until now, threads and all."""
        return float(await _asked(self._process, "cpu"))

    async def count(self) -> None:
        await _asked(self._process, "count")

    async def counted(self) -> tuple[int, int]:
        """How many statements read and how many wrote since `count`."""
        reading, writing = await _asked(self._process, "counted")
        return reading, writing

    def megabytes(self) -> float:
        """The memory that it holds (resident; what it shares with others is in it)."""
        status = Path(f"/proc/{self._process.pid}/status").read_text("ascii")
        (line,) = [line for line in status.splitlines() if line.startswith("VmRSS:")]
        return int(line.split()[1]) / 1024


@asynccontextmanager
async def started(
    name: str, module: str, *arguments: str, database: str, api_url: str
) -> AsyncIterator[App]:
    """That module as an app on that database, until the block ends.

    Raises NotMeasured where it does not come up, and where it doesn't end when it should.
    """
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", module, *arguments),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        # Lines are made as they always are, and written where nobody reads them.
        stderr=asyncio.subprocess.DEVNULL,
        env=_environment(database, api_url),
        cwd=_ROOT,
    )
    try:
        yield App(name, str(await _line(process)), process)
    finally:
        if process.stdin is not None:
            process.stdin.close()
        try:
            async with asyncio.timeout(_PATIENCE_SECONDS):
                await process.wait()
        except TimeoutError:
            process.kill()
            await process.wait()


def _environment(database: str, api_url: str) -> Mapping[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(_OURS)}
    return {
        **kept,
        "DATABASE_URL": database,
        "SLACK_API_URL": api_url,
        "SLACK_BOT_TOKEN": "xoxb-measured",
        # An empty one hides what a .env may say.
        "SLACK_APP_TOKEN": "",
        "SLACK_SIGNING_SECRET": SECRET,
        "COACHLOG_LOG_FORMAT": "json",
        "COACHLOG_COMMAND": "/coach",
    }


async def _asked(process: asyncio.subprocess.Process, question: str) -> Any:
    if process.stdin is None:
        raise NotMeasured("The app can't be asked.")
    process.stdin.write(f"{question}\n".encode())
    return await _line(process)


async def _line(process: asyncio.subprocess.Process) -> Any:
    if process.stdout is None:
        raise NotMeasured("The app can't be heard.")
    try:
        async with asyncio.timeout(_PATIENCE_SECONDS):
            line = await process.stdout.readline()
    except TimeoutError as error:
        raise NotMeasured("The app does not answer.") from error
    if not line:
        raise NotMeasured(f"The app ended with {await process.wait()}.")
    return json.loads(line)
