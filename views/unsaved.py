"""Text that somebody typed while another device saved the same field: quoted, never lost."""

from __future__ import annotations

import datetime as dt
import re

from coaching.criteria import NEW
from coaching.fields import Field, Kind, width
from coaching.follow_up import day_words
from views.form_about import FormAbout
from views.parts import Block, plain, split
from views.rich import moment, rich

_SAID = "You wrote here, not saved:"
_EPOCH = re.compile(r"[0-9]{10}")
_SHORT = 200
"""Up to so many characters are quoted in the same breath."""


def unsaved_blocks(field: Field, about: FormAbout) -> list[Block]:
    """The quotation that stands above the field; nothing where nothing differs."""
    if field.key not in about.unsaved:
        return []
    text = about.unsaved[field.key]
    if not text.strip():
        return [plain("You emptied this field; that is not saved.")]
    if field.kind is Kind.WHEN and _EPOCH.fullmatch(text):
        at = dt.datetime.fromtimestamp(int(text), dt.UTC)
        this_year = about.today.year if about.today else at.year
        return [rich(f"{_SAID} ", moment(at, about.supervisor, this_year))]
    words = _words(field, text, about)
    if "\n" not in words and width(words) <= _SHORT:
        return [plain(f"{_SAID} {words}")]
    return [plain(_SAID), *(plain(piece) for piece in split(words))]


def _words(field: Field, text: str, about: FormAbout) -> str:
    match field.kind:
        case Kind.PERSON:
            is_known = about.agent is not None and about.agent.user == text
            return about.agent.name if is_known and about.agent else "another agent"
        case Kind.CRITERION:
            known = about.criteria.get(text)
            return known.name if known else text.removeprefix(NEW)
        case Kind.ONE_OF | Kind.ANY_OF:
            return ", ".join(
                field.choice_label(key, agent=about.agent_name, supervisor=about.supervisor_name)
                for key in text.splitlines()
            )
        case Kind.DAY:
            try:
                day = dt.date.fromisoformat(text)
            except ValueError:
                return text
            return day_words(day, day.year)
        case _:
            return text
