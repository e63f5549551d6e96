"""A log that waits for its agent's shift: what is said of it, and *Send now*."""

from __future__ import annotations

import datetime as dt

from coaching.follow_up import day_words
from coaching.log import Log
from coaching.people import Person
from views import ids
from views.parts import Block, View, actions, button, isolate, short_name
from views.rich import Bold, Piece, moment, rich
from views.small import note

SEND_NOW = "Send now"


def shift_begins(agent: Person, at: dt.datetime, reader: Person, this_year: int) -> list[Piece]:
    """When that is for the reader, and by the agent's clock where that shows another time."""
    name = short_name(agent)
    begins: list[Piece] = [f"{name}'s next shift begins ", moment(at, reader, this_year)]
    here, there = at.astimezone(reader.zone), at.astimezone(agent.zone)
    if here.utcoffset() != there.utcoffset():
        day = f"{day_words(there.date(), this_year)}, " if here.date() != there.date() else ""
        begins.append(f", which is {day}{there:%H:%M} for {name}")
    return [*begins, f". {name} gets it then"]


def before_sharing(agent: Person, at: dt.datetime, reader: Person, this_year: int) -> Block:
    """That sharing it now would wait, and the way out."""
    words = shift_begins(agent, at, reader, this_year)
    return rich(*words, ", or at once if you press ", Bold(SEND_NOW), " after sharing.")


def after_sharing(agent: Person, at: dt.datetime, reader: Person, this_year: int) -> Block:
    """That it waits."""
    return rich(*shift_begins(agent, at, reader, this_year), ".")


def send_now_button(log: Log) -> Block:
    """*Send now* in the note after sharing."""
    return actions(button(SEND_NOW, ids.SEND_NOW, log.id))


def sent_now(log: Log, agent: Person | None) -> View:
    """What stands there after *Send now*."""
    name = short_name(agent) or "the agent"
    return note("Sent", [f"{log.reference} is on its way to {isolate(name)}."])
