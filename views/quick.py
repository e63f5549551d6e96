"""The quick log: one form with evidence, target and the follow-up as one line."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import replace

from coaching.elements import EVIDENCE, FOLLOW_UP, TARGET
from coaching.entries import criterion_of
from coaching.fields import Content
from coaching.follow_up import day_words, follow_up_of
from coaching.log import Log
from views import ids
from views.form import FormAbout, field_blocks, naming_for
from views.meta import Meta
from views.parts import Block, View, actions, button, button_for, modal, plain, section
from views.rich import Bold, rich
from views.second_reason import second_reason_input
from views.small import sentence
from views.unsaved import unsaved_blocks
from views.waiting import before_sharing

_SHORT = (
    *(field for field in EVIDENCE if field.key not in ("quote", "session_at")),
    *(field for field in TARGET if field.key == "target"),
)


def quick(
    content: Content, meta: Meta, about: FormAbout, *, others_open: Sequence[Log] = ()
) -> View:
    """Agent, call, moment, criterion, score, target; the follow-up unfolds with *Change*."""
    fields = (*_SHORT, *FOLLOW_UP) if meta.more else _SHORT
    about = replace(about, required=frozenset(field.key for field in fields))
    meta = replace(meta, plan="" if meta.more else plan_mark(content, about))
    blocks = [
        *second_reason_input(others_open),
        *field_blocks(fields, content, meta, about),
        *([] if meta.more else _follow_up_line(content, about)),
        actions(button("Add the rest", ids.ADD_THE_REST, "rest")),
        *_waits(about),
    ]
    submit = button_for("Share with", about.agent, "agent")
    return modal(ids.QUICK, "Quick log", blocks, meta=meta, submit=submit)


def _waits(about: FormAbout) -> list[Block]:
    if about.agent is None or about.told_at is None or about.today is None:
        return []
    return [before_sharing(about.agent, about.told_at, about.supervisor, about.today.year)]


def shared_already(log: Log, about: FormAbout, command: str) -> View:
    """What was typed where another device shared the log meanwhile with other words."""
    naming = naming_for(about, log.content)
    words = (
        f"{log.reference} was shared from another device meanwhile. What you wrote otherwise is "
        f"not saved. `{command} show {log.reference}` shows it, and there you can change it."
    )
    blocks: list[Block] = [sentence(words)]
    for field in (*_SHORT, *FOLLOW_UP):
        if field.key in about.unsaved:
            blocks.append(rich(Bold(naming.label(field))))
            blocks += unsaved_blocks(field, about)
    return modal(ids.NOTE, "Shared already", blocks)


def _follow_up_line(content: Content, about: FormAbout) -> list[Block]:
    change = button("Change", ids.MORE, "more")
    return [section("*How you both will know*", change), plain(plan_words(content, about))]


def plan_mark(content: Content, about: FormAbout) -> str:
    """Stands for those words in `Meta.plan`, which holds no words itself."""
    return hashlib.sha256(plan_words(content, about).encode()).hexdigest()[:16]


def plan_words(content: Content, about: FormAbout) -> str:
    """The plan as suggested; without its threshold while there is no criterion to suggest one."""
    filled = {**about.suggestions, **content}
    review_by = filled.get("review_by")
    if not isinstance(review_by, str):
        return "Pick the criterion, and a plan is suggested here."
    year = _year(filled, about)
    known = dict(about.criteria)
    if (criterion := criterion_of(filled, "follow_up_criterion", known)) is not None:
        known[criterion.id] = criterion
    plan = follow_up_of(filled, known)
    if plan is not None:
        return f"{plan.sentence(year)}."
    day = day_words(dt.date.fromisoformat(review_by), year)
    return (
        f"{filled.get('calls_reaching')} of the next {filled.get('calls')} scored calls, by {day}. "
        "The score to reach follows from the criterion."
    )


def _year(filled: Content, about: FormAbout) -> int:
    """The year in which the agreed day needs no year: that of the session, which is now."""
    at = filled.get("session_at")
    if isinstance(at, int):
        return dt.datetime.fromtimestamp(at, dt.UTC).astimezone(about.supervisor.zone).year
    return dt.date.fromisoformat(str(filled["review_by"])).year
