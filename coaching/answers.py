"""What the agent and the lead say to a log: acknowledgement, views, answers to them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from coaching.chain import continuation, reopen
from coaching.change import Change, Refused
from coaching.fields import tidied
from coaching.follow_up import day_words
from coaching.log import Log, State
from coaching.notices import Notice, NoticeKind, lead_turn
from coaching.people import Person
from coaching.said import Acknowledgement, AgentView, Agrees, Answer, Ruling, Support
from coaching.session import void


def acknowledge(
    log: Log, *, actor: Person, now: dt.datetime, own_words: str = "", revision: int = 0
) -> Change | Refused:
    """Record that the agent has read a revision, and tell the supervisor.

    `revision` is the one that they had before them, 0 for the newest. What was changed since stays
    to be read.
    """
    gone = _gone(log)
    if gone is not None:
        return gone
    read = _read(log, revision or log.revision, now, own_words)
    if read is log.acknowledgement:
        return Refused(f"You acknowledged {log.reference} already.")
    return Change(
        log=replace(log, acknowledgement=read),
        action="log.acknowledged",
        actor=actor.user,
        at=now,
        notices=(Notice(NoticeKind.ACKNOWLEDGED, log.id, log.supervisor, now, str(read.revision)),),
    )


def _read(log: Log, revision: int, now: dt.datetime, own_words: str = "") -> Acknowledgement:
    """What the agent has acknowledged by now; the same as before where that holds already."""
    earlier = log.acknowledgement or Acknowledgement(now, 0)
    revision = min(revision, log.revision)
    if earlier.revision >= revision:
        return earlier
    return Acknowledgement(now, revision, tidied(own_words) or earlier.own_words, earlier.revision)


def add_view(
    log: Log,
    agrees: Agrees,
    words: str,
    *,
    about: str,
    actor: Person,
    leads: Sequence[str],
    now: dt.datetime,
    revision: int = 0,
) -> Change | Refused:
    """Add the agent's own view. It counts as acknowledged; a disagreement is told to the leads.

    The view is on the decision where `about` is ``decision`` and there is one, else on the summary.
    On an escalation the agent is heard with a view on the decision: it goes to the leads with the
    escalation, at once, and the response answers both. A view on the summary hastens nothing; a
    disagreement in it has an answer of its own, escalated or not. `revision` is as in
    `acknowledge`.
    """
    gone = _gone(log)
    if gone is not None:
        return gone
    about = "decision" if about == "decision" and log.is_decided else "summary"
    view = AgentView(now, agrees, tidied(words), about)
    read = _read(log, revision or log.revision, now)
    if read is log.acknowledgement and _said_already(log, view):
        return Refused(f"Your view is on {log.reference} already.")
    viewed = replace(log, views=(*log.views, view), acknowledgement=read)
    occurrence = str(len(viewed.views))
    notices = [Notice(NoticeKind.VIEW_ADDED, log.id, log.supervisor, now, occurrence)]
    if viewed.disagreement is view:
        notices += [
            Notice(NoticeKind.DISAGREEMENT, log.id, lead, now, occurrence) for lead in leads
        ]
    return Change(
        log=viewed,
        action="log.view_added",
        actor=actor.user,
        at=now,
        notices=tuple(notices),
        # An escalation waits for the agent's view on it; here it is.
        hastens=frozenset({NoticeKind.ESCALATED}) if _is_heard(log, view) else frozenset(),
    )


def who_answers(log: Log, leads: Sequence[Person]) -> list[Person]:
    """The leads who are told of a disagreement: not who wrote the log, where there is another."""
    others = [lead for lead in leads if lead.user != log.supervisor]
    return others or list(leads)


def answer_disagreement(
    log: Log,
    ruling: Ruling,
    words: str,
    *,
    actor: Person,
    now: dt.datetime,
    earlier: Sequence[Log] = (),
) -> list[Change] | Refused:
    """The lead's answer to a disagreement: it stands, is to be changed, or is void.

    Where it was with the decision to close, *change* takes that back, and it is decided anew, with
    a reason. `earlier` is as in `void`: the lead ends the log, not the target it goes on with.
    """
    gone = _gone(log)
    if gone is not None:
        return gone
    if not log.awaits_answer or log.agent is None or log.disagreement is None:
        return Refused(f"The disagreement on {log.reference} was answered already.")
    words = tidied(words)
    view, about = log.disagreement, log.disagreement.about
    answer = Answer(now, actor.user, ruling, words, about)
    answered = replace(log, disagreement_answer=answer, earlier_answers=log.answers)
    occurrence = str(len(log.views))
    told = tuple(
        Notice(NoticeKind.DISAGREEMENT_ANSWERED, log.id, receiver, at, occurrence)
        for receiver, at in ((log.agent, log.agent_hears_at(now)), (log.supervisor, now))
    )
    if ruling is Ruling.VOID:
        # The void tells the agent with the lead's words, and so does the answer the supervisor.
        why = words or "After a disagreement"
        taken_back = void(answered, why, actor=actor, now=now, earlier=earlier)
        if isinstance(taken_back, Refused):
            return taken_back
        voided, *others = taken_back
        to_agent = [notice for notice in voided.notices if notice.kind is NoticeKind.VOIDED]
        return [replace(voided, notices=(*to_agent, told[1])), *others]
    if ruling is Ruling.CHANGE and about == "decision" and log.state is State.CLOSED:
        again = reopen(answered, actor=actor, now=now, why=words, view=view)
        cancels = again.cancels | {NoticeKind.DISAGREEMENT}
        return [replace(again, notices=told, cancels=cancels)]
    return [
        Change(
            log=answered,
            action="disagreement.answered",
            actor=actor.user,
            at=now,
            notices=told,
            cancels=frozenset({NoticeKind.DISAGREEMENT}),
        )
    ]


def answer_escalation(
    log: Log,
    support: Support,
    words: str,
    *,
    actor: Person,
    new_log_id: str,
    writer: str,
    now: dt.datetime,
) -> list[Change] | Refused:
    """The lead's response to an escalation; agent and supervisor are told.

    Back to coaching means that the target goes on: the second change is a new draft of `writer`'s.
    """
    gone = _gone(log)
    if gone is not None:
        return gone
    if not log.awaits_response or log.agent is None:
        return Refused(f"{log.reference} has its response already.")
    turn = lead_turn(log, actor.calendar)
    if turn is not None and turn > now:
        day = turn.astimezone(actor.zone).date()
        return Refused(
            "The agent is heard first. You can respond when they have added their view, or from "
            f"{day_words(day, day.year)} on."
        )
    answered = replace(log, escalation_answer=Answer(now, actor.user, support, tidied(words)))
    changes = []
    if support is Support.BACK:
        answered = replace(answered, continued_by=new_log_id)
        changes = [continuation(answered, new_log_id, writer=writer, actor=actor, now=now)]
    told = Change(
        log=answered,
        action="escalation.answered",
        actor=actor.user,
        at=now,
        notices=tuple(
            Notice(NoticeKind.ESCALATION_ANSWERED, log.id, receiver, at, str(log.round))
            for receiver, at in ((log.agent, log.agent_hears_at(now)), (log.supervisor, now))
        ),
        cancels=frozenset({NoticeKind.ESCALATED}),
    )
    return [told, *changes]


def _is_heard(log: Log, view: AgentView) -> bool:
    """Whether with that view the agent is heard on an escalation that waits for its response."""
    return log.awaits_response and view.about == "decision"


def _said_already(log: Log, view: AgentView) -> bool:
    """Whether the very same view was the agent's last word, unanswered."""
    if not log.views:
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
