"""How teams change in tests: as `coachlog teams import` does it, at the center's own time."""

from __future__ import annotations

from coaching.people import Role
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
    center.ws.update_user(user, deleted=True)
    await center.ws.events.settle()


async def returns(center: Center, user: str) -> None:
    """Somebody who was deactivated is there again."""
    center.ws.update_user(user, deleted=False)
    await center.ws.events.settle()
