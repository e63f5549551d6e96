"""The timetable of one log: what its people are reminded of, and when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from coaching.elements import unwritten
from coaching.log import Log, State, Step
from coaching.notices import NoticeKind, Reminder, asked_for, lead_turn
from coaching.people import Act, Person
from coaching.reminders.circle import Circle
from coaching.worktime import Calendar

_DAY = dt.timedelta(days=1)
_SHORTEST = 4
"""Days of a timeframe that is long enough for a look at its half."""

_SAID_BY_PROMPT = frozenset({NoticeKind.HALF_WAY, NoticeKind.ACKNOWLEDGE})

Rule = Callable[[Circle], Iterable[Reminder]]


def timetable(circle: Circle) -> frozenset[Reminder]:
    """All reminders of a log, past and to come, whose reasons stand now."""
    return frozenset(reminder for rule in RULES for reminder in rule(circle))


def waiting(circle: Circle, now: dt.datetime) -> frozenset[Reminder]:
    """Those that are still to be told, now or later.

    Once the outcome is asked for, its prompt says what else there is to say. Who was not sent a
    prompt whose time has come gets it now, and is overdue no sooner than if they were asked now.
    """
    circle = _asked_by(circle, now)
    said = _SAID_BY_PROMPT if circle.log.is_due(now) else frozenset()
    agent = circle.log.agent
    return frozenset(
        one
        for one in timetable(circle)
        if not (one.kind in said and (one.kind is NoticeKind.HALF_WAY or one.receiver != agent))
    )


def due(circle: Circle, now: dt.datetime) -> frozenset[Reminder]:
    """Those reminders of a log that are to be told by now."""
    return frozenset(one for one in waiting(circle, now) if one.due_at <= now)


def finish(circle: Circle) -> Iterator[Reminder]:
    """A draft, or a shared log without observation or conversation, to its supervisor.

    On the day of the session before work ends, and the next day: on the morning before the 24
    hours are over, so that they can be kept. A session that is put off is reminded of anew.
    """
    log, policy = circle.log, circle.policy
    held = max(log.held_at, log.created_at)
    # In UTC, so that whoever moves to another zone is not told again.
    session = held.astimezone(dt.UTC).date().isoformat()
    is_unfinished = log.state is State.DRAFT or (log.state is State.OPEN and unwritten(log.content))
    writers = [circle.writer] if log.state is State.DRAFT else circle.keepers
    for writer in writers if is_unfinished else ():
        # A lead may see to a log that only a supervisor may write.
        if writer is None or not circle.may(writer, Act.WRITE):
            continue
        calendar = writer.calendar
        hours = calendar.hours_on(calendar.day_of(held))
        if hours is not None:
            at = max(hours[0], hours[1] - dt.timedelta(minutes=policy.finish_minutes))
            if held < at:
                yield _reminder(NoticeKind.FINISH, log, writer, at, f"{session}/1")
        after = calendar.day_of(held + dt.timedelta(hours=policy.finish_hours))
        morning = calendar.start_of(after)
        if morning <= held:
            morning = calendar.next_start(held)
        yield _reminder(NoticeKind.FINISH, log, writer, morning, f"{session}/2")


def acknowledge(circle: Circle) -> Iterator[Reminder]:
    """What the agent has not read, to them; the last time to its supervisor as well.

    A later revision is counted from when it was made: whoever read the one before is not late.
    """
    log, agent = circle.log, circle.reader
    if log.state is not State.OPEN or log.is_acknowledged or agent is None:
        return
    days = _numbered(circle.policy.acknowledge_days)
    told = [(agent, *one) for one in days]
    told += [(keeper, *one) for keeper in circle.keepers for one in days[-1:]]
    since = (log.revised_at if log.revision > 1 else None) or _shared(log)
    for person, number, after in told:
        # Nobody is told that somebody hasn't read what has not reached them yet.
        begun = since if person is agent else max(since, log.told_at or since)
        at = person.calendar.morning_after(begun, after)
        yield _reminder(NoticeKind.ACKNOWLEDGE, log, person, at, f"{log.revision}/{number}")


def half_way(circle: Circle) -> Iterator[Reminder]:
    """Half of the timeframe, to agent and supervisor; of an agent who left there is none."""
    log, review, agent = circle.log, _review_day(circle.log), circle.reader
    if log.state is not State.OPEN or review is None or agent is None or not circle.keepers:
        return
    began = circle.keepers[0].calendar.day_of(_shared(log))
    if (review - began).days < _SHORTEST:
        return
    half = began + (review - began) // 2
    for person in [agent, *circle.keepers]:
        at = person.calendar.start_of(half)
        # A check-in since then is what the half way asks for.
        is_looked_at = any(held.at >= at for held in log.check_ins)
        if at < person.calendar.start_of(review) and not is_looked_at:
            yield _reminder(NoticeKind.HALF_WAY, log, person, at)


def next_step(circle: Circle) -> Iterator[Reminder]:
    """A promised next step, on its day and once more, to who promised it or took it over."""
    log = circle.log
    for step in log.steps:
        day = step.by or _review_day(log)
        if step.done is not None or day is None:
            continue
        promised = log.check_ins[step.number - 1].at if step.number else _shared(log)
        for person in _who_does(step, circle):
            for number, after in _numbered(circle.policy.step_days):
                at = _on(person.calendar, day, after, promised, circle)
                occurrence = f"{step.number}/{day.isoformat()}/{number}"
                yield _reminder(NoticeKind.STEP, log, person, at, occurrence)


def outcome(circle: Circle) -> Iterator[Reminder]:
    """The outcome prompt: on the agreed day, or at once where a decision was taken back later."""
    log = circle.log
    for keeper in circle.keepers:
        at = _prompted(log, keeper.calendar)
        if at is not None:
            yield _reminder(NoticeKind.OUTCOME_DUE, log, keeper, at, asked_for(log))


def overdue(circle: Circle) -> Iterator[Reminder]:
    """The outcome that was asked for and isn't there; the last time to the leads as well."""
    log, days = circle.log, _numbered(circle.policy.overdue_days)
    seen_to = circle.keepers
    told = [(keeper, keeper, *one) for keeper in seen_to for one in days]
    users = {keeper.user for keeper in seen_to}
    others = [lead for lead in circle.leads if lead.user not in users]
    told += [(lead, keeper, *one) for lead in others for keeper in seen_to[:1] for one in days[-1:]]
    for person, keeper, number, after in told:
        planned = _prompted(log, keeper.calendar)
        if planned is not None:
            asked = circle.asked.get(keeper.user, planned)
            at = person.calendar.morning_after(asked, after)
            occurrence = f"{asked_for(log)}/{number}"
            yield _reminder(NoticeKind.OVERDUE, log, person, at, occurrence)


