"""One field as an input block: how each kind is entered, and what it starts with."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from coaching.criteria import NEW, Criterion
from coaching.entries import MEANS
from coaching.fields import Field, Kind, Value, width
from coaching.follow_up import day_words
from views import ids
from views.parts import Block, cut, field_input, option

_FROM_ZERO = frozenset({"looked_at", "reached"})
_FEW = 3
"""Up to so many answers are shown at once; more go into a menu."""
_OPTION_VALUE_LIMIT = 150
_GONE = "No longer in the list"


@dataclass(frozen=True, slots=True)
class Naming:
    """The names that labels speak of, and the day from which their hints count."""

    agent: str
    supervisor: str
    moment: str
    today: dt.date | None = None

    def label(self, field: Field) -> str:
        return field.label_for(agent=self.agent, supervisor=self.supervisor, moment=self.moment)

    def hint(self, field: Field) -> str:
        return self.label(replace(field, label=field.hint))

    def choice(self, field: Field, key: str) -> str:
        return field.choice_label(key, agent=self.agent, supervisor=self.supervisor)


def field_block(
    field: Field,
    value: Value | None,
    criterion: Criterion | None,
    naming: Naming,
    *,
    generation: int,
    optional: bool = True,
) -> Block:
    """The field's input block; `criterion` is the one picked in it, or that its score is on.

    A value that the element can't hold is left out, since Slack would refuse the whole view.
    """
    element = _element(field, value, criterion, naming)
    hints = [
        _scale_hint(field, criterion),
        _days_hint(field, value, naming.today),
        naming.hint(field),
    ]
    block = field_input(
        block_id(field, generation),
        naming.label(field),
        {**element, "action_id": action_id(field)},
        hint=" ".join(hint for hint in hints if hint),
        optional=optional,
    )
    if field.kind is Kind.CRITERION:
        block["dispatch_action"] = True
    return block


def block_id(field: Field, generation: int) -> str:
    """Names the field's block; counting the generation up fills it anew from code."""
    return f"{field.key}~{generation}"


def action_id(field: Field) -> str:
    """Names what is entered; criteria share one, by which their type-ahead is asked."""
    return ids.CRITERION_PICKED if field.kind is Kind.CRITERION else field.key


def _scale_hint(field: Field, criterion: Criterion | None) -> str:
    if not field.scale_of or criterion is None:
        return ""
    scale = criterion.scale.of_means if field.key in MEANS else criterion.scale
    words = scale.words[0].upper() + scale.words[1:]
    return f"{words}." if field.key == "threshold" else f'{words}, or "not scored".'


def _days_hint(field: Field, value: Value | None, today: dt.date | None) -> str:
    """How far ahead the day in the field lies; it is named, so that it holds for another too."""
    if field.kind is not Kind.DAY or today is None or not _day(value):
        return ""
    day = dt.date.fromisoformat(_day(value))
    days = (day - today).days
    if days < 1:
        return ""
    return (
        f"{day_words(day, today.year)} is {'tomorrow' if days == 1 else f'{days} days from now'}."
    )


def _element(
    field: Field, value: Value | None, criterion: Criterion | None, naming: Naming
) -> Block:
    match field.kind:
        case Kind.PERSON:
            return {"type": "users_select", **_when("initial_user", _text(value))}
        case Kind.CRITERION:
            return {
                "type": "external_select",
                "min_query_length": 0,
                **_when("initial_option", _picked_criterion(value, criterion)),
            }
        case Kind.WHEN:
            return {"type": "datetimepicker", **_when("initial_date_time", _seconds(value))}
        case Kind.DAY:
            return {"type": "datepicker", **_when("initial_date", _day(value))}
        case Kind.COUNT:
            return _number(field, value)
        case Kind.ONE_OF | Kind.ANY_OF:
            return _choices(field, value, naming)
        case _:
            return _written(field, value)


def _written(field: Field, value: Value | None) -> Block:
    element: Block = {"type": "plain_text_input", "max_length": field.limit}
    if field.kind in (Kind.TEXT, Kind.LINES):
        element["multiline"] = True
    text = "\n".join(value) if isinstance(value, tuple) else _text(value)
    return {**element, **_when("initial_value", cut(text, field.limit))}


def _number(field: Field, value: Value | None) -> Block:
    lowest = 0 if field.key in _FROM_ZERO else 1
    text = _text(value)
    fits = text.isascii() and text.isdecimal() and lowest <= int(text[:9]) <= field.limit
    return {
        "type": "number_input",
        "is_decimal_allowed": False,
        "min_value": str(lowest),
        "max_value": str(field.limit),
        **_when("initial_value", text if fits else ""),
    }


def _choices(field: Field, value: Value | None, naming: Naming) -> Block:
    options = [option(naming.choice(field, item.key), item.key) for item in field.choices]
    chosen = value if isinstance(value, tuple) else (_text(value),)
    picked = [item for item in options if item["value"] in chosen]
    if field.kind is Kind.ANY_OF:
        return {"type": "checkboxes", "options": options, **_when("initial_options", picked)}
    kind = "radio_buttons" if len(options) <= _FEW else "static_select"
    return {
        "type": kind,
        "options": options,
        **_when("initial_option", picked[0] if picked else None),
    }


def _picked_criterion(value: Value | None, criterion: Criterion | None) -> Block | None:
    text = _text(value)
    if not text or width(text) > _OPTION_VALUE_LIMIT:
        return None
    if criterion is not None:
        return option(criterion.name, text)
    return option(text.removeprefix(NEW) if text.startswith(NEW) else _GONE, text)


def _seconds(value: Value | None) -> int | None:
    text = _text(value)
    return int(text) if len(text) == 10 and text.isascii() and text.isdecimal() else None


def _day(value: Value | None) -> str:
    try:
        return dt.date.fromisoformat(_text(value)).isoformat()
    except ValueError:
        return ""


def _text(value: Value | None) -> str:
    return "" if value is None or isinstance(value, tuple) else str(value)


def _when(key: str, value: object) -> Block:
    """The attribute, where it has a value; Slack refuses empty ones."""
    return {key: value} if value else {}
