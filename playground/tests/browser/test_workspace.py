"""Messages, people, Home, shortcuts and the clock on the page."""

from __future__ import annotations

import re
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.async_api import Page, expect

from playground.testing.browser import PHONE, barriers
from playground.tests.browser import forms
from playground.tests.browser.toy import Toy, due_in

pytestmark = pytest.mark.browser


async def say(page: Page, text: str) -> None:
    composer = page.get_by_role("textbox", name="Message")
    await composer.fill(text)
    await composer.press("Enter")


async def test_buttons_in_a_message_tell_the_app_and_show_its_change(page: Page, toy: Toy) -> None:
    await toy.tell("UDANA", "A letter", forms.letter("USAM"))
    await page.goto(toy.address("UDANA"))
    message = page.get_by_role("article").last
    await expect(message).to_contain_text("@Sam Okafor")
    await expect(message).to_contain_text("1970-01-01")

    await message.get_by_role("button", name="More options").click()
    await page.get_by_role("menuitem", name="Next week").click()
    await message.get_by_role("button", name="Void").click()
    question = page.get_by_role("alertdialog", name="Void it?")
    await question.get_by_role("button", name="Keep it").click()
    await message.get_by_role("button", name="Void").click()
    await question.get_by_role("button", name="Void it").click()
    await message.get_by_role("button", name="Acknowledge").click()
    await expect(message).to_contain_text("✅ Acknowledged")
    await expect(message).to_contain_text("(edited)")
    await expect(message.get_by_role("button", name="Acknowledge")).to_have_count(0)

    actions = [body["actions"][0] for body in toy.pressed]
    assert [one["action_id"] for one in actions] == ["later", "void", "agree"]
    assert actions[0]["selected_option"]["value"] == "next week"
    assert actions[2]["value"] == "17"


async def test_a_command_names_people_as_they_are_typed(page: Page, toy: Toy) -> None:
    await page.goto(toy.address("UDANA"))
    await say(page, "/toy @Sam about @Lena Brandt")
    answer = page.get_by_role("article").last
    await expect(answer).to_contain_text("Only visible to you")
    await expect(answer).to_contain_text("Only for you: @Sam Okafor about @Lena Brandt")


async def test_commands_and_people_are_suggested_while_typing(page: Page, toy: Toy) -> None:
    await page.goto(toy.address("UDANA"))
    composer = page.get_by_label("Message Toybox")
    suggested = page.get_by_role("listbox", name="Suggestions").get_by_role("option")
    await composer.press_sequentially("/t")
    await expect(suggested).to_have_text("/toy[@person] · Open the box")
    await composer.press("Tab")
    await expect(composer).to_have_value("/toy ")
    await composer.press_sequentially("hi @oka")
    await expect(suggested).to_contain_text("Sam Okafor")
    await composer.press("Enter")
    await expect(composer).to_have_value("/toy hi @sam ")
    await composer.press("Enter")
    await expect(page.get_by_role("article").last).to_contain_text("hi @Sam Okafor")


async def test_trouble_is_said_in_words_and_what_was_typed_comes_back(page: Page, toy: Toy) -> None:
    await page.goto(toy.address("UDANA"))
    await say(page, "/toy slow")
    await expect(page.get_by_role("status").filter(has_text="Toybox is thinking…")).to_be_visible()
    await expect(page.get_by_role("alert")).to_contain_text("operation_timeout")
    await expect(page.get_by_label("Message Toybox")).to_have_value("/toy slow")
    await say(page, "/nothing")
    await expect(page.get_by_role("alert")).to_contain_text("/nothing is not a valid command.")
    await say(page, "hello")
    await expect(page.get_by_role("article").last).to_contain_text("hello")
    await expect(page.locator("#trouble")).to_be_hidden()


