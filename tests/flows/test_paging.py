"""Lists that are long, empty, or asked for with somebody else's ids."""

from __future__ import annotations

import pytest

from playground.testing.person import Message, Person
from tests.flows.center import Center
from tests.flows.forging import Sender
from tests.flows.stored import drafted, shared
from views import ids


async def told(person: Person, command: str) -> Message:
    await person.types(f"/coach {command}")
    return (await person.said_privately())[-1]


async def test_a_long_history_comes_in_pages_in_its_place(center: Center) -> None:
    for number in range(1, 24):
        await shared(center, call=f"call {number}")
    page = await told(center.sam, "history @dana")
    assert "CL-23 ·" in page.text
    assert "CL-14 ·" in page.text
    assert "CL-13 ·" not in page.text
    await page.press("Older")
    (page,) = await center.sam.said_privately()
    assert "CL-13 ·" in page.text
    assert "CL-4 ·" in page.text
    assert "CL-14 ·" not in page.text
    await page.press("Older")
    (page,) = await center.sam.said_privately()
    assert "CL-3 ·" in page.text
    assert "CL-1 ·" in page.text
    assert "Older" not in page.buttons
    assert not center.refused


async def test_a_history_of_exactly_one_page_has_no_second(center: Center) -> None:
    for _ in range(10):
        await shared(center)
    page = await told(center.dana, "history")
    assert "CL-1 ·" in page.text
    assert "Older" not in page.buttons


@pytest.mark.parametrize(
    ("action_id", "value", "words"),
    [
        (ids.OLDER, "U0DANA x", "CL-1 ·"),
        (ids.OLDER, "U0DANA 0", "has no logs yet"),
        (ids.OLDER, f"U0DANA {'9' * 50}", "CL-1 ·"),
        (ids.OLDER, "U0DANA -5", "CL-1 ·"),
        (ids.OLDER, "U0DANA ²", "CL-1 ·"),
        (ids.OLDER, "U0TOM 9", "not among the agents you can see"),
        (ids.OLDER, "", "not among the agents you can see"),
        (ids.HISTORY, "", "not among the agents you can see"),
        (ids.HISTORY, "U0NOBODY", "not among the agents you can see"),
        (ids.HISTORY, "U0DANA", "CL-1 ·"),
    ],
)
async def test_whatever_a_button_holds_is_answered(
    center: Center, action_id: str, value: str, words: str
) -> None:
    await shared(center)
    await shared(center, "U0TOM", by="U0PRIYA")
    sender = Sender(center, "U0SAM")
    await sender.presses(action_id, value)
    assert sender.failures == []
    assert words in sender.saw()
    assert "CL-2" not in sender.saw()


async def test_the_team_leads_to_each_history(center: Center) -> None:
    await shared(center)
    team = await told(center.sam, "team")
    await team.press("History", after="Dana Whitfield")
    assert "CL-1 ·" in (await center.sam.said_privately())[-1].text
    assert not center.refused


async def test_a_team_without_agents(center: Center) -> None:
    for user in ("U0DANA", "U0MARCO"):
        center.ws.update_user(user, deleted=True)
    await center.ws.settle()
    assert "No agents are in your teams yet" in (await told(center.sam, "team")).text
    assert "Nothing is due" in (await told(center.sam, "due")).text
    assert not center.refused


async def test_nothing_to_show(center: Center) -> None:
    assert "Nothing is due" in (await told(center.sam, "due")).text
    assert "No drafts" in (await told(center.sam, "drafts")).text
    assert "has no logs yet" in (await told(center.sam, "history @dana")).text
    assert "Whose history?" in (await told(center.sam, "history")).text
    assert "You have no logs yet" in (await told(center.dana, "history")).text
    assert "Which log?" in (await told(center.sam, "show")).text
    assert "for supervisors" in (await told(center.dana, "team")).text
    assert not center.refused


async def test_long_lists_say_how_many_more_there_are(center: Center) -> None:
    for number in range(30):
        await shared(center, "U0DANA" if number % 2 else "U0MARCO")
        await drafted(center)
    center.pass_days(40)
    due = await told(center.sam, "due")
    assert "30 follow-ups are due" in due.text
    assert "more come up as these are done" in due.text
    drafts = await told(center.sam, "drafts")
    assert "30 drafts" in drafts.text
    assert "more come up as these are shared or discarded" in drafts.text
    home = await center.sam.home()
    assert "25 more" in home.text
    assert not center.refused


async def test_many_drafts_and_targets_leave_room_for_a_new_log(center: Center) -> None:
    for _ in range(45):
        await drafted(center)
    await center.sam.types("/coach @dana")
    choice = await center.sam.modal()
    assert choice.buttons.count("Continue") == 30
    assert "15 more are not shown" in choice.text
    await choice.press("Start a new log")
    assert (await center.sam.modal()).title == "Call evidence (1 of 5)"
    assert not center.refused
