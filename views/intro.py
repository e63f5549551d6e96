"""What stands above the evidence form when the agent is known: who, since when, and last time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from coaching.criteria import Criterion
from coaching.elements import FIELDS
from coaching.follow_up import follow_up_of
from coaching.log import Log
from coaching.people import Person, Role


def about_agent(
    agent: Person,
    latest: Log | None,
    targets: Sequence[Log],
    criteria: Mapping[str, Criterion],
    now: dt.datetime,
) -> tuple[str, ...]:
    """Plain lines: the agent's team and last session, open targets, and what came of last time."""
    teams = [item.team_name for item in agent.memberships if item.role is Role.AGENT]
    lines = [" · ".join([agent.name, *teams, _last_session(latest, now), _open(targets)])]
    if latest is not None:
        lines += _last_time(latest, criteria, now)
    return tuple(lines)


def _last_session(latest: Log | None, now: dt.datetime) -> str:
    if latest is None:
        return "no session yet"
    days = (now - latest.held_at).days
    if days <= 0:
        return "last session today"
    return "last session yesterday" if days == 1 else f"last session {days} days ago"


def _open(targets: Sequence[Log]) -> str:
    if not targets:
        return "no open target"
    return "open target " + ", ".join(log.reference for log in targets)


def _last_time(latest: Log, criteria: Mapping[str, Criterion], now: dt.datetime) -> list[str]:
    lines = []
    plan = follow_up_of(latest.content, criteria)
    if plan is not None:
        verdict = latest.decided.verdict if latest.decided else "still open"
        lines.append(f"Last time ({latest.reference}): {plan.sentence(now.year)}; {verdict}.")
    obstacles = latest.content.get("obstacles", ())
    if isinstance(obstacles, tuple) and obstacles:
        field = FIELDS["obstacles"]
        words = [field.choice_label(key, agent="", supervisor="").lower() for key in obstacles]
        lines.append("What got in the way then: " + ", ".join(words) + ".")
    for step in latest.steps:
        state = "done" if step.done else "not done yet"
        lines.append(f"Next step then ({state}): {step.what}")
    return lines
