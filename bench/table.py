"""Figures as a table that fits on a page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from bench.measuring import Figure

_OVER, _UNDER = " over", " under"
_ROOM = " " * len(_UNDER)
_HEAD = ("", "rows", f"median ms{_ROOM}", "middle half", f"growth{_ROOM}", f"ours to it{_ROOM}")


def lines(title: str, figures: Sequence[Figure]) -> Iterator[str]:
    """The table, line by line.

    `growth` is a median divided by that of the smallest size; `ours to it`, beside another
    program, our median divided by its. Beyond its goal a figure is followed by "over".
    """
    named = sorted(figures, key=lambda figure: figure.case.size)
    order = {figure.case.what: at for at, figure in reversed(list(enumerate(figures)))}
    named.sort(key=lambda figure: order[figure.case.what])
    rows: list[tuple[str, ...]] = [_HEAD]
    for _, same in groupby(named, key=lambda figure: figure.case.what):
        rows += _rows(list(same), figures)
    yield title
    yield from columns(rows)


def columns(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """The rows as lines, their cells below each other."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for what, *rest in rows:
        cells = [cell.rjust(width) for cell, width in zip(rest, widths[1:], strict=True)]
        yield "  ".join([what.ljust(widths[0]), *cells]).rstrip()


def _rows(same: Sequence[Figure], others: Sequence[Figure]) -> Iterator[tuple[str, ...]]:
    """The rows of one thing at all sizes; its name stands in the first one."""
    smallest = same[0]
    for figure in same:
        case, goal = figure.case, figure.case.goal
        lower, upper = figure.middle_half
        ours = [
            other.median
            for other in others
            if other.case.what == case.ours and other.case.size == case.size
        ]
        yield (
            case.what if figure is smallest else "",
            f"{case.size:,}".replace(",", " "),
            against(figure.median, goal.ms),
            f"{lower:.2f} to {upper:.2f}",
            against(figure.median / smallest.median, goal.growth),
            against(ours[0] / figure.median, goal.ours) if ours else "",
        )


def against(value: float, at_most: float | None, at_least: float | None = None) -> str:
    """A figure, followed by "over" (or "under") where it is beyond its goal."""
    # The room is kept either way, so that the numbers stay below each other.
    mark = _ROOM
    if at_most is not None and value > at_most:
        mark = _OVER.ljust(len(_UNDER))
    elif at_least is not None and value < at_least:
        mark = _UNDER
    return f"{value:.2f}{mark}"
