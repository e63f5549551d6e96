"""What a form can fill in because it is known or usual; nothing is stored until *Next*."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from coaching.criteria import PASS, Criterion, Scale, ScaleKind
from coaching.elements import CONVERSATION, EVIDENCE, FOLLOW_UP
from coaching.entries import Setting, criterion_of
from coaching.fields import Content, Element, Value
from coaching.follow_up import (
    USUAL_CALLS,
    USUAL_DAYS,
    USUAL_PERCENT,
    USUAL_REACHING,
    next_weekday,
)

_FIVE_MINUTES = 300


def suggested(element: Element, content: Content, setting: Setting) -> dict[str, Value]:
    """Values for the element's fields that have none yet."""
    known: dict[str, Value] = {}
    if element is EVIDENCE:
        now = int(setting.now.timestamp())
        known["session_at"] = now - now % _FIVE_MINUTES
        if "follow_up_criterion" in content:
            known["criterion"] = content["follow_up_criterion"]
    if element is FOLLOW_UP:
        known = _plan(content, setting)
    if element is CONVERSATION and "step_what" in content:
        known["step_who"] = "supervisor"
    return {
        field.key: known[field.key]
        for field in element
        if field.key in known and field.key not in content
    }


def _plan(content: Content, setting: Setting) -> dict[str, Value]:
    reaching = content.get("calls_reaching", USUAL_REACHING)
    fewest = reaching if isinstance(reaching, int) else USUAL_REACHING
    calls = content.get("calls", max(USUAL_CALLS, fewest))
    plan: dict[str, Value] = {
        "calls": calls,
        "calls_reaching": min(USUAL_REACHING, calls) if isinstance(calls, int) else 1,
        "review_by": next_weekday(setting.today + dt.timedelta(days=USUAL_DAYS)).isoformat(),
    }
    key = "follow_up_criterion" if "follow_up_criterion" in content else "criterion"
    criterion = criterion_of(content, key, setting.criteria)
    if criterion is not None:
        plan["follow_up_criterion"] = criterion.id
        plan["threshold"] = usual_threshold(criterion)
    return plan


def usual_threshold(criterion: Criterion) -> str:
    """Four fifths of the scale, or a pass; a place to start from, shown and easily changed."""
    scale: Scale = criterion.scale
    if scale.kind is ScaleKind.EITHER:
        return PASS
    share = Decimal(scale.best) * USUAL_PERCENT / 100
    return scale.parse(str(share.to_integral_value()))
