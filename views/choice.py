"""Picking where several logs fit: what is in hand is offered before something new."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from coaching.draft import gap, is_planned
from coaching.elements import FIELDS
from coaching.fields import Element, Value
from coaching.log import Log
from coaching.people import Person
from coaching.sharing import changeable
from views import ids
from views.parts import (
    Block,
    View,
    actions,
    button,
    clip,
    cut,
    divider,
    isolate,
    modal,
    plain,
    plain_text,
    short_name,
    small_print,
)
from views.planned import held_button, planned_words
from views.reading import Reading

_GIVEN = ("call", "quote")
_GIVEN_PREFIX = "given."
_MOST = 40
_MOST_KNOWN = 30
"""Of drafts and of targets: a draft may take two blocks of Slack's 100."""
_TARGET = 120
_CHECK_IN = (
    "A check-in notes a session on the open target; counting goes on. "
    "A new log opens another target."
)


def known(
    drafts: Sequence[Log],
    targets: Sequence[Log],
    agent: Person | None,
    reading: Reading,
    *,
    given: Mapping[str, Value] | None = None,
) -> View:
    """Drafts to go on with and open targets to check in on; a new log comes last.

    `given` is evidence from a message, which is shown here so that it comes along. It is new, so a
    new log comes first then; a quick log has no room for the quote, and is not offered.
    """
    start = button("Start a new log", ids.NEW_LOG, agent.user if agent else "", primary=bool(given))
    blocks: list[Block] = []
    for log in drafts[:_MOST_KNOWN]:
        blocks += _draft(log, reading, primary=not given and not blocks)
    for log in targets[:_MOST_KNOWN]:
        words = f"{log.reference}, still open for {_who(log, reading)}{_target(log)}"
        press = button("Check in", ids.CHECK_IN, log.id, primary=not given and not blocks)
        blocks.append(plain(words, press))
    blocks += _left_out(len(drafts) - _MOST_KNOWN, len(targets) - _MOST_KNOWN)
    if targets:
        blocks += small_print([_CHECK_IN])
    if given:
        blocks[:0] = [*_given_blocks(given), actions(start), divider()]
    else:
        quick = [button("Quick log", ids.QUICK_LOG, agent.user)] if agent else []
        blocks += [divider(), actions(start, *quick)]
    title = f"Coach {short_name(agent)}" if agent else "Log a session"
    return modal(ids.CHOICE, title, blocks)


def _given_blocks(given: Mapping[str, Value]) -> list[Block]:
    return [
        *small_print(["From the message; it comes along into a new log or a draft:"]),
        *(_given_block(key, str(given[key])) for key in _GIVEN if key in given),
    ]


def _given_block(key: str, text: str) -> Block:
    # Without emoji Slack hands the text back as it is here.
    verbatim = {**plain_text(text), "emoji": False}
    return {"type": "section", "block_id": f"{_GIVEN_PREFIX}{key}", "text": verbatim}


def read_given(view: Mapping[str, Any]) -> dict[str, Value]:
    """The evidence that stands in this view to come along; nothing in any other view."""
    found: dict[str, Value] = {}
    blocks = view.get("blocks")
    for block in blocks if isinstance(blocks, list) else ():
        block_id = block.get("block_id") if isinstance(block, Mapping) else None
        for key in _GIVEN:
            text = block.get("text") if block_id == f"{_GIVEN_PREFIX}{key}" else None
            words = text.get("text") if isinstance(text, Mapping) else None
            if isinstance(words, str):
                found[key] = cut(words, FIELDS[key].limit)
    return found


def which(logs: Sequence[Log], part: Element, reading: Reading) -> View:
    """The logs that an element's form may be meant for."""
    blocks: list[Block] = [plain(f"{part.title}: for which log?")]
    for log in logs[:_MOST]:
        begun = reading.ago(log.created_at)
        words = f"{log.reference} for {_who(log, reading)}, begun {begun}{_target(log)}"
        blocks.append(plain(words, button("This one", ids.PICK, f"{log.id} {part.key}")))
    return modal(ids.CHOICE, part.title, [*blocks, *_left_out(len(logs) - _MOST)])


def _who(log: Log, reading: Reading) -> str:
    return reading.name(log.agent) if log.agent else "nobody yet"


def _draft(log: Log, reading: Reading, *, primary: bool) -> list[Block]:
    """A draft with its way back; one whose session is planned has *Session held* as well."""
    words = f"{log.reference}, a draft for {_who(log, reading)}, "
    missing = gap(log, reading.now)
    following = f"Next: {missing.title.lower()}." if missing else ""
    if is_planned(log, reading.now):
        when = planned_words(log, reading)
        go_on = button("Continue", ids.CONTINUE, log.id)
        return [
            plain(f"{words}planned for {when}. {following or 'Ready for the session.'}"),
            actions(held_button(log, primary=primary), go_on),
        ]
    press = button("Continue", ids.CONTINUE, log.id, primary=primary)
    words += f"begun {reading.ago(log.created_at)}. {following or 'Ready to share.'}"
    return [plain(words, press)]


def _target(log: Log) -> str:
    """The target in a line; the whole of it stands in the log that the press opens."""
    target = " ".join(log.value("target").split())
    return f": {isolate(clip(target, _TARGET))}" if target else ""


def _left_out(*counts: int) -> tuple[Block, ...]:
    left = sum(max(0, count) for count in counts)
    if not left:
        return ()
    return small_print([f"{left} more are not shown; name the agent or the log to find them."])


def part_to_change(log: Log) -> View:
    """Which form of a shared log to open; the agent is shown what is different afterwards."""
    blocks: list[Block] = [plain(f"What do you want to change in {log.reference}?")]
    for number, part in enumerate(changeable(log), start=1):
        value = f"{log.id} {part.key}"
        change = button("Change", ids.numbered(ids.CHANGE, number), value)
        blocks.append(plain(part.title, change))
    return modal(ids.CHOICE, f"Change {log.reference}", blocks)
