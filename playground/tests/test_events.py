"""Events: only those subscribed to, repeated until heard, and the Home."""

from __future__ import annotations

import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from aiohttp import web

from playground.people import Channel
from playground.tests.conftest import DANA, World, a_world, install, running
from playground.tests.toy import MANIFEST


@asynccontextmanager
async def deaf(world: World, *, status: int, **headers: str) -> AsyncIterator[list[web.Request]]:
    """An app that answers every request with this status: what it was asked."""
    asked: list[web.Request] = []

    async def refuse(request: web.Request) -> web.Response:
        await request.read()
        asked.append(request)
        return web.Response(status=status, headers=headers)

    app = web.Application()
    app.router.add_post("/slack/events", refuse)
    async with running(app) as address:
        install(world.ws, address)
        yield asked


@pytest.fixture
async def impatient() -> AsyncIterator[World]:
    async with a_world(retry_after=(0.0, 0.01, 0.01)) as world:
        yield world


async def test_a_change_of_a_person_is_told(world: World) -> None:
    world.ws.update_user(DANA.id, tz="Asia/Manila", real_name="Dana Reyes")
    await world.ws.settle()
    heard = world.toy.last("event_callback")
    assert set(heard) == {
        "token", "team_id", "api_app_id", "event", "type", "event_id", "event_time",
        "authorizations", "is_ext_shared_channel", "event_context",
    }  # fmt: skip
    assert heard["event"]["type"] == "user_change"
    assert heard["event"]["user"]["tz"] == "Asia/Manila"
    assert heard["authorizations"][0]["user_id"] == world.ws.app.bot_user_id


async def test_an_event_that_the_manifest_does_not_name_is_not_sent(world: World) -> None:
    settings = MANIFEST["settings"] | {"event_subscriptions": {"bot_events": []}}
    install(world.ws, world.ws.app.events_url, MANIFEST | {"settings": settings})
    world.ws.update_user(DANA.id, title="Lead")
    assert (await world.dana.post("home"))["view"] is None
    await world.ws.settle()
    assert world.toy.heard == []


async def test_an_unheard_event_comes_three_times_more_with_its_number(impatient: World) -> None:
    async with deaf(impatient, status=500) as asked:
        impatient.ws.update_user(DANA.id, title="Lead")
        await impatient.ws.settle()
    numbers = [request.headers.get("x-slack-retry-num") for request in asked]
    reasons = {request.headers.get("x-slack-retry-reason") for request in asked[1:]}
    assert (numbers, reasons) == ([None, "1", "2", "3"], {"http_error"})


async def test_the_app_can_ask_not_to_be_told_again(impatient: World) -> None:
    async with deaf(impatient, status=500, **{"X-Slack-No-Retry": "1"}) as asked:
        impatient.ws.update_user(DANA.id, title="Lead")
        await impatient.ws.settle()
    assert len(asked) == 1


async def test_an_event_can_be_delivered_twice_on_order(world: World) -> None:
    with pytest.raises(LookupError):
        world.ws.events.repeat_last()
    world.ws.update_user(DANA.id, title="Lead")
    await world.ws.settle()
    world.ws.events.repeat_last()
    await world.ws.settle()
    first, second = (one for one in world.toy.heard if one["type"] == "event_callback")
    assert first["event_id"] == second["event_id"]
    assert world.toy.headers[-1]["x-slack-retry-num"] == ["1"]


async def test_opening_the_home_tells_the_app_and_shows_what_it_publishes(world: World) -> None:
    home = await world.dana.home()
    assert home.text == "Welcome home\nPat"
    assert "view" not in world.toy.last("event_callback")["event"]
    await world.dana.home()
    event = world.toy.last("event_callback")["event"]
    assert (event["tab"], event["view"]["type"]) == ("home", "home")
    assert (await home.press("Pat"))["ok"]
    assert world.toy.last("block_actions")["view"]["type"] == "home"


async def test_opening_the_direct_messages_is_told_without_a_view(world: World) -> None:
    await world.dana.home()
    await world.dana.opens_messages()
    await world.ws.settle()
    event = world.toy.last("event_callback")["event"]
    assert (event["type"], event["tab"]) == ("app_home_opened", "messages")
    assert "view" not in event


async def test_a_home_says_that_the_app_cannot_be_reached(impatient: World) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        nobody = f"http://127.0.0.1:{listener.getsockname()[1]}"
    there = impatient.ws.app.events_url
    impatient.ws.delivery.ack_seconds = 0.2
    install(impatient.ws, nobody)
    alone = await impatient.dana.post("home")
    assert alone["message"] == "Toy can't be reached. Is it running?"
    assert alone["view"] is None
    install(impatient.ws, there)
    impatient.ws.delivery.ack_seconds = 3.0
    assert "message" not in await impatient.dana.post("home")


@pytest.mark.parametrize("subscription", ["message.channels", "message.groups"])
async def test_what_is_said_in_a_channel_is_told_where_the_app_is(
    world: World, subscription: str
) -> None:
    settings = {"event_subscriptions": {"bot_events": [subscription]}}
    app = install(world.ws, world.ws.app.events_url, MANIFEST | {"settings": settings})
    private = subscription == "message.groups"
    members = (DANA.id, app.bot_user_id)
    for name, who in (("WITHIN", members), ("WITHOUT", members[:1])):
        world.ws.add_channel(
            Channel(id=f"C0{name}", name=name.lower(), members=who, is_private=private)
        )
        assert (await world.dana.types("Tea?", channel=f"C0{name}"))["ok"]
    await world.ws.settle()
    told = [one["event"] for one in world.toy.heard]
    kind = "group" if private else "channel"
    assert [(one["channel"], one["channel_type"]) for one in told] == [("C0WITHIN", kind)]


async def test_the_request_url_is_verified_by_a_challenge(world: World) -> None:
    assert await world.ws.events.verify_url(world.ws.app)
    async with deaf(world, status=200) as asked:
        assert not await world.ws.events.verify_url(world.ws.app)
    body = await asked[0].json()
    assert (body["type"], set(body)) == ("url_verification", {"token", "challenge", "type"})


async def test_what_a_person_says_to_the_app_is_told(world: World) -> None:
    await world.dana.types("Hi @sam & <all>")
    await world.ws.settle()
    event = world.toy.last("event_callback")["event"]
    assert (event["type"], event["channel_type"]) == ("message", "im")
    assert event["text"] == "Hi <@U0SAM> &amp; &lt;all&gt;"


async def test_a_reply_is_told_with_the_message_that_it_replies_to(world: World) -> None:
    posted = await world.api("chat.postMessage", channel=DANA.id, text="Who takes this?")
    place = {"channel": posted["channel"], "thread_ts": posted["ts"]}
    reply = (await world.dana.post("say", text="I do", **place))["message"]
    await world.ws.settle()
    event = world.toy.last("event_callback")["event"]
    assert (event["text"], event["thread_ts"]) == ("I do", posted["ts"])
    # A reply to a reply is one to the same message.
    again = await world.dana.post("say", text="Or Sam", **(place | {"thread_ts": reply["ts"]}))
    assert again["message"]["thread_ts"] == posted["ts"]


async def test_what_is_said_in_a_channel_without_the_app_is_not_told(world: World) -> None:
    await world.dana.types("Hello all", channel="C0QA")
    await world.ws.settle()
    assert world.toy.heard == []
    seen = await world.sam.messages("C0QA")
    assert [message.text for message in seen] == ["Hello all"]
