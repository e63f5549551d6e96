"""What a digest is worked out from: figures and lists as the store has them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from coaching.log import Log
from coaching.people import Person

WEEKS = 8
"""How many weeks the picture, the weak criteria and the contexts look back on."""
_DAY = dt.timedelta(days=1)


class Standing(Protocol):
    """How it stands with one agent, as `/coach team` shows it."""

    @property
    def last_session_at(self) -> dt.datetime | None:
        """When they were coached last, in UTC."""

    @property
    def open(self) -> int:
        """How many targets of theirs are open."""

    @property
    def awaiting_acknowledgement(self) -> int:
        """How many logs they have not acknowledged."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A log by its session, drafts and planned ones included, voided and discarded ones not.

    `held_at` is the log's own session, in UTC; `finished_at` when it was first shared with
    everything written. `check_ins` are sessions as well.
    """

    log: str
    agent: str
    held_at: dt.datetime
    finished_at: dt.datetime | None = None
    is_shared: bool = True
    criterion: str | None = None
    score: str | None = None
    contexts: tuple[str, ...] = ()
    check_ins: tuple[dt.datetime, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A decision that stands, on a log that was not voided."""

    log: str
    agent: str
    at: dt.datetime
    decision: str
    verdict: str
    goes_on: bool = False
    extensions: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """All that the digests of some agents are worked out from.

    Attributes:
        standing: by agent, for each of them.
        waiting: the open logs, those that wait for a lead's answer, and those with an open step.
        sessions, decisions: those of the last `WEEKS` weeks; a log with a check-in in them as well.
        extended: of which agents' logs the day was moved, and when, in the week that is told.
        chains: what came before the open logs, and before those decided in the week.
        unreadable: logs (by ID) that belong to all this and can't be read, with why.
    """

    standing: Mapping[str, Standing]
    waiting: Sequence[Log] = ()
    sessions: Sequence[Session] = ()
    decisions: Sequence[Decision] = ()
    extended: Sequence[tuple[str, dt.datetime]] = ()
    chains: Mapping[str, Log] = field(default_factory=dict)
    unreadable: Mapping[str, Exception] = field(default_factory=dict)

    @property
    def told_of(self) -> frozenset[str]:
        """The logs, by ID, that something is told of."""
        return frozenset([*(log.id for log in self.waiting), *self._happened])

    def only(self, logs: Collection[str]) -> Facts:
        """The facts about those logs (by ID), with what came before them."""
        return replace(
            self,
            waiting=[log for log in self.waiting if log.id in logs],
            sessions=[one for one in self.sessions if one.log in logs],
            decisions=[one for one in self.decisions if one.log in logs],
        )

    @property
    def _happened(self) -> Iterator[str]:
        yield from (one.log for one in self.sessions)
        yield from (one.log for one in self.decisions)


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Whom a digest is about: the agents of one team, or of several.

    Attributes:
        teams: by ID, with their names.
        agents: those whom the reader looks after, who left included.
        staff: whoever may supervise or lead them.
    """

    teams: Mapping[str, str]
    agents: Sequence[Person]
    staff: Sequence[Person]


@dataclass(frozen=True, slots=True)
class Span:
    """A week from Monday to Sunday, in one zone for everybody who reads of it."""

    monday: dt.date
    zone: dt.tzinfo

    @property
    def start(self) -> dt.datetime:
        """When it begins, in UTC."""
        return _midnight(self.monday, self.zone)

    @property
    def end(self) -> dt.datetime:
        """When the next one begins, in UTC."""
        return _midnight(self.monday + 7 * _DAY, self.zone)

    def holds(self, at: dt.datetime) -> bool:
        """Whether that moment lies in it."""
        return self.start <= at < self.end

    def before(self, weeks: int) -> Span:
        """The week so many weeks before it."""
        return Span(self.monday - 7 * weeks * _DAY, self.zone)

    @property
    def first(self) -> Span:
        """The first of the weeks that are looked back on."""
        return self.before(WEEKS - 1)


def week_of(at: dt.datetime, zone: dt.tzinfo) -> Span:
    """The week in which that moment lies."""
    day = at.astimezone(zone).date()
    return Span(day - day.weekday() * _DAY, zone)


def _midnight(day: dt.date, zone: dt.tzinfo) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), zone).astimezone(dt.UTC)
