"""Notices: who is told what, and when. A notice is a row; its message is made when it is sent."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from coaching.log import Log, State
from coaching.said import Ruling
from coaching.worktime import Calendar

PATIENCE_DAYS = 2
"""Working days that an escalation waits for the agent's view (PRODUCT, section 4)."""


class NoticeKind(StrEnum):
    """What a notice tells. The receiver is named behind each."""

    SHARED = "shared"  # agent
    REVISED = "revised"  # agent
    ACKNOWLEDGED = "acknowledged"  # supervisor
    VIEW_ADDED = "view_added"  # supervisor
    DISAGREEMENT = "disagreement"  # leads
    DISAGREEMENT_ANSWERED = "disagreement_answered"  # agent and supervisor
    CHECKED_IN = "checked_in"  # agent
    OUTCOME_DUE = "outcome_due"  # supervisor
    LEAD_DECIDES = "lead_decides"  # leads, when the day was moved often enough
    EXTENDED = "extended"  # agent
    DECIDED = "decided"  # agent
    ESCALATED = "escalated"  # leads, after the agent
    REOPENED = "reopened"  # agent: a decision was taken back
    ESCALATION_ANSWERED = "escalation_answered"  # agent and supervisor
    VOIDED = "voided"  # agent
    BY_ANOTHER = "by_another"  # supervisor, or lead: what somebody did with a log that is theirs
    HANDED_OVER = "handed_over"  # supervisor: a draft that goes on with a target is theirs now
    # Reminders, told in letters; see coaching.reminders. OUTCOME_DUE is one of them.
    FINISH = "finish"  # supervisor
    ACKNOWLEDGE = "acknowledge"  # agent, and at last the supervisor
    HALF_WAY = "half_way"  # agent and supervisor
    STEP = "step"  # who promised it
    OVERDUE = "overdue"  # supervisor, and at last the leads
    UNANSWERED = "unanswered"  # leads
    NO_SESSION = "no_session"  # supervisors; its subject is an agent
    DIGEST = "digest"  # leads and supervisors; its subject is a team
    ORPHANED = "orphaned"  # a lead or admin: nobody sees to a target any more
    UNREACHED = "unreached"  # leads: Slack hands somebody, or a channel, no messages
    LETTER = "letter"  # one message with all that is due for its receiver
    TOTALS = "totals"  # a channel: the digest's totals; its subject is a team


LIVING = frozenset(
    {
        NoticeKind.SHARED,
        NoticeKind.REVISED,
        NoticeKind.VIEW_ADDED,
        NoticeKind.DISAGREEMENT,
        NoticeKind.DISAGREEMENT_ANSWERED,
        NoticeKind.OUTCOME_DUE,
        NoticeKind.LEAD_DECIDES,
        NoticeKind.DECIDED,
        NoticeKind.ESCALATED,
        NoticeKind.ESCALATION_ANSWERED,
    }
)
"""Kinds whose message follows the log: after each change it is made again and updated."""

WITHDRAWN = LIVING - {NoticeKind.SHARED, NoticeKind.REVISED, NoticeKind.DECIDED}
"""Kinds whose message is taken back from supervisors and leads who may no longer see the log."""

TO_LEADS = frozenset({NoticeKind.DISAGREEMENT, NoticeKind.LEAD_DECIDES, NoticeKind.ESCALATED})
"""Kinds that ask the leads for something: whoever leads then is asked."""

REMINDERS = frozenset(
    {
        NoticeKind.FINISH,
        NoticeKind.ACKNOWLEDGE,
        NoticeKind.HALF_WAY,
        NoticeKind.STEP,
        NoticeKind.OUTCOME_DUE,
        NoticeKind.OVERDUE,
        NoticeKind.UNANSWERED,
        NoticeKind.NO_SESSION,
        NoticeKind.DIGEST,
        NoticeKind.TOTALS,
        NoticeKind.ORPHANED,
        NoticeKind.UNREACHED,
    }
)
"""Kinds that make no message of their own: a letter tells all that is due for one person."""

ONCE = frozenset(
    {NoticeKind.FINISH, NoticeKind.ACKNOWLEDGE, NoticeKind.HALF_WAY, NoticeKind.UNANSWERED}
)
"""Reminders of a day that is over once somebody was told; the others wait for somebody to act.

Whoever leads since is asked for the answer itself.
"""

_ALIKE = (frozenset({NoticeKind.OUTCOME_DUE, NoticeKind.OVERDUE}),)


def alike(kind: NoticeKind) -> frozenset[NoticeKind]:
    """The kinds of reminder that ask for the same: told once, and put off together."""
    return next((kinds for kinds in _ALIKE if kind in kinds), frozenset({kind}))


UNREPEATED = frozenset(
    {
        NoticeKind.SHARED,
        NoticeKind.REVISED,
        NoticeKind.ACKNOWLEDGED,
        NoticeKind.VIEW_ADDED,
        NoticeKind.DISAGREEMENT,
        NoticeKind.DISAGREEMENT_ANSWERED,
        NoticeKind.CHECKED_IN,
        NoticeKind.LEAD_DECIDES,
        NoticeKind.EXTENDED,
        NoticeKind.DECIDED,
        NoticeKind.ESCALATED,
        NoticeKind.REOPENED,
        NoticeKind.ESCALATION_ANSWERED,
        NoticeKind.VOIDED,
        NoticeKind.BY_ANOTHER,
        NoticeKind.HANDED_OVER,
    }
)
"""Kinds that nothing follows up: what they tell is told by no later reminder or digest."""

