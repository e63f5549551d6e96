"""The weekly digest: worked out for one reader, shown on `/coach digest`, and its buttons."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from coaching.digest.facts import Facts, Group, Span, week_of
from coaching.digest.week import Digest, digest
from coaching.people import Act, Person, Role, in_care, may, teams_in_care, visible
from handlers.ask import Ask
from handlers.cases import actor_of, case_of, people_of
from storage.store import Store
from views import help as help_views
from views import lists as team_views
from views import notes
from views.digest import lists as list_views
from views.digest import message as message_views
from views.digest.about import ALL, DigestAbout
from views.digest.needs import NOBODY
from views.parts import Message
from views.reading import Reading

_YEARS = 100
_STAFF = (Role.SUPERVISOR, Role.LEAD)


async def digest_for(
    store: Store,
    workspace: str,
    reader: Person,
    teams: Iterable[str],
    *,
    now: dt.datetime,
    monday: dt.date | None = None,
    zone: dt.tzinfo | None = None,
    failed: Callable[[str, Exception], None] = lambda _log, _error: None,
) -> DigestAbout | None:
    """The digest of those teams that the reader looks after, and of the week from `monday` on.

    Without `monday` it is the week that `now` lies in. Weeks are those of `zone`: by default that
    of the first lead by name, so that everybody reads the same figures. None where the reader
    looks after none of the teams. It takes ten statements at most, however many teams there are.

    A log of which no digest can be made or shown is left out and named; `failed` is told why.
    """
    wanted = frozenset(teams) & teams_in_care(reader)
    if not wanted:
        return None
    members = await store.members(workspace, wanted, (Role.AGENT, *_STAFF))
    zone = zone or zone_of_leads(members, wanted) or reader.zone
    span = Span(monday, zone) if monday is not None else week_of(now, zone)
    agents = [one for one in in_care(reader, members) if one.teams_as(Role.AGENT) & wanted]
    facts = await store.digest_facts(workspace, [one.user for one in agents], span)
    people = {one.user: one for one in members} | {reader.user: reader}
    named = {user for log in facts.waiting for user in log.said_by}
    people |= await store.people(workspace, named - set(people))
    names = _names(reader, wanted)
    criteria = await store.criteria(workspace)

    def of(teams_: Mapping[str, str], facts: Facts) -> Digest:
        theirs = [one for one in agents if one.teams_as(Role.AGENT) & set(teams_)]
        group = Group(teams=teams_, agents=theirs, staff=list(people.values()))
        return digest(group, facts, span=span, now=now, criteria=criteria)

    def about(facts: Facts) -> DigestAbout:
        each = [of({team: name}, facts) for team, name in names.items()]
        told = DigestAbout(
            reader=reader,
            people=people,
            criteria=criteria,
            now=now,
            teams=each,
            whole=each[0] if len(each) == 1 else of(names, facts),
        )
        # Tried here, where it can still be found out which log is at fault.
        message_views.digest(told)
        return told

    told, unreadable = _without_unreadable(facts, about)
    for log, error in unreadable.items():
        failed(log, error)
    left_out = await store.references(workspace, unreadable)
    return replace(told, left_out=tuple(left_out.values()))


def _without_unreadable(
    facts: Facts, about: Callable[[Facts], DigestAbout]
) -> tuple[DigestAbout, Mapping[str, Exception]]:
    """The digest of what can be read, and what can't, by the log's ID."""
    unreadable = dict(facts.unreadable)
    facts = facts.only(facts.told_of - set(unreadable))
    try:
        return about(facts), unreadable
    except Exception:
        at_fault = {}
        for log in facts.told_of:
            try:
                about(facts.only({log}))
            except Exception as error:  # noqa: BLE001 - one bad log must not cost the others
                at_fault[log] = error
        if not at_fault:
            raise
        return about(facts.only(facts.told_of - set(at_fault))), unreadable | at_fault


def zone_of_leads(members: Iterable[Person], teams: frozenset[str]) -> dt.tzinfo | None:
    """The zone of the first of the active leads; None where the teams have none."""
    leads = (one for one in members if one.is_active and one.teams_as(Role.LEAD) & teams)
    return next((lead.zone for lead in leads), None)


def _names(reader: Person, teams: frozenset[str]) -> dict[str, str]:
    """The teams' names by ID, in their order."""
    known = {one.team: one.team_name for one in reader.memberships if one.team in teams}
    return dict(sorted(known.items(), key=lambda item: (item[1].casefold(), item[0])))


