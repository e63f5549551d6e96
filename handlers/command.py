"""What people type after `/coach`: read, and sent to where it is answered."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from coaching.log import number_of
from coaching.people import Person, Role
from handlers import lists, quick, show, start
from handlers.ask import Ask
from handlers.cases import actor_of
from views import help as help_views

_MENTION = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^>]*)?>")
_NEAR_ENOUGH = 60


@dataclass(frozen=True, slots=True)
class Typed:
    """A command as typed: its word, the person and the log that it names, and the rest."""

    word: str = ""
    person: str = ""
    number: int | None = None
    rest: str = ""


def read(text: str) -> Typed:
    """Read what stands after the command; the order of word, @person and CL-n is free."""
    mention = _MENTION.search(text)
    words = _MENTION.sub(" ", text).split()
    number = None
    rest = []
    for word in words:
        if number is None and (found := number_of(word)) is not None:
            number = found
        else:
            rest.append(word.lower())
    word = rest[0] if rest else ""
    return Typed(word, mention[1] if mention else "", number, " ".join(rest[1:]))


Answering = Callable[[Ask, Person, Typed], Awaitable[None]]

_ELEMENTS = {
    "evidence": "evidence",
    "observation": "observation",
    "target": "target",
    "conversation": "conversation",
    "summary": "conversation",
    "follow-up": "follow-up",
    "followup": "follow-up",
    "outcome": "outcome",
}


async def _log(ask: Ask, actor: Person, typed: Typed) -> None:
    if typed.number is not None:
        await show.show(ask, typed.number)
    else:
        await start.new_or_known(ask, actor, typed.person)


async def _quick(ask: Ask, actor: Person, typed: Typed) -> None:
    await quick.open_new(ask, actor, typed.person)


async def _element(ask: Ask, actor: Person, typed: Typed) -> None:
    await start.element(ask, actor, _ELEMENTS[typed.word], typed.person, typed.number)


async def _due(ask: Ask, actor: Person, _typed: Typed) -> None:
    await lists.due(ask, actor)


async def _drafts(ask: Ask, actor: Person, _typed: Typed) -> None:
    await lists.drafts(ask, actor)


async def _show(ask: Ask, _actor: Person, typed: Typed) -> None:
    number = number_of(f"CL-{typed.rest}") if typed.number is None else typed.number
    if number is None:
        await ask.tell(help_views.which_log(ask.deps.command))
    else:
        await show.show(ask, number)


async def _history(ask: Ask, actor: Person, typed: Typed) -> None:
    if not typed.person and not actor.has(Role.AGENT):
        await ask.tell(help_views.whose_history(ask.deps.command))
    else:
        await lists.history(ask, actor, typed.person or actor.user)


async def _team(ask: Ask, actor: Person, _typed: Typed) -> None:
    await lists.team(ask, actor)


async def _help(ask: Ask, actor: Person, _typed: Typed) -> None:
    await ask.tell(help_views.help_for(actor, ask.deps.command))


_COMMANDS: Mapping[str, Answering] = {
    "": _log,
    "quick": _quick,
    **dict.fromkeys(_ELEMENTS, _element),
    "due": _due,
    "drafts": _drafts,
    "show": _show,
    "history": _history,
    "team": _team,
    "help": _help,
}
_OF_SUPERVISORS = {"", "quick", *_ELEMENTS, "drafts"}


async def typed(ask: Ask) -> None:
    """Answer one `/coach …`."""
    actor = await actor_of(ask)
    what = read(str(ask.body.get("text") or ""))
    answering = _COMMANDS.get(what.word)
    if not actor.is_known:
        await ask.tell(help_views.no_role(actor, ask.deps.command))
    elif what.word.startswith("@"):
        await ask.tell(help_views.nobody_called(what.word))
    elif answering is None:
        near = next(
            (
                word
                for word, likeness, _ in process.extract(
                    what.word, [word for word in _COMMANDS if word], scorer=fuzz.ratio, limit=1
                )
                if likeness >= _NEAR_ENOUGH
            ),
            "",
        )
        near = near or await _somebody(ask, actor, what.word)
        await ask.tell(help_views.not_a_command(actor, what.word, near, ask.deps.command))
    elif what.word in _OF_SUPERVISORS and not may_use(actor, what):
        await ask.tell(help_views.not_a_supervisor(actor, ask.deps.command, what.word))
    else:
        await answering(ask, actor, what)


async def _somebody(ask: Ask, actor: Person, name: str) -> str:
    """An agent whose name was typed without the @, as it is to be typed."""
    agents = await lists.looked_after(ask, actor) if actor.can_log else []
    firsts = [agent.first.lower() for agent in agents]
    return f"@{name}" if name in firsts else ""


def may_use(actor: Person, what: Typed) -> bool:
    """Whether a command that writes makes sense for the person at all."""
    if actor.can_log or (not what.word and what.number is not None):
        return True
    return actor.has(Role.LEAD) and what.word == "outcome"
