"""Promised next steps come back to who promised them, from logs and from check-ins."""

from __future__ import annotations

from playground.testing.person import Modal
from tests.flows.center import Center
from tests.flows.writing import share


async def _check_in(center: Center) -> Modal:
    await center.sam.types("/coach show CL-1")
    await (await center.sam.said_privately())[-1].press("Check in")
    form = await center.sam.modal()
    await form.press("More")
    return await center.sam.modal()


async def test_a_step_promised_in_a_check_in_comes_back_as_due(center: Center) -> None:
    await share(center.sam, "@dana")
    form = await _check_in(center)
    await form.fill("Discussion points", "The reason comes first now")
    await form.fill("Next step: what", "Sit beside Dana for an hour")
    await form.choose("Next step: who", "Sam")
    noted = await form.submit()
    assert noted is not None
    assert noted.text == "The check-in is on CL-1. Dana is shown it."
    await noted.close(everything=True)
    await center.sam.types("/coach due")
    due = (await center.sam.said_privately())[-1]
    assert "CL-1 · promised to Dana" in due.text
    assert "Sit beside Dana for an hour" in due.text
    await due.press("Done")
    assert "no next step of yours is waiting" in (await center.sam.said_privately())[-1].text
    assert not center.refused


async def test_what_an_agent_promised_in_a_check_in_is_on_their_home(center: Center) -> None:
    await share(center.sam, "@dana")
    form = await _check_in(center)
    await form.fill("Discussion points", "The reason comes first now")
    await form.fill("Next step: what", "Write down two openings")
    await form.choose("Next step: who", "Dana")
    noted = await form.submit()
    assert noted is not None
    assert noted.text == "The check-in is on CL-1. Dana is shown it."
    await noted.close(everything=True)
    home = await center.dana.home()
    assert "Write down two openings" in home.text
    await home.press("Done")
    assert "Write down two openings" not in (await center.dana.home()).text
    assert not center.refused
