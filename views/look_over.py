"""The look-over before sharing: the log as its agent will see it, and what is missing."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import replace

from coaching.draft import is_planned
from coaching.elements import CONVERSATION, WALK
from coaching.fields import Element, Field, Kind
from coaching.follow_up import day_words
from coaching.log import Log
from coaching.people import Person
from coaching.sharing import waits_until
from coaching.worktime import next_weekday
from views import ids
from views.form import FormAbout, naming_for
from views.meta import Meta
from views.parts import (
    Block,
    View,
    actions,
    button,
    button_for,
    clip,
    isolate,
    modal,
    section,
    short_name,
    small_print,
)
from views.passages import Passage, Told, page, told_passage
from views.planned import HELD, planned_for
from views.reading import Reading, listed
from views.rich import Bold, rich
from views.second_reason import read_second_reason, second_reason_input
from views.small import sentence
from views.summary import told
from views.waiting import after_sharing, before_sharing, send_now_button

__all__ = ["SECOND_REASON_BLOCK", "look_over", "read_second_reason", "shared_note"]

SECOND_REASON_BLOCK = ids.SECOND_REASON_BLOCK

CHANGED_MEANWHILE = (
    "This draft was changed on another device meanwhile. Here it is as it stands now: look it "
    "over once more before you share it."
)

_ROOM = 15
"""Blocks that one element's texts may take: five of them and the rest stay within Slack's 100."""
_HEAVIEST = 200_000
"""Bytes of texts that leave room for the rest in Slack's 250 KB for a view."""
_SHORTENED = 1000
"""Characters shown of each text where all of them together would be too heavy."""


def look_over(
    log: Log,
    about: FormAbout,
    *,
    missing: Sequence[Field],
    unwritten: Sequence[Element],
    complete_by: dt.datetime,
    now: dt.datetime,
    needs_second_reason: Sequence[Log],
) -> View:
    """Each part with *Change*; *Share with …* only when nothing is missing.

    While the session lies ahead there is *Session held* in its place. Until `complete_by`, in UTC,
    the unwritten elements may be added without a reminder. The view's version is how often the log
    was saved, so that only what was seen is shared.
    """
    people = {person.user: person for person in (about.supervisor, about.agent) if person}
    reading = Reading(reader=about.supervisor, now=now, people=people, criteria=about.criteria)
    planned = is_planned(log, now)
    agent = isolate(clip(about.agent.name, 80)) if about.agent else "no agent yet"
    reads = about.agent_name or "the agent"
    blocks: list[Block] = [
        *small_print(about.intro),
        *small_print([f"{log.reference} · {agent}", f"This is how {reads} will read it."]),
    ]
    blocks += small_print(_not_ready(missing))
    if planned:
        blocks.append(rich("The session is planned for ", planned_for(log, reading), "."))
    texts = _texts(log, reading)
    lacking = {field.key for field in missing}
    for element in WALK:
        blocks += _heading(log, element)
        blocks += texts[element.key]
        blocks += _missing(log, element, about, lacking)
        if element in unwritten:
            is_left_for_it = planned and element is CONVERSATION
            blocks.append(_talk() if is_left_for_it else _later(reading, complete_by))
    if not missing and not planned:
        blocks += second_reason_input(needs_second_reason)
        blocks += _waits(about, reading)
    back = button("Back", ids.BACK, "back")
    blocks.append(actions(back, button("Finish later", ids.FINISH_LATER, "later")))
    share = "" if missing else button_for("Share with", about.agent, "agent")
    return modal(
        # Named apart, so that a press of the one is never taken for the other.
        ids.HELD if planned else ids.LOOK_OVER,
        "Look it over",
        blocks,
        meta=Meta(log=log.id, version=log.saved, walk=True, agent=log.agent or ""),
        submit=HELD if planned else share,
    )


def _not_ready(missing: Sequence[Field]) -> list[str]:
    """In which parts something is missing without which it can't be shared."""
    if not missing:
        return []
    parts = [part.title.lower() for part in WALK if any(field in missing for field in part)]
    return [f"! Before you can share it, something is still missing in {listed(parts)}."]


def _heading(log: Log, element: Element) -> Passage:
    action_id = ids.numbered(ids.CHANGE, WALK.index(element) + 1)
    change = button("Change", action_id, f"{log.id} {element.key}")
    return (section(f"*{element.title}*", change),)


def _texts(log: Log, reading: Reading) -> dict[str, list[Block]]:
    """What each element says, by its key; shortened only where Slack would refuse the whole."""
    parts = {element.key: _under_title(element, told(log, (element,), reading)) for element in WALK}
    whole = {key: _paged(items) for key, items in parts.items()}
    if len(json.dumps(whole)) <= _HEAVIEST:
        return whole
    return {key: _paged([_shortened(item) for item in items]) for key, items in parts.items()}


def _under_title(element: Element, items: list[Told]) -> list[Told]:
    """Without the heading of what the element's title says already; a field alone keeps its own."""
    main = next(field for field in element if field.kind is not Kind.PERSON)
    return [
        replace(item, heading="") if item.key == main.key and item.heading != main.label else item
        for item in items
    ]


def _paged(items: Sequence[Told]) -> list[Block]:
    shown = page([told_passage(item) for item in items], _ROOM)
    is_cut = shown.has_more or any(str(item.words).endswith("…") for item in items)
    return [*shown.blocks, *small_print(["There is more. Change shows all of it."] * is_cut)]


def _shortened(item: Told) -> Told:
    if not isinstance(item.words, str):
        return item
    return replace(item, words=clip(item.words, _SHORTENED))


def _missing(log: Log, element: Element, about: FormAbout, lacking: set[str]) -> tuple[Block, ...]:
    naming = naming_for(about, log.content)
    names = [naming.label(field) for field in element if field.key in lacking]
    return small_print([f"! Still missing: {', '.join(names)}."] if names else [])


def _talk() -> Block:
    return rich("It waits for the session; ", Bold(HELD), " asks for it.")


def _later(reading: Reading, complete_by: dt.datetime) -> Block:
    if complete_by <= reading.now:
        return rich("Nothing written yet. You can still add it.")
    return rich("Nothing written yet. You can add it until ", reading.moment(complete_by), ".")


def _waits(about: FormAbout, reading: Reading) -> list[Block]:
    agent = about.agent
    told_at = waits_until(agent, reading.now) if agent else None
    if agent is None or told_at is None:
        return []
    return [before_sharing(agent, told_at, reading.reader, reading.today.year)]


def shared_note(log: Log, agent: Person, reader: Person, now: dt.datetime) -> View:
    """What stands there after sharing; outside the agent's hours with *Send now*."""
    name = short_name(agent) or "The agent"
    asked = "on the agreed day"
    if log.value("review_by") and log.shared_at is not None:
        day = next_weekday(dt.date.fromisoformat(log.value("review_by")))
        asked = f"on {day_words(day, log.shared_at.year)}"
    shared = sentence(f"{log.reference} is shared with {name}.")
    later = sentence(f"You are told when {name} has read it, and asked for the outcome {asked}.")
    waits: list[Block] = []
    if log.told_at is not None and log.is_waiting(now):
        year = now.astimezone(reader.zone).year
        waits = [after_sharing(agent, log.told_at, reader, year), send_now_button(log)]
    return modal(ids.NOTE, "Shared", [shared, *waits, later])
