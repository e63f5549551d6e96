"""When a letter is due: what is due for one person becomes one message, if reasons stand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from coaching.digest.totals import apart, totals
from coaching.notices import NoticeKind
from coaching.people import Person, Role
from coaching.policy import USUAL
from coaching.reminders import of_team
from handlers.ask import Ask
from handlers.cases import actor_of
from handlers.contents import ABOUT_TEAMS, Contents, contents_of, each_once, week_of
from handlers.deps import Deps
from handlers.timetables import team_of
from handlers.told import about_log
from storage.store import Carried, Claimed
from views import letter as letter_view
from views import notes
from views.digest import message as digest_view
from views.parts import Message
from views.rich import moment

_ONE_MORNING = dt.timedelta(hours=2)
_A_MOMENT = dt.timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Later:
    """That a message isn't for this hour; it is asked for again at `until` (UTC)."""

    until: dt.datetime


async def letter_for(deps: Deps, claimed: Claimed) -> Message | Later | None:
    """The message of a claimed letter; None where nothing is left to tell."""
    store, now, workspace = deps.store, deps.now(), claimed.workspace
    if claimed.ts is None and await store.is_planning(workspace, now):
        # What another process finds to be due is not to come in a letter of its own.
        return Later(now + _A_MOMENT)
    reader = (await store.people(workspace, [claimed.receiver])).get(claimed.receiver)
    if reader is None:
        return await _to_channel(deps, claimed)
    if claimed.ts is not None:
        told = await store.carried(workspace, claimed.id, reader.user)
        contents = each_once(await contents_of(deps, workspace, reader, told), told)
        return await _message(deps, claimed, reader, contents)
    digest = await store.digest_to_come(claimed, after=now, by=now + _ONE_MORNING)
    if digest is not None:
        # One morning is one message.
        return Later(digest)
    calendar, today = reader.calendar, now.astimezone(reader.zone).date()
    begins = calendar.start_of(today)
    is_early = now < begins and calendar.day_of(begins) == today
    # What is due when work begins comes with a digest that is sent a little earlier.
    until = begins if is_early and begins - now <= _ONE_MORNING else now
    found = await store.gather(claimed, until=until, now=now)
    if found is None:
        return Later(calendar.into_hours(await store.after_older(claimed, now)))
    if not reader.is_active:
        # Whoever it falls to now is told.
        await _give_up(deps, claimed, found)
        return None
    works_today = calendar.hours_on(today) is not None
    if not calendar.contains(now) and not (works_today and _is_hour_of_digest(found, now)):
        return Later(calendar.next_start(now)) if found else None
    found = await _of_newest_weeks(deps, claimed, reader, found)
    contents = await contents_of(deps, workspace, reader, found)
    gone = {item.id for item in contents.items if not item.stands}
    await _give_up(deps, claimed, [one for one in found if one.id in gone])
    left = [item for item in contents.items if item.id not in gone]
    if not left:
        return None
    contents = each_once(replace(contents, items=left), found)
    unread = [one for one in found if one.subject in contents.unreadable and one.id not in gone]
    if unread:
        await deps.store.not_shown(claimed, [one.id for one in unread])
        await _plan_again(deps, claimed, unread)
    return await _message(deps, claimed, reader, contents)


async def _of_newest_weeks(
    deps: Deps, claimed: Claimed, reader: Person, found: Sequence[Carried]
) -> list[Carried]:
    """The same, with digests that come weeks late telling of the last week that is over."""
    policies = {item.team: item.policy for item in reader.memberships}
    newest: list[Carried] = []
    for one in found:
        week = one.occurrence
        if one.kind is NoticeKind.DIGEST:
            policy = policies.get(one.subject, USUAL)
            week = of_team.newest_week(policy, reader.zone, deps.now())
        renewed = await _renewed(deps, claimed, one, week)
        newest += [renewed] if renewed else []
    return newest


async def _renewed(deps: Deps, claimed: Claimed, one: Carried, week: str) -> Carried | None:
    """The same, of that week where it is of one before; None where that was told."""
    if week <= one.occurrence:
        return one
    if await deps.store.renew(claimed, one.id, week):
        return replace(one, occurrence=week)
    await deps.store.give_up(claimed, [one.id])
    return None


def _is_hour_of_digest(found: Sequence[Carried], now: dt.datetime) -> bool:
    """Whether it is a digest's own hour; one that is late waits for work to begin."""
    late = (now - one.due_at for one in found if one.kind is NoticeKind.DIGEST)
    return any(dt.timedelta() <= by < _ONE_MORNING for by in late)


