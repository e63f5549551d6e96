"""Short notes that take a form's place: what was done, or why it can't be."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from coaching.criteria import Criterion
from coaching.log import Log, State
from coaching.people import Person
from coaching.session import is_unheard
from coaching.sharing import is_sendable
from views.parts import Message, View, isolate, plain, section, short_name
from views.passages import plainly
from views.rich import Moment
from views.small import note

CHANGED_MEANWHILE = "This log was changed while you wrote. Look at it again, then save."
SUPERVISORS_LOG = "Only supervisors of the team log sessions."
BUSY_ELSEWHERE = "This log is being changed on another device. Try again in a moment."
NEEDED = "This is needed to share."
BUSY = "Somebody else is changing this log right now. Try again in a moment."


def gone(log: Log | None) -> View:
    """A log that isn't there, that isn't the person's, or that can't be written any more."""
    if log is None:
        return note("Not found", ["I can't find that log among the logs you can see."])
    return note("Not a draft", [f"{log.reference} is no draft any more. Nothing was changed."])


def refused(words: str) -> View:
    """Why something can't be done."""
    return note("CoachLog", [words])


def not_saved(words: str, written: Sequence[tuple[str, str]]) -> View:
    """The same where something was written, which can be copied: each text with its label."""
    lines = [line for label, text in written for line in (f"{label}:", text)]
    return note("Not saved", [words, "You wrote here, not saved:", *lines])


_DONE = {
    "acknowledged": "You acknowledged {log}. {supervisor} is told.",
    "view": "Your view is on {log}. {supervisor} reads it.",
    "checked in": "The check-in is on {log}. {agent} is shown it.",
    "voided": "{log} is taken back. {agent} is told why.",
    "voided unheard": "{log} is taken back. {agent} was not told of it yet and gets no message.",
    "responded": "Your response is on {log}. {agent} and {supervisor} are told.",
    "answered": "Your answer is on {log}. {agent} and {supervisor} are told.",
}


def shared_meanwhile(log: Log) -> str:
    """Why a form of the walk was not saved."""
    return (
        f"{log.reference} was shared from another device meanwhile. Saving here changes the shared "
        "log, and its agent sees what changed."
    )


def replanned(words: str) -> str:
    """Why the quick log is shown again: its plan is not the one that stood there."""
    return f"The plan is another one by now: {words} Press again to share it."


def rescaled(threshold: str, before: Criterion, picked: Criterion) -> str:
    """That another threshold stands there, since the criterion picked has another scale."""
    was, now = isolate(before.name), isolate(picked.name)
    return f"{isolate(threshold)} was for {was}. This is usual for {now}; write what you agreed."


def done(what: str, log: Log, agent: Person | None, supervisor: Person) -> View:
    """What was done, and who hears of it."""
    if log.voided is not None and is_unheard(log, log.voided.at):
        what = "voided unheard"
    words = _DONE[what].format(
        log=log.reference,
        agent=short_name(agent) or "The agent",
        supervisor=short_name(supervisor) or "The supervisor",
    )
    return note("Done", [words])


def changed_since(log: Log) -> View:
    """A log that was changed while its agent had the earlier text before them."""
    words = "It was changed since you opened it; a newer message says what is different."
    return note("Acknowledged", [f"You acknowledged {log.reference} as it was.", words])


def refused_message(words: str) -> Message:
    """The same as an answer in a conversation."""
    return Message(text=plainly(words), blocks=(section(words),))


def comes_again(at: Moment) -> Message:
    """That something was put off, where it doesn't show by itself."""
    words = f"It comes again {at.fallback}. Your letter says so as well."
    return Message(text=words, blocks=(plain(words),))


def not_writable(log: Log, command: str) -> str:
    """Why an element of the log can't be written, and what can be done instead."""
    match log.state:
        case State.DISCARDED:
            return (
                f"{log.reference} was discarded, so nothing can be written in it any more. "
                f"`{command}` begins a new log."
            )
        case State.VOIDED:
            return (
                f"{log.reference} was taken back. It can still be read with "
                f"`{command} show {log.reference}`; `{command}` begins a new log."
            )
        case State.DRAFT:
            return (
                f"{log.reference} isn't shared yet, so there is no outcome to record. "
                f"`{command}` takes the draft up."
            )
        case _:
            return (
                f"{log.reference} is decided, and what it was measured by stays as it was. "
                f"`{command} show {log.reference}` has what can still be done with it."
            )


def no_role(person: Person) -> View:
    """Somebody who can't log sessions; a guest can't whatever the team file says."""
    lines = [
        "Supervisors log coaching sessions here, and you aren't one in CoachLog yet.",
        "An admin of this workspace can add you to a team.",
    ]
    if person.is_known:
        lines = [
            "Logging sessions is for supervisors. What concerns you is in the Home of this app."
        ]
    if person.is_guest:
        lines = ["Supervisors log coaching sessions here; a guest of this workspace can't be one."]
    return note("CoachLog", lines)


def nothing_happens(command: str) -> View:
    """A button that nothing answers to any more."""
    words = "This does nothing any more; it is from an earlier version of CoachLog."
    return note("CoachLog", [f"{words} `{command} help` shows what you can do."])


def kept(log: Log, command: str) -> View:
    """A draft that was put aside."""
    return note("Kept", [f"Kept as {log.reference}. `{command}` takes you back, from any device."])


def saved(log: Log, agent: Person | None, command: str, now: dt.datetime) -> View:
    """A form that was saved on its own."""
    if log.is_shared:
        who = agent.first if agent else "The agent"
        sees = "gets it as it is now" if is_sendable(log, now) else "will see what changed"
        return note("Saved", [f"{log.reference} is changed. {who} {sees}."])
    return note("Saved", [f"Kept as {log.reference}. `{command}` goes on with the rest of it."])


def discarded_words(log: Log, again: Log | None, agent: Person | None) -> str:
    """That a draft was put away, and the log `again` whose target it went on with, open again."""
    words = f"{log.reference} was discarded."
    if again is None:
        return words
    who = short_name(agent) or "the agent"
    return (
        f"{words} {again.reference} is open again with its target; {who} is told, and its outcome "
        "is asked for once more."
    )


def discarded(words: str) -> View:
    """The same as a note, from `discarded_words`."""
    return note("Discarded", [words])


def not_your_agent(agent: Person | None) -> str:
    """Why a session with that person can't be logged, as words for a field."""
    if agent is None:
        return "Pick the agent first."
    who = agent.first if agent.is_known else "This person"
    return (
        f"{who} is not an agent of a team that you supervise. "
        "Pick somebody else, or ask an admin to add them to your team."
    )