TIMED = frozenset(
    {
        NoticeKind.ACKNOWLEDGE,
        NoticeKind.HALF_WAY,
        NoticeKind.OUTCOME_DUE,
        NoticeKind.OVERDUE,
        NoticeKind.ESCALATED,
    }
)
"""Kinds whose reason goes with the decision on the target: what waits of them is cancelled."""


@dataclass(frozen=True, slots=True)
class Notice:
    """Something to tell one person about one log; `due_at` in UTC.

    Unique by kind, log, receiver and occurrence, so that nothing is told twice.
    """

    kind: NoticeKind
    log: str
    receiver: str
    due_at: dt.datetime
    occurrence: str = "1"


@dataclass(frozen=True, slots=True)
class Reminder:
    """Something that one person is reminded of from `due_at` (UTC) on, in their next letter.

    `subject` is a log's ID, for some kinds an agent's or a team's. Unique like a notice.
    """

    kind: NoticeKind
    subject: str
    receiver: str
    due_at: dt.datetime
    occurrence: str = "1"


SNOOZED = "~"
"""What stands in the occurrence of a reminder that its receiver put off, before the day."""


@dataclass(frozen=True, slots=True)
class ByAnother:
    """What somebody else did with a log, as the occurrence of a notice.

    `did` is ``decided``, ``reopened``, ``extended``, ``revised``, ``checked_in`` or ``voided``;
    `time` counts how often that was done.
    """

    did: str
    who: str
    time: int = 1

    @property
    def occurrence(self) -> str:
        """What `of` reads back; nobody is told the same occurrence twice."""
        return f"{self.did}/{self.who}/{self.time}"

    @classmethod
    def of(cls, occurrence: str) -> ByAnother:
        """What an occurrence says: of a mere number that alone, else nobody and nothing."""
        if occurrence.isdecimal():
            return cls("", "", int(occurrence))
        did, _, rest = occurrence.partition("/")
        who, _, time = rest.rpartition("/")
        return cls(did, who, int(time)) if time.isdecimal() else cls("", "")


def asked_for(log: Log) -> str:
    """The occurrence of the outcome prompt for the log as it stands."""
    day = f"{log.value('review_by')}/{log.extensions}"
    return f"{day}/{log.round}" if log.reopened else day


def told_to_supervisor(
    log: Log, did: str, who: str, at: dt.datetime, time: int = 1
) -> list[Notice]:
    """Tells the log's supervisor what somebody else did with it; nothing where it was them."""
    return told_to([log.supervisor], log, ByAnother(did, who, time), at)


def told_to(receivers: Iterable[str], log: Log, done: ByAnother, at: dt.datetime) -> list[Notice]:
    """The same for more people whom it concerns, each of them once; never whoever did it."""
    others = [receiver for receiver in dict.fromkeys(receivers) if receiver != done.who]
    return [
        Notice(NoticeKind.BY_ANOTHER, log.id, receiver, at, done.occurrence) for receiver in others
    ]


def lead_turn(log: Log, calendar: Calendar) -> dt.datetime | None:
    """From when the lead may answer an escalation, in UTC: the agent is heard first.

    At the agent's view on the decision, else after two working days by the lead's `calendar`; None
    where no escalation waits (PRODUCT, section 4).
    """
    if not log.awaits_response or log.decided is None:
        return None
    if views := log.views_on("decision"):
        return views[0].at
    return calendar.after_working_days(log.decided.at, PATIENCE_DAYS)


def asked_of_lead(log: Log, calendar: Calendar) -> dt.datetime | None:
    """Since (or from) when the log waits for a lead, in UTC; None where it doesn't.

    A disagreement waits from the agent's view on, an escalation as in `lead_turn`.
    """
    if log.awaits_answer and log.disagreement is not None:
        return log.disagreement.at
    return lead_turn(log, calendar)


def again_when_unknown(kind: NoticeKind) -> bool:
    """Whether to post it again where nobody can find out if it was posted.

    Better perhaps twice than perhaps never, where nothing else would tell it. A reminder is better
    left out than sent twice: the next one, or the digest, says the same.
    """
    return kind in UNREPEATED


def still_true(kind: NoticeKind, log: Log) -> bool:
    """Whether there is still a reason to send it; asked again when the notice is claimed.

    Not for reminders: those are told in letters, and `coaching.reminders` says which.
    """
    if kind is NoticeKind.LETTER or kind in REMINDERS:
        return False
    if kind is NoticeKind.VOIDED:
        return log.state is State.VOIDED
    if kind is NoticeKind.BY_ANOTHER:
        return True
    if kind is NoticeKind.DISAGREEMENT_ANSWERED and log.state is State.VOIDED:
        answer = log.disagreement_answer
        return answer is not None and answer.answer == Ruling.VOID
    if log.state in (State.VOIDED, State.DISCARDED):
        return False
    match kind:
        case NoticeKind.SHARED | NoticeKind.REVISED:
            return not log.is_acknowledged
        case NoticeKind.DISAGREEMENT:
            return log.awaits_answer
        case NoticeKind.LEAD_DECIDES:
            return log.state is State.OPEN
        case NoticeKind.ESCALATED:
            return log.awaits_response
        case NoticeKind.HANDED_OVER:
            return log.state is State.DRAFT
        case _:
            return True
