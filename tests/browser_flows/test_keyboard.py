"""A coaching session by keyboard alone: from `/coach` to the agent's acknowledgement."""

from __future__ import annotations

import pytest
from playwright.async_api import Locator, Page, expect

from playground import Served

pytestmark = pytest.mark.browser

MOST_STOPS = 60


async def reach(page: Page, wanted: Locator, key: str = "Tab") -> None:
    """Go on from where the focus is until it stands on what is wanted."""
    await wanted.wait_for()
    for _ in range(MOST_STOPS):
        if await wanted.evaluate("node => node === document.activeElement"):
            return
        await page.keyboard.press(key)
    raise AssertionError(f"{key} does not lead to {wanted}")


async def write(page: Page, field: Locator, text: str) -> None:
    await reach(page, field)
    await page.keyboard.type(text)


async def press(page: Page, button: Locator, key: str = "Tab") -> None:
    await reach(page, button, key)
    await page.keyboard.press("Enter")


async def fill_the_forms(page: Page) -> None:
    dialog = page.get_by_role("dialog")
    await write(page, dialog.get_by_label("Call ID or recording link"), "8841")
    await write(page, dialog.get_by_label("Moment of the call"), "03:12")
    await write(page, dialog.get_by_role("combobox", name="QA criterion"), "Disc")
    await page.get_by_role("option", name="Discovery").wait_for()
    await page.keyboard.press("Enter")
    await write(page, dialog.get_by_label("Score"), "55")
    await press(page, dialog.get_by_role("button", name="Next: observed"))
    await write(page, dialog.get_by_label("What did Dana do at 03:12?"), "Named the fee at once")
    await press(page, dialog.get_by_role("button", name="Next: target"))
    target = dialog.get_by_label("One thing that Dana will do differently")
    await write(page, target, "Ask the reason for cancelling before naming fee or offers")
    await press(page, dialog.get_by_role("button", name="Next: conversation"))
    await write(
        page, dialog.get_by_label("Discussion points"), "Played it\nTalked it over\nTried it"
    )
    await press(page, dialog.get_by_role("button", name="Next: follow-up"))
    await press(page, dialog.get_by_role("button", name="Look it over"))
    await press(page, dialog.get_by_role("button", name="Share with Dana"))
    await expect(dialog.get_by_role("heading", name="Shared")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(dialog).to_be_hidden()


async def test_a_session_is_logged_and_acknowledged_by_keyboard(
    page: Page, northwind: Served
) -> None:
    await page.goto(f"{northwind.url}/#user=U0SAM")
    composer = page.get_by_label("Message CoachLog")
    await write(page, composer, "/coach @dana")
    await page.keyboard.press("Enter")
    await fill_the_forms(page)
    await expect(composer).to_be_focused()

    people = page.get_by_role("navigation", name="People")
    await press(page, people.get_by_role("link", name="Dana Whitfield"), "Shift+Tab")
    await expect(page.get_by_label("You are")).to_have_value("U0DANA")
    await press(page, page.get_by_role("button", name="Acknowledge").last)
    dialog = page.get_by_role("dialog")
    await write(page, dialog.get_by_label("What will you do differently"), "Ask why first")
    await press(page, dialog.get_by_role("button", name="Acknowledge"))
    await expect(page.get_by_text("Acknowledged by you").first).to_be_visible()
