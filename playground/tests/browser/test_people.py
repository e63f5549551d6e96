"""Who is at the page: one press makes somebody else of you, and two windows are two people."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

import pytest
from playwright.async_api import Browser, Page, Route, expect

from playground.testing.browser import PHONE, barriers, tab
from playground.tests.browser import forms
from playground.tests.browser.toy import Toy, due_in

pytestmark = pytest.mark.browser


async def test_one_press_makes_somebody_else_of_you(page: Page, toy: Toy) -> None:
    await page.goto(toy.address("UDANA"))
    people = page.get_by_role("navigation", name="People")
    await expect(people.get_by_role("link")).to_contain_text(
        ["Dana Whitfield", "Sam Okafor", "Len"]
    )
    await toy.tell("USAM", "For Sam alone")
    sam = people.get_by_role("link", name="Sam Okafor")
    await expect(sam).to_contain_text("1 unread")
    await sam.press("Enter")
    await expect(page.get_by_role("article")).to_contain_text("For Sam alone")
    await expect(page.get_by_label("You are")).to_have_value("USAM")
    await expect(sam).to_have_attribute("aria-current", "true")
    await expect(sam).not_to_contain_text("unread")
    await expect(sam).to_be_focused()


async def test_where_one_is_already_the_drawer_closes_as_well(page: Page, toy: Toy) -> None:
    await page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    await page.goto(toy.address("UDANA"))
    button = page.get_by_role("button", name="People and conversations")
    await button.click()
    await page.get_by_role("link", name="Toybox").click()
    await expect(button).to_have_attribute("aria-expanded", "false")


async def test_two_windows_are_two_people(page: Page, browser: Browser, toy: Toy) -> None:
    async with tab(browser) as other:
        await page.goto(toy.address("USAM", channel="C0QA"))
        await other.goto(toy.address("UDANA"))
        await other.get_by_label("Message Toybox").wait_for()
        composer = page.get_by_label("Message #qa-alerts")
        await composer.fill("Look at this")
        await composer.press("Enter")
        await expect(other.get_by_role("link", name="qa-alerts")).to_contain_text("1 unread")
        await toy.tell("UDANA", "A letter", forms.letter("USAM"))
        await expect(other.get_by_role("article")).to_contain_text("@Sam Okafor")
        await page.get_by_role("button", name="+1 day").click()
        for window in (page, other):
            day = f"{toy.ws.clock.now():%a %-d %b}"
            await expect(window.locator(".clock-face")).to_contain_text(day)


async def test_one_person_in_two_windows_sees_the_same(
    page: Page, browser: Browser, toy: Toy
) -> None:
    await toy.tell("UDANA", "A letter", forms.letter("USAM"))
    async with tab(browser) as other:
        for window in (page, other):
            await window.goto(toy.address("UDANA"))
            await window.get_by_role("article").wait_for()
        composer = page.get_by_label("Message Toybox")
        await composer.fill("/toy box")
        await composer.press("Enter")
        await expect(other.get_by_role("dialog", name="Everything (1 of 2)")).to_be_visible()
        await page.keyboard.press("Escape")
        await expect(other.get_by_role("dialog")).to_be_hidden()
        await page.get_by_role("button", name="Acknowledge").click()
        await expect(other.get_by_role("article")).to_contain_text("Acknowledged")
        for window in (page, other):
            await window.get_by_role("tab", name="Home").click()
            await window.get_by_role("button", name="Count up").wait_for()
        await page.get_by_role("button", name="Count up").click()
        await expect(other.get_by_role("tabpanel", name="Home")).to_contain_text("Pressed 2 times")


async def test_what_another_window_changed_meanwhile_is_said_in_words(page: Page, toy: Toy) -> None:
    async def quietly(route: Route) -> None:
        answer = await route.fetch()
        # The browser counts a 404 as an error of the page, which fails its test.
        await route.fulfill(status=200, body=await answer.body())

    await toy.tell("UDANA", "A letter", forms.letter("USAM"))
    await page.goto(toy.address("UDANA"))
    button = page.get_by_role("button", name="Acknowledge")
    await button.wait_for()
    [message] = toy.ws.direct("UDANA").messages
    message.body = message.body | {"blocks": [forms.closer()["blocks"][0]]}  # not told to the page
    await page.route("**/_workspace/act", quietly)
    await button.click()
    await expect(page.get_by_role("alert")).to_have_text("That was changed meanwhile.")


async def test_the_clock_tells_what_came_on_the_way(page: Page, toy: Toy) -> None:
    await page.goto(toy.address("UDANA"))
    await page.get_by_label("Message Toybox").wait_for()
    due_in(toy.ws, timedelta(hours=5))
    told: list[datetime] = []

    async def catch_up() -> None:
        if not told:
            told.append(toy.ws.clock.now())
            await toy.tell("USAM", "It is *due*, Sam")

    toy.ws.catch_up = catch_up
    clock = page.get_by_role("group", name="Clock of the workspace")
    await clock.get_by_role("button", name="+1 day").click()
    await expect(clock.get_by_role("status")).to_have_text("1 message since")
    await clock.locator("summary").press("Enter")
    since = page.get_by_role("region", name="What happened since the last move")
    await expect(since.get_by_role("link")).to_contain_text("Sam Okafor: It is due, Sam")
    assert await barriers(page) == []
    await page.keyboard.press("Escape")
    await expect(since).to_be_hidden()
    await clock.locator("summary").click()
    await since.get_by_role("link").click()
    await expect(page.get_by_label("You are")).to_have_value("USAM")
    await expect(page.get_by_role("article")).to_contain_text("It is due, Sam")
    await expect(since).to_be_hidden()


SEEN = """hidden => {
  Object.defineProperty(document, "hidden", {value: hidden, configurable: true});
  document.dispatchEvent(new Event("visibilitychange"));
}"""


async def test_a_page_that_was_hidden_shows_what_is_now(page: Page, toy: Toy) -> None:
    await page.goto(toy.address("UDANA"))
    await page.get_by_label("Message Toybox").wait_for()
    await page.evaluate(SEEN, arg=True)
    toy.ws.clock.advance(timedelta(days=7))
    toy.ws.update_user("USAM", real_name="Samuel Okafor")
    await toy.tell("UDANA", "Meanwhile")
    await page.evaluate(SEEN, arg=False)
    await expect(page.locator(".clock-face")).to_contain_text(f"{toy.ws.clock.now():%a %-d %b}")
    await expect(page.get_by_role("link", name="Samuel Okafor")).to_be_visible()
    await expect(page.get_by_role("article")).to_contain_text("Meanwhile")


async def test_what_one_began_stays_with_them(page: Page, toy: Toy) -> None:
    await page.goto(toy.address("UDANA", channel="C0QA"))
    failed = asyncio.Event()
    toy.ws.journal.watch(lambda entry: None if entry.ok else failed.set())
    composer = page.get_by_label("Message #qa-alerts")
    await composer.fill("/toy slow")
    await composer.press("Enter")
    await composer.fill("Half a thought of Dana's")
    await page.get_by_role("link", name="Sam Okafor").click()
    await expect(page.get_by_label("You are")).to_have_value("USAM")
    await expect(composer).to_have_value("")
    await asyncio.wait_for(failed.wait(), 10)
    await expect(page.get_by_role("status").filter(has_text="thinking")).to_have_count(0)
    await expect(page.get_by_role("alert").filter(has_text="failed")).to_have_count(0)
    await expect(composer).to_have_value("")


async def test_who_is_deactivated_is_gone_from_every_window(page: Page, toy: Toy) -> None:
    await page.goto(toy.address("UDANA"))
    sam = page.get_by_role("navigation", name="People").get_by_role("link", name="Sam Okafor")
    await expect(sam).to_be_visible()
    toy.ws.update_user("USAM", deleted=True)
    await expect(sam).to_be_hidden()
    toy.ws.update_user("USAM", deleted=False)
    await expect(sam).to_be_visible()
    await expect(page.locator("#you option[value=USAM]")).to_be_enabled()


async def test_a_move_of_the_clock_leaves_the_focus_where_it_is(page: Page, toy: Toy) -> None:
    await toy.tell("UDANA", "A letter", forms.letter("USAM"))
    await page.goto(toy.address("UDANA"))
    button = page.get_by_role("button", name="Acknowledge")
    await button.focus()
    toy.ws.clock.advance(timedelta(days=1))
    await expect(page.get_by_role("heading", name="Yesterday")).to_be_visible()
    await expect(button).to_be_focused()
