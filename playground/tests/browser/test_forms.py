"""Modals: each element, errors, updates that keep what is typed, the stack, closing."""

from __future__ import annotations

import pytest
from playwright.async_api import Locator, Page, expect

from playground.tests.browser import forms
from playground.tests.browser.toy import Toy

pytestmark = pytest.mark.browser


async def opened(page: Page, toy: Toy, user: str = "UDANA") -> Locator:
    await page.goto(toy.address(user))
    composer = page.get_by_label("Message Toybox")
    await composer.fill("/toy box")
    await composer.press("Enter")
    dialog = page.get_by_role("dialog", name="Everything (1 of 2)")
    await dialog.wait_for()
    return dialog


async def fill_what_is_needed(dialog: Locator, word: str) -> None:
    await dialog.get_by_label("Word", exact=True).fill(word)
    await dialog.get_by_label("Number").fill("12")
    await dialog.get_by_label("Pick").select_option(label="Blue")
    letter = dialog.get_by_role("combobox", name="Letter")
    await letter.press_sequentially("al")
    await dialog.get_by_role("option", name="Alphabet").click()
    person = dialog.get_by_role("combobox", name="Person")
    await person.fill("oka")
    await person.press("Enter")
    await dialog.get_by_label("Salt").check()
    await dialog.get_by_role("radiogroup", name="One").get_by_label("Yes").check()


async def test_each_kind_of_element_reaches_the_app(page: Page, toy: Toy) -> None:
    dialog = await opened(page, toy)
    await expect(dialog.get_by_label("Word", exact=True)).to_be_focused()
    await expect(dialog.get_by_label("Moment")).to_have_value("2026-11-25T10:00")
    await fill_what_is_needed(dialog, "tree")
    await dialog.get_by_label("Lines").fill("one\ntwo")
    await dialog.get_by_label("E-mail").fill("dana@example.com")
    await dialog.get_by_label("Link").fill("https://example.com/call")
    await dialog.get_by_role("group", name="Many").get_by_label("Wed").check()
    await dialog.get_by_role("group", name="Many").get_by_label("Mon").check()
    await dialog.get_by_label("Day").fill("2026-12-31")
    await dialog.get_by_label("Hour").fill("16:45")
    await dialog.get_by_label("Moment").fill("2026-11-25T11:30")
    await dialog.get_by_role("button", name="Next").click()
    await page.get_by_role("dialog", name="Everything (2 of 2)").wait_for()

    held = {block: entry["it"] for block, entry in toy.submitted[0].items() if "it" in entry}
    chosen = {"type": "plain_text", "text": "Alphabet", "emoji": True}
    assert held["word"]["value"] == "tree"
    assert held["lines"]["value"] == "one\ntwo"
    assert held["number"]["value"] == "12"
    assert held["mail"]["value"] == "dana@example.com"
    assert held["link"]["value"] == "https://example.com/call"
    assert held["pick"]["selected_option"]["value"] == "blue"
    assert held["letter"]["selected_option"]["value"] == "alphabet"
    assert held["letter"]["selected_option"]["text"]["text"] == chosen["text"]
    assert held["person"]["selected_user"] == "USAM"
    assert [one["value"] for one in held["some"]["selected_options"]] == ["salt"]
    assert held["one"]["selected_option"]["value"] == "yes"
    assert [one["value"] for one in held["many"]["selected_options"]] == ["mon", "wed"]
    assert held["day"]["selected_date"] == "2026-12-31"
    assert held["hour"]["selected_time"] == "16:45"
    assert held["moment"]["selected_date_time"] == forms.MEETING + 90 * 60


async def test_a_moment_is_shown_in_the_zone_of_who_looks(page: Page, toy: Toy) -> None:
    dialog = await opened(page, toy, "USAM")
    moment = dialog.get_by_label("Moment")
    await expect(moment).to_have_value("2026-11-25T15:30")
    await expect(moment).to_have_accessible_description("Asia/Kolkata time")


async def test_errors_stand_under_their_fields_and_are_announced(page: Page, toy: Toy) -> None:
    dialog = await opened(page, toy)
    word = dialog.get_by_label("Word", exact=True)
    await dialog.get_by_role("button", name="Next").click()
    await expect(word).to_be_focused()
    await expect(word).to_have_attribute("aria-invalid", "true")
    await expect(word).to_have_accessible_description(
        "One word will do. Please complete this required field."
    )
    wrong_one = dialog.get_by_role("radiogroup", name="One")
    await expect(wrong_one).to_have_attribute("aria-invalid", "true")
    assert toy.submitted == []

    await fill_what_is_needed(dialog, "bad")
    await dialog.get_by_role("button", name="Next").click()
    await expect(dialog.get_by_role("alert")).to_have_text("Another word, please.")
    await expect(dialog.locator("[aria-invalid]")).to_have_count(1)
    await expect(dialog.get_by_label("Number")).to_have_value("12")


