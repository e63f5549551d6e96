"""When people work: their own hours and leave, and what their teams agreed on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy import Update, exists, or_, select, union, update
from sqlalchemy.ext.asyncio import AsyncConnection

from coaching.log import State
from coaching.policy import Policy
from coaching.worktime import Week
from storage import audit
from storage.engine import Database
from storage.outbox import NoticeState
from storage.policies import days_document, policy_document, week_document
from storage.tables import logs, memberships, notices, people, promises, teams

_AT_ONCE = 500
"""How many people one statement names; a statement takes only so many."""
_GOING_ON = (State.DRAFT.value, State.OPEN.value, State.ESCALATED.value)
_l, _m, _n, _p = logs.c, memberships.c, notices.c, people.c


async def set_hours(
    database: Database,
    workspace: str,
    user: str,
    week: Week | None,
    leave: frozenset[dt.date],
    *,
    actor: str,
    now: dt.datetime,
) -> bool:
    """Keep somebody's own hours (None for those of their team) and leave; whether that is new."""
    of_them = (_p.workspace == workspace, _p.user_id == user)
    hours = None if week is None else week_document(week)
    days = days_document(leave) or None

    async def work(connection: AsyncConnection) -> bool:
        query = select(_p.hours, _p.leave).where(*of_them).with_for_update()
        before = (await connection.execute(query)).one_or_none()
        if before is None or (before.hours, before.leave) == (hours, days):
            return False
        await connection.execute(update(people).where(*of_them).values(hours=hours, leave=days))
        await _plan(connection, workspace, [user], (), now)
        entry = audit.Entry(at=now, actor=actor, action="hours.set", subject=user)
        await audit.append(connection, workspace, [entry])
        return True

    return await database.transact(work)


async def set_policy(
    database: Database, workspace: str, team: str, policy: Policy, *, actor: str, now: dt.datetime
) -> bool:
    """Keep what a team (by ID) agreed on; whether that is new."""
    of_it = (teams.c.workspace == workspace, teams.c.id == team)
    document = policy_document(policy) or None

    async def work(connection: AsyncConnection) -> bool:
        query = select(teams.c.policy).where(*of_it).with_for_update()
        before = (await connection.execute(query)).one_or_none()
        if before is None or before.policy == document:
            return False
        await connection.execute(update(teams).where(*of_it).values(policy=document))
        in_it = select(_m.user_id).where(_m.workspace == workspace, _m.team == team).distinct()
        members = [row.user_id for row in await connection.execute(in_it)]
        await _plan(connection, workspace, members, [team], now)
        entry = audit.Entry(at=now, actor=actor, action="policy.set", subject=team)
        await audit.append(connection, workspace, [entry])
        return True

    return await database.transact(work)


async def plan_again(
    database: Database,
    workspace: str,
    users: Iterable[str],
    team_ids: Iterable[str],
    now: dt.datetime,
) -> None:
    """Have the timetables made anew of those people's logs, of their teams, and of those teams."""
    named, those = sorted(set(users)), sorted(set(team_ids))

    async def work(connection: AsyncConnection) -> None:
        await _plan(connection, workspace, named, those, now)

    await database.transact(work)


async def _plan(
    connection: AsyncConnection,
    workspace: str,
    users: Sequence[str],
    team_ids: Sequence[str],
    now: dt.datetime,
) -> None:
    for some in _in_parts(users):
        await connection.execute(_logs_of(workspace, some).values(plan_at=now))
        in_them = select(_m.team).where(_m.workspace == workspace, _m.user_id.in_(some))
        await connection.execute(
            _teams(workspace).where(teams.c.id.in_(in_them)).values(plan_at=now)
        )
    for some in _in_parts(team_ids):
        await connection.execute(_teams(workspace).where(teams.c.id.in_(some)).values(plan_at=now))


def _in_parts(names: Sequence[str]) -> Iterator[Sequence[str]]:
    return (names[start : start + _AT_ONCE] for start in range(0, len(names), _AT_ONCE))


def _teams(workspace: str) -> Update:
    return update(teams).where(teams.c.workspace == workspace)


def _logs_of(workspace: str, users: Sequence[str]) -> Update:
    """Of the logs that wait for something, those of the users, and those they are reminded of."""
    of_log = select(_l.id).where(_l.workspace == workspace)
    promised = select(promises.c.log).where(promises.c.workspace == workspace, promises.c.is_open)
    waits = or_(
        _l.state.in_(_GOING_ON),
        _l.unread_by.is_not(None),
        _l.unanswered_of.is_not(None),
        exists(promised.where(promises.c.log == _l.id)),
    )
    reminded = select(_n.subject).where(
        _n.workspace == workspace,
        _n.receiver.in_(users),
        _n.state == NoticeState.NEW.value,
        _n.wake_at.is_(None),
    )
    # Each of these is read through an index of its own.
    found = union(
        of_log.where(_l.agent.in_(users), waits),
        of_log.where(_l.draft_of.in_(users)),
        of_log.where(_l.unread_of.in_(users)),
        promised.where(promises.c.who.in_(users)),
        reminded,
    )
    # In the order in which a save locks logs, so that neither waits for the other for ever.
    locked = of_log.where(_l.id.in_(found)).order_by(_l.id).with_for_update().cte("locked")
    return update(logs).where(_l.workspace == workspace, _l.id.in_(select(locked.c.id)))
