"""Who is to be reminded of what and when, in the receiver's own time: written by hand.

From PRODUCT, section 5, and the story in `story.py`; nothing here is worked out by the program.
New York's clocks go forward on Sunday 14 March, London's on 28 March, Sydney's back on 4 April.
"""

from tests.flows.quarter.clocks import KOLKATA, LONDON, MANILA, NEW_YORK, SYDNEY

# New York. Nora works from Saturday to Wednesday, from 22:00 to 06:00: on 14 March for seven hours.
NORA = """
Mon  1 Mar 08:00  digest
Mon  8 Mar 08:00  digest
Sun 14 Mar 05:00  finish CL-4
Sun 14 Mar 22:00  finish CL-4
Mon 15 Mar 08:00  digest
Wed 17 Mar 22:00  acknowledge CL-1
Sat 20 Mar 22:00  half way CL-2
Mon 22 Mar 08:00  digest
Sat 27 Mar 22:00  half way CL-4
Mon 29 Mar 08:00  digest
Mon 29 Mar 22:00  half way CL-1
Wed 31 Mar 22:00  outcome CL-2
Mon  5 Apr 08:00  digest
Wed  7 Apr 22:00  outcome CL-4
Mon 12 Apr 08:00  digest
Sun 18 Apr 22:00  outcome CL-1
Mon 19 Apr 08:00  digest
Mon 26 Apr 08:00  digest
"""
LEO = """
Mon  1 Mar 09:00  digest
Mon  8 Mar 09:00  digest
Mon 15 Mar 09:00  digest
Mon 22 Mar 09:00  digest
Mon 29 Mar 09:00  digest
Mon  5 Apr 09:00  digest
Mon 12 Apr 09:00  digest
Mon 19 Apr 09:00  digest
Mon 26 Apr 09:00  digest
"""
ABE = """
Fri 26 Mar 09:00  half way CL-4
"""
BEA = """
Mon 15 Mar 09:00  acknowledge CL-2
Mon 22 Mar 09:00  half way CL-2
"""
# From Sunday to Thursday from 02:30 on, which is left out on 14 March.
OWEN = """
Sun 14 Mar 03:30  acknowledge CL-1
Wed 17 Mar 02:30  acknowledge CL-1
Mon 29 Mar 02:30  half way CL-1
"""

# London.
SAM = """
Mon  1 Mar 08:00  digest
Mon  8 Mar 08:00  digest
Mon 15 Mar 08:00  digest, no session Dana
Mon 22 Mar 08:00  digest, no session Dana
Thu 25 Mar 09:00  step CL-5
Mon 29 Mar 08:00  digest, step CL-5
Thu  1 Apr 09:00  acknowledge CL-6
Mon  5 Apr 08:00  digest, half way CL-8
Thu  8 Apr 09:00  half way CL-6
Fri  9 Apr 09:00  no session Dana
Mon 12 Apr 08:00  digest, half way CL-5, half way CL-7, outcome CL-8
Mon 19 Apr 08:00  digest
Fri 23 Apr 09:00  outcome CL-6
Mon 26 Apr 08:00  digest
Tue 27 Apr 09:00  overdue CL-6
Wed 28 Apr 09:00  outcome CL-5
Thu 29 Apr 09:00  no session Dana
Fri 30 Apr 09:00  outcome CL-7, overdue CL-6
"""
LENA = """
Mon  1 Mar 09:00  digest
Mon  8 Mar 09:00  digest
Mon 15 Mar 09:00  digest
Mon 22 Mar 09:00  digest
Mon 29 Mar 09:00  digest, unanswered CL-5
Wed 31 Mar 09:00  unanswered CL-5
Mon  5 Apr 09:00  digest
Mon 12 Apr 09:00  digest
Mon 19 Apr 09:00  digest
Mon 26 Apr 09:00  digest
Fri 30 Apr 09:00  overdue CL-6
"""
DANA = """
Mon 29 Mar 09:00  acknowledge CL-6
Thu  1 Apr 09:00  acknowledge CL-6
Thu  8 Apr 09:00  half way CL-6
"""
# From Saturday to Wednesday, from 22:00 to 06:00: what came on Friday is read on Saturday.
MIA = """
Sun 28 Mar 22:00  acknowledge CL-8
Wed 31 Mar 22:00  acknowledge CL-8
Sat  3 Apr 22:00  half way CL-8
"""
# In Kolkata, in a team of London's.
ELI = """
Mon 29 Mar 09:00  step CL-7
Wed 31 Mar 09:00  step CL-7
Mon 12 Apr 09:00  half way CL-7
"""
# In Sydney, in a team of London's.
FAY = """
Mon 12 Apr 09:00  half way CL-5
"""

