"""What becomes of what waits for somebody when it falls to others, since teams changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from coaching.change import Change
from coaching.log import Log, State
from coaching.notices import Notice, NoticeKind
from coaching.people import Person, keepers, successor
from coaching.session import discard

NOBODY_SUPERVISES = "There is no supervisor now who could go on with the target."


def hand_over(
    draft: Log,
    earlier: Sequence[Log],
    agent: Person,
    around: Sequence[Person],
    *,
    actor: str,
    now: dt.datetime,
) -> list[Change]:
    """Give a draft that goes on with a target to whoever supervises the agent now, with its text.

    Where there are leads alone, who hold no drafts, the decision to go on is taken back, so that
    they are asked for its outcome. Nothing where the draft is in good hands, and where nobody sees
    to the agent. `earlier` are the logs of its chain, `around` the people of the agent's teams;
    `actor` is who the audit trail says it was.
    """
    if draft.state is not State.DRAFT or draft.continues is None:
        return []
    receiver = successor(draft, agent, around)
    if receiver == draft.supervisor:
        return []
    if receiver is not None:
        # A draft may come back to somebody: each time is told.
        occurrence = f"{draft.supervisor}/{draft.saved}"
        told = Notice(NoticeKind.HANDED_OVER, draft.id, receiver, now, occurrence)
        given = replace(draft, supervisor=receiver)
        return [Change(log=given, action="draft.handed_over", actor=actor, at=now, notices=(told,))]
    if not keepers(draft, agent, around):
        return []
    nobody = Person(user="", name="")
    changes = discard(draft, actor=nobody, now=now, earlier=earlier, why=NOBODY_SUPERVISES)
    if not isinstance(changes, list) or len(changes) == 1:
        return []
    return [replace(change, actor=actor) for change in changes]
