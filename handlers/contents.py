"""What a letter tells: the reminders in it, what they are about, and whether reasons stand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from coaching.log import Log
from coaching.notices import SNOOZED, NoticeKind, alike
from coaching.people import Act, Person, Role, may
from coaching.reminders import of_log, of_team
from coaching.reminders.circle import Circle
from handlers.deps import Deps
from handlers.digest import digest_for
from handlers.timetables import circles_of, team_of
from storage.store import AgentFigures, Carried, Unreadable
from views.digest.about import DigestAbout
from views.reading import Reading
from views.reminded import Reminded, passage

ABOUT_TEAMS = frozenset(
    {NoticeKind.NO_SESSION, NoticeKind.DIGEST, NoticeKind.TOTALS, NoticeKind.UNREACHED}
)
"""Kinds whose subject is no log: a team, one of its people, or a channel."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What a letter tells, and for whom.

    `unreadable` are the logs (by ID) in it that can't be read.
    """

    items: Sequence[Reminded]
    reading: Reading
    digest: DigestAbout | None = None
    unreadable: frozenset[str] = frozenset()


async def contents_of(
    deps: Deps, workspace: str, reader: Person, found: Sequence[Carried]
) -> Contents:
    """What those reminders are about, each once, and whether their reasons stand."""
    store = deps.store
    # A letter that comes before the shift tells what is due when that begins.
    by = max([deps.now(), *(one.due_at for one in found)])
    about_logs = [one.subject for one in found if one.kind not in ABOUT_TEAMS]
    rows = await store.logs(workspace, about_logs)
    logs = {log.id: log for log in rows.values() if isinstance(log, Log)}
    failed = {one.id: one.error for one in rows.values() if isinstance(one, Unreadable)}
    circles = await circles_of(store, workspace, logs.values())
    due = _due(circles.values(), by, reader, failed)
    without = await _without_session(deps, workspace, reader, found, by)
    silent = [one.subject for one in found if one.kind is NoticeKind.UNREACHED]
    unreached = await store.unreached_among(workspace, silent) if silent else {}
    silent_people = await store.people(workspace, unreached)
    weeks = [one for one in found if one.kind is NoticeKind.DIGEST]
    week = await week_of(deps, workspace, reader, weeks)
    items = []

    def in_order(one: Carried) -> tuple[dt.datetime, int]:
        return one.due_at, logs[one.subject].number if one.subject in logs else 0

    ordered = sorted(found, key=in_order)
    for one in ordered:
        asked = one.occurrence.partition(SNOOZED)[0]
        agent, figures = without.get(one.subject, (None, None))
        around = circles.get(one.subject)
        may_see = around is not None and around.may(reader, Act.SEE)
        is_of_team = one.kind in ABOUT_TEAMS
        items.append(
            Reminded(
                id=one.id,
                kind=one.kind,
                occurrence=asked,
                log=logs.get(one.subject),
                agent=agent,
                figures=figures,
                unreached=(one.subject, unreached.get(one.subject, ""))
                if one.kind is NoticeKind.UNREACHED
                else None,
                stands=_stands(one, due, agent, week, unreached),
                is_hidden=not (may_see or is_of_team or one.kind is NoticeKind.ORPHANED),
                snoozed_until=_put_off(one),
            )
        )
    people = {user: person for one in circles.values() for user, person in one.people.items()}
    people |= {agent.user: agent for agent, _ in without.values()} | silent_people
    if week is not None:
        people = {**week.people, **people}
    reading = Reading(
        reader=reader,
        now=deps.now(),
        people={**people, reader.user: reader},
        criteria=await store.criteria(workspace),
    )
    unreadable = frozenset(failed)
    failed |= _not_to_be_shown(items, reading)
    for log, error in failed.items():
        deps.failed(log, error)
    references = await store.references(workspace, failed)
    items = [
        replace(item, log=None, reference=reference, stands=item.stands or subject in unreadable)
        if (reference := references.get(subject := one.subject))
        else item
        for item, one in zip(items, ordered, strict=True)
    ]
    return Contents(items, reading, week, unreadable)


def _due(
    circles: Iterable[Circle], by: dt.datetime, reader: Person, failed: dict[str, Exception]
) -> set[tuple[NoticeKind, str, str]]:
    """What is due to the reader; a log of which that can't be said is added to `failed`."""
    due = set()
    for circle in circles:
        try:
            reminders = of_log.due(circle, by)
        except Exception as error:  # noqa: BLE001 - one bad log must not hold up the others
            failed[circle.log.id] = error
        else:
            mine = (one for one in reminders if one.receiver == reader.user)
            due |= {(one.kind, one.subject, one.occurrence) for one in mine}
    return due


def _not_to_be_shown(items: Iterable[Reminded], reading: Reading) -> dict[str, Exception]:
    """The logs (by ID) whose items fail: tried here, where that costs the others nothing."""
    failed = {}
    for item in items:
        try:
            passage(item, reading)
        except Exception as error:
            if item.log is None:
                raise
            failed[item.log.id] = error
    return failed


def _stands(
    one: Carried,
    due: Collection[tuple[NoticeKind, str, str]],
    agent: Person | None,
    week: DigestAbout | None,
    unreached: Collection[str],
) -> bool:
    """Whether it is still to be told: of a log by its rules, else while its subject is there."""
    match one.kind:
        case NoticeKind.NO_SESSION:
            return agent is not None
        case NoticeKind.DIGEST:
            return week is not None
        case NoticeKind.UNREACHED:
            return one.subject in unreached
        case _:
            return (one.kind, one.subject, one.occurrence.partition(SNOOZED)[0]) in due


def _put_off(one: Carried) -> dt.datetime | None:
    """To when it was put off after it was told; what waited for that day is told on it."""
    until = one.snoozed_until
    return until if until is not None and until > one.due_at else None


def each_once(contents: Contents, found: Sequence[Carried]) -> Contents:
    """Of several reminders of one thing the newest whose reason stands, in the order they came.

    A digest is none of them: it is what the letter begins with.
    """
    by_id = {one.id: one for one in found}
    kept: dict[tuple[object, ...], Reminded] = {}
    items = [item for item in contents.items if item.kind is not NoticeKind.DIGEST]
    for item in sorted(items, key=lambda item: _newest_first(item, by_id[item.id])):
        kept.setdefault(_thing(by_id[item.id]), item)
    return replace(contents, items=[one for one in items if one in kept.values()])


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
    return await digest_for(
        deps.store, workspace, reader, teams, now=deps.now(), monday=monday, failed=deps.failed
    )
