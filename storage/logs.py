"""Reading logs: single ones, and those that wait for somebody."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import CompoundSelect, Select, and_, bindparam, func, or_, select

from coaching.fields import Content
from coaching.log import Log, State, reference_of
from storage.engine import Database
from storage.mapping import Unreadable, content_of, log_if_readable, log_of_row
from storage.tables import logs, people, promises, revisions

_l = logs.c
_IN_WORKSPACE = select(logs).where(_l.workspace == bindparam("of"))
_UNSHARED = (State.DRAFT.value, State.DISCARDED.value)


class Revision(NamedTuple):
    """A shared log's content as it was from that time on."""

    number: int
    at: dt.datetime
    actor: str
    content: Content


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentFigures:
    """How it stands with one agent: check-ins count as sessions, voided logs don't.

    `going_on` are targets that go on in a draft, which is not shared yet.
    """

    last_session_at: dt.datetime | None = None
    open: int = 0
    due_at: dt.datetime | None = None
    awaiting_acknowledgement: int = 0
    going_on: int = 0


async def _read(database: Database, query: Select[Any], **params: object) -> list[Log]:
    return [log_of_row(row) for row in await database.rows(query, params)]


def _by_number(found: Iterable[Log]) -> list[Log]:
    # Sorted here: asked for an order, SQLite would read all logs of the workspace to get it.
    return sorted(found, key=lambda log: log.number)


_BY_ID = _IN_WORKSPACE.where(_l.id == bindparam("log_id"))
_BY_NUMBER = _IN_WORKSPACE.where(_l.number == bindparam("log_number"))


async def by_id(database: Database, workspace: str, log_id: str) -> Log | None:
    """The log of that ID, drafts included."""
    found = await _read(database, _BY_ID, of=workspace, log_id=log_id)
    return found[0] if found else None


async def numbered(database: Database, workspace: str, number: int) -> Log | None:
    """The log of that number, drafts included; None for numbers that no log can have."""
    # Beyond this PostgreSQL's integer ends; no workspace has so many logs.
    if not 0 < number < 2**31:
        return None
    found = await _read(database, _BY_NUMBER, of=workspace, log_number=number)
    return found[0] if found else None


async def by_ids(
    database: Database, workspace: str, log_ids: Iterable[str]
) -> dict[str, Log | Unreadable]:
    """Those logs by ID, drafts included; who asks passes them in handfuls."""
    wanted = sorted(set(log_ids))
    if not wanted:
        return {}
    rows = await database.rows(_IN_WORKSPACE.where(_l.id.in_(wanted)), {"of": workspace})
    return {row.id: log_if_readable(row) for row in rows}


async def references(database: Database, workspace: str, log_ids: Iterable[str]) -> dict[str, str]:
    """The references by ID, of logs that can't be read as well."""
    wanted = sorted(set(log_ids))
    if not wanted:
        return {}
    query = select(_l.id, _l.number).where(_l.workspace == workspace, _l.id.in_(wanted))
    rows = await database.rows(query.order_by(_l.number))
    return {row.id: reference_of(row.number) for row in rows}


async def drafts(
    database: Database, workspace: str, supervisor: str, agent: str | None, limit: int
) -> list[Log]:
    """Drafts of that supervisor, newest first; with `agent` those about that agent."""
    query = _IN_WORKSPACE.where(_l.draft_of == supervisor)
    if agent is not None:
        # So worded that SQLite looks through the drafts, and not through all logs of the agent.
        query = query.where(func.coalesce(_l.agent, "") == agent)
    return await _read(database, query.order_by(_l.number.desc()).limit(limit), of=workspace)


async def follow_on_drafts(database: Database, workspace: str, agents: Iterable[str]) -> list[Log]:
    """Drafts that go on with a target of those agents, by number."""
    wanted = sorted(set(agents))
    if not wanted:
        return []
    query = _IN_WORKSPACE.where(
        _l.draft_of.is_not(None),
        _l.continues.is_not(None),
        # So worded that SQLite looks through the drafts, and not through all logs of the agents.
        func.coalesce(_l.agent, "").in_(wanted),
    )
    return _by_number(await _read(database, query, of=workspace))


async def open_of(database: Database, workspace: str, agents: Iterable[str]) -> list[Log]:
    """The open logs of those agents, the earliest due first."""
    wanted = sorted(set(agents))
    if not wanted:
        return []
    found = await _read(database, _IN_WORKSPACE.where(_l.open_of.in_(wanted)), of=workspace)
    return sorted(found, key=lambda log: (log.due_at or log.created_at, log.number))


async def history(
    database: Database, workspace: str, agent: str, before: int | None, limit: int
) -> list[Log]:
    """An agent's logs that were ever shared, newest first, with numbers below `before`."""
    query = _IN_WORKSPACE.where(_l.agent == agent, _l.state.not_in(_UNSHARED))
    if before is not None:
        query = query.where(_l.number < min(before, 2**31 - 1))
    return await _read(database, query.order_by(_l.number.desc()).limit(limit), of=workspace)


_earlier = logs.alias("earlier")
_NEWEST = (
    select(_earlier.c.id)
    .where(
        _earlier.c.workspace == people.c.workspace,
        _earlier.c.agent == people.c.user_id,
        _earlier.c.held_at.is_not(None),
    )
    .order_by(_earlier.c.held_at.desc())
    .limit(1)
    .correlate(people)
    .scalar_subquery()
)
# Made once: an alias of so many columns takes longer to make than to read.
_LATEST = (
    select(logs)
    .select_from(people)
    .join(logs, and_(_l.workspace == people.c.workspace, _l.id == _NEWEST))
    .where(
        people.c.workspace == bindparam("of"),
        people.c.user_id.in_(bindparam("agents", expanding=True)),
    )
)


