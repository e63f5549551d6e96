"""The small forms: acknowledge, own view, check-in, void, and the lead's answers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from coaching.elements import CONVERSATION
from coaching.log import Log, State
from coaching.people import Person
from coaching.said import Agrees, Ruling, Support
from views import ids
from views.form import FormAbout, form
from views.meta import Meta
from views.parts import (
    Block,
    View,
    clip,
    field_input,
    isolate,
    modal,
    option,
    plain,
    short_name,
    split,
)
from views.reading import Reading, capital, listed
from views.reading_back import state_choice, state_text
from views.said import decided_words

_LONGEST = 3000
_BRIEF = 500
_ALSO_READ = "Sending it also acknowledges {}: it says that you have read it."
_AGREES = {Agrees.YES: "Yes", Agrees.IN_PART: "In part", Agrees.NO: "No"}
_RULINGS = {
    Ruling.STANDS: "It stands",
    Ruling.CHANGE: "Change the log",
    Ruling.VOID: "Void the log",
}
_DECIDE_AGAIN = "Decide again"
_MEANING: Mapping[str, str] = {
    Ruling.STANDS: "Nothing is changed; both read your words.",
    Ruling.VOID: "It is taken back at once, and that can't be undone.",
    Support.SUPPORT: "Time, tools, or somebody to sit beside.",
    Support.TRAINING: "A course, or a session with a trainer.",
    Support.HR: "A talk with HR, outside of coaching.",
    Support.BACK: "The target goes on in a new log.",
}
_SUPPORT = {
    Support.SUPPORT: "Support",
    Support.TRAINING: "Training",
    Support.HR: "HR",
    Support.BACK: "Back to coaching",
}
_COMMAND = re.compile(r"`(/[^`\n]+)`")


def note(title: str, lines: Iterable[str]) -> View:
    """Only text, nothing to submit; a command between back-ticks stands out as one."""
    pieces = [piece for line in lines for piece in split(line)]
    return modal(ids.NOTE, title, [sentence(piece) for piece in pieces] or [plain("Done.")])


def acknowledge(log: Log, supervisor: Person) -> View:
    """*Acknowledge*, with one optional question."""
    blocks = [
        plain(
            f"Acknowledging says that you have read {log.reference}, not that you agree. "
            f"{capital(_first(supervisor))} is told."
        ),
        field_input(
            "own_words",
            "What will you do differently, in your own words?",
            _text("own_words"),
        ),
    ]
    return modal(
        ids.ACKNOWLEDGE,
        "Acknowledge",
        blocks,
        meta=Meta(log=log.id, revision=log.revision),
        submit="Acknowledge",
    )


def read_acknowledge(view: Mapping[str, Any]) -> str:
    """The agent's own words; empty where they wrote none."""
    return state_text(view, "own_words", "own_words")


@dataclass(frozen=True, slots=True)
class ViewEntered:
    """What an agent entered as their own view; `errors` by block."""

    agrees: Agrees = Agrees.YES
    words: str = ""
    errors: Mapping[str, str] = field(default_factory=dict)


def own_view(log: Log, readers: Sequence[Person], reading: Reading) -> View:
    """*Add my view* of the log or of its decision: says who will read it."""
    about = log.view_subject
    names = [_first(reader) for reader in {reader.user: reader for reader in readers}.values()]
    subject = f"the decision on {log.reference}" if about == "decision" else log.reference
    blocks = [
        plain(
            f"This is your view of {subject}. It stays on the log for good: "
            f"{listed([*names, 'whoever coaches you later'])} can read it."
        ),
        *([] if log.is_acknowledged else [plain(_ALSO_READ.format(log.reference))]),
        *_decided(log, reading),
        *_said_before(log),
        field_input("agrees", "Do you agree?", _radio("agrees", _AGREES), optional=False),
        field_input(
            "words",
            "Your words",
            _text("words"),
            hint="If you don't fully agree, say what you see differently.",
        ),
    ]
    meta = Meta(log=log.id, element=about, revision=log.revision)
    return modal(ids.OWN_VIEW, "Add my view", blocks, meta=meta, submit="Add my view")


