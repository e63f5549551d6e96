"""What a form can fill in because it is known or usual; nothing is stored until *Next*."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal
from types import MappingProxyType

from coaching.criteria import PASS, Criterion, NotAScore, Scale, ScaleKind
from coaching.elements import CONVERSATION, EVIDENCE, FOLLOW_UP, TARGET
from coaching.entries import Setting, criterion_of
from coaching.fields import Content, Element, Value
from coaching.follow_up import (
    USUAL_CALLS,
    USUAL_DAYS,
    USUAL_PERCENT,
    USUAL_REACHING,
)
from coaching.log import Log
from coaching.worktime import next_weekday

_FIVE_MINUTES = 300
_NOTHING: Content = MappingProxyType({})


def open_cycle(content: Content, targets: Iterable[Log]) -> Content:
    """What was agreed in the agent's open target, for a draft that may go on with it.

    Once another criterion is picked the draft is about something else. The newest target counts.
    """
    picked = content.get("criterion")
    fitting = [log for log in targets if picked in (None, log.content.get("criterion"))]
    return max(fitting, key=lambda log: log.number).agreed if fitting else _NOTHING


def suggested(
    element: Element, content: Content, setting: Setting, cycle: Content = _NOTHING
) -> dict[str, Value]:
    """Values for the element's fields that have none yet; `cycle` as from `open_cycle`."""
    known: dict[str, Value] = {}
    if element is EVIDENCE:
        now = int(setting.now.timestamp())
        known["session_at"] = now - now % _FIVE_MINUTES
        criterion = content.get("follow_up_criterion") or cycle.get("criterion")
        if criterion is not None:
            known["criterion"] = criterion
    if element is TARGET:
        known = {field.key: cycle[field.key] for field in TARGET if field.key in cycle}
    if element is FOLLOW_UP:
        known = _plan(content, setting, cycle)
    if element is CONVERSATION and "step_what" in content:
        known["step_who"] = "supervisor"
    return {
        field.key: known[field.key]
        for field in element
        if field.key in known and field.key not in content
    }


def _plan(content: Content, setting: Setting, cycle: Content) -> dict[str, Value]:
    known: dict[str, Value] = {**content}
    if "follow_up_criterion" in cycle:
        known.setdefault("follow_up_criterion", cycle["follow_up_criterion"])
    key = "follow_up_criterion" if "follow_up_criterion" in known else "criterion"
    criterion = criterion_of(known, key, setting.criteria)
    is_same = criterion is not None and criterion.id == cycle.get("follow_up_criterion")
    before = cycle if is_same else _NOTHING
    usual_reaching = _count(before, "calls_reaching", USUAL_REACHING)
    reaching = _count(content, "calls_reaching", usual_reaching)
    calls = _count(content, "calls", max(_count(before, "calls", USUAL_CALLS), reaching))
    plan: dict[str, Value] = {
        "calls": calls,
        "calls_reaching": min(usual_reaching, calls),
        # The calls to review are the next ones, so the day is counted from now in any case.
        "review_by": next_weekday(setting.today + dt.timedelta(days=USUAL_DAYS)).isoformat(),
    }
    if criterion is not None:
        plan["follow_up_criterion"] = criterion.id
        plan["threshold"] = _threshold(criterion, before)
    return plan


def _count(content: Mapping[str, Value], key: str, usual: int) -> int:
    count = content.get(key, usual)
    return count if isinstance(count, int) else usual


def _threshold(criterion: Criterion, before: Content) -> str:
    agreed = before.get("threshold")
    try:
        # An admin may have changed the scale since.
        return criterion.scale.parse(str(agreed)) if agreed else usual_threshold(criterion)
    except NotAScore:
        return usual_threshold(criterion)


def usual_threshold(criterion: Criterion) -> str:
    """Four fifths of the scale, or a pass; a place to start from, shown and easily changed."""
    scale: Scale = criterion.scale
    if scale.kind is ScaleKind.EITHER:
        return PASS
    share = Decimal(scale.best) * USUAL_PERCENT / 100
    return scale.parse(str(share.to_integral_value()))
