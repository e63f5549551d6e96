"""A workspace of its own process: where it listens, what it says at start, how it ends."""

from __future__ import annotations

import asyncio
import signal
import socket
import sys
from dataclasses import dataclass

from playground.files import Unusable
from playground.installation import InstalledApp
from playground.server import Served, serve
from playground.wire import Json
from playground.workspace import Workspace

APP_ID = "A0PLAYGROUND"


# Made up; they open nothing real.
BOT_TOKEN = "xoxb-playground"  # noqa: S105 - as above
APP_TOKEN = "xapp-playground"  # noqa: S105 - as above
SIGNING_SECRET = "playground-signing-secret"  # noqa: S105 - as above


@dataclass(frozen=True, slots=True)
class Secrets:
    """What the app proves itself with, and the workspace to the app."""

    bot_token: str
    app_token: str
    signing_secret: str


def install(ws: Workspace, manifest: Json, secrets: Secrets, request_url: str | None) -> None:
    """Install the app of a checked manifest."""
    ws.install(
        InstalledApp.from_manifest(
            manifest,
            app_id=APP_ID,
            bot_token=secrets.bot_token,
            signing_secret=secrets.signing_secret,
            app_token=secrets.app_token,
            request_url=request_url,
        )
    )


def listening(host: str, port: int) -> socket.socket:
    """A socket that listens there; 0 takes a free port.

    Raises:
        Unusable: the port is taken, or the host is none of this machine's.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except (OSError, TypeError, UnicodeError) as error:
        why = (getattr(error, "strerror", None) or str(error)).partition(" (while")[0]
        raise Unusable(
            f"{host}:{port} can't be listened at ({why}). Give another --port or --host."
        ) from error


async def host_workspace(ws: Workspace, listener: socket.socket) -> None:
    """Serve the workspace until SIGINT or SIGTERM, which end it without a word."""
    stopped = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    async with serve(ws, listener) as served:
        sys.stdout.write(greeting(ws, served))
        sys.stdout.flush()
        await stopped.wait()


def greeting(ws: Workspace, served: Served) -> str:
    """Where the page is, and how the app is started."""
    app = ws.app
    someone = next(one for one in ws.users if not one.deleted and not one.is_bot)
    environment = {
        "SLACK_API_URL": served.api_url,
        "SLACK_BOT_TOKEN": app.bot_token,
        "SLACK_SIGNING_SECRET": app.signing_secret,
    }
    if app.uses_sockets:
        environment["SLACK_APP_TOKEN"] = app.app_token or ""
        way = "by Socket Mode"
    else:
        way = f"at {app.interactivity_url or app.events_url or 'the addresses in its manifest'}"
    lines = [
        "",
        f"{ws.team.name} is open at {served.url}/#user={someone.id}",
        "",
        f"{app.name} is expected {way}, now or later. It has:",
        f"  commands   {', '.join(one.command for one in app.commands) or 'none'}",
        f"  shortcuts  {', '.join(one.name for one in app.shortcuts) or 'none'}",
        f"  events     {', '.join(sorted(app.events)) or 'none'}",
        f"  scopes     {', '.join(sorted(app.scopes)) or 'none'}",
        "",
        "Start it with this environment, and have it read SLACK_API_URL:",
        *(f"  export {name}={value}" for name, value in environment.items()),
        "",
        "Bolt for Python",
        '  web = WebClient(os.environ["SLACK_BOT_TOKEN"], base_url=os.environ["SLACK_API_URL"])',
        "  app = App(client=web)",
        "Bolt for JavaScript",
        "  const app = new App({ ..., clientOptions: { slackApiUrl: process.env.SLACK_API_URL } })",
        "",
        "Ctrl-C ends it.",
        "",
    ]
    return "\n".join(lines)
