from __future__ import annotations

import datetime as dt

from playground.testing.person import Message
from tests.flows.center import Center
from tests.flows.writing import share


async def shared(center: Center) -> Message:
    await share(center.sam, "@dana", review_by=center.today + dt.timedelta(days=30))
    return await center.dana.message("Call 8841 at 03:12")


async def test_acknowledging_twice_says_so(center: Center) -> None:
    summary = await shared(center)
    await summary.press("Acknowledge")
    asked = await center.dana.modal()
    assert await asked.submit() is None
    await center.dana.message("Acknowledged by you")
    await center.dana.types("/coach show CL-1")
    assert not center.refused


async def test_a_disagreement_is_answered(center: Center) -> None:
    summary = await shared(center)
    await summary.press("Add my view")
    form = await center.dana.modal()
    assert "Sam" in form.text
    assert "Lena" in form.text
    await form.choose("Do you agree?", "No")
    again = await form.submit()
    assert again is not None
    assert "Your words" in again.errors
    await again.choose("Do you agree?", "No")
    await again.fill("Your words", "The policy page was down")
    assert await again.submit() is None
    told = await center.lena.message("CL-1")
    await told.press("Answer")
    answer = await center.lena.modal()
    await answer.choose("Your answer", "It stands")
    await answer.fill("Your words", "The page was down later that day")
    assert await answer.submit() is None
    await center.dana.message("The page was down later")
    assert not center.refused


async def test_a_log_that_is_to_be_changed_is_said_to_be_changed(center: Center) -> None:
    summary = await shared(center)
    await summary.press("Add my view")
    form = await center.dana.modal()
    await form.choose("Do you agree?", "No")
    await form.fill("Your words", "The policy page was down")
    assert await form.submit() is None
    await (await center.lena.message("The policy page was down")).press("Answer")
    answer = await center.lena.modal()
    await answer.choose("Your answer", "Change the log")
    await answer.fill("Your words", "Say that the page was down")
    assert await answer.submit() is None
    asked = await center.sam.message("Please change CL-1")
    await asked.press("Change")
    await (await center.sam.modal()).press("Change", after="Target")
    change = await center.sam.modal()
    await change.fill(change.labels[0], "Ask the reason, and look the policy up")
    await change.submit()
    await center.lena.message("You had asked for it in your answer to Dana's view.")
    done = await center.sam.message("Changed on")
    assert "Change" not in done.buttons
    assert "Please change" not in done.text
    assert not center.refused


async def test_a_voided_log_is_taken_back(center: Center) -> None:
    summary = await shared(center)
    await summary.press("Acknowledge")
    opened_before = await center.dana.modal()
    await center.sam.types("/coach show CL-1")
    shown = (await center.sam.said_privately())[-1]
    await shown.press("Void…")
    form = await center.sam.modal()
    await form.fill("Why?", "Wrong call")
    done = await form.submit()
    assert done is not None
    assert done.text == "CL-1 is taken back. Dana is told why."
    await center.dana.message("Wrong call")
    note = await opened_before.submit()
    assert note is not None
    assert "voided" in note.text
    assert not center.refused


async def test_a_changed_log_is_shown_again(center: Center) -> None:
    await shared(center)
    await center.sam.types("/coach show CL-1")
    shown = (await center.sam.said_privately())[-1]
    await shown.press("Change")
    choice = await center.sam.modal()
    await choice.press("Change", after="Target")
    form = await center.sam.modal()
    assert form.title == "Target"
    await form.fill(form.labels[0], "Ask the reason first, then wait")
    await form.submit()
    changed = await center.dana.message("changed CL-1")
    assert "then wait" in changed.text
    assert "Acknowledge" in changed.buttons
    assert not center.refused


async def test_strangers_learn_nothing(center: Center) -> None:
    await shared(center)
    priya = center.person("U0PRIYA")
    answers = []
    for reference in ("CL-1", "CL-77"):
        await priya.types(f"/coach show {reference}")
        answers.append((await priya.said_privately())[-1].text.replace(reference, "CL"))
    assert answers[0] == answers[1]
    assert "can't find" in answers[0]
    iris = center.person("U0IRIS")
    await iris.types("/coach team")
    assert "aren't in a team" in (await iris.said_privately())[-1].text
    assert not center.refused


async def test_what_was_changed_while_reading_stays_to_be_read(center: Center) -> None:
    summary = await shared(center)
    await summary.press("Acknowledge")
    opened_before = await center.dana.modal()
    for target in ("Pause before the fee", "Pause before any fee"):
        await center.sam.types("/coach target CL-1")
        form = await center.sam.modal()
        await form.fill(form.labels[0], target)
        await form.submit()
        await (await center.sam.modal()).close(everything=True)
    await center.dana.message("Pause before any fee")
    note = await opened_before.submit()
    assert note is not None
    assert "You acknowledged CL-1 as it was." in note.text
    log = await center.store.log_numbered("T0CENTER", 1)
    assert log is not None
    assert not log.is_acknowledged
    newest = await center.dana.message("What to try, now\nPause before any fee")
    assert "Ask the reason for cancelling" in newest.text
    assert "Acknowledge" in newest.buttons
    assert not center.refused


async def test_the_home_follows_what_is_done_in_a_form_opened_from_it(center: Center) -> None:
    await shared(center)
    home = await center.dana.home()
    assert "Waiting for you" in home.text
    await home.press("Acknowledge")
    form = await center.dana.modal()
    published = [entry for entry in center.ws.journal if entry.name == "views.publish"]
    assert await form.submit() is None
    await center.dana.message("Acknowledged by you")
    since = [entry for entry in center.ws.journal if entry.name == "views.publish"]
    assert len(since) == len(published) + 1
    assert not center.refused
