"""What a field and an element are; labels hold ``{agent}``, ``{supervisor}``, ``{moment}``."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

# Halves of surrogate pairs too: JSON can carry them, but no database and no file takes them.
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")

Value = str | int | tuple[str, ...]
"""A field's value as it is kept: text, a count or epoch seconds, or the lines or keys chosen."""

Content = Mapping[str, Value]
"""The values of one log by field key; a field without a value is absent."""

Raw = str | int | tuple[str, ...] | None
"""What a person entered, before it is checked."""


class Kind(StrEnum):
    """How a field is entered and checked."""

    PERSON = "person"  # a Slack user ID
    LINE = "line"
    TEXT = "text"
    LINES = "lines"  # one field, a line each
    MOMENT = "moment"
    CRITERION = "criterion"  # a criterion's ID
    SCORE = "score"  # on the scale of the criterion in field `scale_of`
    WHEN = "when"  # epoch seconds, UTC
    DAY = "day"  # ISO date, a day agreed in words
    COUNT = "count"
    ONE_OF = "one_of"
    ANY_OF = "any_of"


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the answers that a field offers."""

    key: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One thing that a person writes down.

    Attributes:
        key: unique over all elements; also the key in a log's content.
        label: what the form calls it.
        heading: what a summary calls it; empty where a summary words it otherwise.
        needed: whether a log can be shared without it.
        limit: the most characters, or the highest count.
        more: whether the form keeps it behind *More* until it is used.
        scale_of: for a score, the key of the criterion field whose scale it lies on.
    """

    key: str
    label: str
    kind: Kind
    heading: str = ""
    needed: bool = False
    hint: str = ""
    limit: int = 3000
    choices: tuple[Choice, ...] = ()
    more: bool = False
    scale_of: str = ""

    def label_for(self, *, agent: str, supervisor: str, moment: str) -> str:
        """The label with people and moment in it; empty ones are worded generally."""
        return _filled(self.label, agent=agent, supervisor=supervisor, moment=moment)

    def heading_for(self, *, agent: str, supervisor: str, moment: str, whose: str = "") -> str:
        """The heading, or the label where there is none, filled in as in `label_for`.

        `whose` is what belongs to the agent: *your* to themselves, *Dana's* to others.
        """
        words = (self.heading or self.label).replace("{whose}", whose or "the agent's")
        return _filled(words, agent=agent, supervisor=supervisor, moment=moment)

    def choice_label(self, key: str, *, agent: str, supervisor: str) -> str:
        """What the choice of that key is called; the key itself where it is none any more."""
        for choice in self.choices:
            if choice.key == key:
                return _filled(choice.label, agent=agent, supervisor=supervisor, moment="")
        return key


def tidied(text: str) -> str:
    """A person's words without control characters and outer space; empty where none is visible."""
    text = _UNWRITABLE.sub("", text).strip()
    if all(letter.isspace() or unicodedata.category(letter) == "Cf" for letter in text):
        return ""
    return text


def width(text: str) -> int:
    """How many characters a text has where it is typed: beyond 16 bits, as emoji, they count twice.

    That is how browsers count, Slack's client among them. How Slack's servers count is unknown
    (docs.slack.dev says "characters"); no way of counting characters finds more than this one.
    """
    # Half a pair may come from a forged payload; it counts as the one character that it isn't.
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def _filled(template: str, *, agent: str, supervisor: str, moment: str) -> str:
    words = {
        "{agent}": agent or "the agent",
        "{supervisor}": supervisor or "the supervisor",
        "{moment}": moment or "that moment",
    }
    for name, word in words.items():
        template = template.replace(name, word)
    return template


@dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    """One of the six parts of a log, with a form of its own.

    Attributes:
        key: names it in `/coach KEY` and in ids.
        title: the form's title; within the walk its number is added.
        next_label: what the form's button says within the walk.
    """

    key: str
    title: str
    next_label: str
    fields: tuple[Field, ...]

    def __iter__(self) -> Iterator[Field]:
        return iter(self.fields)

    def is_written(self, content: Content) -> bool:
        """Whether any of its fields has a value."""
        return any(field.key in content for field in self.fields)
