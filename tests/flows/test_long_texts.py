"""Everything as long as it may be, from the forms to the lead's answer."""

from __future__ import annotations

import datetime as dt

from playground.testing.person import Message, Modal, Person
from tests.flows.center import Center
from tests.flows.writing import fill_evidence, following, open_evidence


def essay(about: str) -> str:
    """A text of 3,000 characters that says at its end what it is about."""
    return f"{'All of it matters. ' * 200}"[: 2990 - len(about)] + f" The {about}."


async def fill_all(modal: Modal, **texts: str) -> None:
    """Put an essay into each field whose label holds the words."""
    for words, about in texts.items():
        (label,) = [label for label in modal.labels if words.replace("_", " ") in label]
        await modal.fill(label, essay(about))


async def share(center: Center) -> None:
    sam = center.sam
    modal = await open_evidence(sam, "@dana")
    await fill_evidence(modal)
    await fill_all(modal, Transcript_quote="quote")
    modal = await following(modal)
    await fill_all(modal, What_did="observation")
    modal = await following(modal)
    await fill_all(modal, One_thing="target", How_it_shows="sign")
    modal = await following(modal)
    await modal.press("More")
    modal = await sam.modal()
    await fill_all(modal, Discussion_points="talk", own_words="promise", A_note="obstacle")
    asked_for_more_points = await following(modal)
    modal = await following(asked_for_more_points)
    await modal.fill("Review by", (center.today + dt.timedelta(days=30)).isoformat())
    modal = await following(modal)
    after = await modal.submit()
    assert after is not None
    await after.close(everything=True)


async def read_all(person: Person, message: Message) -> str:
    """*See all of it*, page by page, and back to the beginning."""
    await message.press("See all of it")
    pages = []
    while True:
        page = (await person.said_privately())[-1]
        pages.append(page.text)
        if "Show the rest" not in page.buttons:
            break
        await page.press("Show the rest")
    assert len(pages) > 1
    await page.press("Show the beginning")
    assert (await person.said_privately())[-1].text == pages[0]
    return "\n".join(pages)


async def test_the_longest_log_is_delivered_and_can_be_read_whole(center: Center) -> None:
    dana, sam, lena = center.dana, center.sam, center.lena
    await share(center)
    summary = await dana.message("wrote up")
    assert essay("target") in summary.text
    assert "This is shortened." in summary.text
    whole = await read_all(dana, summary)
    for about in ("quote", "observation", "target", "sign", "talk", "promise", "obstacle"):
        assert essay(about) in whole
    await summary.press("Acknowledge")
    asked = await dana.modal()
    await fill_all(asked, own_words="plan")
    assert await asked.submit() is None

    await sam.types("/coach show CL-1")
    await (await sam.said_privately())[-1].press("Change")
    await (await sam.modal()).press("Change", after="Target")
    form = await sam.modal()
    await fill_all(form, One_thing="new target", How_it_shows="new sign")
    await form.submit()
    changed = await dana.message("changed CL-1")
    assert "Acknowledge" in changed.buttons
    assert essay("new target") in await read_all(dana, changed)

    center.pass_days(34)
    await sam.types("/coach outcome @dana")
    outcome = await sam.modal()
    await outcome.fill("Calls looked at", "10")
    await outcome.fill("Calls that reached the threshold", "4")
    await outcome.choose("Decision", "Escalate")
    await fill_all(outcome, Pattern_change="pattern", Why="reason")
    await outcome.submit()
    decided = await dana.message("The reason.")
    await decided.press("Add my view")
    view = await dana.modal()
    await view.choose("Do you agree?", "In part")
    await fill_all(view, Your_words="view")
    assert await view.submit() is None

    to_answer = await lena.message("escalated Dana's target to you")
    assert essay("reason") in to_answer.text
    whole = await read_all(lena, to_answer)
    for about in ("reason", "pattern", "view", "new target", "plan", "quote"):
        assert essay(about) in whole
    await to_answer.press("Record response")
    response = await lena.modal()
    await response.choose("Your response", "Support")
    await fill_all(response, Your_words="answer")
    assert await response.submit() is None
    await dana.message("The answer.")
    assert not center.refused


async def test_more_emoji_than_fit_are_refused_at_their_field(center: Center) -> None:
    modal = await open_evidence(center.sam, "@dana")
    await fill_evidence(modal)
    await modal.fill("Transcript quote", "😀" * 1501)
    again = await modal.submit()
    assert again is not None
    assert "3000 characters" in again.errors["Transcript quote"]
    await again.fill("Transcript quote", "😀" * 1500)
    assert (await following(again)).title == "Observation (2 of 5)"
    assert not center.refused
