"""What the page is told and may ask: people, conversations, the clock, the stream."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
import pytest

from playground import Clock, passing, serve
from playground.tests.conftest import CHANNEL, DANA, GONE, Monotonic, World, install, workspace
from playground.tests.toy import BOT_TOKEN, MANIFEST, Json, modal, section, text_input

AT: Json = {"user": DANA.id, "channel": CHANNEL}


async def asked(world: World, path: str, **body: object) -> tuple[int, Json]:
    url = f"{world.server.url}/_workspace/{path}"
    async with aiohttp.request("POST", url, json=body) as response:
        answer: Json = await response.json()
        return response.status, answer


async def test_the_workspace_says_who_and_what_is_in_it(world: World) -> None:
    about = await world.dana.get("")
    assert about["team"] == {"id": "T0TOYS", "name": "Toys", "domain": "toys"}
    people = {one["name"]: one for one in about["users"]}
    assert people["dana"] == {
        "id": DANA.id,
        "name": "dana",
        "real_name": "Dana Whitfield",
        "first_name": "Dana",
        "title": "Agent",
        "tz": "Europe/London",
        "is_bot": False,
        "deleted": False,
        "is_restricted": False,
        "is_admin": False,
    }
    assert (people["toy"]["is_bot"], people["gone"]["deleted"]) == (True, True)
    assert about["app"]["bot_user_id"] == people["toy"]["id"]
    assert [one["command"] for one in about["commands"]] == ["/toy", "/raw"]
    assert {one["type"] for one in about["shortcuts"]} == {"global", "message"}


async def test_the_apps_messages_come_first_and_count_until_read(world: World) -> None:
    await world.api("chat.postMessage", channel=DANA.id, text="Hello")
    first, second = (await world.dana.get("conversations"))["conversations"]
    assert (first["is_im"], first["name"], first["unread"]) == (True, "Toy", 1)
    assert (second["id"], second["is_im"], second["unread"]) == (CHANNEL, False, 0)
    await world.dana.messages()
    first, _ = (await world.dana.get("conversations"))["conversations"]
    assert first["unread"] == 0


@pytest.mark.parametrize(
    ("path", "body", "status", "error"),
    [
        ("say", {"user": "U0NOBODY"}, 404, "user_not_found"),
        ("say", {"user": GONE.id}, 403, "account_inactive"),
        ("say", {"user": DANA.id, "text": "x", "channel": "C0NONE"}, 404, "channel_not_found"),
        ("say", {"user": "U0GUEST", "text": "x", "channel": CHANNEL}, 404, "channel_not_found"),
        ("say", {"user": DANA.id, "channel": CHANNEL, "text": " "}, 400, "no_text"),
        ("say", {"user": DANA.id, "channel": CHANNEL}, 400, "text_must_be_text"),
        ("act", {"user": DANA.id}, 400, "container_missing"),
        ("act", {"user": DANA.id, "container": {"view_id": "V0"}}, 404, "view_not_found"),
        ("act", {"user": DANA.id, "container": {"home": True}}, 404, "view_not_found"),
        (
            "act",
            {"user": DANA.id, "container": {"channel": CHANNEL, "ts": "1"}},
            404,
            "message_not_found",
        ),
        ("submit", {"user": DANA.id, "view_id": "V0"}, 404, "view_not_found"),
        ("close", {"user": DANA.id, "view_id": "V0"}, 404, "view_not_found"),
        ("shortcut", {"user": DANA.id, "callback_id": "none"}, 404, "shortcut_not_found"),
        ("clock", {"advance": -1}, 400, "advance_must_be_seconds_forward"),
        ("say", {**AT, "text": "x", "thread_ts": "1.0"}, 404, "thread_not_found"),
        ("clock", {"pass": -1}, 400, "advance_must_be_seconds_forward"),
        ("clock", {"pass": 1e12}, 400, "advance_too_far"),
        ("clock", {"advance": 1e12}, 400, "advance_too_far"),
        ("clock", {"advance": 1e300}, 400, "advance_too_far"),
        ("say", {"user": DANA.id, "channel": CHANNEL, "text": "\ud800"}, 400, "invalid_json"),
    ],
)
async def test_what_no_client_could_ask_is_refused(
    world: World, path: str, body: Json, status: int, error: str
) -> None:
    assert await asked(world, path, **body) == (status, {"ok": False, "error": error})


async def test_only_the_top_modal_is_submitted_and_only_ones_own_is_touched(
    world: World,
) -> None:
    world.toy.next_view = modal(text_input("Name", "name"))
    await world.dana.types("/toy open")
    root = await world.dana.modal()
    await root.fill("Name", "Ada")
    world.toy.next_answer = {"response_action": "push", "view": modal(section("Top"))}
    await root.submit()
    status, told = await asked(world, "submit", user=DANA.id, view_id=root.view["id"])
    assert (status, told["error"]) == (400, "view_not_on_top")
    status, told = await asked(
        world, "act", user="U0SAM", container=root.container, block_id="b", action_id="a"
    )
    assert (status, told["error"]) == (404, "view_not_found")


@pytest.mark.parametrize(
    ("values", "status", "error"),
    [
        ({"name": "x"}, 400, "values_must_be_an_object"),
        ({"name": {"none": "x"}}, 404, "element_not_found"),
        ({"name": {"text": 5}}, 400, "value_must_be_a_string"),
    ],
)
async def test_values_that_no_client_could_hold_are_refused(
    world: World, values: Json, status: int, error: str
) -> None:
    await world.dana.types("/toy open")
    form = await world.dana.modal()
    told = await asked(world, "submit", user=DANA.id, view_id=form.view["id"], values=values)
    assert told == (status, {"ok": False, "error": error})


async def test_an_app_that_takes_no_messages_is_not_written_to(world: World) -> None:
    home = {"home_tab_enabled": False, "messages_tab_enabled": False}
    features = MANIFEST["features"] | {"app_home": home}
    install(world.ws, world.ws.app.events_url, MANIFEST | {"features": features})
    channel = (await world.dana.get("conversations"))["conversations"][0]["id"]
    status, told = await asked(world, "say", user=DANA.id, channel=channel, text="Hi")
    assert (status, told["error"]) == (400, "messages_tab_disabled")
    assert (await asked(world, "home", user=DANA.id))[1]["error"] == "no_home_tab"
    posted = await world.api("chat.postMessage", channel=DANA.id, text="x")
    assert posted["error"] == "messages_tab_disabled"
    published = await world.api("views.publish", user_id=DANA.id, view={})
    assert published["error"] == "not_enabled"


async def test_the_clock_moves_by_seconds_and_to_what_is_due(world: World) -> None:
    before = world.ws.clock.now()
    moved = await world.dana.post("clock", advance=3600)
    assert moved["moved"] == 3600
    assert world.ws.clock.now() - before >= timedelta(hours=1)
    assert (await world.dana.post("clock", to="next"))["moved"] == 0

    async def due() -> datetime:
        return world.ws.clock.now() + timedelta(days=2)

    world.ws.next_due = due
    moved = await world.dana.post("clock", to="next")
    assert moved["moved"] == pytest.approx(2 * 86_400, abs=5)


async def test_a_move_that_passes_time_stops_at_what_is_due_on_the_way(world: World) -> None:
    ws, start = world.ws, world.ws.clock.now()
    due = [start + timedelta(days=days) for days in (1, 3, 9)]

    async def next_due() -> datetime | None:
        return next((one for one in due if one > ws.clock.now()), None)

    async def catch_up() -> None:
        while due and due[0] <= ws.clock.now():
            due.pop(0)
            await world.api("chat.postMessage", channel=DANA.id, text="It is due")

    ws.next_due, ws.catch_up = next_due, catch_up
    await world.api("chat.postMessage", channel=DANA.id, text="Before")
    moved = await world.dana.post("clock", **{"pass": 7 * 86_400})
    assert moved["now"] == pytest.approx(start.timestamp() + 7 * 86_400, abs=5)
    told = await world.dana.get("clock")
    days = [(one["at"] - start.timestamp()) / 86_400 for one in told["happened"]]
    assert days == [pytest.approx(1, abs=0.01), pytest.approx(3, abs=0.01)]
    assert {(one["user"], one["text"]) for one in told["happened"]} == {(DANA.id, "It is due")}
    assert told["since"] == pytest.approx(start.timestamp(), abs=5)


async def test_time_passes_though_the_app_never_gets_done(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(passing, "_STOP_SECONDS", 0.01)
    monkeypatch.setattr(passing, "_MOST_SECONDS", 0.05)
    ws = world.ws
    start = ws.clock.now()

    async def next_due() -> datetime | None:
        return ws.clock.now() + timedelta(seconds=1)

    async def catch_up() -> None:
        await asyncio.Event().wait()

    ws.next_due, ws.catch_up = next_due, catch_up
    await world.dana.post("clock", **{"pass": 86_400})
    assert ws.clock.now() - start >= timedelta(days=1)


async def test_what_happened_leaves_out_what_was_deleted_and_what_people_said(world: World) -> None:
    await world.dana.post("clock", advance=1)
    posted = await world.api("chat.postMessage", channel=DANA.id, text="Hello")
    gone = await world.api("chat.postMessage", channel=DANA.id, text="Gone")
    await world.api("chat.update", channel=posted["channel"], ts=posted["ts"], text="Hello again")
    await world.api("chat.delete", channel=gone["channel"], ts=gone["ts"])
    await world.dana.types("Thanks")
    [told] = (await world.dana.get("clock"))["happened"]
    assert (told["text"], told["changed"]) == ("Hello again", False)
    await world.dana.post("clock", advance=1)
    await world.api("chat.update", channel=posted["channel"], ts=posted["ts"], text="Once more")
    [told] = (await world.dana.get("clock"))["happened"]
    assert (told["text"], told["changed"]) == ("Once more", True)


async def test_unread_messages_are_counted_for_everybody(world: World) -> None:
    await world.api("chat.postMessage", channel=DANA.id, text="Hello")
    unread = (await world.sam.get("conversations"))["unread"]
    assert (unread[DANA.id], unread["U0SAM"]) == (1, 0)


async def test_two_who_move_the_clock_at_once_move_it_one_after_the_other(world: World) -> None:
    before = world.ws.clock.epoch()
    moves = [{"pass": 86_400}, {"advance": 3600}, {"pass": 600}]
    answers = await asyncio.gather(*(world.dana.post("clock", **move) for move in moves))
    assert [answer["moved"] for answer in answers] == [86_400, 3600, 600]
    assert world.ws.clock.epoch() - before >= 86_400 + 3600 + 600


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999"])
async def test_what_is_no_number_in_json_is_no_json(world: World, number: str) -> None:
    async with aiohttp.request(
        "POST",
        f"{world.server.api_url}chat.postMessage",
        data=f'{{"channel": "{DANA.id}", "text": "x", "extra": {number}}}',
        headers={
            "Authorization": f"Bearer {BOT_TOKEN}",
            "Content-Type": "application/json",
        },
    ) as response:
        assert (await response.json())["error"] == "invalid_json"


def test_the_clock_never_goes_back() -> None:
    clock = Clock(lambda: datetime(2026, 11, 24, tzinfo=UTC))
    clock.advance(timedelta(hours=1))
    assert clock.now() == datetime(2026, 11, 24, 1, tzinfo=UTC)
    with pytest.raises(ValueError, match="cannot go back"):
        clock.advance(timedelta(seconds=-1))


async def test_times_of_messages_never_repeat_even_when_time_stands(world: World) -> None:
    stamps = [world.ws.conversations.next_ts() for _ in range(1000)]
    assert len(set(stamps)) == 1000
    assert sorted(stamps) == stamps


async def changes(response: aiohttp.ClientResponse, count: int) -> list[Any]:
    found: list[Any] = []
    async for line in response.content:
        if line.startswith(b"data: ") and b'"traffic"' not in line:
            found.append(json.loads(line[6:]))
        if len(found) == count:
            break
    return found


async def test_the_stream_tells_a_person_what_concerns_them(world: World) -> None:
    url = f"{world.server.url}/_workspace/stream"
    async with aiohttp.request("GET", url, params={"user": DANA.id}) as response:
        assert response.headers["content-type"].startswith("text/event-stream")
        await response.content.readline()
        await world.api("chat.postMessage", channel="U0SAM", text="Not for Dana")
        posted = await world.api("chat.postMessage", channel=DANA.id, text="Hello")
        at = {"channel": posted["channel"], "ts": posted["ts"]}
        await world.api("chat.update", text="Hello again", **at)
        await world.api("chat.delete", **at)
        await world.dana.types("/toy open")
        await world.dana.post("clock", advance=60)
        await world.dana.home()
        told = await changes(response, 6)
    assert [one["type"] for one in told] == [
        "message",
        "message_changed",
        "message_deleted",
        "views",
        "clock",
        "home",
    ]
    assert told[0]["message"]["text"] == "Hello"
    assert told[3]["views"][0]["app_name"] == "Toy"
    assert told[5]["view"]["type"] == "home"


async def test_the_server_stops_while_a_page_listens() -> None:
    ws = workspace(Monotonic())
    install(ws, None)
    async with asyncio.timeout(5), aiohttp.ClientSession() as session:
        async with serve(ws) as server:
            url = f"{server.url}/_workspace/stream"
            response = await session.get(url, params={"user": DANA.id})
            await response.content.readline()
        assert await changes(response, 1) == []


async def test_nobody_has_no_stream(world: World) -> None:
    url = f"{world.server.url}/_workspace/stream"
    async with aiohttp.request("GET", url, params={"user": "U0NOBODY"}) as response:
        assert response.status == 404


async def test_other_pages_in_the_browser_can_do_nothing(world: World) -> None:
    url = f"{world.server.url}/_workspace/say"
    body = json.dumps({"user": DANA.id, "channel": CHANNEL, "text": "Hi"})
    for origin, status in (("https://elsewhere.example", 403), (world.server.url, 200)):
        headers = {"Origin": origin, "Content-Type": "text/plain"}
        async with aiohttp.request("POST", url, data=body, headers=headers) as response:
            assert response.status == status
    # A foreign name that leads here: the browser takes it for that page's own server.
    headers = {"Origin": "http://elsewhere.example", "Host": "elsewhere.example"}
    async with aiohttp.request("POST", url, data=body, headers=headers) as response:
        assert response.status == 403


async def test_json_of_any_depth_is_refused_calmly(world: World) -> None:
    url = f"{world.server.url}/_workspace/act"
    async with aiohttp.request("POST", url, data="[" * 100_000) as response:
        assert response.status == 400
