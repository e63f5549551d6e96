"""A letter: one message with all that is due for one person, each item with its own buttons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from coaching.notices import NoticeKind
from views import ids
from views.digest.about import DigestAbout
from views.digest.message import digest, digest_passages, digest_text
from views.lengths import MESSAGE_LENGTH, length
from views.notice_about import NoticeAbout
from views.parts import Block, Message, actions, button
from views.passages import MESSAGE_ROOM, Passage, fitting, headline, line, page, plainly
from views.reading import Reading
from views.reminded import Reminded, later_menu, passage, title
from views.rich import Bold
from views.to_supervisor import outcome_due

MOST = 20
"""Items that a letter shows at once (SCREENS, morning bundle)."""
_WORDS = ("", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten")
_NOON = 12
_CLOSING = 400
"""What the button below the items takes of a message's length, and more."""

_HEADINGS: Mapping[NoticeKind, str] = {
    NoticeKind.UNANSWERED: "Waiting for your answer",
    NoticeKind.OUTCOME_DUE: "Outcomes to record",
    NoticeKind.OVERDUE: "Outcomes overdue",
    NoticeKind.STEP: "Promised next steps",
    NoticeKind.FINISH: "Logs to finish",
    NoticeKind.ACKNOWLEDGE: "Not acknowledged yet",
    NoticeKind.HALF_WAY: "Half way",
    NoticeKind.NO_SESSION: "No session for a while",
    NoticeKind.ORPHANED: "Nobody sees to these any more",
    NoticeKind.UNREACHED: "What I couldn't send",
}
"""The kinds in the order in which a letter tells them."""


def letter(
    letter_id: str,
    items: Sequence[Reminded],
    reading: Reading,
    outcome: NoticeAbout | None = None,
    week: DigestAbout | None = None,
) -> Message:
    """The message as things stand now.

    `outcome` is what a single outcome prompt is made from, `week` the digest that comes with it.
    """
    ordered = in_order(items)
    if week is not None:
        return _with_digest(letter_id, ordered, reading, week)
    if len(ordered) == 1:
        return _single(ordered[0], reading, outcome)
    return _several(letter_id, ordered, reading, MESSAGE_ROOM, MESSAGE_LENGTH)


def _with_digest(
    letter_id: str, items: Sequence[Reminded], reading: Reading, week: DigestAbout
) -> Message:
    """The week first, then what else is due, in one message."""
    if not items:
        return digest(week)
    beside = {(item.kind, item.log.id) for item in items if item.log is not None}
    week = replace(week, beside=frozenset(beside))
    room, most = MESSAGE_ROOM // 2, MESSAGE_LENGTH // 2
    above = [block for one in digest_passages(week, room=room, most=most) for block in one]
    room, most = MESSAGE_ROOM - len(above) - 1, MESSAGE_LENGTH - length(above)
    below = _several(letter_id, items, reading, room, most)
    text = f"{digest_text(week)} {below.text}"
    return Message(text=text, blocks=(*above, {"type": "divider"}, *below.blocks))


def _several(
    letter_id: str, ordered: Sequence[Reminded], reading: Reading, room: int, most: int
) -> Message:
    head = _greeting(len(ordered), reading)
    passages = _told(ordered, reading)
    room, most = room - 2, most - _CLOSING
    title_line = headline(head)
    shown = min(
        fitting(passages, room - len(title_line), most - length(title_line)),
        len(_told(ordered[:MOST], reading)),
    )
    blocks = [*title_line, *(block for one in passages[:shown] for block in one)]
    if shown < len(passages):
        blocks.append(actions(button("Show all", ids.SHOW_ALL, f"{letter_id} 1")))
    return Message(text=plainly(head), blocks=tuple(blocks))


def every_item(letter_id: str, items: Sequence[Reminded], reading: Reading, number: int) -> Message:
    """A page of all items of a letter, for *Show all*."""
    ordered = in_order(items)
    head = headline(_greeting(len(ordered), reading))
    room, most = MESSAGE_ROOM - len(head) - 1, MESSAGE_LENGTH - length(head) - _CLOSING
    shown = page(_told(ordered, reading), room, number, most=most)
    blocks: list[Block] = [*head, *shown.blocks]
    if shown.has_more:
        blocks.append(actions(button("Show more", ids.SHOW_ALL, f"{letter_id} {number + 1}")))
    return Message(text=_greeting(len(ordered), reading), blocks=tuple(blocks))


def in_order(items: Sequence[Reminded]) -> list[Reminded]:
    """The items by kind, as they came within each."""
    places = {kind: place for place, kind in enumerate(_HEADINGS)}
    return sorted(items, key=lambda item: places.get(item.kind, len(places)))


def _single(item: Reminded, reading: Reading, outcome: NoticeAbout | None) -> Message:
    words = title(item, reading)
    if outcome is None or item.kind is not NoticeKind.OUTCOME_DUE or item.snoozed_until:
        return Message(text=plainly(words), blocks=(*headline(words), *passage(item, reading)))
    prompt = outcome_due(outcome)
    if not item.stands:
        return prompt
    *others, last = prompt.blocks
    if last["type"] != "actions":
        return prompt
    return Message(prompt.text, (*others, actions(*last["elements"], later_menu(item))))


def _told(items: Sequence[Reminded], reading: Reading) -> list[Passage]:
    passages, heading = [], ""
    for item in items:
        told, above = passage(item, reading), _heading(item, reading)
        if above != heading:
            heading = above
            told = (*line(Bold(heading)), *told)
        passages.append(told)
    return passages


def _heading(item: Reminded, reading: Reading) -> str:
    is_own = item.log is not None and item.log.agent == reading.reader.user
    if is_own and item.kind is NoticeKind.ACKNOWLEDGE:
        return "To read and acknowledge"
    return _HEADINGS.get(item.kind, "")


def _greeting(number: int, reading: Reading) -> str:
    count = _WORDS[number] if number < len(_WORDS) else str(number)
    things = "thing" if number == 1 else "things"
    is_morning = reading.now.astimezone(reading.reader.zone).hour < _NOON
    when = "this morning" if is_morning else "today"
    return f"{count} {things} {when}, {reading.first(reading.reader.user)}"
