"""What `/coach` answers with a list: due, drafts, history, team."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from itertools import chain

from coaching.criteria import Criterion
from coaching.log import Log
from coaching.people import Person
from views import ids
from views.items import Figures, agent_item, draft_item, due_item, log_item, step_items
from views.lengths import MESSAGE_LENGTH, length
from views.parts import Message, button, clip, isolate, plain
from views.passages import MESSAGE_ROOM, Passage, buttons, fitting, headline, line, plainly
from views.reading import Reading, capital, counted

_CLOSING_LENGTH = 250
"""What the line or the button below a list comes to."""


def due(
    logs: Sequence[Log],
    promised: Sequence[Log],
    people: Mapping[str, Person],
    criteria: Mapping[str, Criterion],
    *,
    reader: Person,
    now: dt.datetime,
) -> Message:
    """Follow-ups whose day has come, each with its buttons, and next steps to be done.

    Next steps whose day lies ahead stand apart, last.
    """
    reading = Reading(reader=reader, now=now, people=people, criteria=criteria)
    steps, ahead = (
        [step_items(promised, reading, own=own, due=due) for own in (True, False)]
        for due in (True, False)
    )
    follow_ups = [due_item(log, reading) for log in logs]
    passages, later = [*follow_ups, *chain(*steps)], [*chain(*ahead)]
    if not passages and not later:
        return answer("Nothing is due, and no next step of yours is waiting.")
    counts = [counted(len(logs), "follow-up is", "follow-ups are") + " due"] if logs else []
    title = capital(", and ".join([*counts, *_step_counts(*steps)]))
    if not passages:
        title = f"Nothing is due yet; {', and '.join(_step_counts(*ahead))} for later"
    elif later:
        later[0] = (*headline("Not due yet"), *later[0])
    return listing(title, [*passages, *later], "come up as these are done")


def _step_counts(promised: Sequence[Passage], taken_over: Sequence[Passage]) -> list[str]:
    counts = (("you promised", len(promised)), ("you took over", len(taken_over)))
    return [f"{did} {counted(number, 'next step')}" for did, number in counts if number]


def drafts(
    logs: Sequence[Log],
    people: Mapping[str, Person],
    *,
    reader: Person,
    now: dt.datetime,
    command: str,
    said: str = "",
) -> Message:
    """Unfinished logs, newest first, under a sentence on what was just done with one of them."""
    reading = Reading(reader=reader, now=now, people=people, criteria={})
    if not logs:
        return answer(f"{said} No drafts. {command} starts a log.".lstrip())
    passages = [draft_item(log, reading) for log in logs]
    others = "come up as these are shared or discarded"
    return listing(counted(len(logs), "draft"), passages, others, said)


def history(
    agent: Person,
    logs: Sequence[Log],
    people: Mapping[str, Person],
    criteria: Mapping[str, Criterion],
    *,
    reader: Person,
    now: dt.datetime,
    older: bool,
) -> Message:
    """An agent's logs, newest first, a page of them; days are those of the reader's zone."""
    reading = Reading(reader=reader, now=now, people=people, criteria=criteria)
    name = isolate(clip(agent.name, 80))
    is_own = agent.user == reader.user
    if not logs:
        return answer("You have no logs yet." if is_own else f"{name} has no logs yet.")
    title = headline(f"{'Your logs' if is_own else name}, newest first")
    items = [log_item(log, reading) for log in logs]
    shown = _fitting(title, items)
    blocks = [*title, *(block for item in items[:shown] for block in item)]
    if older or shown < len(logs):
        before = f"{agent.user} {logs[shown - 1].number}"
        blocks += buttons(button("Older", ids.OLDER, before))
    return Message(
        text=plainly("Your coaching logs" if is_own else f"{name}: coaching logs"),
        blocks=tuple(blocks),
    )


def team(
    agents: Sequence[Person],
    figures: Mapping[str, Figures],
    *,
    now: dt.datetime,
    reader: Person,
) -> Message:
    """The team today: last session, open targets, what is due and what waits."""
    if not agents:
        return answer("No agents are in your teams yet. An admin of this workspace can add them.")
    reading = Reading(reader=reader, now=now, people={}, criteria={})
    passages = [agent_item(agent, figures.get(agent.user), reading) for agent in agents]
    return listing(
        f"Your {counted(len(agents), 'agent')} today", passages, "are in your teams as well"
    )


def answer(words: str) -> Message:
    """An answer in words alone."""
    return Message(text=plainly(words), blocks=(plain(words),))


def listing(title: str, passages: Sequence[Passage], others: str, said: str = "") -> Message:
    """As many items as fit under a title, and how many more there are; `said` stands on top."""
    head = (*(line(said) if said else ()), *headline(title))
    shown = _fitting(head, passages)
    blocks = [*head, *(block for item in passages[:shown] for block in item)]
    if left := len(passages) - shown:
        blocks += line(f"{left} more {others}.")
    return Message(text=plainly(said) or title, blocks=tuple(blocks))


def _fitting(title: Passage, items: Sequence[Passage]) -> int:
    """How many of the items fit under the title, with room for a line or a button after them."""
    return fitting(
        items, MESSAGE_ROOM - len(title) - 1, MESSAGE_LENGTH - length(title) - _CLOSING_LENGTH
    )
