"""A coaching log: its states, and everything that was said and decided on it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from coaching.elements import OUTCOME, WALK, unwritten
from coaching.fields import Content, Value
from coaching.said import (
    Acknowledgement,
    AgentView,
    Agrees,
    Answer,
    CheckIn,
    Decided,
    Reopened,
    Ruling,
    Voided,
)

BEHIND_SUMMARY = dt.timedelta(seconds=1)
"""How long behind the summary comes what else waits for the agent, so that it is read first."""
_REFERENCE = re.compile(r"CL\s*-?\s*(\d{1,9})", re.IGNORECASE)


class State(StrEnum):
    """Where a log stands. An open log whose day has come is *due* (see `Log.is_due`)."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"
    CONTINUED = "continued"
    ESCALATED = "escalated"
    VOIDED = "voided"
    DISCARDED = "discarded"


@dataclass(frozen=True, slots=True)
class Step:
    """A next step that somebody promised.

    `number` is 0 for the one in the log itself, else that of the check-in, from 1. `by` is the day
    that was agreed, else that of the review. `later` is when *Not yet* was answered last.
    """

    number: int
    who: str
    what: str
    by: dt.date | None
    done: dt.datetime | None
    later: dt.datetime | None

    def is_due(self, today: dt.date) -> bool:
        """Whether its day has come."""
        return self.by is None or self.by <= today