async def test_a_step_keeps_fields_with_the_same_ids_and_begins_others_anew(
    page: Page, toy: Toy
) -> None:
    dialog = await opened(page, toy)
    await fill_what_is_needed(dialog, "tree")
    await dialog.get_by_label("Word", exact=True).press("Enter")
    step = page.get_by_role("dialog", name="Everything (2 of 2)")
    await expect(step.get_by_label("Word", exact=True)).to_have_value("tree")
    await expect(step.get_by_label("Number")).to_have_value("7")
    await expect(step.get_by_label("Word", exact=True)).to_be_focused()
    await step.get_by_role("button", name="Send").click()
    await expect(page.get_by_role("dialog")).to_have_count(0)
    assert toy.submitted[1]["number#2"]["it"]["value"] == "7"
    await page.get_by_role("article").get_by_role("button", name="Acknowledge").wait_for()


async def test_an_update_leaves_what_is_being_typed_alone(page: Page, toy: Toy) -> None:
    dialog = await opened(page, toy)
    word = dialog.get_by_label("Word", exact=True)
    await word.fill("half")
    await dialog.get_by_label("Lines").fill("more")
    handle = await word.element_handle()
    assert handle is not None
    mode = dialog.get_by_label("Which mode?")
    await mode.select_option(label="Long")
    await word.focus()
    await expect(dialog.get_by_role("heading", name="The long way")).to_be_visible()
    await word.press_sequentially(" typed")

    await expect(word).to_have_value("half typed")
    await expect(word).to_be_focused()
    await expect(word).to_have_accessible_description("A long one.")
    await expect(dialog.get_by_label("Lines")).to_have_value("more")
    await expect(mode).to_have_value("long")
    assert await handle.evaluate("node => node.isConnected"), "the field itself must go on"
    state = toy.pressed[0]["view"]["state"]["values"]
    assert state["word"]["it"]["value"] == "half"


async def test_a_pushed_view_stands_above_and_closing_it_gives_back_the_one_below(
    page: Page, toy: Toy
) -> None:
    dialog = await opened(page, toy)
    await dialog.get_by_label("Word", exact=True).fill("kept")
    await dialog.get_by_role("button", name="Look closer").click()
    closer = page.get_by_role("dialog", name="Closer")
    await expect(closer.get_by_text("You see more here.")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(dialog.get_by_label("Word", exact=True)).to_have_value("kept")


async def test_closing_warns_only_when_something_typed_would_be_lost(page: Page, toy: Toy) -> None:
    dialog = await opened(page, toy)
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog")).to_have_count(0)

    dialog = await opened(page, toy)
    await dialog.get_by_label("Word", exact=True).fill("dear")
    await page.keyboard.press("Escape")
    warning = page.get_by_role("alertdialog")
    await expect(warning).to_have_accessible_description("You may lose the info you've entered.")
    await warning.get_by_role("button", name="Keep editing").click()
    await expect(dialog.get_by_label("Word", exact=True)).to_have_value("dear")
    await dialog.get_by_role("button", name="Close", exact=True).click()
    await page.get_by_role("button", name="Close without saving").click()
    await expect(page.get_by_role("dialog")).to_have_count(0)
    assert toy.ws.views.stack("UDANA") == []


async def test_focus_stays_inside_and_comes_back(page: Page, toy: Toy) -> None:
    dialog = await opened(page, toy)
    for _ in range(60):
        await page.keyboard.press("Tab")
        # The body has the focus while it is in the browser's own bar, which a page can't forbid.
        inside = await page.evaluate("document.activeElement.matches('body, dialog *')")
        assert inside, "Tab reached something behind the dialog"
    await page.keyboard.press("Escape")
    await expect(dialog).to_have_count(0)
    await expect(page.get_by_label("Message Toybox")).to_be_focused()


async def test_a_search_opens_when_it_is_asked_to(page: Page, toy: Toy) -> None:
    dialog = await opened(page, toy)
    person = dialog.get_by_role("combobox", name="Person")
    await person.focus()
    await expect(person).to_have_attribute("aria-expanded", "false")
    await person.click()
    suggested = dialog.get_by_role("listbox", name="Suggestions").get_by_role("option")
    await expect(suggested).to_have_text(["Dana Whitfield", "Sam Okafor", "Lena Brandt"])
    await person.press("Escape")
    await expect(person).to_have_attribute("aria-expanded", "false")
    await expect(dialog).to_be_visible()
    await person.press("ArrowDown")
    await suggested.first.click()
    await expect(person).to_have_value("Dana Whitfield")


async def test_a_search_can_be_worked_by_keyboard_and_changed_again(page: Page, toy: Toy) -> None:
    dialog = await opened(page, toy)
    letter = dialog.get_by_role("combobox", name="Letter")
    await letter.press_sequentially("al")
    suggested = dialog.get_by_role("listbox", name="Suggestions").get_by_role("option")
    await expect(suggested).to_have_text(["Alpha", "Alphabet"])
    await expect(letter).to_have_attribute("aria-expanded", "true")
    await letter.press("ArrowDown")
    await letter.press("Enter")
    await expect(letter).to_have_value("Alphabet")
    await expect(letter).to_have_attribute("aria-expanded", "false")
    await letter.fill("zzz")
    await expect(dialog.get_by_text("No results")).to_be_visible()
    await letter.press("Tab")
    await expect(letter).to_have_value("Alphabet")
