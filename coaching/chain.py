"""A chain of logs about one target: going on with it, and taking decisions back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace

from coaching.change import Change
from coaching.elements import OUTCOME
from coaching.log import Log, State
from coaching.notices import ByAnother, Notice, NoticeKind, told_to
from coaching.people import Person
from coaching.said import AgentView, Reopened

_CARRIED = (
    "agent",
    "target",
    "shows",
    "follow_up_criterion",
    "threshold",
    "calls",
    "calls_reaching",
)


def continuation(
    log: Log, draft_id: str, *, writer: str, actor: Person, now: dt.datetime
) -> Change:
    """A new draft with the same target and plan and no evidence; `writer` is whose it becomes.

    The log itself is to name it in `continued_by`, in the same save.
    """
    carried = {key: log.content[key] for key in _CARRIED if key in log.content}
    draft = Log(
        workspace=log.workspace,
        id=draft_id,
        number=0,
        supervisor=writer,
        agent=log.agent,
        state=State.DRAFT,
        created_at=now,
        content=carried,
        continues=log.id,
    )
    return Change(log=draft, action="draft.continued", actor=actor.user, at=now)


def rested_on(log: Log, earlier: Iterable[Log]) -> Log | None:
    """The log whose decision comes to nothing with that one: the nearest before it that stands.

    `earlier` are the logs of its chain. None where nothing comes to nothing: the log begins its
    chain, or the target went on beyond it.
    """
    if log.continued_by is not None:
        return None
    by_id = {item.id: item for item in earlier}
    following, before = log, by_id.get(log.continues or "")
    while before is not None and before.continued_by == following.id:
        if before.state is not State.VOIDED:
            return before if before.is_decided else None
        following, before = before, by_id.get(before.continues or "")
    return None


def reopen(
    log: Log, *, actor: Person, now: dt.datetime, why: str = "", view: AgentView | None = None
) -> Change:
    """Take the decision on a log back: its target is open, and the outcome is asked for again.

    The figures stay, and so does a lead's response to an escalation, in what was taken back. Agent,
    supervisor and the lead who responded are told, unless they did it themselves. Without this a
    target whose follow-on log is discarded or voided would end without a decision (PRODUCT's
    promise). `view` is the disagreement that a lead answers with it.
    """
    if log.decided is None or log.agent is None:
        raise ValueError(f"{log.id} is not decided.")
    response = log.escalation_answer
    figures = log.versions.get(OUTCOME.key, 0)
    taken_back = Reopened(now, actor.user, log.decided.decision, why, response, view, figures)
    concerned = [log.supervisor] if response is None else [log.supervisor, response.by]
    undecided = {key: value for key, value in log.content.items() if key not in ("decision", "why")}
    again = replace(
        log,
        content=undecided,
        state=State.OPEN,
        decided=None,
        escalation_answer=None,
        continued_by=None,
        reopened=(*log.reopened, taken_back),
    )
    return Change(
        log=again,
        action="log.reopened",
        actor=actor.user,
        at=now,
        notices=(
            Notice(
                NoticeKind.REOPENED, log.id, log.agent, log.agent_hears_at(now), str(again.round)
            ),
            *told_to(concerned, log, ByAnother("reopened", actor.user, again.round), now),
        ),
        cancels=frozenset({NoticeKind.ESCALATED}),
    )
