"""What happens in the autumn, in the time of whoever does it."""

from __future__ import annotations

from dataclasses import replace

from tests.flows.quarter.acting import (
    acknowledges,
    agrees_on,
    answers,
    checks_in,
    decides,
    disagrees,
    discards,
    does_step,
    drafts,
    held_now,
    joins,
    leaves,
    moves_review,
    moves_to,
    puts_off,
    reads,
    shares,
    shares_draft,
)
from tests.flows.quarter.autumn.cast import BILLING
from tests.flows.quarter.clocks import KOLKATA, LONDON, MANILA, NEW_YORK, SYDNEY, moment
from tests.flows.quarter.quarters import Act, user_of

# From Thursday 28 October on.
LATER = replace(
    BILLING,
    cadence_days=60,
    cadence_of=((user_of("Lou"), 90),),
    overdue_days=(3, 6),
)

STORY: tuple[tuple[str, str, Act], ...] = (
    # Retention: Sam in London with Dana there, Eli in Kolkata and Fay in Sydney.
    ("Tue 14 Sep 10:00", LONDON, shares("Sam", "Dana", review_by="2027-10-31")),  # CL-1
    (
        "Wed 15 Sep 10:00",
        LONDON,
        shares(  # CL-2
            "Sam",
            "Eli",
            review_by="2027-10-15",
            step_who="supervisor",
            step_what="Send the fee table",
            step_by="2027-09-24",
        ),
    ),
    ("Thu 16 Sep 12:00", LONDON, acknowledges("Eli", 2)),
    (
        "Thu 23 Sep 15:00",
        LONDON,
        drafts("Sam", "Dana", without=["target"], review_by="2027-10-31"),  # CL-6
    ),
    ("Mon 27 Sep 12:00", LONDON, acknowledges("Dana", 1)),
    ("Mon 27 Sep 12:00", LONDON, discards("Sam", 6)),
    ("Tue 28 Sep 12:00", LONDON, does_step("Sam", 2)),
    (
        "Fri  1 Oct 09:00",
        LONDON,
        shares(  # CL-8
            "Sam",
            "Fay",
            review_by="2027-11-17",
            step_who="agent",
            step_what="Write three openings",
            step_by="2027-10-03",
        ),
    ),
    ("Thu  7 Oct 10:00", SYDNEY, does_step("Fay", 8)),
    ("Fri  8 Oct 12:00", SYDNEY, disagrees("Fay", 8)),
    ("Fri 15 Oct 14:00", LONDON, decides("Sam", 2, "continue")),  # CL-12
    ("Mon 25 Oct 12:00", LONDON, answers("Lena", 8)),
    ("Tue 26 Oct 11:00", LONDON, held_now("Sam", 12, review_by="2027-11-30")),
    ("Wed 27 Oct 11:00", LONDON, checks_in("Sam", 1)),
    ("Wed 27 Oct 12:00", LONDON, acknowledges("Eli", 12)),
    ("Tue  2 Nov 10:00", LONDON, checks_in("Sam", 8)),
    ("Wed 10 Nov 10:00", LONDON, decides("Sam", 1, "close")),
    ("Wed 17 Nov 10:00", LONDON, puts_off("Sam", "Tomorrow")),
    ("Thu 18 Nov 10:00", LONDON, puts_off("Sam", "Next week")),
    ("Thu 25 Nov 10:00", LONDON, decides("Sam", 8, "escalate")),
    ("Tue 30 Nov 15:00", LONDON, decides("Sam", 12, "close")),
    # Billing: Sue in New York with four there and Cal in London.
    ("Mon 20 Sep 11:00", NEW_YORK, shares("Sue", "Bea", review_by="2027-11-01")),  # CL-3
    ("Mon 20 Sep 14:00", NEW_YORK, acknowledges("Bea", 3)),
    ("Tue 21 Sep 13:00", NEW_YORK, shares("Sue", "Ned", review_by="2027-10-08")),  # CL-5
    ("Tue 21 Sep 14:00", NEW_YORK, acknowledges("Ned", 5)),
    (
        "Thu  7 Oct 15:00",
        NEW_YORK,
        shares("Sue", "Abe", without=["observed"], review_by="2027-11-07"),  # CL-9
    ),
    ("Fri  8 Oct 10:00", NEW_YORK, decides("Sue", 5, "close")),
    ("Sat 16 Oct 10:00", NEW_YORK, acknowledges("Abe", 9)),
    ("Wed 20 Oct 10:00", NEW_YORK, leaves("Bea")),
    (
        "Wed 27 Oct 11:00",
        NEW_YORK,
        shares(  # CL-13
            "Sue",
            "Cal",
            review_by="2027-11-24",
            step_who="supervisor",
            step_what="Listen in",
            step_by="2027-11-25",
        ),
    ),
    ("Thu 28 Oct 09:00", NEW_YORK, agrees_on("Leo", LATER)),
    ("Tue  2 Nov 10:00", NEW_YORK, decides("Sue", 3, "close")),
    ("Thu  4 Nov 10:00", LONDON, acknowledges("Cal", 13)),
    ("Wed 17 Nov 10:00", NEW_YORK, decides("Sue", 9, "close")),
    ("Thu 18 Nov 10:00", NEW_YORK, shares("Sue", "Abe", review_by="2027-12-10")),  # CL-16
    ("Thu 18 Nov 15:00", NEW_YORK, acknowledges("Abe", 16)),
    ("Mon 29 Nov 12:00", NEW_YORK, decides("Sue", 13, "close")),
    ("Tue 30 Nov 12:00", NEW_YORK, does_step("Sue", 13)),
    ("Fri 10 Dec 12:00", NEW_YORK, decides("Sue", 16, "close")),
    # Care: Priya at night in Manila with Gil there and Ira in Kolkata.
    ("Tue 21 Sep 22:00", MANILA, shares("Priya", "Gil", review_by="2027-10-21")),  # CL-4
    ("Tue 28 Sep 23:00", MANILA, acknowledges("Gil", 4)),
    (
        "Wed 13 Oct 02:00",
        MANILA,
        drafts(  # CL-11
            "Priya",
            "Ira",
            without=["points"],
            session_at=int(moment("Wed 13 Oct 01:00", MANILA).timestamp()),
            review_by="2027-11-15",
        ),
    ),
    (
        "Thu 14 Oct 21:00",
        MANILA,
        shares_draft(
            "Priya",
            11,
            step_who="agent",
            step_what="Read the new script",
            step_by="2027-10-20",
        ),
    ),
    ("Mon 18 Oct 10:00", KOLKATA, reads("Ira", 11)),
    ("Wed 20 Oct 12:00", KOLKATA, does_step("Ira", 11)),
    ("Thu 28 Oct 23:00", MANILA, decides("Priya", 4, "close")),
    ("Tue  9 Nov 21:00", MANILA, moves_review("Priya", 11, "2027-11-24")),
    ("Wed 10 Nov 21:00", MANILA, shares("Priya", "Gil", review_by="2027-12-10")),  # CL-15
    ("Wed 10 Nov 22:00", MANILA, acknowledges("Gil", 15)),
    ("Thu 11 Nov 12:00", KOLKATA, reads("Ira", 11)),
    ("Fri 26 Nov 22:00", MANILA, decides("Priya", 11, "close")),
    # Claims: Stan, then Tess, in Sydney with Jo and Kit there.
    (
        "Thu 30 Sep 11:00",
        SYDNEY,
        shares(  # CL-7
            "Stan",
            "Kit",
            review_by="2027-10-24",
            step_who="agent",
            step_what="Ask for the reason",
            step_by="2027-10-03",
        ),
    ),
    ("Thu  7 Oct 12:00", SYDNEY, acknowledges("Kit", 7)),
    ("Thu  7 Oct 13:00", SYDNEY, does_step("Kit", 7)),
    ("Mon 11 Oct 10:00", SYDNEY, shares("Stan", "Jo", review_by="2027-11-09")),  # CL-10
    ("Mon 11 Oct 12:00", SYDNEY, acknowledges("Jo", 10)),
    ("Mon 25 Oct 15:00", SYDNEY, decides("Stan", 7, "close")),
    ("Fri 29 Oct 12:00", SYDNEY, joins("Tess", "Claims", "supervisor")),
    ("Fri 29 Oct 12:00", SYDNEY, leaves("Stan")),
    ("Tue  9 Nov 10:00", SYDNEY, puts_off("Tess", "Next week")),
    ("Wed 10 Nov 11:00", SYDNEY, shares("Tess", "Kit", review_by="2027-12-11")),  # CL-14
    ("Wed 10 Nov 12:00", SYDNEY, acknowledges("Kit", 14)),
    ("Wed 17 Nov 10:00", SYDNEY, decides("Tess", 10, "close")),
    ("Fri 19 Nov 10:00", SYDNEY, shares("Tess", "Jo", review_by="2027-12-10")),  # CL-17
    ("Mon 22 Nov 12:00", SYDNEY, moves_to("Jo", LONDON)),
    ("Thu 25 Nov 10:00", LONDON, acknowledges("Jo", 17)),
)
