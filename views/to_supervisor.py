"""Messages to the supervisor: what the agent said, and the prompt for the outcome."""

from __future__ import annotations

import datetime as dt

from coaching.elements import OUTCOME, WALK
from coaching.follow_up import Verdict, verdict_of
from coaching.log import Log, State
from coaching.notices import asked_for
from coaching.outcome import closes_in_one_press, lead_decides
from views import ids, said
from views.notice_about import NoticeAbout
from views.parts import Message, button
from views.passages import Passage, buttons, headline, letter, line, quoted, stated, told_passage
from views.reading import Reading, date_words
from views.rich import Bold
from views.summary import told, verdict_words


def acknowledged(about: NoticeAbout) -> Message:
    """The agent has read it."""
    log, reading = about.log, about.reading
    agent = reading.first(log.agent)
    text = f"{agent} acknowledged {log.reference}"
    read = log.acknowledgement
    passages = [headline(text)]
    if read is not None:
        passages = [line(Bold(text), " on ", reading.moment(read.at))]
        if read.own_words:
            passages.append(said.own_words(log, read.own_words, reading))
    return letter(text, passages, buttons(button("See all of it", ids.SHOW, log.id)))


def view_added(about: NoticeAbout) -> Message:
    """The agent added a view; what a lead answered to it follows."""
    log, reading = about.log, about.reading
    agent = reading.first(log.agent)
    text = f"{agent} added a view to {log.reference}"
    asked = log.views[about.number - 1 : about.number]
    passages = [passage for view in asked for passage in said.view(log, view, reading)]
    if log.voided:
        return letter(text, [*passages, *said.voided(log, reading)])
    for view in asked:
        if view is log.disagreement and log.awaits_answer:
            passages.append(line(about.who_answers("will answer.")))
        else:
            passages += said.ruling_of(log.answer_to(view), reading)
    return letter(text, passages, buttons(button("See all of it", ids.SHOW, log.id)))


def by_another(about: NoticeAbout) -> Message:
    """What somebody else did with the log; a lead whom it concerns reads the same."""
    log, reading = about.log, about.reading
    done = about.done
    who, agent = reading.first(done.who), reading.first(log.agent)
    known = {
        "decided": f"{who} decided {log.reference} with {agent}",
        "reopened": f"{who} took the decision on {log.reference} with {agent} back",
        "extended": f"{who} moved the day of {log.reference} with {agent}",
        "revised": f"{who} changed {log.reference} with {agent}",
        "checked_in": f"{who} noted a check-in with {agent} on {log.reference}",
        "voided": f"{who} took {log.reference} with {agent} back",
    }
    text = known.get(done.did, f"{log.reference} with {agent} was changed")
    if log.voided:
        return letter(text, said.voided(log, reading))
    passages = [headline(text)]
    if done.did == "decided":
        passages += _decided(log, reading)
    elif done.did == "reopened":
        passages += said.reopened(log, reading)
        if log.state is State.OPEN:
            passages.append(line("The target is open again. Its outcome is asked for once more."))
    elif done.did == "revised":
        if log.supervisor != reading.reader.user:
            passages.append(line(f"You had asked for it in your answer to {agent}'s view."))
        passages += about.differences
    elif done.did == "extended" and log.decided is None:
        passages.append(line(f"It runs until {_day_of(log, reading)}. You are asked then."))
    see = button("See all of it", ids.SHOW, log.id)
    draft = about.own_draft
    if draft is None:
        return letter(text, passages, buttons(see))
    passages.append(line(f"Your draft {draft.reference} goes on with the target."))
    go_on = button("Continue", ids.CONTINUE, draft.id, primary=True)
    return letter(text, passages, buttons(go_on, see))


def handed_over(about: NoticeAbout) -> Message:
    """A draft that goes on with a target came from somebody who doesn't supervise the agent now."""
    log, reading = about.log, about.reading
    agent, before = reading.first(log.agent), about.occurrence.partition("/")[0]
    text = f"{agent}'s target goes on in {log.reference}, which is yours now"
    words = (
        f"{reading.first(before)} began this draft and no longer supervises {agent}. Continue it, "
        "or discard it, and you are asked for the outcome again."
    )
    go_on = button("Continue", ids.CONTINUE, log.id, primary=True)
    see = button("See all of it", ids.SHOW, log.id)
    return letter(text, [headline(text), line(words)], buttons(go_on, see))


