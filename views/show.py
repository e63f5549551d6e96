"""The answer to `/coach show CL-n`: one log, whole, with the buttons that its reader may press."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from itertools import pairwise

from coaching.criteria import Criterion
from coaching.elements import ELEMENTS, WALK, missing, unwritten
from coaching.fields import Content
from coaching.log import Log, State
from coaching.notices import lead_turn
from coaching.outcome import closes_in_one_press, extension_of
from coaching.people import Act, Person, steps_for
from coaching.sharing import changeable, is_sendable
from views import ids, said
from views.differences import differences
from views.items import draft_buttons, state_words
from views.lengths import MESSAGE_LENGTH, length
from views.parts import Block, Message, View, button, modal
from views.passages import (
    MESSAGE_ROOM,
    VIEW_ROOM,
    Passage,
    buttons,
    headline,
    line,
    page,
    quoted,
    stated,
    told_passage,
)
from views.reading import Reading, date_words
from views.rich import Bold
from views.summary import told
from views.waiting import SEND_NOW, after_sharing

__all__ = ["Message", "as_view", "show"]

_TURNING_LENGTH = 400
"""What the buttons that turn the pages come to."""
_WANTED = frozenset(
    {
        ids.ACKNOWLEDGE,
        ids.ANSWER,
        ids.RESPOND,
        ids.CLOSE_AS_MET,
        ids.EXTEND,
        ids.RECORD_OUTCOME,
    }
)
"""What is coloured where it comes first."""
_MOST_STEPS = 10
"""How many promised steps can be answered here; the list of what is due has all of them."""
Revision = tuple[int, dt.datetime, str, Content]


def show(
    log: Log,
    viewer: Person,
    people: Mapping[str, Person],
    criteria: Mapping[str, Criterion],
    *,
    now: dt.datetime,
    revisions: Sequence[Revision],
    linked: Sequence[Log],
    may: frozenset[Act],
    number: int = 1,
    in_modal: bool = False,
) -> Message:
    """The log with everything that was said to it, and the buttons that `may` allows.

    A log that is too long for one message comes in pages; `number` is the page. A modal holds more.
    """
    reading = Reading(reader=viewer, now=now, people=people, criteria=criteria)
    passages = [
        _title(log, reading),
        *(told_passage(item) for item in told(log, ELEMENTS, reading) if item.key != "decision"),
        *_unwritten(log, reading),
        *_since(log, reading, max(revisions)[1] if revisions else None),
        *_links(log, linked, viewer),
        *_revisions(log, revisions, reading),
    ]
    rows = _rows(log, reading, may)
    room = (VIEW_ROOM if in_modal else MESSAGE_ROOM) - len(rows) - 1
    most = None if in_modal else MESSAGE_LENGTH - length(rows) - _TURNING_LENGTH
    shown = page(passages, room, number, most=most)
    turning = _turning(log, number, has_more=shown.has_more)
    return Message(text=f"{log.reference} as it stands", blocks=(*shown.blocks, *turning, *rows))


def _unwritten(log: Log, reading: Reading) -> list[Passage]:
    """What isn't written: of a draft all that sharing needs, and apart from it what may wait."""
    later = unwritten(log.content)
    if log.state is not State.DRAFT:
        return [stated(part.title, "Not written yet") for part in later]
    agent = reading.first(log.agent) if log.agent else ""
    lacking = missing(log.content)
    needed = []
    for part in WALK:
        labels = [
            field.label_for(agent=agent, supervisor="", moment=log.value("moment"))
            for field in part
            if field in lacking
        ]
        needed += [f"• {part.title}: {', '.join(labels)}"] if labels else []
    passages = []
    if needed:
        passages.append(stated("Needed before it can be shared", "\n".join(needed)))
    if later:
        titles = "\n".join(f"• {part.title}" for part in later)
        passages.append(stated("Not written yet, and may follow after sharing", titles))
    return passages


def _turning(log: Log, number: int, *, has_more: bool) -> Passage:
    """The ways to the next page, and back to the first."""
    rest = button("Show the rest", ids.numbered(ids.SHOW, 1), f"{log.id} {number + 1}")
    beginning = button("Show the beginning", ids.numbered(ids.SHOW, 2), f"{log.id} 1")
    return buttons(rest if has_more else None, beginning if number > 1 else None)


def as_view(log: Log, message: Message) -> View:
    """The same as a modal, where somebody asked from a modal or the Home."""
    return modal(ids.NOTE, log.reference, message.blocks)


def _title(log: Log, reading: Reading) -> Passage:
    words = f"{log.reference} · {reading.name(log.agent)} · {state_words(log, reading)}"
    return headline(words)


