"""Sharing a log with its agent, and changing it afterwards."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from coaching.change import Change, Refused
from coaching.elements import FOLLOW_UP, OUTCOME, WALK, missing
from coaching.entries import Problem, Setting, check
from coaching.fields import Content, Element, tidied
from coaching.follow_up import MOST_EXTENSIONS
from coaching.log import Log, State
from coaching.notices import (
    ByAnother,
    Notice,
    NoticeKind,
    told_to,
)
from coaching.people import Act, Person

SECOND_REASON = "second_reason"
"""The key of the problem that stands where a second open target has no reason."""
_STEP = ("step_who", "step_what", "step_by")


def share(
    log: Log,
    *,
    actor: Person,
    agent: Person,
    setting: Setting,
    others_open: Sequence[Log],
    second_reason: str = "",
) -> Change | list[Problem] | Refused:
    """Share a draft with its agent: from here on every change is a revision.

    Outside the agent's working hours they are told when their next shift begins. `others_open` are
    the agent's other open targets; with one of those a reason is needed.
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
    due_at, told_at = _due_at(log.content, actor), agent.calendar.into_hours(setting.now)
    shared = replace(
        log,
        state=State.OPEN,
        revision=1,
        shared_at=setting.now,
        told_at=told_at,
        due_at=due_at,
        second_reason=second_reason if others_open else "",
    )
    return Change(
        log=shared,
        action="log.shared",
        actor=actor.user,
        at=setting.now,
        notices=(Notice(NoticeKind.SHARED, log.id, log.agent, told_at),),
        beside=frozenset(other.id for other in others_open),
    )


def waits_until(agent: Person, now: dt.datetime) -> dt.datetime | None:
    """When the agent would get what is shared now, in UTC; None where they get it at once."""
    told_at = agent.calendar.into_hours(now)
    return told_at if told_at > now else None


def is_sendable(log: Log, now: dt.datetime) -> bool:
    """Whether there is something that *Send now* would send: its agent is yet to be told of it."""
    return log.is_waiting(now) and log.voided is None and not log.is_acknowledged


def send_now(log: Log, *, actor: Person, now: dt.datetime) -> Change | Refused:
    """Tell the agent of a shared log at once, though their shift has not begun."""
    if log.voided is not None:
        return Refused(f"{log.reference} was taken back; there is nothing to send.")
    if not log.is_shared:
        return Refused(f"{log.reference} is not shared.")
    if log.is_acknowledged:
        return Refused(f"{log.reference} is acknowledged already; there is nothing to send.")
    if not log.is_waiting(now):
        return Refused(f"{log.reference} was sent already.")
    return _told_at(log, now, "log.sent_now", actor=actor.user, now=now)


def rescheduled(log: Log, *, agent: Person, actor: str, now: dt.datetime) -> Change | None:
    """A log that waits, with the agent's hours as they are now; None where nothing changes."""
    told_at = agent.calendar.into_hours(now)
    if not log.is_waiting(now) or told_at == log.told_at:
        return None
    return _told_at(log, told_at, "log.rescheduled", actor=actor, now=now)


def _told_at(log: Log, at: dt.datetime, action: str, *, actor: str, now: dt.datetime) -> Change:
    told = replace(log, told_at=at)
    return Change(log=told, action=action, actor=actor, at=now, tells_agent_at=at)


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
    disagreement with *Change the log* is told. An agent who waits to be told of the log is shown it
    as changed.
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
        revised_at=now,
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
    notices = told_to(concerned, log, done, now)
    if log.is_waiting(now):
        # The summary that they get shows it as it is by then.
        revised = replace(revised, told_revision=revised.revision)
    else:
        notices.insert(0, Notice(NoticeKind.REVISED, log.id, log.agent, now, done.occurrence))
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


def act_in(element: Element, log: Log) -> Act:
    """What one must be allowed to do for that form of a log.

    The plan of a shared log is also its lead's, who may decide on it: the digest offers them to
    move its day.
    """
    decides = element is OUTCOME or (element is FOLLOW_UP and log.is_shared)
    return Act.DECIDE if decides else Act.WRITE


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


def _due_at(content: Content, supervisor: Person) -> dt.datetime:
    return supervisor.calendar.start_of(dt.date.fromisoformat(str(content["review_by"])))
