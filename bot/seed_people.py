"""The people, teams and criteria of the contact center in the playground."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from coaching.criteria import Criterion, Scale, ScaleKind
from coaching.people import Role
from coaching.worktime import Shift, Week

LONDON, NEW_YORK, MANILA = "Europe/London", "America/New_York", "Asia/Manila"
BILLING, RETENTION = "Billing", "Retention"
LONDONS_DAY: Week = (*[Shift(dt.time(17), dt.time(1))] * 5, None, None)
"""What an agent in Manila works for callers in London, in Manila's time."""


@dataclass(frozen=True, slots=True)
class Seeded:
    """One person: who they are, where, and what in which teams."""

    user: str
    name: str
    real_name: str
    tz: str
    roles: tuple[tuple[str, Role], ...]
    is_admin: bool = False
    hours: Week | None = None

    @property
    def title(self) -> str:
        if not self.roles:
            return "Workforce planning"
        words = {Role.LEAD: "Team lead", Role.SUPERVISOR: "Supervisor", Role.AGENT: "Agent"}
        team, role = self.roles[0]
        return words[role] if role is Role.LEAD else f"{words[role]}, {team}"


def _agent(user: str, real_name: str, tz: str, team: str) -> Seeded:
    name = real_name.partition(" ")[0].lower()
    return Seeded(user, name, real_name, tz, ((team, Role.AGENT),))


LENA = "U0LENA"
SAM = "U0SAM"
PRIYA = "U0PRIYA"

PEOPLE = (
    Seeded(SAM, "sam", "Sam Okafor", LONDON, ((BILLING, Role.SUPERVISOR),)),
    Seeded(PRIYA, "priya", "Priya Nair", MANILA, ((RETENTION, Role.SUPERVISOR),)),
    Seeded(
        LENA,
        "lena",
        "Lena Fischer",
        LONDON,
        ((BILLING, Role.LEAD), (RETENTION, Role.LEAD)),
        is_admin=True,
    ),
    _agent("U0DANA", "Dana Whitfield", LONDON, BILLING),
    _agent("U0MARCO", "Marco Bellini", NEW_YORK, BILLING),
    _agent("U0INES", "Ines Duarte", LONDON, BILLING),
    _agent("U0JOEL", "Joel Andersen", NEW_YORK, BILLING),
    _agent("U0AISHA", "Aisha Khan", LONDON, BILLING),
    replace(_agent("U0WEI", "Wei Zhang", MANILA, BILLING), hours=LONDONS_DAY),
    _agent("U0TOM", "Tom Hale", NEW_YORK, RETENTION),
    _agent("U0ANA", "Ana Reyes", MANILA, RETENTION),
    _agent("U0GRACE", "Grace Santos", MANILA, RETENTION),
    _agent("U0OMAR", "Omar Haddad", LONDON, RETENTION),
    _agent("U0KIM", "Kim Larsen", NEW_YORK, RETENTION),
    _agent("U0LUIS", "Luis Cruz", MANILA, RETENTION),
    # In no role, so that one can see what somebody outside the teams gets: nothing.
    Seeded("U0NOOR", "noor", "Noor Aziz", LONDON, ()),
)
ALERTS = (
    (LENA, "QA alert: call 9911, @marco at 04:10. Discovery 45 %, the reason was never asked."),
    (LENA, "QA alert: call 9934, @ana at 01:25. Empathy 2 of 5: “That is our policy, sir.”"),
)
"""What stands in #qa-alerts: who posted it, and its text."""

DISCOVERY = Criterion("discovery", "Discovery")
HOLD = Criterion("hold", "Hold procedure", Scale(ScaleKind.EITHER))
EMPATHY = Criterion("empathy", "Empathy", Scale(ScaleKind.POINTS, 5))
POLICY = Criterion("policy", "Policy accuracy")
CLOSING = Criterion("closing", "Call closing", Scale(ScaleKind.POINTS, 10))
CRITERIA = (DISCOVERY, HOLD, EMPATHY, POLICY, CLOSING)
