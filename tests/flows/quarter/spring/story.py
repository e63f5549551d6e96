"""What happens in the spring, in the time of whoever does it."""

from __future__ import annotations

from tests.flows.quarter.acting import (
    acknowledges,
    answers,
    checks_in,
    decides,
    disagrees,
    does_step,
    drafts,
    held_now,
    puts_off,
    shares,
)
from tests.flows.quarter.clocks import KOLKATA, LONDON, MANILA, NEW_YORK, SYDNEY
from tests.flows.quarter.quarters import Act

STORY: tuple[tuple[str, str, Act], ...] = (
    # Billing: Nora at night in New York with Abe and Bea by day and Owen in the small hours.
    ("Wed 10 Mar 23:00", NEW_YORK, shares("Nora", "Owen", review_by="2027-04-18")),  # CL-1
    ("Thu 11 Mar 01:00", NEW_YORK, shares("Nora", "Bea", review_by="2027-03-31")),  # CL-2
    (
        "Sun 14 Mar 01:00",
        NEW_YORK,
        drafts("Nora", "Abe", without=["target"], review_by="2027-04-07"),  # CL-4
    ),
    ("Mon 15 Mar 12:00", NEW_YORK, acknowledges("Bea", 2)),
    ("Mon 15 Mar 23:00", NEW_YORK, held_now("Nora", 4)),
    ("Tue 16 Mar 12:00", NEW_YORK, acknowledges("Abe", 4)),
    ("Thu 18 Mar 03:00", NEW_YORK, acknowledges("Owen", 1)),
    ("Thu  1 Apr 01:00", NEW_YORK, decides("Nora", 2, "close")),
    ("Thu  8 Apr 01:00", NEW_YORK, decides("Nora", 4, "close")),
    ("Mon 19 Apr 01:00", NEW_YORK, decides("Nora", 1, "close")),
    # Care: Priya and Gil at night in Manila, their lead in London.
    ("Thu 11 Mar 21:00", MANILA, shares("Priya", "Gil", review_by="2027-03-22")),  # CL-3
    ("Fri 12 Mar 22:00", MANILA, acknowledges("Gil", 3)),
    ("Tue 23 Mar 22:00", MANILA, decides("Priya", 3, "escalate")),
    # Retention: Sam and Dana in London by day and Mia at night, Eli in Kolkata, Fay in Sydney.
    (
        "Tue 23 Mar 11:00",
        LONDON,
        shares(  # CL-5
            "Sam",
            "Fay",
            review_by="2027-04-28",
            step_who="supervisor",
            step_what="Send the fee table",
            step_by="2027-03-25",
        ),
    ),
    ("Wed 24 Mar 12:00", SYDNEY, disagrees("Fay", 5)),
    ("Thu 25 Mar 10:00", LONDON, puts_off("Sam", "Next week")),
    ("Thu 25 Mar 10:00", LONDON, shares("Sam", "Dana", review_by="2027-04-23")),  # CL-6
    (
        "Fri 26 Mar 11:00",
        LONDON,
        shares(  # CL-7
            "Sam",
            "Eli",
            review_by="2027-04-30",
            step_who="agent",
            step_what="Write three openings",
            step_by="2027-03-29",
        ),
    ),
    ("Fri 26 Mar 15:00", LONDON, shares("Sam", "Mia", review_by="2027-04-11")),  # CL-8
    ("Fri 26 Mar 17:00", KOLKATA, acknowledges("Eli", 7)),
    ("Mon 29 Mar 12:00", LONDON, does_step("Sam", 5)),
    ("Wed 31 Mar 12:00", KOLKATA, does_step("Eli", 7)),
    ("Thu  1 Apr 02:00", LONDON, acknowledges("Mia", 8)),
    ("Thu  1 Apr 12:00", LONDON, acknowledges("Dana", 6)),
    ("Thu  1 Apr 12:00", LONDON, answers("Lena", 5)),
    ("Mon 12 Apr 12:00", LONDON, decides("Sam", 8, "close")),
    ("Wed 14 Apr 11:00", LONDON, checks_in("Sam", 6)),
    ("Wed 28 Apr 14:00", LONDON, decides("Sam", 5, "close")),
    ("Fri 30 Apr 15:00", LONDON, decides("Sam", 7, "close")),
    ("Fri 30 Apr 15:00", LONDON, decides("Sam", 6, "close")),
    # Claims: Stan at night in Sydney with Jo and Max by day and Kit in the small hours.
    (
        "Wed 31 Mar 23:00",
        SYDNEY,
        shares(  # CL-9
            "Stan",
            "Kit",
            review_by="2027-04-25",
            step_who="supervisor",
            step_what="Listen in",
            step_by="2027-04-03",
        ),
    ),
    ("Thu  1 Apr 00:00", SYDNEY, shares("Stan", "Max", review_by="2027-04-14")),  # CL-10
    ("Sun  4 Apr 02:30", SYDNEY, puts_off("Stan", "Tomorrow")),
    (
        "Sun  4 Apr 02:00 again",
        SYDNEY,
        drafts("Stan", "Jo", without=["target"], review_by="2027-04-19"),  # CL-11
    ),
    ("Sun  4 Apr 23:00", SYDNEY, does_step("Stan", 9)),
    ("Mon  5 Apr 23:00", SYDNEY, held_now("Stan", 11)),
    ("Tue  6 Apr 12:00", SYDNEY, acknowledges("Jo", 11)),
    ("Wed  7 Apr 04:00", SYDNEY, acknowledges("Kit", 9)),
    ("Thu  8 Apr 12:00", SYDNEY, acknowledges("Max", 10)),
    ("Thu 15 Apr 01:00", SYDNEY, decides("Stan", 10, "close")),
    ("Mon 26 Apr 01:00", SYDNEY, decides("Stan", 9, "close")),
    ("Tue 27 Apr 01:00", SYDNEY, decides("Stan", 11, "close")),
)
