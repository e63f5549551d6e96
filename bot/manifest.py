"""The Slack app's manifest, with the address, the command or Socket Mode filled in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

Json = dict[str, Any]
_HERE = Path(__file__).parent
EVENTS_PATH = "/slack/events"


def template() -> Json:
    """The manifest as it stands in `manifest.yml`: beside the package, or installed inside it."""
    for place in (_HERE / "manifest.yml", _HERE.parent / "manifest.yml"):
        if place.is_file():
            loaded: Json = yaml.safe_load(place.read_text(encoding="utf-8"))
            return loaded
    raise FileNotFoundError("manifest.yml is missing; install CoachLog again")


def manifest(*, command: str, url: str | None = None, socket: bool = False) -> Json:
    """The manifest for one installation.

    Args:
        command: the slash command, with its slash.
        url: where CoachLog is reached, without a path; the example address stays when None.
        socket: for Socket Mode, where Slack takes no addresses.
    """
    made = template()
    features, settings = made["features"], made["settings"]
    features["slash_commands"][0]["command"] = command
    if socket:
        settings["socket_mode_enabled"] = True
        del features["slash_commands"][0]["url"]
        del settings["event_subscriptions"]["request_url"]
        settings["interactivity"] = {"is_enabled": True}
    elif url is not None:
        endpoint = url.rstrip("/").removesuffix(EVENTS_PATH) + EVENTS_PATH
        features["slash_commands"][0]["url"] = endpoint
        settings["event_subscriptions"]["request_url"] = endpoint
        settings["interactivity"]["request_url"] = endpoint
        settings["interactivity"]["message_menu_options_url"] = endpoint
    return made


def scopes(made: Json) -> tuple[frozenset[str], frozenset[str]]:
    """The bot scopes that the app needs, and those that it can do without."""
    bot = made["oauth_config"]["scopes"]
    return frozenset(bot["bot"]), frozenset(bot.get("bot_optional", ()))
