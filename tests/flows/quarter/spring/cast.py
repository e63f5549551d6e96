"""The people of the spring: many of them at work in the night in which their clocks change."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

from coaching.people import Role
from coaching.policy import USUAL, Policy
from coaching.worktime import Shift, Week
from tests.flows.center import NIGHTS
from tests.flows.quarter.clocks import KOLKATA, LONDON, MANILA, NEW_YORK, SYDNEY
from tests.flows.quarter.quarters import user_of

_NIGHT = Shift(dt.time(22), dt.time(6))
_SMALL_HOURS = Shift(dt.time(2, 30), dt.time(10, 30))
# The night from Saturday to Sunday is the one that spans a change.
_WEEKEND_NIGHTS: Week = (_NIGHT, _NIGHT, _NIGHT, None, None, _NIGHT, _NIGHT)
# Half past two is no time on a Sunday in March in New York, and comes twice in April in Sydney.
_EARLY: Week = (_SMALL_HOURS, _SMALL_HOURS, _SMALL_HOURS, _SMALL_HOURS, None, None, _SMALL_HOURS)

_LEAD, _SUPERVISOR, _AGENT = Role.LEAD, Role.SUPERVISOR, Role.AGENT
STAFF = (
    ("Leo", NEW_YORK, "Billing", _LEAD),
    ("Nora", NEW_YORK, "Billing", _SUPERVISOR),
    ("Abe", NEW_YORK, "Billing", _AGENT),
    ("Bea", NEW_YORK, "Billing", _AGENT),
    ("Owen", NEW_YORK, "Billing", _AGENT),
    ("Lena", LONDON, "Retention", _LEAD),
    ("Sam", LONDON, "Retention", _SUPERVISOR),
    ("Dana", LONDON, "Retention", _AGENT),
    ("Eli", KOLKATA, "Retention", _AGENT),
    ("Fay", SYDNEY, "Retention", _AGENT),
    ("Mia", LONDON, "Retention", _AGENT),
    ("Lou", LONDON, "Care", _LEAD),
    ("Priya", MANILA, "Care", _SUPERVISOR),
    ("Gil", MANILA, "Care", _AGENT),
    ("Liz", SYDNEY, "Claims", _LEAD),
    ("Stan", SYDNEY, "Claims", _SUPERVISOR),
    ("Jo", SYDNEY, "Claims", _AGENT),
    ("Kit", SYDNEY, "Claims", _AGENT),
    ("Max", SYDNEY, "Claims", _AGENT),
)
HOURS: Mapping[str, Week] = {
    "Nora": _WEEKEND_NIGHTS,
    "Mia": _WEEKEND_NIGHTS,
    "Stan": _WEEKEND_NIGHTS,
    "Owen": _EARLY,
    "Kit": _EARLY,
    "Priya": NIGHTS,
    "Gil": NIGHTS,
}
# A session in a quarter is enough, but for Dana: every other week.
_QUARTERLY = replace(USUAL, cadence_days=90)
POLICIES: Mapping[str, Policy] = {
    "Billing": _QUARTERLY,
    "Retention": replace(_QUARTERLY, cadence_of=((user_of("Dana"), 14),)),
    "Care": _QUARTERLY,
    "Claims": _QUARTERLY,
}
