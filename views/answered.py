"""Messages about a lead's answer, to the agent and to the supervisor."""

from __future__ import annotations

from coaching.log import State
from coaching.said import Answer, Ruling, Support
from coaching.sharing import changeable
from views import ids, said
from views.notice_about import NoticeAbout
from views.parts import Block, Message, button
from views.passages import Passage, buttons, letter, line


def disagreement_answered(about: NoticeAbout) -> Message:
    """What the lead answered to a disagreement; afterwards what came of it."""
    log, reading = about.log, about.reading
    answer = _answer_told(about)
    by = reading.first(answer.by) if answer else about.lead_names
    whose = reading.whose(log.agent)
    text = f"{by} answered {whose} view on {log.reference}"
    if log.voided:
        # Where the answer took it back, that says the lead's words already.
        ruled = said.ruling(log, reading, text)
        return letter(text, [*ruled, *said.voided(log, reading)])
    passages = said.ruling_of(answer, reading, text)
    if answer is None or answer.answer != Ruling.CHANGE or answer.done is not None:
        return letter(text, passages, buttons(_see(about)))
    if answer.about == "decision":
        passages += _decided_again(about)
        return letter(text, passages, buttons(_see(about)))
    passages.append(line(_to_be_changed(about)))
    if about.reader.user == log.supervisor and changeable(log):
        change = button("Change", ids.CHANGE, log.id, primary=True)
        return letter(text, passages, buttons(change, _see(about)))
    return letter(text, passages, buttons(_see(about)))


def _answer_told(about: NoticeAbout) -> Answer | None:
    """The answer to the newest disagreement that there was when it was told."""
    views = about.log.views[: about.number]
    answers = (about.log.answer_to(view) for view in reversed(views))
    return next((answer for answer in answers if answer is not None), None)


def _to_be_changed(about: NoticeAbout) -> str:
    log, reading = about.log, about.reading
    who = reading.who(log.supervisor)
    if who == "you":
        return f"Please change {log.reference}; {reading.first(log.agent)} is shown the change."
    return f"{who} changes the log, and you are shown what is different."


def _decided_again(about: NoticeAbout) -> list[Passage]:
    log, reading = about.log, about.reading
    is_past = log.reopened and log.decided is not None
    return said.decided(log, reading) if is_past else [line(_to_be_decided(about))]


def _to_be_decided(about: NoticeAbout) -> str:
    log, reading = about.log, about.reading
    is_agent = reading.reader.user == log.agent
    if log.state is State.CONTINUED:
        where = f" in {about.next_log.reference}" if _is_shared(about) and about.next_log else ""
        with_whom = f"{reading.first(log.supervisor)} talks" if is_agent else "Please talk"
        whom = "you" if is_agent else reading.first(log.agent)
        return f"The target goes on{where}. {with_whom} it over with {whom} there."
    if is_agent:
        return f"{log.reference} is open again. You are told what is decided instead."
    return f"{log.reference} is open again, and its outcome is asked for once more."


def escalation_answered(about: NoticeAbout) -> Message:
    """The lead's response to an escalation; afterwards that it was taken back, where it was."""
    log, reading = about.log, about.reading
    taken_back = log.reopened[about.number - 1 : about.number]
    answer = taken_back[0].response if taken_back else log.escalation_answer
    by = reading.first(answer.by) if answer else about.lead_names
    text = f"{by} responded on {log.reference}"
    passages = said.response_of(answer, reading, text)
    for back in taken_back:
        passages += said.taken_back(back, log, reading)
    if log.voided:
        return letter(text, [*passages, *said.voided(log, reading)])
    if taken_back:
        return letter(text, passages, buttons(_see(about)))
    passages += _back_to_coaching(about, answer)
    return letter(text, passages, buttons(_go_on(about), _see(about)))


def _back_to_coaching(about: NoticeAbout, answer: Answer | None) -> list[Passage]:
    following, reading = about.next_log, about.reading
    if answer is None or answer.answer != Support.BACK or following is None:
        return []
    if _is_shared(about):
        return [line(f"The target goes on in {following.reference}.")]
    if about.own_draft is not None:
        return [line(f"Your draft {following.reference} goes on with the target.")]
    who = reading.first(following.supervisor)
    if reading.reader.user == about.log.agent:
        return [line(f"{who} sits down with you first, then shares a new log with this target.")]
    return [line(f"{who} goes on with the target.")]


def _is_shared(about: NoticeAbout) -> bool:
    return about.next_log is not None and about.next_log.is_shared


def _go_on(about: NoticeAbout) -> Block | None:
    draft = about.own_draft
    return None if draft is None else button("Continue", ids.CONTINUE, draft.id, primary=True)


def _see(about: NoticeAbout) -> Block:
    return button("See all of it", ids.SHOW, about.log.id)
