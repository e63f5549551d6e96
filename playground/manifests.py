"""An app's manifest in a file, as Slack's own manifest schema has it.

Fields: docs.slack.dev/reference/app-manifest. What the workspace does not use is left alone; the
fields that it reads are checked, and misspelt ones beside them are refused.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from playground import files
from playground.findings import Check, Place
from playground.shapes import boolean, is_record, list_of, matching, one_of, record, string
from playground.wire import Json

# Asking for the port refuses one beyond 65535.
REQUEST_URL = matching(
    r"https?://([^\s/:?#\[\]]+|\[[\da-f:]+\])(:\d{1,5})?(/\S*)?",
    "an http(s) address",
    lambda address: urlsplit(address).port,
)
_MANY = 1_000
_NAMES = list_of(string(255), _MANY, 0)


def _with(fields: Mapping[str, Check], *required: str) -> Check:
    """An object in which these fields are checked and others may stand."""

    def check(value: object, place: Place) -> None:
        if not is_record(value):
            place.refuse("must provide an object")
            return
        for key in required:
            if key not in value:
                place.refuse(f"missing required field: {key}")
        for key, one in fields.items():
            if key in value:
                one(value[key], place.at(key))

    return check


_COMMAND = record(
    {"command": matching(r"/[^\s/A-Z]{1,31}", "a slash and up to 31 characters in lower case")},
    {
        "url": REQUEST_URL,
        "description": string(2000, 0),
        "usage_hint": string(1000, 0),
        "should_escape": boolean,
    },
)
_SHORTCUT = record(
    {"name": string(24), "callback_id": string(255), "type": one_of("global", "message")},
    {"description": string(150, 0)},
)
_MANIFEST = _with(
    {
        "display_information": _with({"name": string(35)}, "name"),
        "features": _with(
            {
                "app_home": record(
                    {},
                    dict.fromkeys(
                        (
                            "home_tab_enabled",
                            "messages_tab_enabled",
                            "messages_tab_read_only_enabled",
                        ),
                        boolean,
                    ),
                ),
                "bot_user": record({"display_name": string(80)}, {"always_online": boolean}),
                "slash_commands": list_of(_COMMAND, 50, 0),
                "shortcuts": list_of(_SHORTCUT, 10, 0),
            }
        ),
        "oauth_config": _with({"scopes": _with({"bot": _NAMES, "bot_optional": _NAMES})}),
        "settings": _with(
            {
                "socket_mode_enabled": boolean,
                "event_subscriptions": _with({"request_url": REQUEST_URL, "bot_events": _NAMES}),
                "interactivity": _with(
                    {
                        "is_enabled": boolean,
                        "request_url": REQUEST_URL,
                        "message_menu_options_url": REQUEST_URL,
                    }
                ),
            }
        ),
    },
    "display_information",
)


def load(file: Path, *, socket: bool, request_url: str | None) -> Json:
    """The manifest; `socket` turns Socket Mode on, an address turns it off.

    Raises:
        Unusable: the file says something that Slack would not take, or not where the app is.
    """
    manifest = files.read(file, _MANIFEST)
    settings = manifest.setdefault("settings", {})
    if socket or request_url is not None:
        settings["socket_mode_enabled"] = socket
    if not settings.get("socket_mode_enabled") and request_url is None:
        files.refuse(file, manifest, _has_addresses)
    return manifest


def check_address(request_url: str) -> None:
    """Raises: Unusable: it is no address at which an app could be."""
    files.refuse(Path("--request-url"), request_url, REQUEST_URL)


def _has_addresses(manifest: object, place: Place) -> None:
    if not is_record(manifest):
        return
    why = "missing; give --request-url, or --socket for Socket Mode"
    features, settings = manifest.get("features", {}), manifest["settings"]
    for index, command in enumerate(features.get("slash_commands", ())):
        if "url" not in command:
            place.at("features").at("slash_commands").at(index).at("url").refuse(why)
    interactivity = settings.get("interactivity", {})
    interactive = features.get("shortcuts") or interactivity.get("is_enabled")
    if interactive and "request_url" not in interactivity:
        place.at("settings").at("interactivity").at("request_url").refuse(why)
    events = settings.get("event_subscriptions", {})
    if events.get("bot_events") and "request_url" not in events:
        place.at("settings").at("event_subscriptions").at("request_url").refuse(why)
