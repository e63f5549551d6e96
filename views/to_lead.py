"""Messages to the team lead: a disagreement, an escalation, a day moved too often."""

from __future__ import annotations

from collections.abc import Sequence

from coaching.elements import ELEMENTS, OUTCOME, unwritten
from coaching.log import Log
from views import ids, said
from views.notice_about import NoticeAbout
from views.parts import Message, button
from views.passages import Passage, buttons, headline, letter, line, passage, told_passage
from views.reading import Reading, capital
from views.summary import in_short, told, verdict_words

NOT_DOCUMENTED = "Not documented"


def disagreement(about: NoticeAbout) -> Message:
    """The agent disagrees, and the lead answers; afterwards what was answered."""
    log, reading = about.log, about.reading
    agent, supervisor = reading.first(log.agent), reading.first(log.supervisor)
    text = f"{agent}'s view on {log.reference} waits for your answer"
    show = button("See all of it", ids.SHOW, log.id)
    title = headline(f"{agent} disagrees with {log.reference}, which {supervisor} wrote")
    asked = log.views[about.number - 1 : about.number]
    passages = [title]
    for view in asked:
        passages += said.view(log, view, reading)
    if log.voided:
        return letter(text, [*passages, *said.voided(log, reading), *said.ruling(log, reading)])
    if not log.awaits_answer or log.disagreement not in asked:
        passages += said.ruling(log, reading)
        if log.disagreement not in asked:
            passages.append(line(f"{agent} has added another view since."))
            passages += said.newest_view(log, reading, "summary")
        return letter(text, passages, buttons(show))
    passages += [told_passage(item) for item in in_short(log, reading)]
    answer = button("Answer", ids.ANSWER, log.id, primary=True)
    small = f"{agent} and {supervisor} are told what you answer. Five working days are usual."
    return letter(text, passages, buttons(answer, show), small)


def lead_decides(about: NoticeAbout) -> Message:
    """The day was moved as often as it may be, so that the lead decides."""
    log, reading = about.log, about.reading
    agent = reading.first(log.agent)
    text = f"{log.reference} with {agent} waits for your decision"
    title = headline(f"{agent} · {log.reference}: too few calls were scored, for the third time")
    if log.voided or log.decided:
        passages = [title, *said.voided(log, reading), *said.decided(log, reading)]
        return letter(text, passages)
    supervisor = reading.first(log.supervisor)
    passages = [
        title,
        line(f"{supervisor} moved the day twice. Close it or let it go on: that is for you now."),
        *(told_passage(item) for item in in_short(log, reading)),
        *(told_passage(item) for item in told(log, (OUTCOME,), reading)),
    ]
    record = button("Record outcome", ids.RECORD_OUTCOME, log.id, primary=True)
    return letter(text, passages, buttons(record, button("See all of it", ids.SHOW, log.id)))


def escalated(about: NoticeAbout) -> Message:
    """Everything about one target, with the agent's view, for the lead's response."""
    log, reading = about.log, about.reading
    agent = reading.first(log.agent)
    text = f"{log.reference} with {agent} waits for your response"
    by = reading.first(log.decided.by if log.decided else log.supervisor)
    title = headline(f"{by} asks you to look at {log.reference} with {agent} and them both")
    show = button("See all of it", ids.SHOW, log.id)
    if log.voided:
        return letter(text, [title, *said.voided(log, reading)])
    if log.escalation_answer is not None:
        return letter(text, [title, *said.response(log, reading)], buttons(show))
    passages = [title]
    views = said.newest_view(log, reading, "decision")
    passages += views or [line(f"{agent} has added no view on the decision so far.")]
    passages += _whole(log, reading)
    passages += _chain(about.history, log, reading)
    respond = button("Record response", ids.RESPOND, log.id, primary=True)
    small = f"{agent} and {by} are told what you respond. Five working days are usual."
    return letter(text, passages, buttons(respond, show), small)


def _whole(log: Log, reading: Reading) -> list[Passage]:
    passages = [told_passage(item) for item in told(log, ELEMENTS, reading)]
    passages += [passage(part.title, NOT_DOCUMENTED) for part in unwritten(log.content)]
    return passages + said.newest_view(log, reading, "summary") + said.ruling(log, reading)


def _chain(history: Sequence[Log], log: Log, reading: Reading) -> list[Passage]:
    """The earlier logs of the same target, a line each."""
    earlier = [past for past in history if past.id != log.id and past.is_shared]
    return [
        passage(f"Earlier: {past.reference}", ". ".join(chain_words(past, reading)))
        for past in earlier
    ]


def chain_words(log: Log, reading: Reading) -> list[str]:
    """What became of a log, in a few words each."""
    words = []
    if log.shared_at is not None:
        words.append(f"Shared {reading.day(log.shared_at.date())}")
    if figures := verdict_words(log.content, reading):
        words.append(figures)
    if log.voided is not None:
        words.append("Taken back")
    elif log.decided is not None:
        words.append(capital(said.decided_words(log)))
    return words
