"""One thing in a list, with its buttons: a due follow-up, a promise, a draft, a log, an agent."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Protocol

from coaching.draft import is_planned
from coaching.elements import unwritten
from coaching.log import Log, State, Step
from coaching.notices import asked_of_lead
from coaching.outcome import closes_in_one_press, extension_of
from coaching.people import Act, Person, Role, may, steps_for
from views import ids
from views.parts import Block, actions, button, clip, confirmation, isolate, plain
from views.passages import Passage
from views.planned import held_button, planned_words
from views.reading import Reading, capital, counted, date_words, listed
from views.summary import verdict_words

_BRIEF = 200
_SEVERAL = 2
_PUT_AWAY = "It can still be read, but not shared any more."


class Figures(Protocol):
    """How it stands with one agent."""

    @property
    def last_session_at(self) -> dt.datetime | None: ...
    @property
    def open(self) -> int: ...
    @property
    def due_at(self) -> dt.datetime | None: ...
    @property
    def awaiting_acknowledgement(self) -> int: ...
    @property
    def going_on(self) -> int: ...


def due_item(log: Log, reading: Reading, *more: Block) -> Passage:
    """A follow-up whose day has come; `more` are buttons beside its own."""
    plan, figures = reading.plan(log), verdict_words(log.content, reading)
    late = reading.past(plan.review_by) if plan else ""
    # The plan's sentence ends with the day.
    days = [f"by {reading.day(plan.review_by)}" if plan and figures else "", late and f"due {late}"]
    when = "".join(f" · {words}" for words in days if words)
    pressable = [
        button("Record outcome", ids.RECORD_OUTCOME, log.id),
        button("See all of it", ids.SHOW, log.id),
    ]
    if closes_in_one_press(log, reading.criteria):
        pressable.insert(0, button("Close as met", ids.CLOSE_AS_MET, log.id))
    elif day := extension_of(log, reading.criteria, reading.now, reading.reader.zone):
        words = f"Extend to {date_words(day)}"
        pressable.insert(0, button(words, ids.EXTEND, ids.extension(log, day)))
    whose = reading.name(log.agent)
    if log.supervisor != reading.reader.user:
        whose += f" with {reading.first(log.supervisor)}"
    head = f"{log.reference} · {whose}{when}"
    gaps = capital(gap_words(log, reading))
    again = "Taken back after a disagreement, to be decided again" if log.upheld else ""
    lines = [again, figures or reading.sentence(log), brief(log.value("target")), gaps]
    return _item(head, lines, *pressable, *more)


def step_item(log: Log, step: Step, reading: Reading) -> Passage:
    """A next step that the reader promised, or took over from who promised it."""
    is_own = step.who == reading.reader.user
    what = step.what if is_own else f"{reading.first(step.who)} promised: {step.what}"
    other = log.supervisor if log.agent == reading.reader.user else log.agent
    head = f"{log.reference} · promised to {reading.first(other)}"
    if step.by is not None:
        late = reading.past(step.by)
        head += f" by {reading.day(step.by)}" + (f", {late}" if late else "")
    later = ""
    if step.later is not None:
        day = reading.day(step.later.astimezone(reading.reader.zone).date())
        later = f"Not yet, as of {day}"
    return _item(
        head,
        [brief(what), later],
        button("Done", ids.STEP_DONE, f"{log.id} {step.number}"),
        button("Not yet", ids.STEP_LATER, f"{log.id} {step.number}"),
    )


def step_items(
    logs: Sequence[Log], reading: Reading, *, own: bool = True, due: bool | None = None
) -> list[Passage]:
    """The open next steps in those logs that the reader promised; else those they took over.

    With `due` those alone whose day has come, or has not.
    """
    reader = reading.reader
    return [
        step_item(log, step, reading)
        for log in logs
        for step in steps_for(reader, log, reading.people)
        if (step.who == reader.user) is own and (due is None or step.is_due(reading.today) is due)
    ]


def draft_item(log: Log, reading: Reading) -> Passage:
    """A draft with its ways back, and its way out."""
    who = reading.name(log.agent) if log.agent else "no agent yet"
    when = f"begun {reading.ago(log.created_at)}"
    if is_planned(log, reading.now):
        when = f"planned for {planned_words(log, reading)}"
    return _item(
        f"{log.reference} · {who} · {when}",
        [brief(log.value("target") or log.value("observed"))],
        *draft_buttons(log, reading),
    )


def draft_buttons(log: Log, reading: Reading, *, primary: bool = False) -> tuple[Block, ...]:
    """What can be done with a draft; the first is coloured where `primary`."""
    held: tuple[Block, ...] = ()
    if is_planned(log, reading.now):
        held = (held_button(log, primary=primary),)
    go_on = button("Continue", ids.CONTINUE, log.id, primary=primary and not held)
    return (*held, go_on, _discard_button(log, reading))


def _discard_button(log: Log, reading: Reading) -> Block:
    """*Discard*, which asks once more and says what becomes of the log and of its target."""
    agent = reading.first(log.agent)
    if log.continues:
        follows = (
            "It goes on with the target of an earlier log: that one is open again, asks for its "
            f"outcome, and {agent} is told."
        )
    else:
        follows = f"{agent} was not told." if log.agent else "Nobody was told."
    return button(
        "Discard",
        ids.DISCARD,
        log.id,
        danger=True,
        confirm=confirmation(f"Discard {log.reference}?", f"{_PUT_AWAY} {follows}", yes="Discard"),
    )


def acknowledge_item(log: Log, reading: Reading) -> Passage:
    """A log that waits for the reader's acknowledgement."""
    when = f", {reading.ago(log.shared_at)}" if log.shared_at else ""
    did = f"shared it with you{when}"
    if log.acknowledgement is not None:
        did = "changed it since you acknowledged it"
    return _item(
        f"{log.reference} · {reading.first(log.supervisor)} {did}",
        # An open target stands right below, with its progress.
        [] if log.state is State.OPEN else [brief(log.value("target"))],
        button("Acknowledge", ids.ACKNOWLEDGE, log.id),
        button("See all of it", ids.SHOW, log.id),
    )


