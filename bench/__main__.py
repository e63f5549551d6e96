"""`make bench`: prints what was measured. It fails where it could not measure, not of a figure."""

from __future__ import annotations

import argparse
import asyncio
import os
import platform
import sqlite3
import sys
import tempfile
from contextlib import ExitStack
from functools import partial
from pathlib import Path

import psycopg
import typer

from bench.growth import GROWTHS, ROUNDS, SIZES, NewDatabase, postgresql_in, sqlite_in
from bench.measuring import NotMeasured
from bench.postgresql import started
from bench.table import lines
from bot.logs import configure


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=SIZES, help="rows, e.g. 10000")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="how often each is timed")
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
        measured = [
            _measured(name, new_database, sorted(set(asked.sizes)), asked.rounds)
            for name, new_database in engines.items()
        ]
        typer.echo(f"\n{_load()}")
    sys.exit(not all(measured))


def _measured(name: str, new_database: NewDatabase, sizes: list[int], rounds: int) -> bool:
    """Print all figures of one database; whether all could be taken."""
    done = True
    for title, growth in GROWTHS.items():
        typer.echo("")
        try:
            figures = asyncio.run(growth(new_database, sizes, rounds=rounds))
        except NotMeasured as error:
            done = False
            typer.echo(f"{name}: {title}: not measured. {error}")
        else:
            for line in lines(f"{name}: {title}", figures):
                typer.echo(line)
    return done


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
