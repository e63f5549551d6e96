"""A new log for an agent who has an open target: what was agreed is filled in, and only that."""

from __future__ import annotations

import asyncio

from tests.flows.center import Center
from tests.flows.moving import imported
from tests.flows.stored import drafted, shared
from tests.flows.test_quick import fill
from tests.flows.writing import (
    following,
    open_evidence,
    share,
    walk_to_look_over,
)

TARGET = "Ask the reason for cancelling before naming the fee"
LABEL = "One thing that Dana will do differently"


async def test_what_is_agreed_is_not_asked_again(center: Center) -> None:
    await share(center.sam, "@dana")
    modal = await open_evidence(center.sam, "@dana")
    assert modal.value("QA criterion") == "Discovery"
    modal = await following(await following(modal))
    assert modal.value(LABEL) == TARGET
    await modal.fill(LABEL, "Repeat the reason back")
    modal = await following(await following(modal))
    assert modal.value("QA criterion") == "Discovery"
    assert modal.value("Threshold score") == "80"
    log = await center.store.log_numbered("T0CENTER", 2)
    assert log is not None
    assert log.content["target"] == "Repeat the reason back"
    assert not center.refused


async def test_a_quick_log_is_for_another_target(center: Center) -> None:
    await share(center.sam, "@dana")
    await center.sam.types("/coach quick @dana")
    choice = await center.sam.modal()
    assert choice.title == "Coach Dana"
    assert f"CL-1, still open for Dana Whitfield: {TARGET}" in choice.text
    assert choice.buttons == ["Check in", "Start a new log", "Quick log"]
    await choice.press("Quick log")
    modal = await center.sam.modal()
    assert modal.title == "Quick log"
    assert modal.value("QA criterion") is None
    assert modal.value(LABEL) is None
    await modal.choose("QA criterion", "Empathy")
    assert "Empathy at 4 of 5 or more" in (await center.sam.modal()).text
    assert await center.store.log_numbered("T0CENTER", 2) is None
    assert not center.refused


async def test_a_quick_log_takes_nothing_over_that_it_does_not_show(center: Center) -> None:
    await shared(center, shows="The reason stands before minute 2")
    await center.sam.types("/coach quick @dana")
    await (await center.sam.modal()).press("Quick log")
    modal = await center.sam.modal()
    await fill(modal, LABEL)
    await modal.fill("Why a second open target?", "Another habit")
    assert (await following(modal)).title == "Shared"
    assert "shows" not in (await center.log(2)).content
    assert not center.refused


async def test_a_quick_log_begins_at_once_where_no_target_is_open(center: Center) -> None:
    await drafted(center)
    await center.sam.types("/coach quick @dana")
    assert (await center.sam.modal()).title == "Quick log"
    assert not center.refused


async def test_another_teams_target_is_not_told(center: Center) -> None:
    await share(center.person("U0PRIYA"), "@tom")
    await center.sam.types("/coach quick")
    modal = await center.sam.modal()
    await modal.choose("Agent", "Tom Hale")
    await modal.choose("QA criterion", "Discovery")
    said = (await center.sam.modal()).text
    assert "CL-1" not in said
    assert "Ask the reason" not in said
    assert not center.refused


async def test_from_the_home_what_is_in_hand_is_offered_first(center: Center) -> None:
    await share(center.sam, "@dana")
    home = await center.sam.home()
    await home.press("Log a session", after="Dana Whitfield · ")
    choice = await center.sam.modal()
    assert "CL-1, still open for Dana Whitfield" in choice.text
    await choice.press("Quick log")
    modal = await center.sam.modal()
    assert modal.title == "Quick log"
    assert not center.refused


async def test_from_the_home_a_log_begins_at_once_where_nothing_is_in_hand(center: Center) -> None:
    home = await center.sam.home()
    await home.press("Log a session", after="Marco Rossi · ")
    assert (await center.sam.modal()).title == "Call evidence (1 of 5)"
    assert not center.refused


async def test_of_two_who_share_at_once_one_is_asked_why_a_second_target(
    center_anywhere: Center,
) -> None:
    center = center_anywhere
    await imported(center, "Billing,supervisor,U0IRIS")
    both = [center.sam, center.person("U0IRIS")]
    forms = [await walk_to_look_over(person, "@dana") for person in both]
    await asyncio.gather(*(form.try_submit() for form in forms))
    after = [await person.modal() for person in both]
    assert sorted(modal.title for modal in after) == ["Look it over", "Shared"]
    asked = next(modal for modal in after if modal.title == "Look it over")
    assert "is still open. Why a second target now?" in asked.text
    (label,) = asked.labels
    await asked.fill(label, "Another call, another habit")
    assert (await following(asked)).title == "Shared"
    assert not center.refused


async def test_of_two_quick_logs_at_once_one_is_asked_why_a_second_target(
    center_anywhere: Center,
) -> None:
    center = center_anywhere
    await imported(center, "Billing,supervisor,U0IRIS")
    both, forms = [center.sam, center.person("U0IRIS")], []
    for person in both:
        await person.types("/coach quick @dana")
        form = await person.modal()
        await form.fill("Call ID or recording link", "8841")
        await form.fill("Moment of the call", "03:12")
        await form.choose("QA criterion", "Discovery")
        await form.fill("Score", "55")
        await form.fill(LABEL, "Repeat the reason back")
        forms.append(form)
    await asyncio.gather(*(form.try_submit() for form in forms))
    after = [await person.modal() for person in both]
    assert sorted(modal.title for modal in after) == ["Quick log", "Shared"]
    asked = next(modal for modal in after if modal.title == "Quick log")
    assert "CL-1" in asked.text
    assert not center.refused
