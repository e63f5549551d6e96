"""What stands above the evidence form when the agent is known: who, since when, and last time."""

from __future__ import annotations

from collections.abc import Sequence

from coaching.elements import FIELDS
from coaching.log import Log
from coaching.people import Person, Role
from views.reading import Reading


def about_agent(
    agent: Person,
    latest: Log | None,
    targets: Sequence[Log],
    reading: Reading,
) -> tuple[str, ...]:
    """Plain lines: the agent's team and last session, open targets, and what came of last time."""
    teams = [item.team_name for item in agent.memberships if item.role is Role.AGENT]
    lines = [" · ".join([agent.name, *teams, _last_session(latest, reading), _open(targets)])]
    if latest is not None:
        lines += _last_time(latest, reading)
    return tuple(lines)


def _last_session(latest: Log | None, reading: Reading) -> str:
    return f"last session {reading.ago(latest.held_at)}" if latest else "no session yet"


def _open(targets: Sequence[Log]) -> str:
    if not targets:
        return "no open target"
    return "open target " + ", ".join(log.reference for log in targets)


def _last_time(latest: Log, reading: Reading) -> list[str]:
    lines = []
    if plan := reading.sentence(latest):
        verdict = latest.decided.verdict if latest.decided else "still open"
        lines.append(f"Last time ({latest.reference}): {plan}; {verdict}.")
    obstacles = latest.content.get("obstacles", ())
    if isinstance(obstacles, tuple) and obstacles:
        field = FIELDS["obstacles"]
        words = [field.choice_label(key, agent="", supervisor="").lower() for key in obstacles]
        lines.append("What got in the way then: " + ", ".join(words) + ".")
    for step in latest.steps:
        state = "done" if step.done else "not done yet"
        lines.append(f"Next step then ({state}): {step.what}")
    return lines
