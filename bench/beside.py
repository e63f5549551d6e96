"""Two apps beside each other as a table, and what each thing costs that one may do otherwise."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

from bench.asking import OPENING, SAVING
from bench.interactions import FLOOR, OURS, Measured, Slices
from bench.table import against, columns

ACK_MS = 300.0

_KINDS = {OPENING: "/coach", SAVING: "form"}
_HEAD = ("", OURS, "floor", "ours to it", "middle half", "goal")
_COSTS = ("", "/coach ms", "to it", "CPU ms", "to it", "form ms", "to it", "CPU ms", "to it")


@dataclass(frozen=True, slots=True)
class _Row:
    """One figure of a kind of request, as `of` makes it of slices."""

    what: str
    of: Callable[[Slices], float]
    at_most: float | None = None
    at_least: float | None = None


def _percent(values: Iterable[float], part: float) -> float:
    in_order = sorted(values)
    return in_order[min(int(part * len(in_order)), len(in_order) - 1)] * 1000


def _alone(part: float) -> Callable[[Slices], float]:
    return lambda taken: _percent(chain.from_iterable(taken.alone), part)


def _rate(taken: Slices) -> float:
    return statistics.median(taken.rates)


def _cpu(taken: Slices) -> float:
    return statistics.median(taken.cpu) * 1000


def _ack(taken: Slices) -> float:
    return _percent(chain.from_iterable(taken.acks), 0.99)


_ROWS = (
    _Row("ms, p50", _alone(0.5), at_most=1.3),
    _Row("ms, p95", _alone(0.95), at_most=1.5),
    _Row("requests a second", _rate, at_least=0.8),
    _Row("CPU ms a request", _cpu, at_most=1.25),
)


def beside_lines(title: str, ours: Measured, floor: Measured) -> Iterator[str]:
    """The table, line by line; beyond its goal a figure is followed by "over" (or "under")."""
    rows: list[tuple[str, ...]] = [_HEAD]
    for kind, name in _KINDS.items():
        reading, writing = ours.statements[kind]
        rows.append((f"{name}: statements", *2 * (f"{reading} + {writing}",), "", "", ""))
        mine, theirs = ours.slices[kind], floor.slices[kind]
        rows += (_beside(f"{name}: {row.what}", row, mine, theirs) for row in _ROWS)
        acks = _ack(mine), _ack(theirs)
        rows.append(
            (f"{name}: ack ms, p99", against(acks[0], ACK_MS), f"{acks[1]:.2f}", "", "", "300 ms")
        )
    memory = against(ours.megabytes / floor.megabytes, 1.5)
    rows.append(
        ("idle memory, MB", f"{ours.megabytes:.0f}", f"{floor.megabytes:.0f}", memory, "", "1.5")
    )
    yield title
    yield from columns(rows)


def _beside(what: str, row: _Row, ours: Slices, floor: Slices) -> tuple[str, ...]:
    mine, theirs = row.of(ours), row.of(floor)
    ratios = [
        row.of(one) / row.of(other) for one, other in zip(_each(ours), _each(floor), strict=True)
    ]
    lower, _, upper = statistics.quantiles(ratios, n=4, method="inclusive")
    told = against(mine / theirs, row.at_most, row.at_least)
    goal = f"{row.at_most}" if row.at_least is None else f"at least {row.at_least}"
    return (what, f"{mine:.2f}", f"{theirs:.2f}", told, f"{lower:.2f} to {upper:.2f}", goal)


def _each(taken: Slices) -> Iterator[Slices]:
    """Slice by slice."""
    for alone, acks, rate, cpu in zip(taken.alone, taken.acks, taken.rates, taken.cpu, strict=True):
        yield Slices([alone], [acks], [rate], [cpu])


def cost_lines(title: str, measured: Mapping[str, Measured]) -> Iterator[str]:
    """What each thing costs in the smallest app, as times and divided by those without it."""
    plain = _costs(measured[FLOOR])
    rows: list[tuple[str, ...]] = [_COSTS]
    for name, one in measured.items():
        cells = (
            (f"{cost:.2f}", f"{cost / without:.2f}")
            for cost, without in zip(_costs(one), plain, strict=True)
        )
        rows.append((name, *(part for pair in cells for part in pair)))
    yield title
    yield from columns(rows)


def _costs(one: Measured) -> list[float]:
    """Milliseconds alone and of the processor, of each kind."""
    return [
        figure
        for kind in _KINDS
        for figure in (_alone(0.5)(one.slices[kind]), _cpu(one.slices[kind]))
    ]
