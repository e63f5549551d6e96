"""When something changed: the timetable of what people are reminded of is made anew."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from coaching.change import Change
from coaching.log import Log, State
from coaching.notices import asked_for
from coaching.people import Person, Role
from coaching.policy import USUAL
from coaching.reminders import of_log, of_team
from coaching.reminders.circle import Circle
from handlers.deps import Deps
from storage.store import Stale, Store, TeamToPlan, Timetable, Unreadable

AT_ONCE = 50
_AGAIN = dt.timedelta(days=1)
_AFTER_FAILURE = dt.timedelta(minutes=15)
ACTOR = "coachlog"
"""Who the audit trail says it was that a day was moved with its supervisor's working hours."""


@dataclass(frozen=True, slots=True)
class Failed:
    """A log or a team whose timetable could not be made; it is tried again later."""

    id: str
    error: Exception


async def plan(deps: Deps) -> list[Failed]:
    """Make every timetable that waits for it, and say which could not be made."""
    store, failed = deps.store, list[Failed]()
    if not await store.has_plans(deps.now()):
        return failed
    while claimed := await store.logs_to_plan(deps.now(), limit=AT_ONCE):
        in_workspaces = sorted(claimed, key=lambda one: one[0].workspace)
        for workspace, ones in groupby(in_workspaces, key=lambda one: one[0].workspace):
            failed += await _plan_logs(deps, workspace, list(ones))
    while teams := await store.teams_to_plan(deps.now(), limit=AT_ONCE):
        for team in teams:
            failed += await _plan_team(deps, team)
    return failed


async def _plan_logs(
    deps: Deps, workspace: str, claimed: Sequence[tuple[Log | Unreadable, dt.datetime]]
) -> list[Failed]:
    store, now = deps.store, deps.now()
    readable = [log for log, _ in claimed if isinstance(log, Log)]
    circles = await circles_of(store, workspace, readable)
    made, failed = [], list[Failed]()
    for log, leased_until in claimed:
        # The rules take some milliseconds each, and who presses a button waits for 3 s at most.
        await asyncio.sleep(0)
        if isinstance(log, Unreadable):
            failed.append(Failed(log.id, log.error))
            await store.plan_later(log, now + _AFTER_FAILURE)
            continue
        circle = circles[log.id]
        try:
            moved = _moved(circle, now)
            reminders = of_log.waiting(circle, now)
        except Exception as error:  # noqa: BLE001 - one bad log must not hold up the others
            failed.append(Failed(log.id, error))
            await store.plan_later(log, now + _AFTER_FAILURE)
            continue
        if moved is not None and await _saved(store, moved):
            continue
        made.append(
            Timetable(
                workspace=workspace,
                id=log.id,
                subjects=frozenset({log.id}),
                reminders=reminders,
                saved=log.saved,
                leased_until=leased_until,
            )
        )
    await store.settle(made, now)
    return failed


async def _saved(store: Store, change: Change) -> bool:
    """Whether it was stored: then the log is to be planned again, as after every change."""
    try:
        await store.save(change)
    except Stale:
        return False
    return True


def _moved(circle: Circle, now: dt.datetime) -> Change | None:
    """The log with its agreed day beginning when work does for who is asked on it; None as is."""
    log, review_by = circle.log, circle.log.content.get("review_by")
    keepers = circle.keepers
    if log.state is not State.OPEN or not keepers or not isinstance(review_by, str):
        return None
    due_at = keepers[0].calendar.start_of(dt.date.fromisoformat(review_by))
    if due_at == log.due_at or log.is_due(now):
        return None
    return Change(log=replace(log, due_at=due_at), action="log.rescheduled", actor=ACTOR, at=now)


async def circles_of(store: Store, workspace: str, logs: Iterable[Log]) -> Mapping[str, Circle]:
    """The people around each of those logs, in a number of statements that doesn't grow."""
    found = list(logs)
    named = {user for log in found for user in log.said_by}
    people = await store.people(workspace, named)
    agents = [people[log.agent] for log in found if log.agent in people]
    teams = {team for agent in agents for team in agent.teams_as(Role.AGENT)}
    around = await store.members(workspace, teams, (Role.SUPERVISOR, Role.LEAD)) if teams else []
    people |= {one.user: one for one in around}
    asked = await store.prompted(workspace, {log.id: asked_for(log) for log in found})
    circles = {log.id: Circle(log=log, people=people, asked=asked.get(log.id, {})) for log in found}
    if all(circle.keepers for circle in circles.values() if circle.agent is not None):
        return circles
    leads = await store.members(workspace, None, (Role.LEAD,))
    admins = await store.admins(workspace)
    return {
        log_id: replace(circle, others=_others(circle, leads, admins))
        for log_id, circle in circles.items()
    }


def _others(circle: Circle, leads: Sequence[Person], admins: Sequence[Person]) -> list[Person]:
    """Who can name somebody to see to the log: leads of its supervisor's teams, else admins."""
    supervisor = circle.people.get(circle.log.supervisor)
    teams = supervisor.teams_as(Role.SUPERVISOR) if supervisor else frozenset()
    leading = [one for one in leads if one.is_active and one.teams_as(Role.LEAD) & teams]
    agent = circle.log.agent
    # No lead of another team: they are strangers to the agent.
    return [one for one in leading if one.user != agent] or [
        one for one in admins if one.user != agent
    ]


async def _plan_team(deps: Deps, claimed: TeamToPlan) -> list[Failed]:
    now = deps.now()
    team = await team_of(deps.store, claimed.workspace, claimed.id)
    agents = frozenset(one.user for one in team.having(Role.AGENT))
    try:
        reminders = of_team.timetable(team, now)
    except Exception as error:  # noqa: BLE001 - as for a log
        await deps.store.plan_later(claimed, now + _AFTER_FAILURE)
        return [Failed(team.id, error)]
    made = Timetable(
        workspace=claimed.workspace,
        id=team.id,
        subjects=agents | {team.id},
        reminders=reminders,
        keeps_past=True,
        leased_until=claimed.leased_until,
        look_at=now + _AGAIN,
    )
    await deps.store.settle([made], now)
    return []


async def team_of(store: Store, workspace: str, team: str) -> of_team.Team:
    """A team with its members and their last sessions, as they are now."""
    members = await store.members(workspace, [team], Role)
    agents = [one.user for one in members if team in one.teams_as(Role.AGENT)]
    figures = await store.team_figures(workspace, agents) if agents else {}
    policies = [item.policy for one in members for item in one.memberships if item.team == team]
    return of_team.Team(
        id=team,
        policy=policies[0] if policies else USUAL,
        members=members,
        last_sessions={
            user: one.last_session_at
            for user, one in figures.items()
            if one.last_session_at is not None
        },
        with_target=frozenset(user for user, one in figures.items() if one.open),
    )
