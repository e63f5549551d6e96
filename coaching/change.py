"""What a decision answers with: a change to store, or a refusal in words."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from coaching.criteria import Criterion
from coaching.log import Log
from coaching.notices import Notice, NoticeKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One change of one log, stored whole or not at all.

    Attributes:
        log: the log as it is to be; `Log.saved` is still that of the log it was made from.
        action: names the change in the audit trail.
        actor: the user ID of who made it.
        at: when, in UTC.
        notices: whom to tell.
        cancels: kinds of waiting notices on this log that have become pointless.
        hastens: kinds of waiting notices on this log that are due at once.
        tells_agent_at: when all that waits for the log's agent is due instead, the summary first.
        added_criteria: criteria to add to the workspace's catalogue.
        beside: for a log that is shared, the agent's other open targets as they were known; it is
            not stored where there is one more by then. None where that doesn't matter.
    """

    log: Log
    action: str
    actor: str
    at: dt.datetime
    notices: tuple[Notice, ...] = ()
    cancels: frozenset[NoticeKind] = frozenset()
    hastens: frozenset[NoticeKind] = frozenset()
    tells_agent_at: dt.datetime | None = None
    added_criteria: tuple[Criterion, ...] = ()
    beside: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """Why something can't be done (any more), in words for the person who tried."""

    words: str
