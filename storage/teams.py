"""Teams and who is what in them, as imported from a file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from coaching.criteria import key_of
from coaching.people import Role
from storage import audit
from storage.engine import Database
from storage.tables import memberships, people, teams
from storage.upsert import insert_if_new, insert_into


@dataclass(frozen=True, slots=True)
class TeamRow:
    """One line of a team file: that person has that role in the team of that name."""

    team: str
    role: Role
    user: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportResult:
    """How many roles were added and how many were there already; teams that are new or renamed."""

    added: int = 0
    unchanged: int = 0
    teams_added: int = 0
    teams_renamed: int = 0

    @property
    def changed(self) -> bool:
        return bool(self.added or self.teams_added or self.teams_renamed)


async def import_rows(
    database: Database,
    workspace: str,
    rows: Sequence[TeamRow],
    *,
    actor: str,
    now: dt.datetime,
    new_id: Callable[[], str],
) -> ImportResult:
    """Add what the rows say and take the spelling of the teams' names from them.

    Nobody is removed: a file may hold one team of many. The same rows again change nothing.
    """
    # The last spelling of a name wins, as a later line would.
    names = {key_of(row.team): " ".join(row.team.split()) for row in rows}
    wanted = sorted({(key_of(row.team), row.user, row.role.value) for row in rows})

    async def work(connection: AsyncConnection) -> ImportResult:
        ids, added_teams, renamed = await _teams(connection, workspace, names, new_id)
        await _unknown_people(connection, workspace, sorted({user for _, user, _ in wanted}))
        added = 0
        for key, user, role in wanted:
            row = {"workspace": workspace, "team": ids[key], "user_id": user, "role": role}
            added += await insert_if_new(connection, memberships, row)
        result = ImportResult(
            added=added,
            unchanged=len(wanted) - added,
            teams_added=added_teams,
            teams_renamed=renamed,
        )
        if result.changed:
            entry = audit.Entry(at=now, actor=actor, action="teams.imported")
            await audit.append(connection, workspace, [entry])
        return result

    return await database.transact(work)


async def _teams(
    connection: AsyncConnection,
    workspace: str,
    names: dict[str, str],
    new_id: Callable[[], str],
) -> tuple[dict[str, str], int, int]:
    """The teams' IDs by the key of their name, how many are new and how many were renamed."""
    added = 0
    for key in sorted(names):
        row = {"workspace": workspace, "id": new_id(), "name": names[key], "name_key": key}
        added += await insert_if_new(connection, teams, row)
    query = select(teams).where(teams.c.workspace == workspace, teams.c.name_key.in_(names))
    stored = (await connection.execute(query)).all()
    renamed = 0
    for team in stored:
        if team.name != names[team.name_key]:
            renaming = update(teams).where(teams.c.workspace == workspace, teams.c.id == team.id)
            await connection.execute(renaming.values(name=names[team.name_key]))
            renamed += 1
    return {team.name_key: team.id for team in stored}, added, renamed


async def _unknown_people(
    connection: AsyncConnection, workspace: str, users: Sequence[str]
) -> None:
    """Keep a place for those whom Slack was not asked about yet; `fetched_at` says so."""
    rows = [
        {
            "workspace": workspace,
            "user_id": user,
            "name": user,
            "first_name": "",
            "tz": "UTC",
            "email": "",
            "is_admin": False,
            "is_guest": False,
            "is_active": True,
        }
        for user in users
    ]
    if rows:
        await connection.execute(insert_into(people, connection).on_conflict_do_nothing(), rows)
