"""`make pictures`: walks the loop in a real browser and takes the README's pictures on the way.

Each is taken in light and in dark, at a size that can be read beside text.
"""

from __future__ import annotations

import argparse
import asyncio
import tempfile
from pathlib import Path

import structlog
import typer
from playwright.async_api import Page

from playground.testing.browser import chromium, tab
from tests.browser_flows.loop import acknowledge, become, decide, type_command, write_and_share
from tests.browser_flows.northwind import at_work

WANTED = ("follow-up", "summary", "outcome", "digest", "traffic")
SIZE = (1120, 700)
LONG = 1280


async def walk(page: Page, url: str, folder: Path, theme: str) -> None:
    """Walk once, and keep what is wanted of what is seen as PNG files."""

    async def snap(name: str) -> None:
        if name in WANTED:
            # A caret that blinks would make each picture another one.
            await page.screenshot(path=folder / f"{name}-{theme}.png", caret="hide")
            typer.echo(folder / f"{name}-{theme}.png")

    await page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
    await page.goto(f"{url}/#user=U0SAM")
    await write_and_share(page, snap)
    await acknowledge(page, snap)
    await page.get_by_role("button", name="Traffic").click()
    await page.locator(".name").filter(has_text="view_submission").first.click()
    await page.get_by_label("The app was told", exact=True).wait_for()
    await snap("traffic")
    await page.keyboard.press("Escape")
    await become(page, "U0LENA")
    await page.set_viewport_size({"width": SIZE[0], "height": LONG})
    await type_command(page, "/coach digest")
    await page.get_by_role("button", name="The week before").last.wait_for()
    await snap("digest")
    await page.set_viewport_size({"width": SIZE[0], "height": SIZE[1]})
    await decide(page, snap)


async def pictures(folder: Path) -> None:
    for theme in ("light", "dark"):
        with tempfile.TemporaryDirectory() as place:
            async with (
                at_work(Path(place) / "pictures.db") as served,
                chromium() as browser,
                tab(browser, SIZE) as page,
            ):
                await walk(page, served.url, folder, theme)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.browser_flows.pictures")
    parser.add_argument("folder", nargs="?", type=Path, default=Path("docs/pictures"))
    structlog.configure(logger_factory=structlog.ReturnLoggerFactory())
    folder = parser.parse_args().folder
    folder.mkdir(parents=True, exist_ok=True)
    asyncio.run(pictures(folder))


if __name__ == "__main__":
    main()