async def typed(ask: Ask, actor: Person) -> None:
    """`/coach digest`: this week's digest, as it stands now."""
    await _show(ask, actor, ALL, None)


async def pressed(ask: Ask) -> None:
    """Another week or another team, from a digest's button; its value is "team monday"."""
    team, _, monday = ask.value.partition(" ")
    await _show(ask, await actor_of(ask), team, _monday(monday, ask.now))


async def _show(ask: Ask, actor: Person, team: str, monday: dt.date | None) -> None:
    about = await _about(ask, actor, team, monday)
    if isinstance(about, Message):
        await ask.tell(about)
        return
    if not about.whole.agents and about.whole.is_quiet and not about.left_out:
        await ask.tell(team_views.team([], {}, now=ask.now, reader=actor))
        return
    message = message_views.digest(about)
    await ask.tell_either(message, message_views.without_chart(message), replace=True)


async def _about(
    ask: Ask, actor: Person, team: str, monday: dt.date | None = None
) -> DigestAbout | Message:
    """The digest of that team, or of all; a kind refusal where it isn't the actor's to see."""
    if not may(actor, Act.SEE_TEAM):
        return help_views.not_a_supervisor(actor, ask.deps.command, "digest")
    teams = teams_in_care(actor) if team == ALL else frozenset({team})
    store = ask.deps.store
    about = await digest_for(
        store, ask.workspace, actor, teams, now=ask.now, monday=monday, failed=ask.deps.failed
    )
    return about or help_views.not_your_team(ask.deps.command)


def _monday(written: str, now: dt.datetime) -> dt.date | None:
    """The Monday of the week of that day; None for what is no day, or is none of these years."""
    try:
        day = dt.date.fromisoformat(written)
    except ValueError:
        return None
    is_near = abs(day.year - now.year) < _YEARS
    return day - dt.timedelta(days=day.weekday()) if is_near else None


async def list_pressed(ask: Ask) -> None:
    """*Take over*, *Show them*, *Move the date*, *Show all*: the list behind a line, as it is now.

    The value is "kind people team"; see `views.ids.DIGEST_LIST`.
    """
    kind, who, team = (*ask.value.split(" "), "", "", "")[:3]
    about = await _about(ask, await actor_of(ask), team or ALL)
    await ask.tell(about if isinstance(about, Message) else _list(kind, who, about))


def _list(kind: str, who: str, about: DigestAbout) -> Message:
    told = about.whole
    people = () if who == NOBODY else tuple(who.split(","))
    match kind:
        case "due":
            due = [item for item in told.due if item.keepers == people]
            return list_views.due_list(due, about)
        case "steps":
            steps = [item for item in told.promised if item.step.who in people]
            return list_views.steps_list(steps, about)
        case _:
            return list_views.needs_list(told, about)


async def chain_pressed(ask: Ask) -> None:
    """*See the three*: the logs of one target that goes on and on."""
    case = await case_of(ask, ask.value, Act.DECIDE)
    if case is None:
        await ask.show(notes.gone(None))
        return
    chain = await ask.deps.store.chain(ask.workspace, case.log.id)
    named = {user for log in chain for user in log.said_by}
    people = {**case.people, **await people_of(ask, *(named - set(case.people)))}
    reading = Reading(reader=case.actor, now=ask.now, people=people, criteria=case.criteria)
    await ask.tell(list_views.chain_list(visible(case.actor, chain, people), reading))
