from __future__ import annotations

import sqlite3
from contextlib import closing

from coaching.hours import leave_words, week_words
from coaching.people import Role
from tests.bot.north import TEAM, North

TEAMS = """\
team,role,member
Billing,lead,lena@north.example
Billing,supervisor,U0SAM
Billing,agent,DANA@north.example
Billing,agent,U0GUEST
"""
BAD = """\
Billing,chief,U0SAM
Billing,lead,U0GUEST
Billing,agent,U0GONE
Billing,agent,U0NOBODY
Billing,agent,nobody@north.example
"""


async def test_a_team_file_is_imported_and_once_is_enough(north: North) -> None:
    (north.folder / "teams.csv").write_text(TEAMS)
    ended = await north.run("teams", "import", "teams.csv")
    assert ended.out.splitlines() == [
        "added    Dana Whitfield: agent of Billing",
        "added    Gus Gast: agent of Billing",
        "added    Lena Fischer: lead of Billing",
        "added    Sam Okafor: supervisor of Billing",
        "4 added, 0 moved, 0 removed, 0 there already, 0 refused.",
    ]
    assert ended.code == 0
    again = await north.run("teams", "import", "teams.csv")
    assert again.out == "0 added, 0 moved, 0 removed, 4 there already, 0 refused.\n"
    async with north.store() as store:
        people = await store.people(TEAM, ["U0SAM", "U0DANA", "U0LENA", "U0GUEST"])
        sam, dana = people["U0SAM"], people["U0DANA"]
        assert (sam.name, sam.first_name, sam.tz, sam.is_admin) == (
            "Sam Okafor",
            "Sam",
            "Europe/London",
            True,
        )
        assert dana.email.lower() == "dana@north.example"
        assert people["U0GUEST"].is_guest
        assert people["U0LENA"].has(Role.LEAD)
        assert sam.teams_as(Role.SUPERVISOR) == dana.teams_as(Role.AGENT) != frozenset()
        assert await store.verify(TEAM) is None


async def test_bad_lines_are_named_and_good_ones_kept(north: North) -> None:
    (north.folder / "teams.csv").write_text(TEAMS + BAD)
    ended = await north.run("teams", "import", "teams.csv")
    assert ended.code == 1
    said = [line for line in ended.out.splitlines() if not line.startswith("added")]
    assert said == [
        "Line 6: “chief” is no role; there are lead, supervisor, agent, admin.",
        "Line 7: “U0GUEST” is a guest; guests can only be agents.",
        "Line 8: “U0GONE” is deactivated in Slack.",
        "Line 9: Slack knows nobody with the ID “U0NOBODY” in this workspace.",
        "Line 10: Slack knows nobody with the address “nobody@north.example” in this workspace.",
        "4 added, 0 moved, 0 removed, 0 there already, 5 refused.",
    ]


async def imported(north: North, text: str, *options: str) -> list[str]:
    """What is printed for a file of those lines."""
    (north.folder / "more.csv").write_text(f"team,role,member\n{text}")
    return (await north.run("teams", "import", "more.csv", *options)).out.splitlines()


async def test_agents_move_and_the_whole_of_a_team_may_be_given(north: North) -> None:
    await imported(north, TEAMS.partition("\n")[2])
    moving = "Claims,agent,U0DANA\n"
    assert await imported(north, moving) == [
        "moved    Dana Whitfield: agent of Claims, no longer of Billing",
        "0 added, 1 moved, 0 removed, 0 there already, 0 refused.",
    ]
    both = moving + "Billing,agent,dana@north.example\n"
    assert await imported(north, both) == [
        "added    Dana Whitfield: agent of Billing",
        "1 added, 0 moved, 0 removed, 1 there already, 0 refused.",
    ]
    assert await imported(north, "Billing,agent,U0DANA\n") == [
        "removed  Dana Whitfield: no longer agent of Claims",
        "0 added, 0 moved, 1 removed, 1 there already, 0 refused.",
    ]
    left = "Billing,lead,U0SAM\nBilling,agent,U0DANA\n"
    assert await imported(north, left, "--whole") == [
        "added    Sam Okafor: lead of Billing",
        "removed  Gus Gast: no longer agent of Billing",
        "removed  Lena Fischer: no longer lead of Billing",
        "removed  Sam Okafor: no longer supervisor of Billing",
        "1 added, 0 moved, 3 removed, 1 there already, 0 refused.",
    ]
    again = await imported(north, left, "--whole")
    assert again == ["0 added, 0 moved, 0 removed, 2 there already, 0 refused."]
    async with north.store() as store:
        assert await store.verify(TEAM) is None


