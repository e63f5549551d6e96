"""A small Bolt app and the workspace it lives in, for trying the page by hand of a browser."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from aiohttp import web
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from playground import Channel, Clock, InstalledApp, Team, User, Workspace, serve
from playground.tests.browser import forms
from playground.tests.browser.forms import Json

SECRET = "a-signing-secret"
TOKEN = "xoxb-toy"
ACK_SECONDS = 3.0  # as Slack: a shorter one is overrun on a busy machine, and the event sent again

MANIFEST: Json = {
    "display_information": {"name": "Toybox"},
    "features": {
        "app_home": {
            "home_tab_enabled": True,
            "messages_tab_enabled": True,
            "messages_tab_read_only_enabled": False,
        },
        "bot_user": {"display_name": "Toybox", "always_online": True},
        "slash_commands": [
            {
                "command": "/toy",
                "description": "Open the box",
                "usage_hint": "[@person]",
                "should_escape": True,
            }
        ],
        "shortcuts": [
            {"name": "Open the box", "type": "global", "callback_id": "open", "description": "x"},
            {"name": "Box it", "type": "message", "callback_id": "box", "description": "x"},
        ],
    },
    "oauth_config": {"scopes": {"bot": ["chat:write", "commands", "im:write"]}},
    "settings": {
        "event_subscriptions": {"bot_events": ["app_home_opened"]},
        "interactivity": {"is_enabled": True},
        "socket_mode_enabled": False,
    },
}


@dataclass
class Toy:
    """The running toy: its workspace, where the page is, and what the app was told."""

    ws: Workspace
    url: str
    client: AsyncWebClient
    submitted: list[Json] = field(default_factory=list)
    pressed: list[Json] = field(default_factory=list)
    opened: list[str] = field(default_factory=list)

    def address(self, user: str, **more: str) -> str:
        """The page, opened as this person."""
        return f"{self.url}/#" + "&".join(
            f"{key}={value}" for key, value in {"user": user, **more}.items()
        )

    async def tell(self, user: str, text: str, blocks: list[Json] | None = None) -> None:
        """A direct message of the app to this person."""
        opened = await self.client.conversations_open(users=user)
        channel = opened["channel"]["id"]
        await self.client.chat_postMessage(channel=channel, text=text, blocks=blocks)


def _listen(app: AsyncApp, toy: Toy) -> None:
    _listen_to_commands(app)
    _listen_to_form(app, toy)
    _listen_to_letter(app, toy)


def _listen_to_commands(app: AsyncApp) -> None:
    async def toy_command(ack: AsyncAck, body: Json, client: AsyncWebClient) -> None:
        match body["text"].split():
            case ["slow"]:
                await asyncio.sleep(ACK_SECONDS + 0.5)
                await ack()
            case ["box"]:
                await client.views_open(trigger_id=body["trigger_id"], view=forms.every_element())
                await ack()
            case _:
                await ack(f"Only for you: {body['text']}")

    async def open_box(ack: AsyncAck, body: Json, client: AsyncWebClient) -> None:
        await client.views_open(trigger_id=body["trigger_id"], view=forms.every_element())
        await ack()

    async def box_message(ack: AsyncAck, body: Json, client: AsyncWebClient) -> None:
        said = {"type": "section", "block_id": "said", "text": forms.plain(body["message"]["text"])}
        await client.views_open(trigger_id=body["trigger_id"], view=forms.modal("Boxed", [said]))
        await ack()

    app.command("/toy")(toy_command)
    app.global_shortcut("open")(open_box)
    app.message_shortcut("box")(box_message)


def _listen_to_form(app: AsyncApp, toy: Toy) -> None:
    async def letters(ack: AsyncAck, body: Json) -> None:
        typed = body["value"].lower()
        fit = [one for one in forms.LETTERS if one.lower().startswith(typed)]
        await ack(options=forms.options(*fit))

    async def everything(ack: AsyncAck, view: Json) -> None:
        values = view["state"]["values"]
        toy.submitted.append(values)
        if values["word"]["it"]["value"] == "bad":
            await ack(response_action="errors", errors={"word": "Another word, please."})
        else:
            await ack(response_action="update", view=forms.second(values["word"]["it"]["value"]))

    async def second(ack: AsyncAck, body: Json, view: Json, client: AsyncWebClient) -> None:
        toy.submitted.append(view["state"]["values"])
        user = body["user"]["id"]
        opened = await client.conversations_open(users=user)
        channel = opened["channel"]["id"]
        await client.chat_postMessage(channel=channel, text="A letter", blocks=forms.letter(user))
        await ack()

    async def mode(ack: AsyncAck, body: Json, client: AsyncWebClient) -> None:
        toy.pressed.append(body)
        chosen = body["actions"][0]["selected_option"]["value"]
        await client.views_update(view_id=body["view"]["id"], view=forms.with_mode(chosen))
        await ack()

    async def push(ack: AsyncAck, body: Json, client: AsyncWebClient) -> None:
        await client.views_push(trigger_id=body["trigger_id"], view=forms.closer())
        await ack()

    app.options("it")(letters)
    app.view("everything")(everything)
    app.view("second")(second)
    app.action("mode")(mode)
    app.action("push")(push)


def _listen_to_letter(app: AsyncApp, toy: Toy) -> None:
    async def agree(ack: AsyncAck, body: Json, client: AsyncWebClient) -> None:
        toy.pressed.append(body)
        done = [{"type": "section", "block_id": "done", "text": forms.mrkdwn("✅ *Acknowledged*")}]
        await client.chat_update(
            channel=body["channel"]["id"], ts=body["message"]["ts"], text="Done", blocks=done
        )
        await ack()

    async def note(ack: AsyncAck, body: Json) -> None:
        toy.pressed.append(body)
        await ack()

    async def count(ack: AsyncAck, body: Json, client: AsyncWebClient) -> None:
        toy.pressed.append(body)
        await client.views_publish(user_id=body["user"]["id"], view=forms.home(len(toy.pressed)))
        await ack()

    async def home_opened(event: Json, client: AsyncWebClient) -> None:
        toy.opened.append(event["tab"])
        if event["tab"] == "home":
            await client.views_publish(user_id=event["user"], view=forms.home(len(toy.pressed)))

    app.action("agree")(agree)
    app.action("void")(note)
    app.action("later")(note)
    app.action("count")(count)
    app.event("app_home_opened")(home_opened)


@asynccontextmanager
async def _app_served(app: AsyncApp) -> AsyncIterator[str]:
    """The Bolt app over HTTP at a free port."""
    runner = web.AppRunner(app.web_app(path="/slack/events"))
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    host, port = runner.addresses[0][:2]
    try:
        yield f"http://{host}:{port}/slack/events"
    finally:
        await runner.cleanup()


def _workspace() -> Workspace:
    ws = Workspace(
        team=Team(id="T0TOY", name="Northwind Support", domain="northwind"),
        clock=Clock(),
        ack_seconds=ACK_SECONDS,
    )
    people: tuple[dict[str, Any], ...] = (
        {"id": "UDANA", "name": "dana", "real_name": "Dana Whitfield", "title": "Agent"},
        {"id": "USAM", "name": "sam", "real_name": "Sam Okafor", "title": "Supervisor"},
        {"id": "ULENA", "name": "lena", "real_name": "Lena Brandt", "title": "Lead"},
        {"id": "UGONE", "name": "gone", "real_name": "Gone Away", "deleted": True},
    )
    for person, tz in zip(
        people, ("Europe/London", "Asia/Kolkata", "America/New_York", "UTC"), strict=True
    ):
        ws.add_user(User(**person, tz=tz))
    return ws


@asynccontextmanager
async def running_toy() -> AsyncIterator[Toy]:
    """The toy in its workspace, both served."""
    ws = _workspace()
    async with serve(ws) as server:
        app = AsyncApp(
            signing_secret=SECRET,
            client=AsyncWebClient(token=TOKEN, base_url=server.api_url),
            process_before_response=True,
        )
        client = AsyncWebClient(token=TOKEN, base_url=server.api_url)
        toy = Toy(ws, server.url, client)
        _listen(app, toy)
        async with _app_served(app) as request_url:
            installed = InstalledApp.from_manifest(
                MANIFEST,
                app_id="A0TOY",
                bot_token=TOKEN,
                signing_secret=SECRET,
                request_url=request_url,
            )
            ws.install(installed)
            members = ("UDANA", "USAM", installed.bot_user_id)
            ws.add_channel(Channel(id="C0QA", name="qa-alerts", members=members))
            yield toy
            await ws.settle()


def due_in(ws: Workspace, delay: timedelta) -> None:
    """Have the workspace believe that something is due after `delay`."""
    when = ws.clock.now() + delay

    async def next_due() -> datetime | None:
        return when if when > ws.clock.now() else None

    ws.next_due = next_due
