"""Who is to be reminded of what and when, in the receiver's own time: written by hand.

From PRODUCT, section 5, and the story in `story.py`; nothing here is worked out by the program.
Sydney's clocks change on Sunday 3 October, London's on 31 October, New York's on 7 November.
"""

from tests.flows.quarter.clocks import KOLKATA, LONDON, MANILA, NEW_YORK, SYDNEY

# New York. Billing doesn't work on Monday 11 October and Thursday 25 November.
SUE = """
Mon 13 Sep 08:00  digest
Mon 20 Sep 08:00  digest
Mon 27 Sep 08:00  digest
Wed 29 Sep 09:00  half way CL-5
Mon  4 Oct 08:00  digest
Thu  7 Oct 16:00  finish CL-9
Fri  8 Oct 09:00  finish CL-9, outcome CL-5
Tue 12 Oct 08:00  digest, half way CL-3, no session Cal, no session Lou
Fri 15 Oct 09:00  acknowledge CL-9
Mon 18 Oct 08:00  digest
Tue 19 Oct 09:00  no session Cal, no session Lou
Fri 22 Oct 09:00  half way CL-9, no session Ned
Mon 25 Oct 08:00  digest
Tue 26 Oct 09:00  no session Cal, no session Lou
Mon  1 Nov 08:00  digest, outcome CL-3
Wed  3 Nov 09:00  acknowledge CL-13
Mon  8 Nov 08:00  digest, outcome CL-9
Wed 10 Nov 09:00  half way CL-13
Thu 11 Nov 09:00  overdue CL-9
Mon 15 Nov 08:00  digest
Tue 16 Nov 09:00  overdue CL-9
Mon 22 Nov 08:00  digest, no session Ned
Wed 24 Nov 09:00  outcome CL-13
Fri 26 Nov 09:00  step CL-13
Mon 29 Nov 08:00  digest, half way CL-16, no session Ned
Tue 30 Nov 09:00  step CL-13
Mon  6 Dec 08:00  digest, no session Ned
Fri 10 Dec 09:00  outcome CL-16
"""
LEO = """
Mon 13 Sep 09:00  digest
Mon 20 Sep 09:00  digest
Mon 27 Sep 09:00  digest
Mon  4 Oct 09:00  digest
Tue 12 Oct 09:00  digest
Mon 18 Oct 09:00  digest
Mon 25 Oct 09:00  digest
Mon  1 Nov 09:00  digest
Mon  8 Nov 09:00  digest
Mon 15 Nov 09:00  digest
Tue 16 Nov 09:00  overdue CL-9
Mon 22 Nov 09:00  digest
Mon 29 Nov 09:00  digest
Mon  6 Dec 09:00  digest
"""
ABE = """
Tue 12 Oct 09:00  acknowledge CL-9
Fri 15 Oct 09:00  acknowledge CL-9
Fri 22 Oct 09:00  half way CL-9
Mon 29 Nov 09:00  half way CL-16
"""
BEA = """
Tue 12 Oct 09:00  half way CL-3
"""
NED = """
Wed 29 Sep 09:00  half way CL-5
"""
LOU = """
"""
# In London, in a team of New York's.
CAL = """
Fri 29 Oct 09:00  acknowledge CL-13
Wed  3 Nov 09:00  acknowledge CL-13
Wed 10 Nov 09:00  half way CL-13
"""
# The channel, in the lead's time. In the week before Tuesday 12 October there was one session and
# one decision, and three of five were coached in time: no figure that five people stand behind.
# From 20 October on there are four agents.
BILLING = """
Mon 13 Sep 09:00  totals
Mon 20 Sep 09:00  totals
Mon 27 Sep 09:00  totals
Mon  4 Oct 09:00  totals
Mon 18 Oct 09:00  totals
"""

