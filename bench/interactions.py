"""What people do, beside the smallest Bolt app that runs as many statements on the same database.

Both run as processes of their own; this one is Slack to them: it sends the requests and answers
the Web API at once. They take turns in short slices, so that what else the machine does meets both.
"""

from __future__ import annotations

import asyncio
import gc
import json
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from time import perf_counter

from bench.apps import App, started
from bench.asking import (
    KINDS,
    OPENING,
    SAVED,
    SAVER,
    Asking,
    Right,
    opening,
    saving,
    shape_of,
)
from bench.floor import ACK, CORE, LISTENERS, ORM, SESSION
from bench.growth import NewDatabase
from bench.measuring import NotMeasured
from bench.place import prepare, saved
from bench.wire import Answer, Connection, Counterpart, Json, connected, counterpart
from bot.program import system_now

AT_ONCE = 50
ALONE = 20
"""Requests of a kind in a slice, one after another."""
CROWD = 150
"""Requests of a kind in a slice, fifty of them under way at a time."""
OURS, FLOOR = "CoachLog", "the smallest Bolt app"
WAYS: Mapping[str, str] = {
    SESSION: "a new HTTP session for each call",
    ACK: "Bolt waits for the ack",
    LISTENERS: "40 listeners before the one that answers",
    CORE: "statements by SQLAlchemy Core, as CoachLog runs them",
    ORM: "statements by SQLAlchemy's ORM",
}
_WARM_UP = 2
_TRIES = 4


@dataclass(slots=True)
class Slices:
    """What was taken of one kind of request of one app, slice by slice.

    Attributes:
        alone: seconds of each request, with none beside it.
        acks: seconds until each answer, with fifty under way.
        rates: requests a second, with fifty under way.
        cpu: processor seconds of the app for a request, with fifty under way.
    """

    alone: list[list[float]] = field(default_factory=list)
    acks: list[list[float]] = field(default_factory=list)
    rates: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)


@dataclass(slots=True)
class Measured:
    """One app: what it runs and holds, and what was taken of it."""

    statements: Mapping[str, tuple[int, int]]
    megabytes: float
    slices: Mapping[str, Slices]


@dataclass(slots=True)
class _Runner:
    """One app under measurement, and all that asks it."""

    app: App
    slack: Counterpart
    right: Right
    form: Json
    submitted: int = 0
    _connections: Sequence[Connection] = ()
    slices: Mapping[str, Slices] = field(default_factory=lambda: {kind: Slices() for kind in KINDS})

    @asynccontextmanager
    async def _connected(self) -> AsyncIterator[None]:
        """Connections for a while: an app closes those on which nothing came for some seconds."""
        async with connected(self.app.url, AT_ONCE) as connections:
            self._connections = connections
            yield

    def _asking(self, kind: str, many: int) -> list[Asking]:
        if kind == OPENING:
            return [opening() for _ in range(many)]
        self.submitted += many
        return [saving(self.form) for _ in range(many)]

    async def _alone(self, kind: str, many: int) -> list[float]:
        """So many requests, one after another; their seconds."""
        asked = self._asking(kind, many)
        answers = [await self._connections[0].ask(one.request) for one in asked]
        return self.right.check(self.app.name, asked, answers, self.slack)

    async def _crowd(self, kind: str, many: int) -> tuple[list[float], float, float]:
        """So many with fifty under way: seconds of each answer, of all together, of the app."""
        asked = self._asking(kind, many)
        answers: dict[str, Answer] = {}
        left = iter(asked)

        async def send(connection: Connection) -> None:
            for one in left:
                answers[one.mark] = await connection.ask(one.request)

        used, began = await self.app.cpu(), perf_counter()
        await asyncio.gather(*map(send, self._connections))
        took, used = perf_counter() - began, await self.app.cpu() - used
        in_order = [answers[one.mark] for one in asked]
        self.right.check(self.app.name, asked, in_order, self.slack)
        return [answer.took for answer in in_order], took, used

    async def slice(self, kind: str, alone: int, crowd: int) -> None:
        taken = self.slices[kind]
        async with self._connected():
            taken.alone.append(await self._alone(kind, alone))
            acks, took, used = await self._crowd(kind, crowd)
        taken.acks.append(acks)
        taken.rates.append(crowd / took)
        taken.cpu.append(used / crowd)

    async def warm(self) -> None:
        async with self._connected():
            for kind in KINDS:
                await self._alone(kind, ALONE)
                await self._crowd(kind, AT_ONCE * _WARM_UP)

    async def statements(self) -> dict[str, tuple[int, int]]:
        """How many read and how many write in each kind of request."""
        found = {}
        async with self._connected():
            for kind in KINDS:
                # On a busy machine a second may pass in between, and what is remembered for that
                # long is read anew: the fewest of some tries are what most requests run.
                tries = []
                for _ in range(_TRIES):
                    await self.app.count()
                    await self._alone(kind, 1)
                    tries.append(await self.app.counted())
                found[kind] = min(tries, key=sum)
        return found


