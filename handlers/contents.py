"""What a letter tells: the reminders in it, what they are about, and whether reasons stand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from coaching.notices import SNOOZED, NoticeKind, Reminder, alike
from coaching.people import Act, Person, Role, may
from coaching.reminders import of_log, of_team
from coaching.reminders.circle import Circle
from handlers.deps import Deps
from handlers.digest import digest_for
from handlers.timetables import circles_of, team_of
from storage.store import AgentFigures, Carried
from views.digest.about import DigestAbout
from views.reminded import Reminded

ABOUT_TEAMS = frozenset({NoticeKind.NO_SESSION, NoticeKind.DIGEST, NoticeKind.TOTALS})
"""Kinds whose subject is a team or one of its agents."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What a letter tells, and the people who are named in it."""

    items: Sequence[Reminded]
    people: Mapping[str, Person]
    digest: DigestAbout | None = None


async def contents_of(
    deps: Deps, workspace: str, reader: Person, found: Sequence[Carried]
) -> Contents:
    """What those reminders are about, each once, and whether their reasons stand."""
    store = deps.store
    # A letter that comes before the shift tells what is due when that begins.
    by = max([deps.now(), *(one.due_at for one in found)])
    about_logs = [one.subject for one in found if one.kind not in ABOUT_TEAMS]
    logs = await store.logs(workspace, about_logs)
    circles = await circles_of(store, workspace, logs.values())
    due = {
        (one.kind, one.subject, one.occurrence)
        for circle in circles.values()
        for one in _due(circle, by)
        if one.receiver == reader.user
    }
    without = await _without_session(deps, workspace, reader, found, by)
    weeks = [one for one in found if one.kind is NoticeKind.DIGEST]
    week = await week_of(deps, workspace, reader, weeks)
    items = []

    def in_order(one: Carried) -> tuple[dt.datetime, int]:
        return one.due_at, logs[one.subject].number if one.subject in logs else 0

    for one in sorted(found, key=in_order):
        asked = one.occurrence.partition(SNOOZED)[0]
        agent, figures = without.get(one.subject, (None, None))
        circle = circles.get(one.subject)
        may_see = circle is not None and circle.may(reader, Act.SEE)
        is_of_team = one.kind in ABOUT_TEAMS
        items.append(
            Reminded(
                id=one.id,
                kind=one.kind,
                occurrence=asked,
                log=logs.get(one.subject),
                agent=agent,
                figures=figures,
                stands=_stands(one, due, agent, week),
                is_hidden=not (may_see or is_of_team or one.kind is NoticeKind.ORPHANED),
                snoozed_until=_put_off(one),
            )
        )
    people = {user: person for one in circles.values() for user, person in one.people.items()}
    people |= {agent.user: agent for agent, _ in without.values()}
    if week is not None:
        people = {**week.people, **people}
    return Contents(items, {**people, reader.user: reader}, week)


def _due(circle: Circle, by: dt.datetime) -> frozenset[Reminder]:
    """What is due of a log; nothing of one that can't be read, so that the others are told.

    It is planned again, where the failure is seen, and told once that is mended.
    """
    try:
        return of_log.due(circle, by)
    except Exception:  # noqa: BLE001 - as in planning: one bad log must not hold up the others
        return frozenset()


def _stands(
    one: Carried,
    due: Collection[tuple[NoticeKind, str, str]],
    agent: Person | None,
    week: DigestAbout | None,
) -> bool:
    """Whether it is still to be told: of a log by its rules, else while its subject is there."""
    match one.kind:
        case NoticeKind.NO_SESSION:
            return agent is not None
        case NoticeKind.DIGEST:
            return week is not None
        case _:
            return (one.kind, one.subject, one.occurrence.partition(SNOOZED)[0]) in due


def _put_off(one: Carried) -> dt.datetime | None:
    """To when it was put off after it was told; what waited for that day is told on it."""
    until = one.snoozed_until
    return until if until is not None and until > one.due_at else None


def each_once(contents: Contents, found: Sequence[Carried]) -> Contents:
    """Of several reminders of one thing the newest whose reason stands, in the order they came."""
    by_id = {one.id: one for one in found}
    kept: dict[tuple[object, ...], Reminded] = {}
    for item in sorted(contents.items, key=lambda item: _newest_first(item, by_id[item.id])):
        kept.setdefault(_thing(by_id[item.id]), item)
    return replace(contents, items=[one for one in contents.items if one in kept.values()])


def _newest_first(item: Reminded, one: Carried) -> tuple[bool, bool, float]:
    # Who was never asked is asked, and not told that it is overdue.
    return (not item.stands, one.kind is NoticeKind.OVERDUE, -one.due_at.timestamp())


def _thing(one: Carried) -> tuple[object, ...]:
    """What a reminder is about: of several about the same one is enough."""
    step = one.occurrence.partition("/")[0] if one.kind is NoticeKind.STEP else ""
    return (min(alike(one.kind)), one.subject, step)


async def _without_session(
    deps: Deps, workspace: str, reader: Person, found: Sequence[Carried], by: dt.datetime
) -> dict[str, tuple[Person, AgentFigures]]:
    """Those of the agents whom the reader is reminded of who are still without a session."""
    named = {one.subject for one in found if one.kind is NoticeKind.NO_SESSION}
    if not named:
        return {}
    without: dict[str, tuple[Person, AgentFigures]] = {}
    figures = await deps.store.team_figures(workspace, named)
    for team_id in sorted(reader.teams_as(Role.SUPERVISOR)):
        team = await team_of(deps.store, workspace, team_id)
        for agent in team.having(Role.AGENT):
            is_named = agent.user in named and may(reader, Act.COACH, agent=agent)
            if is_named and of_team.is_without_session(agent, team, by):
                without[agent.user] = (agent, figures[agent.user])
    return without


async def week_of(
    deps: Deps, workspace: str, reader: Person, found: Sequence[Carried]
) -> DigestAbout | None:
    """The digest of the newest week among those reminders, for all of their teams."""
    if not found:
        return None
    monday = dt.date.fromisoformat(max(one.occurrence for one in found))
    teams = {one.subject for one in found}
    return await digest_for(deps.store, workspace, reader, teams, now=deps.now(), monday=monday)
