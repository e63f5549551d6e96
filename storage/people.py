"""People as Slack and the team file know them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from itertools import groupby
from typing import Any

from sqlalchemy import Row, Select, and_, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from coaching.people import Membership, Person, Role
from storage.engine import Database
from storage.policies import days_of, policy_of, week_of
from storage.tables import memberships, people, teams
from storage.upsert import insert_into


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What Slack says about somebody; `tz` is an IANA name."""

    user: str
    name: str
    first_name: str = ""
    tz: str = "UTC"
    email: str = ""
    is_admin: bool = False
    is_guest: bool = False
    is_active: bool = True


_p, _m = people.c, memberships.c
_WHOLE = (
    select(people, _m.team, _m.role, _m.since, teams.c.name.label("team_name"), teams.c.policy)
    .select_from(people)
    .outerjoin(memberships, and_(_m.workspace == _p.workspace, _m.user_id == _p.user_id))
    .outerjoin(teams, and_(teams.c.workspace == _p.workspace, teams.c.id == _m.team))
    .order_by(_p.user_id, teams.c.name_key, _m.role)
)


async def _read(database: Database, query: Select[Any]) -> list[Person]:
    rows = await database.rows(query)
    return [_person(list(group)) for _, group in groupby(rows, key=lambda row: row.user_id)]


def _person(rows: Sequence[Row[Any]]) -> Person:
    one = rows[0]
    return Person(
        user=one.user_id,
        name=one.name,
        first_name=one.first_name,
        tz=one.tz,
        email=one.email,
        is_admin=one.is_admin,
        is_guest=one.is_guest,
        is_active=one.is_active,
        memberships=tuple(
            Membership(row.team, row.team_name, Role(row.role), policy_of(row.policy), row.since)
            for row in rows
            if row.team is not None
        ),
        hours=week_of(one.hours),
        leave=days_of(one.leave),
    )


def _by_name(found: Iterable[Person]) -> list[Person]:
    # Sorted here and not in SQL: the two databases disagree on the order of letters.
    return sorted(found, key=lambda person: (person.name.casefold(), person.user))


async def by_user(database: Database, workspace: str, users: Iterable[str]) -> dict[str, Person]:
    """Those people with their roles; who is not known is absent."""
    wanted = sorted(set(users))
    if not wanted:
        return {}
    query = _WHOLE.where(_p.workspace == workspace, _p.user_id.in_(wanted))
    return {person.user: person for person in await _read(database, query)}


async def members(
    database: Database, workspace: str, team_ids: Iterable[str] | None, roles: Iterable[Role]
) -> list[Person]:
    """The people with one of the roles in one of the teams, or in any team, by name."""
    wanted = select(_m.user_id).where(
        _m.workspace == workspace, _m.role.in_(sorted(role.value for role in roles))
    )
    if team_ids is not None:
        wanted = wanted.where(_m.team.in_(sorted(set(team_ids))))
    query = _WHOLE.where(_p.workspace == workspace, _p.user_id.in_(wanted))
    return _by_name(await _read(database, query))


async def admins(database: Database, workspace: str) -> list[Person]:
    """Those who say who is in which team, by name: named admins, and Slack's own."""
    named = select(_m.user_id).where(_m.workspace == workspace, _m.role == Role.ADMIN.value)
    query = _WHOLE.where(
        _p.workspace == workspace, or_(_p.is_admin.is_(True), _p.user_id.in_(named))
    )
    return _by_name(one for one in await _read(database, query) if one.keeps_teams)


async def leads_of(database: Database, workspace: str, agent: str) -> list[Person]:
    """The active leads, by name, of the teams that this person is an agent of now."""
    own = memberships.alias("own")
    teams_of_agent = select(own.c.team).where(
        own.c.workspace == workspace, own.c.user_id == agent, own.c.role == Role.AGENT.value
    )
    leading = select(_m.user_id).where(
        _m.workspace == workspace, _m.role == Role.LEAD.value, _m.team.in_(teams_of_agent)
    )
    query = _WHOLE.where(
        _p.workspace == workspace,
        _p.is_active.is_(True),
        # A guest leads nobody, whatever the team file says.
        _p.is_guest.is_(False),
        # Nobody answers for a lead what they said themselves as an agent.
        _p.user_id != agent,
        _p.user_id.in_(leading),
    )
    return _by_name(await _read(database, query))


async def remember(
    database: Database, workspace: str, profiles: Sequence[Profile], now: dt.datetime
) -> None:
    """Keep the profiles; the last of a person wins. `now` (UTC) is when Slack was asked."""
    if not profiles:
        return
    newest = {profile.user: profile for profile in profiles}
    rows = []
    for user in sorted(newest):
        row = asdict(newest[user])
        row["user_id"] = row.pop("user")
        rows.append({**row, "workspace": workspace, "fetched_at": now})

    async def work(connection: AsyncConnection) -> None:
        inserting = insert_into(people, connection)
        told = {name: inserting.excluded[name] for name in rows[0] if name not in _KEY}
        upsert = inserting.on_conflict_do_update(index_elements=list(_KEY), set_=told)
        await connection.execute(upsert, rows)

    await database.transact(work)


_KEY = ("workspace", "user_id")
