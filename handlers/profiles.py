"""What Slack says about people: names, time zones, who is a guest or gone."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError

from coaching.people import Person
from handlers.ask import Ask
from handlers.deps import Deps
from handlers.hours import hours_changed
from handlers.taking_over import teams_changed
from storage.store import Profile

ACTOR = "slack"
"""Who the audit trail says it was that a draft went over to somebody else."""


def profile_of(user: Mapping[str, Any]) -> Profile:
    """A Slack user object as the profile that is kept."""
    profile = user.get("profile") or {}
    name = str(profile.get("real_name") or user.get("real_name") or user.get("name") or "")
    return Profile(
        user=str(user.get("id") or ""),
        name=name,
        first_name=str(profile.get("first_name") or name.partition(" ")[0]),
        tz=str(user.get("tz") or "UTC"),
        email=str(profile.get("email") or ""),
        is_admin=bool(user.get("is_admin") or user.get("is_owner")),
        is_guest=bool(user.get("is_restricted") or user.get("is_ultra_restricted")),
        is_active=not user.get("deleted"),
    )


_SECONDS = 1.0
"""How long Slack is waited for, of the three seconds in which it waits for an answer."""


async def stranger(ask: Ask, actor: Person) -> Person:
    """Somebody in no role, with what Slack says of them: an admin is told how teams are made.

    Nothing is kept, and without an answer from Slack they are as unknown as before.
    """
    if actor.keeps_teams or not ask.is_of_workspace:
        return actor
    try:
        async with asyncio.timeout(_SECONDS):
            answer = await ask.deps.slack(ask.workspace).users_info(user=ask.user)
    except (SlackApiError, aiohttp.ClientError, TimeoutError):
        return actor
    said = profile_of(answer.get("user") or {})
    return replace(actor, is_admin=said.is_admin, is_guest=said.is_guest, is_active=said.is_active)


async def changed(deps: Deps, workspace: str, user: Mapping[str, Any]) -> None:
    """`user_change`: keep the new profile of somebody whom CoachLog knows."""
    profile = profile_of(user)
    known = (await deps.store.people(workspace, [profile.user])).get(profile.user)
    if known is None:
        return
    if not user.get("tz"):
        # Slack names no zone for somebody who was deactivated; their logs are still read in it.
        profile = replace(profile, tz=known.tz)
    now = deps.now()
    await deps.store.remember(workspace, [profile], now)
    who = frozenset({profile.user})
    if (profile.is_active, profile.is_guest) != (known.is_active, known.is_guest):
        await teams_changed(deps.store, workspace, who, now, moved=who, actor=ACTOR)
    elif profile.tz != known.tz:
        await hours_changed(deps.store, workspace, who, now, actor=ACTOR)