def _since(log: Log, reading: Reading, changed_at: dt.datetime | None) -> list[Passage]:
    passages: list[Passage] = []
    if log.shared_at is not None:
        by = f"{reading.name(log.supervisor)}, shared on "
        passages.append(line(Bold("Written by "), by, reading.moment(log.shared_at)))
    passages += _waits(log, reading)
    if log.second_reason:
        passages.append(quoted("Why a second open target", log.second_reason))
    passages += said.acknowledgement(log, reading, changed_at)
    if log.is_shared and log.acknowledgement is None and log.voided is None:
        passages.append(line("Not acknowledged yet"))
    for view in log.views:
        passages += said.view(log, view, reading)
        passages += said.ruling_below(log, view, reading)
    if log.awaits_answer:
        leads = reading.leads(log.agent)
        passages.append(line(f"This waits for an answer from {leads or 'the team lead'}."))
    passages += said.reopened(log, reading)
    for noted in reversed(log.check_ins):
        passages += said.check_in(log, noted, reading)
    passages += said.decided(log, reading)
    passages += said.response(log, reading)
    return passages + said.voided(log, reading)


def _waits(log: Log, reading: Reading) -> list[Passage]:
    """Until when its agent waits to be told; the agent, who reads it already, is not told that."""
    agent = reading.people.get(log.agent or "")
    if agent is None or log.told_at is None or not is_sendable(log, reading.now):
        return []
    if reading.reader.user == agent.user:
        return []
    return [(after_sharing(agent, log.told_at, reading.reader, reading.today.year),)]


def _links(log: Log, linked: Sequence[Log], viewer: Person) -> list[Passage]:
    passages = []
    for other in linked:
        # A draft is its writer's alone, its reference too.
        if other.is_shared or other.supervisor == viewer.user:
            words = "It goes on from" if other.id == log.continues else "It goes on in"
            open_it = button(f"Show {other.reference}", ids.SHOW, other.id)
            passages.append((*line(f"{words} {other.reference}."), *buttons(open_it)))
    return passages


def _revisions(log: Log, revisions: Sequence[Revision], reading: Reading) -> list[Passage]:
    """What each change after sharing changed, the newest first."""
    in_order = sorted(revisions, key=lambda item: item[0])
    passages: list[Passage] = []
    for earlier, later in pairwise(in_order):
        number, at, actor, content = later
        head = line(Bold(f"Version {number}"), f", by {reading.who(actor)}, ", reading.moment(at))
        passages = [head, *differences(earlier[3], content, log, reading), *passages]
    return passages


def _rows(log: Log, reading: Reading, may: frozenset[Act]) -> Passage:
    if log.state is State.DRAFT:
        return buttons(*draft_buttons(log, reading, primary=True)) if Act.WRITE in may else ()
    if log.state is State.VOIDED or not log.is_shared:
        return ()
    return buttons(*_pressable(log, reading, may))


def _pressable(log: Log, reading: Reading, may: frozenset[Act]) -> list[Block]:
    found: list[Block] = []

    def add(words: str, action_id: str, value: str = "") -> None:
        is_wanted = not found and action_id in _WANTED
        found.append(button(words, action_id, value or log.id, primary=is_wanted))

    if Act.ACKNOWLEDGE in may:
        if not log.is_acknowledged:
            add("Acknowledge", ids.ACKNOWLEDGE)
        add("Add my view", ids.ADD_VIEW)
    if Act.WRITE in may and is_sendable(log, reading.now):
        add(SEND_NOW, ids.SEND_NOW, f"{log.id} {ids.IN_LOG}")
    if Act.ANSWER in may and log.awaits_answer:
        add("Answer", ids.ANSWER)
    turn = lead_turn(log, reading.reader.calendar)
    if Act.ANSWER in may and turn is not None and turn <= reading.now:
        add("Record response", ids.RESPOND)
    if Act.DECIDE in may and log.state is State.OPEN:
        if closes_in_one_press(log, reading.criteria):
            add("Close as met", ids.CLOSE_AS_MET)
        if day := extension_of(log, reading.criteria, reading.now, reading.reader.zone):
            add(f"Extend to {date_words(day)}", ids.EXTEND, ids.extension(log, day))
        add("Record outcome", ids.RECORD_OUTCOME)
    if Act.CHECK_IN in may and log.state is State.OPEN:
        add("Check in", ids.CHECK_IN)
    if Act.WRITE in may and changeable(log):
        add("Change", ids.CHANGE)
    for step in steps_for(reading.reader, log, reading.people)[:_MOST_STEPS]:
        words = f"Check-in {step.number}: next step done" if step.number else "Next step done"
        action_id = ids.numbered(ids.STEP_DONE, step.number)
        add(words, action_id, f"{log.id} {step.number} {ids.IN_LOG}")
    if Act.VOID in may:
        add("Void…", ids.VOID)
    return found
