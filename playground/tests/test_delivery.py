"""Requests to the app are signed as Slack signs them, and faults come when ordered."""

from __future__ import annotations

import asyncio
import time

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.signature import SignatureVerifier
from slack_sdk.web.async_client import AsyncWebClient

from playground import Chances, InstalledApp
from playground.delivery import signature
from playground.faults import Fault, Faults
from playground.tests.conftest import DANA, World, install
from playground.tests.toy import BOT_TOKEN, MANIFEST


def test_the_signature_is_slacks() -> None:
    theirs = SignatureVerifier("secret").generate_signature(timestamp="1", body=b"a=\xc3\xa9")
    assert signature("secret", "1", b"a=\xc3\xa9") == theirs


async def test_an_app_with_another_secret_refuses_what_it_is_sent(world: World) -> None:
    right = world.ws.app
    world.ws.install(
        InstalledApp.from_manifest(
            MANIFEST,
            app_id="A0TOY",
            bot_token=BOT_TOKEN,
            signing_secret="another",
            request_url=right.events_url,
        )
    )
    assert (await world.dana.types("/toy"))["error"] == "dispatch_failed"
    install(world.ws, right.events_url)
    assert (await world.dana.types("/toy"))["ok"]


async def test_a_dropped_answer_took_effect(world: World) -> None:
    world.ws.faults.drop_answer("chat.postMessage")
    with pytest.raises(aiohttp.ServerDisconnectedError):
        await world.api("chat.postMessage", channel=DANA.id, text="once")
    assert [message.text for message in await world.dana.messages()] == ["once"]
    assert world.ws.journal.refused()[-1].error == "dropped"


async def test_slacks_default_client_posts_twice_when_the_answer_is_dropped(world: World) -> None:
    world.ws.faults.drop_answer("chat.postMessage")
    client = AsyncWebClient(token=BOT_TOKEN, base_url=world.server.api_url)
    await client.chat_postMessage(channel=DANA.id, text="twice")
    assert [message.text for message in await world.dana.messages()] == ["twice", "twice"]


async def test_a_500_has_no_effect_and_passes(world: World) -> None:
    world.ws.faults.answer_500("chat.postMessage", times=2)
    for _ in range(2):
        answer = await world.api("chat.postMessage", channel=DANA.id, text="x")
        assert answer["error"] == "internal_error"
    assert (await world.api("chat.postMessage", channel=DANA.id, text="x"))["ok"]
    assert len(await world.dana.messages()) == 1


async def test_a_rate_limit_says_how_long(world: World) -> None:
    world.ws.faults.rate_limit("chat.postMessage", retry_after=7)
    client = AsyncWebClient(token=BOT_TOKEN, base_url=world.server.api_url, retry_handlers=[])
    with pytest.raises(SlackApiError, match="ratelimited") as caught:
        await client.chat_postMessage(channel=DANA.id, text="x")
    assert caught.value.response.status_code == 429
    assert caught.value.response.headers["Retry-After"] == "7"


async def test_a_reset_has_no_effect(world: World) -> None:
    world.ws.faults.reset("chat.postMessage")
    with pytest.raises(aiohttp.ServerDisconnectedError):
        await world.api("chat.postMessage", channel=DANA.id, text="x")
    assert await world.dana.messages() == []


async def test_a_slow_method_takes_effect_before_its_answer(world: World) -> None:
    world.ws.faults.slow_down("chat.postMessage", 0.5)
    began = time.monotonic()
    call = asyncio.create_task(world.api("chat.postMessage", channel=DANA.id, text="slow"))
    while not await world.dana.messages():
        assert time.monotonic() < began + 0.5
    assert (await call)["ok"]
    assert time.monotonic() >= began + 0.5


def _thrown(seed: int) -> list[str]:
    faults = Faults()
    faults.at_random(Chances(rate_limit=0.1, error=0.1, reset=0.1, drop=0.1), seed=seed)
    thrown = [faults.take("chat.postMessage") for _ in range(2000)]
    return [fault.kind if fault else "" for fault in thrown]


def test_chance_is_as_likely_as_asked_and_the_same_with_its_seed() -> None:
    thrown = _thrown(1)
    for kind in ("rate_limit", "error", "reset", "drop"):
        assert 150 < thrown.count(kind) < 250
    assert thrown == _thrown(1)
    assert thrown != _thrown(2)


def test_what_was_ordered_comes_before_chance() -> None:
    faults = Faults()
    faults.at_random(Chances(error=1.0), seed=1)
    faults.drop_answer("chat.update")
    assert faults.take("chat.update") == Fault("drop")
    assert faults.take("chat.update") == Fault("error")
    assert 0 <= faults.seconds("chat.update") <= 0


def test_an_installation_needs_what_its_manifest_says() -> None:
    install_from = InstalledApp.from_manifest
    sockets = {**MANIFEST, "settings": {"socket_mode_enabled": True}}
    with pytest.raises(ValueError, match="app-level token"):
        install_from(sockets, app_id="A0", bot_token="xoxb", signing_secret="s")
    scopes = {"scopes": {"bot": ["commands"], "bot_optional": ["im:history"]}}
    optional = {**MANIFEST, "oauth_config": scopes}
    app = install_from(
        optional,
        app_id="A0",
        bot_token="xoxb",
        signing_secret="s",
        declined_scopes=frozenset({"im:history"}),
    )
    assert app.scopes == {"commands"}
    with pytest.raises(ValueError, match="only optional"):
        install_from(
            optional,
            app_id="A0",
            bot_token="xoxb",
            signing_secret="s",
            declined_scopes=frozenset({"commands"}),
        )