async def latest(database: Database, workspace: str, agents: Iterable[str]) -> dict[str, Log]:
    """By agent the log of their last session: check-ins count, voided logs don't."""
    wanted = sorted(set(agents))
    if not wanted:
        return {}
    found = await _read(database, _LATEST, of=workspace, agents=wanted)
    return {log.agent: log for log in found if log.agent is not None}


async def figures(
    database: Database, workspace: str, agents: Iterable[str]
) -> Mapping[str, AgentFigures]:
    """Each figure is found at the end of an index, so they cost the same among many old logs."""
    wanted = sorted(set(agents))
    if not wanted:
        return {}

    def of_agent(figure: Any, agent: Any, *where: Any) -> Any:
        query = select(figure).where(
            _l.workspace == people.c.workspace, agent == people.c.user_id, *where
        )
        return query.correlate(people).scalar_subquery()

    query = select(
        people.c.user_id,
        of_agent(func.max(_l.held_at), _l.agent).label("last_session_at"),
        of_agent(func.count(), _l.open_of).label("open"),
        of_agent(func.min(_l.due_at), _l.open_of).label("due_at"),
        of_agent(func.count(), _l.unread_by).label("awaiting_acknowledgement"),
        of_agent(
            func.count(),
            _l.agent,
            _l.held_at.is_(None),
            _l.draft_of.is_not(None),
            _l.continues.is_not(None),
        ).label("going_on"),
    ).where(people.c.workspace == workspace, people.c.user_id.in_(wanted))
    found = {agent: AgentFigures() for agent in wanted}
    for row in await database.rows(query):
        found[row.user_id] = AgentFigures(
            last_session_at=row.last_session_at,
            open=row.open,
            due_at=row.due_at,
            awaiting_acknowledgement=row.awaiting_acknowledgement,
            going_on=row.going_on,
        )
    return found


async def awaiting_acknowledgement(
    database: Database, workspace: str, supervisor: str
) -> list[Log]:
    """A supervisor's logs whose newest revision was not read, the longest shared first."""
    query = _IN_WORKSPACE.where(_l.unread_of == supervisor)
    return await _read(database, query.order_by(_l.shared_at, _l.number), of=workspace)


async def unread(database: Database, workspace: str, agents: Iterable[str]) -> list[Log]:
    """The logs whose newest revision those agents haven't read, by number."""
    query = _IN_WORKSPACE.where(_l.unread_by.in_(sorted(set(agents))))
    return _by_number(await _read(database, query, of=workspace))


async def promised(
    database: Database, workspace: str, user: str, agents: Iterable[str]
) -> list[Log]:
    """The logs with a next step that this person has to do, by its day.

    Those as well where anybody but the agent promised one in a log of these agents.
    """
    is_open = select(promises.c.log).where(promises.c.workspace == workspace, promises.c.is_open)
    own = is_open.where(promises.c.who == user)
    waiting: Select[Any] | CompoundSelect[Any] = own
    wanted = frozenset(agents)
    if wanted:
        theirs = promises.c.agent
        about = is_open.where(theirs.in_(sorted(wanted)), promises.c.who != theirs)
        waiting = own.union_all(about)
    found = await _read(database, _IN_WORKSPACE.where(_l.id.in_(waiting)), of=workspace)
    # A step that was taken out by a revision, or with its log, is asked for no more.
    days = {log.id: _first_day(log, user, wanted) for log in found}
    waits = [log for log in found if days[log.id] is not None]
    return sorted(waits, key=lambda log: (days[log.id] or dt.date.max, log.number))


def _first_day(log: Log, user: str, agents: frozenset[str]) -> dt.date | None:
    """When the first of its steps that are asked for is due: last without a day; None for none."""
    days = [
        step.by or dt.date.max
        for step in log.steps
        if step.done is None
        and (step.who == user or (log.agent in agents and step.who != log.agent))
    ]
    return min(days, default=None)


async def awaiting_answer(database: Database, workspace: str, agents: Iterable[str]) -> list[Log]:
    """Logs of those agents that wait for a lead, by number."""
    wanted = sorted(set(agents))
    if not wanted:
        return []
    query = _IN_WORKSPACE.where(_l.unanswered_of.in_(wanted))
    return _by_number(await _read(database, query, of=workspace))


async def chain(database: Database, workspace: str, log_id: str) -> list[Log]:
    """The logs of one continued target, oldest first; of drafts only the one asked for."""
    linked = (
        select(_l.id, _l.continues, _l.continued_by)
        .where(_l.workspace == workspace, _l.id == log_id)
        .cte("linked", recursive=True)
    )
    linked = linked.union(
        select(_l.id, _l.continues, _l.continued_by)
        .join(linked, _l.id.in_((linked.c.continues, linked.c.continued_by)))
        .where(_l.workspace == workspace)
    )
    query = _IN_WORKSPACE.where(
        _l.id.in_(select(linked.c.id)),
        # A draft that goes on with the target belongs to its writer alone.
        or_(_l.id == log_id, _l.state.not_in(_UNSHARED)),
    )
    return _by_number(await _read(database, query, of=workspace))


async def revisions_of(
    database: Database, workspace: str, log_id: str, number: int | None = None
) -> list[Revision]:
    """The revisions of a log, the first one first, or only that of the number."""
    query = (
        select(revisions)
        .where(revisions.c.workspace == workspace, revisions.c.log == log_id)
        .order_by(revisions.c.number)
    )
    if number is not None:
        query = query.where(revisions.c.number == number)
    return [
        Revision(row.number, row.at, row.actor, content_of(row.content))
        for row in await database.rows(query)
    ]
