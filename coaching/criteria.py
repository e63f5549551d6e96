"""QA criteria and the scales that their scores lie on."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

NOT_SCORED = "not scored"
PASS, FAIL = "pass", "fail"
NEW = "new:"
"""Marks the value of a criterion that a person typed and that is not in the catalogue yet."""
NAME_LIMIT = 60

_NUMBER = re.compile(r"(\d{1,6}(?:[.,]\d{1,3})?)")
_POINTS = re.compile(r"(\d{1,6}(?:[.,]\d{1,3})?)\s*(?:/|of|out of)\s*(\d{1,6})", re.IGNORECASE)
_GROUPED = re.compile(r"[1-9]\d{0,2}(?:[.,]\d{3})+")
"""Thousands to some, decimals to others: 1,000 must not be read as 1."""
_PASSED = frozenset({"pass", "passed", "yes", "met"})
_FAILED = frozenset({"fail", "failed", "no", "not met", "not passed"})
_IN_WORDS = {PASS: "passed", FAIL: "not passed", NOT_SCORED: NOT_SCORED}
_OVERALL = frozenset(
    {"overall", "overall score", "total", "total score", "qa score", "qa", "score", "quality"}
)


class NotAScore(ValueError):  # noqa: N818  reads as the sentence it is
    """The text is no score on that scale; the message says what would be."""


class ScaleKind(StrEnum):
    """The kinds of scale in use in contact centers."""

    PERCENT = "percent"
    POINTS = "points"
    EITHER = "pass or fail"


@dataclass(frozen=True, slots=True)
class Scale:
    """Percent, points out of `best`, or pass and fail. Higher is better."""

    kind: ScaleKind = ScaleKind.PERCENT
    best: int = 100

    @property
    def words(self) -> str:
        """How a person is told what to enter."""
        match self.kind:
            case ScaleKind.PERCENT:
                return "0 to 100"
            case ScaleKind.POINTS:
                return f"0 to {self.best}"
            case ScaleKind.EITHER:
                return "pass or fail"

    @property
    def of_means(self) -> Scale:
        """The scale of a mean over calls: for pass and fail it is the share that passed."""
        return Scale() if self.kind is ScaleKind.EITHER else self

    def parse(self, text: str) -> str:
        """A score in its one written form: ``55``, ``3.5``, ``pass`` or ``fail``.

        Raises NotAScore with words for the person.
        """
        plain = " ".join(text.lower().split())
        if self.kind is ScaleKind.EITHER:
            if plain in _PASSED:
                return PASS
            if plain in _FAILED:
                return FAIL
            raise NotAScore("This criterion is scored pass or fail. Write one of the two.")
        if (outof := _POINTS.fullmatch(plain)) and int(outof[2]) == self.best:
            plain = outof[1]
        number = _NUMBER.fullmatch(plain.removesuffix("%").strip())
        if number is None or (plain.endswith("%") and self.kind is not ScaleKind.PERCENT):
            raise NotAScore(f"This criterion is scored {self.words}. Write a number.")
        if _GROUPED.fullmatch(number[1]):
            raise NotAScore(
                f"This criterion is scored {self.words}. “{number[1]}” reads two ways; write it "
                "without the separator."
            )
        score = Decimal(number[1].replace(",", "."))
        if score > self.best:
            raise NotAScore(f"This criterion is scored {self.words}; {number[1]} is above that.")
        return _plain(score)

    def display(self, score: str) -> str:
        """A kept score for people: ``55 %``, ``3 of 5``, ``not passed``, ``not scored``."""
        if score in _IN_WORDS:
            return _IN_WORDS[score]
        match self.kind:
            case ScaleKind.PERCENT:
                return f"{score} %"
            case ScaleKind.POINTS:
                return f"{score} of {self.best}"
            case ScaleKind.EITHER:
                return score

    def at_least(self, threshold: str) -> str:
        """What reaching the threshold is called: ``at 80 % or more``, ``passed``."""
        if threshold == PASS:
            return "passed"
        if self.kind is ScaleKind.EITHER or threshold == FAIL:
            return "scored"
        if _number(threshold) == self.best:
            return f"at {self.display(threshold)}"
        return f"at {self.display(threshold)} or more"

    def reaches(self, score: str, threshold: str) -> bool:
        """Whether a kept score reaches a kept threshold; *not scored* reaches none."""
        if score == NOT_SCORED:
            return False
        got, needed = _number(score), _number(threshold)
        if got is None or needed is None:
            return score == PASS or threshold == FAIL
        return got >= needed


def _number(score: str) -> Decimal | None:
    """A kept score as a number; None where it was kept while the scale was pass and fail."""
    return None if score in (PASS, FAIL, NOT_SCORED) else Decimal(score)


def _plain(number: Decimal) -> str:
    whole = number.to_integral_value()
    return str(int(whole)) if number == whole else format(number.normalize(), "f")


@dataclass(frozen=True, slots=True)
class Criterion:
    """One line of the scorecard: what is scored, on which scale."""

    id: str
    name: str
    scale: Scale = Scale()

    def display(self, score: str) -> str:
        """Name and score for people: ``Discovery 55 %``, ``Hold procedure: not passed``."""
        joint = ": " if score in _IN_WORDS else " "
        return f"{self.name}{joint}{self.scale.display(score)}"


def key_of(name: str) -> str:
    """What two spellings of one criterion's name have in common."""
    return " ".join(name.split()).casefold()


def is_overall(name: str) -> bool:
    """Whether the name is that of a whole scorecard, which says nothing to work on."""
    return key_of(name) in _OVERALL


def find(catalogue: Iterable[Criterion], query: str) -> list[Criterion]:
    """The criteria that a type-ahead offers: those that begin with the query, then the others."""
    wanted = key_of(query)
    starting, holding = [], []
    for criterion in sorted(catalogue, key=lambda item: key_of(item.name)):
        name = key_of(criterion.name)
        if name.startswith(wanted):
            starting.append(criterion)
        elif wanted in name:
            holding.append(criterion)
    return starting + holding


def named(catalogue: Iterable[Criterion], name: str) -> Criterion | None:
    """The criterion of that name, spelling of case and spaces aside."""
    wanted = key_of(name)
    return next((item for item in catalogue if key_of(item.name) == wanted), None)