def _decided(log: Log, reading: Reading) -> list[Block]:
    """What was decided, in a line; nothing where nothing was."""
    if log.decided is None:
        return []
    words = (
        f"What was decided: {decided_words(log, reading)}, with {log.value('reached')} of "
        f"{log.value('looked_at')} calls at the agreed score."
    )
    why = log.value("why")
    return [plain(f"{words} Why: {isolate(clip(why, _BRIEF))}" if why else words)]


def _said_before(log: Log) -> list[Block]:
    """The agent's newest view, which a second one is added to."""
    before = log.views_on(log.view_subject)[-1:]
    return [
        plain(piece)
        for said in before
        for piece in split(
            f"You said before: {_AGREES[said.agrees].lower()}. {said.words}\n"
            "This one is added to it."
        )
    ]


def read_own_view(view: Mapping[str, Any]) -> ViewEntered:
    """The view entered; a disagreement without words is asked for them."""
    picked = state_choice(view, "agrees", "agrees")
    words = state_text(view, "words", "words")
    if picked not in {agrees.value for agrees in Agrees}:
        return ViewEntered(errors={"agrees": "Pick one of the three."})
    agrees = Agrees(picked)
    if agrees is not Agrees.YES and not words:
        return ViewEntered(errors={"words": "Say in a sentence how you see it."})
    return ViewEntered(agrees, words)


def check_in(log: Log, meta: Meta, about: FormAbout) -> View:
    """*Check in*: the conversation alone, on a target that is open."""
    agent = capital(_first(about.agent))
    intro = (f"{log.reference} stays open. {agent} will see this note.",)
    return form(
        CONVERSATION,
        {},
        meta,
        replace(about, intro=(*intro, *about.intro), required=frozenset({"points"})),
        submit="Save check-in",
        title="Check in",
        callback_id=ids.CHECK_IN,
    )


def void(log: Log, agent: Person, before: Log | None = None, *, is_unheard: bool = False) -> View:
    """*Void…*: asks for the reason; `before` is the log that is open again with it.

    `is_unheard` is as in `coaching.session`: its agent is told nothing then.
    """
    name = capital(_first(agent))
    again = _opens(before) if before else ""
    told = f"{name} is told the reason."
    if is_unheard:
        told = f"{name} was not told of it yet and gets no message about it."
    blocks = [
        plain(
            f"{log.reference} is taken back: it keeps its number and can still be read, "
            f"but it no longer counts.{again} {told} This can't be undone."
        ),
        field_input(ids.VOID_REASON_BLOCK, "Why?", _text("reason"), optional=False),
    ]
    meta = Meta(log=log.id)
    return modal(ids.VOID, f"Void {log.reference}", blocks, meta=meta, submit="Void the log")


def _opens(before: Log) -> str:
    return f" {before.reference}, which it goes on from, is open again."


def read_void(view: Mapping[str, Any]) -> str:
    """The reason entered."""
    return state_text(view, ids.VOID_REASON_BLOCK, "reason")


@dataclass(frozen=True, slots=True)
class RulingEntered:
    """A lead's answer to a disagreement; `errors` by block."""

    ruling: Ruling = Ruling.STANDS
    words: str = ""
    errors: Mapping[str, str] = field(default_factory=dict)


