"""Messages to the agent: the tone of a fair colleague, never that of a file being opened."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from coaching.elements import WALK
from coaching.log import Log, State
from views import ids, said
from views.notice_about import NoticeAbout
from views.parts import Block, Message, button
from views.passages import (
    Passage,
    buttons,
    headline,
    letter,
    line,
    stated,
    told_passage,
)
from views.reading import Reading
from views.summary import agreed, in_short, told, told_of

_SMALL = "Acknowledging says that you have read it, not that you agree."


def shared(about: NoticeAbout) -> Message:
    """The log as it stands, with *Acknowledge*; afterwards with what became of it."""
    log, reading = about.log, about.reading
    supervisor = reading.first(log.supervisor)
    title = f"{supervisor} wrote up {_session(log, reading)} with you ({log.reference})"
    text = f"{supervisor} shared {log.reference} with you"
    if log.voided:
        return letter(text, said.voided(log, reading))
    items = in_short(log, reading)
    passages = [headline(title), *map(told_passage, items)]
    return _with_answer(about, text, passages, revision=log.told_revision, vital=agreed(items))


def revised(about: NoticeAbout) -> Message:
    """What was changed, old and new, and a new *Acknowledge*."""
    log, reading = about.log, about.reading
    text = f"{reading.first(about.done.who or log.supervisor)} changed {log.reference}"
    if log.voided:
        return letter(text, said.voided(log, reading))
    passages = [headline(text), *about.differences]
    return _with_answer(about, text, passages, revision=about.number)


def _with_answer(
    about: NoticeAbout,
    text: str,
    passages: list[Passage],
    *,
    revision: int,
    vital: Sequence[Passage] = (),
) -> Message:
    log, reading = about.log, about.reading
    show = button("See all of it", ids.SHOW, log.id)
    if log.revision > revision:
        words = f"{log.reference} was changed since. A newer message says what is different."
        if log.acknowledgement is not None and log.acknowledgement.revision >= revision:
            passages += said.acknowledgement(log, reading)
        return letter(text, [*passages, line(words)], buttons(show), vital=vital)
    passages += said.acknowledgement(log, reading)
    passages += said.newest_view(log, reading, "summary")
    passages += said.ruling(log, reading)
    passages += said.decided(log, reading)
    if log.awaits_answer:
        passages.append(line(about.who_answers("will answer you.")))
    view = _view_button(log)
    if log.is_acknowledged:
        return letter(text, passages, buttons(view, show), vital=vital)
    read = button("Acknowledge", ids.ACKNOWLEDGE, log.id, primary=True)
    return letter(text, passages, buttons(read, view, show), _SMALL, vital=vital)


def _view_button(log: Log) -> Block | None:
    if log.views_on(log.view_subject):
        return None
    return button("Add my view", ids.ADD_VIEW, log.id)


def checked_in(about: NoticeAbout) -> Message:
    """A session that was held while the target is open."""
    log, reading = about.log, about.reading
    supervisor = reading.first(log.supervisor)
    noted = log.check_ins[about.number - 1 : about.number]
    by = reading.first(noted[0].by) if noted else supervisor
    text = f"{by} noted a check-in with you ({log.reference})"
    passages = [headline(text)]
    for item in noted:
        passages += [told_passage(one) for one in told_of(item.content, log, WALK, reading)]
    sentence = reading.sentence(log)
    if sentence and log.state is State.OPEN:
        passages.append(stated("Still open", sentence))
    show = button("See all of it", ids.SHOW, log.id)
    return letter(text, passages, buttons(_view_button(log), show))


def reopened(about: NoticeAbout) -> Message:
    """A decision was taken back."""
    log, reading = about.log, about.reading
    text = f"{log.reference} is open again"
    passages = [headline(text), *said.reopened(log, reading)]
    sentence = reading.sentence(log)
    if sentence and log.state is State.OPEN:
        passages.append(stated("What was agreed", sentence))
        passages.append(line("You are told what is decided instead."))
    return letter(text, passages, buttons(button("See all of it", ids.SHOW, log.id)))


def extended(about: NoticeAbout) -> Message:
    """Too few calls were scored, so that the day was moved."""
    log, reading = about.log, about.reading
    text = f"{log.reference} has a new day"
    passages = [headline(f"{text}: {_review_day(log, reading)}")] if log.value("review_by") else []
    so_far = (
        f" so far: {log.value('looked_at')} of the {log.value('calls')} that were agreed"
        if log.value("looked_at")
        else " yet"
    )
    passages.append(
        line(f"There are not enough scored calls{so_far}. The target stays, and what was counted.")
    )
    passages += [
        stated(item.heading, item.words)
        for item in told(log, WALK, reading)
        if item.key in ("target", "follow_up_criterion")
    ]
    return letter(text, passages, buttons(button("See all of it", ids.SHOW, log.id)))


def voided(about: NoticeAbout) -> Message:
    """The log was taken back."""
    log, reading = about.log, about.reading
    who = reading.first(log.voided.by if log.voided else log.supervisor)
    passages = said.voided(log, reading)
    passages += said.ruling(log, reading)
    passages.append(line("Nothing in it counts any more, and there is nothing left to do."))
    return letter(f"{who} took {log.reference} back", passages)


def _session(log: Log, reading: Reading) -> str:
    if "session_at" not in log.content:
        return "a session"
    when = log.held_at
    ago = reading.ago(when)
    if when <= reading.now and ago in ("today", "yesterday"):
        return f"{ago}'s session"
    day = when.astimezone(reading.reader.zone).date()
    return f"the session of {reading.day(day)}"


def _review_day(log: Log, reading: Reading) -> str:
    return reading.day(dt.date.fromisoformat(log.value("review_by")))
