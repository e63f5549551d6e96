from __future__ import annotations

import pytest
from playwright.async_api import Page, expect

from playground import Served
from playground.testing.browser import PHONE, barriers
from tests.browser_flows.loop import acknowledge, become, decide, type_command, write_and_share

pytestmark = pytest.mark.browser


async def test_from_coach_to_a_decision(page: Page, northwind: Served) -> None:
    async def look(screen: str) -> None:
        assert await barriers(page) == [], screen

    await page.goto(f"{northwind.url}/#user=U0SAM")
    await write_and_share(page, look)
    await acknowledge(page, look)
    await decide(page, look)
    await become(page, "U0DANA")
    await expect(page.get_by_text("7 of 8").first).to_be_visible()


async def test_a_session_is_shared_and_acknowledged_on_a_phone(
    page: Page, northwind: Served
) -> None:
    await page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    await page.goto(f"{northwind.url}/#user=U0SAM")
    sideways = "document.documentElement.scrollWidth - window.innerWidth"
    await write_and_share(page)
    assert await page.evaluate(sideways) <= 0
    await acknowledge(page)
    assert await page.evaluate(sideways) <= 0
    await page.get_by_role("tab", name="Home").click()
    await expect(
        page.get_by_role("tabpanel", name="Home").get_by_role("heading").first
    ).to_be_visible()
    assert await page.evaluate(sideways) <= 0


async def test_a_form_that_was_kept_closes_without_a_question(
    page: Page, northwind: Served
) -> None:
    await page.goto(f"{northwind.url}/#user=U0SAM")
    await type_command(page, "/coach @dana")
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label("Call ID or recording link").fill("8841")
    await page.keyboard.press("Escape")
    question = page.get_by_role("alertdialog", name="Are you sure?")
    await question.get_by_role("button", name="Keep editing").click()
    await dialog.get_by_role("button", name="Finish later").click()
    await expect(dialog.get_by_text("Kept as CL-")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(dialog).to_be_hidden()
