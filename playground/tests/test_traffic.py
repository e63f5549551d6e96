"""What went over the wire, as the page shows it: in a line, whole, and what made this."""

from __future__ import annotations

import json
from typing import Any

import pytest

from playground.journal import Entry, Journal
from playground.remarks import remarks
from playground.tests.conftest import DANA, World
from playground.tests.toy import BOT_TOKEN, Json, modal, section, text_input

ACK_SECONDS = 3.0


async def exchanges(world: World, about: str = "", after: int = 0) -> list[Json]:
    found: list[Json] = (await world.dana.get("traffic", about=about, after=str(after)))[
        "exchanges"
    ]
    return found


async def whole(world: World, name: str) -> Json:
    """The newest exchange of that name, with all that was said."""
    (*_, newest) = [one for one in await exchanges(world) if one["name"] == name]
    return await world.dana.get("exchange", number=str(newest["number"]))


async def test_a_command_and_what_the_app_made_of_it_are_listed_in_turn(world: World) -> None:
    await world.dana.types("/toy open")
    *_, opened, command = await exchanges(world)
    assert (opened["kind"], opened["name"], opened["by_app"]) == ("web_api", "views.open", True)
    assert (command["kind"], command["name"]) == ("slash_command", "/toy")
    assert command["by_app"] is False
    assert command["ok"]
    assert command["ms"] >= opened["ms"] > 0
    assert min(opened["bytes"]) > 100
    assert abs(command["at"] - world.ws.clock.epoch()) < 60
    assert await exchanges(world, after=opened["number"]) == [command]


async def test_an_exchange_is_shown_whole_but_for_its_tokens(world: World) -> None:
    await world.api("chat.postMessage", channel=DANA.id, text="Hello", token=BOT_TOKEN)
    posted = await whole(world, "chat.postMessage")
    assert posted["asked"] == {"channel": DANA.id, "text": "Hello"}
    assert posted["answered"]["message"]["text"] == "Hello"
    await world.dana.types("/toy open")
    command = await whole(world, "/toy")
    assert command["asked"]["text"] == "open"
    assert "token" not in command["asked"]


async def test_what_was_refused_says_why(world: World) -> None:
    await world.api("views.publish", user_id=DANA.id, view={"type": "home", "blocks": [{}]})
    refused = await whole(world, "views.publish")
    assert (refused["ok"], refused["error"]) == (False, "invalid_arguments")
    assert "unsupported type" in refused["details"][0]


async def test_what_made_a_message_is_its_posting_and_its_changes(world: World) -> None:
    await world.api("chat.postMessage", channel=DANA.id, text="Another")
    posted = await world.api("chat.postMessage", channel=DANA.id, text="Hello")
    at = {"channel": posted["channel"], "ts": posted["ts"]}
    await world.api("chat.update", text="Hello again", **at)
    await world.api("conversations.history", channel=posted["channel"])
    made = await exchanges(world, about=posted["ts"])
    assert [one["name"] for one in made] == ["chat.postMessage", "chat.update"]


async def test_what_made_a_modal_begins_with_what_the_person_did(world: World) -> None:
    await world.dana.types("/toy other")
    await world.dana.types("/toy open")
    form = await world.dana.modal()
    world.toy.next_answer = {
        "response_action": "push",
        "view": modal(text_input("Another", "another"), title="Above"),
    }
    await form.fill("Name", "x")
    above = await form.submit()
    assert above is not None
    assert [one["name"] for one in await exchanges(world, about=form.view["id"])] == [
        "/toy",
        "views.open",
        "toy",
    ]
    # The view that was pushed stands in no answer with its id.
    assert [one["kind"] for one in await exchanges(world, about=above.view["id"])] == [
        "view_submission"
    ]


async def test_what_made_a_private_answer_is_the_command_or_the_press(world: World) -> None:
    world.toy.command_answer = {"text": "Only for you"}
    await world.dana.types("/toy say")
    answer = await world.dana.message("Only for you")
    made = await exchanges(world, about=str(answer.body["ts"]))
    assert [one["kind"] for one in made] == ["slash_command"]


