"""The outcome of a target: figures, verdict, and the decision to close, continue or escalate."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace

from coaching.chain import continuation
from coaching.change import Change, Refused
from coaching.criteria import Criterion
from coaching.elements import FOLLOW_UP, OUTCOME
from coaching.entries import Problem
from coaching.fields import Content
from coaching.follow_up import (
    MOST_EXTENSIONS,
    Verdict,
    day_words,
    extended,
    follow_up_of,
    verdict_of,
)
from coaching.log import Log, State
from coaching.notices import (
    PATIENCE_DAYS,
    TIMED,
    Notice,
    NoticeKind,
    asked_for,
    told_to_supervisor,
)
from coaching.people import Person
from coaching.said import Decided

Criteria = Mapping[str, Criterion]


def record_figures(
    log: Log,
    content: Content,
    *,
    actor: Person,
    criteria: Criteria,
    leads: Sequence[str],
    now: dt.datetime,
) -> Change | Refused:
    """Keep the figures without deciding yet; the verdict follows from them.

    Of `content` the outcome alone is taken: whatever else the log says by now stays.
    """
    if log.state is not State.OPEN:
        return already(log)
    recorded = _with_outcome(log, content)
    kept = {key: value for key, value in recorded.items() if key not in ("decision", "why")}
    versions = {**log.versions, OUTCOME.key: log.versions.get(OUTCOME.key, 0) + 1}
    noted = replace(log, content=kept, versions=versions)
    notices: tuple[Notice, ...] = ()
    cancels: frozenset[NoticeKind] = frozenset()
    if lead_decides(log, verdict_of(kept, criteria), now):
        notices = tuple(
            Notice(NoticeKind.LEAD_DECIDES, log.id, lead, now, asked_for(log)) for lead in leads
        )
    else:
        cancels = frozenset({NoticeKind.LEAD_DECIDES})
    return Change(
        log=noted,
        action="outcome.figures",
        actor=actor.user,
        at=now,
        notices=notices,
        cancels=cancels,
    )


def decide(
    log: Log,
    content: Content,
    *,
    actor: Person,
    criteria: Criteria,
    leads: Sequence[Person],
    new_log_id: str,
    now: dt.datetime,
    writer: str | None = None,
    agent: Person | None = None,
) -> list[Change] | list[Problem] | Refused:
    """Decide on a target from the figures in `content`: close, continue or escalate.

    Answers with the changes (for *continue* the second is the new draft), with problems on fields,
    or with a refusal where the log is decided or gone. `leads` are those of the log's agent;
    `writer` is whose draft a continuation becomes, by default the actor if they log sessions, else
    the log's supervisor. `agent` is named in what is refused.
    """
    if log.state is not State.OPEN or log.agent is None:
        return already(log)
    content = _with_outcome(log, content)
    verdict = verdict_of(content, criteria)
    users = frozenset(lead.user for lead in leads)
    reads = agent.first if agent else "the agent"
    problems = _problems(log, content, verdict, actor=actor, leads=users, now=now, reads=reads)
    if problems or verdict is None:
        return problems
    decision = str(content["decision"])
    states = {
        "close": State.CLOSED,
        "continue": State.CONTINUED,
        "escalate": State.ESCALATED,
    }
    decided = replace(
        log,
        content=content,
        state=states[decision],
        decided=Decided(now, actor.user, decision, verdict),
        versions={**log.versions, OUTCOME.key: log.versions.get(OUTCOME.key, 0) + 1},
    )
    notices = [
        Notice(NoticeKind.DECIDED, log.id, log.agent, log.agent_hears_at(now), str(log.round)),
        *told_to_supervisor(log, "decided", actor.user, now, log.round),
    ]
    if decision == "escalate":
        notices += [
            Notice(
                NoticeKind.ESCALATED,
                log.id,
                lead.user,
                lead.calendar.after_working_days(now, PATIENCE_DAYS),
                str(log.round),
            )
            for lead in leads
        ]
    changes = []
    if decision == "continue":
        decided = replace(decided, continued_by=new_log_id)
        writer = writer or (actor.user if actor.can_log else log.supervisor)
        if writer != log.supervisor:
            theirs = replace(log, supervisor=writer)
            notices += told_to_supervisor(theirs, "decided", actor.user, now, log.round)
        changes.append(continuation(decided, new_log_id, writer=writer, actor=actor, now=now))
    changes.insert(
        0,
        Change(
            log=decided,
            action=f"log.{states[decision]}",
            actor=actor.user,
            at=now,
            notices=tuple(notices),
            cancels=TIMED | {NoticeKind.LEAD_DECIDES},
        ),
    )
    return changes


def _with_outcome(log: Log, content: Content) -> Content:
    keys = {field.key for field in OUTCOME}
    kept = {key: value for key, value in log.content.items() if key not in keys}
    return {**kept, **{key: value for key, value in content.items() if key in keys}}


def _problems(
    log: Log,
    content: Content,
    verdict: Verdict | None,
    *,
    actor: Person,
    leads: frozenset[str],
    now: dt.datetime,
    reads: str,
) -> list[Problem]:
    problems = too_many(content)
    if verdict is None:
        problems = [
            Problem("looked_at", "How many calls did you look at? A decision rests on them.")
        ]
    decision = content.get("decision")
    if decision not in ("close", "continue", "escalate"):
        problems.append(Problem("decision", "Pick what happens next."))
    if verdict is Verdict.TOO_FEW:
        if decision == "escalate":
            problems.append(
                Problem(
                    "decision",
                    "Too few calls were scored to say that the target was missed. "
                    "Extend the time, or continue or close.",
                )
            )
        elif lead_decides(log, verdict, now) and leads and actor.user not in leads:
            problems.append(
                Problem(
                    "decision",
                    "The day was moved twice, so the team lead decides now. Open the outcome "
                    "again and save it without a decision: the lead is told.",
                )
            )
    if decision == "escalate" and not leads:
        problems.append(
            Problem("decision", "This team has no lead in CoachLog to escalate to. Ask an admin.")
        )
    closes_as_met = decision == "close" and verdict is Verdict.MET and log.upheld is None
    if decision and not closes_as_met and not content.get("why"):
        words = f"Say why in a sentence; {reads} reads it."
        if log.upheld is not None:
            words = f"It was disagreed with before: say why in a sentence; {reads} reads it."
        problems.append(Problem("why", words))
    return problems


def closes_in_one_press(log: Log, criteria: Criteria) -> bool:
    """Whether *Close as met* is offered: the figures say so, and nobody owes a reason.

    One is owed where a lead took the decision before back.
    """
    return verdict_of(log.content, criteria) is Verdict.MET and log.upheld is None


def _are_disputed(log: Log) -> bool:
    """Whether the figures are still those of a decision that a lead took back."""
    back = log.upheld
    return back is not None and log.versions.get(OUTCOME.key, 0) == back.figures


def too_many(content: Content) -> list[Problem]:
    """Says that more calls were counted than were agreed; nothing where they were not."""
    looked_at, calls = content.get("looked_at"), content.get("calls")
    if not isinstance(looked_at, int) or not isinstance(calls, int) or looked_at <= calls:
        return []
    return [Problem("looked_at", f"{calls} calls were agreed: count the first {calls} scored.")]


def lead_decides(log: Log, verdict: Verdict | None, now: dt.datetime) -> bool:
    """Whether the day has come with too few calls after it was moved as often as it may be."""
    is_too_few = verdict is Verdict.TOO_FEW and log.is_due(now)
    return is_too_few and log.extensions >= MOST_EXTENSIONS


def extension_of(log: Log, criteria: Criteria, now: dt.datetime, zone: dt.tzinfo) -> dt.date | None:
    """The day to which *Extend to …* moves the review, as seen from `zone`.

    None where it is not offered: before the day has come there are no "too few calls" (PRODUCT,
    section 2), and figures that were disputed are looked at anew first.
    """
    plan = follow_up_of(log.content, criteria)
    if (
        plan is None
        or not log.is_due(now)
        or log.extensions >= MOST_EXTENSIONS
        or verdict_of(log.content, criteria) is not Verdict.TOO_FEW
        or _are_disputed(log)
    ):
        return None
    return extended(plan, now.astimezone(zone).date())


def extend(
    log: Log,
    *,
    actor: Person,
    criteria: Criteria,
    now: dt.datetime,
    supervisor: Person | None = None,
    before: int | None = None,
    until: dt.date | None = None,
) -> Change | Refused:
    """Move the review day, at most twice, where too few calls were scored; the agent is told.

    The day is one of `supervisor`, the log's own, who is asked on it; of the actor where none is
    given. `before` is how often it had been moved when that was offered: two presses on one offer
    move it once. `until` is the day that was offered, which may have passed by now.
    """
    if log.state is not State.OPEN or log.agent is None:
        return already(log)
    calendar = (supervisor or actor).calendar
    zone = calendar.zone
    if before is not None and log.extensions != before:
        return Refused(f"The day was moved already: {log.reference} runs until {_review_day(log)}.")
    day = extension_of(log, criteria, now, zone)
    if day is None:
        return Refused(_not_extended(log, now))
    if until is not None:
        if until <= now.astimezone(zone).date():
            return Refused(
                f"{_day(until)} has passed by now. Open the log again: it offers a later day."
            )
        day = min(day, until)
    due_at = calendar.start_of(day)
    moved = replace(
        log,
        content={**log.content, "review_by": day.isoformat()},
        versions={**log.versions, FOLLOW_UP.key: log.versions.get(FOLLOW_UP.key, 0) + 1},
        due_at=due_at,
        extensions=log.extensions + 1,
    )
    return Change(
        log=moved,
        action="log.extended",
        actor=actor.user,
        at=now,
        notices=(
            Notice(
                NoticeKind.EXTENDED,
                log.id,
                log.agent,
                log.agent_hears_at(now),
                str(moved.extensions),
            ),
            *told_to_supervisor(log, "extended", actor.user, now, moved.extensions),
        ),
        cancels=frozenset({NoticeKind.OUTCOME_DUE}),
    )


def _not_extended(log: Log, now: dt.datetime) -> str:
    if not log.is_due(now):
        return f"The day of {log.reference} has not come yet: {_review_day(log)}."
    if log.extensions >= MOST_EXTENSIONS:
        return "The day was moved twice. The team lead decides now."
    if _are_disputed(log):
        return f"The figures of {log.reference} were disagreed with. Look at them again first."
    return f"{log.reference} can only be extended while too few calls were scored."


def _review_day(log: Log) -> str:
    return _day(dt.date.fromisoformat(log.value("review_by")))


def _day(day: dt.date) -> str:
    return day_words(day, day.year)


def already(log: Log) -> Refused:
    """Why nothing can be decided (any more), with what was decided."""
    if log.state in (State.VOIDED, State.DISCARDED):
        return Refused(f"{log.reference} was {log.state}. There is nothing left to decide.")
    if log.decided is not None:
        day = day_words(log.decided.at.date(), log.decided.at.year)
        return Refused(f"{log.reference} is decided: {log.state}, on {day}.")
    return Refused(f"{log.reference} is not shared yet, so there is nothing to decide.")
