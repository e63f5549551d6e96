"""The outcome form: what was agreed, the figures, the verdict from them, the decision."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from coaching.elements import FIELDS, OUTCOME
from coaching.fields import Content, Element
from coaching.follow_up import MOST_EXTENSIONS, Verdict, day_words, follow_up_of, verdict_of
from coaching.log import Log
from coaching.outcome import closes_in_one_press
from coaching.people import Person
from views import ids
from views.form import FormAbout, form
from views.meta import Meta
from views.parts import Block, Message, View, button, clip, isolate, plain, short_name
from views.passages import headline, plainly
from views.reading import capital, listed
from views.small import note
from views.summary import so_far

Words = tuple[str, ...]
_BRIEF = 500
"""Of what the agent and the lead said before; the prompt has it whole."""

_FIGURES = frozenset({"looked_at", "reached"})
_TO_DECIDE = replace(OUTCOME, fields=(FIELDS["decision"], FIELDS["why"]))


def outcome(
    log: Log,
    content: Content,
    meta: Meta,
    about: FormAbout,
    *,
    early: bool,
    extend_to: dt.date | None,
) -> View:
    """The form; with figures on the log also the verdict and the press that most people want then.

    `content` is what the fields show; verdict and presses rest on what the log holds.
    """
    lines = [*_why_again(log, about), *_agreed(log, about, early=early), *_promised(log, about)]
    lines += _verdict_lines(log, about, early=early)
    presses = _presses(log, about, extend_to)
    about = replace(about, intro=(*about.intro, *lines), buttons=presses, required=_FIGURES)
    return form(_asked(log, OUTCOME), content, meta, about, close="Cancel")


def to_decide(
    log: Log, meta: Meta, about: FormAbout, *, early: bool, extend_to: dt.date | None
) -> View:
    """What stands there once the figures are saved: the verdict, and what can be done with it."""
    lines = [
        "The figures are saved. Decide now, or come back to it later.",
        *_why_again(log, about),
    ]
    heading: tuple[Block, ...] = ()
    if said := _verdict_lines(log, about, early=early):
        heading, lines = headline(said[0]), [*said[1:], *lines]
    figures = button("Change the figures", ids.RECORD_OUTCOME, log.id)
    presses = (*_presses(log, about, extend_to), figures)
    needed = {"decision"} if log.upheld is None else {"decision", "why"}
    about = replace(about, intro=tuple(lines), buttons=presses, required=frozenset(needed))
    asked = _asked(log, _TO_DECIDE)
    view = form(asked, log.content, meta, about, submit="Save decision", close="Decide later")
    return {**view, "blocks": [*heading, *view["blocks"]]}


def _asked(log: Log, element: Element) -> Element:
    """The element, with a reason that is always needed where a lead took the decision back."""
    if log.upheld is None:
        return element
    why = replace(FIELDS["why"], hint="{agent} reads this.")
    return replace(element, fields=tuple(why if item.key == why.key else item for item in element))


def _verdict_lines(log: Log, about: FormAbout, *, early: bool) -> list[str]:
    """The verdict with its figures, as words; nothing while there are none."""
    content, plan = log.content, follow_up_of(log.content, about.criteria)
    looked, reached = content.get("looked_at"), content.get("reached")
    needed = content.get("calls_reaching")
    match verdict_of(content, about.criteria):
        case Verdict.MET:
            return [f"Reached: {reached} of {looked} calls looked at, {needed} needed."]
        case Verdict.NOT_MET:
            return [f"Not reached: {reached} of {looked} calls looked at, {needed} needed."]
        case Verdict.TOO_FEW if plan is not None and early:
            until = day_words(plan.review_by, plan.review_by.year)
            return [f"Too few calls to say yet: {so_far(plan, content)}. Time until {until}."]
        case Verdict.TOO_FEW if plan is not None:
            lines = [f"Too few calls to say: {so_far(plan, content)}."]
            if log.extensions >= MOST_EXTENSIONS:
                lines.append("The day can't be moved again: it is for the team lead to decide.")
            return lines
        case _:
            return []


def _why_again(log: Log, about: FormAbout) -> list[str]:
    """Why a decision that a lead took back is to be made with care; nothing else of the past."""
    back = log.upheld
    if back is None or back.view is None:
        return []
    agent = about.agent_name or "The agent"
    return [
        f"{agent} disagreed with the decision before: {isolate(clip(back.view.words, _BRIEF))}",
        f"The team lead took it back: {isolate(clip(back.why, _BRIEF))}",
        "Look at the calls again, and say why this time, also where it was reached.",
    ]


def _agreed(log: Log, about: FormAbout, *, early: bool) -> list[str]:
    plan = follow_up_of(log.content, about.criteria)
    if plan is None:
        return []
    # Said without its year: a review lies within a year of the session.
    year = plan.review_by.year
    lines = [f"Agreed: {plan.sentence(year)}."]
    if early:
        day = day_words(plan.review_by, year)
        lines.append(f"The agreed day is {day}; you can record the outcome before it.")
    return lines


def _promised(log: Log, about: FormAbout) -> list[str]:
    lines = []
    for step in log.steps:
        who = about.agent_name or "the agent" if step.who == log.agent else about.supervisor_name
        state = "done" if step.done else "not done yet"
        lines.append(f"Next step ({state}): {who}: {isolate(step.what)}")
    return lines


def _presses(log: Log, about: FormAbout, extend_to: dt.date | None) -> tuple[Block, ...]:
    """What can be done in one press; not coloured, since Slack colours the form's own button."""
    if closes_in_one_press(log, about.criteria):
        return (button("Close as met", ids.CLOSE_AS_MET, log.id),)
    is_too_few = verdict_of(log.content, about.criteria) is Verdict.TOO_FEW
    if is_too_few and extend_to is not None:
        _, _, day = day_words(extend_to, extend_to.year).partition(" ")
        return (button(f"Extend to {day}", ids.EXTEND, ids.extension(log, extend_to)),)
    return ()