def outcome_due(about: NoticeAbout) -> Message:
    """The day is here: the figures and what can be done; afterwards what was decided."""
    log, reading = about.log, about.reading
    agent = reading.first(log.agent)
    text = f"{log.reference} with {agent} is due"
    show = button("See all of it", ids.SHOW, log.id)
    if log.voided or log.decided:
        title = headline(f"{agent} · {log.reference}")
        return letter(text, [title, *said.voided(log, reading), *_decided(log, reading)])
    if since := _asked_since(about):
        passages = [headline(f"{agent} · {log.reference}"), line(since), *_agreed(log, reading)]
        return letter(text, passages, buttons(show))
    passages = [headline(f"{agent} · {log.reference} · {_title(log, reading)}")]
    passages += _why_again(log, reading)
    passages += _agreed(log, reading)
    passages += [
        told_passage(item)
        for item in told(log, (OUTCOME,), reading)
        if item.key in ("calls_counted", "score_after")
    ]
    if not log.is_acknowledged:
        what = "this log" if log.acknowledgement is None else "the last change"
        passages.append(line(f"{agent} has not acknowledged {what} yet."))
    verdict = verdict_of(log.content, about.criteria)
    leads = {lead.user for lead in about.leads}
    if lead_decides(log, verdict, about.now) and about.leads and about.reader.user not in leads:
        names = about.lead_names
        passages.append(line(f"The day was moved twice. It is for {names} to decide now."))
    return letter(text, passages, _choices(about, verdict))


def _choices(about: NoticeAbout, verdict: Verdict | None) -> Passage:
    log = about.log
    first = None
    if closes_in_one_press(log, about.criteria):
        first = button("Close as met", ids.CLOSE_AS_MET, log.id, primary=True)
    elif verdict is Verdict.TOO_FEW and about.extend_to is not None:
        words = f"Extend to {date_words(about.extend_to)}"
        first = button(words, ids.EXTEND, ids.extension(log, about.extend_to), primary=True)
    record = button("Record outcome", ids.RECORD_OUTCOME, log.id, primary=first is None)
    return buttons(first, record, button("See all of it", ids.SHOW, log.id))


def _why_again(log: Log, reading: Reading) -> list[Passage]:
    """Why it is asked for once more, in the agent's and the lead's words; nothing at first."""
    passages: list[Passage] = []
    for back in log.reopened[-1:]:
        if back.view is not None:
            passages += said.view(log, back.view, reading)
        passages += said.response_of(back.response, reading)
        passages += said.taken_back(back, log, reading)
        if words := verdict_words(log.content, reading):
            passages.append(stated("How it went, as it was recorded", words))
    return passages


def _title(log: Log, reading: Reading) -> str:
    if log.reopened:
        return "to be decided again"
    if words := verdict_words(log.content, reading):
        return words
    plan = reading.plan(log)
    return f"{plan.criterion.name}: how did it go?" if plan else "how did it go?"


def _agreed(log: Log, reading: Reading) -> list[Passage]:
    names = {"target": "What to try", "follow_up_criterion": "What was agreed"}
    passages = [
        stated(names[item.key], item.words)
        for item in told(log, WALK, reading)
        if item.key in names
    ]
    passages += [told_passage(item) for item in told(log, WALK, reading) if item.key == "step_who"]
    return passages


def _decided(log: Log, reading: Reading) -> list[Passage]:
    if log.decided is None:
        return []
    passages = said.decided(log, reading)
    if words := verdict_words(log.content, reading):
        passages.append(stated("How it went", words))
    if why := log.value("why"):
        passages.append(quoted("Why", why))
    return passages + said.response(log, reading)


def _asked_since(about: NoticeAbout) -> str:
    """Why this prompt is not the newest; empty where it is."""
    log = about.log
    day, asked, _ = about.occurrence.partition("/")
    if not asked or about.occurrence == asked_for(log):
        return ""
    if day == log.value("review_by") and log.is_due(about.now):
        return "The decision was taken back. A newer message asks for it again."
    return f"The day was moved to {_day_of(log, about.reading)}. You are asked again then."


def _day_of(log: Log, reading: Reading) -> str:
    return reading.day(dt.date.fromisoformat(log.value("review_by")))
