"""What `/coach` answers with a list: due, drafts, history, team."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Protocol

from coaching.criteria import Criterion
from coaching.follow_up import Verdict
from coaching.log import Log, State
from coaching.people import Person
from views import ids
from views.outcome import verdict_line
from views.parts import Block, Message, actions, button, clip, plain
from views.passages import plainly
from views.reading import Reading, counted

_MOST = 20
_WORDS = 200
_STATES = {
    State.OPEN: "open",
    State.CLOSED: "closed",
    State.CONTINUED: "continued",
    State.ESCALATED: "with the lead",
    State.VOIDED: "taken back",
}


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


def due(
    logs: Sequence[Log],
    promised: Sequence[Log],
    people: Mapping[str, Person],
    criteria: Mapping[str, Criterion],
    *,
    reader: Person,
    now: dt.datetime,
) -> Message:
    """Follow-ups whose day has come, each with *Record outcome*, and next steps to be done."""
    reading = Reading(reader=reader, now=now, people=people, criteria=criteria)
    blocks: list[Block] = []
    for log in logs[:_MOST]:
        blocks += due_item(log, reading)
    for log in promised[:_MOST]:
        blocks += step_item(log, reading)
    if not blocks:
        return said("Nothing is due, and no next step of yours is waiting.")
    left = len(logs) + len(promised) - min(len(logs), _MOST) - min(len(promised), _MOST)
    if left > 0:
        blocks.append(plain(f"{left} more come up as these are done."))
    return Message(text="What is due", blocks=tuple(blocks))


def due_item(log: Log, reading: Reading) -> list[Block]:
    """One follow-up whose day has come."""
    plan = reading.plan(log)
    when = f", agreed for {reading.day(plan.review_by)}" if plan else ""
    words = f"{log.reference} · {reading.name(log.agent)}{when}\n{_brief(reading.sentence(log))}"
    record = button("Record outcome", ids.RECORD_OUTCOME, log.id)
    return [plain(words), actions(record, button("See all of it", ids.SHOW, log.id))]


def step_item(log: Log, reading: Reading) -> list[Block]:
    """One next step that the reader promised."""
    by = log.step_by
    when = f" by {reading.day(by)}" if by else ""
    other = log.supervisor if log.agent == reading.reader.user else log.agent
    words = (
        f"{log.reference} · You promised {reading.first(other)}{when}:\n"
        f"{_brief(log.value('step_what'))}"
    )
    done = button("Done", ids.STEP_DONE, log.id)
    return [plain(words), actions(done, button("Not yet", ids.STEP_LATER, log.id))]


def drafts(
    logs: Sequence[Log], people: Mapping[str, Person], *, now: dt.datetime, command: str
) -> Message:
    """Unfinished logs, newest first."""
    blocks: list[Block] = []
    for log in logs[:_MOST]:
        blocks += draft_item(log, people, now)
    if not blocks:
        return said(f"No drafts. {command} starts a log.")
    return Message(text="Your drafts", blocks=tuple(blocks))


def draft_item(log: Log, people: Mapping[str, Person], now: dt.datetime) -> list[Block]:
    """One draft with its way back."""
    agent = people.get(log.agent or "")
    who = clip(agent.name, 80) if agent else "no agent yet"
    days = (now - log.created_at).days
    begun = "today" if days <= 0 else f"{counted(days, 'day')} ago"
    words = f"{log.reference} · {who} · begun {begun}\n{_brief(log.value('target'))}".strip()
    more = button("Continue", ids.CONTINUE, log.id)
    return [plain(words), actions(more, button("See all of it", ids.SHOW, log.id))]


def history(
    agent: Person,
    logs: Sequence[Log],
    people: Mapping[str, Person],
    criteria: Mapping[str, Criterion],
    *,
    now: dt.datetime,
    older: bool,
) -> Message:
    """An agent's logs, newest first, a page of them."""
    reading = Reading(reader=agent, now=now, people=people, criteria=criteria)
    if not logs:
        return said(f"No logs for {clip(agent.first, 40)} yet.")
    blocks = [history_item(log, reading) for log in logs]
    if older:
        value = f"{agent.user} {logs[-1].number}"
        blocks.append(actions(button("Older", ids.OLDER, value)))
    text = plainly(f"{clip(agent.name, 80)}: coaching logs")
    return Message(text=text, blocks=(plain(f"{clip(agent.name, 80)}, newest first"), *blocks))


def history_item(log: Log, reading: Reading) -> Block:
    """One log in a line or three, with *See all of it*."""
    day = reading.day(log.created_at.astimezone(reading.reader.zone).date())
    state = "due" if log.is_due(reading.now) else _STATES.get(log.state, str(log.state))
    lines = [f"{log.reference} · {day} · {state}"]
    if log.state is not State.VOIDED:
        lines += [_brief(log.value("target")), _brief(reading.sentence(log))]
        if log.decided is not None and "looked_at" in log.content:
            lines.append(verdict_line(log.content, Verdict(log.decided.verdict)))
    words = "\n".join(line for line in lines if line)
    return plain(words, button("See all of it", ids.SHOW, log.id))


def team(
    agents: Sequence[Person],
    figures: Mapping[str, Figures],
    *,
    now: dt.datetime,
    reader: Person,
) -> Message:
    """The team today: last session, open targets, what is due and what waits."""
    if not agents:
        return said("No agents are in your teams yet. An admin can import them from a file.")
    reading = Reading(reader=reader, now=now, people={}, criteria={})
    blocks = [team_item(agent, figures.get(agent.user), reading) for agent in agents[:40]]
    if len(agents) > len(blocks):
        blocks.append(plain(f"and {len(agents) - len(blocks)} more agents"))
    return Message(text="Your team today", blocks=tuple(blocks))


def team_item(agent: Person, figures: Figures | None, reading: Reading) -> Block:
    """One agent in a line, with their history."""
    parts = [clip(agent.name, 80)]
    if figures is None or figures.last_session_at is None:
        parts.append("no session yet")
    else:
        parts.append(f"last session {reading.ago(figures.last_session_at)}")
    if figures is not None:
        if figures.open:
            parts.append(counted(figures.open, "open target"))
        if figures.due_at is not None:
            day = figures.due_at.astimezone(reading.reader.zone).date()
            is_past = figures.due_at <= reading.now
            parts.append("due now" if is_past else f"due {reading.day(day)}")
        if figures.awaiting_acknowledgement:
            parts.append(f"{figures.awaiting_acknowledgement} to acknowledge")
    return plain(" · ".join(parts), button("History", ids.HISTORY, agent.user))


def said(words: str) -> Message:
    """A list with nothing in it, in words."""
    return Message(text=plainly(words), blocks=(plain(words),))


def _brief(words: str) -> str:
    return clip(" ".join(words.split()), _WORDS)
