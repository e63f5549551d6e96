"""The clocks of the simulated quarters, and how their stories and tables name a moment."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

NEW_YORK, LONDON = "America/New_York", "Europe/London"
KOLKATA, MANILA, SYDNEY = "Asia/Kolkata", "Asia/Manila", "Australia/Sydney"
_AGAIN = " again"


def moment(words: str, zone: str) -> dt.datetime:
    """In UTC what ``Tue 14 Sep 10:00`` of 2027 is in that zone.

    ``Sun  4 Apr 02:00 again`` is the second of two such hours. AssertionError for one that the
    clocks left out.
    """
    date = words.removesuffix(_AGAIN)
    local = dt.datetime.strptime(f"{date} 2027", "%a %d %b %H:%M %Y")  # noqa: DTZ007 - see below
    assert local.strftime("%a") == words[:3], f"{words} is no {words[:3]}"
    there = local.replace(tzinfo=ZoneInfo(zone), fold=int(words.endswith(_AGAIN)))
    moment = there.astimezone(dt.UTC)
    assert moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None, fold=0) == local, words
    return moment
