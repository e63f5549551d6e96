"""What a digest may say where many people read it: totals, no names, nothing under five people."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from coaching.digest.week import Digest, Outcomes

FEWEST = 5
"""Figures about fewer people are not told, nor those from which such can be worked out."""
_VERDICTS = ("met", "not_met", "too_few")
_DECISIONS = ("closed", "continued", "escalated")


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """Numbers without names; None for what too few people stand behind.

    Attributes:
        teams: by ID, with their names.
        coached: of `agents`, with a session within their cadence of `cadence` days.
        sessions, decided: those of the week, with what came of them where that may be told.
        weeks: sessions by the Mondays of their weeks; empty where one of them may not be told.
    """

    teams: Mapping[str, str]
    monday: dt.date
    agents: int | None
    coached: int | None
    cadence: int | None
    sessions: int | None
    decided: int | None
    verdicts: Outcomes | None
    decisions: Outcomes | None
    weeks: Mapping[dt.date, int]

    @property
    def says_something(self) -> bool:
        """Whether anything at all may be told."""
        told = (self.coached, self.sessions, self.decided)
        return self.agents is not None and any(figure is not None for figure in told)


def totals(digest: Digest) -> Totals:
    """The digest's totals, as far as five or more people stand behind each figure.

    A part of a whole is told only where the rest of it is five or more people as well, or nobody:
    whoever takes one from the other must not be left with fewer.
    """
    agents, coached = len(digest.agents), len(digest.coached)
    is_team = agents >= FEWEST
    week, outcomes, behind = digest.this_week, digest.outcomes, digest.on_agents
    decided = outcomes.decided if is_team and _enough([week.decided_on]) else None
    may_tell_weeks = is_team and _enough(one.coached for one in digest.weeks)
    return Totals(
        teams=digest.teams,
        monday=digest.monday,
        agents=agents if is_team else None,
        coached=coached if is_team and _splits(coached, agents) else None,
        cadence=digest.cadence,
        sessions=week.sessions if is_team and _enough([week.coached]) else None,
        decided=decided,
        verdicts=outcomes if decided and _all(behind, _VERDICTS) else None,
        decisions=outcomes if decided and _all(behind, _DECISIONS) else None,
        weeks={one.monday: one.sessions for one in digest.weeks} if may_tell_weeks else {},
    )


def apart(agents: frozenset[str], others: Iterable[frozenset[str]]) -> bool:
    """Whether a team's totals may be told beside those of others.

    Not where teams share people: whoever takes one team's figures from another's must not be left
    with fewer than five.
    """
    return all(_enough([agents - other, other - agents]) for other in others if agents & other)


def _enough(behind: Iterable[frozenset[str]]) -> bool:
    return all(not people or len(people) >= FEWEST for people in behind)


def _splits(part: int, whole: int) -> bool:
    return all(size == 0 or size >= FEWEST for size in (part, whole - part))


def _all(behind: Mapping[str, frozenset[str]], kinds: Iterable[str]) -> bool:
    return _enough(behind.get(kind, frozenset()) for kind in kinds)
