"""A team's policy: its hours, and when it is reminded of what (PRODUCT, section 5)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from coaching.worktime import OFFICE, Week

MONDAY = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """What a team agreed on; days are working days of whoever is reminded, unless said otherwise.

    Attributes:
        week: the usual hours of everybody in the team; somebody's own hours come first.
        holidays: days on which nobody in the team works.
        finish_minutes: how long before the working day ends a log is to be finished.
        finish_hours: how long after the session it is asked for once more.
        acknowledge_days: after sharing; the last time the supervisor is told as well.
        step_days: after the day of a promised next step; 0 is that day.
        overdue_days: after the outcome was asked for; the last time the leads are told as well.
        unanswered_days: after a disagreement or an escalation came to the leads.
        cadence_days: an agent without a session for so many days (of the calendar) is named.
        cadence_days_new: the same for who joined less than `new_for_days` ago; None for the same.
        cadence_days_open: the same while a target is open; None for the same.
        cadence_of: the same for single agents, by user ID.
        cadence_again_days: how long until an agent is named again.
        digest_weekday, digest_at: when leads get the digest, in their own zones and working
            hours; 0 is Monday.
        digest_ahead_minutes: how long before the first of them the supervisors get it.
        digest_channel: the ID of a channel that gets the totals; empty for none.
    """

    week: Week = OFFICE
    holidays: frozenset[dt.date] = frozenset()
    finish_minutes: int = 60
    finish_hours: int = 24
    acknowledge_days: tuple[int, ...] = (2, 5)
    step_days: tuple[int, ...] = (0, 2)
    overdue_days: tuple[int, ...] = (2, 5)
    unanswered_days: tuple[int, ...] = (3, 5)
    cadence_days: int = 30
    cadence_days_new: int | None = None
    new_for_days: int = 90
    cadence_days_open: int | None = None
    cadence_of: tuple[tuple[str, int], ...] = ()
    cadence_again_days: int = 7
    digest_weekday: int = MONDAY
    digest_at: dt.time = dt.time(9)
    digest_ahead_minutes: int = 60
    digest_channel: str = ""


USUAL = Policy()
