"""The week's totals in a channel, and digests that come late."""

from __future__ import annotations

import datetime as dt

from coaching.people import Role
from coaching.policy import Policy
from handlers.hours import hours_changed
from playground import Channel, User
from storage.store import Profile, TeamRow
from tests.flows.center import TEAM, Center
from tests.flows.mornings import at, letters_of, told
from tests.flows.stored import shared

CHANNEL = "C0BILLING"
MORE = [f"U0MORE{number}" for number in range(5)]


async def with_channel(center: Center, agents: list[str]) -> None:
    """Billing with those agents besides its two, and with a channel for its totals."""
    bot = center.ws.app.bot_user_id
    center.ws.add_channel(Channel(id=CHANNEL, name="billing", members=("U0LENA", bot)))
    for user in agents:
        center.ws.add_user(User(id=user, name=user.lower(), real_name=user, tz="Europe/London"))
    profiles = [Profile(user=user, name=user, tz="Europe/London") for user in agents]
    await center.store.remember(TEAM, profiles, center.now)
    rows = [TeamRow("Billing", Role.AGENT, user) for user in agents]
    await center.store.import_teams(TEAM, rows, "file", center.now)
    sam = (await center.store.people(TEAM, ["U0SAM"]))["U0SAM"]
    policy = Policy(digest_channel=CHANNEL)
    (team,) = sam.teams_as(Role.SUPERVISOR)
    await center.store.set_policy(TEAM, team, policy, actor="U0LENA", now=center.now)


async def test_a_channel_gets_totals_without_names(center: Center) -> None:
    await with_channel(center, MORE)
    for agent in MORE:
        await shared(center, agent)
    await at(center, "2026-11-30T08:30")
    assert await center.lena.messages(CHANNEL) == []
    await at(center, "2026-11-30T09:00")
    (totals,) = await center.lena.messages(CHANNEL)
    assert "Billing, week of 23 November" in totals.text
    assert "5 sessions" in totals.text
    for name in ("Dana", "Marco", "Sam", *MORE):
        assert name not in totals.text + totals.fallback
    await at(center, "2026-12-01T09:00")
    assert len(await center.lena.messages(CHANNEL)) == 1
    assert not center.refused


async def test_a_channel_gets_nothing_about_fewer_than_five(center: Center) -> None:
    await with_channel(center, MORE[:2])
    await shared(center)
    await at(center, "2026-11-30T08:30")
    await at(center, "2026-11-30T09:00")
    assert await letters_of(center.lena, "week of 23 November")
    assert await center.lena.messages(CHANNEL) == []
    assert not center.refused


async def test_after_two_weeks_the_last_week_is_told_once(center: Center) -> None:
    await at(center, "2026-11-24T15:00")
    await at(center, "2026-12-16T10:00")
    (told,) = await letters_of(center.lena, "week of")
    assert "week of 7 December" in told.text
    await at(center, "2026-12-21T09:00")
    assert len(await letters_of(center.lena, "week of")) == 2
    assert await letters_of(center.lena, "week of 14 December")
    assert not center.refused


async def beside(center: Center, team: str, agents: list[str], *also: str) -> None:
    """Another of Lena's teams, with those agents and the same channel; `also` are their others."""
    rows = [TeamRow(one, Role.AGENT, user) for user in agents for one in (team, *also)]
    rows += [TeamRow(team, Role.LEAD, "U0LENA")]
    await center.store.import_teams(TEAM, rows, "file", center.now)
    lena = (await center.store.people(TEAM, ["U0LENA"]))["U0LENA"]
    for place in lena.memberships:
        if place.team_name == team:
            policy = Policy(digest_channel=CHANNEL)
            await center.store.set_policy(TEAM, place.team, policy, actor="U0LENA", now=center.now)


async def test_two_small_teams_are_not_told_together(center: Center) -> None:
    await with_channel(center, MORE[:2])
    await beside(center, "Evenings", MORE[2:3])
    for agent in ("U0DANA", "U0MARCO", *MORE[:3]):
        await shared(center, agent)
    await at(center, "2026-11-30T08:30")
    await at(center, "2026-11-30T09:30")
    assert await center.lena.messages(CHANNEL) == []


async def test_nobody_can_be_worked_out_of_two_teams_that_share_people(center: Center) -> None:
    await with_channel(center, MORE)
    # Whoever takes one team's figures from the other's would have Marco's and Dana's.
    await beside(center, "Evenings", MORE, "Billing")
    for agent in ("U0DANA", "U0MARCO", *MORE):
        await shared(center, agent)
    await at(center, "2026-11-30T08:30")
    await at(center, "2026-11-30T09:30")
    assert await center.lena.messages(CHANNEL) == []


async def test_two_teams_with_nobody_in_common_are_both_told(center: Center) -> None:
    await with_channel(center, MORE)
    others = [f"U0EVE{number}" for number in range(5)]
    for user in others:
        center.ws.add_user(User(id=user, name=user.lower(), real_name=user, tz="Europe/London"))
    profiles = [Profile(user=user, name=user, tz="Europe/London") for user in others]
    await center.store.remember(TEAM, profiles, center.now)
    await beside(center, "Evenings", others)
    for agent in (*MORE, *others):
        await shared(center, agent)
    await at(center, "2026-11-30T08:30")
    await at(center, "2026-11-30T09:30")
    (told,) = await center.lena.messages(CHANNEL)
    assert "Billing, week of 23 November" in told.text
    assert "Evenings, week of 23 November" in told.text


async def test_a_lead_who_is_away_next_week_is_told_of_the_last_one(center: Center) -> None:
    away = frozenset(dt.date(2026, 12, 7) + dt.timedelta(days=n) for n in range(5))
    await center.store.set_hours(TEAM, "U0LENA", None, away, actor="file", now=center.now)
    await hours_changed(center.store, TEAM, ["U0LENA"], center.now, actor="file")
    await shared(center)
    await told(center)
    await at(center, "2026-11-30 09:00")
    (digest,) = await letters_of(center.lena, "week of")
    assert "week of 23 November" in digest.text


async def test_after_two_weeks_the_channel_too_is_told_of_the_last_week_once(
    center: Center,
) -> None:
    await with_channel(center, MORE)
    for agent in MORE:
        await shared(center, agent)
    await at(center, "2026-11-24T15:00")
    await at(center, "2026-12-16T10:00")
    for totals in await center.lena.messages(CHANNEL):
        assert "week of 7 December" in totals.text
    assert not center.refused
