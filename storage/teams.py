"""Teams and who is what in them, as imported from a file.

A file says of everybody whom it names as an agent in which teams they are one (PRODUCT, section 1:
when an agent changes teams, the old supervisor no longer sees them). Other roles are only added,
unless the file is the whole of its teams.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy import and_, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from coaching.criteria import key_of
from coaching.people import Role
from storage import audit
from storage.engine import Database
from storage.tables import memberships, people, teams
from storage.upsert import insert_if_new, insert_into

_m = memberships.c


@dataclass(frozen=True, slots=True)
class TeamRow:
    """One line of a team file: that person has that role in the team of that name."""

    team: str
    role: Role
    user: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportResult:
    """What an import did.

    Attributes:
        joined: roles that are new; `left`: roles that ended. By team, person and role.
        kept: roles that would have ended, of people who were held.
        unchanged: how many of the file's roles were there already.
        teams_added, teams_renamed: how many teams are new, and how many are spelt anew.
    """

    joined: tuple[TeamRow, ...] = ()
    left: tuple[TeamRow, ...] = ()
    kept: tuple[TeamRow, ...] = ()
    unchanged: int = 0
    teams_added: int = 0
    teams_renamed: int = 0

    @property
    def moved(self) -> frozenset[str]:
        """The user IDs of those for whom a role began or ended."""
        return frozenset(row.user for row in (*self.joined, *self.left))

    @property
    def changed(self) -> bool:
        """Whether anything was written, which is then in the audit trail."""
        return bool(self.joined or self.left or self.teams_added or self.teams_renamed)


@dataclass(frozen=True, slots=True)
class TeamChange:
    """What a file asks for.

    Attributes:
        rows: its good lines.
        whole: whoever is in a team that the rows name, but not in the rows, leaves that team.
        held: user IDs of people whose roles don't end, whatever the rows say.
    """

    rows: Sequence[TeamRow]
    whole: bool = False
    held: frozenset[str] = frozenset()


async def import_rows(
    database: Database,
    workspace: str,
    change: TeamChange,
    *,
    actor: str,
    now: dt.datetime,
    new_id: Callable[[], str],
) -> ImportResult:
    """Do what a file asks for, all of it or nothing; the same file again changes nothing.

    Teams are told apart by their names without regard to case and blanks; the spelling of the last
    row stays. `now` (UTC) is the time in the audit trail.
    """
    # The last spelling of a name wins, as a later line would.
    names = {key_of(row.team): " ".join(row.team.split()) for row in change.rows}
    wanted = sorted({(key_of(row.team), row.user, row.role.value) for row in change.rows})

    async def work(connection: AsyncConnection) -> ImportResult:
        ids, added_teams, renamed = await _teams(connection, workspace, names, new_id, now)
        await _unknown_people(connection, workspace, sorted({user for _, user, _ in wanted}))
        rows = [
            {"workspace": workspace, "team": ids[key], "user_id": user, "role": role, "since": now}
            for key, user, role in wanted
        ]
        new = await _insert_new(connection, rows)
        joined = [
            TeamRow(names[key], Role(role), user)
            for key, user, role in wanted
            if (ids[key], user, role) in new
        ]
        left, kept = await _end(connection, workspace, change, set(ids.values()))
        result = ImportResult(
            joined=tuple(joined),
            left=left,
            kept=kept,
            unchanged=len(wanted) - len(joined),
            teams_added=added_teams,
            teams_renamed=renamed,
        )
        if result.changed:
            entry = audit.Entry(at=now, actor=actor, action="teams.imported")
            await audit.append(connection, workspace, [entry])
        return result

    return await database.transact(work)


async def _insert_new(
    connection: AsyncConnection, rows: Sequence[dict[str, object]]
) -> set[tuple[str, str, str]]:
    """Insert those roles that aren't there yet: which they were, by team, person and role."""
    if not rows:
        return set()
    inserting = insert_into(memberships, connection).on_conflict_do_nothing()
    inserted = await connection.execute(inserting.returning(_m.team, _m.user_id, _m.role), rows)
    return {(row.team, row.user_id, row.role) for row in inserted}


async def _end(
    connection: AsyncConnection, workspace: str, change: TeamChange, named: set[str]
) -> tuple[tuple[TeamRow, ...], tuple[TeamRow, ...]]:
    """End the roles that the file is against: those that ended, and those of people held."""
    wanted = {(key_of(row.team), row.user, row.role.value) for row in change.rows}
    agents = {row.user for row in change.rows if row.role is Role.AGENT}
    # All of them, and looked through here: a statement takes fewer names than a file may hold.
    query = (
        select(memberships, teams.c.name, teams.c.name_key)
        .join(teams, and_(teams.c.workspace == _m.workspace, teams.c.id == _m.team))
        .where(_m.workspace == workspace)
        .order_by(teams.c.name_key, _m.user_id, _m.role)
    )
    left, kept = [], []
    for row in (await connection.execute(query)).all():
        is_agent = row.role == Role.AGENT and row.user_id in agents
        is_looked_at = is_agent or (change.whole and row.team in named)
        if not is_looked_at or (row.name_key, row.user_id, row.role) in wanted:
            continue
        against = TeamRow(row.name, Role(row.role), row.user_id)
        if row.user_id in change.held:
            kept.append(against)
            continue
        ending = delete(memberships).where(
            _m.workspace == workspace,
            _m.team == row.team,
            _m.user_id == row.user_id,
            _m.role == row.role,
        )
        await connection.execute(ending)
        left.append(against)
    return tuple(left), tuple(kept)


async def _teams(
    connection: AsyncConnection,
    workspace: str,
    names: dict[str, str],
    new_id: Callable[[], str],
    now: dt.datetime,
) -> tuple[dict[str, str], int, int]:
    """The teams' IDs by the key of their name, how many are new and how many were renamed."""
    added = 0
    for key in sorted(names):
        row = {
            "workspace": workspace,
            "id": new_id(),
            "name": names[key],
            "name_key": key,
            # Its first digest is planned at once.
            "plan_at": now,
        }
        added += await insert_if_new(connection, teams, row)
    query = select(teams).where(teams.c.workspace == workspace)
    stored = [team for team in await connection.execute(query) if team.name_key in names]
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
