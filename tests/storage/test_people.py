"""People and teams."""

from __future__ import annotations

from dataclasses import replace

import pytest

from coaching.people import Membership, Role
from storage.store import ImportResult, Profile, Store, TeamRow
from tests.databases import statements
from tests.storage.writing import DAY, NOW, WORKSPACE

DANA = Profile(
    user="UDANA",
    name="Dana Whitfield",
    first_name="Dana",
    tz="Europe/London",
    email="dana@example.com",
    is_guest=True,
)
PEOPLE = [
    DANA,
    Profile(user="USAM", name="sam Okafor", is_admin=True),
    Profile(user="ULENA", name="Lena Ortiz"),
    Profile(user="UGONE", name="Ada Gone", is_active=False),
    Profile(user="UTOM", name="Tom Reyes"),
]
ROWS = [
    TeamRow("Billing", Role.SUPERVISOR, "USAM"),
    TeamRow("Billing", Role.AGENT, "UDANA"),
    TeamRow("Billing", Role.AGENT, "UGONE"),
    TeamRow("Billing", Role.LEAD, "ULENA"),
    TeamRow("Billing", Role.LEAD, "UGONE"),
    TeamRow("Retention", Role.AGENT, "UTOM"),
    TeamRow("Retention", Role.LEAD, "USAM"),
]


@pytest.fixture
async def staffed(store: Store) -> Store:
    await store.remember(WORKSPACE, PEOPLE, NOW)
    await store.import_teams(WORKSPACE, ROWS, "file", NOW)
    return store


async def _team(store: Store, user: str) -> str:
    return (await store.people(WORKSPACE, [user]))[user].memberships[0].team


async def test_people_come_with_their_roles_in_one_statement(staffed: Store) -> None:
    with statements(staffed) as ran:
        found = await staffed.people(WORKSPACE, ["UDANA", "USAM", "UNOBODY"])
    assert len(ran) == 1
    assert set(found) == {"UDANA", "USAM"}
    dana, sam = found["UDANA"], found["USAM"]
    assert (dana.name, dana.first_name, dana.tz) == ("Dana Whitfield", "Dana", "Europe/London")
    assert (dana.email, dana.is_guest, dana.is_admin) == ("dana@example.com", True, False)
    assert [(item.team_name, item.role) for item in sam.memberships] == [
        ("Billing", Role.SUPERVISOR),
        ("Retention", Role.LEAD),
    ]
    assert await staffed.people("T1", ["UDANA"]) == {}
    assert await staffed.people(WORKSPACE, []) == {}


async def test_members_come_by_name_and_those_who_left_as_well(staffed: Store) -> None:
    teams = [await _team(staffed, "UDANA"), await _team(staffed, "UTOM")]
    everybody = await staffed.members(WORKSPACE, teams, Role)
    assert [person.user for person in everybody] == ["UGONE", "UDANA", "ULENA", "USAM", "UTOM"]
    agents = await staffed.members(WORKSPACE, teams[:1], [Role.AGENT])
    assert [person.user for person in agents if person.is_active] == ["UDANA"]
    assert agents[-1].teams_as(Role.AGENT) == {teams[0]}
    assert await staffed.members(WORKSPACE, [], [Role.AGENT]) == []


async def test_leads_are_those_of_the_teams_that_somebody_is_an_agent_of_now(
    staffed: Store,
) -> None:
    async def leads(user: str) -> list[str]:
        return [lead.user for lead in await staffed.leads_of(WORKSPACE, user)]

    assert await leads("UDANA") == ["ULENA"]
    assert await leads("UTOM") == ["USAM"]
    assert await leads("USAM") == []
    both = [TeamRow(team, Role.AGENT, "UDANA") for team in ("billing", "retention")]
    await staffed.import_teams(WORKSPACE, both, "file", NOW)
    assert await leads("UDANA") == ["ULENA", "USAM"]


async def test_nobody_is_their_own_lead(staffed: Store) -> None:
    await staffed.import_teams(WORKSPACE, [TeamRow("Billing", Role.AGENT, "ULENA")], "file", NOW)
    assert await staffed.leads_of(WORKSPACE, "ULENA") == []


async def test_a_newer_profile_takes_the_place_of_the_older(staffed: Store) -> None:
    renamed = replace(DANA, name="Dana Reid", is_guest=False, is_active=False)
    await staffed.remember(WORKSPACE, [DANA, renamed], NOW + DAY)
    dana = (await staffed.people(WORKSPACE, ["UDANA"]))["UDANA"]
    assert (dana.name, dana.is_guest, dana.is_active) == ("Dana Reid", False, False)
    assert dana.memberships


async def test_the_same_file_again_changes_nothing(staffed: Store) -> None:
    again = await staffed.import_teams(WORKSPACE, [*ROWS, *ROWS], "file", NOW)
    assert again == ImportResult(unchanged=7)
    assert not again.changed


async def test_an_import_adds_people_teams_and_spellings(staffed: Store) -> None:
    rows = [TeamRow(" BILLING ", Role.AGENT, "UNEW"), TeamRow("Claims", Role.LEAD, "ULENA")]
    result = await staffed.import_teams(WORKSPACE, rows, "file", NOW)
    joined = (TeamRow("BILLING", Role.AGENT, "UNEW"), TeamRow("Claims", Role.LEAD, "ULENA"))
    assert result == ImportResult(joined=joined, teams_added=1, teams_renamed=1)
    new = (await staffed.people(WORKSPACE, ["UNEW"]))["UNEW"]
    assert [item.team_name for item in new.memberships] == ["BILLING"]
    elsewhere = await staffed.import_teams("T1", ROWS, "file", NOW)
    assert (len(elsewhere.joined), elsewhere.teams_added) == (7, 2)