def answer_item(log: Log, reading: Reading) -> Passage:
    """A disagreement or an escalation that waits for the reader's answer, and since when."""
    asks = capital(asks_words(log, reading))
    words = [log.reference, team_of(log, reading.reader, reading.people), asks]
    if (since := asked_of_lead(log, reading.reader.calendar)) is not None:
        day = since.astimezone(reading.reader.zone).date()
        words.append(f"since {reading.day(day)}")
    head = " · ".join(word for word in words if word)
    see = button("See all of it", ids.SHOW, log.id)
    return _item(head, [brief(log.value("target"))], answer_button(log), see)


def asks_words(log: Log, reading: Reading) -> str:
    """What waits for a lead: that the agent disagrees, or that somebody escalated the target."""
    agent = reading.name(log.agent)
    if _is_escalation(log):
        by = reading.who(log.decided.by if log.decided else log.supervisor)
        their = reading.people.get(log.agent or "")
        to = "you" if may(reading.reader, Act.ANSWER, agent=their, log=log) else "the lead"
        return f"{by} escalated {agent}'s target to {to}"
    return f"{agent} disagrees with {_disputed(log, reading)}"


def answer_button(log: Log) -> Block:
    """The lead's way to answer what waits for them."""
    if _is_escalation(log):
        return button("Record response", ids.RESPOND, log.id)
    return button("Answer", ids.ANSWER, log.id)


def _is_escalation(log: Log) -> bool:
    return log.awaits_response and not log.awaits_answer


def _disputed(log: Log, reading: Reading) -> str:
    against = log.disagreement
    if against is not None and against.about == "decision" and log.decided is not None:
        return f"{reading.whose(log.decided.by)} decision"
    return f"what {reading.who(log.supervisor)} wrote"


def team_of(log: Log, lead: Person, people: Mapping[str, Person]) -> str:
    """The team in which the lead leads the log's agent; empty where they lead one team alone."""
    led = lead.teams_as(Role.LEAD)
    agent = people.get(log.agent or "")
    if len(led) < _SEVERAL or agent is None:
        return ""
    shared = led & agent.teams_as(Role.AGENT)
    return next((isolate(item.team_name) for item in agent.memberships if item.team in shared), "")


