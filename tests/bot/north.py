"""A workspace as Slack, in which commands are run."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.manifest import manifest
from playground import InstalledApp, Served, Workspace
from storage.store import Store
from tests.bot.commands import Ended, coachlog

TEAM = "T0NORTH"
BOT, APP, SECRET = "xoxb-north", "xapp-north", "0123456789abcdef0123456789abcdef"


@dataclass
class North:
    """A workspace as Slack, and the folder in which commands are run."""

    ws: Workspace
    server: Served
    folder: Path

    @property
    def environment(self) -> dict[str, str]:
        return {
            "SLACK_BOT_TOKEN": BOT,
            "SLACK_SIGNING_SECRET": SECRET,
            "SLACK_API_URL": self.server.api_url,
            "PORT": "0",
            "COACHLOG_LOG_FORMAT": "json",
        }

    def decline(self, scope: str) -> None:
        """Install the app again without an optional scope."""
        install(self.ws, declined=frozenset({scope}))

    async def run(self, *arguments: str, **environment: str) -> Ended:
        return await coachlog(*arguments, folder=self.folder, **{**self.environment, **environment})

    @asynccontextmanager
    async def store(self) -> AsyncIterator[Store]:
        opened = await Store.open(f"sqlite:///{self.folder / 'coachlog.db'}")
        try:
            yield opened
        finally:
            await opened.close()


def install(
    ws: Workspace,
    *,
    socket: bool = False,
    bot_token: str = BOT,
    declined: frozenset[str] = frozenset(),
) -> None:
    ws.install(
        InstalledApp.from_manifest(
            manifest(command="/coach", socket=socket),
            app_id="A0COACH",
            bot_token=bot_token,
            signing_secret=SECRET,
            app_token=APP,
            declined_scopes=declined,
        )
    )
