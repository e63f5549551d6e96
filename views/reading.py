"""Who reads, when, and what they need to know to read it: names, days, moments, criteria."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from coaching.criteria import Criterion
from coaching.follow_up import MONTHS, FollowUp, day_words, follow_up_of
from coaching.log import Log
from coaching.people import Person, Role
from views import rich
from views.parts import clip, isolate

_NAME_LENGTH = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One person reading at one time.

    Attributes:
        reader: moments fall back to this person's zone; they are called *you*.
        now: in UTC.
        people: by user ID, all who are named.
        criteria: the workspace's catalogue by ID.
    """

    reader: Person
    now: dt.datetime
    people: Mapping[str, Person]
    criteria: Mapping[str, Criterion]

    @property
    def today(self) -> dt.date:
        return self.now.astimezone(self.reader.zone).date()

    def first(self, user: str | None) -> str:
        """A first name, shortened where it is very long."""
        if user is None:
            return "the agent"
        person = self._person(user)
        return isolate(clip(person.first, _NAME_LENGTH)) if person else "somebody"

    def name(self, user: str | None) -> str:
        """A full name, shortened where it is very long."""
        person = self._person(user) if user else None
        return isolate(clip(person.name, 2 * _NAME_LENGTH)) if person else self.first(user)

    def who(self, user: str | None) -> str:
        """*you*, or the first name."""
        return "you" if user == self.reader.user else self.first(user)

    def whose(self, user: str | None) -> str:
        """*your*, or the first name with its *'s*."""
        return "your" if user == self.reader.user else f"{self.first(user)}'s"

    def leads(self, agent: str | None) -> str:
        """Those of the people who lead the agent, as they are said aloud; empty for none."""
        led = self.people.get(agent or "")
        teams = led.teams_as(Role.AGENT) if led else frozenset()
        leading = [person for person in self.people.values() if person.teams_as(Role.LEAD) & teams]
        return listed(self.who(person.user) for person in leading if person.user != agent)

    def moment(self, at: dt.datetime) -> rich.Moment:
        """A moment: in the zone of whoever reads it, with the day in words to fall back on."""
        return rich.moment(at, self.reader, self.today.year)

    def day(self, day: dt.date) -> str:
        """An agreed day in words that are the same for everybody."""
        return day_words(day, self.today.year)

    def ago(self, then: dt.datetime) -> str:
        """Days passed in the reader's calendar: ``today``, ``yesterday``, ``34 days ago``."""
        return self.past(then.astimezone(self.reader.zone).date()) or "today"

    def past(self, day: dt.date) -> str:
        """How long ago an agreed day was: ``yesterday``, ``6 days ago``; empty until it is over."""
        days = (self.today - day).days
        if days <= 0:
            return ""
        return "yesterday" if days == 1 else f"{days} days ago"

    def plan(self, log: Log) -> FollowUp | None:
        return follow_up_of(log.content, self.criteria)

    def sentence(self, log: Log) -> str:
        """The follow-up in one plain sentence without a full stop; empty while it isn't agreed."""
        plan = self.plan(log)
        return plan.sentence(self.today.year) if plan else ""

    def _person(self, user: str) -> Person | None:
        return self.reader if user == self.reader.user else self.people.get(user)


def listed(words: Iterable[str]) -> str:
    """Words as they are said aloud: ``Lena``, ``Lena and Omar``, ``Lena, Omar and Wei``."""
    *others, last = list(words) or [""]
    return f"{', '.join(others)} and {last}" if others else last


def counted(number: int, one: str, many: str = "") -> str:
    """A number with its noun: ``1 call``, ``3 calls``."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def capital(words: str) -> str:
    """The words as a sentence begins."""
    return words[:1].upper() + words[1:]


def date_words(day: dt.date) -> str:
    """A day as a button names it: ``24 January``."""
    return f"{day.day} {MONTHS[day.month - 1]}"
