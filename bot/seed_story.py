"""What a seeded log is told by."""

from __future__ import annotations

from dataclasses import dataclass

from coaching.criteria import Criterion


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One log. Days count back from the start of the playground.

    Attributes:
        plan: calls that must reach the threshold, and calls to review.
        runs: days from the session to the agreed day.
        outcome: calls looked at, calls that reached it, and the decision; empty while open.
        extended: calls looked at and reached on the agreed day, when it was moved for too few.
        check_in: what was talked about in a session eight days later.
        step: who promised what ("supervisor" or "agent", the step), for a week after the session.
        disagrees, lead_says: the agent's view, and the lead's answer; empty while it waits.
        support: the lead's response to an escalation; empty while it waits.
        is_draft: written down but not shared yet.
    """

    agent: str
    supervisor: str
    days_ago: int
    criterion: Criterion
    score: str
    threshold: str
    call: str
    moment: str
    observed: str
    target: str
    points: tuple[str, ...]
    plan: tuple[int, int] = (7, 10)
    runs: int = 30
    quote: str = ""
    extended: tuple[int, int] | None = None
    check_in: tuple[str, ...] = ()
    step: tuple[str, str] | None = None
    step_is_done: bool = False
    outcome: tuple[int, int, str] | None = None
    why: str = ""
    own_words: str = ""
    disagrees: str = ""
    lead_says: str = ""
    support: str = ""
    is_acknowledged: bool = True
    is_draft: bool = False
