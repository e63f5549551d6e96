"""A real Chromium for tests: import `browser` into a conftest and open pages with `tab`.

A page fails its test when it reported an error that nobody looked at: a script that threw, a
request that was refused, a resource that the page's own security policy stopped. A page must be
closed before its server, so a `page` fixture asks for the server's fixture too.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, ConsoleMessage, Page, async_playwright

CHROMIUM_ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
DESKTOP = (1280, 800)
PHONE = (390, 800)


def chromium_path() -> str:
    """Where Chromium is: `CHROMIUM`, else on the path. Skips without one; with CI=true it fails."""
    found = (
        os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    )
    if found:
        return found
    reason = (
        "NO BROWSER: chromium is not on this machine, so nothing of the page was tested."
        " Install it (Debian: apt install chromium) or set CHROMIUM to its path."
    )
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


@asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    """A headless browser that is closed in the end."""
    path = chromium_path()
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=path, args=list(CHROMIUM_ARGUMENTS)
        )
        try:
            yield browser
        finally:
            await browser.close()


@asynccontextmanager
async def tab(browser: Browser, size: tuple[int, int] = DESKTOP) -> AsyncIterator[Page]:
    """A page of its own (no cookies, en-GB) which must not have reported an error when left."""
    width, height = size
    context = await browser.new_context(
        viewport={"width": width, "height": height}, locale="en-GB", reduced_motion="reduce"
    )
    page = await context.new_page()
    page.set_default_timeout(10_000)
    errors: list[str] = []

    def heed(message: ConsoleMessage) -> None:
        if message.type == "error":
            errors.append(message.text)

    page.on("console", heed)
    page.on("pageerror", lambda error: errors.append(str(error)))
    try:
        yield page
        # Looked at before closing, which breaks off whatever is still being fetched.
        assert not errors, f"the page reported {errors}"
    finally:
        await context.close()


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with chromium() as running:
        yield running


async def barriers(page: Page, impacts: Sequence[str] = ("serious", "critical")) -> list[str]:
    """What axe finds that would keep people out: rule, elements and the way to mend it."""
    results = await Axe().run(page)
    return [
        f"{violation['id']}: {node['html']} ({node['failureSummary']})"
        for violation in results.response["violations"]
        if violation["impact"] in impacts
        for node in violation["nodes"]
    ]
