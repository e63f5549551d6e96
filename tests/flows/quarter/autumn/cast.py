"""The people of the autumn: twelve agents in five zones, their supervisors and leads."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

from coaching.people import Role
from coaching.policy import USUAL, Policy
from coaching.worktime import Shift, Week
from tests.flows.center import NIGHTS
from tests.flows.quarter.clocks import KOLKATA, LONDON, MANILA, NEW_YORK, SYDNEY

CHANNEL = "C0BILLING"

_DAY = Shift(dt.time(9), dt.time(17))
_WEEKENDS: Week = (None, None, _DAY, _DAY, _DAY, _DAY, _DAY)

_LEAD, _SUPERVISOR, _AGENT = Role.LEAD, Role.SUPERVISOR, Role.AGENT
STAFF = (
    ("Leo", NEW_YORK, "Billing", _LEAD),
    ("Sue", NEW_YORK, "Billing", _SUPERVISOR),
    ("Abe", NEW_YORK, "Billing", _AGENT),
    ("Bea", NEW_YORK, "Billing", _AGENT),
    ("Cal", LONDON, "Billing", _AGENT),
    ("Lou", NEW_YORK, "Billing", _AGENT),
    ("Ned", NEW_YORK, "Billing", _AGENT),
    ("Lena", LONDON, "Retention", _LEAD),
    ("Sam", LONDON, "Retention", _SUPERVISOR),
    ("Dana", LONDON, "Retention", _AGENT),
    ("Eli", KOLKATA, "Retention", _AGENT),
    ("Fay", SYDNEY, "Retention", _AGENT),
    ("Kiran", KOLKATA, "Care", _LEAD),
    ("Priya", MANILA, "Care", _SUPERVISOR),
    ("Gil", MANILA, "Care", _AGENT),
    ("Ira", KOLKATA, "Care", _AGENT),
    ("Liz", SYDNEY, "Claims", _LEAD),
    ("Stan", SYDNEY, "Claims", _SUPERVISOR),
    ("Jo", SYDNEY, "Claims", _AGENT),
    ("Kit", SYDNEY, "Claims", _AGENT),
)
# Comes in Stan's place.
TESS = ("Tess", SYDNEY)

HOURS: Mapping[str, Week] = {"Priya": NIGHTS, "Gil": NIGHTS, "Kit": _WEEKENDS}
LEAVE = {
    "Dana": frozenset({dt.date(2027, 9, 20), dt.date(2027, 9, 21), dt.date(2027, 9, 22)}),
    "Liz": frozenset({dt.date(2027, 10, 18), dt.date(2027, 10, 19)}),
}
BILLING: Policy = replace(
    USUAL,
    holidays=frozenset({dt.date(2027, 10, 11), dt.date(2027, 11, 25)}),
    digest_channel=CHANNEL,
)
