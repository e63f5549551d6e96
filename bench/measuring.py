"""Taking times: the same thing at several sizes, in turns, and what the times come to."""

from __future__ import annotations

import gc
import statistics
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from time import perf_counter

WARM_UP = 3
"""Rounds that aren't counted: connections open, statements are compiled, caches fill."""


class NotMeasured(Exception):  # noqa: N818  reads as the sentence it is
    """What was to be measured did something else; its time would say nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """What a figure should stay under; what is beyond is marked, and nothing fails of it.

    Attributes:
        ms: milliseconds.
        growth: times the figure at the smallest size.
        ours: what our figure divided by this one comes to.
    """

    ms: float | None = None
    growth: float | None = None
    ours: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One thing to be timed, at one size.

    Attributes:
        what: as the table names it.
        size: how many rows there are besides what it is about.
        run: does it once; raises NotMeasured where something else happened. Where it answers, that
            is the figure in milliseconds, else the time that it took.
        ours: `what` of our own case that does the same, where this is another program's.
        times: how often it is timed in each round; quick things more often.
    """

    what: str
    size: int
    run: Callable[[], Awaitable[float | None]]
    ours: str | None = None
    goal: Goal = field(default_factory=Goal)
    times: int = 1


@dataclass(frozen=True, slots=True)
class Figure:
    """The times of one case, in milliseconds."""

    case: Case
    times: Sequence[float]

    @property
    def median(self) -> float:
        return statistics.median(self.times)

    @property
    def middle_half(self) -> tuple[float, float]:
        lower, _, upper = statistics.quantiles(self.times, n=4, method="inclusive")
        return lower, upper


async def measure(cases: Sequence[Case], *, rounds: int) -> list[Figure]:
    """Time all cases in each round, each round beginning with another of them.

    What else the machine does meanwhile meets all of them alike.
    """
    taken: list[list[float]] = [[] for _ in cases]
    for turn in range(-WARM_UP, rounds):
        gc.collect()
        gc.disable()
        try:
            for place in range(len(cases)):
                at = (place + turn) % len(cases)
                times = await _timed(cases[at])
                if turn >= 0:
                    taken[at] += times
        finally:
            gc.enable()
    return [Figure(case, times) for case, times in zip(cases, taken, strict=True)]


async def _timed(case: Case) -> list[float]:
    times = []
    for _ in range(case.times):
        start = perf_counter()
        told = await case.run()
        times.append((perf_counter() - start) * 1000 if told is None else told)
    return times
