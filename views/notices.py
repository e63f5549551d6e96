"""The message of every kind of notice."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from coaching.log import Log
from coaching.notices import NoticeKind
from views import answered, to_agent, to_agent_decided, to_lead, to_supervisor
from views.notice_about import NoticeAbout
from views.parts import Message
from views.passages import letter, line

__all__ = ["NoticeAbout", "message", "withdrawn"]

_MESSAGES: Mapping[NoticeKind, Callable[[NoticeAbout], Message]] = {
    NoticeKind.SHARED: to_agent.shared,
    NoticeKind.REVISED: to_agent.revised,
    NoticeKind.ACKNOWLEDGED: to_supervisor.acknowledged,
    NoticeKind.VIEW_ADDED: to_supervisor.view_added,
    NoticeKind.DISAGREEMENT: to_lead.disagreement,
    NoticeKind.DISAGREEMENT_ANSWERED: answered.disagreement_answered,
    NoticeKind.CHECKED_IN: to_agent.checked_in,
    NoticeKind.OUTCOME_DUE: to_supervisor.outcome_due,
    NoticeKind.LEAD_DECIDES: to_lead.lead_decides,
    NoticeKind.EXTENDED: to_agent.extended,
    NoticeKind.DECIDED: to_agent_decided.decided,
    NoticeKind.ESCALATED: to_lead.escalated,
    NoticeKind.REOPENED: to_agent.reopened,
    NoticeKind.ESCALATION_ANSWERED: answered.escalation_answered,
    NoticeKind.VOIDED: to_agent.voided,
    NoticeKind.BY_ANOTHER: to_supervisor.by_another,
    NoticeKind.HANDED_OVER: to_supervisor.handed_over,
}


def message(kind: NoticeKind, about: NoticeAbout) -> Message:
    """The message as the log stands now; a living one is made again after every change."""
    return _MESSAGES[kind](about)


def withdrawn(log: Log) -> Message:
    """What is left of a message for somebody who may no longer see its log."""
    text = f"{log.reference} is no longer with you"
    return letter(text, [line(f"{text}, so there is nothing left to do here.")])
