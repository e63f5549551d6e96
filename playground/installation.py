"""An app as installed: everything that Slack takes from its manifest, and its secrets."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from playground.people import User


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """A slash command, `command` with its slash."""

    command: str
    url: str
    description: str
    usage_hint: str
    should_escape: bool


@dataclass(frozen=True, slots=True)
class Shortcut:
    """A shortcut; `type` is "global" or "message"."""

    callback_id: str
    name: str
    type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InstalledApp:
    """One app in the workspace, reached by request URLs or by Socket Mode."""

    id: str
    name: str
    bot_name: str
    bot_user_id: str
    bot_id: str
    bot_token: str
    signing_secret: str
    app_token: str | None
    verification_token: str
    scopes: frozenset[str]
    commands: tuple[Command, ...]
    shortcuts: tuple[Shortcut, ...]
    events: frozenset[str]
    interactivity_url: str
    options_url: str
    events_url: str
    uses_sockets: bool
    has_home: bool
    has_messages_tab: bool
    can_be_written_to: bool

    @classmethod
    def from_manifest(
        cls,
        manifest: Mapping[str, Any],
        *,
        app_id: str,
        bot_token: str,
        signing_secret: str,
        app_token: str | None = None,
        request_url: str | None = None,
        declined_scopes: frozenset[str] = frozenset(),
    ) -> InstalledApp:
        """Install from a manifest; `declined_scopes` are optional ones that an admin left out.

        Raises:
            ValueError: a scope was declined that is not optional, or Socket Mode has no app token.
        """
        features = manifest.get("features", {})
        settings = manifest.get("settings", {})
        scopes = manifest.get("oauth_config", {}).get("scopes", {})
        if not declined_scopes <= frozenset(scopes.get("bot_optional", ())):
            raise ValueError("only optional scopes can be declined")
        uses_sockets = bool(settings.get("socket_mode_enabled"))
        if uses_sockets and app_token is None:
            raise ValueError("Socket Mode needs an app-level token")
        interactivity = settings.get("interactivity", {})
        subscriptions = settings.get("event_subscriptions", {})
        home = features.get("app_home", {})
        name = manifest["display_information"]["name"]
        return cls(
            id=app_id,
            name=name,
            bot_name=features.get("bot_user", {}).get("display_name", name),
            bot_user_id=f"U0{app_id[1:]}",
            bot_id=f"B0{app_id[1:]}",
            bot_token=bot_token,
            signing_secret=signing_secret,
            app_token=app_token,
            verification_token=secrets.token_urlsafe(18),
            scopes=frozenset((*scopes.get("bot", ()), *scopes.get("bot_optional", ())))
            - declined_scopes,
            commands=tuple(
                Command(
                    command=one["command"],
                    url=request_url or one.get("url", ""),
                    description=one.get("description", ""),
                    usage_hint=one.get("usage_hint", ""),
                    should_escape=bool(one.get("should_escape")),
                )
                for one in features.get("slash_commands", ())
            ),
            shortcuts=tuple(
                Shortcut(one["callback_id"], one["name"], one["type"])
                for one in features.get("shortcuts", ())
            ),
            events=frozenset(subscriptions.get("bot_events", ())),
            interactivity_url=request_url or interactivity.get("request_url", ""),
            options_url=request_url or interactivity.get("message_menu_options_url", ""),
            events_url=request_url or subscriptions.get("request_url", ""),
            uses_sockets=uses_sockets,
            has_home=bool(home.get("home_tab_enabled")),
            has_messages_tab=bool(home.get("messages_tab_enabled")),
            can_be_written_to=not home.get("messages_tab_read_only_enabled"),
        )

    def bot(self) -> User:
        """The app's bot as a member of the workspace."""
        return User(
            id=self.bot_user_id,
            name=self.bot_name.lower(),
            real_name=self.bot_name,
            tz="America/Los_Angeles",
            is_bot=True,
        )
