"""What Slack says of people follows: names, time zones, who is a guest, who left."""

from __future__ import annotations

import datetime as dt

from coaching.log import State
from coaching.notices import NoticeKind
from coaching.people import Person as Known
from playground import User
from storage.outbox import NoticeState
from tests.flows.center import TEAM, Center
from tests.flows.stored import drafted, shared


async def known(center: Center, user: str) -> Known:
    return (await center.store.people(TEAM, [user]))[user]


async def change(center: Center, user: str, **changes: object) -> None:
    center.ws.update_user(user, **changes)
    await center.ws.settle()


async def test_a_new_name_and_zone_are_used_from_then_on(center: Center) -> None:
    await shared(center)
    await change(center, "U0DANA", real_name="Dana Brooks", tz="Asia/Manila")
    dana = await known(center, "U0DANA")
    assert (dana.name, dana.first, dana.tz) == ("Dana Brooks", "Dana", "Asia/Manila")
    await center.sam.types("/coach team")
    assert "Dana Brooks" in (await center.sam.said_privately())[-1].text
    assert not center.refused


async def test_somebody_whom_coachlog_does_not_know_is_not_kept(center: Center) -> None:
    center.ws.add_user(User(id="U0NEW", name="new", real_name="New Person"))
    await change(center, "U0NEW", real_name="Newer Person")
    assert await center.store.people(TEAM, ["U0NEW"]) == {}
    assert not center.refused


async def test_who_left_keeps_name_zone_and_teams(center: Center) -> None:
    before = await known(center, "U0MARCO")
    await change(center, "U0MARCO", deleted=True)
    after = await known(center, "U0MARCO")
    assert not after.is_active
    assert (after.name, after.tz) == (before.name, before.tz) == ("Marco Rossi", "America/New_York")
    assert after.memberships == before.memberships
    await change(center, "U0MARCO", deleted=False)
    assert await known(center, "U0MARCO") == before


async def test_an_agent_who_left_is_not_coached_any_more(center: Center) -> None:
    await drafted(center, "U0MARCO")
    await center.sam.types("/coach @marco")
    await (await center.sam.modal()).press("Continue")
    look_over = await center.sam.modal()
    await change(center, "U0MARCO", deleted=True)
    refused = await look_over.submit()
    assert refused is not None
    assert "not an agent of a team that you supervise" in refused.text
    assert (await center.log()).state is State.DRAFT
    await center.sam.types("/coach @marco")
    assert "not among the agents you can see" in (await center.sam.said_privately())[-1].text
    await center.sam.types("/coach team")
    assert "Marco" not in (await center.sam.said_privately())[-1].text
    assert not center.refused


async def test_an_agent_who_left_is_told_nothing_and_their_target_is_decided(
    center: Center,
) -> None:
    await shared(center)
    await center.dana.message("Call 8841")
    await change(center, "U0DANA", deleted=True)
    center.pass_days(34)
    prompt = await center.sam.message("CL-1")
    await center.sam.types("/coach due")
    assert "CL-1 · Dana" in (await center.sam.said_privately())[-1].text
    await center.sam.types("/coach team")
    assert "Dana" not in (await center.sam.said_privately())[-1].text
    await prompt.press("Record outcome")
    form = await center.sam.modal()
    await form.fill("Calls looked at", "8")
    await form.fill("Calls that reached the threshold", "7")
    await form.choose("Decision", "Close")
    after = await form.submit()
    assert after is not None
    assert "is closed" in after.text
    await center.program.delivery.once()
    told = center.ws.direct("U0DANA").seen_by("U0DANA")
    assert len(told) == 1
    states = {
        notice.kind: notice.state
        for notice in await center.store.notices_of(TEAM, (await center.log()).id)
    }
    assert states[NoticeKind.DECIDED] is NoticeState.DROPPED
    assert not center.refused


async def test_a_supervisor_who_left_is_told_nothing(center: Center) -> None:
    await shared(center)
    summary = await center.dana.message("Call 8841")
    await change(center, "U0SAM", deleted=True)
    await summary.press("Acknowledge")
    await (await center.dana.modal()).submit()
    await center.lena.message("Dana acknowledged CL-1")
    assert center.ws.direct("U0SAM").messages == []
    assert not center.refused


async def test_a_lead_who_left_is_not_waited_for(center: Center) -> None:
    await shared(center)
    await change(center, "U0LENA", deleted=True)
    await (await center.dana.message("Call 8841")).press("Add my view")
    form = await center.dana.modal()
    assert "Lena" not in form.text
    await form.choose("Do you agree?", "No")
    await form.fill("Your words", "The policy page was down")
    await form.submit()
    await center.sam.message("The policy page was down")
    assert center.ws.direct("U0LENA").messages == []


async def test_the_day_comes_in_the_supervisors_new_zone(center: Center) -> None:
    """A day that is agreed after a move begins where the supervisor is now."""
    await change(center, "U0SAM", tz="America/New_York")
    await drafted(center)
    await center.sam.types("/coach")
    await (await center.sam.modal()).press("Continue")
    await (await center.sam.modal()).submit()
    log = await center.log()
    assert log.due_at is not None
    assert log.due_at.astimezone(dt.UTC).hour == 14
