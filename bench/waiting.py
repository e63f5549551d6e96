"""When what waits falls due: a hundred each minute, and the rest spread over a quarter."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator

DUE = 100
START = dt.datetime(2026, 11, 24, 9, 0, tzinfo=dt.UTC)
MINUTE = dt.timedelta(minutes=1)
QUARTER = dt.timedelta(days=90)
_STRIDE = 7919
"""A prime: stepping by it through as many rows as there are mixes early and late ones."""


def moments(size: int, minutes: int) -> Iterator[dt.datetime]:
    """When each of `size` rows falls due, in the order in which they are written.

    In each of the first `minutes` after START a hundred do (as many as there are), all others
    between a day and a quarter later.
    """
    due = min(size, DUE * minutes)
    for row in range(size):
        place = row * _STRIDE % size
        if place < due:
            yield START + MINUTE * (1 + place // DUE)
        else:
            yield START + dt.timedelta(days=1) + QUARTER * (place / size)


def opaque(number: int, of: str) -> str:
    """An ID as random as those in use, and the same in each run."""
    return hashlib.sha256(f"{of}{number}".encode()).hexdigest()[:32]
