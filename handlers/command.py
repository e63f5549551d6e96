"""What people type after `/coach`: read, and sent to where it is answered."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from html import unescape

from coaching.log import number_of
from coaching.people import Act, Person, Role, may
from handlers import digest, lists, near, show, start
from handlers.ask import Ask
from handlers.cases import actor_of
from handlers.profiles import stranger
from views import help as help_views
from views.help import Offer
from views.parts import short_name

_MENTION = re.compile(r"<@([UW][A-Z0-9]+)(?:\|([^>]*))?>")
_REST_LIMIT = 200
"""Characters of what stands behind a command that come along where it is corrected."""


@dataclass(frozen=True, slots=True)
class Typed:
    """A command as typed: its word, the person and the log that it names, and the rest.

    `called` is how the person is written, without the @; `nobody` is a name behind an @ that Slack
    didn't turn into a person.
    """

    word: str = ""
    person: str = ""
    number: int | None = None
    rest: str = ""
    called: str = ""
    nobody: str = ""

    def offer(self) -> Offer:
        """The same, to be shown and to be typed again."""
        number = "" if self.number is None else f"CL-{self.number}"
        shown = f"@{self.called}" if self.person else self.nobody
        typed = f"<@{self.person}>" if self.person else self.nobody
        rest = self.rest[:_REST_LIMIT]
        return Offer(
            *(
                " ".join(part for part in (self.word, who, number, rest) if part)
                for who in (shown, typed)
            )
        )


def read(text: str) -> Typed:
    """Read what stands after the command; the order of word, @person and CL-n is free."""
    mention = _MENTION.search(text)
    words = unescape(_MENTION.sub(" ", text)).split()
    number, nobody = None, ""
    rest = []
    for word in words:
        if number is None and (found := number_of(word)) is not None:
            number = found
        elif not nobody and word.startswith("@"):
            nobody = word
        else:
            rest.append(word.lower())
    word = rest[0] if rest else ""
    person, called = (mention[1], mention[2] or "") if mention else ("", "")
    return Typed(word, person, number, " ".join(rest[1:]), called, nobody)


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
    await start.new_or_known(ask, actor, typed.person, in_brief=True)


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


async def _digest(ask: Ask, actor: Person, _typed: Typed) -> None:
    await digest.typed(ask, actor)


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
    "digest": _digest,
    "help": _help,
}
_OF_SUPERVISORS = {"", "quick", *_ELEMENTS, "drafts"}
_OF_PEOPLE = {"", "quick", *_ELEMENTS, "history"}


async def typed(ask: Ask) -> None:
    """Answer one `/coach …`."""
    await _answer(ask, str(ask.body.get("text") or ""))


async def offered(ask: Ask) -> None:
    """The corrected command, by its button; the value is what would be typed."""
    await _answer(ask, ask.value)


async def _answer(ask: Ask, text: str) -> None:
    actor = await actor_of(ask)
    what = read(text)
    answering = _COMMANDS.get(what.word)
    if not actor.is_known:
        await ask.tell(help_views.no_role(await stranger(ask, actor), ask.deps.command))
    elif answering is None:
        offers = await _meant(ask, actor, what)
        await ask.tell(help_views.not_a_command(what.word, offers, ask.deps.command))
    elif what.word in _OF_SUPERVISORS and not may_use(actor, what):
        await ask.tell(help_views.not_a_supervisor(actor, ask.deps.command, what.word))
    elif name := _unmatched(what):
        await _named(ask, actor, what, name)
    else:
        await answering(ask, actor, what)


async def _meant(ask: Ask, actor: Person, what: Typed) -> list[Offer]:
    """What somebody may have meant whose word is no command: it may be a name without its @."""
    agents = await _agents(ask, actor, "")
    if near.called(what.word, agents):
        return _with_people(replace(what, word=""), near.people(what.word, agents))
    if word := near.command(what.word, _usable(actor)):
        named = [short_name(agent) for agent in agents if agent.user == what.person]
        called = what.called or (*named, "them")[0]
        return [replace(what, word=word, called=called).offer()]
    return _with_people(replace(what, word=""), near.people(what.word, agents))


async def _named(ask: Ask, actor: Person, what: Typed, name: str) -> None:
    """A command with a name that is nobody's: those whom it may mean are offered."""
    found = near.people(name, await _agents(ask, actor, what.word))
    if found or what.nobody:
        rest = what.rest if what.nobody else ""
        offers = _with_people(replace(what, nobody="", rest=rest), found)
        await ask.tell(help_views.nobody_called(name, offers, ask.deps.command))
    else:
        await _COMMANDS[what.word](ask, actor, what)


def _unmatched(what: Typed) -> str:
    """What stands where a person is expected, and is none."""
    if what.word not in _OF_PEOPLE or what.person or what.number is not None:
        return ""
    return what.nobody or what.rest


def _with_people(what: Typed, people: list[Person]) -> list[Offer]:
    return [
        replace(what, person=person.user, called=short_name(person)).offer() for person in people
    ]


async def _agents(ask: Ask, actor: Person, word: str) -> list[Person]:
    """Whom the asker may name with that command; nobody else is ever suggested."""
    act = Act.COACH if word in _OF_SUPERVISORS and word != "outcome" else Act.SEE
    agents = await lists.looked_after(ask, actor)
    return [agent for agent in agents if may(actor, act, agent=agent)]


def _usable(actor: Person) -> set[str]:
    """The commands that the person can use at all."""
    words = {word for word in _COMMANDS if word and word != "followup"}
    if not may(actor, Act.SEE_TEAM):
        words -= {"team", "digest"}
    return {word for word in words if word not in _OF_SUPERVISORS or may_use(actor, Typed(word))}


def may_use(actor: Person, what: Typed) -> bool:
    """Whether a command that writes makes sense for the person at all."""
    if actor.can_log or (not what.word and what.number is not None):
        return True
    return actor.has(Role.LEAD) and what.word == "outcome"
