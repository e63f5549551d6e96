"""The loop from a session to its decision, walked in the page by the words on it.

`snap` is called at each sight that is worth a picture, with a name for it.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from playwright.async_api import Page, expect

Snap = Callable[[str], Awaitable[None]]


async def unseen(_: str) -> None:
    """Take no picture."""


async def become(page: Page, user: str) -> None:
    drawer = page.get_by_role("button", name="People and conversations")
    if await drawer.is_visible():
        await drawer.click()
    await page.get_by_label("You are").select_option(user)
    # Their own conversations are there, so that what is typed now is typed by them.
    here = page.locator(f'#conversations a[aria-current][href*="user={user}"]')
    await here.wait_for(state="attached")


async def type_command(page: Page, text: str) -> None:
    box = page.get_by_role("textbox", name="Message CoachLog")
    await box.fill(text)
    await page.keyboard.press("Escape")
    await box.press("Enter")


async def write_and_share(page: Page, snap: Snap = unseen) -> None:
    await type_command(page, "/coach @dana")
    dialog = page.get_by_role("dialog")
    await expect(dialog.get_by_role("heading", name="Call evidence (1 of 5)")).to_be_visible()
    await dialog.get_by_label("Call ID or recording link").fill("8841")
    await dialog.get_by_label("Moment of the call").fill("03:12")
    criterion = dialog.get_by_role("combobox", name="QA criterion")
    await criterion.fill("Disc")
    await page.get_by_role("option", name="Discovery").click()
    await dialog.get_by_label("Score").fill("55")
    await snap("evidence")
    await dialog.get_by_role("button", name="Next: observed").click()
    await dialog.get_by_label("What did Dana do at 03:12?").fill("Named the fee without asking why")
    await dialog.get_by_role("button", name="Next: target").click()
    target = dialog.get_by_label("One thing that Dana will do differently")
    await target.fill("Ask the reason for cancelling before naming fee or offers")
    await dialog.get_by_role("button", name="Next: conversation").click()
    await dialog.get_by_label("Discussion points").fill("Played it\nTalked it over\nTried it")
    await dialog.get_by_role("button", name="Next: follow-up").click()
    await expect(dialog.get_by_label("Threshold score")).to_have_value("80")
    await snap("follow-up")
    await dialog.get_by_role("button", name="Look it over").click()
    share = dialog.get_by_role("button", name="Share with Dana")
    await expect(share).to_be_visible()
    await snap("look-over")
    await share.click()
    await expect(dialog.get_by_role("heading", name="Shared")).to_be_visible()
    await dialog.get_by_role("button", name="Close", exact=True).click()


async def acknowledge(page: Page, snap: Snap = unseen) -> None:
    dialog = page.get_by_role("dialog")
    await become(page, "U0DANA")
    await expect(page.get_by_text("What to try").first).to_be_visible()
    await snap("summary")
    await page.get_by_role("button", name="Acknowledge").last.click()
    await dialog.get_by_label("What will you do differently").fill("Ask why first")
    await dialog.get_by_role("button", name="Acknowledge").click()
    await expect(page.get_by_text("Acknowledged by you").first).to_be_visible()
    await snap("acknowledged")


async def decide(page: Page, snap: Snap = unseen) -> None:
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
    await snap("outcome")
    await dialog.get_by_role("button", name="Close as met").click()
    await expect(dialog.get_by_text("is closed")).to_be_visible()
    await dialog.get_by_role("button", name="Close", exact=True).click()
    await snap("prompt")
