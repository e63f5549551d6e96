"""How teams and people change in tests, at the center's own time: by team files and in Slack."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from coaching.people import Role
from coaching.worktime import Week
from handlers.hours import hours_changed
from handlers.taking_over import teams_changed
from storage.store import TeamRow
from tests.flows.center import TEAM, Center
from tests.flows.mornings import told


async def imported(center: Center, *lines: str, whole: bool = False) -> None:
    """Import lines like ``Retention,agent,U0DANA``."""
    rows = []
    for line in lines:
        team, role, user = line.split(",")
        rows.append(TeamRow(team, Role(role), user))
    result = await center.store.import_teams(TEAM, rows, "file", center.now, whole=whole)
    users = {row.user for row in rows}
    await teams_changed(center.store, TEAM, users, center.now, moved=result.moved, actor="file")


async def leaves(center: Center, user: str) -> None:
    """Somebody is deactivated in Slack, while nothing is on its way to them."""
    await told(center)
    await deactivated(center, user)


async def deactivated(center: Center, user: str) -> None:
    """The same whatever is on its way."""
    center.ws.update_user(user, deleted=True)
    await center.ws.events.settle()


async def returns(center: Center, user: str) -> None:
    """Somebody who was deactivated is there again."""
    center.ws.update_user(user, deleted=False)
    await center.ws.events.settle()


async def agrees(center: Center, member: str, **agreed: Any) -> None:
    """What the only team of that member agrees on from now on, besides what it had."""
    (place,) = (await center.store.people(TEAM, [member]))[member].memberships
    policy = replace(place.policy, **agreed)
    assert await center.store.set_policy(TEAM, place.team, policy, actor="file", now=center.now)
    members = [one.user for one in await center.store.members(TEAM, [place.team], Role)]
    await hours_changed(center.store, TEAM, members, center.now, actor="file")


async def works(
    center: Center, user: str, week: Week | None = None, off: Iterable[dt.date] = ()
) -> None:
    """Somebody's own hours (None for those of their team) and leave, as a team file has them."""
    store, leave = center.store, frozenset(off)
    assert await store.set_hours(TEAM, user, week, leave, actor="file", now=center.now)
    await hours_changed(store, TEAM, [user], center.now, actor="file")


async def moves_to(center: Center, user: str, zone: str) -> None:
    """Somebody's zone changes in Slack."""
    center.ws.update_user(user, tz=zone)
    await center.ws.events.settle()
