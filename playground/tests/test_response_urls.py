"""Response URLs: five uses, thirty minutes, replacing and deleting."""

from __future__ import annotations

import aiohttp

from playground.tests.conftest import DANA, World
from playground.tests.toy import Json, buttons, section


async def say(url: str, **body: object) -> tuple[int, Json]:
    async with aiohttp.request("POST", url, json=body) as response:
        answer: Json = await response.json()
        return response.status, answer


async def from_command(world: World) -> str:
    await world.dana.types("/toy")
    return str(world.toy.last("command")["response_url"])


async def test_an_answer_is_private_unless_said_otherwise(world: World) -> None:
    url = await from_command(world)
    await say(url, text="Just you")
    await say(url, text="All", response_type="in_channel")
    private = await world.dana.said_privately()
    assert [message.text for message in private] == ["Just you"]
    assert [message.text for message in await world.dana.messages()] == ["Just you", "All"]


async def test_it_works_five_times_and_refusals_do_not_count(world: World) -> None:
    url = await from_command(world)
    assert await say(url, text="") == (400, {"ok": False, "error": "no_text"})
    assert (await say(url, blocks=[{"type": "chart"}]))[1]["error"] == "invalid_blocks"
    long = [section("x" * 3000)] * 5
    assert (await say(url, blocks=long))[1]["error"] == "msg_blocks_too_long"
    for _ in range(5):
        assert (await say(url, text="x"))[0] == 200
    assert await say(url, text="x") == (404, {"ok": False, "error": "used_url"})


async def test_it_works_for_thirty_minutes_of_the_workspaces_clock(world: World) -> None:
    url = await from_command(world)
    await world.dana.post("clock", advance=29 * 60)
    assert (await say(url, text="x"))[0] == 200
    await world.dana.post("clock", advance=61)
    assert (await say(url, text="x"))[1]["error"] == "expired_url"


async def test_a_made_up_url_is_refused(world: World) -> None:
    assert (await say(f"{world.ws.url}/response/T0TOYS/made-up", text="x"))[0] == 404


async def test_a_pressed_message_is_replaced_and_deleted(world: World) -> None:
    await world.api("chat.postMessage", channel=DANA.id, blocks=[section("Old"), buttons("pat")])
    await (await world.dana.message("Old")).press("Pat")
    url = world.toy.last("block_actions")["response_url"]
    await say(url, replace_original=True, blocks=[section("New")])
    assert [message.text for message in await world.dana.messages()] == ["New"]
    await say(url, delete_original=True)
    assert await world.dana.messages() == []
    assert (await say(url, delete_original=True))[1]["error"] == "message_not_found"


async def test_a_private_message_is_replaced_too(world: World) -> None:
    url = await from_command(world)
    await say(url, blocks=[section("Sure?"), buttons("pat")])
    await (await world.dana.message("Sure?")).press("Pat")
    pressed = world.toy.last("block_actions")
    assert pressed["container"]["is_ephemeral"] is True
    assert "message" not in pressed
    await say(pressed["response_url"], replace_original=True, text="Done")
    assert [message.text for message in await world.dana.said_privately()] == ["Done"]


async def test_a_command_has_nothing_to_replace(world: World) -> None:
    url = await from_command(world)
    assert (await say(url, replace_original=True, text="x"))[1]["error"] == "message_not_found"


async def test_its_blocks_can_be_refused_on_order(world: World) -> None:
    url = await from_command(world)
    world.ws.faults.refuse_blocks()
    refused = await say(url, text="x", blocks=[section("x")])
    assert refused == (400, {"ok": False, "error": "invalid_blocks"})
    assert (await say(url, text="x"))[0] == 200
