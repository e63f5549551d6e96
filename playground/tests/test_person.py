"""The driver that all flow tests use: it reads as people read and says what is there instead."""

from __future__ import annotations

import pytest

from playground.testing.person import Person
from playground.testing.reading import visible_text
from playground.tests.conftest import DANA, World
from playground.tests.test_block_rules import EVERY_BLOCK, options, select, with_input
from playground.tests.toy import Json, buttons, modal, plain, section, text_input


async def form_of(world: World, *blocks: Json, **extra: str) -> None:
    world.toy.next_view = modal(*blocks, **extra)
    assert (await world.dana.types("/toy open"))["ok"]


async def test_a_missing_label_button_or_option_lists_what_is_there(world: World) -> None:
    await form_of(world, with_input(select(options=options(2))), buttons("back"))
    form = await world.dana.modal()
    with pytest.raises(AssertionError, match=r"no field 'Score'; there are \['Label'\]"):
        await form.fill("Score", "5")
    with pytest.raises(AssertionError, match=r"no button 'Next'; there are \['Back'\]"):
        await form.press("Next")
    with pytest.raises(AssertionError, match=r"0 options say 'x'; there are \['00000', '00001'\]"):
        await form.choose("Label", "x")
    with pytest.raises(AssertionError, match="2 options say '0000'"):
        await form.choose("Label", "0000")


async def test_of_several_alike_buttons_one_is_meant(world: World) -> None:
    def row(words: str, value: str) -> Json:
        change = {
            "type": "button",
            "action_id": f"change.{value}",
            "text": plain("Change"),
            "value": value,
        }
        return section(words, accessory=change)

    await form_of(world, row("Evidence", "e"), row("Target", "t"))
    form = await world.dana.modal()
    with pytest.raises(AssertionError, match="2 buttons say 'Change'"):
        await form.press("Change")
    await form.press("Change", after="Target")
    assert world.toy.last("block_actions")["actions"][0]["value"] == "t"
    with pytest.raises(AssertionError, match="'Outcome' is nowhere"):
        await form.press("Change", after="Outcome")


async def test_values_are_read_as_shown_before_and_after_a_change(world: World) -> None:
    boxes = select("checkboxes", options=options(3), initial_options=options(2))
    await form_of(
        world,
        text_input("Name", "name", initial_value="Ada"),
        with_input(boxes, label=plain("Boxes")),
        with_input(select(options=options(1)), label=plain("Menu")),
    )
    form = await world.dana.modal()
    assert form.value("Name") == "Ada"
    assert form.value("Boxes") == ["00000", "00001"]
    assert form.value("Menu") is None
    await form.fill("Name", "Grace")
    assert form.value("Name") == "Grace"


async def test_a_modal_that_did_not_open_is_said_so(world: World) -> None:
    assert not await world.dana.has_modal()
    dana = Person(world.server.url, DANA.id, patience_seconds=0.05)
    with pytest.raises(AssertionError, match="no modal is open"):
        await dana.modal()
    await dana.types("Hello")
    with pytest.raises(AssertionError, match=r"no message says 'Bye'; there are \['Hello'\]"):
        await dana.message("Bye")


async def test_nobody_of_that_name_and_no_such_shortcut(world: World) -> None:
    assert await world.dana.id_of("dana") == DANA.id
    with pytest.raises(AssertionError, match="nobody is called 'zoe'"):
        await world.dana.id_of("zoe")
    with pytest.raises(AssertionError, match=r"no shortcut 'x': \['Play now', 'Play this'\]"):
        await world.dana.shortcut("x")


async def test_trouble_on_submitting_is_not_mistaken_for_a_form(world: World) -> None:
    await form_of(world, text_input("Name", "name"), callback_id="nobody listens")
    form = await world.dana.modal()
    await form.fill("Name", "Ada")
    with pytest.raises(AssertionError, match="met trouble"):
        await form.submit()


def test_the_words_of_every_block_are_read_in_order() -> None:
    seen = visible_text(EVERY_BLOCK)
    assert "Hi<@U1>:wave:there1800000000" in seen
    assert seen.index("q") < seen.index("p")
    assert "Press" in seen
    assert "*x*" in seen
    shown = with_input(select("radio_buttons", options=options(2)), hint=plain("A hint"))
    assert visible_text([shown]) == ["Label", "00000", "00001", "A hint"]
