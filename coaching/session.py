"""Writing a log: begin, save, share, change, check in, void, discard, the promised next step."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from coaching.chain import reopen, rested_on
from coaching.change import Change, Refused
from coaching.criteria import NEW, Criterion
from coaching.elements import CONVERSATION, FIELDS, FOLLOW_UP, OUTCOME, WALK, missing
from coaching.entries import Problem, Setting, check
from coaching.fields import Content, Element, Kind, tidied
from coaching.follow_up import MOST_EXTENSIONS
from coaching.log import Log, State
from coaching.notices import (
    ByAnother,
    Notice,
    NoticeKind,
    outcome_notice,
    told_to,
    told_to_supervisor,
)
from coaching.people import Person, steps_for
from coaching.said import CheckIn, Voided

SECOND_REASON = "second_reason"
"""The key of the problem that stands where a second open target has no reason."""
_STEP = ("step_who", "step_what", "step_by")


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


def share(
    log: Log,
    *,
    actor: Person,
    setting: Setting,
    others_open: Sequence[Log],
    second_reason: str = "",
) -> Change | list[Problem] | Refused:
    """Share a draft with its agent: from here on every change is a revision.

    `others_open` are the agent's other open targets; with one of those a reason is needed.
    """
    if log.state is not State.DRAFT:
        became = "discarded" if log.state is State.DISCARDED else "shared already"
        return Refused(f"{log.reference} was {became}.")
    lacking = missing(log.content)
    if lacking:
        return [
            Problem(field.key, "This is needed before the log can be shared.") for field in lacking
        ]
    problems = list(check(log.content, {}, setting).problems)
    second_reason = tidied(second_reason)
    if others_open and not second_reason:
        references = " and ".join(other.reference for other in others_open)
        problems.append(
            Problem(SECOND_REASON, f"{references} is still open. Why a second target now?")
        )
    if problems or log.agent is None:
        return problems
    due_at = _due_at(log.content, actor)
    shared = replace(
        log,
        state=State.OPEN,
        revision=1,
        shared_at=setting.now,
        due_at=due_at,
        second_reason=second_reason if others_open else "",
    )
    return Change(
        log=shared,
        action="log.shared",
        actor=actor.user,
        at=setting.now,
        notices=(
            Notice(NoticeKind.SHARED, log.id, log.agent, setting.now),
            outcome_notice(shared, due_at),
        ),
        beside=frozenset(other.id for other in others_open),
    )


def revise(
    log: Log,
    element: Element,
    content: Content,
    *,
    actor: Person,
    now: dt.datetime,
    supervisor: Person | None = None,
) -> Change | list[Problem] | Refused:
    """Change a shared log: a new revision that the agent is shown.

    A day that is moved begins in the zone of `supervisor`, the log's own, who is asked on it; where
    none is given, in the actor's. Figures counted against another plan are dropped, and a next step
    that is promised anew is open again. Once the day has come, moving it on is an extension and
    counts as one. What a decision was measured by stays as it was. A lead who answered a
    disagreement with *Change the log* is told.
    """
    if element not in changeable(log) or log.agent is None or _changes_what_decided(log, content):
        return Refused(_unchangeable(log))
    if content.get("agent") != log.agent:
        return Refused("A shared log stays with its agent. Void it and write a new one instead.")
    if content == log.content:
        return Refused("Nothing was changed.")
    if lacking := missing(content):
        words = "A shared log keeps this; write what it is to be instead."
        return [Problem(field.key, words) for field in lacking]
    extends = log.is_due(now) and str(content["review_by"]) > str(log.content["review_by"])
    if extends and log.extensions >= MOST_EXTENSIONS:
        words = "The day was moved twice already. Record the outcome; the team lead decides."
        return [Problem("review_by", words)]
    versions = {**log.versions, element.key: log.versions.get(element.key, 0) + 1}
    outdated = _outdated(log.content, content)
    if outdated:
        content = {key: value for key, value in content.items() if key not in outdated}
        versions[OUTCOME.key] = versions.get(OUTCOME.key, 0) + 1
    moved = content["review_by"] != log.content["review_by"]
    due_at = _due_at(content, supervisor or actor) if moved else log.due_at
    revised = replace(
        log,
        content=content,
        versions=versions,
        revision=log.revision + 1,
        due_at=due_at,
        extensions=log.extensions + extends,
    )
    if any(content.get(key) != log.content.get(key) for key in _STEP):
        revised = replace(revised, step_done=None, step_later=None)
    concerned = [log.supervisor]
    if asked := log.to_be_changed:
        *earlier, newest = (replace(one, done=now) if one in asked else one for one in log.answers)
        revised = replace(revised, disagreement_answer=newest, earlier_answers=tuple(earlier))
        concerned += [one.by for one in asked]
    done = ByAnother("revised", actor.user, revised.revision)
    notices = [
        Notice(NoticeKind.REVISED, log.id, log.agent, now, str(revised.revision)),
        *told_to(concerned, log, done, now),
    ]
    if moved and due_at is not None:
        notices.append(outcome_notice(revised, due_at))
    return Change(
        log=revised,
        action="log.revised",
        actor=actor.user,
        at=now,
        notices=tuple(notices),
        cancels=frozenset({NoticeKind.OUTCOME_DUE}) if moved else frozenset(),
    )


def changeable(log: Log) -> tuple[Element, ...]:
    """The elements of a shared log that can still be changed."""
    if not log.is_shared or log.state is State.VOIDED:
        return ()
    return tuple(part for part in WALK if part is not FOLLOW_UP or not log.is_decided)


def _changes_what_decided(log: Log, content: Content) -> bool:
    measured_by = (field.key for field in FOLLOW_UP)
    return log.is_decided and any(content.get(key) != log.content.get(key) for key in measured_by)


def _unchangeable(log: Log) -> str:
    if log.is_decided:
        return f"{log.reference} is decided; what it was measured by can't be changed any more."
    return f"{log.reference} is {log.state}; it can't be changed any more."


def _outdated(before: Content, after: Content) -> frozenset[str]:
    """The figures that say nothing of the plan as it is after a revision."""
    counted = ["looked_at", "reached"]
    looked_at, calls = after.get("looked_at"), after.get("calls")
    if before.get("follow_up_criterion") != after.get("follow_up_criterion"):
        counted += ["score_after", "median_after"]
    elif before.get("threshold") == after.get("threshold") and not (
        isinstance(looked_at, int) and isinstance(calls, int) and looked_at > calls
    ):
        return frozenset()
    return frozenset(key for key in counted if key in after)


def closed_to_changes(log: Log, element: Element | None = None) -> Refused | None:
    """Why that form of a log is not opened any more, or without `element` none; else None."""
    parts = WALK if log.state is State.DRAFT else changeable(log)
    is_open = bool(parts) if element is None else element in parts
    return None if is_open else Refused(_unchangeable(log))


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
            Notice(NoticeKind.CHECKED_IN, log.id, log.agent, now, str(count)),
            *told_to_supervisor(log, "checked_in", actor.user, now, count),
        ),
    )


def void(
    log: Log, reason: str, *, actor: Person, now: dt.datetime, earlier: Sequence[Log] = ()
) -> list[Change] | Refused:
    """Take a shared log back, with a reason; the agent is told. It is never deleted.

    `earlier` is as in `discard`: a log that was made in error doesn't end its target.
    """
    if log.state is State.VOIDED:
        return Refused(f"{log.reference} was voided already.")
    if not log.is_shared or log.agent is None:
        return Refused(f"{log.reference} was never shared; discard it instead.")
    reason = tidied(reason)
    if not reason:
        return Refused("Say why; the agent is told.")
    voided = replace(log, state=State.VOIDED, voided=Voided(now, actor.user, reason))
    taken_back = Change(
        log=voided,
        action="log.voided",
        actor=actor.user,
        at=now,
        notices=(
            Notice(NoticeKind.VOIDED, log.id, log.agent, now),
            *told_to_supervisor(log, "voided", actor.user, now),
        ),
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


def _due_at(content: Content, supervisor: Person) -> dt.datetime:
    return supervisor.calendar.start_of(dt.date.fromisoformat(str(content["review_by"])))
