"""The message to the agent when a target is decided."""

from __future__ import annotations

from coaching.elements import OUTCOME, TARGET
from coaching.follow_up import Verdict
from coaching.log import Log
from views import ids, said
from views.notice_about import NoticeAbout
from views.parts import Message, button
from views.passages import Passage, buttons, headline, letter, passage, told_passage
from views.reading import Reading
from views.summary import told


def decided(about: NoticeAbout) -> Message:
    """What was agreed, the figures, the decision with its reason, and what happens next."""
    log, reading = about.log, about.reading
    text = f"{log.reference} is decided"
    if log.voided:
        return letter(text, said.voided(log, reading))
    decision = log.decided
    passages = [headline(f"Your target in {log.reference} is decided")]
    passages += _agreed(log, reading)
    passages += [
        told_passage(item)
        for item in told(log, (OUTCOME,), reading)
        if item.key not in ("decision", "why")
    ]
    if decision is not None:
        passages.append(passage("Decision", _decision(about)))
        if why := log.value("why"):
            passages.append(passage("Why", why))
        if following := _next(about):
            passages.append(passage("What happens next", following))
    passages += said.newest_view(log, reading, "decision")
    passages += said.response(log, reading)
    has_view = any(view.about == "decision" for view in log.views)
    view = None if has_view else button("Add my view", ids.ADD_VIEW, f"{log.id} decision")
    return letter(text, passages, buttons(view, button("See all of it", ids.SHOW, log.id)))


def _agreed(log: Log, reading: Reading) -> list[Passage]:
    passages = [
        told_passage(item) for item in told(log, (TARGET,), reading) if item.key == "target"
    ]
    sentence = reading.sentence(log)
    return [*passages, passage("What was agreed", sentence)] if sentence else passages


def _decision(about: NoticeAbout) -> str:
    decision = about.log.decided
    if decision is None:
        return ""
    match decision.decision:
        case "close":
            met = decision.verdict == Verdict.MET
            return "Closed: you reached what was agreed." if met else "Closed."
        case "continue":
            return "The same target goes on for another round."
        case _:
            return f"{_leads(about)} will look at this with you both."


def _next(about: NoticeAbout) -> str:
    log, reading = about.log, about.reading
    decision = log.decided
    if decision is None or log.escalation_answer is not None:
        return ""
    if decision.decision == "close":
        return "Nothing more to do for this target."
    supervisor = reading.first(decision.by)
    if decision.decision == "continue":
        following = about.next_log
        if following is not None and following.is_shared:
            return f"It goes on in {following.reference}."
        return f"{supervisor} sits down with you first, then shares a new log with this target."
    if any(view.about == "decision" for view in log.views):
        return "Your view goes along with it. The answer comes to you here."
    return (
        f"Add your view if you like. This goes to {about.lead_names} together with it, or in two "
        "working days without one. The answer comes to you here."
    )


def _leads(about: NoticeAbout) -> str:
    names = about.lead_names
    return names[:1].upper() + names[1:]
