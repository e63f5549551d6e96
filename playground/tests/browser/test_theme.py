"""Light, dark or as the machine has it: chosen in the header and remembered."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

import playground
from playground.tests.browser.toy import Toy

pytestmark = pytest.mark.browser

STATIC = Path(playground.__file__).parent / "static"
LIGHT, DARK = "rgb(255, 255, 255)", "rgb(26, 29, 33)"
MOST_BYTES = 150_000


async def expect_paper(page: Page, colour: str) -> None:
    await expect(page.locator("body")).to_have_css("background-color", colour)


async def test_the_theme_is_as_the_machine_has_it_until_one_is_chosen(page: Page, toy: Toy) -> None:
    await page.emulate_media(color_scheme="dark")
    await page.goto(toy.address("UDANA"))
    theme = page.get_by_role("group", name="Theme")
    await expect(theme.get_by_role("radio", name="Auto")).to_be_checked()
    await expect_paper(page, DARK)
    await page.emulate_media(color_scheme="light")
    await expect_paper(page, LIGHT)

    await theme.get_by_role("radio", name="Dark").check()
    await expect_paper(page, DARK)
    other = await page.context.new_page()
    await other.goto(toy.address("USAM"))
    await expect(other.get_by_role("radio", name="Dark")).to_be_checked()
    await expect_paper(other, DARK)

    await other.get_by_role("radio", name="Dark").press("ArrowLeft")
    await expect(theme.get_by_role("radio", name="Light")).to_be_checked()
    await expect_paper(page, LIGHT)
    await other.close()


def test_colours_have_one_place() -> None:
    """But for the avatars, whose colours are the same in both themes."""
    strays = [
        f"{sheet.name}: {line}"
        for sheet in STATIC.glob("*.css")
        if sheet.name != "colours.css"
        for line in sheet.read_text().splitlines()
        if re.search(r"#[0-9a-f]{3,8}\b|rgb\(", line) and "hue-" not in line
    ]
    assert strays == []


def test_the_page_stays_small() -> None:
    assert sum(one.stat().st_size for one in STATIC.iterdir()) < MOST_BYTES
