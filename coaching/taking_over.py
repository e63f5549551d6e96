"""What becomes of what waits for somebody when it falls to others, since teams changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace

from coaching.answers import who_answers
from coaching.change import Change
from coaching.criteria import Criterion
from coaching.follow_up import verdict_of
from coaching.log import Log, State
from coaching.notices import Notice, NoticeKind, asked_for, lead_turn
from coaching.outcome import lead_decides
from coaching.people import Act, Person, keepers, may, successor
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


def asked_now(
    log: Log,
    agent: Person,
    around: Sequence[Person],
    criteria: Mapping[str, Criterion],
    now: dt.datetime,
) -> list[Notice]:
    """What a log asks of those who see to it now; the same as at first, so nobody is told twice.

    `around` are the people of the agent's teams.
    """
    leads = [person for person in around if may(person, Act.ANSWER, agent=agent, log=log)]
    asked = []
    if lead_decides(log, verdict_of(log.content, criteria), now):
        asked += [
            Notice(NoticeKind.LEAD_DECIDES, log.id, one.user, now, asked_for(log)) for one in leads
        ]
    if log.disagreement is not None and log.awaits_answer:
        view = str(log.views.index(log.disagreement) + 1)
        asked += [
            Notice(NoticeKind.DISAGREEMENT, log.id, lead.user, now, view)
            for lead in who_answers(log, leads)
        ]
    for lead in leads:
        turn = lead_turn(log, lead.calendar)
        if turn is not None:
            when = max(turn, now)
            asked.append(Notice(NoticeKind.ESCALATED, log.id, lead.user, when, str(log.round)))
    return asked
