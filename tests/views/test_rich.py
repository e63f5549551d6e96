from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from tests.coaching.cast import SAM
from views.rich import moment

AT = dt.datetime(2026, 11, 24, 17, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("tz", "words"),
    [
        ("Europe/London", "Tue 24 November, 17:00 GMT"),
        ("America/New_York", "Tue 24 November, 12:00 EST"),
        ("America/Argentina/Buenos_Aires", "Tue 24 November, 14:00 in Buenos Aires"),
        ("Asia/Manila", "Wed 25 November, 01:00 in Manila"),
        ("Asia/Kolkata", "Tue 24 November, 22:30 in Kolkata"),
        ("UTC", "Tue 24 November, 17:00 UTC"),
    ],
)
def test_a_moment_falls_back_on_a_time_that_nobody_reads_as_another(tz: str, words: str) -> None:
    assert moment(AT, replace(SAM, tz=tz), 2026).fallback == words