async def test_one_person_can_be_everybody(page: Page, toy: Toy) -> None:
    await page.goto(toy.address("UDANA"))
    await expect(page.get_by_label("You are")).to_have_value("UDANA")
    await page.get_by_role("link", name="qa-alerts").click()
    await say(page, "Look at this, @sam")
    await page.get_by_label("You are").select_option("USAM")
    await expect(page.get_by_role("heading", level=1)).to_have_text("#qa-alerts")
    await expect(page.get_by_role("article").last).to_contain_text("Look at this, @Sam Okafor")
    await expect(page).to_have_url(re.compile("user=USAM&channel=C0QA"))

    await toy.tell("USAM", "While you were away")
    row = page.get_by_role("link", name="Toybox")
    await expect(row).to_contain_text("1 unread")
    await row.click()
    await expect(page.get_by_role("article").last).to_contain_text("While you were away")
    await expect(row).not_to_contain_text("unread")
    await expect(page.get_by_text("Supervisor · ")).to_contain_text("Asia/Kolkata")
    gone = page.get_by_label("You are").locator("option", has_text="Gone Away")
    await expect(gone).to_be_disabled()


async def test_becoming_one_after_another_in_haste_ends_at_the_last(page: Page, toy: Toy) -> None:
    await toy.tell("USAM", "For Sam alone")
    await page.goto(toy.address("UDANA"))
    await page.get_by_label("Message Toybox").wait_for()
    for user in ("USAM", "ULENA", "UDANA", "USAM"):
        await page.get_by_label("You are").select_option(user)
    await expect(page.get_by_role("article")).to_contain_text("For Sam alone")
    await expect(page.get_by_label("You are")).to_have_value("USAM")
    await expect(page).to_have_url(re.compile("user=USAM"))
    await say(page, "It is me")
    await expect(page.get_by_role("article", name="Sam Okafor")).to_contain_text("It is me")


async def test_words_for_days_follow_the_clock(page: Page, toy: Toy) -> None:
    epoch = int(toy.ws.clock.epoch())
    await toy.tell("UDANA", f"Sent <!date^{epoch}^{{date_pretty}}|then>")
    await page.goto(toy.address("UDANA"))
    await expect(page.get_by_role("article")).to_contain_text("Sent Today")
    await expect(page.get_by_role("heading", level=2, name="Today")).to_be_visible()
    await page.get_by_role("button", name="+1 day").click()
    await expect(page.get_by_role("article")).to_contain_text("Sent Yesterday")
    await expect(page.get_by_role("heading", level=2, name="Yesterday")).to_be_visible()


async def test_an_open_modal_belongs_to_its_person(page: Page, toy: Toy) -> None:
    await page.goto(toy.address("UDANA"))
    await say(page, "/toy box")
    await page.get_by_role("dialog").get_by_label("Number").wait_for()
    await page.goto(toy.address("USAM"))
    await expect(page.get_by_label("You are")).to_have_value("USAM")
    await expect(page.get_by_role("dialog")).to_have_count(0)
    await page.goto(toy.address("UDANA"))
    await expect(page.get_by_role("dialog", name="Everything (1 of 2)")).to_be_visible()


async def test_home_is_fetched_and_follows_what_the_app_publishes(page: Page, toy: Toy) -> None:
    await page.goto(toy.address("UDANA"))
    await page.get_by_role("tab", name="Home").click()
    panel = page.get_by_role("tabpanel", name="Home")
    await expect(panel).to_contain_text("Pressed 0 times")
    await panel.get_by_role("button", name="Count up").click()
    await expect(panel).to_contain_text("Pressed 1 times")
    await expect(panel.get_by_role("button", name="Count up")).to_be_focused()
    await toy.tell("UDANA", "While you looked at Home")
    await expect(page.get_by_role("tab", name="Messages 1 unread")).to_be_visible()
    await page.reload()
    await expect(panel).to_contain_text("Pressed 1 times")
    async with page.expect_response("**/_workspace/open"):
        await page.get_by_role("tab", name="Home").press("ArrowRight")
    await expect(page.get_by_role("article")).to_contain_text("While you looked at Home")
    await toy.ws.settle()
    assert toy.opened == ["messages", "home", "home", "messages"]


