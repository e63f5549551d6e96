"""`make bench`: prints what was measured. It fails where it could not measure, not of a figure."""

from __future__ import annotations

import argparse
import asyncio
import os
import platform
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Coroutine, Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path

import psycopg
import typer

from bench.beside import beside_lines, cost_lines
from bench.growth import GROWTHS, ROUNDS, SIZES, Growth, NewDatabase, postgresql_in, sqlite_in
from bench.interactions import beside_the_floor, what_costs
from bench.measuring import NotMeasured
from bench.postgresql import started
from bench.table import lines
from bot.logs import configure

GROWTH, INTERACTIONS = "growth", "interactions"
PARTS = (GROWTH, INTERACTIONS)
_SLICES, _FEWER = 3, 6
"""Of so many rounds one is a slice of requests: it holds hundreds of them."""


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=SIZES, help="rows, e.g. 10000")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="how often each is timed")
    parser.add_argument("--only", choices=PARTS, help="one part; without it all of them")
    asked = parser.parse_args()
    with ExitStack() as open_ones:
        # Lines are made as they always are, and written where nobody reads them.
        configure("json", open_ones.enter_context(Path(os.devnull).open("w", encoding="utf-8")))
        folder = open_ones.enter_context(tempfile.TemporaryDirectory(prefix="coachlog-bench-"))
        server = open_ones.enter_context(started(is_durable=True))
        for line in (_machine(server), _load()):
            typer.echo(line)
        engines: dict[str, NewDatabase] = {
            "SQLite": partial(sqlite_in, Path(folder)),
            "PostgreSQL": partial(postgresql_in, server),
        }
        measured = []
        for name, new_database in engines.items():
            if asked.only in (None, INTERACTIONS):
                measured.append(_beside(name, new_database, asked.rounds))
                measured.append(_costs(name, new_database, asked.rounds))
            if asked.only in (None, GROWTH):
                sizes = sorted(set(asked.sizes))
                measured.append(_measured(name, new_database, sizes, asked.rounds))
        typer.echo(f"\n{_load()}")
    sys.exit(not all(measured))


def _measured(name: str, new_database: NewDatabase, sizes: list[int], rounds: int) -> bool:
    """Print all figures of one database; whether all could be taken."""
    done = True
    for title, growth in GROWTHS.items():
        titled = f"{name}: {title}"

        async def measured(growth: Growth = growth, titled: str = titled) -> Iterator[str]:
            return lines(titled, await growth(new_database, sizes, rounds=rounds))

        done = _printed(titled, measured) and done
    return done


def _beside(name: str, new_database: NewDatabase, rounds: int) -> bool:
    """Print how CoachLog stands beside the smallest Bolt app; whether that could be measured."""
    title = f"{name}: what people do, beside the smallest Bolt app"

    async def measured() -> Iterator[str]:
        both = await beside_the_floor(new_database, rounds=max(rounds // _SLICES, 2))
        return beside_lines(title, *both)

    return _printed(title, measured)


def _costs(name: str, new_database: NewDatabase, rounds: int) -> bool:
    """Print what costs most; whether that could be measured."""
    title = f"{name}: what costs most, one thing at a time in the smallest Bolt app"

    async def measured() -> Iterator[str]:
        costs = await what_costs(new_database, rounds=max(rounds // _FEWER, 2))
        return cost_lines(title, costs)

    return _printed(title, measured)


def _printed(title: str, measured: Callable[[], Coroutine[None, None, Iterator[str]]]) -> bool:
    typer.echo("")
    try:
        for line in asyncio.run(measured()):
            typer.echo(line)
    except NotMeasured as error:
        typer.echo(f"{title}: not measured. {error}")
        return False
    return True


def _machine(server: str) -> str:
    with psycopg.connect(server) as connection:
        (version,) = connection.execute("SHOW server_version").fetchone() or ("",)
    return (
        f"{os.cpu_count()} cores ({platform.machine()}), Python {platform.python_version()}, "
        f"SQLite {sqlite3.sqlite_version}, PostgreSQL {version}"
    )


def _load() -> str:
    minute, *_ = os.getloadavg()
    return f"Load of the last minute: {minute:.1f}"


if __name__ == "__main__":
    main()
