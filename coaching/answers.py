"""What the agent and the lead say to a log: acknowledgement, views, answers to them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from coaching.change import Change, Refused
from coaching.fields import tidied
from coaching.log import (
    Acknowledgement,
    AgentView,
    Agrees,
    Answer,
    Log,
    Ruling,
    State,
    Support,
)
from coaching.notices import Notice, NoticeKind
from coaching.people import Person
from coaching.session import void


def acknowledge(
    log: Log, *, actor: Person, now: dt.datetime, own_words: str = ""
) -> Change | Refused:
    """Record that the agent has read the newest revision, and tell the supervisor."""
    gone = _gone(log)
    if gone is not None:
        return gone
    if log.is_acknowledged:
        return Refused(f"You acknowledged {log.reference} already.")
    words = tidied(own_words) or (log.acknowledgement.own_words if log.acknowledgement else "")
    read = replace(log, acknowledgement=Acknowledgement(now, log.revision, words))
    occurrence = str(log.revision)
    return Change(
        log=read,
        action="log.acknowledged",
        actor=actor.user,
        at=now,
        notices=(Notice(NoticeKind.ACKNOWLEDGED, log.id, log.supervisor, now, occurrence),),
    )


def add_view(
    log: Log,
    agrees: Agrees,
    words: str,
    *,
    about: str,
    actor: Person,
    leads: Sequence[str],
    now: dt.datetime,
) -> Change | Refused:
    """Add the agent's own view. It counts as acknowledged; a disagreement is told to the leads.

    The view is on the decision where `about` is ``decision`` and there is one, else on the summary.
    """
    gone = _gone(log)
    if gone is not None:
        return gone
    about = "decision" if about == "decision" and log.is_decided else "summary"
    view = AgentView(now, agrees, tidied(words), about)
    if _said_already(log, view):
        return Refused(f"Your view is on {log.reference} already.")
    viewed = replace(log, views=(*log.views, view))
    if not log.is_acknowledged:
        own_words = log.acknowledgement.own_words if log.acknowledgement else ""
        viewed = replace(viewed, acknowledgement=Acknowledgement(now, log.revision, own_words))
    occurrence = str(len(viewed.views))
    notices = [Notice(NoticeKind.VIEW_ADDED, log.id, log.supervisor, now, occurrence)]
    if about == "summary" and agrees is Agrees.NO:
        notices += [
            Notice(NoticeKind.DISAGREEMENT, log.id, lead, now, occurrence) for lead in leads
        ]
    return Change(
        log=viewed,
        action="log.view_added",
        actor=actor.user,
        at=now,
        notices=tuple(notices),
        # An escalation waits for the agent's view; here it is.
        hastens=frozenset({NoticeKind.ESCALATED}) if about == "decision" else frozenset(),
    )


def answer_disagreement(
    log: Log, ruling: Ruling, words: str, *, actor: Person, now: dt.datetime
) -> Change | Refused:
    """The lead's answer to a disagreement: it stands, is to be changed, or is void."""
    gone = _gone(log)
    if gone is not None:
        return gone
    if not log.awaits_answer or log.agent is None:
        return Refused(f"The disagreement on {log.reference} was answered already.")
    words = tidied(words)
    answered = replace(log, disagreement_answer=Answer(now, actor.user, ruling, words))
    occurrence = str(len(log.views))
    to_agent, to_supervisor = (
        Notice(NoticeKind.DISAGREEMENT_ANSWERED, log.id, receiver, now, occurrence)
        for receiver in (log.agent, log.supervisor)
    )
    if ruling is Ruling.VOID:
        # The void tells the agent with the lead's words, and so does the answer the supervisor.
        voided = void(answered, words or "After a disagreement", actor=actor, now=now)
        if isinstance(voided, Refused):
            return voided
        told = [notice for notice in voided.notices if notice.kind is NoticeKind.VOIDED]
        return replace(voided, notices=(*told, to_supervisor))
    return Change(
        log=answered,
        action="disagreement.answered",
        actor=actor.user,
        at=now,
        notices=(to_agent, to_supervisor),
        cancels=frozenset({NoticeKind.DISAGREEMENT}),
    )


def answer_escalation(
    log: Log, support: Support, words: str, *, actor: Person, now: dt.datetime
) -> Change | Refused:
    """The lead's response to an escalation; agent and supervisor are told."""
    gone = _gone(log)
    if gone is not None:
        return gone
    if not log.awaits_response or log.agent is None:
        return Refused(f"{log.reference} has its response already.")
    answered = replace(log, escalation_answer=Answer(now, actor.user, support, tidied(words)))
    return Change(
        log=answered,
        action="escalation.answered",
        actor=actor.user,
        at=now,
        notices=tuple(
            Notice(NoticeKind.ESCALATION_ANSWERED, log.id, receiver, now)
            for receiver in (log.agent, log.supervisor)
        ),
        cancels=frozenset({NoticeKind.ESCALATED}),
    )


def _said_already(log: Log, view: AgentView) -> bool:
    """Whether the very same view was the agent's last word on this revision, unanswered."""
    if not log.views or not log.is_acknowledged:
        return False
    last, answer = log.views[-1], log.disagreement_answer
    if answer is not None and answer.at >= last.at:
        return False
    return replace(last, at=view.at) == view


def _gone(log: Log) -> Refused | None:
    if log.state is State.VOIDED:
        return Refused(f"{log.reference} was voided. There is nothing left to answer.")
    if not log.is_shared:
        return Refused(f"{log.reference} is not shared.")
    return None