async def test_shortcuts_start_from_their_button_and_from_a_message(page: Page, toy: Toy) -> None:
    await page.goto(toy.address("UDANA"))
    await say(page, "Worth keeping")
    message = page.get_by_role("article").last
    await expect(message).to_contain_text("Worth keeping")
    await message.get_by_role("button", name="More actions").click()
    await page.get_by_role("menuitem", name="Box it").click()
    boxed = page.get_by_role("dialog", name="Boxed")
    await expect(boxed).to_contain_text("Worth keeping")
    await page.keyboard.press("Escape")
    # The focus goes back to where it was once the modal has closed.
    await expect(boxed).to_be_hidden()
    await page.get_by_role("button", name="Shortcuts").press("Enter")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("dialog", name="Everything (1 of 2)")).to_be_visible()


async def test_the_clock_goes_forward(page: Page, toy: Toy) -> None:
    await page.goto(toy.address("UDANA"))
    clock = page.get_by_role("group", name="Clock of the workspace")
    face = clock.get_by_role("time")
    before = await face.inner_text()
    start = toy.ws.clock.now()
    await clock.get_by_role("button", name="+1 day").click()
    await expect(face).not_to_have_text(before)
    assert toy.ws.clock.now() - start >= timedelta(days=1)
    await expect(face).to_contain_text(f"{toy.ws.clock.now():%b}")

    due_in(toy.ws, timedelta(days=9))
    await clock.get_by_role("button", name="To the next thing due").click()
    then = (start + timedelta(days=10)).astimezone(ZoneInfo("Europe/London"))
    await expect(face).to_contain_text(f"{then:%a %-d %b %Y}")
    # The face may be told before the press is answered, and what is busy takes no other press.
    next_due = clock.get_by_role("button", name="To the next thing due")
    await expect(next_due).not_to_have_attribute("aria-busy", "true")
    await next_due.click()
    await expect(clock.get_by_role("status")).to_have_text("Nothing is due.")


async def test_what_people_wrote_never_becomes_markup(page: Page, toy: Toy) -> None:
    await toy.tell("UDANA", "careless", forms.hostile())
    await page.goto(toy.address("UDANA"))
    message = page.get_by_role("article").last
    await expect(message.get_by_role("heading")).to_have_text(forms.HOSTILE)
    await expect(message.get_by_role("button", name="onerror")).to_have_text(forms.HOSTILE)
    await expect(message.locator("option").last).to_have_text(forms.HOSTILE)
    await expect(message.locator("img")).to_have_count(0)
    await expect(message.locator("a")).to_have_count(1)
    await expect(message.get_by_text("press me")).to_be_visible()
    await say(page, forms.HOSTILE)
    own = page.get_by_role("article", name="Dana Whitfield")
    await expect(own).to_contain_text("<img src=x onerror=")
    await expect(own).to_contain_text("<!channel>")
    assert await page.title() != "1"


async def test_a_phone_shows_one_thing_at_a_time(page: Page, toy: Toy) -> None:
    await toy.tell("UDANA", "A letter", forms.letter("USAM"))
    width, height = PHONE
    await page.set_viewport_size({"width": width, "height": height})
    await page.goto(toy.address("UDANA"))
    await page.get_by_role("article").last.wait_for()
    assert await page.evaluate("document.documentElement.scrollWidth") <= width
    await expect(page.get_by_label("You are")).to_be_hidden()
    await page.get_by_role("button", name="People and conversations").click()
    await expect(page.get_by_label("You are")).to_be_visible()
    assert await barriers(page) == []
    await page.get_by_role("link", name="qa-alerts").click()
    await expect(page.get_by_label("You are")).to_be_hidden()
    await expect(page.get_by_label("Message #qa-alerts")).to_be_visible()


