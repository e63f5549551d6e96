"""What a notice's message is made from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from coaching.criteria import Criterion
from coaching.fields import Content
from coaching.log import Log, State
from coaching.notices import ByAnother
from coaching.people import Person
from views.differences import differences
from views.passages import Passage
from views.reading import Reading, capital, listed


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeAbout:
    """A log as it stands when its message is made, and everybody who is named in it.

    Attributes:
        reader: who gets the message.
        history: the chain of one target, oldest first, for an escalation.
        previous: what the log said before the revision that the message is about.
        next_log: the log that goes on with the target, where there is one.
        leads: of the agent's teams.
        extend_to: the day to which the review may be moved, where that is offered.
        occurrence: which revision, view, check-in or agreed day the notice is about.
    """

    log: Log
    people: Mapping[str, Person]
    criteria: Mapping[str, Criterion]
    reader: Person
    now: dt.datetime
    history: Sequence[Log] = ()
    previous: Content | None = None
    next_log: Log | None = None
    leads: Sequence[Person] = ()
    extend_to: dt.date | None = None
    occurrence: str = "1"

    @property
    def reading(self) -> Reading:
        return Reading(
            reader=self.reader,
            now=self.now,
            people={**self.people, **{lead.user: lead for lead in self.leads}},
            criteria=self.criteria,
        )

    @property
    def lead_names(self) -> str:
        """The leads as they are said aloud."""
        reading = self.reading
        return listed(reading.who(lead.user) for lead in self.leads) or "the team lead"

    @property
    def own_draft(self) -> Log | None:
        """The reader's own draft that goes on with the target."""
        draft = self.next_log
        if draft is None or draft.state is not State.DRAFT:
            return None
        return draft if draft.supervisor == self.reader.user else None

    def who_answers(self, answers: str) -> str:
        """Who answers a disagreement, as a sentence; what to do where nobody can."""
        if self.leads:
            return f"{capital(self.lead_names)} {answers}"
        return "This team has no lead in CoachLog who could answer. An admin can name one."

    @property
    def done(self) -> ByAnother:
        """What was done by whom and for which time, where the occurrence says so."""
        return ByAnother.of(self.occurrence)

    @property
    def number(self) -> int:
        """Which revision, view, check-in or round it is about."""
        return self.done.time

    @property
    def differences(self) -> list[Passage]:
        """Old and new of a revision; nothing once there is a newer one."""
        log = self.log
        if self.previous is None or self.number != log.revision:
            return []
        return differences(self.previous, log.content, log, self.reading)
