"""The people, criteria and logs that the tests of coaching are played with."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from zoneinfo import ZoneInfo

from coaching.answers import acknowledge
from coaching.change import Change
from coaching.criteria import Criterion, Scale, ScaleKind
from coaching.elements import WALK
from coaching.entries import Setting
from coaching.fields import Content, Value
from coaching.log import Log
from coaching.outcome import decide
from coaching.people import Membership, Person, Role
from coaching.session import begin, discard, void, write
from coaching.sharing import share

NOW = dt.datetime(2026, 11, 24, 10, 30, tzinfo=dt.UTC)
LATER = NOW + dt.timedelta(hours=1)
LONDON, NEW_YORK, MANILA = "Europe/London", "America/New_York", "Asia/Manila"


def person(
    user: str, *, tz: str = LONDON, roles: Mapping[str, Role] | None = None, active: bool = True
) -> Person:
    """Somebody with at most one role in each team."""
    memberships = tuple(Membership(team, team, role) for team, role in (roles or {}).items())
    return Person(
        user=user, name=f"{user} Whitfield", tz=tz, memberships=memberships, is_active=active
    )


SAM = person("USAM", roles={"billing": Role.SUPERVISOR})
DANA = person("UDANA", roles={"billing": Role.AGENT})
LENA = person("ULENA", tz=NEW_YORK, roles={"billing": Role.LEAD})
PRIYA = person("UPRIYA", tz=MANILA, roles={"retention": Role.SUPERVISOR})

DISCOVERY = Criterion("c1", "Discovery")
EMPATHY = Criterion("c2", "Empathy", Scale(ScaleKind.POINTS, 5))
HOLD = Criterion("c3", "Hold procedure", Scale(ScaleKind.EITHER))
CRITERIA: Mapping[str, Criterion] = {item.id: item for item in (DISCOVERY, EMPATHY, HOLD)}
SETTING = Setting(NOW, ZoneInfo(LONDON), CRITERIA)

SMALLEST: Mapping[str, Value] = {
    "agent": DANA.user,
    "call": "8841",
    "moment": "03:12",
    "criterion": "c1",
    "score": "55",
    "target": "Ask the reason for cancelling before naming fee or offers",
    "follow_up_criterion": "c1",
    "threshold": "80",
    "calls": 10,
    "calls_reaching": 7,
    "review_by": "2026-12-24",
}


def changed(answer: object) -> Log:
    """The log of what must have been a change, the first where there are several."""
    if isinstance(answer, list):
        answer = answer[0]
    assert isinstance(answer, Change), answer
    return replace(answer.log, saved=answer.log.saved + 1)


def changes(answer: object) -> list[Change]:
    """What must be changes, and no problems and no refusal."""
    assert isinstance(answer, list), answer
    assert all(isinstance(item, Change) for item in answer), answer
    return list(answer)


def draft(**content: Value) -> Log:
    """A draft of Sam's about Dana that could be shared as it is."""
    fresh = begin(
        workspace="T1",
        log_id="L1",
        supervisor=SAM.user,
        now=NOW,
        content={"agent": DANA.user},
    )
    whole: Content = {**SMALLEST, **content}
    written = changed(write(fresh, WALK, whole, actor=SAM, now=NOW))
    return replace(written, number=142)


def opened(**content: Value) -> Log:
    """The same log, shared."""
    return changed(share(draft(**content), agent=DANA, actor=SAM, setting=SETTING, others_open=()))


def figures(looked_at: int, reached: int, decision: str = "", why: str = "") -> Content:
    """An outcome's entries over the smallest content."""
    content: dict[str, Value] = {**SMALLEST, "looked_at": looked_at, "reached": reached}
    if decision:
        content["decision"] = decision
    if why:
        content["why"] = why
    return content


def decided(decision: str, looked_at: int = 10, reached: int = 3) -> Log:
    """An open log that Sam decided on."""
    answer = decide(
        opened(),
        figures(looked_at, reached, decision, "The calls say so"),
        actor=SAM,
        criteria=CRITERIA,
        leads=[LENA],
        new_log_id="L2",
        now=LATER,
    )
    assert isinstance(answer, list)
    return changed(answer[0])


def every_state() -> dict[str, Log]:
    """One log in each state that there is, some in two forms."""
    shared = opened()
    return {
        "empty draft": begin(workspace="T1", log_id="L1", supervisor=SAM.user, now=NOW, content={}),
        "draft": draft(),
        "open": shared,
        "acknowledged": changed(acknowledge(shared, actor=DANA, now=NOW)),
        "closed": decided("close"),
        "continued": decided("continue"),
        "escalated": decided("escalate"),
        "voided": changed(void(shared, "Wrong call", actor=SAM, now=NOW)),
        "voided after decision": changed(void(decided("close"), "Wrong", actor=SAM, now=NOW)),
        "discarded": changed(discard(draft(), actor=SAM, now=NOW)),
    }
