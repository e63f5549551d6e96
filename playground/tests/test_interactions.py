"""Payloads key by key, type-aheads, shortcuts, menus and pickers."""

from __future__ import annotations

import pytest

from playground import Channel
from playground.tests.conftest import CHANNEL, DANA, World
from playground.tests.test_block_rules import options, select, with_input
from playground.tests.toy import Json, buttons, modal, plain, section, text_input

COMMON = {
    "type", "team", "user", "api_app_id", "token", "enterprise", "is_enterprise_install",
}  # fmt: skip
LOOKUP = {
    "type": "input",
    "block_id": "who",
    "label": plain("Criterion"),
    "element": {"type": "external_select", "action_id": "lookup", "min_query_length": 1},
}


async def form_of(world: World, *blocks: Json) -> None:
    world.toy.next_view = modal(*blocks)
    assert (await world.dana.types("/toy open"))["ok"]


async def test_a_command_has_every_field_and_ids_for_names(world: World) -> None:
    await world.dana.types("/toy  about @sam in #qa-alerts, not @nobody & <b>")
    heard = world.toy.last("command")
    assert set(heard) == {
        "token", "team_id", "team_domain", "channel_id", "channel_name", "user_id", "user_name",
        "command", "text", "api_app_id", "is_enterprise_install", "response_url", "trigger_id",
    }  # fmt: skip
    assert heard["text"] == ("about <@U0SAM|sam> in <#C0QA|qa-alerts>, not @nobody &amp; &lt;b&gt;")
    assert (heard["is_enterprise_install"], heard["channel_name"]) == ("false", "directmessage")


async def test_the_name_of_a_private_channel_is_not_given_away(world: World) -> None:
    world.ws.add_channel(Channel(id="C0HUSH", name="hush", members=(DANA.id,), is_private=True))
    await world.dana.types("/toy", channel="C0HUSH")
    assert world.toy.last("command")["channel_name"] == "privategroup"


async def test_a_command_that_does_not_escape_gets_what_was_typed(world: World) -> None:
    await world.dana.types("/raw about @sam")
    assert world.toy.last("command")["text"] == "about @sam"


async def test_an_answer_to_a_command_is_private_or_for_all(world: World) -> None:
    world.toy.command_answer = "Only you"
    await world.dana.types("/toy", channel=CHANNEL)
    world.toy.command_answer = {"response_type": "in_channel", "text": "All"}
    await world.dana.types("/toy", channel=CHANNEL)
    assert [one.text for one in await world.dana.messages(CHANNEL)] == ["Only you", "All"]
    assert [one.text for one in await world.sam.messages(CHANNEL)] == ["All"]


async def test_an_answer_that_is_no_message_fails_the_command(world: World) -> None:
    world.toy.command_answer = {"text": "x", "blocks": [{"type": "chart"}]}
    told = await world.dana.types("/toy")
    assert told["message"] == '/toy failed with the error "invalid_blocks".'


async def test_an_unknown_command_is_said_to_be_none(world: World) -> None:
    told = await world.dana.types("/nope")
    assert (told["error"], told["message"]) == (
        "unknown_command",
        "/nope is not a valid command.",
    )


async def test_block_actions_in_a_view_and_in_a_message(world: World) -> None:
    await form_of(world, text_input("Name", "name"), buttons("pat"))
    await (await world.dana.modal()).press("Pat")
    heard = world.toy.last("block_actions")
    assert set(heard) == COMMON | {"container", "view", "trigger_id", "actions"}
    assert heard["container"] == {"type": "view", "view_id": heard["view"]["id"]}
    assert set(heard["actions"][0]) == {
        "type", "action_id", "block_id", "action_ts", "text", "value",
    }  # fmt: skip
    await world.api("chat.postMessage", channel=DANA.id, text="x", blocks=[buttons("pat")])
    await (await world.dana.message("Pat")).press("Pat")
    heard = world.toy.last("block_actions")
    assert set(heard) == COMMON | {
        "container", "channel", "message", "state", "trigger_id", "actions", "response_url",
    }  # fmt: skip
    assert set(heard["container"]) == {"type", "message_ts", "channel_id", "is_ephemeral"}
    assert heard["user"] == {
        "id": DANA.id, "username": "dana", "name": "dana", "team_id": "T0TOYS",
    }  # fmt: skip


async def test_fields_in_a_message_are_in_its_state(world: World) -> None:
    field = text_input("Your view", "view")
    await world.api("chat.postMessage", channel=DANA.id, text="x", blocks=[field, buttons("pat")])
    message = await world.dana.message("Your view")
    await message.fill("Your view", "I agree")
    await message.press("Pat")
    state = world.toy.last("block_actions")["state"]["values"]
    assert state["view"]["text"]["value"] == "I agree"


async def test_view_submission_has_every_key(world: World) -> None:
    await form_of(world, text_input("Name", "name"))
    form = await world.dana.modal()
    await form.fill("Name", "Ada")
    await form.submit()
    heard = world.toy.last("view_submission")
    assert set(heard) == COMMON | {"trigger_id", "view", "response_urls"}
    assert heard["view"]["hash"]


async def test_each_submission_brings_a_fresh_trigger_for_a_push(world: World) -> None:
    await form_of(world, buttons("push"))
    form = await world.dana.modal()
    world.toy.next_view = modal(section("On top"), title="Top")
    await form.press("Push")
    assert (await world.dana.modal()).title == "Top"


