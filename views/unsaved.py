"""Text that somebody typed while another device saved the same field: quoted, never lost."""

from __future__ import annotations

import datetime as dt
import re

from coaching.criteria import NEW
from coaching.fields import Field, Kind
from coaching.follow_up import day_words
from views.form_about import FormAbout
from views.parts import Block, plain, section, split
from views.rich import moment, rich

_SAID = "You wrote here, not saved:"
_USER = re.compile(r"[UW][A-Z0-9]{2,20}")


def unsaved_blocks(field: Field, about: FormAbout) -> list[Block]:
    """The quotation that stands above the field; nothing where nothing differs."""
    if field.key not in about.unsaved:
        return []
    text = about.unsaved[field.key]
    if not text.strip():
        return [plain("You emptied this field; that is not saved.")]
    if field.kind is Kind.WHEN and text.isdecimal():
        at = dt.datetime.fromtimestamp(int(text[:10]), dt.UTC)
        return [rich(f"{_SAID} ", moment(at, about.supervisor))]
    if field.kind is Kind.PERSON and _USER.fullmatch(text):
        return [section(f"{_SAID} <@{text}>")]
    words = _words(field, text, about)
    if "\n" not in words and len(words) <= 200:
        return [plain(f"{_SAID} {words}")]
    return [plain(_SAID), *(plain(piece) for piece in split(words))]


def _words(field: Field, text: str, about: FormAbout) -> str:
    match field.kind:
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
