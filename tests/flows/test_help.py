from __future__ import annotations

from coaching.people import Role
from storage.store import TeamRow
from tests.flows.center import TEAM, Center


async def test_an_admin_in_no_other_role_learns_how_teams_are_made(center: Center) -> None:
    iris = center.person("U0IRIS")
    await iris.types("/coach help")
    assert "ask an admin of this workspace to add you" in (await iris.said_privately())[-1].text
    rows = [TeamRow("Billing", Role.ADMIN, "U0IRIS")]
    await center.store.import_teams(TEAM, rows, "file", center.clock.now())
    await iris.types("/coach help")
    said = (await iris.said_privately())[-1].text
    assert "coachlog teams import teams.csv" in said
    assert "can add you" not in said
    home = await iris.home()
    assert "coachlog teams import teams.csv" in home.text
    assert not center.refused


async def test_summary_is_listed_and_opens_the_conversation(center: Center) -> None:
    await center.sam.types("/coach help")
    assert "/coach summary" in (await center.sam.said_privately())[-1].text
    await center.sam.types("/coach summary @dana")
    assert (await center.sam.modal()).title == "Conversation"
    assert not center.refused
