from __future__ import annotations

import itertools
import socket
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import pytest
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.exc import OperationalError
from structlog.testing import capture_logs

from bot.incidents import met_with
from bot.server import Front, serving
from bot.slack import client, http_session
from playground import Clock, InstalledApp, Team, User, Workspace, serve
from playground.testing.person import Person
from playground.tests import toy as toys

SECRET = "what Dana typed"


@dataclass
class World:
    sam: Person
    ws: Workspace


def failing(session: Any, api_url: str) -> AsyncApp:
    """An app in which everything that people do meets a bug, or the world's trouble."""
    numbers = itertools.count(1)
    app = AsyncApp(
        name="failing",
        client=client(session, token=toys.BOT_TOKEN, api_url=api_url),
        signing_secret=toys.SIGNING_SECRET,
        process_before_response=True,
    )
    app.error(met_with(lambda: f"nr{next(numbers)}", session))

    async def command(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        match body["text"]:
            case "form":
                await client.views_open(trigger_id=body["trigger_id"], view=toys_form())
                await ack()
            case "late":
                await ack()
                raise KeyError(SECRET)
            case "database":
                raise OperationalError("SELECT", {"quote": SECRET}, OSError("gone"))
            case "slack":
                await client.chat_postMessage(channel="C0NOWHERE", text=SECRET)
            case _:
                raise ValueError(SECRET)

    async def fail() -> None:
        raise ValueError(SECRET)

    app.command("/toy")(command)
    app.view("form")(fail)
    app.action("press")(fail)
    return app


def toys_form() -> dict[str, Any]:
    return {
        "type": "modal",
        "callback_id": "form",
        "title": {"type": "plain_text", "text": "Form"},
        "submit": {"type": "plain_text", "text": "Send"},
        "blocks": [
            {
                "type": "input",
                "block_id": "words",
                "label": {"type": "plain_text", "text": "Words"},
                "element": {"type": "plain_text_input", "action_id": "words"},
            },
            {
                "type": "actions",
                "block_id": "more",
                "elements": [
                    {
                        "type": "button",
                        "action_id": "press",
                        "text": {"type": "plain_text", "text": "Press"},
                    }
                ],
            },
        ],
    }


@pytest.fixture
async def world() -> AsyncIterator[World]:
    ws = Workspace(team=Team(id="T0", name="Toys", domain="toys"), clock=Clock())
    ws.add_user(User(id="U0SAM", name="sam", real_name="Sam Okafor"))
    front = Front(signing_secret=toys.SIGNING_SECRET)
    async with (
        serve(ws) as slack,
        http_session() as session,
        serving(front, socket.create_server(("127.0.0.1", 0))) as served,
    ):
        ws.install(
            InstalledApp.from_manifest(
                toys.MANIFEST,
                app_id="A0TOY",
                bot_token=toys.BOT_TOKEN,
                signing_secret=toys.SIGNING_SECRET,
                app_token=toys.APP_TOKEN,
                request_url=f"{served.url}/slack/events",
            )
        )
        front.app = failing(session, slack.api_url)
        yield World(Person(slack.url, "U0SAM"), ws)


@pytest.mark.parametrize(
    ("text", "error", "says_where"),
    [
        ("bug", "ValueError", True),
        ("late", "KeyError", True),
        ("database", "OperationalError", False),
        ("slack", "channel_not_found", False),
    ],
)
async def test_a_command_is_answered_with_the_number(
    world: World, text: str, error: str, says_where: object
) -> None:
    with capture_logs() as logged:
        await world.sam.types(f"/toy {text}")
    (message,) = await world.sam.said_privately()
    assert "incident nr1" in message.text
    (line,) = [one for one in logged if one["event"] == "incident"]
    assert line["incident"] == "nr1"
    assert line["error"] == error
    assert line["user"] == "U0SAM"
    assert ("where" in line) is says_where
    assert SECRET not in str(logged)


async def test_a_form_stays_under_the_sorry(world: World) -> None:
    await world.sam.types("/toy form")
    form = await world.sam.modal()
    await form.fill("Words", "typed at length")
    sorry = await form.submit()
    assert sorry is not None
    assert "incident nr1" in sorry.text
    below = await sorry.close()
    assert below is not None
    assert below.value("Words") == "typed at length"


async def test_a_press_in_a_form_is_answered_over_it(world: World) -> None:
    await world.sam.types("/toy form")
    form = await world.sam.modal()
    await form.press("Press")
    assert "incident nr1" in (await world.sam.modal()).text
