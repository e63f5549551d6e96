"""What happens when time passes: a claimed notice becomes a message, if there is still reason."""

from __future__ import annotations

from collections.abc import Sequence

from coaching import outcome as rules
from coaching.answers import who_answers
from coaching.fields import Content
from coaching.log import Log
from coaching.notices import TO_LEADS, WITHDRAWN, ByAnother, Notice, NoticeKind, still_true
from coaching.people import Act, Person, Role, keepers, may
from handlers.deps import Deps
from storage.store import Claimed
from views.notices import NoticeAbout, message, withdrawn
from views.parts import Message


async def message_for(deps: Deps, claimed: Claimed) -> Message | None:
    """The message of a claimed notice as its log stands now; None where its reason is gone.

    A message that was sent before is made again in any case: it says what became of its reason.
    """
    store, now = deps.store, deps.now()
    log = await store.log(claimed.workspace, claimed.log)
    if log is None or (claimed.ts is None and not still_true(claimed.kind, log, now)):
        return None
    leads = await store.leads_of(claimed.workspace, log.agent or "")
    users = {claimed.receiver, *log.said_by}
    if claimed.kind is NoticeKind.BY_ANOTHER:
        users.add(ByAnother.of(claimed.occurrence).who)
    if claimed.kind is NoticeKind.HANDED_OVER:
        users.add(claimed.occurrence.partition("/")[0])
    people = await store.people(claimed.workspace, users)
    reader, agent = people.get(claimed.receiver), people.get(log.agent or "")
    if reader is None or not _may_read(reader, agent, log):
        if claimed.ts is not None:
            return withdrawn(log) if claimed.kind in WITHDRAWN else None
        if agent is not None:
            await _hand_over(deps, claimed, log, agent, leads)
        return None
    criteria = await store.criteria(claimed.workspace)
    next_log = await store.log(claimed.workspace, log.continued_by) if log.continued_by else None
    if next_log is not None and next_log.supervisor not in people:
        people = {**people, **await store.people(claimed.workspace, [next_log.supervisor])}
    return message(
        claimed.kind,
        NoticeAbout(
            log=log,
            people=people,
            criteria=criteria,
            reader=reader,
            now=now,
            history=await _history(deps, claimed, log),
            previous=await _previous(deps, claimed, log),
            next_log=next_log,
            leads=leads,
            extend_to=rules.extension_of(log, criteria, now, reader.zone),
            occurrence=claimed.occurrence,
        ),
    )


def _may_read(reader: Person, agent: Person | None, log: Log) -> bool:
    """Asked again at sending: roles may have changed since the notice was written."""
    return may(reader, Act.SEE, agent=agent, log=log)


async def _hand_over(
    deps: Deps, claimed: Claimed, log: Log, agent: Person, leads: Sequence[Person]
) -> None:
    """Who was to be told left or has another role now: somebody else is told.

    For a lead that is whoever leads the agent now, for the log's supervisor whoever sees to it. No
    change of the log: its messages stay, and whoever is told already is not told again.
    """
    receivers: Sequence[str] = ()
    if claimed.kind in TO_LEADS:
        receivers = [lead.user for lead in who_answers(log, leads)]
    elif claimed.receiver == log.supervisor and claimed.kind is not NoticeKind.BY_ANOTHER:
        teams, roles = agent.teams_as(Role.AGENT), (Role.SUPERVISOR, Role.LEAD)
        receivers = keepers(log, agent, await deps.store.members(claimed.workspace, teams, roles))
    handed_over = [
        Notice(claimed.kind, log.id, receiver, deps.now(), claimed.occurrence)
        for receiver in receivers
    ]
    if handed_over:
        await deps.store.tell(claimed.workspace, handed_over)


async def _history(deps: Deps, claimed: Claimed, log: Log) -> list[Log]:
    if claimed.kind is not NoticeKind.ESCALATED:
        return []
    return await deps.store.chain(claimed.workspace, log.id)


async def _previous(deps: Deps, claimed: Claimed, log: Log) -> Content | None:
    if claimed.kind is not NoticeKind.REVISED:
        return None
    before = log.read_before(int(claimed.occurrence))
    return await deps.store.revision(claimed.workspace, log.id, before)