@dataclass(frozen=True, slots=True, kw_only=True)
class Log:
    """One coaching log, drafts included.

    Attributes:
        id: opaque; `number` is what people say aloud, counted per workspace from the first save.
        content: the fields' values; see `coaching.elements`.
        versions: how often each element was saved, for two devices that edit one draft.
        saved: how often the log was saved at all; the store refuses to save over a newer one.
        revision: 0 for a draft, 1 when shared, one more with every change after that.
        due_at: when the outcome is asked for, in UTC; None for a draft.
        told_at: when the agent is told that it was shared, in UTC: in their working hours.
        told_revision: the revision that they are shown with that.
        revised_at: when it was last changed after sharing, in UTC.
        extensions: how often the day was moved for too few calls.
        reopened: decisions that were taken back, oldest first.
        continues, continued_by: IDs of the logs before and after in a chain of one target.
        step_done, step_later: when the log's own next step was answered with *Done* or *Not yet*.
    """

    workspace: str
    id: str
    number: int
    supervisor: str
    agent: str | None
    state: State
    created_at: dt.datetime
    content: Content = field(default_factory=dict)
    versions: Mapping[str, int] = field(default_factory=dict)
    saved: int = 0
    revision: int = 0
    shared_at: dt.datetime | None = None
    due_at: dt.datetime | None = None
    told_at: dt.datetime | None = None
    told_revision: int = 1
    revised_at: dt.datetime | None = None
    extensions: int = 0
    second_reason: str = ""
    acknowledgement: Acknowledgement | None = None
    views: tuple[AgentView, ...] = ()
    disagreement_answer: Answer | None = None
    earlier_answers: tuple[Answer, ...] = ()
    check_ins: tuple[CheckIn, ...] = ()
    decided: Decided | None = None
    escalation_answer: Answer | None = None
    reopened: tuple[Reopened, ...] = ()
    voided: Voided | None = None
    continues: str | None = None
    continued_by: str | None = None
    step_done: dt.datetime | None = None
    step_later: dt.datetime | None = None

    @property
    def reference(self) -> str:
        """What people say aloud: ``CL-142``."""
        return reference_of(self.number)

    @property
    def session_at(self) -> dt.datetime | None:
        """When its session took place, or is planned for, in UTC; None where that isn't written."""
        at = self.content.get("session_at")
        return dt.datetime.fromtimestamp(at, dt.UTC) if isinstance(at, int) else None

    @property
    def held_at(self) -> dt.datetime:
        """When its session took place; where that isn't written, when the log was begun."""
        return self.session_at or self.created_at

    @property
    def is_shared(self) -> bool:
        """Whether the agent was ever shown it; voided logs count as well."""
        return self.state not in (State.DRAFT, State.DISCARDED)

    @property
    def is_decided(self) -> bool:
        """Whether a decision stands."""
        return self.decided is not None

    @property
    def is_acknowledged(self) -> bool:
        """Whether the agent has read the newest revision."""
        return self.acknowledgement is not None and self.acknowledgement.revision >= self.revision

    @property
    def is_incomplete(self) -> bool:
        """Whether it was shared without observation or conversation (PRODUCT, section 2)."""
        return self.is_shared and bool(unwritten(self.content))

    def is_waiting(self, now: dt.datetime) -> bool:
        """Whether its agent is told of it only when their shift begins; `now` in UTC."""
        return self.told_at is not None and now < self.told_at

    def agent_hears_at(self, now: dt.datetime) -> dt.datetime:
        """When the agent is told what is done with it now: never before its summary; in UTC."""
        if self.told_at is None or not self.is_waiting(now):
            return now
        return self.told_at + BEHIND_SUMMARY

    def read_before(self, revision: int) -> int:
        """The revision that the agent knew when that one was made: acknowledged, else as told."""
        read, known = self.acknowledgement, self.told_revision
        if read is not None:
            known = max(known, read.revision if read.revision < revision else read.before)
        return min(known, max(revision - 1, 1))

    def is_due(self, now: dt.datetime) -> bool:
        """Whether its day has come and it waits for a decision; `now` in UTC."""
        return self.state is State.OPEN and self.due_at is not None and self.due_at <= now

    @property
    def round(self) -> int:
        """Which decision it is or will be: 1, and one more each time that it was taken back."""
        return len(self.reopened) + 1

    @property
    def view_subject(self) -> str:
        """What a view that is added now is about."""
        return "decision" if self.is_decided else "summary"

    def views_on(self, about: str) -> tuple[AgentView, ...]:
        """The agent's views on the summary, or on the decision as it stands, oldest first."""
        if about == "summary":
            return tuple(view for view in self.views if view.about == about)
        if self.decided is None:
            return ()
        since = self.decided.at
        return tuple(view for view in self.views if view.about == about and view.at >= since)

    @property
    def disagreement(self) -> AgentView | None:
        """The newest view in which the agent disagrees with the summary or with the decision.

        A view on an escalation goes to the lead with it, and the response answers both. One on the
        summary is a disagreement of its own even then.
        """
        said = [*self.views_on("summary")[-1:]]
        if self.state is not State.ESCALATED:
            said += self.views_on("decision")[-1:]
        against = [view for view in said if view.agrees is Agrees.NO]
        return max(against, key=lambda view: view.at) if against else None

    @property
    def awaits_answer(self) -> bool:
        """Whether a disagreement waits for the lead; a later one needs an answer of its own."""
        view, answer = self.disagreement, self.disagreement_answer
        return (
            self.state not in (State.VOIDED, State.DISCARDED)
            and view is not None
            and (answer is None or answer.at < view.at)
        )

    @property
    def answers(self) -> tuple[Answer, ...]:
        """What leads answered to disagreements, oldest first."""
        newest = self.disagreement_answer
        return self.earlier_answers if newest is None else (*self.earlier_answers, newest)

    @property
    def ruling(self) -> Answer | None:
        """The newest answer to a disagreement; None where it took a decision back that is past."""
        answer = self.disagreement_answer
        past = [back.at for back in self.reopened if back.view is not None]
        return None if answer is not None and answer.at in past else answer

    def answer_to(self, view: AgentView) -> Answer | None:
        """What a lead answered to that disagreement; None where nobody did."""
        if view.agrees is not Agrees.NO:
            return None
        to_it = (one for one in self.answers if one.about == view.about and one.at >= view.at)
        return next(to_it, None)

    @property
    def upheld(self) -> Reopened | None:
        """The decision that a lead took back after a disagreement, while it is to be made anew."""
        last = self.reopened[-1] if self.reopened else None
        is_open = self.state is State.OPEN and last is not None and last.view is not None
        return last if is_open else None

    @property
    def to_be_changed(self) -> tuple[Answer, ...]:
        """The answers that the log is to be changed, until it is."""
        asked = [one for one in self.answers if one.answer == Ruling.CHANGE and one.done is None]
        return tuple(one for one in asked if one.about == "summary")

    @property
    def awaits_response(self) -> bool:
        """Whether an escalation waits for the lead."""
        return self.state is State.ESCALATED and self.escalation_answer is None

    @property
    def steps(self) -> tuple[Step, ...]:
        """What was promised as next step, in the log and in its check-ins, oldest first."""
        if not self.is_shared or self.state is State.VOIDED:
            return ()
        own = CheckIn(
            self.created_at, self.supervisor, self.content, self.step_done, self.step_later
        )
        promised = [self._step(number, told) for number, told in enumerate((own, *self.check_ins))]
        return tuple(step for step in promised if step is not None)

    def _step(self, number: int, told: CheckIn) -> Step | None:
        what = told.content.get("step_what")
        by = told.content.get("step_by") or self.content.get("review_by")
        who = self.agent if told.content.get("step_who") == "agent" else told.by
        if not isinstance(what, str) or who is None:
            return None
        day = dt.date.fromisoformat(by) if isinstance(by, str) else None
        return Step(number, who, what, day, told.step_done, told.step_later)

    def open_steps(self, who: str) -> tuple[Step, ...]:
        """The next steps which that person promised and has not done yet."""
        return tuple(step for step in self.steps if step.who == who and step.done is None)

    def value(self, key: str) -> str:
        """A field's value as text; empty where it has none."""
        value: Value = self.content.get(key, "")
        return "\n".join(value) if isinstance(value, tuple) else str(value)

    @property
    def said_by(self) -> frozenset[str]:
        """The user IDs of everybody who did or said something on the log, to be named in it."""
        answers = (self.decided, self.voided, *self.answers, self.escalation_answer)
        said = [item.by for item in self.check_ins] + [item.by for item in self.reopened]
        said += [back.response.by for back in self.reopened if back.response is not None]
        said += [item.by for item in answers if item is not None]
        return frozenset({self.supervisor, *said, *([self.agent] if self.agent else [])})

    @property
    def agreed(self) -> Content:
        """The content without the outcome: what the agent is shown at sharing."""
        keys = {item.key for element in WALK for item in element}
        return {key: value for key, value in self.content.items() if key in keys}

    @property
    def figures(self) -> Content:
        """What the outcome form holds: figures, decision and reason."""
        keys = {item.key for item in OUTCOME}
        return {key: value for key, value in self.content.items() if key in keys}


def reference_of(number: int) -> str:
    """How people call the log of that number."""
    return f"CL-{number}"


def number_of(reference: str) -> int | None:
    """The number in a reference such as ``CL-142``, ``cl 142`` or ``CL142``; None where none."""
    found = _REFERENCE.fullmatch(reference.strip())
    return int(found[1]) if found else None