async def test_a_type_ahead_asks_the_app_from_its_shortest_text_on(world: World) -> None:
    await form_of(world, LOOKUP)
    world.toy.options = [{"text": plain("Discovery"), "value": "c1"}]
    form = await world.dana.modal()
    assert await form.suggestions("Criterion", "") == []
    assert await form.suggestions("Criterion", "d") == [{"text": "Discovery", "value": "c1"}]
    heard = world.toy.last("block_suggestion")
    assert set(heard) == COMMON | {"container", "view", "block_id", "action_id", "value"}
    assert (heard["block_id"], heard["action_id"], heard["value"]) == ("who", "lookup", "d")
    await form.choose("Criterion", "Discovery")
    assert await form.submit() is None
    state = world.toy.last("view_submission")["view"]["state"]["values"]
    assert state["who"]["lookup"]["selected_option"]["value"] == "c1"


async def test_three_letters_are_needed_unless_said_otherwise(world: World) -> None:
    await form_of(world, LOOKUP | {"element": select("external_select", action_id="lookup")})
    form = await world.dana.modal()
    assert await form.suggestions("Criterion", "di") == []
    assert all(one.get("type") != "block_suggestion" for one in world.toy.heard)


@pytest.mark.parametrize(
    "wrong",
    [
        {"text": plain("x" * 76), "value": "v"},
        {"text": plain("x"), "value": "v" * 151},
        {"text": {"type": "mrkdwn", "text": "x"}, "value": "v"},
    ],
)
async def test_options_that_slack_would_not_show_are_trouble(world: World, wrong: Json) -> None:
    await form_of(world, LOOKUP)
    world.toy.options = [wrong]
    form = await world.dana.modal()
    told = await world.dana.post(
        "suggest", container=form.container, block_id="who", action_id="lookup", text="d"
    )
    assert told["error"] == "invalid_options"
    assert world.ws.journal.refused()[-1].details


async def test_shortcuts_from_anywhere_and_on_a_message(world: World) -> None:
    assert (await world.dana.shortcut("Play now"))["ok"]
    heard = world.toy.last("shortcut")
    assert set(heard) == COMMON | {"action_ts", "callback_id", "trigger_id"}
    assert await (await world.dana.modal()).close() is None
    await world.sam.types("Call 8841", channel=CHANNEL)
    (message,) = await world.dana.messages(CHANNEL)
    assert (await world.dana.message_shortcut("Play this", message))["ok"]
    heard = world.toy.last("message_action")
    assert set(heard) == COMMON | {
        "action_ts", "callback_id", "trigger_id", "response_url", "message_ts", "channel",
        "message",
    }  # fmt: skip
    assert heard["message"]["text"] == "Call 8841"
    assert (await world.dana.modal()).title == "Toy"


async def test_every_kind_of_choice_by_its_words(world: World) -> None:
    def labelled(label: str, element: Json) -> Json:
        return with_input(element, label=plain(label), block_id=label)

    await form_of(
        world,
        labelled("Menu", select(options=options(3))),
        labelled("Radio", select("radio_buttons", options=options(3))),
        labelled("Boxes", select("checkboxes", options=options(3))),
        labelled("Several", select("multi_static_select", options=options(3))),
        labelled("Person", select("users_select")),
        labelled("Day", {"type": "datepicker", "action_id": "pick"}),
        labelled("Hour", {"type": "timepicker", "action_id": "pick"}),
        labelled("Moment", {"type": "datetimepicker", "action_id": "pick"}),
        labelled(
            "Number", {"type": "number_input", "action_id": "pick", "is_decimal_allowed": False}
        ),
    )
    form = await world.dana.modal()
    await form.choose("Menu", "00001")
    await form.choose("Radio", "00002")
    await form.choose("Boxes", "00000", "00002")
    await form.choose("Several", "00001")
    await form.choose("Person", "Sam Okafor")
    await form.fill("Day", "2026-12-24")
    await form.fill("Hour", "09:30")
    await form.fill("Moment", 1_800_000_000)
    await form.fill("Number", "7")
    assert await form.submit() is None
    state = world.toy.last("view_submission")["view"]["state"]["values"]
    held = {block_id: by_action["pick"] for block_id, by_action in state.items()}
    assert held["Menu"]["selected_option"]["value"] == "v1"
    assert held["Radio"]["selected_option"]["value"] == "v2"
    assert [one["value"] for one in held["Boxes"]["selected_options"]] == ["v0", "v2"]
    assert [one["value"] for one in held["Several"]["selected_options"]] == ["v1"]
    assert held["Person"]["selected_user"] == "U0SAM"
    assert held["Day"]["selected_date"] == "2026-12-24"
    assert held["Hour"]["selected_time"] == "09:30"
    assert held["Moment"]["selected_date_time"] == 1_800_000_000
    assert held["Number"]["value"] == "7"


async def test_choosing_outside_an_input_tells_the_app_at_once(world: World) -> None:
    later = select("overflow", action_id="later", options=options(2))
    await form_of(
        world,
        section("Which one?", accessory=select(options=options(2))),
        {"type": "actions", "block_id": "row", "elements": [later]},
    )
    form = await world.dana.modal()
    await form.choose("Which one?", "00001")
    action = world.toy.last("block_actions")["actions"][0]
    assert action["selected_option"]["value"] == "v1"
    assert form.value("Which one?") == "00001"
    await form.press("00000")
    action = world.toy.last("block_actions")["actions"][0]
    assert (action["action_id"], action["selected_option"]["value"]) == ("later", "v0")


async def test_a_dispatching_input_tells_the_app_what_was_chosen(world: World) -> None:
    field = with_input(select(options=options(2)), dispatch_action=True)
    await form_of(world, field)
    await (await world.dana.modal()).choose("Label", "00001")
    assert world.toy.last("block_actions")["actions"][0]["selected_option"]["value"] == "v1"
