"""What was said to a log after it was shared: read, views, answers, decision, taken back."""

from __future__ import annotations

import datetime as dt

from coaching.elements import CONVERSATION
from coaching.log import Log
from coaching.said import AgentView, Agrees, Answer, CheckIn, Reopened, Ruling, Support
from views.passages import Passage, line, quoted, told_passage
from views.reading import Reading, capital
from views.rich import Bold
from views.summary import told_of

_OF_DECISIONS = {
    Ruling.STANDS.value: "the decision stands",
    Ruling.CHANGE.value: "the decision is looked at again",
    Ruling.VOID.value: "the log is taken back",
}
_RULINGS = {
    Ruling.STANDS.value: "the log stands",
    Ruling.CHANGE.value: "the log is to be changed",
    Ruling.VOID.value: "the log is taken back",
}
_DECISIONS = {"close": "closed", "continue": "continued"}
_RESPONSES = {
    Support.SUPPORT.value: "support",
    Support.TRAINING.value: "training",
    Support.HR.value: "a talk with HR",
    Support.BACK.value: "back to coaching",
}


def agreement(agrees: Agrees, *, of_reader: bool) -> str:
    """An answer to *Do you agree?* as the end of a sentence."""
    match agrees:
        case Agrees.YES:
            return "agree" if of_reader else "agrees"
        case Agrees.IN_PART:
            return "agree in part" if of_reader else "agrees in part"
        case Agrees.NO:
            return "disagree" if of_reader else "disagrees"


def acknowledgement(
    log: Log, reading: Reading, changed_at: dt.datetime | None = None
) -> list[Passage]:
    """Who read it when, with the agent's own words; nothing while it wasn't read.

    `changed_at` is when it was changed last, in UTC, where that is known.
    """
    read = log.acknowledgement
    if read is None:
        return []
    is_newest = log.is_acknowledged or log.voided is not None
    earlier = "" if is_newest else f"; {_change(changed_at, reading)} not yet"
    who = reading.who(log.agent)
    passages = [line(f"✅ Acknowledged by {who} on ", reading.moment(read.at), earlier)]
    if read.own_words:
        passages.append(own_words(log, read.own_words, reading))
    return passages


def _change(at: dt.datetime | None, reading: Reading) -> str:
    if at is None:
        return "the last change"
    ago = reading.ago(at)
    if ago in ("today", "yesterday"):
        return f"{ago}'s change"
    return f"the change of {reading.day(at.astimezone(reading.reader.zone).date())}"


def own_words(log: Log, words: str, reading: Reading) -> Passage:
    """What the agent wants to do differently, as they put it."""
    return quoted(f"What {reading.who(log.agent)} will do differently", words)


def view(log: Log, said: AgentView, reading: Reading, subject: str = "") -> list[Passage]:
    """The agent's own view, whole; `subject` names what it is about, where it isn't the log."""
    subject = subject or log.reference
    if said.about == "decision":
        subject = f"the decision on {log.reference}"
    agrees = agreement(said.agrees, of_reader=log.agent == reading.reader.user)
    head = Bold(f"{capital(reading.who(log.agent))} {agrees} with {subject}")
    passages = [line(head, ", on ", reading.moment(said.at))]
    if said.words:
        passages.append(quoted(f"{capital(reading.whose(log.agent))} view", said.words))
    return passages


def newest_view(log: Log, reading: Reading, about: str) -> list[Passage]:
    """The newest of the agent's views on the summary or on the decision."""
    found = log.views_on(about)
    return view(log, found[-1], reading) if found else []


def ruling(log: Log, reading: Reading, head: str = "") -> list[Passage]:
    """What a lead answered to a disagreement with what stands; nothing where none did.

    `head` stands in for *Lena's answer*. Where the answer took the log back, `voided` tells it.
    """
    return [] if _took_back(log) else ruling_of(log.ruling, reading, head)


def ruling_below(log: Log, view: AgentView, reading: Reading) -> list[Passage]:
    """What a lead answered to that view, below the last one that it answers, as in `ruling`.

    Where the answer took a decision back, `reopened` tells it.
    """
    answer = log.answer_to(view)
    if answer is None or answer.at in [back.at for back in log.reopened]:
        return []
    is_told_by_void = answer is log.disagreement_answer and _took_back(log)
    is_last = view is [one for one in log.views if log.answer_to(one) is answer][-1]
    return ruling_of(answer, reading) if is_last and not is_told_by_void else []