# In London, over Manila. The escalation of Tuesday 23 March is Lou's to answer from Thursday on.
LOU = """
Mon  1 Mar 09:00  digest
Mon  8 Mar 09:00  digest
Mon 15 Mar 09:00  digest
Mon 22 Mar 09:00  digest
Mon 29 Mar 09:00  digest
Tue 30 Mar 09:00  unanswered CL-3
Thu  1 Apr 09:00  unanswered CL-3
Mon  5 Apr 09:00  digest
Mon 12 Apr 09:00  digest
Mon 19 Apr 09:00  digest
Mon 26 Apr 09:00  digest
"""
# Manila, at night from 20:00 on. An hour before Lou's digest is an hour earlier from 29 March on.
PRIYA = """
Mon  1 Mar 16:00  digest
Mon  8 Mar 16:00  digest
Mon 15 Mar 16:00  digest
Tue 16 Mar 20:00  half way CL-3
Mon 22 Mar 16:00  digest
Mon 22 Mar 20:00  outcome CL-3
Mon 29 Mar 15:00  digest
Mon  5 Apr 15:00  digest
Mon 12 Apr 15:00  digest
Mon 19 Apr 15:00  digest
Mon 26 Apr 15:00  digest
"""
GIL = """
Tue 16 Mar 20:00  half way CL-3
"""

# Sydney. Stan works from Saturday to Wednesday, from 22:00 to 06:00: on 4 April for nine hours.
STAN = """
Mon  1 Mar 08:00  digest
Mon  8 Mar 08:00  digest
Mon 15 Mar 08:00  digest
Mon 22 Mar 08:00  digest
Mon 29 Mar 08:00  digest
Sat  3 Apr 22:00  step CL-9
Sun  4 Apr 05:00  finish CL-11
Sun  4 Apr 22:00  finish CL-11, step CL-9
Mon  5 Apr 08:00  digest
Wed  7 Apr 22:00  acknowledge CL-10, half way CL-10
Mon 12 Apr 08:00  digest
Mon 12 Apr 22:00  half way CL-9, half way CL-11
Wed 14 Apr 22:00  outcome CL-10
Mon 19 Apr 08:00  digest
Mon 19 Apr 22:00  outcome CL-11
Wed 21 Apr 22:00  overdue CL-11
Sun 25 Apr 22:00  outcome CL-9
Mon 26 Apr 08:00  digest
Mon 26 Apr 22:00  overdue CL-11
"""
LIZ = """
Mon  1 Mar 09:00  digest
Mon  8 Mar 09:00  digest
Mon 15 Mar 09:00  digest
Mon 22 Mar 09:00  digest
Mon 29 Mar 09:00  digest
Mon  5 Apr 09:00  digest
Mon 12 Apr 09:00  digest
Mon 19 Apr 09:00  digest
Mon 26 Apr 09:00  digest, overdue CL-11
"""
# From Sunday to Thursday from 02:30 on, which comes twice on 4 April.
KIT = """
Sun  4 Apr 02:30  acknowledge CL-9
Wed  7 Apr 02:30  acknowledge CL-9
Mon 12 Apr 02:30  half way CL-9
"""
MAX = """
Mon  5 Apr 09:00  acknowledge CL-10
Wed  7 Apr 09:00  half way CL-10
Thu  8 Apr 09:00  acknowledge CL-10
"""
JO = """
Mon 12 Apr 09:00  half way CL-11
"""

TABLE = (
    ("U0LEO", NEW_YORK, LEO),
    ("U0NORA", NEW_YORK, NORA),
    ("U0ABE", NEW_YORK, ABE),
    ("U0BEA", NEW_YORK, BEA),
    ("U0OWEN", NEW_YORK, OWEN),
    ("U0SAM", LONDON, SAM),
    ("U0LENA", LONDON, LENA),
    ("U0DANA", LONDON, DANA),
    ("U0MIA", LONDON, MIA),
    ("U0ELI", KOLKATA, ELI),
    ("U0FAY", SYDNEY, FAY),
    ("U0LOU", LONDON, LOU),
    ("U0PRIYA", MANILA, PRIYA),
    ("U0GIL", MANILA, GIL),
    ("U0STAN", SYDNEY, STAN),
    ("U0LIZ", SYDNEY, LIZ),
    ("U0KIT", SYDNEY, KIT),
    ("U0MAX", SYDNEY, MAX),
    ("U0JO", SYDNEY, JO),
)
