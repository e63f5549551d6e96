"""Who is reminded of a log, and what a whole one has: for the tests of its rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from coaching.answers import add_view
from coaching.fields import Value
from coaching.log import Log
from coaching.notices import NoticeKind
from coaching.people import Person, Role
from coaching.policy import Policy
from coaching.reminders import of_log
from coaching.reminders.circle import Circle
from coaching.said import Agrees
from tests.coaching.cast import (
    DANA,
    LENA,
    NOW,
    SAM,
    changed,
    person,
)

WHOLE: Mapping[str, Value] = {"observed": "Named the fee first", "points": ("Played it back",)}
"""What a shared log is complete with."""
ALEX = person("UALEX", roles={"billing": Role.SUPERVISOR})
GONE_SAM = replace(SAM, memberships=())
Told = set[tuple[str, str]]

ACKNOWLEDGED = {
    ("UDANA", "Thu 26 Nov 09:00"),
    ("UDANA", "Tue 01 Dec 09:00"),
    ("USAM", "Tue 01 Dec 09:00"),
}
HALF = {("UDANA", "Wed 09 Dec 09:00"), ("USAM", "Wed 09 Dec 09:00")}
ASKED = {("USAM", "Thu 24 Dec 09:00")}
OVERDUE = {
    ("USAM", "Mon 28 Dec 09:00"),
    ("USAM", "Thu 31 Dec 09:00"),
    # Lena works in New York.
    ("ULENA", "Thu 31 Dec 14:00"),
}


def told(log: Log, kind: NoticeKind, *people: Person, others: tuple[Person, ...] = ()) -> Told:
    """Who is reminded so, and when (UTC)."""
    around = {one.user: one for one in people or (SAM, DANA, LENA)}
    circle = Circle(log=log, people=around, others=others)
    reminders = [one for one in of_log.timetable(circle) if one.kind is kind]
    found = {(one.receiver, f"{one.due_at:%a %d %b %H:%M}") for one in reminders}
    keys = {(one.receiver, one.occurrence) for one in reminders}
    assert len(keys) == len(reminders), "two reminders that the store would take for one"
    return found


def with_policy(policy: Policy, *people: Person) -> list[Person]:
    return [
        replace(
            one,
            memberships=tuple(replace(item, policy=policy) for item in one.memberships),
        )
        for one in people
    ]


def disagreed(log: Log, about: str = "summary") -> Log:
    view = add_view(log, Agrees.NO, "Twice", about=about, actor=DANA, leads=[LENA.user], now=NOW)
    return changed(view)
