"""Guests of the workspace: agents with their own logs, or nothing at all."""

from __future__ import annotations

from coaching.log import State
from playground.testing.person import Person
from tests.flows.center import Center
from tests.flows.stored import drafted, shared


async def become_guest(center: Center, user: str, *, of_one_channel: bool = False) -> Person:
    kind = "is_ultra_restricted" if of_one_channel else "is_restricted"
    center.ws.update_user(user, **{kind: True})
    await center.ws.settle()
    return center.person(user)


async def answer(person: Person, command: str) -> str:
    await person.types(f"/coach {command}")
    return (await person.said_privately())[-1].text


async def test_a_guest_in_no_role_gets_a_friendly_explanation(center: Center) -> None:
    iris = await become_guest(center, "U0IRIS")
    assert "you aren't in a team there yet" in await answer(iris, "")
    assert "ask an admin" in await answer(iris, "team")
    assert "You aren't in a team there yet" in (await iris.home()).text
    await iris.shortcut("Log a coaching session")
    assert "Supervisors log" in (await iris.modal()).text
    assert not center.refused


async def test_a_guest_agent_has_their_own_logs_alone(center: Center) -> None:
    dana = await become_guest(center, "U0DANA", of_one_channel=True)
    await shared(center)
    await shared(center, "U0MARCO", target="Put the caller on hold only after asking")
    summary = await dana.message("Call 8841 at 03:12")
    await summary.press("Acknowledge")
    await (await dana.modal()).submit()
    assert (await center.log(1)).is_acknowledged
    assert "Ask the reason for cancelling" in await answer(dana, "show CL-1")
    assert "CL-1" in await answer(dana, "history")
    home = (await dana.home()).text
    assert "CL-1" in home
    other = await answer(dana, "show CL-2")
    assert other.replace("CL-2", "") == (await answer(dana, "show CL-77")).replace("CL-77", "")
    assert "not among the agents you can see" in await answer(dana, "history @marco")
    assert "for supervisors" in await answer(dana, "team")
    assert "Nothing is due" in await answer(dana, "due")
    seen = home + "".join(message.text for message in await dana.messages())
    assert "on hold" not in seen
    assert not center.refused


async def test_a_guest_disagrees_as_everybody_may(center: Center) -> None:
    dana = await become_guest(center, "U0DANA")
    await shared(center)
    await (await dana.message("Call 8841")).press("Add my view")
    form = await dana.modal()
    await form.choose("Do you agree?", "No")
    await form.fill("Your words", "The policy page was down")
    assert await form.submit() is None
    await center.lena.message("The policy page was down")
    assert not center.refused


async def test_a_guest_is_coached_like_anybody_else(center: Center) -> None:
    await become_guest(center, "U0DANA")
    await center.sam.types("/coach @dana")
    assert (await center.sam.modal()).title == "Call evidence (1 of 5)"
    assert "Dana Whitfield" in await answer(center.sam, "team")


async def test_a_supervisor_who_became_a_guest_looks_after_nobody(center: Center) -> None:
    log = await drafted(center)
    await center.sam.types("/coach")
    await (await center.sam.modal()).press("Continue")
    look_over = await center.sam.modal()
    assert look_over.submit_text == "Share with Dana"
    sam = await become_guest(center, "U0SAM")
    refused = await look_over.submit()
    assert refused is not None
    assert "can't find that log" in refused.text
    assert "a guest of this workspace can't be one" in await answer(sam, "@dana")
    assert "a guest of this workspace can't be one" in await answer(sam, "drafts")
    assert "Nothing is due" in await answer(sam, "due")
    assert "for supervisors" in await answer(sam, "team")
    await sam.shortcut("Log a coaching session")
    assert "can't be one" in (await sam.modal()).text
    assert "Dana" not in (await sam.home()).text
    assert await center.log() == log


async def test_a_form_that_was_open_begins_no_log_for_a_guest(center: Center) -> None:
    await center.sam.types("/coach @dana")
    form = await center.sam.modal()
    await become_guest(center, "U0SAM")
    refused = await form.submit()
    assert refused is not None
    assert "can't find that log" in refused.text
    assert await center.store.log_numbered("T0CENTER", 1) is None


async def test_when_its_supervisor_became_a_guest_the_lead_is_asked(center: Center) -> None:
    await shared(center)
    await center.dana.message("Call 8841")
    await become_guest(center, "U0SAM")
    center.pass_days(34)
    prompt = await center.lena.message("CL-1")
    assert "Record outcome" in prompt.buttons
    assert await center.sam.messages() == []
    assert (await center.log()).state is State.OPEN


async def test_a_lead_who_became_a_guest_is_not_told_of_disagreements(center: Center) -> None:
    lena = await become_guest(center, "U0LENA")
    await shared(center)
    await (await center.dana.message("Call 8841")).press("Add my view")
    form = await center.dana.modal()
    assert "Lena" not in form.text
    await form.choose("Do you agree?", "No")
    await form.fill("Your words", "The policy page was down")
    assert await form.submit() is None
    await center.sam.message("The policy page was down")
    assert await lena.messages() == []
    assert "Dana" not in (await lena.home()).text
