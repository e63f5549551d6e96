"""Growth: the same work with ten thousand, a hundred thousand and a million rows beside it.

All sizes stand side by side and take turns, so that the figures can be divided by each other.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, AsyncExitStack, asynccontextmanager, contextmanager
from pathlib import Path
from typing import Protocol
from uuid import uuid4

from bench.center import Center
from bench.holding import Holding, fill_open
from bench.jobs import Jobs
from bench.letters import WORKSPACE, Letters, fill_reminders
from bench.measuring import WARM_UP, Case, Figure, measure
from bench.outbox import Outbox, fill_notices
from bench.postgresql import address_of, created
from bench.saving import Saving
from bench.teams import Lists
from bench.timetables import Timetables
from bench.waiting import DUE
from storage.migration import migrate
from storage.store import Store

SIZES = (10_000, 100_000, 1_000_000)
ROUNDS = 30

NewDatabase = Callable[[], AbstractContextManager[str]]
"""Makes an empty database, tells its address, and removes it afterwards."""


class Growth(Protocol):
    """Measures some things at some sizes, each of them in so many rounds."""

    async def __call__(
        self, new_database: NewDatabase, sizes: Sequence[int], *, rounds: int
    ) -> list[Figure]: ...


@contextmanager
def sqlite_in(folder: Path) -> Iterator[str]:
    """A file in that folder."""
    path = folder / f"{uuid4().hex}.db"
    yield f"sqlite:///{path}"
    for file in folder.glob(f"{path.name}*"):
        file.unlink()


@contextmanager
def postgresql_in(server: str) -> Iterator[str]:
    """A database of that server."""
    with created(server) as name:
        yield address_of(server, name)


async def of_reminders(
    new_database: NewDatabase, sizes: Sequence[int], *, rounds: int
) -> list[Figure]:
    """The outbox and APScheduler's job store, each with as many that wait."""
    # One more than is taken: the job store reads a minute before it takes it.
    minutes = WARM_UP + rounds + 1
    async with AsyncExitStack() as open_ones:
        cases: list[Case] = []
        for size in sizes:
            address = open_ones.enter_context(new_database())
            await migrate(address)
            fill_notices(address, size, minutes)
            store = await open_ones.enter_async_context(_opened(address))
            cases += Outbox(store, size).cases()
            job_store = Jobs(address, size)
            open_ones.callback(job_store.close)
            job_store.fill(minutes)
            cases += job_store.cases()
        return await measure(cases, rounds=rounds)


async def of_letters(
    new_database: NewDatabase, sizes: Sequence[int], *, rounds: int
) -> list[Figure]:
    """What one person's letter gathers, and a save, among as many reminders of others."""
    async with AsyncExitStack() as open_ones:
        cases: list[Case] = []
        for size in sizes:
            address = open_ones.enter_context(new_database())
            await migrate(address)
            fill_reminders(address, size)
            letters = Letters(await open_ones.enter_async_context(_opened(address)), size)
            await letters.claim(WARM_UP + rounds)
            cases += letters.cases()
            cases += (await Saving.of(letters.store, WORKSPACE, size)).cases()
        return await measure(cases, rounds=rounds)


async def of_teams(new_database: NewDatabase, sizes: Sequence[int], *, rounds: int) -> list[Figure]:
    """What is read of one team, and what is to be planned, among as many logs."""
    minutes = WARM_UP + rounds
    async with AsyncExitStack() as open_ones:
        cases: list[Case] = []
        for size in sizes:
            address = open_ones.enter_context(new_database())
            await migrate(address)
            center = Center(size)
            center.fill(address, minutes)
            store = await open_ones.enter_async_context(_opened(address))
            cases += Lists(store, center).cases()
            cases += Timetables(store, size).cases()
        return await measure(cases, rounds=rounds)


async def of_ticks(new_database: NewDatabase, sizes: Sequence[int], *, rounds: int) -> list[Figure]:
    """How long a tick holds the loop with one due, and with a hundred, whatever else there is."""
    del sizes
    async with AsyncExitStack() as open_ones:
        address = open_ones.enter_context(new_database())
        await migrate(address)
        fill_open(address)
        store = await open_ones.enter_async_context(_opened(address))
        cases = [case for due in (1, DUE) for case in Holding(store, due).cases()]
        return await measure(cases, rounds=rounds)


GROWTHS: Mapping[str, Growth] = {
    "what is due, among so many that wait": of_reminders,
    "one letter and one save, among so many reminders": of_letters,
    "one tick with so many due": of_ticks,
    "one team of 15, among so many logs": of_teams,
}


@asynccontextmanager
async def _opened(address: str) -> AsyncIterator[Store]:
    store = await Store.open(address)
    try:
        yield store
    finally:
        await store.close()
