"""The quick log: one form with evidence, target and the follow-up as one line."""

from __future__ import annotations

from collections.abc import Sequence

from coaching.elements import EVIDENCE, FOLLOW_UP, TARGET
from coaching.fields import Content
from coaching.follow_up import follow_up_of
from coaching.log import Log
from views import ids
from views.form import FormAbout, field_blocks
from views.meta import Meta
from views.parts import (
    Block,
    View,
    actions,
    button,
    button_for,
    escape,
    field_input,
    modal,
    section,
)

_SHORT = tuple(field for field in EVIDENCE if field.key not in ("quote", "session_at"))


def quick(
    content: Content, meta: Meta, about: FormAbout, *, others_open: Sequence[Log] = ()
) -> View:
    """Agent, call, moment, criterion, score, target; the follow-up unfolds with *Change*."""
    blocks = [
        *field_blocks(_SHORT, content, meta, about),
        *field_blocks(TARGET.fields[:1], content, meta, about),
        *_follow_up(content, meta, about),
    ]
    if others_open:
        references = " and ".join(other.reference for other in others_open)
        blocks.append(
            field_input(
                ids.SECOND_REASON_BLOCK,
                "Why a second open target?",
                {"type": "plain_text_input", "action_id": "reason", "max_length": 500},
                hint=f"{references} is still open.",
            )
        )
    blocks.append(actions(button("Add the rest", ids.ADD_THE_REST, "rest")))
    return modal(
        ids.QUICK,
        "Quick log",
        blocks,
        meta=meta,
        submit=button_for("Share with", about.agent, "agent"),
    )


def _follow_up(content: Content, meta: Meta, about: FormAbout) -> list[Block]:
    if meta.more:
        return field_blocks(FOLLOW_UP.fields, content, meta, about)
    filled = {**about.suggestions, **content}
    plan = follow_up_of(filled, about.criteria)
    if plan is not None:
        year = plan.review_by.year
        words = f"{plan.sentence(year)}."
    else:
        words = "On most of the next scored calls of the criterion you pick, within a month."
    change = button("Change", ids.MORE, "more")
    return [section(f"*How both will know*\n{escape(words)}", change)]
