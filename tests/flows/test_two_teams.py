"""An agent of two teams, whose supervisor in one has to do with the other as well."""

from __future__ import annotations

import pytest

from coaching.people import Role
from coaching.policy import Policy
from storage.store import TeamRow
from tests.flows.center import TEAM, Center
from tests.flows.mornings import letters_of, told, until


async def with_another_team(center: Center, role: Role) -> None:
    """Dana is in Zebra too, where Sam has that role."""
    rows = [TeamRow(team, Role.AGENT, "U0DANA") for team in ("Billing", "Zebra")]
    rows += [TeamRow("Zebra", role, "U0SAM")]
    await center.store.import_teams(TEAM, rows, "file", center.now)


async def test_who_leads_the_other_hears_of_an_agent_without_a_session(center: Center) -> None:
    await with_another_team(center, Role.LEAD)
    await told(center)
    await until(center, "2026-12-28 12:00")
    assert await letters_of(center.sam, "Dana Whitfield · no session yet")


@pytest.mark.parametrize(("billing", "zebra"), [(10, 30), (30, 10)])
async def test_who_supervises_in_both_is_told_by_the_shorter_and_once_a_week(
    center: Center, billing: int, zebra: int
) -> None:
    await with_another_team(center, Role.SUPERVISOR)
    sam = (await center.store.people(TEAM, ["U0SAM"]))["U0SAM"]
    for item in sam.memberships:
        policy = Policy(cadence_days=billing if item.team_name == "Billing" else zebra)
        await center.store.set_policy(TEAM, item.team, policy, actor="U0LENA", now=center.now)
    await told(center)
    await until(center, "2026-12-08 12:00")
    assert len(await letters_of(center.sam, "Dana Whitfield · no session yet")) == 1
