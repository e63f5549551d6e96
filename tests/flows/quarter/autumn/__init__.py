"""The autumn of 2027: Sydney's, London's and New York's clocks change within it."""

from __future__ import annotations

import datetime as dt

from tests.flows.quarter.autumn.cast import BILLING, CHANNEL, HOURS, LEAVE, STAFF, TESS
from tests.flows.quarter.autumn.story import STORY
from tests.flows.quarter.autumn.table import TABLE
from tests.flows.quarter.clocks import LONDON, NEW_YORK
from tests.flows.quarter.quarters import Quarter

AUTUMN = Quarter(
    start=dt.datetime(2027, 9, 12, 10, tzinfo=dt.UTC),
    weeks=13,
    staff=STAFF,
    comes_later=[TESS],
    hours=HOURS,
    leave=LEAVE,
    policies={"Billing": BILLING},
    channels=[(CHANNEL, NEW_YORK, "Leo")],
    moves=[("Jo", dt.datetime(2027, 11, 22, 1, tzinfo=dt.UTC), LONDON)],
    more={
        ("U0SAM", "outcome CL-8"): 2,  # put off twice
        ("U0TESS", "outcome CL-10"): 1,  # put off once
        ("U0LENA", "unanswered CL-8"): 2,  # the disagreement, then the escalation
        ("U0IRA", "acknowledge CL-11"): 2,  # the log, then its change
    },
    story=STORY,
    table=TABLE,
)