async def test_one_person_may_have_two_roles_in_one_team(staffed: Store) -> None:
    await staffed.import_teams(WORKSPACE, [TeamRow("Billing", Role.LEAD, "USAM")], "file", NOW)
    sam = (await staffed.people(WORKSPACE, ["USAM"]))["USAM"]
    team = await _team(staffed, "UDANA")
    assert Membership(team, "Billing", Role.LEAD, since=NOW) in sam.memberships
    assert Membership(team, "Billing", Role.SUPERVISOR, since=NOW) in sam.memberships


MOVED = [TeamRow("Retention", Role.AGENT, "UDANA")]


async def _roles(store: Store, user: str) -> list[tuple[str, Role]]:
    person = (await store.people(WORKSPACE, [user]))[user]
    return [(item.team_name, item.role) for item in person.memberships]


async def test_an_agent_is_one_in_the_teams_that_the_file_names_and_no_other(
    staffed: Store,
) -> None:
    result = await staffed.import_teams(WORKSPACE, MOVED, "file", NOW)
    assert result.joined == (TeamRow("Retention", Role.AGENT, "UDANA"),)
    assert result.left == (TeamRow("Billing", Role.AGENT, "UDANA"),)
    assert await _roles(staffed, "UDANA") == [("Retention", Role.AGENT)]
    assert await _roles(staffed, "UTOM") == [("Retention", Role.AGENT)]
    assert await _roles(staffed, "UGONE") == [("Billing", Role.AGENT), ("Billing", Role.LEAD)]
    again = await staffed.import_teams(WORKSPACE, MOVED, "file", NOW)
    assert again == ImportResult(unchanged=1)
    back = await staffed.import_teams(WORKSPACE, ROWS, "file", NOW)
    assert back.left == (TeamRow("Retention", Role.AGENT, "UDANA"),)
    assert await staffed.verify(WORKSPACE) is None


async def test_an_agent_s_other_roles_and_everybody_else_s_stay(staffed: Store) -> None:
    rows = [TeamRow("Claims", Role.AGENT, "USAM"), TeamRow("Claims", Role.LEAD, "ULENA")]
    result = await staffed.import_teams(WORKSPACE, rows, "file", NOW)
    assert result.left == ()
    assert await _roles(staffed, "USAM") == [
        ("Billing", Role.SUPERVISOR),
        ("Claims", Role.AGENT),
        ("Retention", Role.LEAD),
    ]
    assert await _roles(staffed, "ULENA") == [("Billing", Role.LEAD), ("Claims", Role.LEAD)]


async def test_another_workspace_is_left_alone(staffed: Store) -> None:
    await staffed.import_teams("T1", ROWS, "file", NOW)
    await staffed.import_teams("T1", MOVED, "file", NOW, whole=True)
    assert await _roles(staffed, "UDANA") == [("Billing", Role.AGENT)]
    assert await _roles(staffed, "UTOM") == [("Retention", Role.AGENT)]


async def test_the_whole_of_a_team_leaves_out_whoever_is_not_named(staffed: Store) -> None:
    rows = [TeamRow("billing", Role.LEAD, "UGONE"), TeamRow("billing", Role.AGENT, "UDANA")]
    result = await staffed.import_teams(WORKSPACE, rows, "file", NOW, whole=True)
    assert result.joined == ()
    assert result.left == (
        TeamRow("billing", Role.AGENT, "UGONE"),
        TeamRow("billing", Role.LEAD, "ULENA"),
        TeamRow("billing", Role.SUPERVISOR, "USAM"),
    )
    assert await _roles(staffed, "USAM") == [("Retention", Role.LEAD)]
    assert await _roles(staffed, "UTOM") == [("Retention", Role.AGENT)]
    again = await staffed.import_teams(WORKSPACE, rows, "file", NOW, whole=True)
    assert again == ImportResult(unchanged=2)
    assert not again.changed
    assert await staffed.verify(WORKSPACE) is None


@pytest.mark.parametrize("whole", [False, True])
async def test_roles_of_people_who_are_held_do_not_end(staffed: Store, *, whole: bool) -> None:
    result = await staffed.import_teams(
        WORKSPACE, MOVED, "file", NOW, whole=whole, held=["UDANA", "UTOM"]
    )
    kept = (TeamRow("Billing", Role.AGENT, "UDANA"),)
    assert result.kept[:1] == kept
    assert {row.user for row in result.left} == ({"USAM"} if whole else set())
    assert await _roles(staffed, "UDANA") == [("Billing", Role.AGENT), ("Retention", Role.AGENT)]


async def test_a_file_of_nothing_does_nothing(staffed: Store) -> None:
    nothing = await staffed.import_teams(WORKSPACE, [], "file", NOW, whole=True)
    assert nothing == ImportResult()


async def test_a_file_may_name_more_people_than_a_statement_takes(store: Store) -> None:
    many = [TeamRow("Billing", Role.AGENT, f"U{number}") for number in range(66_000)]
    result = await store.import_teams(WORKSPACE, many, "file", NOW)
    assert len(result.joined) == len(many)
