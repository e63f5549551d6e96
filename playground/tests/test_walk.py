"""The way through: a command, a modal, its answers, a message with a button."""

from __future__ import annotations

from playground.tests.conftest import World
from playground.tests.toy import buttons, modal, section, text_input


async def test_a_command_opens_a_modal_that_can_be_submitted(world: World) -> None:
    said = await world.dana.types("/toy open")
    assert said == {"ok": True}
    form = await world.dana.modal()
    assert form.title == "Toy"
    assert form.labels == ["Name"]
    await form.fill("Name", "Ada")
    assert await form.submit() is None
    heard = world.toy.last("view_submission")
    assert heard["view"]["state"]["values"]["name"]["text"]["value"] == "Ada"
    assert world.ws.journal.refused() == []


async def test_an_empty_field_is_refused_without_asking_the_app(world: World) -> None:
    await world.dana.types("/toy open")
    again = await (await world.dana.modal()).submit()
    assert again is not None
    assert again.errors == {"Name": "Please complete this required field."}
    assert all(one.get("type") != "view_submission" for one in world.toy.heard)


async def test_errors_updates_pushes_and_clears(world: World) -> None:
    await world.dana.types("/toy open")
    form = await world.dana.modal()
    await form.fill("Name", "Ada")
    world.toy.next_answer = {"response_action": "errors", "errors": {"name": "Not that one."}}
    refused = await form.submit()
    assert refused is not None
    assert refused.errors == {"Name": "Not that one."}
    assert refused.value("Name") == "Ada"
    second = modal(text_input("Name", "name"), text_input("Age", "age"), title="Second")
    world.toy.next_answer = {"response_action": "update", "view": second}
    updated = await refused.submit()
    assert updated is not None
    assert (updated.title, updated.value("Name"), updated.value("Age")) == ("Second", "Ada", None)
    await updated.fill("Age", "36")
    third = modal(section("All right"), title="Third")
    world.toy.next_answer = {"response_action": "push", "view": third}
    pushed = await updated.submit()
    assert pushed is not None
    assert pushed.title == "Third"
    assert pushed.view["previous_view_id"] == pushed.view["root_view_id"] == updated.view["id"]
    world.toy.next_answer = {"response_action": "clear"}
    assert await pushed.submit() is None
    assert world.ws.journal.refused() == []


async def test_a_button_in_a_modal_updates_it_and_keeps_what_was_typed(world: World) -> None:
    world.toy.next_view = modal(text_input("Name", "name"), buttons("update"))
    await world.dana.types("/toy open")
    form = await world.dana.modal()
    await form.fill("Name", "Ada")
    world.toy.next_view = modal(
        text_input("Name", "name", initial_value="ignored"), section("Updated")
    )
    assert (await form.press("Update"))["ok"]
    assert "Updated" in form.text
    assert form.value("Name") == "Ada"
    heard = world.toy.last("block_actions")
    assert heard["view"]["state"]["values"]["name"]["text"]["value"] == "Ada"


async def test_a_message_with_a_button_is_posted_pressed_and_changed(world: World) -> None:
    posted = await world.api(
        "chat.postMessage", channel="U0DANA", text="Hello", blocks=[section("Hi"), buttons("pat")]
    )
    message = await world.dana.message("Hi")
    assert message.buttons == ["Pat"]
    assert (await message.press("Pat"))["ok"]
    heard = world.toy.last("block_actions")
    assert heard["container"]["message_ts"] == posted["ts"]
    assert heard["actions"][0]["value"] == "pat"
    changed = await world.api(
        "chat.update", channel=posted["channel"], ts=posted["ts"], text="Done", blocks=[]
    )
    assert changed["ok"]
    await message.refresh()
    assert message.text == "Done"
