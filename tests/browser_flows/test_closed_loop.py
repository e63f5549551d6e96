from __future__ import annotations

from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from playground import Served
from playground.testing.browser import PHONE, barriers

pytestmark = pytest.mark.browser


async def become(page: Page, user: str) -> None:
    drawer = page.get_by_role("button", name="People and conversations")
    if await drawer.is_visible():
        await drawer.click()
    await page.get_by_label("You are").select_option(user)


async def type_command(page: Page, text: str) -> None:
    box = page.get_by_role("textbox", name="Message CoachLog")
    await box.fill(text)
    await page.keyboard.press("Escape")
    await box.press("Enter")


async def write_and_share(page: Page, shots: Path) -> None:
    await type_command(page, "/coach @dana")
    dialog = page.get_by_role("dialog")
    await expect(dialog.get_by_role("heading", name="Call evidence (1 of 5)")).to_be_visible()
    await dialog.get_by_label("Call ID or recording link").fill("8841")
    await dialog.get_by_label("Moment of the call").fill("03:12")
    criterion = dialog.get_by_role("combobox", name="QA criterion")
    await criterion.fill("Disc")
    await page.get_by_role("option", name="Discovery").click()
    await dialog.get_by_label("Score").fill("55")
    await page.screenshot(path=shots / "evidence.png")
    assert await barriers(page) == []
    await dialog.get_by_role("button", name="Next: observed").click()
    await dialog.get_by_label("What did Dana do at 03:12?").fill("Named the fee without asking why")
    await dialog.get_by_role("button", name="Next: target").click()
    target = dialog.get_by_label("One thing that Dana will do differently")
    await target.fill("Ask the reason for cancelling before naming fee or offers")
    await dialog.get_by_role("button", name="Next: conversation").click()
    await dialog.get_by_label("Discussion points").fill("Played it\nTalked it over\nTried it")
    await dialog.get_by_role("button", name="Next: follow-up").click()
    await expect(dialog.get_by_label("Threshold score")).to_have_value("80")
    await page.screenshot(path=shots / "follow-up.png")
    await dialog.get_by_role("button", name="Look it over").click()
    share = dialog.get_by_role("button", name="Share with Dana")
    await expect(share).to_be_visible()
    await page.screenshot(path=shots / "look-over.png")
    await share.click()
    await expect(dialog.get_by_role("heading", name="Shared")).to_be_visible()
    await dialog.get_by_role("button", name="Close", exact=True).click()


async def acknowledge(page: Page, shots: Path) -> None:
    dialog = page.get_by_role("dialog")
    await become(page, "U0DANA")
    await expect(page.get_by_text("What to try").first).to_be_visible()
    await page.screenshot(path=shots / "summary.png")
    await page.get_by_role("button", name="Acknowledge").last.click()
    await dialog.get_by_label("What will you do differently").fill("Ask why first")
    await dialog.get_by_role("button", name="Acknowledge").click()
    await expect(page.get_by_text("Acknowledged by you").first).to_be_visible()
    await page.screenshot(path=shots / "acknowledged.png")


async def decide(page: Page, shots: Path) -> None:
    dialog = page.get_by_role("dialog")
    await become(page, "U0SAM")
    for _ in range(5):
        await page.get_by_role("button", name="+1 week").click()
    await type_command(page, "/coach outcome @dana")
    await expect(dialog.get_by_role("heading", name="Outcome")).to_be_visible()
    await dialog.get_by_label("Calls looked at").fill("8")
    await dialog.get_by_label("Calls that reached the threshold").fill("7")
    await dialog.get_by_role("button", name="Save outcome").click()
    await expect(dialog.get_by_text("Reached: 7 of 8")).to_be_visible()
    await page.screenshot(path=shots / "outcome.png")
    await dialog.get_by_role("button", name="Close as met").click()
    await expect(dialog.get_by_text("is closed")).to_be_visible()
    await dialog.get_by_role("button", name="Close", exact=True).click()
    await page.screenshot(path=shots / "prompt.png")


async def test_from_coach_to_a_decision(page: Page, northwind: Served, shots: Path) -> None:
    await page.goto(f"{northwind.url}/#user=U0SAM")
    await write_and_share(page, shots)
    await acknowledge(page, shots)
    await decide(page, shots)
    await become(page, "U0DANA")
    await expect(page.get_by_text("7 of 8").first).to_be_visible()
    await page.screenshot(path=shots / "decided.png")


async def test_a_session_is_shared_and_acknowledged_on_a_phone(
    page: Page, northwind: Served, tmp_path: Path
) -> None:
    await page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    await page.goto(f"{northwind.url}/#user=U0SAM")
    sideways = "document.documentElement.scrollWidth - window.innerWidth"
    await write_and_share(page, tmp_path)
    assert await page.evaluate(sideways) <= 0
    await acknowledge(page, tmp_path)
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
