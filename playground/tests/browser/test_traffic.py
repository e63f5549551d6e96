"""The drawer: what went over the wire, what made this, and what is made to go wrong."""

from __future__ import annotations

import json

import pytest
from playwright.async_api import Page, expect

from playground.testing.browser import DESKTOP, PHONE, barriers
from playground.tests.browser import forms
from playground.tests.browser.toy import Toy

pytestmark = pytest.mark.browser


async def opened(page: Page, toy: Toy) -> None:
    await toy.tell("UDANA", "A letter", forms.letter("USAM"))
    await page.goto(toy.address("UDANA"))
    await page.get_by_role("article").last.wait_for()


async def test_the_drawer_lists_what_goes_over_the_wire_as_it_happens(page: Page, toy: Toy) -> None:
    await opened(page, toy)
    button = page.get_by_role("button", name="Traffic")
    await button.click()
    drawer = page.get_by_role("dialog", name="Traffic")
    names = drawer.locator(".name")
    await expect(names.filter(has_text="chat.postMessage")).to_have_count(1)
    # It stays beside the messages, in which one goes on working.
    await page.get_by_role("button", name="Acknowledge").click()
    first = drawer.get_by_role("listitem").first
    await expect(first).to_contain_text("block_actions agree")
    await expect(first).to_contain_text(" ms · ")
    await expect(names.filter(has_text="chat.update")).to_have_count(1)
    await drawer.press("Escape")
    await expect(drawer).to_be_hidden()
    await expect(button).to_be_focused()


async def test_an_exchange_unfolds_to_json_that_can_be_copied(page: Page, toy: Toy) -> None:
    await page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    await opened(page, toy)
    await page.get_by_role("button", name="Traffic").click()
    await page.locator(".name").filter(has_text="chat.postMessage").click()
    asked = page.get_by_label("The app asked", exact=True)
    await expect(asked).to_contain_text('"text": "A letter"')
    await page.get_by_role("button", name="Copy: It was answered").click()
    copied = json.loads(await page.evaluate("navigator.clipboard.readText()"))
    assert copied["ok"] is True
    assert copied["message"]["text"] == "A letter"


async def test_a_message_tells_what_made_it(page: Page, toy: Toy) -> None:
    await opened(page, toy)
    await toy.tell("UDANA", "Another")
    article = page.get_by_role("article").first
    await article.hover()
    await article.get_by_role("button", name="More actions").click()
    await page.get_by_role("menuitem", name="What made this?").click()
    drawer = page.get_by_role("dialog", name="What made this")
    await expect(drawer.get_by_role("listitem")).to_have_count(1)
    await page.get_by_role("button", name="Acknowledge").click()
    names = drawer.locator(".name")
    await expect(names).to_have_text(["chat.postMessage", "block_actions agree", "chat.update"])
    await drawer.get_by_role("button", name="Show everything").press("Enter")
    await expect(page.get_by_role("heading", name="Traffic")).to_be_focused()
    everything = page.get_by_role("dialog", name="Traffic")
    await expect(everything.locator(".name").filter(has_text="chat.postMessage")).to_have_count(2)


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("theme", ["light", "dark"])
async def test_a_modal_tells_what_made_it_and_keeps_what_was_typed(
    page: Page, toy: Toy, theme: str, size: tuple[int, int]
) -> None:
    await page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
    await page.set_viewport_size({"width": size[0], "height": size[1]})
    await opened(page, toy)
    composer = page.get_by_label("Message Toybox")
    await composer.fill("/toy box")
    await composer.press("Enter")
    form = page.get_by_role("dialog", name="Everything")
    await form.get_by_label("Word").fill("half a thought")
    await form.get_by_role("button", name="What made this?").click()
    drawer = page.get_by_role("dialog", name="What made this")
    await expect(drawer.locator(".name")).to_have_text(["slash_command /toy", "views.open"])
    await drawer.get_by_text("views.open").click()
    await expect(drawer.get_by_label("The app asked", exact=True)).to_be_visible()
    assert await barriers(page) == []
    await drawer.get_by_role("button", name="Show everything").click()
    await page.get_by_text("Make something go wrong").click()
    assert await barriers(page) == []
    await page.keyboard.press("Escape")
    await expect(form.get_by_role("button", name="What made this?")).to_be_focused()
    await expect(form.get_by_label("Word")).to_have_value("half a thought")


async def test_the_next_call_fails_and_the_one_after_it_not(page: Page, toy: Toy) -> None:
    await opened(page, toy)
    await page.get_by_role("button", name="Traffic").click()
    await page.get_by_text("Make something go wrong").click()
    await page.get_by_label("The next call of").select_option("chat.update")
    await page.get_by_role("button", name="Answer 500").click()
    status = page.get_by_role("status").filter(has_text="chat.update: answer 500.")
    await expect(status).to_be_visible()
    await page.get_by_role("button", name="Acknowledge").click()
    drawer = page.get_by_role("dialog", name="Traffic")
    await expect(drawer.get_by_text("internal_error")).to_be_visible()
    await expect(drawer.get_by_text("Nothing is wrong.")).to_be_visible()
    await drawer.get_by_role("button", name="Slow: 4 s each").click()
    await drawer.get_by_role("button", name="Take it back").click()
    await expect(drawer.get_by_text("Nothing is wrong.")).to_be_visible()


async def test_a_token_is_revoked_and_a_person_deactivated_from_the_page(
    page: Page, toy: Toy
) -> None:
    await opened(page, toy)
    await page.get_by_role("button", name="Traffic").click()
    await page.get_by_text("Make something go wrong").click()
    await page.get_by_role("button", name="Revoke the token").click()
    await expect(page.get_by_text("The bot's token is revoked.")).to_be_visible()
    assert toy.ws.faults.is_revoked
    await page.get_by_role("button", name="Give the token back").click()
    await expect(page.get_by_text("Nothing is wrong.")).to_be_visible()
    await page.get_by_label("Account").select_option("Sam Okafor")
    await page.get_by_role("button", name="Deactivate").click()
    await expect(page.get_by_role("button", name="Reactivate")).to_be_visible()
    sam = toy.ws.user("USAM")
    assert sam
    assert sam.deleted
    await page.get_by_role("button", name="Reactivate").click()
    await expect(page.get_by_role("button", name="Deactivate")).to_be_visible()
    await page.get_by_role("button", name="Send the last event again").click()
    await expect(page.get_by_text("event app_home_opened")).to_have_count(2)
