"""What happens when time passes: a claimed notice becomes a message, if there is still reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from coaching.answers import who_answers
from coaching.fields import Content
from coaching.log import Log
from coaching.notices import TO_LEADS, WITHDRAWN, ByAnother, Notice, NoticeKind, still_true
from coaching.people import Act, Person, Role, keepers, may
from handlers.deps import Deps
from handlers.letters import Later, letter_for
from handlers.told import about_log
from storage.store import Claimed
from views.notices import message, withdrawn
from views.parts import Message

__all__ = ["Later", "message_for"]


async def message_for(deps: Deps, claimed: Claimed) -> Message | Later | None:
    """The message of a claimed notice as its log stands now; None where its reason is gone.

    A message that was sent before is made again in any case: it says what became of its reason.
    """
    if claimed.kind is NoticeKind.LETTER:
        return await letter_for(deps, claimed)
    log = await deps.store.log(claimed.workspace, claimed.log)
    if log is None or (claimed.ts is None and not still_true(claimed.kind, log)):
        return None
    named = []
    if claimed.kind in (NoticeKind.BY_ANOTHER, NoticeKind.REVISED):
        named.append(ByAnother.of(claimed.occurrence).who)
    if claimed.kind is NoticeKind.HANDED_OVER:
        named.append(claimed.occurrence.partition("/")[0])
    about = await about_log(deps, claimed.workspace, log, claimed.receiver, *named)
    agent = about.people.get(log.agent or "")
    if not _may_read(about.reader, agent, log):
        if claimed.ts is not None:
            return withdrawn(log) if claimed.kind in WITHDRAWN else None
        if agent is not None:
            await _hand_over(deps, claimed, log, agent, about.leads)
        return None
    about = replace(
        about,
        history=await _history(deps, claimed, log),
        previous=await _previous(deps, claimed, log),
        occurrence=claimed.occurrence,
    )
    return message(claimed.kind, about)


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
    """What the agent read before a revision; what stood there before it, for everybody else."""
    done = ByAnother.of(claimed.occurrence)
    if claimed.kind is NoticeKind.REVISED:
        before = log.read_before(done.time)
    elif claimed.kind is NoticeKind.BY_ANOTHER and done.did == "revised":
        before = done.time - 1
    else:
        return None
    return await deps.store.revision(claimed.workspace, log.id, before)