def unread_item(log: Log, reading: Reading) -> Passage:
    """A log that its agent has not acknowledged yet."""
    when = f", shared {reading.ago(log.shared_at)}" if log.shared_at else ""
    if log.told_at is not None and log.is_waiting(reading.now):
        when += f", goes out {reading.moment(log.told_at).fallback}"
    if (read := log.acknowledgement) is not None:
        day = reading.day(read.at.astimezone(reading.reader.zone).date())
        when = f", acknowledged {day}; the last change not yet"
    words = f"{log.reference} · {reading.name(log.agent)}{when}"
    return (plain(words, button("See all of it", ids.SHOW, log.id)),)


def unfinished_item(log: Log, reading: Reading) -> Passage:
    """A shared log of the reader's with a part missing, and a button for each such part."""
    adding = [
        button(f"Add {part.title.lower()}", ids.numbered(ids.CHANGE, place), f"{log.id} {part.key}")
        for place, part in enumerate(unwritten(log.content), start=1)
    ]
    head = f"{log.reference} · {reading.name(log.agent)} · {gap_words(log, reading)}"
    return _item(head, [brief(log.value("target"))], *adding)


def gap_words(log: Log, reading: Reading) -> str:
    """What an incomplete log still lacks; empty for its agent, to whom nobody owes that form."""
    if not log.is_incomplete or reading.reader.user == log.agent:
        return ""
    parts = listed(part.title.lower() for part in unwritten(log.content))
    return f"{parts} not written yet" if log.state is State.OPEN else f"{parts} not documented"


def log_item(log: Log, reading: Reading) -> Passage:
    """A log in a line or four."""
    held = log.held_at.astimezone(reading.reader.zone).date()
    lines = [f"{log.reference} · {reading.day(held)} · {state_words(log, reading)}"]
    if log.state is not State.VOIDED:
        lines.append(brief(log.value("target")))
        lines.append(verdict_words(log.content, reading) or reading.sentence(log))
        lines.append(capital(gap_words(log, reading)))
    words = "\n".join(words for words in lines if words)
    return (plain(words, button("See all of it", ids.SHOW, log.id)),)


def agent_item(
    agent: Person, figures: Figures | None, reading: Reading, *, logs_here: bool = False
) -> Passage:
    """An agent in a line, with *Log a session* where the reader may, else with *History*."""
    words = [isolate(clip(agent.name, 80))]
    if figures is None or figures.last_session_at is None:
        words.append("no session yet")
    else:
        words.append(f"last session {reading.ago(figures.last_session_at)}")
    if figures is not None:
        words += _standing(figures, reading)
    press = (
        button("Log a session", ids.NEW_LOG, agent.user)
        if logs_here
        else button("History", ids.HISTORY, agent.user)
    )
    return (plain(" · ".join(words), press),)


def _standing(figures: Figures, reading: Reading) -> list[str]:
    words = []
    if figures.open:
        words.append(counted(figures.open, "open target"))
    if figures.going_on:
        words.append(f"{counted(figures.going_on, 'target goes', 'targets go')} on in a draft")
    if figures.due_at is not None:
        day = figures.due_at.astimezone(reading.reader.zone).date()
        words.append("due now" if figures.due_at <= reading.now else f"due {reading.day(day)}")
    if figures.awaiting_acknowledgement:
        words.append(f"{figures.awaiting_acknowledgement} waiting for acknowledgement")
    return words


def state_words(log: Log, reading: Reading) -> str:
    """Where a log stands, in words that may be said to everybody in it."""
    match log.state:
        case State.DRAFT:
            return "a draft"
        case State.OPEN:
            return "due" if log.is_due(reading.now) else "open"
        case State.ESCALATED:
            answer = log.escalation_answer
            return f"{reading.who(answer.by)} responded" if answer else "with the lead"
        case State.VOIDED:
            return "taken back"
        case _:
            return str(log.state)


def brief(words: str) -> str:
    """A text in a line; the log itself has it whole."""
    return isolate(clip(" ".join(words.split()), _BRIEF))


def _item(head: str, lines: list[str], *pressable: Block) -> Passage:
    words = "\n".join(line for line in (head, *lines) if line)
    return (plain(words), actions(*pressable))
