"""Messages to the team lead: a disagreement, an escalation, a day moved too often."""

from __future__ import annotations

from coaching.elements import ELEMENTS, OUTCOME, unwritten
from coaching.log import Log
from views import ids, said
from views.notice_about import NoticeAbout
from views.parts import Message, button
from views.passages import Passage, buttons, headline, letter, line, quoted, stated, told_passage
from views.reading import Reading, capital
from views.summary import agreed, in_short, told, verdict_words

NOT_DOCUMENTED = "Not documented"
_USUAL = "Five working days are usual."


def disagreement(about: NoticeAbout) -> Message:
    """The agent disagrees, and the lead answers; afterwards what was answered, and done."""
    log, reading = about.log, about.reading
    agent, supervisor = reading.first(log.agent), reading.first(log.supervisor)
    text = f"{agent}'s view on {log.reference} waits for your answer"
    show = button("See all of it", ids.SHOW, log.id)
    asked = log.views[about.number - 1 : about.number]
    wrote = f"what {reading.who(log.supervisor)} wrote in {log.reference}"
    passages: list[Passage] = []
    for view in asked:
        passages += said.view(log, view, reading, wrote)
    if log.voided:
        return letter(text, [*passages, *said.ruling(log, reading), *said.voided(log, reading)])
    if not (log.awaits_answer and log.disagreement in asked):
        return letter(text, [*passages, *_became_of(about)], buttons(show))
    reason: list[Passage] = []
    if log.decided is not None and log.disagreement in log.views_on("decision"):
        reason = [quoted("Why", why)] if (why := log.value("why")) else []
        passages += said.decided(log, reading)
        passages += [told_passage(item) for item in told(log, (OUTCOME,), reading)[:1]]
        passages += reason
    items = in_short(log, reading)
    passages += map(told_passage, items)
    answer = button("Answer", ids.ANSWER, log.id, primary=True)
    small = f"{agent} and {supervisor} are told what you answer. {_USUAL}"
    return letter(text, passages, buttons(answer, show), small, vital=[*reason, *agreed(items)])


def _became_of(about: NoticeAbout) -> list[Passage]:
    """The answer to a disagreement, and what was said or done beside it."""
    log, reading = about.log, about.reading
    since = log.views[about.number :]
    another = line(f"{reading.first(log.agent)} has added another view since.")
    answer = next(map(log.answer_to, log.views[about.number - 1 : about.number]), None)
    if answer is not None:
        is_later = any(view.at > answer.at for view in since)
        return [*said.ruling_of(answer, reading), *([another] if is_later else [])]
    if not since:
        return said.reopened(log, reading)
    newest = said.view(log, since[-1], reading)
    return [another, *newest, *said.ruling_of(log.answer_to(since[-1]), reading)]


def lead_decides(about: NoticeAbout) -> Message:
    """The day was moved as often as it may be, so that the lead decides."""
    log, reading = about.log, about.reading
    agent = reading.first(log.agent)
    text = f"{log.reference} with {agent} waits for your decision"
    figures = verdict_words(log.content, reading) or "too few calls to say"
    passages = [headline(f"{agent} · {log.reference} · {figures}")]
    if log.voided or log.decided:
        passages += [*said.voided(log, reading), *said.decided(log, reading)]
        if why := log.value("why"):
            passages.append(quoted("Why", why))
        return letter(text, passages)
    by = reading.first(log.supervisor)
    words = f"The day was moved twice, so {by} leaves it to you: close it, or let it go on."
    passages.append(line(words))
    items = in_short(log, reading)
    items += [item for item in told(log, (OUTCOME,), reading) if item.key != "looked_at"]
    passages += map(told_passage, items)
    record = button("Record outcome", ids.RECORD_OUTCOME, log.id, primary=True)
    row = buttons(record, button("See all of it", ids.SHOW, log.id))
    return letter(text, passages, row, vital=agreed(items))


def escalated(about: NoticeAbout) -> Message:
    """Everything about one target, with the agent's view, for the lead's response."""
    log, reading = about.log, about.reading
    agent, by = reading.first(log.agent), log.decided.by if log.decided else log.supervisor
    text = f"{log.reference} with {agent} waits for your response"
    title = f"{capital(reading.who(by))} escalated {agent}'s target to you ({log.reference})"
    passages = [headline(title)]
    show = button("See all of it", ids.SHOW, log.id)
    if log.voided:
        return letter(text, [*passages, *said.voided(log, reading)])
    if not log.awaits_response or about.number != log.round:
        since = [*said.response(log, reading), *said.reopened(log, reading)]
        return letter(text, [*passages, *since], buttons(show))
    no_view = [line(f"{agent} has added no view on the decision so far.")]
    passages += said.newest_view(log, reading, "decision") or no_view
    items = told(log, (OUTCOME, *ELEMENTS), reading)
    passages += [told_passage(item) for item in items if item.key != "decision"]
    passages += _around(log, reading)
    passages += _chain(about)
    respond = button("Record response", ids.RESPOND, log.id, primary=True)
    small = f"{agent} and {reading.first(log.supervisor)} are told what you respond. {_USUAL}"
    return letter(text, passages, buttons(respond, show), small, vital=agreed(items))


def _around(log: Log, reading: Reading) -> list[Passage]:
    passages = [stated(part.title, NOT_DOCUMENTED) for part in unwritten(log.content)]
    return passages + said.newest_view(log, reading, "summary") + said.ruling(log, reading)


def _chain(about: NoticeAbout) -> list[Passage]:
    """The earlier logs of the same target, newest first."""
    reading = about.reading
    earlier = [past for past in about.history if past.id != about.log.id and past.is_shared]
    return [
        stated(f"Earlier: {past.reference}", "\n".join(_became(past, reading)))
        for past in reversed(earlier)
    ]


def _became(log: Log, reading: Reading) -> list[str]:
    words = []
    if log.shared_at is not None:
        shared = log.shared_at.astimezone(reading.reader.zone).date()
        words.append(f"Shared on {reading.day(shared)}")
    if figures := verdict_words(log.content, reading):
        words.append(figures)
    if log.voided is not None:
        words.append("Taken back")
    elif log.decided is not None:
        words.append(capital(said.decided_words(log, reading)))
    return words
