"""Every screen in both themes and widths: nothing keeps people out, nothing runs over the side."""

from __future__ import annotations

import asyncio

import pytest
from playwright.async_api import Page, Route, expect

from playground.testing.browser import DESKTOP, PHONE, barriers
from playground.tests.browser import forms
from playground.tests.browser.toy import Toy

pytestmark = pytest.mark.browser

SIDEWAYS = "document.documentElement.scrollWidth - window.innerWidth"


async def look(page: Page, screen: str) -> None:
    assert await page.evaluate(SIDEWAYS) <= 0, f"{screen} runs over the side"
    assert await barriers(page) == [], screen


async def look_at_messages(page: Page) -> None:
    composer = page.get_by_label("Message Toybox")
    await composer.fill("/nothing")
    await composer.press("Enter")
    await expect(page.get_by_role("alert")).to_contain_text("not a valid command")
    await composer.fill("")
    await composer.press_sequentially("hi @")
    await look(page, "messages, an error, people suggested")
    await composer.fill("")
    for name in ("More options", "More actions"):
        await page.get_by_role("article").last.get_by_role("button", name=name).click()
        menu = page.get_by_role("menu", name=name)
        box = await menu.bounding_box()
        size = page.viewport_size
        assert box
        assert size
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= size["width"], f"{name} is cut off"
        await look(page, name)
        await page.keyboard.press("Escape")
    await page.get_by_role("tab", name="Home").click()
    await page.get_by_role("button", name="Count up").wait_for()
    await look(page, "Home")
    await page.get_by_role("tab", name="Messages").click()


async def look_at_modals(page: Page) -> None:
    composer = page.get_by_label("Message Toybox")
    await composer.fill("/toy box")
    await composer.press("Enter")
    dialog = page.get_by_role("dialog")
    await dialog.get_by_role("button", name="Next").click()
    await expect(dialog.get_by_role("alert").first).to_be_visible()
    await look(page, "a form with errors")
    await dialog.get_by_role("button", name="Look closer").click()
    await expect(dialog.get_by_text("You see more here.")).to_be_visible()
    await look(page, "a modal on another")
    await page.keyboard.press("Escape")
    await expect(dialog.get_by_role("button", name="Look closer")).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(dialog).to_be_hidden()


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("theme", ["light", "dark"])
async def test_nothing_keeps_people_out(
    page: Page, toy: Toy, theme: str, size: tuple[int, int]
) -> None:
    await page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
    await page.set_viewport_size({"width": size[0], "height": size[1]})
    await toy.tell("UDANA", "A letter", forms.letter("USAM"))
    await page.goto(toy.address("UDANA"))
    await page.get_by_role("article").last.wait_for()
    await look_at_messages(page)
    await look_at_modals(page)
    if size == PHONE:
        await page.get_by_role("button", name="People and conversations").click()
    await page.get_by_role("button", name="Shortcuts").click()
    await page.get_by_role("menuitem", name="Open the box").wait_for()
    await look(page, "sidebar and its menu")


async def test_the_drawer_takes_the_focus_and_gives_it_back(page: Page, toy: Toy) -> None:
    await page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    await page.goto(toy.address("UDANA"))
    button = page.get_by_role("button", name="People and conversations")
    await button.press("Enter")
    await expect(page.get_by_label("You are")).to_be_focused()
    await expect(button).to_have_attribute("aria-expanded", "true")
    await page.keyboard.press("Escape")
    await expect(button).to_be_focused()
    await expect(page.get_by_label("You are")).to_be_hidden()
    await button.click()
    await page.mouse.click(PHONE[0] - 10, 400)
    await expect(page.get_by_label("You are")).to_be_hidden()


async def test_the_drawer_stays_open_while_the_first_messages_come(page: Page, toy: Toy) -> None:
    await page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    may_come = asyncio.Event()

    async def held(route: Route) -> None:
        await may_come.wait()
        await route.continue_()

    await page.route("**/_workspace/conversations*", held)
    await page.goto(toy.address("UDANA"), wait_until="commit")
    button = page.get_by_role("button", name="People and conversations")
    await button.click()
    may_come.set()
    await expect(page.get_by_role("heading", level=1)).not_to_be_empty()
    await expect(button).to_have_attribute("aria-expanded", "true")


async def test_a_session_by_keyboard_alone(page: Page, toy: Toy) -> None:
    await toy.tell("UDANA", "A letter", forms.letter("USAM"))
    await page.goto(toy.address("UDANA"))
    await page.get_by_role("article").last.wait_for()
    log = page.get_by_role("log", name="Messages")
    await expect(log).to_have_attribute("aria-live", "polite")
    for _ in range(30):
        await page.keyboard.press("Tab")
        seen = await page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        # The composer's frame and the theme's label show the focus of what stands in them.
        inside = await page.evaluate("document.activeElement.matches('#themes *, textarea, body')")
        assert seen == "solid" or inside
        if await log.evaluate("node => node === document.activeElement"):
            break
    await page.keyboard.press("ArrowUp")
    message = page.get_by_role("article").last
    await expect(message).to_be_focused()
    await page.keyboard.press("Tab")
    await page.keyboard.press("Tab")
    await expect(message.get_by_role("button", name="Void")).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("button", name="Keep it")).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(message.get_by_role("button", name="Void")).to_be_focused()
    await page.keyboard.press("Tab")
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    await page.keyboard.press("Enter")
    boxed = page.get_by_role("dialog", name="Boxed")
    await boxed.wait_for()
    await page.keyboard.press("Escape")
    await expect(boxed).to_be_hidden()
    await expect(message.get_by_role("button", name="More actions")).to_be_focused()


async def test_what_comes_while_a_modal_is_open_is_announced_in_it(page: Page, toy: Toy) -> None:
    await page.goto(toy.address("UDANA", channel="C0QA"))
    await page.get_by_role("button", name="Shortcuts").click()
    await page.get_by_role("menuitem", name="Open the box").click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label("Number").wait_for()
    await toy.tell("UDANA", "Look here")
    await expect(dialog.locator("#modal-news[role=status]")).to_have_text("Toybox: 1 unread")


async def test_a_submission_that_takes_long_is_announced(page: Page, toy: Toy) -> None:
    await page.goto(toy.address("UDANA"))
    await page.get_by_role("button", name="Shortcuts").click()
    await page.get_by_role("menuitem", name="Open the box").click()
    dialog = page.get_by_role("dialog")
    may_go = asyncio.Event()

    async def held(route: Route) -> None:
        await may_go.wait()
        await route.continue_()

    await page.route("**/_workspace/submit", held)
    submit = dialog.get_by_role("button", name="Next")
    await submit.click()
    await expect(submit).to_have_attribute("aria-busy", "true")
    await expect(dialog.locator("#modal-news[role=status]")).to_have_text("Sending…")
    may_go.set()
    await expect(dialog.get_by_role("alert").first).to_be_visible()
    await expect(dialog.locator("#modal-news[role=status]")).to_be_empty()


async def test_what_comes_elsewhere_is_announced(page: Page, toy: Toy) -> None:
    await page.goto(toy.address("UDANA", channel="C0QA"))
    await page.get_by_label("Message #qa-alerts").wait_for()
    await toy.tell("UDANA", "Look here")
    await expect(page.locator("#news[aria-live=polite]")).to_have_text("Toybox: 1 unread")