def goes_on(log: Log, draft: Log, agent: Person | None) -> str:
    """What stands above the first form of the log that goes on with a target."""
    who = short_name(agent) or "The agent"
    return (
        f"{log.reference} goes on as {draft.reference}, with the same target; {who} is told. "
        "What did you listen to this time?"
    )


def decided_note(
    log: Log, agent: Person | None, leads: Sequence[Person], writer: Person | None = None
) -> View:
    """What was decided, and who is told; `writer` is whose draft goes on with the target."""
    return note("Decided", _decided(log, agent, leads, writer))


def decided_message(log: Log, agent: Person | None, leads: Sequence[Person]) -> Message:
    """The same as an answer in a conversation."""
    return _message(_decided(log, agent, leads))


def _decided(
    log: Log, agent: Person | None, leads: Sequence[Person], writer: Person | None = None
) -> Words:
    who = short_name(agent) or "The agent"
    match log.decided.decision if log.decided else "":
        case "escalate":
            lead = listed(short_name(one) for one in leads) or "the team lead"
            gets = "get" if len(leads) > 1 else "gets"
            return (
                f"{log.reference} is escalated to {lead}.",
                f"{who} is told first.",
                f"{capital(lead)} {gets} it with {who}'s view, or in two working days without.",
            )
        case "continue":
            whose = f" of {short_name(writer)}'s" if writer else ""
            told = f"{who} and {short_name(writer)} are" if writer else f"{who} is"
            return (f"{log.reference} is continued in a new draft{whose}.", f"{told} told.")
        case _:
            return (f"{log.reference} is closed.", f"{who} is told.")


def lead_decides_note(log: Log, leads: Sequence[Person]) -> View:
    """That the figures are kept, and who decides after two extensions."""
    names = listed(short_name(lead) for lead in leads)
    words = (
        f"The figures of {log.reference} are kept.",
        f"The day was moved twice already, so it is for {names} to decide, who is asked now.",
    )
    return note("For the team lead", words)


def extended_note(log: Log, agent: Person | None) -> View:
    """To when the day was moved."""
    return note("Extended", _extended(log, agent))


def extended_message(log: Log, agent: Person | None) -> Message:
    """The same as an answer in a conversation."""
    return _message(_extended(log, agent))


def _extended(log: Log, agent: Person | None) -> Words:
    day = dt.date.fromisoformat(log.value("review_by"))
    who = short_name(agent) or "The agent"
    return (f"{log.reference} now runs until {day_words(day, day.year)}. {who} is told.",)


def _message(words: Words) -> Message:
    said = " ".join(words)
    return Message(text=plainly(said), blocks=(plain(said),))
