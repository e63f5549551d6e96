"""Socket Mode: one connection per envelope, greetings, refreshes, ten connections at most."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Literal

import aiohttp
import pytest
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler

from playground import serve
from playground.socket_mode import Connection
from playground.tests import toy as toys
from playground.tests.conftest import Monotonic, World, install, workspace
from playground.tests.toy import Json, modal, section, text_input

MANIFEST = toys.MANIFEST | {"settings": toys.MANIFEST["settings"] | {"socket_mode_enabled": True}}

REASONS: tuple[Literal["warning", "refresh_requested"], ...] = ("warning", "refresh_requested")


@asynccontextmanager
async def connected(world: World) -> AsyncIterator[None]:
    """Bolt's own client, connected to the workspace."""
    handler = AsyncSocketModeHandler(world.toy.app, toys.APP_TOKEN)
    await handler.connect_async()  # type: ignore[no-untyped-call] # Bolt left it without types
    await settled(world, 1)
    try:
        yield
    finally:
        await handler.close_async()  # type: ignore[no-untyped-call] # as above


async def settled(world: World, connections: int, *, without: tuple[object, ...] = ()) -> None:
    """Wait until there are so many connections, none of them an old one."""
    for _ in range(500):
        there = world.ws.sockets._connections
        if len(there) == connections and not set(there) & set(without):
            return
        await asyncio.sleep(0.01)
    raise AssertionError(f"{len(there)} connections, not {connections}")


@pytest.fixture
async def world() -> AsyncIterator[World]:
    monotonic = Monotonic()
    ws = workspace(monotonic, ack_seconds=1.0)
    async with serve(ws) as server:
        toy = toys.build(server.api_url)
        install(ws, None, MANIFEST)
        yield World(ws, server, toy, monotonic)


async def raw_socket(
    world: World, session: aiohttp.ClientSession
) -> tuple[aiohttp.ClientWebSocketResponse, Json]:
    answer = await world.api("apps.connections.open", token=toys.APP_TOKEN)
    assert answer["ok"], answer
    socket = await session.ws_connect(answer["url"])
    hello: Json = await socket.receive_json()
    return socket, hello


async def test_the_whole_walk_goes_over_a_socket(world: World) -> None:
    async with connected(world):
        assert (await world.dana.types("/toy open"))["ok"]
        form = await world.dana.modal()
        world.toy.next_answer = {"response_action": "errors", "errors": {"name": "No."}}
        await form.fill("Name", "Ada")
        refused = await form.submit()
        assert refused is not None
        assert refused.errors == {"Name": "No."}
        world.toy.next_answer = {}
        await refused.fill("Name", "Grace")
        assert await refused.submit() is None
        assert "Welcome home" in (await world.dana.home()).text
    assert world.ws.journal.refused() == []


async def test_hello_says_how_many_connections_there_are(world: World) -> None:
    async with aiohttp.ClientSession() as session:
        _, hello = await raw_socket(world, session)
        _, second = await raw_socket(world, session)
    assert hello["type"] == "hello"
    assert hello["connection_info"] == {"app_id": "A0TOY"}
    assert set(hello["debug_info"]) >= {"host", "approximate_connection_time"}
    assert (hello["num_connections"], second["num_connections"]) == (1, 2)


async def test_a_person_cuts_the_socket_and_the_app_comes_back(world: World) -> None:
    async with connected(world):
        before = tuple(world.ws.sockets._connections)
        state = await world.dana.post("faults", kind="cut")
        assert state["sockets"] == 0
        await settled(world, 1, without=before)
        assert (await world.dana.types("/toy open"))["ok"]


async def test_a_frame_that_is_not_text_ends_the_connection(world: World) -> None:
    async with aiohttp.ClientSession() as session:
        socket, _ = await raw_socket(world, session)
        await socket.send_bytes(b"{}")
        assert (await socket.receive()).type is aiohttp.WSMsgType.CLOSE
        await settled(world, 0)


async def test_each_envelope_goes_to_one_connection(world: World) -> None:
    heard: Counter[int] = Counter()

    async def listen(number: int, socket: aiohttp.ClientWebSocketResponse) -> None:
        async for message in socket:
            envelope = message.json()
            heard[number] += 1
            assert envelope["type"] == "slash_commands"
            assert envelope["accepts_response_payload"] is True
            await socket.send_json({"envelope_id": envelope["envelope_id"]})

    async with aiohttp.ClientSession() as session:
        sockets = [(await raw_socket(world, session))[0] for _ in range(2)]
        listeners = [asyncio.create_task(listen(n, one)) for n, one in enumerate(sockets)]
        for _ in range(4):
            assert (await world.dana.types("/toy"))["ok"]
        for one in sockets:
            await one.close()
        await asyncio.gather(*listeners)
    assert sorted(heard.values()) == [2, 2]