def unanswered(circle: Circle) -> Iterator[Reminder]:
    """A disagreement or an escalation that waits for its answer, to the leads."""
    log = circle.log
    for lead in circle.leads:
        waits: list[tuple[str, dt.datetime | None]] = []
        if log.awaits_answer and log.disagreement is not None:
            view = log.views.index(log.disagreement) + 1
            waits.append((f"view/{view}", log.disagreement.at))
        if log.awaits_response:
            waits.append((f"escalation/{log.round}", lead_turn(log, lead.calendar)))
        for what, since in waits:
            if since is None:
                continue
            for number, after in _numbered(circle.policy.unanswered_days):
                at = lead.calendar.morning_after(since, after)
                yield _reminder(NoticeKind.UNANSWERED, log, lead, at, f"{what}/{number}")


def orphaned(circle: Circle) -> Iterator[Reminder]:
    """A target that nobody sees to any more, to somebody who can change that."""
    log = circle.log
    goes_on = log.state is State.DRAFT and log.continues is not None
    is_open = log.state in (State.OPEN, State.ESCALATED) or goes_on
    if is_open and circle.agent is not None and not circle.keepers:
        for person in circle.others:
            at = person.calendar.into_hours(_shared(log))
            yield _reminder(NoticeKind.ORPHANED, log, person, at, str(log.round))


RULES: tuple[Rule, ...] = (
    finish,
    acknowledge,
    half_way,
    next_step,
    outcome,
    overdue,
    unanswered,
    orphaned,
)


def _reminder(
    kind: NoticeKind, log: Log, to: Person, at: dt.datetime, occurrence: str = "1"
) -> Reminder:
    return Reminder(kind, log.id, to.user, at, occurrence)


def _numbered(days: Sequence[int]) -> list[tuple[int, int]]:
    """Of each reminder which one it is and after how many days it comes.

    They are kept by the first: when other days are agreed on, what waits moves and none is added.
    """
    return list(enumerate(days, start=1))


def _shared(log: Log) -> dt.datetime:
    return log.shared_at or log.created_at


def _review_day(log: Log) -> dt.date | None:
    day = log.content.get("review_by")
    return dt.date.fromisoformat(day) if isinstance(day, str) else None


def _prompted(log: Log, calendar: Calendar) -> dt.datetime | None:
    """When somebody is asked for the outcome; None while that isn't agreed or when it is there."""
    if log.state is not State.OPEN or log.due_at is None:
        return None
    again = log.reopened[-1].at if log.reopened else log.due_at
    return calendar.into_hours(max(again, log.due_at))


def _asked_by(circle: Circle, now: dt.datetime) -> Circle:
    """The same, where those who should have been asked by now are asked now."""
    late = {
        keeper.user: now
        for keeper in circle.keepers
        if (at := _prompted(circle.log, keeper.calendar)) is not None and at < now
    }
    return replace(circle, asked={**late, **circle.asked}) if late else circle


def _who_does(step: Step, circle: Circle) -> list[Person]:
    """Who promised a step, while they may see the log; else who sees to it, for a supervisor's."""
    promiser = circle.people.get(step.who)
    if promiser is not None and circle.may(promiser, Act.SEE):
        return [promiser]
    return [] if step.who == circle.log.agent else circle.keepers


def _on(
    calendar: Calendar, day: dt.date, after: int, promised: dt.datetime, circle: Circle
) -> dt.datetime:
    """That morning; for what was promised on the same day before it ends, else the next morning."""
    at = calendar.morning_after(calendar.start_of(day), after)
    if at > promised:
        return at
    hours = calendar.hours_on(day)
    before_end = dt.timedelta(minutes=circle.policy.finish_minutes)
    late = max(hours[0], hours[1] - before_end) if hours else promised
    return late if late > promised else calendar.next_start(promised)
