"""The spring of 2027, smaller than the autumn: three clocks change, with nights that span it."""

from __future__ import annotations

import datetime as dt

from tests.flows.quarter.quarters import Quarter
from tests.flows.quarter.spring.cast import HOURS, POLICIES, STAFF
from tests.flows.quarter.spring.story import STORY
from tests.flows.quarter.spring.table import TABLE

SPRING = Quarter(
    start=dt.datetime(2027, 2, 28, 10, tzinfo=dt.UTC),
    weeks=9,
    staff=STAFF,
    hours=HOURS,
    policies=POLICIES,
    story=STORY,
    table=TABLE,
)