async def test_a_long_story_keeps_its_beginning(world: World) -> None:
    posted = await world.api("chat.postMessage", channel=DANA.id, text="0")
    for _ in range(231):
        asked = json.dumps({"ts": posted["ts"]})
        world.ws.journal.add(Entry("web_api", "chat.update", ok=True, asked=asked))
    made = await exchanges(world, about=posted["ts"])
    assert made[0]["name"] == "chat.postMessage"
    assert made[-1]["number"] == max(one["number"] for one in made)
    assert len(made) == 220


def test_the_journal_forgets_the_oldest_of_what_is_large() -> None:
    journal = Journal(lambda: 0.0)
    for _ in range(60):
        journal.add(Entry("web_api", "users.list", ok=True, answered="x" * 1_000_000))
    assert len(journal) == 50
    assert next(iter(journal)).number == 11


@pytest.mark.parametrize("number", ["0", "999", "x", ""])
async def test_an_exchange_that_is_not_there_is_not_found(world: World, number: str) -> None:
    answer = await world.dana.get("exchange", number=number)
    assert answer["error"] == "exchange_not_found"
    assert answer["message"] == "That is too long ago."


def entry(**more: Any) -> Entry:
    return Entry(**{"kind": "web_api", "name": "chat.postMessage", "ok": True, **more})


def said(**body: object) -> str:
    return json.dumps(body)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (entry(kind="event", ms=1600.0), "Acknowledged after 1.6 s, where Slack waits for 3 s."),
        (
            entry(ignored=("colour",)),
            "\u201ccolour\u201d is no field that is known here; it was ignored.",
        ),
        (
            entry(asked=said(blocks=[section("x" * 2800)])),
            "/blocks/0/text/text: 2,800 of at most 3,000 characters.",
        ),
        (
            entry(asked=said(blocks=[section("x")] * 46)),
            "The message has 46 of at most 50 blocks.",
        ),
        (
            entry(asked=said(blocks=[section("x" * 2600)] * 4 + [section("x" * 2000)])),
            "The message has 12,700 of at most 13,300 characters in all.",
        ),
        (
            entry(name="chat.update", asked=said(text="x" * 3900)),
            "The text has 3,900 of at most 4,000 bytes.",
        ),
        (
            entry(name="views.open", asked=said(view=modal(*[section("x")] * 95))),
            "The view has 95 of at most 100 blocks.",
        ),
        (
            entry(kind="view_submission", answered=said(view=modal(section("x" * 2999)))),
            "/view/blocks/0/text/text: 2,999 of at most 3,000 characters.",
        ),
    ],
)
def test_what_went_well_and_may_not_the_next_time_is_remarked(given: Entry, words: str) -> None:
    assert remarks(given, ACK_SECONDS) == [words]


@pytest.mark.parametrize(
    "given",
    [
        entry(kind="event", ms=1400.0),
        entry(ms=2900.0),
        entry(asked=said(blocks=[section("x" * 2700)])),
        entry(name="views.open", asked=said(view=modal(section("x"), title="x" * 24))),
        entry(kind="block_actions", asked=said(view=modal(section("x" * 3000)))),
        entry(ok=False, ms=2900.0, ignored=("colour",)),
    ],
)
def test_what_is_well_is_not_remarked(given: Entry) -> None:
    assert remarks(given, ACK_SECONDS) == []


async def test_a_field_that_slack_does_not_know_is_seen(world: World) -> None:
    known: dict[str, Any] = {"channel": DANA.id, "text": "Hello", "team_id": "T1", "mrkdwn": False}
    await world.api("chat.postMessage", colour="red", **known)
    posted = await whole(world, "chat.postMessage")
    assert posted["warnings"] == 1
    assert "colour" in posted["remarks"][0]
    world.toy.command_answer = {"text": "Yes", "respond_type": "in_channel"}
    await world.dana.types("/toy say")
    assert "respond_type" in (await whole(world, "/toy"))["remarks"][0]