# London.
SAM = """
Mon 13 Sep 08:00  digest
Mon 20 Sep 08:00  digest
Tue 21 Sep 09:00  acknowledge CL-1
Thu 23 Sep 16:00  finish CL-6
Fri 24 Sep 09:00  finish CL-6, step CL-2
Mon 27 Sep 08:00  digest
Tue 28 Sep 09:00  step CL-2
Thu 30 Sep 09:00  half way CL-2
Mon  4 Oct 08:00  digest
Thu  7 Oct 09:00  half way CL-1
Mon 11 Oct 08:00  digest
Fri 15 Oct 09:00  outcome CL-2, no session Dana
Fri 15 Oct 16:00  finish CL-12
Mon 18 Oct 08:00  digest, finish CL-12, no session Eli
Fri 22 Oct 09:00  no session Dana
Mon 25 Oct 08:00  digest, half way CL-8, no session Eli
Mon  1 Nov 08:00  digest, outcome CL-1, no session Fay
Wed  3 Nov 09:00  overdue CL-1
Mon  8 Nov 08:00  digest, overdue CL-1
Fri 12 Nov 09:00  half way CL-12
Mon 15 Nov 08:00  digest
Wed 17 Nov 09:00  outcome CL-8
Thu 18 Nov 09:00  outcome CL-8
Mon 22 Nov 08:00  digest, outcome CL-8
Wed 24 Nov 09:00  overdue CL-8
Fri 26 Nov 09:00  no session Eli
Mon 29 Nov 08:00  digest, no session Dana
Tue 30 Nov 09:00  outcome CL-12
Fri  3 Dec 09:00  no session Eli, no session Fay
Mon  6 Dec 08:00  digest, no session Dana
Fri 10 Dec 09:00  no session Eli, no session Fay
"""
LENA = """
Mon 13 Sep 09:00  digest
Mon 20 Sep 09:00  digest
Mon 27 Sep 09:00  digest
Mon  4 Oct 09:00  digest
Mon 11 Oct 09:00  digest
Wed 13 Oct 09:00  unanswered CL-8
Fri 15 Oct 09:00  unanswered CL-8
Mon 18 Oct 09:00  digest
Mon 25 Oct 09:00  digest
Mon  1 Nov 09:00  digest
Mon  8 Nov 09:00  digest, overdue CL-1
Mon 15 Nov 09:00  digest
Mon 22 Nov 09:00  digest
Wed 24 Nov 09:00  overdue CL-8
Mon 29 Nov 09:00  digest
Thu  2 Dec 09:00  unanswered CL-8
Mon  6 Dec 09:00  digest, unanswered CL-8
"""
# On leave from Monday 20 to Wednesday 22 September.
DANA = """
Thu 16 Sep 09:00  acknowledge CL-1
Fri 24 Sep 09:00  acknowledge CL-1
Thu  7 Oct 09:00  half way CL-1
"""
# In Kolkata, in a team of London's.
ELI = """
Thu 30 Sep 09:00  half way CL-2
Fri 12 Nov 09:00  half way CL-12
"""
# In Sydney, in a team of London's.
FAY = """
Mon  4 Oct 09:00  step CL-8
Tue  5 Oct 09:00  acknowledge CL-8
Wed  6 Oct 09:00  step CL-8
Fri  8 Oct 09:00  acknowledge CL-8
Mon 25 Oct 09:00  half way CL-8
"""

# Manila, at night: shifts from Monday to Friday begin at 20:00 and end at 04:00. Her lead is in
# Kolkata, where it is 08:00 when she gets the digest; all else waits for her shift.
PRIYA = """
Mon 13 Sep 10:30  digest
Mon 20 Sep 10:30  digest
Mon 27 Sep 10:30  digest
Tue 28 Sep 20:00  acknowledge CL-4
Mon  4 Oct 10:30  digest
Wed  6 Oct 20:00  half way CL-4
Mon 11 Oct 10:30  digest
Tue 12 Oct 20:00  no session Ira
Wed 13 Oct 03:00  finish CL-11
Wed 13 Oct 20:00  finish CL-11
Mon 18 Oct 10:30  digest
Thu 21 Oct 20:00  outcome CL-4
Fri 22 Oct 20:00  no session Gil
Mon 25 Oct 10:30  digest
Mon 25 Oct 20:00  overdue CL-4
Thu 28 Oct 20:00  overdue CL-4
Fri 29 Oct 20:00  no session Gil
Mon  1 Nov 10:30  digest
Mon  1 Nov 20:00  half way CL-11
Fri  5 Nov 20:00  no session Gil
Mon  8 Nov 10:30  digest
Fri 12 Nov 20:00  no session Ira
Mon 15 Nov 10:30  digest
Fri 19 Nov 20:00  no session Ira
Mon 22 Nov 10:30  digest
Wed 24 Nov 20:00  outcome CL-11
Thu 25 Nov 20:00  half way CL-15
Fri 26 Nov 20:00  overdue CL-11, no session Ira
Mon 29 Nov 10:30  digest
Fri  3 Dec 20:00  no session Ira
Mon  6 Dec 10:30  digest
Fri 10 Dec 20:00  outcome CL-15, no session Ira
"""
GIL = """
Thu 23 Sep 20:00  acknowledge CL-4
Tue 28 Sep 20:00  acknowledge CL-4
Wed  6 Oct 20:00  half way CL-4
Thu 25 Nov 20:00  half way CL-15
"""

