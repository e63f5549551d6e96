"""What Slack takes as the answer to a submission, and what it shows when it does not."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from aiohttp import web

from playground.tests.conftest import World, a_world, install, running
from playground.tests.toy import Json, modal, section, text_input

TROUBLE = "We had some trouble connecting. Try again?"


async def submitted(world: World, answer: Json) -> Json:
    """Open the toy's form, fill it in and have the app answer so: what the page is told."""
    await world.dana.types("/toy open")
    form = await world.dana.modal()
    await form.fill("Name", "Ada")
    world.toy.next_answer = answer
    return await form.try_submit()


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        ({"text": "Thanks!"}, "invalid_submission_answer"),
        ({"response_action": "errors", "errors": {"text": "x"}}, "invalid_submission_errors"),
        ({"response_action": "errors", "errors": {"name": ""}}, "invalid_submission_errors"),
        ({"response_action": "close"}, "invalid_response_action"),
        ({"response_action": "update", "view": {"type": "modal"}}, "invalid_arguments"),
    ],
)
async def test_an_answer_that_slack_cannot_use_is_trouble(
    world: World, answer: Json, error: str
) -> None:
    told = await submitted(world, answer)
    assert (told["ok"], told["error"], told["message"]) == (False, error, TROUBLE)
    assert len(told["views"]) == 1
    assert error in [entry.error for entry in world.ws.journal.refused()]


async def test_errors_on_a_block_that_is_no_input_are_trouble(world: World) -> None:
    world.toy.next_view = modal(text_input("Name", "name"), section("Just text", block_id="said"))
    told = await submitted(
        world, {"response_action": "errors", "errors": {"name": "No.", "said": "No."}}
    )
    assert told["error"] == "invalid_submission_errors"


async def test_a_fourth_view_cannot_be_pushed_by_an_answer(world: World) -> None:
    form = modal(text_input("Name", "name"))
    for _ in range(2):
        world.toy.next_view = form
        told = await submitted(world, {"response_action": "push", "view": form})
    modal_on_top = await world.dana.modal()
    for expected in (3, 3):
        await modal_on_top.fill("Name", "Ada")
        told = await modal_on_top.try_submit()
        assert len(told["views"]) == expected
        modal_on_top = await world.dana.modal()
    assert told["error"] == "push_limit_reached"


async def test_closing_tells_the_app_without_state(world: World) -> None:
    world.toy.next_view = modal(text_input("Name", "name"), notify_on_close=True)
    await world.dana.types("/toy open")
    form = await world.dana.modal()
    await form.fill("Name", "lost")
    assert await form.close() is None
    closed = world.toy.last("view_closed")
    assert (closed["is_cleared"], closed["view"]["state"]) == (False, {"values": {}})
    assert "trigger_id" not in closed


async def test_the_x_closes_all_and_names_the_root(world: World) -> None:
    world.toy.next_view = modal(text_input("Name", "name"), notify_on_close=True)
    await submitted(world, {"response_action": "push", "view": modal(section("Top"))})
    top = await world.dana.modal()
    assert await top.close(everything=True) is None
    closed = world.toy.last("view_closed")
    assert (closed["view"]["id"], closed["is_cleared"]) == (top.view["root_view_id"], True)


async def test_a_view_that_did_not_ask_is_closed_silently(world: World) -> None:
    await world.dana.types("/toy open")
    assert await (await world.dana.modal()).close() is None
    assert all(one.get("type") != "view_closed" for one in world.toy.heard)


async def test_clear_on_close_takes_the_whole_stack(world: World) -> None:
    second = modal(section("Top"), clear_on_close=True)
    await submitted(world, {"response_action": "push", "view": second})
    assert await (await world.dana.modal()).close() is None


@pytest.fixture
async def hasty() -> AsyncIterator[World]:
    async with a_world(ack_seconds=0.3) as world:
        yield world


async def test_a_late_acknowledgement_is_shown_as_operation_timeout(hasty: World) -> None:
    await hasty.dana.types("/toy open")
    form = await hasty.dana.modal()
    await form.fill("Name", "Ada")
    hasty.toy.delay = 0.6
    told = await form.try_submit()
    assert (told["error"], told["message"]) == ("operation_timeout", TROUBLE)
    command = await hasty.dana.types("/toy")
    assert command["message"] == '/toy failed with the error "operation_timeout".'
    kinds = [(entry.kind, entry.error) for entry in hasty.ws.journal.refused()]
    assert ("view_submission", "operation_timeout") in kinds
    assert ("slash_command", "operation_timeout") in kinds


@pytest.mark.parametrize("body", ["Thanks!", "null and void"])
async def test_a_text_body_does_not_close_the_view(world: World, body: str) -> None:
    await world.dana.types("/toy open")
    form = await world.dana.modal()
    await form.fill("Name", "Ada")

    async def talk(_: web.Request) -> web.Response:
        return web.Response(text=body)

    talker = web.Application()
    talker.router.add_post("/slack/events", talk)
    async with running(talker) as address:
        install(world.ws, address)
        told = await form.try_submit()
    assert (told["error"], len(told["views"])) == ("invalid_submission_answer", 1)


async def test_an_unreachable_app_is_dispatch_failed(world: World) -> None:
    install(world.ws, "http://127.0.0.1:9/slack/events")
    told = await world.dana.types("/toy")
    assert told["error"] == "dispatch_failed"
