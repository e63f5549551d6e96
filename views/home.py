"""App Home: what waits for the person who opens it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from coaching.criteria import Criterion
from coaching.log import Log
from coaching.notices import asked_of_lead
from coaching.people import Act, Person, Role, may
from views import ids
from views.help import ASK_AN_ADMIN, FOR_ADMINS, all_of_it
from views.items import (
    Figures,
    acknowledge_item,
    agent_item,
    answer_item,
    draft_item,
    due_item,
    log_item,
    step_items,
    team_of,
    unfinished_item,
    unread_item,
)
from views.own_targets import decision_item, last_decided, promise_items, target_item
from views.parts import Block, View, button, context, plain, plain_text, section
from views.passages import VIEW_ROOM, Passage, buttons
from views.reading import Reading

_EACH = 5
_AGENTS = 15
_AROUND = 4
"""Blocks that are always kept free: the button, the help, and a section's heading and end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeAbout:
    """What the Home shows; every list holds only what the viewer may see.

    Attributes:
        unfinished: the viewer's own shared logs without an observation or a conversation.
        awaiting_acknowledgement: the viewer's own logs that their agents have not read yet.
        promised: logs with a next step that the viewer promised or took over.
        own: logs about the viewer, newest first.
        own_targets: those of them that are open.
        awaiting_answer: disagreements and escalations for a lead, in any order.
        agents: whom the viewer looks after, with their figures by user ID.
    """

    viewer: Person
    people: Mapping[str, Person]
    criteria: Mapping[str, Criterion]
    now: dt.datetime
    command: str
    due: Sequence[Log] = ()
    drafts: Sequence[Log] = ()
    unfinished: Sequence[Log] = ()
    awaiting_acknowledgement: Sequence[Log] = ()
    promised: Sequence[Log] = ()
    own: Sequence[Log] = ()
    own_targets: Sequence[Log] = ()
    awaiting_answer: Sequence[Log] = ()
    agents: Sequence[Person] = ()
    figures: Mapping[str, Figures]


def home(about: HomeAbout) -> View:
    """The Home that fits the viewer's roles."""
    viewer, command = about.viewer, about.command
    if not viewer.is_known:
        words = FOR_ADMINS if viewer.keeps_teams else ASK_AN_ADMIN
        return {"type": "home", "blocks": [plain(_NOBODY), section(words)]}
    blocks: list[Block] = []
    if viewer.can_log:
        blocks += buttons(button("Log a session", ids.HOME_START, primary=True))
    sections = _sections(about)
    for blocks_of_section in sections:
        blocks += blocks_of_section
    if not sections:
        blocks.append(plain("Nothing waits for you."))
    if all(item.role is Role.ADMIN for item in viewer.memberships):
        blocks.append(section(FOR_ADMINS))
    blocks.append(context(all_of_it(command)))
    return {"type": "home", "blocks": blocks}


_NOBODY = (
    "CoachLog keeps coaching logs for contact-center teams. You aren't in a team there yet, so "
    "there is nothing to show."
)


def _sections(about: HomeAbout) -> list[list[Block]]:
    viewer = about.viewer
    reading = Reading(reader=viewer, now=about.now, people=about.people, criteria=about.criteria)
    lists_due = _lists(f"{about.command} due")
    unread = [log for log in about.own if _waits(log)]
    decided = last_decided(about.own)
    sections = [
        _section("Waiting for you", [acknowledge_item(log, reading) for log in unread]),
        _section(
            "Your target" if len(about.own_targets) == 1 else "Your targets",
            [target_item(log, reading) for log in about.own_targets],
        ),
        _section(
            "Waiting for your answer",
            [answer_item(log, reading) for log in _longest_waiting(about)],
            "they come up as these are answered",
            count=len(about.awaiting_answer),
        ),
        _section("Due", [due_item(log, reading) for log in about.due], lists_due),
        _section("You promised", step_items(about.promised, reading), lists_due),
        _section("You took over", step_items(about.promised, reading, own=False), lists_due),
        _section("Promised to you", promise_items([*about.own_targets, *about.own], reading)),
        _section("Last decision", [decision_item(decided, reading)] if decided else []),
        _section(
            "Drafts",
            [draft_item(log, reading) for log in about.drafts],
            _lists(f"{about.command} drafts"),
        ),
        _section(
            "Still to be written",
            [unfinished_item(log, reading) for log in about.unfinished],
            "they come up as these are written",
        ),
        _section(
            "Not acknowledged yet",
            [unread_item(log, reading) for log in about.awaiting_acknowledgement],
        ),
    ]
    # Last come those that may be long: they get what the others leave of a Home's room.
    room = VIEW_ROOM - _AROUND - sum(len(section) for section in sections)
    shown = {log.id for log in (*unread, *about.own_targets, *([decided] if decided else []))}
    earlier = [log_item(log, reading) for log in about.own if log.id not in shown]
    logs = _section("Your earlier logs", earlier, _lists(f"{about.command} history"))
    if len(logs) <= room:
        sections.append(logs)
        room -= len(logs)
    sections.append(_agents(about, reading, max(0, min(_AGENTS, room))))
    return [section for section in sections if section]


def _longest_waiting(about: HomeAbout) -> list[Log]:
    """Those that wait longest for the viewer's answer; those of one team stand together."""
    calendar = about.viewer.calendar
    waiting = sorted(
        about.awaiting_answer,
        key=lambda log: (asked_of_lead(log, calendar) or log.created_at, log.number),
    )[:_EACH]
    teams = list(dict.fromkeys(team_of(log, about.viewer, about.people) for log in waiting))
    return sorted(waiting, key=lambda log: teams.index(team_of(log, about.viewer, about.people)))


def _agents(about: HomeAbout, reading: Reading, most: int) -> list[Block]:
    items = [
        agent_item(
            agent,
            about.figures.get(agent.user),
            reading,
            logs_here=may(about.viewer, Act.COACH, agent=agent),
        )
        for agent in about.agents
    ]
    return _section("Your agents", items, _lists(f"{about.command} team"), most=most)


def _section(
    title: str, items: Sequence[Passage], rest: str = "", *, most: int = _EACH, count: int = 0
) -> list[Block]:
    """A heading with its items; where some are left out, how many and what `rest` says of them.

    `count` is how many there are, where `items` doesn't hold them all.
    """
    if not items:
        return []
    blocks: list[Block] = [{"type": "header", "text": plain_text(title, 150)}]
    for item in items[:most]:
        blocks += item
    left = max(count, len(items)) - most
    if left > 0:
        blocks.append(context(f"{left} more; {rest}" if rest else f"{left} more"))
    return blocks


def _lists(command: str) -> str:
    return f"`{command}` lists them"


def _waits(log: Log) -> bool:
    return log.is_shared and log.voided is None and not log.is_acknowledged
