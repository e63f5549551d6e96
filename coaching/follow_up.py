"""Follow-up criteria as data, their plain sentence, and the verdict worked out from calls."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from coaching.criteria import Criterion
from coaching.fields import Content
from coaching.worktime import next_weekday

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
USUAL_CALLS, USUAL_REACHING, USUAL_DAYS, USUAL_PERCENT = 10, 7, 30, 80
MOST_EXTENSIONS = 2
"""After that the team lead decides (PRODUCT, section 2)."""


class Verdict(StrEnum):
    """What the figures say; never typed, always worked out."""

    MET = "met"
    NOT_MET = "not met"
    TOO_FEW = "too few calls"


@dataclass(frozen=True, slots=True)
class FollowUp:
    """How both will know: k of the next N scored calls at the threshold or better, by a day."""

    criterion: Criterion
    threshold: str
    calls: int
    reaching: int
    review_by: dt.date

    def sentence(self, this_year: int) -> str:
        """The plan in one plain sentence, without a full stop; the year where it is another."""
        scale = self.criterion.scale
        if self.calls == 1:
            which = "the next scored call"
        elif self.calls == self.reaching:
            which = f"each of the next {self.calls} scored calls"
        else:
            which = f"{self.reaching} of the next {self.calls} scored calls"
        return (
            f"{self.criterion.name} {scale.at_least(self.threshold)} on {which}, "
            f"by {day_words(self.review_by, this_year)}"
        )

    def verdict(self, looked_at: int, reached: int) -> Verdict:
        """Met at k; not met only once all N were looked at; otherwise too few calls."""
        if reached >= self.reaching:
            return Verdict.MET
        return Verdict.NOT_MET if looked_at >= self.calls else Verdict.TOO_FEW


def day_words(day: dt.date, this_year: int) -> str:
    """An agreed day in words that are the same for everybody: ``Thu 24 December``."""
    words = f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]}"
    return words if day.year == this_year else f"{words} {day.year}"


def follow_up_of(content: Content, criteria: Mapping[str, Criterion]) -> FollowUp | None:
    """The plan that a log's content holds; None while a part of it is missing."""
    criterion = criteria.get(str(content.get("follow_up_criterion", "")))
    threshold = content.get("threshold")
    calls, reaching = content.get("calls"), content.get("calls_reaching")
    review_by = content.get("review_by")
    if (
        criterion is None
        or not isinstance(threshold, str)
        or not isinstance(calls, int)
        or not isinstance(reaching, int)
        or not isinstance(review_by, str)
    ):
        return None
    return FollowUp(criterion, threshold, calls, reaching, dt.date.fromisoformat(review_by))


def verdict_of(content: Content, criteria: Mapping[str, Criterion]) -> Verdict | None:
    """The verdict of the figures in a log's content; None while they are not there."""
    plan = follow_up_of(content, criteria)
    looked_at, reached = content.get("looked_at"), content.get("reached")
    if plan is None or not isinstance(looked_at, int) or not isinstance(reached, int):
        return None
    return plan.verdict(looked_at, reached)


def extended(plan: FollowUp, today: dt.date) -> dt.date:
    """The day to which a plan with too few calls is offered to be extended."""
    return next_weekday(max(plan.review_by, today) + dt.timedelta(days=USUAL_DAYS))
