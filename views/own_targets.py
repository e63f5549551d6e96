"""What the Home tells an agent of their own targets: progress, promises, the last decision."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from coaching.log import Log, Step
from views import ids, said
from views.items import brief, state_words
from views.parts import button, plain
from views.passages import Passage
from views.reading import Reading
from views.summary import progress_words, verdict_words


def target_item(log: Log, reading: Reading) -> Passage:
    """An open target: what was agreed, and how far it is by now."""
    lines = [
        f"{log.reference} · with {reading.first(log.supervisor)}",
        brief(log.value("target")),
        reading.sentence(log),
        progress_words(log.content, reading),
    ]
    if log.is_due(reading.now):
        lines.append("The day has come. You are told here what is decided.")
    return _item(log, lines)


def promise_items(logs: Iterable[Log], reading: Reading) -> list[Passage]:
    """The next steps that somebody promised to the reader, the log's agent, and has not done."""
    once = {log.id: log for log in logs}
    return [
        _promise_item(log, step, reading)
        for log in once.values()
        for step in log.steps
        if step.who != reading.reader.user and step.done is None
    ]


def _promise_item(log: Log, step: Step, reading: Reading) -> Passage:
    head = f"{log.reference} · {reading.first(step.who)} promised"
    if step.by is not None:
        head += f" by {reading.day(step.by)}"
        head += " · not done yet" if step.by < reading.today else ""
    return _item(log, [head, brief(step.what)])


def last_decided(logs: Sequence[Log]) -> Log | None:
    """The one of the logs that was decided last; None where none is."""
    decided = [(log.decided.at, log) for log in logs if log.decided and not log.voided]
    return max(decided, key=lambda one: one[0])[1] if decided else None


def decision_item(log: Log, reading: Reading) -> Passage:
    """A target that was decided: how, by whom, on which figures and why."""
    lines = [log.reference]
    if log.decided is not None:
        day = reading.day(log.decided.at.astimezone(reading.reader.zone).date())
        how, by = said.decided_words(log, reading), reading.who(log.decided.by)
        lines = [f"{log.reference} · {how} by {by} on {day}"]
    if log.escalation_answer is not None:
        lines[0] += f" · {state_words(log, reading)}"
    lines += [brief(log.value("target")), verdict_words(log.content, reading)]
    if why := log.value("why"):
        lines.append(f"Why: {brief(why)}")
    return _item(log, lines)


def _item(log: Log, lines: Iterable[str]) -> Passage:
    words = "\n".join(line for line in lines if line)
    return (plain(words, button("See all of it", ids.SHOW, log.id)),)