def ruling_of(answer: Answer | None, reading: Reading, head: str = "") -> list[Passage]:
    """The same for an answer that may be about something that is past."""
    if answer is None:
        return []
    known = _OF_DECISIONS if answer.about == "decision" else _RULINGS
    passages = _answer(answer, head or f"{reading.whose(answer.by)} answer", known, reading)
    if answer.done is not None:
        passages.append(line(Bold("Changed"), " on ", reading.moment(answer.done)))
    return passages


def response(log: Log, reading: Reading) -> list[Passage]:
    """A lead's response to an escalation; nothing where there is none."""
    return response_of(log.escalation_answer, reading)


def response_of(answer: Answer | None, reading: Reading, head: str = "") -> list[Passage]:
    """The same for a response that may have been taken back since. `head` as in `ruling`."""
    if answer is None:
        return []
    return _answer(answer, head or f"{reading.whose(answer.by)} response", _RESPONSES, reading)


def _answer(answer: Answer, head: str, known: dict[str, str], reading: Reading) -> list[Passage]:
    whose = reading.whose(answer.by)
    words = known.get(answer.answer, answer.answer)
    passages = [line(Bold(f"{capital(head)}: "), f"{words} (", reading.moment(answer.at), ")")]
    if answer.words:
        passages.append(quoted(f"In {whose} words", answer.words))
    return passages


def voided(log: Log, reading: Reading) -> list[Passage]:
    """That the log was taken back, by whom, when and why; nothing where it wasn't."""
    gone = log.voided
    if gone is None:
        return []
    head = Bold(f"{capital(reading.who(gone.by))} took {log.reference} back")
    asked = f", in answer to {reading.whose(log.agent)} view" if _took_back(log) else ""
    return [line(head, " on ", reading.moment(gone.at), asked), quoted("Why", gone.reason)]


def _took_back(log: Log) -> bool:
    """Whether a lead's answer to a disagreement was what took the log back."""
    answer, gone = log.disagreement_answer, log.voided
    is_void = answer is not None and answer.answer == Ruling.VOID
    return is_void and gone is not None and answer is not None and gone.at == answer.at


def decided(log: Log, reading: Reading) -> list[Passage]:
    """That it is decided, how, by whom and when; nothing where it isn't."""
    decision = log.decided
    if decision is None:
        return []
    words = f"{decided_words(log, reading)} by {reading.who(decision.by)} on "
    return [line(Bold("Decided: "), words, reading.moment(decision.at))]


def reopened(log: Log, reading: Reading) -> list[Passage]:
    """Each decision that was taken back, oldest first."""
    passages = []
    for back in log.reopened:
        passages += response_of(back.response, reading)
        passages += taken_back(back, log, reading)
    return passages


def taken_back(back: Reopened, log: Log, reading: Reading) -> list[Passage]:
    """A decision that was taken back, by whom, when and why."""
    by = f"{capital(reading.who(back.by))} took the decision back"
    head = Bold(by if back.by else "The decision was taken back")
    was = _decision(back.decision, log, reading)
    passages = [line(head, " on ", reading.moment(back.at), f" (it was: {was})")]
    if back.why:
        passages.append(quoted("Why", back.why))
    return passages


def decided_words(log: Log, reading: Reading) -> str:
    """What was decided, in a word or two; empty where nothing was."""
    return _decision(log.decided.decision, log, reading) if log.decided else ""


def _decision(decision: str, log: Log, reading: Reading) -> str:
    if decision != "escalate":
        return _DECISIONS.get(decision, decision)
    # To agents in the words of a colleague (the voice): it is looked at, nothing is escalated.
    verb = "taken" if reading.reader.user == log.agent else "escalated"
    return f"{verb} to {reading.leads(log.agent) or 'the team lead'}"


def check_in(log: Log, noted: CheckIn, reading: Reading) -> list[Passage]:
    """What was talked about in a session held while the target was open."""
    head = f" noted by {reading.who(noted.by)} on "
    items = told_of(noted.content, log, (CONVERSATION,), reading)
    return [
        line(Bold("Check-in"), head, reading.moment(noted.at)),
        *(told_passage(item) for item in items),
    ]
