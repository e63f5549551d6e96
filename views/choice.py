"""Picking where several logs fit: what is in hand is offered before something new."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from coaching.fields import Element
from coaching.log import Log
from coaching.people import Person
from views import ids
from views.parts import (
    Block,
    View,
    actions,
    button,
    clip,
    divider,
    isolate,
    modal,
    plain,
    short_name,
)

_MOST = 20


def known(
    drafts: Sequence[Log],
    targets: Sequence[Log],
    agent: Person | None,
    people: Mapping[str, Person],
    now: dt.datetime,
) -> View:
    """Drafts to go on with and open targets to check in on; a new log comes last."""
    blocks: list[Block] = []
    for log in drafts[:_MOST]:
        words = f"{log.reference}, a draft for {_who(log, people)}, begun {_ago(log, now)}"
        blocks.append(plain(words, button("Continue", ids.CONTINUE, log.id)))
    for log in targets[:_MOST]:
        words = f"{log.reference}, open for {_who(log, people)}{_target(log)}"
        blocks.append(plain(words, button("Check in", ids.CHECK_IN, log.id)))
    blocks.append(divider())
    start = button("Start a new log", ids.NEW_LOG, agent.user if agent else "")
    blocks.append(actions(start))
    title = clip(f"Coach {short_name(agent)}", 24) if agent else "Coaching logs"
    return modal(ids.CHOICE, title, blocks)


def which(
    logs: Sequence[Log], part: Element, people: Mapping[str, Person], now: dt.datetime
) -> View:
    """The logs that an element's form may be meant for."""
    blocks: list[Block] = [plain(f"{part.title} of which log?")]
    for log in logs[:_MOST]:
        words = f"{log.reference} for {_who(log, people)}, begun {_ago(log, now)}{_target(log)}"
        blocks.append(plain(words, button("This one", ids.PICK, f"{log.id} {part.key}")))
    return modal(ids.CHOICE, part.title, blocks)


def _who(log: Log, people: Mapping[str, Person]) -> str:
    person = people.get(log.agent or "")
    return isolate(clip(person.name, 80)) if person else "nobody yet"


def _target(log: Log) -> str:
    target = log.value("target")
    return f": {isolate(clip(target, 120))}" if target else ""


def _ago(log: Log, now: dt.datetime) -> str:
    days = (now - log.created_at).days
    if days <= 0:
        return "today"
    return "yesterday" if days == 1 else f"{days} days ago"
