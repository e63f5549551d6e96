"""The pieces of Block Kit that our views and messages are put together from.

User text goes into plain text objects or rich text (see `views.rich`), or through `escape` where it
stands beside our own markup; escaped text is ours from there on.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from coaching.criteria import Criterion
from coaching.entries import criterion_of
from coaching.fields import Content, width
from coaching.people import Person
from views.meta import Meta, dump

Block = dict[str, Any]
View = dict[str, Any]

TEXT_LIMIT = 3000
TITLE_LIMIT = 24
BUTTON_LIMIT = 75
OPTION_LIMIT = 75
_CONTEXT_LIMIT = 2000
_NAME_LENGTH = 40

_GUARD = "\u200b"
_MARKS = re.compile(r"[*_~`]")
_QUOTE = re.compile(r"^(\s*)(?=&gt;)", re.MULTILINE)
_DIRECTIONS = re.compile("[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]")
_RIGHT_TO_LEFT = frozenset({"R", "AL", "AN"})
_LINK = re.compile(r"https?://[^\s<>|]+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Message:
    """A message: `text` is what notifications and screen readers get, neutral and escaped."""

    text: str
    blocks: tuple[Block, ...]


def escape(text: str) -> str:
    """User text as mrkdwn that shows exactly these characters and does nothing.

    An invisible guard beside each mark keeps it from opening bold, code or a quote.
    """
    text = isolate(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    text = _MARKS.sub(lambda mark: f"{_GUARD}{mark[0]}{_GUARD}", text)
    return _QUOTE.sub(rf"\1{_GUARD}", text)


def isolate(text: str) -> str:
    """Text that leaves the direction of the words around it alone.

    Lines written right to left are set apart. Marks that turn the direction are dropped, since one
    that isn't closed would run on into our words.
    """
    text = _DIRECTIONS.sub("", text)
    if text.isascii() or not any(unicodedata.bidirectional(one) in _RIGHT_TO_LEFT for one in text):
        return text
    return "\n".join(f"\u2068{line}\u2069" if line else line for line in text.split("\n"))


def clip(text: str, limit: int) -> str:
    """At most so wide, with an ellipsis where something was cut off."""
    if width(text) <= limit:
        return text
    return cut(text, limit - 1).rstrip() + "…"


def cut(text: str, limit: int) -> str:
    """The beginning of it, at most so wide, that ends with a whole character."""
    return text if width(text) <= limit else text[: _whole(text, _fitting(text, limit))]


def split(text: str, limit: int = TEXT_LIMIT) -> list[str]:
    """Pieces at most so wide, cut between lines or words where there are any.

    Only the white space at the cuts is lost; a text of nothing else has no piece.
    """
    pieces = []
    rest = text.strip()
    while width(rest) > limit:
        end = _fitting(rest, limit)
        place = max(rest.rfind(mark, end // 2, end + 1) for mark in ("\n", " "))
        if place < 0:
            place = _whole(rest, end)
        pieces.append(rest[:place].rstrip())
        rest = rest[place:].lstrip()
    return [piece for piece in (*pieces, rest) if piece]


def _fitting(text: str, limit: int) -> int:
    """How many characters of a text that is too wide fit into the limit."""
    if text.isascii():
        return limit
    taken = 0
    for place, letter in enumerate(text):
        taken += 2 if ord(letter) > 0xFFFF else 1
        if taken > limit:
            return place
    return len(text)


def _whole(text: str, cut: int) -> int:
    """The last place up to `cut` that is not inside one visible character."""
    place = cut
    while place > 1 and (_joins(text[place]) or text[place - 1] == "\u200d"):
        place -= 1
    return place if place > 1 else cut


def _joins(letter: str) -> bool:
    """Whether it belongs to the letter before it: accents, joiners, skin tones."""
    is_tone = "\U0001f3fb" <= letter <= "\U0001f3ff"
    return bool(unicodedata.combining(letter)) or letter in "\ufe0f\u200d" or is_tone


def short_name(person: Person | None) -> str:
    """A first name for labels and sentences, shortened and set apart; empty for nobody."""
    return isolate(clip(person.first, _NAME_LENGTH)) if person else ""


def button_for(words: str, person: Person | None, otherwise: str) -> str:
    """A button's words ending in a first name where that fits into *submit*'s 24 characters."""
    named = f"{words} {isolate(person.first)}" if person else ""
    return named if named and width(named) <= TITLE_LIMIT else f"{words} {otherwise}"


def moment_line(content: Content, criteria: Mapping[str, Criterion]) -> str:
    """What was listened to, as words: ``Call 8841 at 03:12 · Discovery 55 %``; not escaped."""
    call = str(content.get("call", ""))
    moment = str(content.get("moment", ""))
    what = "Recorded call" if recording_link(content) else ""
    if call and not what:
        what = call if call.lower().startswith("call") else f"Call {isolate(call)}"
    if moment:
        joint = ", " if moment.startswith("message") else " at "
        what = f"{what or 'Call'}{joint}{moment}"
    criterion = criterion_of(content, "criterion", criteria)
    scored = ""
    if criterion is not None:
        score = content.get("score")
        named = replace(criterion, name=isolate(criterion.name))
        scored = named.name if score is None else named.display(str(score))
    return " · ".join(part for part in (what, scored) if part)


def recording_link(content: Content) -> str:
    """The address of the recording where the call is named by one; http and https alone."""
    call = str(content.get("call", ""))
    return call if _LINK.fullmatch(call) else ""


def plain_text(text: str, limit: int = TEXT_LIMIT) -> Block:
    """Text that is only text; Slack turns nothing in it into a link or a mention."""
    return {"type": "plain_text", "text": clip(text, limit) or " ", "emoji": True}


def markup(text: str) -> Block:
    """Our own mrkdwn; verbatim, so that Slack links nothing by itself."""
    return {"type": "mrkdwn", "text": text or " ", "verbatim": True}


def section(text: str, accessory: Block | None = None) -> Block:
    """A section of our own mrkdwn; what people wrote is escaped before it comes here."""
    block: Block = {"type": "section", "text": markup(text)}
    if accessory is not None:
        block["accessory"] = accessory
    return block


def plain(text: str, accessory: Block | None = None) -> Block:
    """A section of plain text, as people wrote it."""
    block: Block = {"type": "section", "text": plain_text(text)}
    if accessory is not None:
        block["accessory"] = accessory
    return block


def context(text: str) -> Block:
    """Small print of our own mrkdwn."""
    return {"type": "context", "elements": [markup(text)]}


def small_print(lines: Iterable[str]) -> tuple[Block, ...]:
    """Small print as people wrote it, a line each; nothing where there are no lines."""
    pieces = split("\n".join(lines), _CONTEXT_LIMIT)
    return tuple({"type": "context", "elements": [plain_text(piece)]} for piece in pieces)


def divider() -> Block:
    """A line across."""
    return {"type": "divider"}


def button(
    text: str,
    action_id: str,
    value: str = "",
    *,
    url: str = "",
    primary: bool = False,
    danger: bool = False,
    confirm: Block | None = None,
) -> Block:
    """A button; only the first and most wanted one of a message is `primary`."""
    element: Block = {
        "type": "button",
        "text": plain_text(text, BUTTON_LIMIT),
        "action_id": action_id,
    }
    if value:
        element["value"] = value
    if url:
        element["url"] = url
    if primary or danger:
        element["style"] = "primary" if primary else "danger"
    if confirm is not None:
        element["confirm"] = confirm
    return element


def confirmation(title: str, text: str, *, yes: str, no: str = "Keep it") -> Block:
    """The dialog that asks once more before a button does what can't be undone."""
    return {
        "title": plain_text(title, 100),
        "text": plain_text(text, 300),
        "confirm": plain_text(yes, 30),
        "style": "danger",
        "deny": plain_text(no, 30),
    }


