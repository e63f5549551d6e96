"""The small forms: acknowledge, own view, check-in, void, and the lead's answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from coaching.elements import CONVERSATION
from coaching.fields import Content
from coaching.log import Agrees, Log, Ruling, Support
from coaching.people import Person
from views import ids
from views.form import FormAbout, form
from views.meta import Meta
from views.parts import (
    Block,
    View,
    clip,
    field_input,
    modal,
    option,
    plain,
    short_name,
    split,
)
from views.reading_back import state_choice, state_text

_LONGEST = 3000
_AGREES = {Agrees.YES: "Yes", Agrees.IN_PART: "In part", Agrees.NO: "No"}
_RULINGS = {
    Ruling.STANDS: "It stands",
    Ruling.CHANGE: "Change the log",
    Ruling.VOID: "Void the log",
}
_SUPPORT = {
    Support.SUPPORT: "Support",
    Support.TRAINING: "Training",
    Support.HR: "HR",
    Support.BACK: "Back to coaching",
}


def note(title: str, lines: Iterable[str]) -> View:
    """Only text, nothing to submit."""
    pieces = [piece for line in lines for piece in split(line)]
    return modal(ids.NOTE, title, [plain(piece) for piece in pieces] or [plain("Done.")])


def acknowledge(log: Log, supervisor: Person) -> View:
    """*Acknowledge*, with one optional question."""
    blocks = [
        plain(
            f"Acknowledging says that you have read {log.reference}, not that you agree. "
            f"{short_name(supervisor)} is told."
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
        meta=Meta(log=log.id),
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


def own_view(log: Log, about: str, readers: Sequence[Person]) -> View:
    """*Add my view*: says who will read it."""
    names = list(dict.fromkeys(short_name(reader) for reader in readers))
    blocks = [
        plain(
            f"Your view stays on {log.reference} for good. "
            f"{_listed(names)} and whoever coaches you later can read it."
        ),
        field_input("agrees", "Do you agree?", _radio("agrees", _AGREES.items()), optional=False),
        field_input("words", "Your words", _text("words")),
    ]
    meta = Meta(log=log.id, element=about)
    return modal(ids.OWN_VIEW, "Add my view", blocks, meta=meta, submit="Add my view")


def read_own_view(view: Mapping[str, Any]) -> ViewEntered:
    """The view entered; a disagreement without words is asked for them."""
    picked = state_choice(view, "agrees", "agrees")
    words = state_text(view, "words", "words")
    if picked not in {agrees.value for agrees in Agrees}:
        return ViewEntered(errors={"agrees": "Pick one of the three."})
    agrees = Agrees(picked)
    if agrees is not Agrees.YES and not words.strip():
        return ViewEntered(errors={"words": "Say in a sentence how you see it."})
    return ViewEntered(agrees, words)


def check_in(log: Log, meta: Meta, about: FormAbout) -> View:
    """*Check in*: the conversation alone, on a target that is open."""
    intro = (f"{log.reference} stays as it is; the counting of calls goes on.",)
    content: Content = {}
    about = FormAbout(
        agent=about.agent,
        supervisor=about.supervisor,
        criteria=about.criteria,
        intro=intro,
        fixed_agent=True,
    )
    return form(
        CONVERSATION,
        content,
        meta,
        about,
        submit="Check in",
        title="Check in",
        callback_id=ids.CHECK_IN,
    )


def void(log: Log, agent: Person) -> View:
    """*Void…*: asks for the reason."""
    blocks = [
        plain(
            f"{log.reference} stays in the list with its number, but it no longer counts. "
            f"{short_name(agent)} is told the reason. This can't be undone."
        ),
        field_input(ids.VOID_REASON_BLOCK, "Why?", _text("reason"), optional=False),
    ]
    meta = Meta(log=log.id)
    return modal(ids.VOID, f"Void {log.reference}", blocks, meta=meta, submit="Void the log")


def read_void(view: Mapping[str, Any]) -> str:
    """The reason entered."""
    return state_text(view, ids.VOID_REASON_BLOCK, "reason")


@dataclass(frozen=True, slots=True)
class RulingEntered:
    """A lead's answer to a disagreement; `errors` by block."""

    ruling: Ruling = Ruling.STANDS
    words: str = ""
    errors: Mapping[str, str] = field(default_factory=dict)


def answer(log: Log, agent: Person) -> View:
    """A lead's answer to the agent's disagreement."""
    said = log.disagreement.words if log.disagreement else ""
    blocks = [
        plain(f"{short_name(agent)} disagrees with {log.reference} and reads your answer."),
        *[plain(piece) for piece in split(said)],
        field_input("ruling", "Your answer", _radio("ruling", _RULINGS.items()), optional=False),
        field_input("words", "Your words", _text("words"), optional=False),
    ]
    meta = Meta(log=log.id)
    return modal(ids.ANSWER, "Answer", blocks, meta=meta, submit="Send answer")


def read_answer(view: Mapping[str, Any]) -> RulingEntered:
    """The lead's answer; it needs words."""
    picked, words = state_choice(view, "ruling", "ruling"), state_text(view, "words", "words")
    if picked not in {ruling.value for ruling in Ruling}:
        return RulingEntered(errors={"ruling": "Pick one of the answers."})
    if not words.strip():
        return RulingEntered(errors={"words": "Say why in a sentence; both read it."})
    return RulingEntered(Ruling(picked), words)


@dataclass(frozen=True, slots=True)
class SupportEntered:
    """A lead's response to an escalation; `errors` by block."""

    support: Support = Support.SUPPORT
    words: str = ""
    errors: Mapping[str, str] = field(default_factory=dict)


def respond(log: Log, agent: Person) -> View:
    """A lead's response to an escalation."""
    blocks = [
        plain(f"{short_name(agent)} and the supervisor read your response to {log.reference}."),
        field_input(
            "support", "Your response", _radio("support", _SUPPORT.items()), optional=False
        ),
        field_input("words", "Your words", _text("words"), optional=False),
    ]
    meta = Meta(log=log.id)
    return modal(ids.RESPOND, "Record response", blocks, meta=meta, submit="Send response")


def read_respond(view: Mapping[str, Any]) -> SupportEntered:
    """The lead's response; it needs words."""
    picked, words = state_choice(view, "support", "support"), state_text(view, "words", "words")
    if picked not in {support.value for support in Support}:
        return SupportEntered(errors={"support": "Pick one of the responses."})
    if not words.strip():
        return SupportEntered(errors={"words": "Say in a sentence what happens now."})
    return SupportEntered(Support(picked), words)


def _text(action_id: str) -> Block:
    return {
        "type": "plain_text_input",
        "action_id": action_id,
        "multiline": True,
        "max_length": _LONGEST,
    }


def _radio(action_id: str, answers: Iterable[tuple[str, str]]) -> Block:
    return {
        "type": "radio_buttons",
        "action_id": action_id,
        "options": [option(words, str(key)) for key, words in answers],
    }


def _listed(names: Sequence[str]) -> str:
    shown = [clip(name, 40) for name in names if name]
    if len(shown) <= 1:
        return "".join(shown) or "Your supervisor"
    return ", ".join(shown[:-1]) + f" and {shown[-1]}"
