"""Near misses: the command or the person that somebody most likely meant."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rapidfuzz import fuzz, process

from coaching.people import Person

_NEAR_ENOUGH = 60
_MOST = 3


def command(word: str, commands: Iterable[str]) -> str:
    """The command that is nearest to the word; empty where none is near."""
    found = process.extractOne(word, sorted(commands), scorer=fuzz.ratio, score_cutoff=_NEAR_ENOUGH)
    return found[0] if found else ""


def called(name: str, people: Iterable[Person]) -> list[Person]:
    """Those who are called just that, by first or full name; an @ before it doesn't matter."""
    return [person for person in people if _bare(name) in _names(person)]


def people(name: str, known: Sequence[Person]) -> list[Person]:
    """Those whose names are nearest, the nearest first; who is called just that is meant alone."""
    exact = called(name, known)
    if exact:
        return exact[:_MOST]
    likeness = [
        (max(fuzz.ratio(_bare(name), known) for known in _names(person)), person)
        for person in known
    ]
    near = [one for one in likeness if one[0] >= _NEAR_ENOUGH]
    return [person for _, person in sorted(near, key=lambda one: -one[0])][:_MOST]


def _bare(name: str) -> str:
    return name.removeprefix("@").casefold()


def _names(person: Person) -> tuple[str, str]:
    return person.first.casefold(), person.name.casefold()
