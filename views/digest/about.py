"""What a digest shows, and to whom."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from coaching.criteria import Criterion
from coaching.digest.week import Digest
from coaching.notices import NoticeKind
from coaching.people import Person, Role
from views.parts import clip, isolate
from views.reading import Reading

_NAME_LENGTH = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestAbout:
    """The digests of one reader's teams.

    Attributes:
        reader: who looks after all the agents in them.
        people: by user ID, all who are named.
        teams: one digest for each team, by name.
        whole: all the teams as one; the same as the only one where there is one.
        left_out: the references of logs that can't be read now, and of which nothing is told.
        beside: what the same message reminds the reader of by itself, by kind and log.
    """

    reader: Person
    people: Mapping[str, Person]
    criteria: Mapping[str, Criterion]
    now: dt.datetime
    teams: Sequence[Digest]
    whole: Digest
    left_out: tuple[str, ...] = ()
    beside: frozenset[tuple[NoticeKind, str]] = frozenset()

    @property
    def reading(self) -> Reading:
        return Reading(reader=self.reader, now=self.now, people=self.people, criteria=self.criteria)

    def lead_of(self, digest: Digest) -> Person:
        """Whose working days an answer is counted by: the reader's, if they lead, else a lead's."""
        if self.is_led(digest):
            return self.reader
        teams = set(digest.teams)
        leads = (one for one in self.people.values() if one.teams_as(Role.LEAD) & teams)
        return next((one for one in leads if one.is_active), self.reader)

    def is_led(self, digest: Digest) -> bool:
        """Whether the reader leads one of its teams."""
        return self.reader.can_lead and bool(self.reader.teams_as(Role.LEAD) & set(digest.teams))


def name_of(digest: Digest) -> str:
    """The team's name, or how many teams it is about."""
    names = list(digest.teams.values())
    return isolate(clip(names[0], _NAME_LENGTH)) if len(names) == 1 else f"Your {len(names)} teams"


def key_of(digest: Digest) -> str:
    """The team as a button carries it; `ALL` for several."""
    return next(iter(digest.teams)) if len(digest.teams) == 1 else ALL


ALL = "-"
"""In a button's value: all teams of whoever presses it."""
