"""What is due to whom: one rule for each kind of reminder (PRODUCT, section 5).

A rule is given the log, the people around it with their calendars and their team's policy, and says
all that is or will be due while nothing changes. It names no reminder whose reason is gone, so the
same rules plan what waits and say, when it is to be told, whether it is still true.
"""