def actions(*elements: Block) -> Block:
    """A row of buttons, menus and the like."""
    return {"type": "actions", "elements": list(elements)}


def menu(placeholder: str, action_id: str, options: Iterable[Block]) -> Block:
    """A menu that does something when an entry is picked."""
    return {
        "type": "static_select",
        "placeholder": plain_text(placeholder, BUTTON_LIMIT),
        "action_id": action_id,
        "options": list(options),
    }


def option(text: str, value: str, description: str = "") -> Block:
    """One answer of a menu, of radio buttons or check boxes."""
    made: Block = {"text": plain_text(text, OPTION_LIMIT), "value": value}
    return {**made, "description": plain_text(description, OPTION_LIMIT)} if description else made


def field_input(
    block_id: str, label: str, element: Block, *, hint: str = "", optional: bool = True
) -> Block:
    """An input block; `optional` for Slack, which else refuses the form without asking us."""
    block: Block = {
        "type": "input",
        "block_id": block_id,
        "label": plain_text(label, 2000),
        "element": element,
        "optional": optional,
    }
    if hint:
        block["hint"] = plain_text(hint, 2000)
    return block


def modal(
    callback_id: str,
    title: str,
    blocks: Iterable[Block],
    *,
    meta: Meta | None = None,
    submit: str = "",
    close: str = "Close",
) -> View:
    """A modal; one that has inputs needs words for *submit*."""
    view: View = {
        "type": "modal",
        "callback_id": callback_id,
        "private_metadata": dump(meta or Meta()),
        "title": plain_text(title, TITLE_LIMIT),
        "close": plain_text(close, TITLE_LIMIT),
        "blocks": list(blocks),
    }
    if submit:
        view["submit"] = plain_text(submit, TITLE_LIMIT)
    return view
