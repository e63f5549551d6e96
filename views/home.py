"""App Home: what waits for the person who opens it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from coaching.criteria import Criterion
from coaching.log import Log
from coaching.people import Person, Role
from views import ids
from views.lists import Figures, draft_item, due_item, history_item, step_item, team_item
from views.parts import Block, View, actions, button, context, plain, plain_text
from views.reading import Reading, counted

_EACH = 6
_AGENTS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeAbout:
    """What the Home shows; every list holds only what the viewer may see."""

    viewer: Person
    people: Mapping[str, Person]
    criteria: Mapping[str, Criterion]
    now: dt.datetime
    command: str
    due: Sequence[Log] = ()
    drafts: Sequence[Log] = ()
    awaiting_acknowledgement: Sequence[Log] = ()
    promised: Sequence[Log] = ()
    own: Sequence[Log] = ()
    awaiting_answer: Sequence[Log] = ()
    agents: Sequence[Person] = ()
    figures: Mapping[str, Figures]


def home(about: HomeAbout) -> View:
    """The Home that fits the viewer's roles."""
    viewer = about.viewer
    reading = Reading(reader=viewer, now=about.now, people=about.people, criteria=about.criteria)
    blocks: list[Block] = []
    if not viewer.is_known:
        blocks.append(
            plain(
                "CoachLog keeps coaching logs for contact-center teams. You aren't in a team there "
                "yet; if you should be, ask an admin of this workspace to add you."
            )
        )
    if viewer.can_log:
        blocks.append(actions(button("Log a session", ids.HOME_START, primary=True)))
    blocks += _mine(about, reading)
    blocks += _team(about, reading)
    if viewer.is_known:
        blocks.append(context(f"`{about.command} help` shows everything that can be typed."))
    return {"type": "home", "blocks": blocks[:100]}


def _mine(about: HomeAbout, reading: Reading) -> list[Block]:
    blocks: list[Block] = []
    waiting = [log for log in about.own if _to_acknowledge(log)]
    if waiting:
        blocks.append(_head("Waiting for you"))
        for log in waiting[:_EACH]:
            words = f"{log.reference}, from {reading.first(log.supervisor)}"
            blocks += [
                plain(words),
                actions(
                    button("Acknowledge", ids.ACKNOWLEDGE, log.id),
                    button("See all of it", ids.SHOW, log.id),
                ),
            ]
    if about.awaiting_answer:
        blocks.append(_head("Your answer is awaited"))
        for log in about.awaiting_answer[:_EACH]:
            words = f"{log.reference} · {reading.name(log.agent)}"
            answering = (
                button("Record response", ids.RESPOND, log.id)
                if log.awaits_response
                else button("Answer", ids.ANSWER, log.id)
            )
            blocks += [
                plain(words),
                actions(answering, button("See all of it", ids.SHOW, log.id)),
            ]
    if about.promised:
        blocks.append(_head("You promised"))
        for log in about.promised[:_EACH]:
            blocks += step_item(log, reading)
    if about.own:
        blocks.append(_head("Your logs"))
        blocks += [history_item(log, reading) for log in about.own[:_EACH]]
    return blocks


def _team(about: HomeAbout, reading: Reading) -> list[Block]:
    blocks: list[Block] = []
    looks_after = about.viewer.can_log or about.viewer.has(Role.LEAD)
    if looks_after:
        blocks.append(_head("Due"))
        for log in about.due[:_EACH]:
            blocks += due_item(log, reading)
        if not about.due:
            blocks.append(plain("Nothing is due today."))
    if about.drafts:
        blocks.append(_head("Drafts"))
        for log in about.drafts[:_EACH]:
            blocks += draft_item(log, about.people, about.now)
    if about.awaiting_acknowledgement:
        blocks.append(_head("Waiting for acknowledgement"))
        for log in about.awaiting_acknowledgement[:_EACH]:
            shared = f", shared {reading.ago(log.shared_at)}" if log.shared_at else ""
            words = f"{log.reference} · {reading.name(log.agent)}{shared}"
            blocks.append(plain(words, button("See all of it", ids.SHOW, log.id)))
    if looks_after and about.agents:
        blocks.append(_head(counted(len(about.agents), "agent")))
        for agent in about.agents[:_AGENTS]:
            blocks.append(team_item(agent, about.figures.get(agent.user), reading))
    return blocks


def _to_acknowledge(log: Log) -> bool:
    return log.is_shared and log.voided is None and not log.is_acknowledged


def _head(words: str) -> Block:
    return {"type": "header", "text": plain_text(words)}
