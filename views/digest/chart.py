"""The picture of a team's weeks: Slack's data_visualization block, and the same in words.

It is a plain mapping, since the models of slack_sdk drop blocks that they don't know.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from coaching.digest.week import Week
from coaching.follow_up import MONTHS
from views.parts import Block

KIND = "data_visualization"


def week_label(monday: dt.date) -> str:
    """A week as the axis names it: ``16 Nov``."""
    return f"{monday.day} {MONTHS[monday.month - 1][:3]}"


def chart(weeks: Sequence[Week]) -> Block:
    """Sessions and decisions by week."""
    return _bars(
        "Sessions and decisions by week",
        [week.monday for week in weeks],
        {
            "Sessions": [week.sessions for week in weeks],
            "Decisions": [week.decisions for week in weeks],
        },
    )


def sessions_chart(weeks: Mapping[dt.date, int]) -> Block:
    """Sessions by week, for where decisions may not be told."""
    return _bars("Sessions by week", list(weeks), {"Sessions": list(weeks.values())})


def in_words(weeks: Sequence[Week]) -> str:
    """What the picture shows, for those who can't see it."""
    if not weeks:
        return ""
    sessions = ", ".join(str(week.sessions) for week in weeks)
    decisions = ", ".join(str(week.decisions) for week in weeks)
    return (
        f"By week since {week_label(weeks[0].monday)}: sessions {sessions}; decisions {decisions}."
    )


def _bars(title: str, mondays: Sequence[dt.date], series: Mapping[str, Sequence[int]]) -> Block:
    labels = [week_label(monday) for monday in mondays]
    return {
        "type": KIND,
        "title": title,
        "chart": {
            "type": "bar",
            "series": [
                {
                    "name": name,
                    "data": [
                        {"label": label, "value": value}
                        for label, value in zip(labels, values, strict=True)
                    ],
                }
                for name, values in series.items()
            ],
            "axis_config": {"categories": labels, "x_label": "Week of"},
        },
    }
