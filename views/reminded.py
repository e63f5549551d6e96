"""One thing in a letter: what somebody is reminded of, with what finishes it and *Later*."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from coaching.log import Log, State
from coaching.notices import NoticeKind
from coaching.people import Act, Person, may
from views import ids
from views.items import (
    Figures,
    acknowledge_item,
    agent_item,
    answer_item,
    brief,
    draft_item,
    due_item,
    state_words,
    step_item,
    unfinished_item,
    unread_item,
)
from views.parts import Block, actions, button, menu, option, plain
from views.passages import Passage
from views.reading import Reading
from views.summary import progress_words
from views.unreached import unreached_item, unreached_title


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminded:
    """A reminder in a letter.

    Attributes:
        id: the reminder's own.
        log: what it is about; for *no session* that is an agent with their figures.
        reference: that of a log which can't be shown, in its place.
        unreached: the person or channel that no message reaches, and Slack's word for it.
        stands: whether its reason is there still.
        is_hidden: whether the reader may no longer see the log.
        snoozed_until: to when the reader put it off.
    """

    id: str
    kind: NoticeKind
    occurrence: str = "1"
    log: Log | None = None
    reference: str = ""
    agent: Person | None = None
    figures: Figures | None = None
    unreached: tuple[str, str] | None = None
    stands: bool = True
    is_hidden: bool = False
    snoozed_until: dt.datetime | None = None


def title(item: Reminded, reading: Reading) -> str:
    """What it is about in one sentence that may stand on a lock screen."""
    if item.reference:
        return f"{item.reference} can't be shown right now"
    if item.log is not None and item.is_hidden:
        return f"{item.log.reference} is no longer with you"
    if item.log is not None:
        return _TITLES[item.kind](item.log, reading)
    if item.unreached is not None:
        return unreached_title(item.unreached[0], reading)
    return _without_session(item, reading)


def passage(item: Reminded, reading: Reading) -> Passage:
    """The item with its buttons; in a line what became of it, where it is done or put off."""
    if item.reference:
        return (plain(f"{title(item, reading)}. Nothing in it is lost."),)
    if item.log is not None and item.is_hidden:
        return (plain(title(item, reading)),)
    if item.snoozed_until is not None and item.stands:
        when = reading.moment(item.snoozed_until).fallback
        return (plain(f"{_short(item, reading)} · later: {when}", later_menu(item, "Another day")),)
    if not item.stands:
        words = "It works again" if item.unreached else _short(item, reading)
        return (plain(f"✅ {words}"),)
    return _with_later(_blocks(item, reading), item)


def _blocks(item: Reminded, reading: Reading) -> Passage:
    if item.log is not None:
        return _ITEMS[item.kind](item, item.log, reading)
    if item.unreached is not None:
        return unreached_item(*item.unreached, reading)
    if item.agent is not None:
        return agent_item(item.agent, item.figures, reading, logs_here=True)
    return (plain("This is done."),)


def later_menu(item: Reminded, label: str = "Later") -> Block:
    """*Later*, with the days to which a reminder can be put off."""
    days = [option("Tomorrow", f"{item.id} tomorrow"), option("Next week", f"{item.id} week")]
    return menu(label, ids.LATER, days)


def _with_later(passage: Passage, item: Reminded) -> Passage:
    *others, last = passage
    if last["type"] == "actions":
        return (*others, actions(*last["elements"], later_menu(item)))
    accessory = last.pop("accessory", None)
    return (*others, last, actions(*([accessory] if accessory else []), later_menu(item)))


def _short(item: Reminded, reading: Reading) -> str:
    """The item in a few words, with how it stands by now."""
    if item.unreached is not None:
        return unreached_title(item.unreached[0], reading)
    if item.log is None:
        return reading.name(item.agent.user) if item.agent else "Done"
    log = item.log
    words = [log.reference]
    if log.agent not in (None, reading.reader.user):
        words.append(reading.name(log.agent))
    if not item.stands:
        words.append(_done(item, log, reading))
    return " · ".join(words)


def _done(item: Reminded, log: Log, reading: Reading) -> str:
    """What became of it, without a word that the reader may not see."""
    if log.state in (State.VOIDED, State.DISCARDED):
        return state_words(log, reading)
    plan = reading.plan(log)
    match item.kind:
        case NoticeKind.ACKNOWLEDGE if log.is_acknowledged:
            return "acknowledged"
        case NoticeKind.STEP:
            return "done"
        case NoticeKind.HALF_WAY if log.check_ins:
            return "checked in"
        case NoticeKind.FINISH if log.is_shared:
            return "shared" if log.is_incomplete else "complete"
        case NoticeKind.UNANSWERED:
            return "answered"
        case NoticeKind.OUTCOME_DUE | NoticeKind.OVERDUE if log.decided is not None:
            return state_words(log, reading)
        case NoticeKind.OUTCOME_DUE | NoticeKind.OVERDUE if plan is not None:
            return f"asked again on {reading.day(plan.review_by)}"
        case _:
            return "nothing left to do"


def _finish(item: Reminded, log: Log, reading: Reading) -> Passage:
    del item
    return draft_item(log, reading) if not log.is_shared else unfinished_item(log, reading)


def _acknowledge(item: Reminded, log: Log, reading: Reading) -> Passage:
    del item
    is_own = log.agent == reading.reader.user
    return acknowledge_item(log, reading) if is_own else unread_item(log, reading)


def _half_way(item: Reminded, log: Log, reading: Reading) -> Passage:
    del item
    is_own = log.agent == reading.reader.user
    with_whom = f"with {reading.first(log.supervisor)}" if is_own else reading.name(log.agent)
    lines = [
        f"{log.reference} · {with_whom}",
        brief(log.value("target")),
        reading.sentence(log),
        progress_words(log.content, reading) or "No calls are counted so far. There is still time.",
    ]
    words = "\n".join(line for line in lines if line)
    pressable = [button("See all of it", ids.SHOW, log.id)]
    agent = reading.people.get(log.agent or "")
    if may(reading.reader, Act.CHECK_IN, agent=agent, log=log):
        pressable.insert(0, button("Check in", ids.CHECK_IN, log.id))
    elif is_own and not log.is_acknowledged:
        pressable.insert(0, button("Acknowledge", ids.ACKNOWLEDGE, log.id))
    return (plain(words), actions(*pressable))


def _step(item: Reminded, log: Log, reading: Reading) -> Passage:
    number = item.occurrence.partition("/")[0]
    for step in log.steps:
        if str(step.number) == number:
            return step_item(log, step, reading)
    return (plain(log.reference),)


def _outcome(item: Reminded, log: Log, reading: Reading) -> Passage:
    del item
    return due_item(log, reading)


def _answer(item: Reminded, log: Log, reading: Reading) -> Passage:
    del item
    return answer_item(log, reading)


def _orphaned(item: Reminded, log: Log, reading: Reading) -> Passage:
    del item
    agent = reading.name(log.agent)
    words = (
        f"{log.reference}: {agent}'s target is open, and {agent} has no supervisor or lead in "
        "CoachLog now. Whoever supervises them next takes it over; an admin can say who that is."
    )
    return (plain(words),)


_ITEMS: Mapping[NoticeKind, Callable[[Reminded, Log, Reading], Passage]] = {
    NoticeKind.FINISH: _finish,
    NoticeKind.ACKNOWLEDGE: _acknowledge,
    NoticeKind.HALF_WAY: _half_way,
    NoticeKind.STEP: _step,
    NoticeKind.OUTCOME_DUE: _outcome,
    NoticeKind.OVERDUE: _outcome,
    NoticeKind.UNANSWERED: _answer,
    NoticeKind.ORPHANED: _orphaned,
}


def _to_finish(log: Log, reading: Reading) -> str:
    whose = f" with {reading.first(log.agent)}" if log.agent else ""
    return f"{log.reference}{whose} is not {'complete' if log.is_shared else 'finished'} yet"


def _to_read(log: Log, reading: Reading) -> str:
    if log.agent != reading.reader.user:
        return f"{reading.first(log.agent)} has not acknowledged {log.reference} yet"
    return f"{log.reference} from {reading.first(log.supervisor)} waits for you to read it"


def _with_agent(log: Log, reading: Reading) -> str:
    is_own = log.agent == reading.reader.user
    return log.reference if is_own else f"{log.reference} with {reading.first(log.agent)}"


_TITLES: Mapping[NoticeKind, Callable[[Log, Reading], str]] = {
    NoticeKind.FINISH: _to_finish,
    NoticeKind.ACKNOWLEDGE: _to_read,
    NoticeKind.HALF_WAY: lambda log, reading: f"{_with_agent(log, reading)} is half way",
    NoticeKind.STEP: lambda log, _: f"A next step promised in {log.reference} is due",
    NoticeKind.OUTCOME_DUE: lambda log, reading: f"{_with_agent(log, reading)} is due",
    NoticeKind.OVERDUE: lambda log, reading: f"{_with_agent(log, reading)} is overdue",
    NoticeKind.UNANSWERED: lambda log, _: f"{log.reference} still waits for your answer",
    NoticeKind.ORPHANED: lambda log, _: f"Nobody sees to {log.reference} any more",
}


def _without_session(item: Reminded, reading: Reading) -> str:
    name = reading.first(item.agent.user) if item.agent else "An agent"
    last = item.figures.last_session_at if item.figures else None
    if last is None:
        return f"{name} has had no session yet"
    days = (reading.today - last.astimezone(reading.reader.zone).date()).days
    return f"{name} has had no session for {days} days"
