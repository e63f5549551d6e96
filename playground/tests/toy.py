"""A small Bolt app that uses everything the playground has, for trying it as a real app would."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from slack_bolt import BoltResponse
from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltRequest
from slack_sdk.web.async_client import AsyncWebClient

Json = dict[str, Any]

MANIFEST: Json = {
    "display_information": {"name": "Toy"},
    "features": {
        "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True},
        "bot_user": {"display_name": "Toy"},
        "slash_commands": [
            {"command": "/toy", "description": "Play", "should_escape": True},
            {"command": "/raw", "description": "Play without escaping"},
        ],
        "shortcuts": [
            {"name": "Play now", "type": "global", "callback_id": "play", "description": "Play"},
            {"name": "Play this", "type": "message", "callback_id": "this", "description": "Play"},
        ],
    },
    "oauth_config": {
        "scopes": {
            "bot": [
                "chat:write",
                "commands",
                "im:write",
                "im:history",
                "channels:history",
                "channels:read",
                "users:read",
                "users:read.email",
            ]
        }
    },
    "settings": {
        "event_subscriptions": {
            "bot_events": [
                "app_home_opened",
                "message.im",
                "tokens_revoked",
                "user_change",
            ]
        },
        "interactivity": {"is_enabled": True},
    },
}

BOT_TOKEN = "xoxb-toy"
APP_TOKEN = "xapp-toy"
SIGNING_SECRET = "toy-secret"


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def text_input(label: str, block_id: str, **element: object) -> Json:
    return {
        "type": "input",
        "block_id": block_id,
        "label": plain(label),
        "element": {"type": "plain_text_input", "action_id": "text", **element},
    }


def modal(*blocks: Json, title: str = "Toy", callback_id: str = "toy", **extra: object) -> Json:
    return {
        "type": "modal",
        "callback_id": callback_id,
        "title": plain(title),
        "submit": plain("Go"),
        "blocks": list(blocks),
        **extra,
    }


def section(text: str, **extra: object) -> Json:
    return {"type": "section", "text": plain(text), **extra}


def buttons(*action_ids: str) -> Json:
    elements = [
        {"type": "button", "text": plain(one.capitalize()), "action_id": one, "value": one}
        for one in action_ids
    ]
    return {"type": "actions", "block_id": "buttons", "elements": elements}


@dataclass
class Toy:
    """The app, everything that it heard, and what it should say next to a submission."""

    app: AsyncApp
    heard: list[Json] = field(default_factory=list)
    headers: list[Mapping[str, Sequence[str]]] = field(default_factory=list)
    next_view: Json = field(default_factory=lambda: modal(text_input("Name", "name")))
    next_answer: Json = field(default_factory=dict)
    command_answer: Any = ""
    options: list[Json] = field(default_factory=list)
    delay: float = 0.0

    def last(self, kind: str) -> Json:
        """The newest payload of a type."""
        return next(one for one in reversed(self.heard) if one.get("type", "command") == kind)


def build(api_url: str) -> Toy:
    """The app with its listeners, talking to the workspace at `api_url`."""
    client = AsyncWebClient(token=BOT_TOKEN, base_url=api_url, retry_handlers=[])
    app = AsyncApp(
        client=client,
        signing_secret=SIGNING_SECRET,
        process_before_response=True,
    )
    toy = Toy(app)

    @app.middleware
    async def _listen(req: AsyncBoltRequest, next_: Callable[[], Awaitable[BoltResponse]]) -> None:
        toy.heard.append(req.body)
        toy.headers.append(req.headers)
        if toy.delay:
            await asyncio.sleep(toy.delay)
        await next_()

    @app.command("/toy")
    @app.command("/raw")
    async def _command(ack: AsyncAck, body: Json, client: AsyncWebClient) -> None:
        if body["text"] == "open":
            await client.views_open(trigger_id=body["trigger_id"], view=toy.next_view)
        await ack(toy.command_answer)

    @app.shortcut("play")
    @app.shortcut("this")
    async def _shortcut(ack: AsyncAck, body: Json, client: AsyncWebClient) -> None:
        await client.views_open(trigger_id=body["trigger_id"], view=toy.next_view)
        await ack()

    @app.view("toy")
    async def _submitted(ack: AsyncAck) -> None:
        await ack(**toy.next_answer)

    @app.view_closed("toy")
    async def _closed(ack: AsyncAck) -> None:
        await ack()

    @app.action("update")
    async def _update(ack: AsyncAck, body: Json, client: AsyncWebClient) -> None:
        await client.views_update(
            view_id=body["view"]["id"], hash=body["view"]["hash"], view=toy.next_view
        )
        await ack()

    @app.action("push")
    async def _push(ack: AsyncAck, body: Json, client: AsyncWebClient) -> None:
        await client.views_push(trigger_id=body["trigger_id"], view=toy.next_view)
        await ack()

    @app.action(re.compile(".*"))
    async def _pressed(ack: AsyncAck) -> None:
        await ack()

    @app.options("lookup")
    async def _options(ack: AsyncAck) -> None:
        await ack(options=toy.options)

    @app.event("app_home_opened")
    async def _home(event: Json, client: AsyncWebClient) -> None:
        view = {"type": "home", "blocks": [section("Welcome home"), buttons("pat")]}
        await client.views_publish(user_id=event["user"], view=view)

    @app.event("tokens_revoked")
    @app.event("user_change")
    @app.event("message")
    async def _event() -> None:
        """Heard by the middleware."""

    return toy
