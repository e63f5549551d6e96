"""Lists and the Home of somebody who supervises by the team file, but is a guest or has left."""

from __future__ import annotations

import datetime as dt

import pytest

from handlers.profiles import profile_of
from playground.testing.person import Person
from tests.flows.center import TEAM, Center
from tests.flows.writing import fill_evidence, following, open_evidence, share

ASKED = ("due", "team", "outcome", "drafts", "history @dana", "show CL-1")
OTHERS_BUSINESS = ("Dana Whitfield", "Marco", "CL-2", "cancelling", "Discovery", "Log a session")


async def _with_a_target_and_a_draft(center: Center) -> None:
    await share(center.sam, "@dana", review_by=center.today + dt.timedelta(days=30))
    modal = await open_evidence(center.sam, "@marco")
    await fill_evidence(modal, call="draft-9000")
    await (await following(modal)).close(everything=True)
    center.pass_days(34)
    await center.sam.message("CL-1")


async def _seen_by(person: Person) -> str:
    """All that they are answered with now, and their Home."""
    before = len(await person.said_privately())
    for words in ASKED:
        await person.types(f"/coach {words}")
        assert not await person.has_modal(), words
    answers = (await person.said_privately())[before:]
    assert len(answers) == len(ASKED)
    return "\n".join([answer.text for answer in answers] + [(await person.home()).text])


@pytest.mark.parametrize("user", ["U0SAM", "U0LENA"])
async def test_a_guest_who_supervises_or_leads_sees_nothing_of_the_team(
    center: Center, user: str
) -> None:
    await _with_a_target_and_a_draft(center)
    center.ws.update_user(user, is_restricted=True)
    await center.ws.settle()
    seen = await _seen_by(center.person(user))
    for words in OTHERS_BUSINESS:
        assert words not in seen, words
    assert seen.count("CL-1") == 1, "only the words that it can't be found"
    assert not center.refused


@pytest.mark.parametrize("user", ["U0SAM", "U0LENA"])
async def test_somebody_who_left_sees_nothing_of_the_team(center: Center, user: str) -> None:
    await _with_a_target_and_a_draft(center)
    gone = profile_of({"id": user, "real_name": "Gone Away", "deleted": True})
    await center.store.remember(TEAM, [gone], center.clock.now())
    seen = await _seen_by(center.person(user))
    for words in OTHERS_BUSINESS:
        assert words not in seen, words
    assert not center.refused


async def test_a_guest_agent_still_sees_their_own_log(center: Center) -> None:
    await share(center.sam, "@dana")
    center.ws.update_user("U0DANA", is_restricted=True)
    await center.ws.settle()
    await center.dana.types("/coach history")
    assert "CL-1" in (await center.dana.said_privately())[-1].text
    assert "CL-1" in (await center.dana.home()).text
