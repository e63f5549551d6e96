"""Faults that a person orders on the page, and what then goes wrong."""

from __future__ import annotations

import asyncio

import aiohttp
import pytest

from playground.tests.conftest import DANA, World
from playground.tests.test_page_api import asked
from playground.tests.toy import Json


async def order(world: World, **body: object) -> Json:
    return await world.dana.post("faults", **body)


async def post(world: World, text: str) -> Json:
    return await world.api("chat.postMessage", channel=DANA.id, text=text)


async def texts(world: World) -> list[str]:
    return [message.text for message in await world.dana.messages()]


async def test_at_first_nothing_is_wrong(world: World) -> None:
    state = await order(world)
    assert state["methods"][:2] == ["any method", "api.test"]
    assert "chat.postMessage" in state["methods"]
    assert (state["waiting"], state["revoked"], state["sockets"]) == ([], False, 0)
    assert state["deactivated"] == ["U0GONE"]


async def test_the_answer_of_one_method_is_dropped_once(world: World) -> None:
    state = await order(world, kind="drop", method="chat.postMessage")
    assert state["waiting"] == [{"kind": "drop", "method": "chat.postMessage"}]
    assert (await world.api("auth.test"))["ok"]
    with pytest.raises(aiohttp.ServerDisconnectedError):
        await post(world, "Took effect")
    assert (await post(world, "Well again"))["ok"]
    assert await texts(world) == ["Took effect", "Well again"]
    assert (await order(world))["waiting"] == []
    assert "this fault was ordered" in world.ws.journal.refused()[-1].details


async def test_a_connection_breaks_before_anything_happened(world: World) -> None:
    await order(world, kind="reset")
    with pytest.raises(aiohttp.ServerDisconnectedError):
        await post(world, "Never")
    assert await texts(world) == []


async def test_the_next_call_of_any_method_is_refused_or_put_off(world: World) -> None:
    await order(world, kind="error")
    await order(world, kind="rate_limit")
    url = f"{world.server.api_url}auth.test"
    async with aiohttp.request("POST", url) as response:
        assert response.status == 500
    async with aiohttp.request("POST", url) as response:
        assert (response.status, response.headers["Retry-After"]) == (429, "10")
    assert (await world.api("auth.test"))["ok"]


async def test_calls_are_slow_until_that_is_taken_back(world: World) -> None:
    state = await order(world, kind="slow", method="auth.test")
    assert state["waiting"] == [{"kind": "slow", "method": "auth.test"}]
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.3):
            await world.api("auth.test")
    await order(world, kind="drop")
    assert (await order(world, kind="forgive"))["waiting"] == []
    async with asyncio.timeout(3):
        assert (await world.api("auth.test"))["ok"]


async def test_the_last_event_comes_a_second_time(world: World) -> None:
    assert (await order(world, kind="repeat"))["error"] == "no_event_yet"
    await world.dana.post("open")
    await world.ws.settle()
    await order(world, kind="repeat")
    await world.ws.settle()
    first, second = [one for one in world.toy.heard if one.get("type") == "event_callback"]
    assert first["event_id"] == second["event_id"]


async def test_a_revoked_token_is_refused_until_it_is_given_back(world: World) -> None:
    assert (await order(world, kind="revoke"))["revoked"]
    assert (await post(world, "No"))["error"] == "token_revoked"
    assert (await world.api("api.test"))["ok"]
    await world.ws.settle()
    event = world.toy.last("event_callback")["event"]
    assert (event["type"], event["tokens"]["bot"]) == ("tokens_revoked", [world.ws.app.bot_user_id])
    assert not (await order(world, kind="restore"))["revoked"]
    assert (await post(world, "Yes"))["ok"]


async def test_a_person_is_deactivated_and_comes_back(world: World) -> None:
    state = await order(world, kind="deactivate", person="U0SAM")
    assert "U0SAM" in state["deactivated"]
    assert await asked(world, "home", user="U0SAM") == (
        403,
        {"ok": False, "error": "account_inactive"},
    )
    await world.ws.settle()
    assert world.toy.last("event_callback")["event"]["user"]["deleted"]
    assert "U0SAM" not in (await order(world, kind="reactivate", person="U0SAM"))["deactivated"]
    assert "views" in await world.sam.get("views")


@pytest.mark.parametrize(
    "body",
    [
        {"kind": "flood"},
        {"kind": "drop", "method": "chat.nothing"},
        {"kind": 7},
        {"kind": "drop", "method": ["x"]},
        {"kind": "deactivate", "person": "U0NOBODY"},
        {"kind": "deactivate"},
    ],
)
async def test_what_is_no_fault_is_refused(world: World, body: Json) -> None:
    status, answer = await asked(world, "faults", user=DANA.id, **body)
    assert status in {400, 404}
    assert answer["error"] in {"fault_not_found", "user_not_found"}