# Kolkata.
KIRAN = """
Mon 13 Sep 09:00  digest
Mon 20 Sep 09:00  digest
Mon 27 Sep 09:00  digest
Mon  4 Oct 09:00  digest
Mon 11 Oct 09:00  digest
Mon 18 Oct 09:00  digest
Mon 25 Oct 09:00  digest
Thu 28 Oct 09:00  overdue CL-4
Mon  1 Nov 09:00  digest
Mon  8 Nov 09:00  digest
Mon 15 Nov 09:00  digest
Mon 22 Nov 09:00  digest
Mon 29 Nov 09:00  digest
Mon  6 Dec 09:00  digest
"""
IRA = """
Mon 18 Oct 09:00  acknowledge CL-11
Wed 20 Oct 09:00  step CL-11
Mon  1 Nov 09:00  half way CL-11
Thu 11 Nov 09:00  acknowledge CL-11
"""

# Sydney. Stan leaves on Friday 29 October, and Tess comes in his place.
STAN = """
Mon 13 Sep 08:00  digest
Mon 20 Sep 08:00  digest
Mon 27 Sep 08:00  digest
Mon  4 Oct 08:00  digest
Thu  7 Oct 09:00  acknowledge CL-7
Mon 11 Oct 08:00  digest
Tue 12 Oct 09:00  half way CL-7
Mon 18 Oct 08:00  digest
Mon 25 Oct 08:00  digest, half way CL-10, outcome CL-7
"""
TESS = """
Mon  1 Nov 08:00  digest, no session Kit
Mon  8 Nov 08:00  digest, no session Kit
Tue  9 Nov 09:00  outcome CL-10
Thu 11 Nov 09:00  no session Jo
Mon 15 Nov 08:00  digest, outcome CL-10
Tue 16 Nov 09:00  overdue CL-10
Thu 18 Nov 09:00  no session Jo
Mon 22 Nov 08:00  digest
Thu 25 Nov 09:00  half way CL-14
Mon 29 Nov 08:00  digest, half way CL-17
Mon  6 Dec 08:00  digest
Fri 10 Dec 09:00  outcome CL-17
"""
# On leave on Monday 18 and Tuesday 19 October.
LIZ = """
Mon 13 Sep 09:00  digest
Mon 20 Sep 09:00  digest
Mon 27 Sep 09:00  digest
Mon  4 Oct 09:00  digest
Mon 11 Oct 09:00  digest
Wed 20 Oct 09:00  digest
Mon 25 Oct 09:00  digest
Mon  1 Nov 09:00  digest
Mon  8 Nov 09:00  digest
Mon 15 Nov 09:00  digest
Tue 16 Nov 09:00  overdue CL-10
Mon 22 Nov 09:00  digest
Mon 29 Nov 09:00  digest
Mon  6 Dec 09:00  digest
"""
# Works from Wednesday to Sunday.
KIT = """
Sat  2 Oct 09:00  acknowledge CL-7
Sun  3 Oct 09:00  step CL-7
Thu  7 Oct 09:00  acknowledge CL-7, step CL-7
Wed 13 Oct 09:00  half way CL-7
Thu 25 Nov 09:00  half way CL-14
"""
# In Sydney; from Monday 22 November, when it is one at night there, in London.
JO_IN_SYDNEY = """
Mon 25 Oct 09:00  half way CL-10
"""
JO_IN_LONDON = """
Mon 22 Nov 09:00  acknowledge CL-17
Thu 25 Nov 09:00  acknowledge CL-17
Mon 29 Nov 09:00  half way CL-17
"""

TABLE = (
    ("U0SUE", NEW_YORK, SUE),
    ("U0LEO", NEW_YORK, LEO),
    ("U0ABE", NEW_YORK, ABE),
    ("U0BEA", NEW_YORK, BEA),
    ("U0NED", NEW_YORK, NED),
    ("U0LOU", NEW_YORK, LOU),
    ("U0CAL", LONDON, CAL),
    ("C0BILLING", NEW_YORK, BILLING),
    ("U0SAM", LONDON, SAM),
    ("U0LENA", LONDON, LENA),
    ("U0DANA", LONDON, DANA),
    ("U0ELI", KOLKATA, ELI),
    ("U0FAY", SYDNEY, FAY),
    ("U0PRIYA", MANILA, PRIYA),
    ("U0GIL", MANILA, GIL),
    ("U0KIRAN", KOLKATA, KIRAN),
    ("U0IRA", KOLKATA, IRA),
    ("U0STAN", SYDNEY, STAN),
    ("U0TESS", SYDNEY, TESS),
    ("U0LIZ", SYDNEY, LIZ),
    ("U0KIT", SYDNEY, KIT),
    ("U0JO", SYDNEY, JO_IN_SYDNEY),
    ("U0JO", LONDON, JO_IN_LONDON),
)