async def _to_channel(deps: Deps, claimed: Claimed) -> Message | Later | None:
    """The totals of a team's week, where enough people stand behind any of them."""
    if claimed.ts is not None:
        return None
    now = deps.now()
    found = await deps.store.gather(claimed, until=now, now=now)
    if found is None:
        return Later(await deps.store.after_older(claimed, now))
    newest: dict[str, Carried] = {}
    for one in sorted(found, key=lambda one: one.occurrence):
        newest[one.subject] = one
    messages = []
    for one in newest.values():
        team = await team_of(deps.store, claimed.workspace, one.subject)
        # The team may have named another channel since.
        is_theirs = team.policy.digest_channel == claimed.receiver
        is_theirs = is_theirs and await _is_apart(deps, claimed.workspace, team)
        for lead in team.having(Role.LEAD)[:1] if is_theirs else ():
            week = of_team.newest_week(team.policy, lead.zone, now)
            told = await _renewed(deps, claimed, one, week)
            about = await week_of(deps, claimed.workspace, lead, [told] if told else [])
            if about is not None and (figures := totals(about.whole)).says_something:
                messages.append(digest_view.totals(figures))
    if not messages:
        await deps.store.give_up(claimed, [one.id for one in found])
        return None
    return digest_view.together(messages)


async def _is_apart(deps: Deps, workspace: str, team: of_team.Team) -> bool:
    """Whether nobody can be worked out of its totals and those of other teams, in any channel."""
    agents = team.having(Role.AGENT)
    told = {
        item.team
        for agent in agents
        for item in agent.memberships
        if item.role is Role.AGENT and item.team != team.id and item.policy.digest_channel
    }
    others = [await team_of(deps.store, workspace, other) for other in sorted(told)]
    return apart(
        frozenset(one.user for one in agents),
        [frozenset(one.user for one in other.having(Role.AGENT)) for other in others],
    )


async def _message(
    deps: Deps, claimed: Claimed, reader: Person, contents: Contents
) -> Message | None:
    reading, items = contents.reading, contents.items
    if contents.digest is not None:
        return letter_view.letter(claimed.id, items, reading, week=contents.digest)
    if len(items) != 1 or items[0].kind is not NoticeKind.OUTCOME_DUE or items[0].is_hidden:
        return letter_view.letter(claimed.id, items, reading) if items else None
    log = items[0].log
    if log is None:
        return letter_view.letter(claimed.id, items, reading)
    about = await about_log(deps, claimed.workspace, log, reader.user)
    about = replace(about, occurrence=items[0].occurrence)
    return letter_view.letter(claimed.id, items, reading, about)


async def _give_up(deps: Deps, claimed: Claimed, gone: Sequence[Carried]) -> None:
    """Cancel what has no reason any more; where that moved to another time or person, plan it."""
    await deps.store.give_up(claimed, [one.id for one in gone])
    await _plan_again(deps, claimed, gone)


async def _plan_again(deps: Deps, claimed: Claimed, reminders: Sequence[Carried]) -> None:
    logs = {one.subject for one in reminders if one.kind not in ABOUT_TEAMS}
    if logs:
        await deps.store.plan_logs_again(claimed.workspace, logs, deps.now())


async def show_all(ask: Ask) -> None:
    """*Show all*: every item of a letter, a page at a time."""
    letter, _, number = ask.value.partition(" ")
    actor = await actor_of(ask)
    found = await ask.deps.store.carried(ask.workspace, letter, actor.user)
    if not found:
        await ask.show(notes.gone(None))
        return
    contents = each_once(await contents_of(ask.deps, ask.workspace, actor, found), found)
    page = int(number) if number.isdecimal() else 1
    message = letter_view.every_item(letter, contents.items, contents.reading, page)
    await ask.tell(message, replace=page > 1)


async def later(ask: Ask) -> None:
    """*Later*: the item comes again tomorrow or next week, on the reader's working morning."""
    reminder, _, when = ask.value.partition(" ")
    actor = await actor_of(ask)
    calendar = actor.calendar
    today = calendar.day_of(ask.now)
    days = 7 - today.weekday() if when == "week" else 1
    until = calendar.start_of(today + dt.timedelta(days=days))
    known = await ask.deps.store.snooze(ask.workspace, reminder, actor.user, until, ask.now)
    if known and ask.is_private_message:
        # Below *Show all*: the letter itself is drawn anew, its copy is not.
        await ask.tell(notes.comes_again(moment(until, actor, today.year)))
    elif known:
        await ask.done()
    else:
        await ask.show(notes.gone(None))
