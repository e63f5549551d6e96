"""When a letter is due: what is due for one person becomes one message, if reasons stand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from coaching.notices import SNOOZED, NoticeKind, alike
from coaching.people import Act, Person, Role, may
from coaching.reminders import of_log, of_team
from handlers.ask import Ask
from handlers.cases import actor_of
from handlers.deps import Deps
from handlers.timetables import circles_of, team_of
from handlers.told import about_log
from storage.store import AgentFigures, Carried, Claimed
from views import letter as letter_view
from views import notes
from views.parts import Message
from views.reading import Reading
from views.reminded import Reminded

_ABOUT_TEAMS = frozenset({NoticeKind.NO_SESSION, NoticeKind.DIGEST, NoticeKind.TOTALS})


@dataclass(frozen=True, slots=True)
class Contents:
    """What a letter tells, and the people who are named in it."""

    items: Sequence[Reminded]
    people: Mapping[str, Person]


async def letter_for(deps: Deps, claimed: Claimed) -> Message | None:
    """The message of a claimed letter; None where nothing is left to tell, or not at this hour."""
    store, now, workspace = deps.store, deps.now(), claimed.workspace
    reader = (await store.people(workspace, [claimed.receiver])).get(claimed.receiver)
    if reader is None or not reader.is_active:
        # Whoever it falls to now is told.
        await _give_up(deps, claimed, await store.gather(claimed, until=now, now=now))
        return None
    if claimed.ts is not None:
        found = await store.carried(workspace, claimed.id, reader.user)
        contents = await _contents(deps, workspace, reader, found)
        return await _message(deps, claimed, reader, _each_once(contents, found))
    if not reader.calendar.contains(now):
        await store.post_letter(workspace, reader.user, reader.calendar.next_start(now), now)
        return None
    found = await store.gather(claimed, until=now, now=now)
    contents = await _contents(deps, workspace, reader, found)
    gone = {item.id for item in contents.items if not item.stands}
    await _give_up(deps, claimed, [one for one in found if one.id in gone])
    left = [item for item in contents.items if item.id not in gone]
    if not left:
        return None
    contents = _each_once(replace(contents, items=left), found)
    return await _message(deps, claimed, reader, contents)


async def _give_up(deps: Deps, claimed: Claimed, gone: Sequence[Carried]) -> None:
    """Cancel what has no reason any more; where that moved to another time or person, plan it."""
    await deps.store.give_up(claimed, [one.id for one in gone])
    logs = {one.subject for one in gone if one.kind not in _ABOUT_TEAMS}
    if logs:
        await deps.store.plan_logs_again(claimed.workspace, logs, deps.now())


async def _message(
    deps: Deps, claimed: Claimed, reader: Person, contents: Contents
) -> Message | None:
    reading = await _reading(deps, claimed.workspace, reader, contents)
    prompts = [item for item in contents.items if item.kind is NoticeKind.OUTCOME_DUE]
    if len(contents.items) != 1 or not prompts or prompts[0].log is None or prompts[0].is_hidden:
        return letter_view.letter(claimed.id, contents.items, reading)
    about = await about_log(deps, claimed.workspace, prompts[0].log, reader.user)
    about = replace(about, occurrence=prompts[0].occurrence)
    return letter_view.letter(claimed.id, contents.items, reading, about)


async def _reading(deps: Deps, workspace: str, reader: Person, contents: Contents) -> Reading:
    criteria = await deps.store.criteria(workspace)
    return Reading(reader=reader, now=deps.now(), people=contents.people, criteria=criteria)


async def _contents(
    deps: Deps, workspace: str, reader: Person, found: Sequence[Carried]
) -> Contents:
    """What those reminders are about, each once, and whether their reasons stand."""
    store, now = deps.store, deps.now()
    about_logs = [one.subject for one in found if one.kind not in _ABOUT_TEAMS]
    logs = await store.logs(workspace, about_logs)
    circles = await circles_of(store, workspace, logs.values())
    due = {
        (one.kind, one.subject, one.occurrence)
        for circle in circles.values()
        for one in of_log.due(circle, now)
        if one.receiver == reader.user
    }
    without = await _without_session(deps, workspace, reader, found)
    items = []
    for one in found:
        asked = one.occurrence.partition(SNOOZED)[0]
        agent, figures = without.get(one.subject, (None, None))
        circle = circles.get(one.subject)
        may_see = circle is not None and circle.may(reader, Act.SEE)
        is_of_team = one.kind in _ABOUT_TEAMS
        items.append(
            Reminded(
                id=one.id,
                kind=one.kind,
                occurrence=asked,
                log=logs.get(one.subject),
                agent=agent,
                figures=figures,
                stands=agent is not None if is_of_team else (one.kind, one.subject, asked) in due,
                is_hidden=not (may_see or is_of_team or one.kind is NoticeKind.ORPHANED),
                snoozed_until=one.snoozed_until,
            )
        )
    people = {user: person for one in circles.values() for user, person in one.people.items()}
    people |= {agent.user: agent for agent, _ in without.values()}
    return Contents(items, {**people, reader.user: reader})


def _each_once(contents: Contents, found: Sequence[Carried]) -> Contents:
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
    deps: Deps, workspace: str, reader: Person, found: Sequence[Carried]
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
            if is_named and of_team.is_without_session(agent, team, deps.now(), reader.zone):
                without[agent.user] = (agent, figures[agent.user])
    return without


async def show_all(ask: Ask) -> None:
    """*Show all*: every item of a letter, a page at a time."""
    letter, _, number = ask.value.partition(" ")
    actor = await actor_of(ask)
    found = await ask.deps.store.carried(ask.workspace, letter, actor.user)
    if not found:
        await ask.show(notes.gone(None))
        return
    contents = _each_once(await _contents(ask.deps, ask.workspace, actor, found), found)
    reading = await _reading(ask.deps, ask.workspace, actor, contents)
    page = int(number) if number.isdecimal() else 1
    message = letter_view.every_item(letter, contents.items, reading, page)
    await ask.tell(message, replace=page > 1)


async def later(ask: Ask) -> None:
    """*Later*: the item comes again tomorrow or next week, on the reader's working morning."""
    reminder, _, when = ask.value.partition(" ")
    actor = await actor_of(ask)
    calendar = actor.calendar
    today = ask.now.astimezone(actor.zone).date()
    days = 7 - today.weekday() if when == "week" else 1
    until = calendar.start_of(today + dt.timedelta(days=days))
    known = await ask.deps.store.snooze(ask.workspace, reminder, actor.user, until, ask.now)
    if known:
        await ask.done()
    else:
        await ask.show(notes.gone(None))
