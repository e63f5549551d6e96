"""Writing a log: begin, save, check in, void, discard, the promised next step."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from coaching.chain import reopen, rested_on
from coaching.change import Change, Refused
from coaching.criteria import NEW, Criterion
from coaching.elements import CONVERSATION, FIELDS
from coaching.fields import Content, Element, Kind, tidied
from coaching.log import Log, State
from coaching.notices import (
    Notice,
    NoticeKind,
    told_to_supervisor,
)
from coaching.people import Person, steps_for
from coaching.said import CheckIn, Voided


def begin(
    *, workspace: str, log_id: str, supervisor: str, now: dt.datetime, content: Content
) -> Log:
    """A draft that is not stored yet: the first save gives it its number."""
    agent = content.get("agent")
    return Log(
        workspace=workspace,
        id=log_id,
        number=0,
        supervisor=supervisor,
        agent=agent if isinstance(agent, str) else None,
        state=State.DRAFT,
        created_at=now,
        content=content,
    )


def write(
    log: Log,
    elements: Iterable[Element],
    content: Content,
    *,
    actor: Person,
    now: dt.datetime,
) -> Change | Refused:
    """Save forms of a draft. One that continues a target stays with the target's agent."""
    if log.state is not State.DRAFT:
        return Refused(f"{log.reference} is no draft any more. It was {log.state}.")
    if log.continues is not None and content.get("agent") != log.agent:
        return Refused(
            "A continued target stays with its agent. Begin a new log for somebody else."
        )
    versions = dict(log.versions)
    for element in elements:
        versions[element.key] = versions.get(element.key, 0) + 1
    agent = content.get("agent")
    written = replace(
        log,
        content=content,
        versions=versions,
        agent=agent if isinstance(agent, str) else None,
    )
    return Change(log=written, action="draft.saved", actor=actor.user, at=now)


def closed_to_check_ins(log: Log) -> Refused | None:
    """Why no session can be noted on a log; None where its target is open."""
    return None if log.state is State.OPEN else _without_target(log)


def _without_target(log: Log) -> Refused:
    return Refused(f"{log.reference} is {log.state}; a check-in needs an open target.")


def check_in(log: Log, content: Content, *, actor: Person, now: dt.datetime) -> Change | Refused:
    """Note a session held while the target is open; the counting of calls goes on."""
    if log.state is not State.OPEN or log.agent is None:
        return _without_target(log)
    keys = {field.key for field in CONVERSATION}
    said = {key: value for key, value in content.items() if key in keys}
    if not said:
        return Refused("Write at least one point that you talked about.")
    last = log.check_ins[-1] if log.check_ins else None
    if last is not None and (last.by, last.content) == (actor.user, said):
        return Refused(f"This check-in is on {log.reference} already.")
    noted = replace(log, check_ins=(*log.check_ins, CheckIn(now, actor.user, said)))
    count = len(noted.check_ins)
    return Change(
        log=noted,
        action="log.checked_in",
        actor=actor.user,
        at=now,
        notices=(
            Notice(NoticeKind.CHECKED_IN, log.id, log.agent, log.agent_hears_at(now), str(count)),
            *told_to_supervisor(log, "checked_in", actor.user, now, count),
        ),
    )


def is_unheard(log: Log, now: dt.datetime) -> bool:
    """Whether its agent was neither told of a shared log yet, nor said that they have read it."""
    return log.is_waiting(now) and log.acknowledgement is None


def void(
    log: Log, reason: str, *, actor: Person, now: dt.datetime, earlier: Sequence[Log] = ()
) -> list[Change] | Refused:
    """Take a shared log back, with a reason; the agent is told. It is never deleted.

    An agent who was not told of it yet (`is_unheard`) hears nothing of it. `earlier` is as in
    `discard`: a log that was made in error doesn't end its target.
    """
    if log.state is State.VOIDED:
        return Refused(f"{log.reference} was voided already.")
    if not log.is_shared or log.agent is None:
        return Refused(f"{log.reference} was never shared; discard it instead.")
    reason = tidied(reason)
    if not reason:
        return Refused("Say why; the agent is told.")
    to_agent = [Notice(NoticeKind.VOIDED, log.id, log.agent, log.agent_hears_at(now))]
    if is_unheard(log, now):
        to_agent = []
    voided = replace(log, state=State.VOIDED, voided=Voided(now, actor.user, reason))
    taken_back = Change(
        log=voided,
        action="log.voided",
        actor=actor.user,
        at=now,
        notices=(*to_agent, *told_to_supervisor(log, "voided", actor.user, now)),
        cancels=frozenset(NoticeKind) - {NoticeKind.VOIDED},
    )
    changes = [taken_back]
    if before := rested_on(log, earlier):
        why = f"{log.reference}, which went on with the target, was taken back."
        changes.append(reopen(before, actor=actor, now=now, why=why))
    return changes


def discard(
    log: Log, *, actor: Person, now: dt.datetime, earlier: Sequence[Log] = (), why: str = ""
) -> list[Change] | Refused:
    """Put a draft away; nobody was told of it, so nobody is told now.

    `earlier` are the logs of its chain. The decision to go on with the target is taken back with
    the draft, so that the target doesn't end without one; `why` is told with that.
    """
    if log.state is State.DISCARDED:
        return Refused(f"{log.reference} was discarded already.")
    if log.state is not State.DRAFT:
        return Refused(f"{log.reference} was shared; it can be voided, not discarded.")
    gone = replace(log, state=State.DISCARDED)
    changes = [Change(log=gone, action="draft.discarded", actor=actor.user, at=now)]
    if before := rested_on(log, earlier):
        why = why or "The draft that went on with the target was discarded."
        changes.append(reopen(before, actor=actor, now=now, why=why))
    return changes


def answer_step(
    log: Log,
    number: int,
    *,
    done: bool,
    actor: Person,
    now: dt.datetime,
    people: Mapping[str, Person] | None = None,
) -> Change | Refused:
    """Answer a promised next step with *Done* or *Not yet*; `number` as in `Step`.

    `people` are as in `steps_for`; without them the actor may answer their own.
    """
    asked = [step for step in log.steps if step.number == number]
    if not asked:
        return Refused(f"{log.reference} has no next step that is open.")
    (step,) = asked
    if step.done is not None:
        return Refused(f"The next step of {log.reference} is done already.")
    if step.who != actor.user and step not in steps_for(actor, log, people or {}):
        return Refused(f"The next step of {log.reference} was promised by somebody else.")
    done_at, later = (now, step.later) if done else (None, now)
    if number:
        noted = replace(log.check_ins[number - 1], step_done=done_at, step_later=later)
        check_ins = (*log.check_ins[: number - 1], noted, *log.check_ins[number:])
        changed = replace(log, check_ins=check_ins)
    else:
        changed = replace(log, step_done=done_at, step_later=later)
    action = "step.done" if done else "step.later"
    return Change(log=changed, action=action, actor=actor.user, at=now)


def adopt(content: Content, ids: Mapping[str, str]) -> tuple[Content, tuple[Criterion, ...]]:
    """Give criteria that were typed by name the IDs of `ids` (by value, ``new:Name``)."""
    added: dict[str, Criterion] = {}
    adopted = dict(content)
    for key, value in content.items():
        if key not in FIELDS or FIELDS[key].kind is not Kind.CRITERION:
            continue
        if isinstance(value, str) and value.startswith(NEW) and value in ids:
            added[value] = Criterion(ids[value], value.removeprefix(NEW))
            adopted[key] = ids[value]
    return adopted, tuple(added.values())
