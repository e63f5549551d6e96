"""Two people with one outcome: nobody's words are lost, and nobody undoes what the other saved."""

from __future__ import annotations

import asyncio
import datetime as dt

from coaching.log import State
from playground.testing.person import Modal, Person
from tests.flows.center import Center
from tests.flows.writing import share


async def _form(person: Person) -> Modal:
    await person.types("/coach outcome CL-1")
    return await person.modal()


async def _due(center: Center) -> None:
    await share(center.sam, "@dana", review_by=center.today + dt.timedelta(days=30))
    center.pass_days(34)


async def test_who_decides_second_keeps_what_they_wrote(center: Center) -> None:
    await _due(center)
    lenas, sams = await _form(center.lena), await _form(center.sam)
    for form, decision, why in ((sams, "Continue", "Nearly"), (lenas, "Escalate", "Too slow")):
        await form.fill("Calls looked at", "10")
        await form.fill("Calls that reached the threshold", "3")
        await form.choose("Decision", decision)
        await form.fill("Why", why)
    await sams.submit()
    again = await lenas.submit()
    assert again is not None
    assert "CL-1 is decided: continued" in again.text
    assert "Why:\nToo slow" in again.text
    assert (await center.log()).value("why") == "Nearly"


async def test_figures_saved_elsewhere_bring_the_form_back_with_all_that_was_typed(
    center: Center,
) -> None:
    await _due(center)
    lenas, sams = await _form(center.lena), await _form(center.sam)
    await sams.fill("Calls looked at", "10")
    await sams.fill("Calls that reached the threshold", "3")
    await sams.submit()
    await lenas.fill("Calls looked at", "8")
    await lenas.fill("Calls that reached the threshold", "7")
    await lenas.fill("Call IDs", "9991\n9992")
    await lenas.choose("Decision", "Close")
    await lenas.fill("Why", "It is there now")
    again = await lenas.submit()
    assert again is not None
    assert "This log was changed while you wrote" in again.text
    assert "You wrote here, not saved: 8" in again.text
    assert "9991" in again.text
    assert "('" not in again.text
    assert again.value("Calls looked at") == "10"
    assert again.value("Why") == "It is there now"
    log = await center.store.log_numbered("T0CENTER", 1)
    assert log is not None
    assert log.state is State.OPEN
    assert not center.refused


async def test_a_plan_that_was_changed_is_looked_at_before_it_is_decided(center: Center) -> None:
    await _due(center)
    lenas = await _form(center.lena)
    await center.sam.types("/coach follow-up CL-1")
    plan = await center.sam.modal()
    await plan.fill("Calls that must reach it", "9")
    await plan.fill("Review by", (center.today + dt.timedelta(days=9)).isoformat())
    assert not (await plan.submit() or plan).errors
    await lenas.fill("Calls looked at", "10")
    await lenas.fill("Calls that reached the threshold", "8")
    await lenas.choose("Decision", "Close")
    again = await lenas.submit()
    assert again is not None
    assert "on 9 of the next 10 scored calls" in again.text
    log = await center.store.log_numbered("T0CENTER", 1)
    assert log is not None
    assert log.state is State.OPEN
    assert not center.refused


async def test_figures_and_a_change_of_the_target_at_once_are_both_kept(center: Center) -> None:
    await _due(center)
    for number in range(8):
        lenas = await _form(center.lena)
        await center.sam.types("/coach target CL-1")
        sams = await center.sam.modal()
        await lenas.fill("Calls looked at", "9")
        await lenas.fill("Calls that reached the threshold", str(number % 4))
        await sams.fill(sams.labels[0], f"Target {number}")
        await asyncio.gather(lenas.try_submit(), sams.try_submit())
        log = await center.store.log_numbered("T0CENTER", 1)
        assert log is not None
        assert log.content["target"] == f"Target {number}"
        assert log.content["reached"] == number % 4
        for person in (center.lena, center.sam):
            await (await person.modal()).close(everything=True)
    assert not center.refused


async def test_two_presses_on_extend_move_the_day_once(center: Center) -> None:
    await _due(center)
    form = await _form(center.sam)
    await form.fill("Calls looked at", "6")
    await form.fill("Calls that reached the threshold", "5")
    await form.submit()
    await (await center.sam.modal()).close(everything=True)
    prompt = await center.sam.message("Extend to")
    (extend,) = [words for words in prompt.buttons if words.startswith("Extend to")]
    await asyncio.gather(prompt.press(extend), prompt.press(extend))
    log = await center.store.log_numbered("T0CENTER", 1)
    assert log is not None
    assert log.extensions == 1
    assert "The day was moved already" in (await center.sam.modal()).text
    assert not center.refused
