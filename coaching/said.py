"""What people say and decide on a log after it was written."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from coaching.fields import Content


class Agrees(StrEnum):
    """An agent's answer to *Do you agree?*."""

    YES = "yes"
    IN_PART = "in part"
    NO = "no"


class Ruling(StrEnum):
    """A lead's answer to a disagreement."""

    STANDS = "stands"
    CHANGE = "change"
    VOID = "void"


class Support(StrEnum):
    """A lead's response to an escalation."""

    SUPPORT = "support"
    TRAINING = "training"
    HR = "hr"
    BACK = "back to coaching"


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """That the agent has read a revision; it says nothing of agreement.

    `before` is the revision that they had acknowledged before it; 0 where there was none.
    """

    at: dt.datetime
    revision: int
    own_words: str = ""
    before: int = 0


@dataclass(frozen=True, slots=True)
class AgentView:
    """The agent's own view; it stays on the log for good.

    `about` is ``summary`` or ``decision``.
    """

    at: dt.datetime
    agrees: Agrees
    words: str
    about: str = "summary"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a lead answered to a disagreement (a Ruling) or an escalation (a Support).

    `about` is what was disagreed with, ``summary`` or ``decision``. `done` is when a log that was
    to be changed was changed.
    """

    at: dt.datetime
    by: str
    answer: str
    words: str
    about: str = "summary"
    done: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class CheckIn:
    """A session held while the target is open: conversation only, counting goes on.

    `step_done` and `step_later` are as in `Log`, of the next step promised in it.
    """

    at: dt.datetime
    by: str
    content: Content
    step_done: dt.datetime | None = None
    step_later: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Decided:
    """The decision on a target. `verdict` is worked out from the figures, never typed."""

    at: dt.datetime
    by: str
    decision: str
    verdict: str


@dataclass(frozen=True, slots=True)
class Reopened:
    """A decision that was taken back, by whom and when, so that the target is decided anew.

    `by` is empty where nobody did it: there was nobody left to go on with the target. `response` is
    what a lead had answered to it, where it was an escalation. `view` is the disagreement with it,
    where a lead took it back in answer to one, and `figures` how often the outcome had been saved
    by then.
    """

    at: dt.datetime
    by: str
    decision: str
    why: str = ""
    response: Answer | None = None
    view: AgentView | None = None
    figures: int = 0


@dataclass(frozen=True, slots=True)
class Voided:
    """Why and by whom a shared log was taken back."""

    at: dt.datetime
    by: str
    reason: str
