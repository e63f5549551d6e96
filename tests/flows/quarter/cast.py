"""The people of the simulated quarter: twelve agents in five zones, their supervisors and leads."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from zoneinfo import ZoneInfo

from coaching.people import Role
from coaching.policy import USUAL, Policy
from coaching.worktime import Shift, Week
from storage.store import Store, TeamRow
from tests.flows.center import CRITERIA, NIGHTS, TEAM, Cast, known
from tests.flows.quarter.table import KOLKATA, LONDON, MANILA, NEW_YORK, SYDNEY

START = dt.datetime(2027, 9, 12, 10, tzinfo=dt.UTC)
WEEKS = 13
CHANNEL = "C0BILLING"

_DAY = Shift(dt.time(9), dt.time(17))
WEEKENDS: Week = (None, None, _DAY, _DAY, _DAY, _DAY, _DAY)

_LEAD, _SUPERVISOR, _AGENT = Role.LEAD, Role.SUPERVISOR, Role.AGENT
STAFF = (
    ("Leo", NEW_YORK, "Billing", _LEAD),
    ("Sue", NEW_YORK, "Billing", _SUPERVISOR),
    ("Abe", NEW_YORK, "Billing", _AGENT),
    ("Bea", NEW_YORK, "Billing", _AGENT),
    ("Cal", LONDON, "Billing", _AGENT),
    ("Lou", NEW_YORK, "Billing", _AGENT),
    ("Ned", NEW_YORK, "Billing", _AGENT),
    ("Lena", LONDON, "Retention", _LEAD),
    ("Sam", LONDON, "Retention", _SUPERVISOR),
    ("Dana", LONDON, "Retention", _AGENT),
    ("Eli", KOLKATA, "Retention", _AGENT),
    ("Fay", SYDNEY, "Retention", _AGENT),
    ("Kiran", KOLKATA, "Care", _LEAD),
    ("Priya", MANILA, "Care", _SUPERVISOR),
    ("Gil", MANILA, "Care", _AGENT),
    ("Ira", KOLKATA, "Care", _AGENT),
    ("Liz", SYDNEY, "Claims", _LEAD),
    ("Stan", SYDNEY, "Claims", _SUPERVISOR),
    ("Jo", SYDNEY, "Claims", _AGENT),
    ("Kit", SYDNEY, "Claims", _AGENT),
)
# Comes in Stan's place.
_TESS = ("Tess", SYDNEY)

BILLING: Policy = replace(
    USUAL,
    holidays=frozenset({dt.date(2027, 10, 11), dt.date(2027, 11, 25)}),
    digest_channel=CHANNEL,
)


def moment(words: str, zone: str) -> dt.datetime:
    """In UTC what ``Tue 14 Sep 10:00`` is in that zone."""
    local = dt.datetime.strptime(f"{words} 2027", "%a %d %b %H:%M %Y")  # noqa: DTZ007 - see below
    assert local.strftime("%a") == words[:3], f"{words} is no {words[:3]}"
    return local.replace(tzinfo=ZoneInfo(zone)).astimezone(dt.UTC)


def user_of(name: str) -> str:
    return f"U0{name.upper()}"


PEOPLE = tuple(
    (user_of(name), name.lower(), f"{name} Person", zone) for name, zone, *_ in (*STAFF, _TESS)
)


async def _staff(store: Store, now: dt.datetime) -> None:
    await known(store, PEOPLE, now)
    rows = [TeamRow(team, role, user_of(name)) for name, _, team, role in STAFF]
    await store.import_teams(TEAM, rows, "file", now)
    await store.add_criteria(TEAM, CRITERIA, "file", now)
    hours: tuple[tuple[str, Week | None, tuple[dt.date, ...]], ...] = (
        ("Priya", NIGHTS, ()),
        ("Gil", NIGHTS, ()),
        ("Kit", WEEKENDS, ()),
        ("Dana", None, (dt.date(2027, 9, 20), dt.date(2027, 9, 21), dt.date(2027, 9, 22))),
        ("Liz", None, (dt.date(2027, 10, 18), dt.date(2027, 10, 19))),
    )
    for name, week, leave in hours:
        user = user_of(name)
        await store.set_hours(TEAM, user, week, frozenset(leave), actor="file", now=now)
    await keep_policy(store, BILLING, now)


async def keep_policy(store: Store, policy: Policy, now: dt.datetime) -> None:
    """What Billing agreed on from now on."""
    people = await store.people(TEAM, [user_of("Leo")])
    (place,) = people[user_of("Leo")].memberships
    assert await store.set_policy(TEAM, place.team, policy, actor="file", now=now)


CAST = Cast(people=PEOPLE, staff=_staff, time=lambda: START)
