"""The look-over before sharing: the log as its agent will see it, and what is missing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from coaching.elements import WALK
from coaching.fields import Element, Field
from coaching.log import Log
from coaching.people import Person
from views import ids
from views.form import FormAbout
from views.form import naming_for as naming
from views.meta import Meta
from views.parts import (
    Block,
    View,
    actions,
    button,
    button_for,
    field_input,
    modal,
    section,
    short_name,
    small_print,
)
from views.passages import page, told_passage
from views.reading import Reading
from views.reading_back import state_text
from views.small import note
from views.summary import told

_ROOM = 12
"""Blocks that one element may take: five elements and the rest stay within Slack's 100."""


def look_over(
    log: Log,
    about: FormAbout,
    *,
    missing: Sequence[Field],
    unwritten: Sequence[Element],
    complete_by: dt.datetime,
    needs_second_reason: Sequence[Log],
) -> View:
    """Each part with *Change*; *Share with …* only when nothing is missing."""
    people = {about.supervisor.user: about.supervisor}
    if about.agent is not None:
        people[about.agent.user] = about.agent
    reading = Reading(
        reader=about.supervisor,
        now=complete_by - dt.timedelta(days=1),
        people=people,
        criteria=about.criteria,
    )
    blocks: list[Block] = [
        *small_print(about.intro),
        *small_print([f"{log.reference} · {about.agent.name if about.agent else 'no agent yet'}"]),
    ]
    lacking = {field.key for field in missing}
    for element in WALK:
        blocks += _part(
            log, element, about, reading, lacking=lacking, is_unwritten=element in unwritten
        )
    if needs_second_reason:
        references = " and ".join(other.reference for other in needs_second_reason)
        blocks.append(
            field_input(
                ids.SECOND_REASON_BLOCK,
                "Why a second open target?",
                {"type": "plain_text_input", "action_id": "reason", "max_length": 500},
                hint=f"{references} is still open.",
                optional=False,
            )
        )
    blocks.append(
        actions(
            button("Back", ids.BACK, "back"),
            button("Finish later", ids.FINISH_LATER, "later"),
        )
    )
    shares = "" if missing else button_for("Share with", about.agent, "agent")
    if needs_second_reason and not shares:
        # A view with an input must have words for its submit button.
        blocks = [block for block in blocks if block.get("block_id") != ids.SECOND_REASON_BLOCK]
    meta = Meta(log=log.id, walk=True)
    return modal(ids.LOOK_OVER, "Look it over", blocks, meta=meta, submit=shares)


def _part(
    log: Log,
    element: Element,
    about: FormAbout,
    reading: Reading,
    *,
    lacking: set[str],
    is_unwritten: bool,
) -> list[Block]:
    change = button(
        "Change", ids.numbered(ids.CHANGE, WALK.index(element)), f"{log.id} {element.key}"
    )
    shown = page([told_passage(item) for item in told(log, (element,), reading)], _ROOM)
    blocks: list[Block] = [section(f"*{element.title}*", change), *shown.blocks]
    names = [naming(about, log.content).label(field) for field in element if field.key in lacking]
    if names:
        blocks += small_print([f"Missing: {', '.join(names)}. It is needed before sharing."])
    elif is_unwritten:
        blocks += small_print(
            [f"{element.title}: you can add it until this time tomorrow; sharing needn't wait."]
        )
    return blocks


def read_second_reason(view: Mapping[str, Any]) -> str:
    """Why there is a second open target; empty where it was not asked."""
    return state_text(view, ids.SECOND_REASON_BLOCK, "reason")


def shared_note(log: Log, agent: Person) -> View:
    """What stands there after sharing."""
    words = (
        f"{short_name(agent)} gets {log.reference} as a direct message now. "
        "You are told when it is acknowledged, and asked for the outcome on the agreed day."
    )
    return note(f"{log.reference} is shared", [words])
