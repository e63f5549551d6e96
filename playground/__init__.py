"""A strict Slack-like workspace in the browser, for any Bolt app; knows nothing of coaching."""

from playground.clock import Clock
from playground.faults import Chances
from playground.installation import InstalledApp
from playground.people import Channel, Team, User
from playground.server import Served, create_app, serve
from playground.workspace import Workspace

__all__ = [
    "Chances",
    "Channel",
    "Clock",
    "InstalledApp",
    "Served",
    "Team",
    "User",
    "Workspace",
    "create_app",
    "serve",
]
