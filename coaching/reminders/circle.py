"""The people around a log, as the teams stand now."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from coaching.answers import who_answers
from coaching.log import Log
from coaching.people import Act, Person, Role, keepers, may
from coaching.policy import USUAL, Policy


@dataclass(frozen=True, slots=True, kw_only=True)
class Circle:
    """Who may be reminded of a log.

    Attributes:
        log: the log.
        people: by user ID everybody who is named in it, and the supervisors and leads of its
            agent's teams.
        others: whom to tell where nobody sees to the log: leads of its supervisor's teams, else
            admins.
        asked: when each person was sent the outcome prompt of the log as it stands, in UTC.
    """

    log: Log
    people: Mapping[str, Person]
    others: Sequence[Person] = ()
    asked: Mapping[str, dt.datetime] = field(default_factory=dict)

    @property
    def agent(self) -> Person | None:
        """The log's agent, known or not yet."""
        return self.people.get(self.log.agent or "")

    @property
    def policy(self) -> Policy:
        """That of the team in which the agent is one, else of one that the supervisor has."""
        supervisor = self.people.get(self.log.supervisor)
        for person, role in ((self.agent, Role.AGENT), (supervisor, Role.SUPERVISOR)):
            for item in person.memberships if person else ():
                if item.role is role:
                    return item.policy
        return USUAL

    @property
    def reader(self) -> Person | None:
        """The agent while they can be told anything."""
        agent = self.agent
        return agent if agent and may(agent, Act.SEE, agent=agent, log=self.log) else None

    @property
    def writer(self) -> Person | None:
        """The supervisor while they may go on with the log."""
        person = self.people.get(self.log.supervisor)
        return person if person and self.may(person, Act.WRITE) else None

    @property
    def keepers(self) -> list[Person]:
        """Who sees to the log now, as in `people.keepers`."""
        if self.agent is None:
            return []
        return [self.people[user] for user in keepers(self.log, self.agent, self._by_name)]

    @property
    def leads(self) -> list[Person]:
        """Who may answer what the agent or the supervisor brings before the lead."""
        leading = [person for person in self._by_name if self.may(person, Act.ANSWER)]
        return who_answers(self.log, leading) if self.log.awaits_answer else leading

    def may(self, person: Person, act: Act) -> bool:
        """Whether that person may do this with the log."""
        return may(person, act, agent=self.agent, log=self.log)

    @property
    def _by_name(self) -> list[Person]:
        return sorted(self.people.values(), key=lambda one: (one.name.casefold(), one.user))