async def test_nobody_is_lost_by_a_line_that_was_refused(north: North) -> None:
    await imported(north, TEAMS.partition("\n")[2])
    mistyped = "Claims,agent,U0DANA\nBilling,agnet,DANA@north.example\n"
    refused = "“agnet” is no role; there are lead, supervisor, agent, admin."
    stays = "stays    Dana Whitfield: agent of Billing, since a line on them was refused"
    assert await imported(north, mistyped) == [
        f"Line 3: {refused}",
        "added    Dana Whitfield: agent of Claims",
        stays,
        "1 added, 0 moved, 0 removed, 0 there already, 1 refused.",
    ]
    assert await imported(north, f"Billing,lead,U0LENA\n{mistyped}", "--whole") == [
        f"Line 4: {refused}",
        "Since lines were refused, nobody was taken out of a team for not being named.",
        stays,
        "0 added, 0 moved, 0 removed, 2 there already, 1 refused.",
    ]


HOURS = """\
team,role,member,leave,hours
Billing,agent,dana@north.example,2026-12-24..2026-12-26 2027-01-04,"Mon-Thu 22:00-06:00, Sat 10-14"
Claims,agent,U0DANA,,
Billing,supervisor,U0SAM,,Mon-Fri 08:00-16:00
Billing,agent,U0GUEST
"""


async def hours_of(north: North, user: str) -> tuple[str, str]:
    async with north.store() as store:
        person = (await store.people(TEAM, [user]))[user]
        assert await store.verify(TEAM) is None
    return week_words(person.hours or ()), leave_words(person.leave)


async def file(north: North, text: str) -> list[str]:
    (north.folder / "hours.csv").write_text(text)
    return (await north.run("teams", "import", "hours.csv")).out.splitlines()


async def test_hours_and_leave_stand_in_columns_of_their_own(north: North) -> None:
    said = await file(north, HOURS)
    assert [line for line in said if line.startswith(("hours", "leave", "Line"))] == [
        "hours    Dana Whitfield: Mon-Thu 22:00-06:00, Sat 10:00-14:00",
        "leave    Dana Whitfield: 2026-12-24..2026-12-26 2027-01-04",
        "hours    Sam Okafor: Mon-Fri 08:00-16:00",
    ]
    assert await hours_of(north, "U0DANA") == (
        "Mon-Thu 22:00-06:00, Sat 10:00-14:00",
        "2026-12-24..2026-12-26 2027-01-04",
    )
    again = await file(north, HOURS)
    assert again == ["0 added, 0 moved, 0 removed, 4 there already, 0 refused."]


async def test_an_empty_cell_leaves_hours_and_a_dash_takes_them_away(north: North) -> None:
    await file(north, HOURS)
    line = "team,role,member,hours,leave\nBilling,agent,U0DANA,{}\nClaims,agent,U0DANA,,\n"
    before = await hours_of(north, "U0DANA")
    await file(north, line.format(","))
    assert await hours_of(north, "U0DANA") == before
    assert (await file(north, line.format("-,")))[0] == "hours    Dana Whitfield: those of the team"
    assert await hours_of(north, "U0DANA") == ("", before[1])
    assert (await file(north, line.format("-,-")))[0] == "leave    Dana Whitfield: none"
    assert await hours_of(north, "U0DANA") == ("", "")


async def test_lines_that_disagree_on_somebody_s_hours(north: North) -> None:
    said = await file(
        north,
        "team,role,member,hours\n"
        "Billing,agent,U0DANA,Mon-Fri 09:00-17:00\n"
        "Claims,agent,dana@north.example,Mon-Fri 10:00-18:00\n"
        "Claims,agent,U0SAM,nine to five\n",
    )
    assert [line for line in said if line.startswith("Line")] == [
        "Line 3: “dana@north.example” has other hours in an earlier line.",
        (
            "Line 4: “nine to five” can't be read as working hours. Write them like "
            "Mon-Fri 09:00-17:00, or Mon-Thu 22:00-06:00, Sat 10:00-14:00."
        ),
    ]
    assert await hours_of(north, "U0DANA") == ("Mon-Fri 09:00-17:00", "")


async def test_a_team_file_that_is_none_changes_nothing(north: North) -> None:
    (north.folder / "teams.csv").write_text("who,what\n")
    ended = await north.run("teams", "import", "teams.csv")
    assert ended.code == 2
    assert "teams.csv: The first line has no column team" in ended.err
    missing = await north.run("teams", "import", "none.csv")
    assert missing.code == 2
    assert "none.csv can't be read" in missing.err


async def test_a_team_file_without_slack_changes_nothing(north: North) -> None:
    (north.folder / "teams.csv").write_text(TEAMS)
    ended = await north.run("teams", "import", "teams.csv", SLACK_BOT_TOKEN="xoxb-other")
    assert ended.code == 2
    assert "Slack can't be asked who is who (invalid_auth)" in ended.err
    assert not (north.folder / "coachlog.db").exists()


async def test_a_database_that_fails_meanwhile_is_told_in_words(north: North) -> None:
    (north.folder / "teams.csv").write_text(TEAMS)
    assert (await north.run("migrate")).code == 0
    with closing(sqlite3.connect(north.folder / "coachlog.db")) as connection, connection:
        connection.execute("DROP TABLE memberships")
    ended = await north.run("teams", "import", "teams.csv")
    assert ended.code == 2
    assert ended.err.startswith("DATABASE_URL: the database can't be used (SQLITE_ERROR).")
