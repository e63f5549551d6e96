"""The outcome form: what was agreed, the figures, the verdict from them, the decision."""

from __future__ import annotations

import datetime as dt

from coaching.elements import OUTCOME
from coaching.fields import Content
from coaching.follow_up import Verdict, day_words, follow_up_of, verdict_of
from coaching.log import Log
from coaching.people import Person
from views import ids
from views.form import FormAbout, form
from views.meta import Meta
from views.parts import Block, Message, View, button, plain, short_name
from views.passages import plainly
from views.small import note


def outcome(
    log: Log,
    content: Content,
    meta: Meta,
    about: FormAbout,
    *,
    early: bool,
    extend_to: dt.date | None,
) -> View:
    """The form; with figures in it also the verdict and the press that most people want then."""
    plan = follow_up_of(content, about.criteria)
    intro: list[str] = []
    if plan is not None:
        year = log.created_at.year
        intro.append(f"Agreed: {plan.sentence(year)}.")
        if early:
            day = day_words(plan.review_by, year)
            intro.append(f"The agreed day is {day}; you can record the outcome before it.")
    verdict = verdict_of(content, about.criteria)
    if verdict is not None:
        intro.append(verdict_line(content, verdict))
    about = FormAbout(
        agent=about.agent,
        supervisor=about.supervisor,
        criteria=about.criteria,
        reference=about.reference,
        intro=(*intro, *about.intro),
        unsaved=about.unsaved,
        hints=about.hints,
        buttons=_buttons(log, verdict, extend_to),
    )
    return form(OUTCOME, content, meta, about)


def verdict_line(content: Content, verdict: Verdict) -> str:
    """The verdict with its figures, as words."""
    looked, reached = content.get("looked_at"), content.get("reached")
    needed, calls = content.get("calls_reaching"), content.get("calls")
    match verdict:
        case Verdict.MET:
            return f"Reached: {reached} of {looked} calls looked at; {needed} were needed."
        case Verdict.NOT_MET:
            return f"Not reached: {reached} of {looked} calls looked at; {needed} were needed."
        case Verdict.TOO_FEW:
            return f"Too few calls: {reached} of {looked} so far; {calls} were agreed."


def _buttons(log: Log, verdict: Verdict | None, extend_to: dt.date | None) -> tuple[Block, ...]:
    if verdict is Verdict.MET:
        return (button("Close as met", ids.CLOSE_AS_MET, log.id, primary=True),)
    if verdict is Verdict.TOO_FEW and extend_to is not None:
        return (button(_extend_words(extend_to), ids.EXTEND, log.id, primary=True),)
    return ()


def _extend_words(day: dt.date) -> str:
    words = day_words(day, day.year).split(" ", 1)[1]
    return f"Extend to {words}"


def decided_words(log: Log, agent: Person | None) -> str:
    """That a decision is stored, and who hears of it."""
    who = short_name(agent) or "The agent"
    told = f"{who} is told the figures and the reason."
    match log.decided.decision if log.decided else "":
        case "escalate":
            return f"{log.reference}: {who} is told first, then the team lead looks at it with you."
        case "continue":
            return f"{log.reference} is continued. {told}"
        case _:
            return f"{log.reference} is closed. {told}"


def decided_note(log: Log, agent: Person | None) -> View:
    """The same in place of the form."""
    return note("Decided", [decided_words(log, agent)])


def decided_message(log: Log, agent: Person | None) -> Message:
    """The same as an answer in a conversation."""
    words = decided_words(log, agent)
    return Message(text=plainly(words), blocks=(plain(words),))


def extended_words(log: Log, agent: Person | None) -> str:
    """That the day was moved."""
    day = dt.date.fromisoformat(log.value("review_by"))
    who = short_name(agent) or "The agent"
    return f"{log.reference} runs until {day_words(day, log.created_at.year)}. {who} is told."


def extended_note(log: Log, agent: Person | None) -> View:
    """The same in place of the form."""
    return note("Extended", [extended_words(log, agent)])


def extended_message(log: Log, agent: Person | None) -> Message:
    """The same as an answer in a conversation."""
    words = extended_words(log, agent)
    return Message(text=plainly(words), blocks=(plain(words),))