async def test_an_acknowledgement_may_carry_the_answer(world: World) -> None:
    async with aiohttp.ClientSession() as session:
        socket, _ = await raw_socket(world, session)
        typing = asyncio.create_task(world.dana.types("/toy"))
        envelope = await socket.receive_json()
        await socket.send_json(
            {"envelope_id": envelope["envelope_id"], "payload": {"text": "By socket"}}
        )
        assert (await typing)["ok"]
    assert [one.text for one in await world.dana.said_privately()] == ["By socket"]


async def test_events_say_that_they_take_no_answer_and_which_try_they_are(world: World) -> None:
    async with aiohttp.ClientSession() as session:
        socket, _ = await raw_socket(world, session)
        world.ws.update_user("U0DANA", title="Lead")
        envelope = await socket.receive_json()
        await socket.send_json({"envelope_id": envelope["envelope_id"]})
        await world.ws.settle()
    assert (envelope["type"], envelope["accepts_response_payload"]) == ("events_api", False)
    assert (envelope["retry_attempt"], envelope["retry_reason"]) == (0, "")


async def test_no_acknowledgement_is_a_timeout_and_no_connection_fails(world: World) -> None:
    async with aiohttp.ClientSession() as session:
        socket, _ = await raw_socket(world, session)
        assert (await world.dana.types("/toy"))["error"] == "operation_timeout"
        await socket.close()
    await settled(world, 0)
    assert (await world.dana.types("/toy"))["error"] == "dispatch_failed"


async def test_a_refresh_makes_the_app_come_back(world: World) -> None:
    async with connected(world):
        for reason in REASONS:
            old = tuple(world.ws.sockets._connections)
            await world.ws.sockets.disconnect(reason)
            await settled(world, 1, without=old)
            assert (await world.dana.types("/toy"))["ok"]


async def test_a_cut_connection_fails_what_was_under_way(world: World) -> None:
    async with aiohttp.ClientSession() as session:
        socket, _ = await raw_socket(world, session)
        typing = asyncio.create_task(world.dana.types("/toy"))
        await socket.receive_json()
        await world.ws.sockets.cut()
        assert (await typing)["error"] == "dispatch_failed"


async def test_a_socket_that_closed_unseen_fails_what_is_sent(world: World) -> None:
    async def closed(_: Json) -> None:
        raise ConnectionError

    async def nothing() -> None:
        return

    world.ws.sockets._connections.append(Connection("A0TOY", closed, nothing))
    assert (await world.dana.types("/toy"))["error"] == "dispatch_failed"
    assert len(world.ws.sockets) == 0
    world.ws.sockets._connections.append(Connection("A0TOY", closed, nothing))
    await world.ws.sockets.disconnect("link_disabled")
    assert len(world.ws.sockets) == 0


async def test_an_eleventh_connection_is_sent_away(world: World) -> None:
    async with aiohttp.ClientSession() as session:
        kept = [await raw_socket(world, session) for _ in range(10)]
        assert kept[-1][1]["num_connections"] == 10
        _, instead = await raw_socket(world, session)
    assert instead == {"type": "disconnect", "reason": "too_many_websockets"}


async def test_a_ticket_works_once_and_needs_the_app_token(world: World) -> None:
    bot = await world.api("apps.connections.open")
    assert bot["error"] == "not_allowed_token_type"
    answer = await world.api("apps.connections.open", token=toys.APP_TOKEN)
    async with aiohttp.ClientSession() as session:
        await session.ws_connect(answer["url"])
        with pytest.raises(aiohttp.WSServerHandshakeError):
            await session.ws_connect(answer["url"])


async def test_without_socket_mode_there_is_no_connection(world: World) -> None:
    install(world.ws, "http://127.0.0.1:9/slack/events")
    answer = await world.api("apps.connections.open", token=toys.APP_TOKEN)
    assert answer["error"] == "socket_mode_not_enabled"


async def test_updates_reach_a_modal_over_a_socket(world: World) -> None:
    world.toy.next_view = modal(text_input("Name", "name"), toys.buttons("update"))
    async with connected(world):
        await world.dana.types("/toy open")
        form = await world.dana.modal()
        world.toy.next_view = modal(section("Updated"))
        await form.press("Update")
        assert form.text == "Updated"
