"""The message to the agent when a target is decided."""

from __future__ import annotations

from coaching.elements import OUTCOME, TARGET
from coaching.follow_up import Verdict
from views import ids, said
from views.notice_about import NoticeAbout
from views.parts import Message, button
from views.passages import Passage, buttons, headline, letter, line, quoted, stated, told_passage
from views.reading import capital
from views.summary import told


def decided(about: NoticeAbout) -> Message:
    """What was agreed, the figures, the decision with its reason, and what happens next."""
    log, reading = about.log, about.reading
    text = f"{log.reference} is decided"
    if log.voided:
        return letter(text, said.voided(log, reading))
    show = button("See all of it", ids.SHOW, log.id)
    if log.decided is None or about.number != log.round:
        words = f"The decision on your target in {log.reference} was taken back"
        return letter(text, [headline(words), *said.reopened(log, reading)], buttons(show))
    passages = [headline(_title(about)), *_figures(about)]
    if words := _decision(about):
        passages.append(stated("Decision", words))
    reason = [quoted("Why", why)] if (why := log.value("why")) else []
    passages += reason
    if following := _next(about):
        passages.append(stated("What happens next", following))
    passages += said.newest_view(log, reading, "decision")
    passages += said.response(log, reading)
    if log.awaits_answer:
        passages.append(line(about.who_answers("will answer you.")))
    elif log.ruling is not None and log.ruling.about == "decision":
        passages += said.ruling(log, reading)
    has_view = bool(log.views_on("decision"))
    view = None if has_view else button("Add my view", ids.ADD_VIEW, log.id)
    return letter(text, passages, buttons(view, show), vital=reason)


def _title(about: NoticeAbout) -> str:
    decided, reference = about.log.decided, about.log.reference
    match decided.decision if decided else "":
        case "close" if decided is not None and decided.verdict == Verdict.MET:
            return f"You reached what was agreed ({reference})"
        case "close":
            return f"Your target in {reference} is closed"
        case "continue":
            return f"Your target goes on ({reference})"
        case _:
            return f"How your target went ({reference})"


def _figures(about: NoticeAbout) -> list[Passage]:
    log, reading = about.log, about.reading
    passages = [told_passage(item) for item in told(log, (TARGET,), reading)[:1]]
    if sentence := reading.sentence(log):
        passages.append(stated("What was agreed", sentence))
    return passages + [
        told_passage(item)
        for item in told(log, (OUTCOME,), reading)
        if item.key not in ("decision", "why")
    ]


def _decision(about: NoticeAbout) -> str:
    decision = about.log.decided
    match decision.decision if decision else "":
        case "":
            return ""
        case "close":
            met = decision is not None and decision.verdict == Verdict.MET
            return "Closed: you reached what was agreed." if met else "Closed."
        case "continue":
            return "The same target goes on for another round."
        case _:
            return f"{capital(about.lead_names)} will look at this with you both."


def _next(about: NoticeAbout) -> str:
    log, following = about.log, about.next_log
    decision = log.decided
    if decision is None or log.escalation_answer is not None:
        return ""
    if decision.decision == "close":
        return "" if log.awaits_answer else "Nothing more to do for this target."
    if decision.decision == "continue":
        if following is not None and following.is_shared:
            return f"It goes on in {following.reference}."
        by = about.reading.first(following.supervisor if following else decision.by)
        return f"{by} sits down with you first, then shares a new log with this target."
    if log.views_on("decision"):
        return "Your view goes along with it. The response comes to you here."
    return (
        f"Add your view if you like: {about.lead_names} gets this with it, or in two working days "
        "without it. The response comes to you here."
    )
