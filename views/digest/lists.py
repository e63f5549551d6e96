"""The lists behind a digest's buttons: what is due, what was promised, everything, a chain."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from coaching.digest.patterns import left_out, tries
from coaching.digest.week import Digest, FollowUpDue, Promised
from coaching.log import Log
from views import ids
from views.digest.about import DigestAbout, name_of
from views.digest.needs import move_button, needs
from views.items import brief, due_item, log_item
from views.lists import answer, listing
from views.parts import Message, button, isolate, plain
from views.passages import Passage, line
from views.reading import Reading, capital, counted

_GONE = "None of that waits any more."
_LEFT_OUT = {
    "taken back": "it was taken back",
    "no conversation": "no conversation is written",
    "disagreed": "a disagreement waits for its answer",
    "too few calls": "too few calls were scored",
}


def due_list(items: Sequence[FollowUpDue], about: DigestAbout) -> Message:
    """Follow-ups of others, or of the reader, each with what finishes or moves it."""
    if not items:
        return answer(_GONE)
    passages = [_due(item, about) for item in items]
    number = counted(len(items), "follow-up is", "follow-ups are")
    return listing(f"{number} due", passages, "come up as these are done")


def _due(item: FollowUpDue, about: DigestAbout) -> Passage:
    move = move_button(item.log, about)
    # *Extend to …* is there already where it is offered.
    more = (move,) if move is not None and move["action_id"] == ids.CHANGE else ()
    return due_item(item.log, about.reading, *more)


def steps_list(items: Sequence[Promised], about: DigestAbout) -> Message:
    """What somebody promised and has not done."""
    if not items:
        return answer(_GONE)
    who = capital(about.reading.who(items[0].step.who))
    title = f"{who} promised {counted(len(items), 'next step')}"
    return listing(title, [_step(item, about) for item in items], "come up as these are done")


def _step(item: Promised, about: DigestAbout) -> Passage:
    reading, log = about.reading, item.log
    other = log.supervisor if item.step.who == log.agent else log.agent
    by = f" by {reading.day(item.step.by)}" if item.step.by else ""
    words = f"{log.reference} · to {reading.who(other)}{by}\n{brief(item.step.what)}"
    return (plain(words, button("See all of it", ids.SHOW, log.id)),)


def needs_list(digest: Digest, about: DigestAbout) -> Message:
    """Everything that needs somebody."""
    passages = needs(digest, about)
    if not passages:
        return answer(f"{name_of(digest)}: nothing needs anybody.")
    title = f"{name_of(digest)}: {counted(len(passages), 'thing needs', 'things need')} somebody"
    return listing(title, passages, "come up as these are done")


def chain_list(logs: Iterable[Log], reading: Reading) -> Message:
    """The rounds of one target, oldest first, and why one doesn't count as tried."""
    chain = list(logs)
    counting = {log.id for log in tries(chain)}
    passages: list[Passage] = []
    for log in chain:
        why = _LEFT_OUT.get(left_out(log))
        told = line(f"Not counted: {why}.") if log.id not in counting and why else ()
        passages.append((*log_item(log, reading), *told))
    newest = chain[-1]
    known = reading.criteria.get(newest.value("follow_up_criterion"))
    what = f", {isolate(known.name)}" if known else ""
    title = f"{reading.name(newest.agent)}{what}: {counted(len(chain), 'log')} on one target"
    return listing(title, passages, "belong to this target as well")