async def test_replies_stand_in_a_thread_under_their_message(page: Page, toy: Toy) -> None:
    posted = await toy.client.chat_postMessage(channel="C0QA", text="Who takes this?")
    await toy.client.chat_postMessage(channel="C0QA", text="Anybody?", thread_ts=posted["ts"])
    await page.goto(toy.address("UDANA", channel="C0QA"))
    message = page.get_by_role("article").filter(has_text="Who takes this?")
    await expect(message.get_by_text("Anybody?")).to_be_hidden()
    await message.get_by_text("1 reply").click()
    await expect(message.get_by_text("Anybody?")).to_be_visible()
    reply = message.get_by_role("textbox", name="Reply in thread")
    await reply.fill("I do, @sam")
    await reply.press("Enter")
    await expect(message.get_by_role("article", name="Dana")).to_contain_text("I do, @Sam Okafor")
    await expect(message.get_by_text("2 replies")).to_be_visible()
    assert await barriers(page) == []
    channel = toy.ws.conversations.get("C0QA")
    assert channel
    assert channel.messages[-1].body["thread_ts"] == posted["ts"]

    await reply.fill("/toy box")
    await reply.press("Enter")
    await expect(page.get_by_role("alert")).to_contain_text("/toy is not supported in threads")
    await expect(reply).to_have_value("/toy box")


async def test_a_thread_is_begun_from_a_messages_menu(page: Page, toy: Toy) -> None:
    await toy.tell("UDANA", "A letter")
    await page.goto(toy.address("UDANA"))
    message = page.get_by_role("article").filter(has_text="A letter")
    await message.get_by_role("button", name="More actions").click()
    await page.get_by_role("menuitem", name="Reply in thread").click()
    await expect(message.get_by_role("textbox", name="Reply in thread")).to_be_focused()
    await page.keyboard.type("Thank you")
    await page.keyboard.press("Enter")
    await expect(message.get_by_text("1 reply")).to_be_visible()
    await expect(message.get_by_role("article")).to_contain_text("Thank you")


async def test_a_chart_is_drawn_and_said_in_words(page: Page, toy: Toy) -> None:
    weeks = {"2 Nov": (3, 1), "9 Nov": (7, 2)}
    series = [
        {"name": name, "data": [{"label": week, "value": of[row]} for week, of in weeks.items()]}
        for row, name in enumerate(("Sessions", "Decisions"))
    ]
    over = {"categories": list(weeks), "x_label": "Week of"}
    for kind in ("bar", "line", "area"):
        block = {
            "type": "data_visualization",
            "title": f"By week as {kind}",
            "chart": {"type": kind, "series": series, "axis_config": over},
        }
        await toy.tell("UDANA", "A chart", [block])
    segments = [{"label": "Met", "value": 4}, {"label": "Not met", "value": 1}]
    pie = {"type": "pie", "segments": segments}
    await toy.tell("UDANA", "A pie", [{"type": "data_visualization", "title": "All", "chart": pie}])
    await page.goto(toy.address("UDANA"))
    table = page.get_by_role("table", name="By week as bar")
    await expect(table.get_by_role("row").nth(2)).to_contain_text("9 Nov72")
    bars = page.locator("figure", has_text="By week as bar")
    await expect(bars.locator("rect")).to_have_count(4)
    await expect(bars.locator(".chart-legend")).to_contain_text("Decisions")
    await expect(page.locator("polyline")).to_have_count(4)
    parts = page.locator("figure", has_text="Not met")
    await expect(parts.locator(".chart-slice")).to_have_count(2)
    await expect(parts.locator(".chart-legend")).to_have_text("Met 80 %Not met 20 %")
    await expect(page.get_by_role("table", name="All").get_by_role("row").nth(1)).to_have_text(
        "Met4"
    )
    assert await barriers(page) == []