def answer(log: Log, agent: Person, supervisor: Person, before: Log | None = None) -> View:
    """A lead's answer to the agent's disagreement, which is quoted whole; `before` as in `void`."""
    name, other = capital(_first(agent)), capital(_first(supervisor))
    meaning = {**_MEANING, Ruling.CHANGE: f"{other} changes it, and {name} sees what changed."}
    against = log.disagreement
    said = against.words if against else ""
    rulings, subject = _RULINGS, log.reference
    if against is not None and against.about == "decision":
        subject = f"the decision on {log.reference}"
        if log.state is State.CLOSED:
            rulings = {**_RULINGS, Ruling.CHANGE: _DECIDE_AGAIN}
            meaning[Ruling.CHANGE] = f"It is open again, and {other} is asked once more."
        else:
            meaning[Ruling.CHANGE] = f"{other} talks it over with {name} again."
    blocks = [
        plain(f"{name} disagrees with {subject}:" if said else f"{name} disagrees with {subject}."),
        *(plain(piece) for piece in split(said)),
        *([plain(f"If it is void:{_opens(before)}")] if before else []),
        field_input("ruling", "Your answer", _radio("ruling", rulings, meaning), optional=False),
        field_input(
            "words",
            "Your words",
            _text("words"),
            hint=f"{name} and {other} read them.",
            optional=False,
        ),
    ]
    return modal(ids.ANSWER, "Answer", blocks, meta=Meta(log=log.id), submit="Send answer")


def read_answer(view: Mapping[str, Any]) -> RulingEntered:
    """The lead's answer; it needs words."""
    picked, words = state_choice(view, "ruling", "ruling"), state_text(view, "words", "words")
    if picked not in {ruling.value for ruling in Ruling}:
        return RulingEntered(errors={"ruling": "Pick one of the answers."})
    if not words:
        return RulingEntered(errors={"words": "Say why in a sentence; both read it."})
    return RulingEntered(Ruling(picked), words)


@dataclass(frozen=True, slots=True)
class SupportEntered:
    """A lead's response to an escalation; `errors` by block."""

    support: Support = Support.SUPPORT
    words: str = ""
    errors: Mapping[str, str] = field(default_factory=dict)


def respond(log: Log, agent: Person, supervisor: Person) -> View:
    """A lead's response to an escalation."""
    name, other = capital(_first(agent)), capital(_first(supervisor))
    blocks = [
        plain(f"What happens now with the target of {log.reference}?"),
        field_input(
            "support", "Your response", _radio("support", _SUPPORT, _MEANING), optional=False
        ),
        field_input(
            "words",
            "Your words",
            _text("words"),
            hint=f"{name} and {other} read them.",
            optional=False,
        ),
    ]
    meta = Meta(log=log.id)
    return modal(ids.RESPOND, "Record response", blocks, meta=meta, submit="Send response")


def read_respond(view: Mapping[str, Any]) -> SupportEntered:
    """The lead's response; it needs words."""
    picked, words = state_choice(view, "support", "support"), state_text(view, "words", "words")
    if picked not in {support.value for support in Support}:
        return SupportEntered(errors={"support": "Pick one of the responses."})
    if not words:
        return SupportEntered(errors={"words": "Say in a sentence what happens now."})
    return SupportEntered(Support(picked), words)


def _first(person: Person | None) -> str:
    return short_name(person) or "the agent"


def _text(action_id: str) -> Block:
    return {
        "type": "plain_text_input",
        "action_id": action_id,
        "multiline": True,
        "max_length": _LONGEST,
    }


def _radio(
    action_id: str, answers: Mapping[Any, str], meaning: Mapping[str, str] | None = None
) -> Block:
    options = [
        option(words, str(key), (meaning or {}).get(key, "")) for key, words in answers.items()
    ]
    return {"type": "radio_buttons", "action_id": action_id, "options": options}


def sentence(words: str) -> Block:
    """Words in which a command between back-ticks stands out as one."""
    elements: list[Block] = []
    for place, part in enumerate(_COMMAND.split(words)):
        if place % 2:
            elements.append({"type": "text", "text": part, "style": {"code": True}})
        elif part:
            elements.append({"type": "text", "text": isolate(part)})
    section = {"type": "rich_text_section", "elements": elements}
    return {"type": "rich_text", "elements": [section]}