@dataclass(frozen=True, slots=True)
class _Stage:
    """A database, a Slack, and CoachLog as it was first seen there."""

    database: str
    slack: Counterpart
    ours: App
    form: Json
    right: Right
    after: Json

    def runner(self, app: App) -> _Runner:
        return _Runner(app, self.slack, self.right, self.form)


@asynccontextmanager
async def _stage(address: str) -> AsyncIterator[_Stage]:
    """CoachLog, with one form seen and saved: from then on all others must be like those."""
    await prepare(address, system_now())
    async with (
        counterpart() as slack,
        started(OURS, "bench.ours", database=address, api_url=slack.url) as ours,
        connected(ours.url, 1) as (connection,),
    ):
        first = opening(SAVER, SAVED)
        answer = await connection.ask(first.request)
        calls = slack.calls.pop(first.mark, [])
        if len(calls) != 1:
            raise NotMeasured(f"{OURS} opened no form, and said {answer.body[:300]!r}.")
        form = calls[0].view
        answer = await connection.ask(saving(form).request)
        told = json.loads(answer.body or b"{}")
        if told.get("response_action") != "update":
            raise NotMeasured(f"{OURS} answered a form with {answer.body[:300]!r}.")
        right = Right(shape_of(form), shape_of(told["view"]))
        if right.after == right.form:
            raise NotMeasured(f"{OURS} showed the same form again.")
        yield _Stage(address, slack, ours, form, right, told["view"])


async def beside_the_floor(
    new_database: NewDatabase, *, rounds: int, crowd: int = CROWD
) -> tuple[Measured, Measured]:
    """CoachLog, and the smallest Bolt app."""
    with new_database() as address:
        async with _stage(address) as stage:
            ours = stage.runner(stage.ours)
            ours.submitted += 1
            await ours.warm()
            counts = await ours.statements()
            async with _floor(stage, counts) as floor:
                both = [ours, floor]
                await floor.warm()
                theirs = await floor.statements()
                if theirs != counts:
                    raise NotMeasured(f"{FLOOR} ran {theirs} statements and not {counts}.")
                idle = [one.app.megabytes() for one in both]
                await _take_turns(both, rounds, crowd)
        await _check_saved(address, ours.submitted, floor.submitted)
    measured = (
        Measured(counts, megabytes, one.slices) for one, megabytes in zip(both, idle, strict=True)
    )
    first, second = measured
    return first, second


async def what_costs(
    new_database: NewDatabase, *, rounds: int, crowd: int = CROWD, ways: Iterable[str] = WAYS
) -> dict[str, Measured]:
    """The smallest Bolt app, and with one thing each in place of what is cheapest; by its words."""
    with new_database() as address:
        async with _stage(address) as stage, AsyncExitStack() as open_ones:
            counts = await stage.runner(stage.ours).statements()
            running = [
                await open_ones.enter_async_context(_floor(stage, counts, way))
                for way in (None, *ways)
            ]
            for one in running:
                await one.warm()
            await _take_turns(running, rounds, crowd)
            return {
                one.app.name: Measured(counts, one.app.megabytes(), one.slices) for one in running
            }


@asynccontextmanager
async def _floor(
    stage: _Stage, counts: Mapping[str, tuple[int, int]], way: str | None = None
) -> AsyncIterator[_Runner]:
    plan = json.dumps({**counts, "form": stage.form, "after": stage.after})
    arguments = (plan,) if way is None else ("--with", way, plan)
    name = FLOOR if way is None else WAYS[way]
    database, api_url = stage.database, stage.slack.url
    async with started(name, "bench.floor", *arguments, database=database, api_url=api_url) as app:
        yield stage.runner(app)


async def _take_turns(runners: Sequence[_Runner], rounds: int, crowd: int) -> None:
    for turn in range(rounds):
        for kind in KINDS:
            gc.collect()
            gc.disable()
            try:
                for place in range(len(runners)):
                    await runners[(place + turn) % len(runners)].slice(kind, ALONE, crowd)
            finally:
                gc.enable()


async def _check_saved(address: str, *submitted: int) -> None:
    there = await saved(address)
    if there != submitted:
        raise NotMeasured(f"There are {there} rows, of {submitted} forms that were submitted.")
