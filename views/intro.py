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
    before: Log | None,
    targets: Sequence[Log],
    reading: Reading,
) -> tuple[str, ...]:
    """Plain lines: the agent's team and last session, open targets, and what came of last time.

    `latest` is the log of the last session, `before` the one that is to be in view.
    """
    teams = [item.team_name for item in agent.memberships if item.role is Role.AGENT]
    lines = [" · ".join([agent.name, *teams, _last_session(latest, reading), _open(targets)])]
    if before is not None:
        lines += _last_time(before, reading)
    return tuple(lines)


def _last_session(latest: Log | None, reading: Reading) -> str:
    if latest is None:
        return "no session yet"
    held = max([latest.held_at, *(noted.at for noted in latest.check_ins)])
    return f"last session {reading.ago(held)}"


def _open(targets: Sequence[Log]) -> str:
    if not targets:
        return "no open target"
    return "open target " + ", ".join(log.reference for log in targets)


def _last_time(before: Log, reading: Reading) -> list[str]:
    lines = []
    if plan := reading.sentence(before):
        verdict = before.decided.verdict if before.decided else "still open"
        lines.append(f"Last time ({before.reference}): {plan}; {verdict}.")
    obstacles = before.content.get("obstacles", ())
    if isinstance(obstacles, tuple) and obstacles:
        field = FIELDS["obstacles"]
        words = [field.choice_label(key, agent="", supervisor="").lower() for key in obstacles]
        lines.append("What got in the way then: " + ", ".join(words) + ".")
    for step in before.steps:
        state = "done" if step.done else "not done yet"
        lines.append(f"Next step then ({state}): {step.what}")
    return lines
