"""What the digests of some agents are worked out from, in a few reads at the ends of indexes.

They are rows of what happened in some weeks and of what waits, not sums: a team has some dozens of
them, one read serves each of several teams and all of them as one, and no sum would tell what the
figures are of, which decides about what may be told where many people read it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Row, and_, bindparam, func, select, union_all

from coaching.digest.facts import Decision, Facts, Session, Span
from coaching.log import Log, State
from storage.engine import Database
from storage.logs import figures
from storage.mapping import Unreadable, log_if_readable
from storage.tables import audit_entries, logs, promises

_l = logs.c
_IN_WORKSPACE = select(logs).where(_l.workspace == bindparam("of"))


async def facts(database: Database, workspace: str, agents: Iterable[str], span: Span) -> Facts:
    """The facts about those agents for the week `span` and those before it.

    Six statements at most, however many agents or logs there are.
    """
    wanted = sorted(set(agents))
    if not wanted:
        return Facts(standing={})
    since = span.first.start
    unreadable: dict[str, Exception] = {}
    waiting = _readable(await _waiting(database, workspace, wanted), unreadable)
    decisions = await _decisions(database, workspace, wanted, since)
    this_week = [one for one in decisions if span.holds(one.at)]
    moved = [log.id for log in waiting if log.extensions]
    moved += [one.log for one in decisions if one.extensions and one.at >= span.start]
    going_on = [log.id for log in waiting if log.state is State.OPEN and log.continues]
    going_on += [one.log for one in this_week if one.goes_on]
    return Facts(
        standing=await figures(database, workspace, wanted),
        waiting=waiting,
        sessions=await _sessions(database, workspace, wanted, since, unreadable),
        decisions=decisions,
        extended=await _extended(database, workspace, moved, span),
        chains=await _chains(database, workspace, going_on, unreadable),
        unreadable=unreadable,
    )


def _readable(rows: Iterable[Row[Any]], unreadable: dict[str, Exception]) -> list[Log]:
    """The logs of those rows, by number; what can't be read is added to `unreadable`."""
    found = [log_if_readable(row) for row in rows]
    unreadable |= {one.id: one.error for one in found if isinstance(one, Unreadable)}
    return sorted((one for one in found if isinstance(one, Log)), key=lambda log: log.number)


async def _waiting(database: Database, workspace: str, agents: Sequence[str]) -> Sequence[Row[Any]]:
    """Logs that are open, wait for a lead's answer, or hold a step that is not done."""
    of_log = select(_l.id).where(_l.workspace == workspace)
    waiting = union_all(
        of_log.where(_l.open_of.in_(agents)),
        of_log.where(_l.unanswered_of.in_(agents)),
        select(promises.c.log).where(
            promises.c.workspace == workspace,
            promises.c.agent.in_(agents),
            promises.c.is_open,
        ),
    )
    # What was promised in a log that was voided is asked for no more.
    query = _IN_WORKSPACE.where(_l.id.in_(waiting), _l.state != State.VOIDED.value)
    return await database.rows(query, {"of": workspace})


async def _sessions(
    database: Database,
    workspace: str,
    agents: Sequence[str],
    since: dt.datetime,
    unreadable: dict[str, Exception],
) -> list[Session]:
    """Logs whose session was held since then, and older ones with a later check-in."""
    found = select(
        _l.id,
        _l.agent,
        _l.state,
        _l.session_at,
        _l.finished_at,
        _l.content["criterion"].as_string().label("criterion"),
        _l.content["score"].as_string().label("score"),
        _l.content["obstacles"].label("obstacles"),
        _l.said["check_ins"].label("check_ins"),
    ).where(_l.workspace == workspace, _l.agent.in_(agents))
    both = union_all(
        found.where(_l.session_at >= since),
        # So worded that SQLite looks by held_at, and not through all sessions of before.
        found.where(_l.held_at >= since, func.coalesce(_l.session_at, since) < since),
    )
    sessions = []
    for row in await database.rows(both):
        try:
            sessions.append(_session(row))
        except Exception as error:  # noqa: BLE001 - as for whole logs
            unreadable[row.id] = error
    return sessions


def _session(row: Row[Any]) -> Session:
    return Session(
        log=row.id,
        agent=row.agent,
        held_at=row.session_at,
        finished_at=row.finished_at,
        is_shared=row.state != State.DRAFT.value,
        criterion=row.criterion,
        score=row.score,
        contexts=tuple(row.obstacles or ()),
        check_ins=tuple(dt.datetime.fromisoformat(item["at"]) for item in row.check_ins or ()),
    )


async def _decisions(
    database: Database, workspace: str, agents: Sequence[str], since: dt.datetime
) -> list[Decision]:
    query = select(
        _l.id, _l.agent, _l.decided_at, _l.decision, _l.verdict, _l.continues, _l.extensions
    ).where(
        _l.workspace == workspace,
        _l.agent.in_(agents),
        _l.decided_at >= since,
        _l.state != State.VOIDED.value,
    )
    return [
        Decision(
            log=row.id,
            agent=row.agent,
            at=row.decided_at,
            decision=row.decision,
            verdict=row.verdict,
            goes_on=row.continues is not None,
            extensions=row.extensions,
        )
        for row in await database.rows(query)
    ]


async def _extended(
    database: Database, workspace: str, moved: Sequence[str], span: Span
) -> list[tuple[str, dt.datetime]]:
    """Of whose logs the day was moved in the week, and when; the trail alone knows when."""
    if not moved:
        return []
    e = audit_entries.c
    query = (
        select(_l.agent, e.at)
        .join(logs, and_(_l.workspace == e.workspace, _l.id == e.subject))
        .where(
            e.workspace == workspace,
            e.subject.in_(sorted(moved)),
            e.action == "log.extended",
            e.at >= span.start,
            e.at < span.end,
        )
    )
    return [(row.agent, row.at) for row in await database.rows(query)]


async def _chains(
    database: Database,
    workspace: str,
    newest: Sequence[str],
    unreadable: dict[str, Exception],
) -> Mapping[str, Log]:
    """Those logs and all before them in their chains, by ID."""
    if not newest:
        return {}
    linked = (
        select(_l.id, _l.continues)
        .where(_l.workspace == workspace, _l.id.in_(sorted(newest)))
        .cte("linked", recursive=True)
    )
    linked = linked.union(
        select(_l.id, _l.continues)
        .join(linked, _l.id == linked.c.continues)
        .where(_l.workspace == workspace)
    )
    query = _IN_WORKSPACE.where(_l.id.in_(select(linked.c.id)))
    rows = await database.rows(query, {"of": workspace})
    return {log.id: log for log in _readable(rows, unreadable)}
