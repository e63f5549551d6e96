from __future__ import annotations

import asyncio
import io
import socket
import time
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import urlsplit

import aiohttp
import pytest
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_bolt.authorization import AuthorizeResult

from bot.server import Front, serving
from tests.bot.requests import FORM, command, signed
from tests.flows.center import _SECRET, TEAM, Center, open_center

JSON_TYPE = "application/json"


@pytest.fixture
async def center(tmp_path: Path) -> AsyncIterator[Center]:
    async with open_center(f"sqlite:///{tmp_path / 'coachlog.db'}") as opened:
        yield opened


async def post(center: Center, body: bytes, headers: dict[str, str]) -> tuple[int, str]:
    url = f"{center.program.url}/slack/events"
    async with aiohttp.request("POST", url, data=io.BytesIO(body), headers=headers) as response:
        return response.status, await response.text()


async def sent(center: Center, body: bytes, content_type: str = FORM) -> tuple[int, str]:
    """What a well signed request is answered with."""
    headers = signed(body, secret=_SECRET, seconds=int(time.time()), content_type=content_type)
    return await post(center, body, headers)


async def get(center: Center, path: str) -> tuple[int, object]:
    async with aiohttp.request("GET", f"{center.program.url}{path}") as response:
        return response.status, await response.json()


async def test_it_lives_and_is_ready(center: Center) -> None:
    assert await get(center, "/healthz") == (200, {"ok": True})
    assert await get(center, "/readyz") == (200, {"ok": True, "database": "ok"})


async def test_it_is_not_ready_without_its_tables(center: Center) -> None:
    async with center.store.database.engine.begin() as connection:
        await connection.exec_driver_sql("DELETE FROM alembic_version")
    status, body = await get(center, "/readyz")
    assert status == 503
    assert body == {"ok": False, "database": "run coachlog migrate"}


async def test_by_socket_it_is_ready_when_connected(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'coachlog.db'}"
    async with open_center(url, socket_mode=True) as center:
        await center.sam.types("/coach help")
        assert await get(center, "/readyz") == (
            200,
            {"ok": True, "database": "ok", "socket": "ok"},
        )
        # Nothing that comes over HTTP is believed then, however well it is signed.
        assert (await sent(center, command("help")))[0] == 401


async def test_a_signed_command_is_answered(center: Center) -> None:
    status, text = await sent(center, command("help", team_id=TEAM, user_id="U0SAM"))
    assert status == 200
    assert "What you can type" in text


async def test_a_command_with_the_word_payload_is_answered(center: Center) -> None:
    status, text = await sent(center, command("payload", team_id=TEAM, user_id="U0SAM"))
    assert status == 200
    assert "I don't know" in text


async def test_another_workspace_gets_nothing(center: Center) -> None:
    status, text = await sent(center, command("help", team_id="T0OTHER", user_id="U0SAM"))
    assert status == 200
    assert text == "CoachLog is not set up for this workspace."


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"{", JSON_TYPE),
        (b"[]", JSON_TYPE),
        (b"payload=[]", FORM),
        (b"payload=%ff", FORM),
        (b"\xff", JSON_TYPE),
        (b"", FORM),
        (b"a" * (3 * 1024 * 1024), FORM),
    ],
    ids=["half", "list", "list in a form", "not UTF-8", "not UTF-8 as JSON", "nothing", "3 MB"],
)
async def test_nonsense_is_a_4xx(center: Center, body: bytes, content_type: str) -> None:
    assert 400 <= (await sent(center, body, content_type))[0] < 500
    assert 400 <= (await post(center, body, {"content-type": content_type}))[0] < 500


async def test_an_unknown_event_is_a_4xx(center: Center) -> None:
    body = b'{"type": "event_callback", "team_id": "T0CENTER", "event": {"type": "moon_rose"}}'
    assert (await sent(center, body, JSON_TYPE))[0] == 404


async def test_looking_at_the_address_is_no_event(center: Center) -> None:
    url = f"{center.program.url}/slack/events"
    async with aiohttp.request("GET", url) as response:
        assert response.status == 405


async def test_the_address_is_verified(center: Center) -> None:
    body = b'{"type": "url_verification", "challenge": "a word"}'
    status, text = await sent(center, body, JSON_TYPE)
    assert status == 200
    assert "a word" in text


async def test_headers_that_steer_bolt_are_left_outside(center: Center) -> None:
    body = command("help", team_id=TEAM, user_id="U0SAM")
    headers = signed(body, secret=_SECRET, seconds=int(time.time()))
    status, text = await post(center, body, {**headers, "x-slack-bolt-lazy-only": "1"})
    assert status == 200
    assert "What you can type" in text


async def test_a_request_under_way_is_finished_before_the_end() -> None:
    begun = asyncio.Event()

    async def slow(ack: AsyncAck) -> None:
        begun.set()
        await asyncio.sleep(0.3)
        await ack("finished")

    async def authorize(team_id: str) -> AuthorizeResult:
        return AuthorizeResult(
            enterprise_id=None, team_id=team_id, bot_token="xoxb-1", bot_id="B0", bot_user_id="U1"
        )

    app = AsyncApp(authorize=authorize, signing_secret=_SECRET, process_before_response=True)
    app.command("/coach")(slow)
    front = Front(signing_secret=_SECRET, app=app)
    body = command("help")
    headers = signed(body, secret=_SECRET, seconds=int(time.time()))

    async def ask(url: str) -> str:
        async with aiohttp.request("POST", url, data=body, headers=headers) as response:
            return await response.text()

    async with serving(front, socket.create_server(("127.0.0.1", 0))) as served:
        asking = asyncio.create_task(ask(f"{served.url}/slack/events"))
        await begun.wait()
    assert await asking == "finished"


async def test_a_body_that_does_not_come_is_not_waited_for() -> None:
    front = Front(signing_secret=_SECRET, patience_seconds=0.05)
    async with serving(front, socket.create_server(("127.0.0.1", 0))) as served:
        reader, writer = await asyncio.open_connection("127.0.0.1", urlsplit(served.url).port)
        writer.write(b"POST /slack/events HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\na")
        async with asyncio.timeout(5):
            assert (await reader.readline()).startswith(b"HTTP/1.1 408")
        writer.close()


async def test_the_body_of_an_answer_does_not_wait_for_the_receipt_of_its_head() -> None:
    listener = socket.create_server(("127.0.0.1", 0))
    async with serving(Front(signing_secret=_SECRET), listener) as served:
        # Each connection has from its listener whether it waits.
        assert listener.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY), served.url


async def test_a_part_that_does_not_answer_is_not_ready() -> None:
    async def silent() -> str:
        await asyncio.Event().wait()
        return "ok"

    front = Front(signing_secret=_SECRET, checks={"database": silent}, patience_seconds=0.05)
    async with (
        serving(front, socket.create_server(("127.0.0.1", 0))) as served,
        aiohttp.request("GET", f"{served.url}/readyz") as response,
    ):
        assert response.status == 503
        assert (await response.json())["database"] == "no answer"
