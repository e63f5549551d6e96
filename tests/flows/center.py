"""A small contact center: the playground as Slack, CoachLog running in it, and its people."""

from __future__ import annotations

import asyncio
import datetime as dt
import socket
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml
from pydantic import SecretStr

from bot.program import Program, new_id, running
from bot.sending import Means
from bot.settings import Settings
from coaching.criteria import Criterion, Scale, ScaleKind
from coaching.log import Log
from coaching.people import Role
from coaching.worktime import Shift, Week
from handlers.profiles import profile_of
from playground import Clock, InstalledApp, Served, Team, User, Workspace, serve
from playground.testing.person import Person
from storage.migration import migrate
from storage.store import Store, TeamRow

TEAM = "T0CENTER"
_SECRET = "signing secret"
_BOT, _APP = "xoxb-center", "xapp-center"
PEOPLE = (
    ("U0LENA", "lena", "Lena Fischer", "Europe/London", Role.LEAD),
    ("U0SAM", "sam", "Sam Okafor", "Europe/London", Role.SUPERVISOR),
    ("U0DANA", "dana", "Dana Whitfield", "Europe/London", Role.AGENT),
    ("U0MARCO", "marco", "Marco Rossi", "America/New_York", Role.AGENT),
    ("U0IRIS", "iris", "Iris Novak", "Europe/London", None),
    ("U0PRIYA", "priya", "Priya Nair", "Asia/Manila", Role.SUPERVISOR),
    ("U0TOM", "tom", "Tom Hale", "Asia/Manila", Role.AGENT),
)
CRITERIA = (
    Criterion("c1", "Discovery"),
    Criterion("c2", "Hold procedure", Scale(ScaleKind.EITHER)),
    Criterion("c3", "Empathy", Scale(ScaleKind.POINTS, 5)),
)
PACE = 0.01
"""Seconds between two messages in one conversation: less than in Slack, to be done sooner."""

# Half past two on a Tuesday, when London and New York are at work, on whatever day the tests run.
START = dt.datetime(2026, 11, 24, 14, 30, tzinfo=dt.UTC)


NIGHTS: Week = (*[Shift(dt.time(20), dt.time(4))] * 5, None, None)


@dataclass
class Stopwatch:
    """By what the workspace measures how old a trigger is; `pace` seconds pass at each look."""

    pace: float = 0.0
    passed: float = 0.0

    def __call__(self) -> float:
        self.passed += self.pace
        return self.passed


@dataclass
class Center:
    """The running center. Sam supervises Dana and Marco, Priya supervises Tom, Lena leads both."""

    ws: Workspace
    server: Served
    program: Program
    clock: Clock
    stopwatch: Stopwatch

    def person(self, user: str) -> Person:
        return Person(self.server.url, user)

    @property
    def sam(self) -> Person:
        return self.person("U0SAM")

    @property
    def dana(self) -> Person:
        return self.person("U0DANA")

    @property
    def marco(self) -> Person:
        return self.person("U0MARCO")

    @property
    def lena(self) -> Person:
        return self.person("U0LENA")

    @property
    def store(self) -> Store:
        return self.program.store

    @property
    def today(self) -> dt.date:
        return self.clock.now().astimezone(ZoneInfo("Europe/London")).date()

    @property
    def refused(self) -> list[Any]:
        """What Slack refused or what failed, from our calls and answers."""
        return list(self.ws.journal.refused())

    async def lead(self, user: str, team: str) -> None:
        """Make somebody a lead of a team, as a team file would."""
        await self.store.import_teams(TEAM, [TeamRow(team, Role.LEAD, user)], "file", self.now)

    @property
    def now(self) -> dt.datetime:
        return self.clock.now()

    async def log(self, number: int = 1) -> Log:
        """The log of that number as it is stored."""
        found = await self.store.log_numbered(TEAM, number)
        assert found is not None, f"there is no CL-{number}"
        return found

    async def without_delivery(self) -> Means:
        """Stop the program's delivery to its end: what a delivery of the test's own works with."""
        await self.program.delivery.stop()
        # A look at what is due that it had begun would take what the other is to send.
        await asyncio.gather(*(one for one in asyncio.all_tasks() if one.get_name() == "delivery"))
        return self.program.delivery.means

    def pass_days(self, days: int) -> None:
        """Move to the same hour so many days from now, and let the tick notice."""
        self.clock.advance(dt.timedelta(days=days))
        self.program.delivery.wake()


def _manifest(*, socket_mode: bool) -> dict[str, Any]:
    manifest: dict[str, Any] = yaml.safe_load(Path("manifest.yml").read_text("utf-8"))
    manifest["settings"]["socket_mode_enabled"] = socket_mode
    return manifest


@dataclass(frozen=True)
class Cast:
    """Who is in the center.

    Attributes:
        people: of each the user ID, short name, full name and zone.
        staff: puts them and their teams into the database.
        time: what the clock runs by; None for a Tuesday on which time passes.
    """

    people: Sequence[Sequence[Any]] = PEOPLE
    staff: Callable[[Store, dt.datetime], Awaitable[None]] = field(default_factory=lambda: _staff)
    time: Callable[[], dt.datetime] | None = None


@dataclass
class Place:
    """The workspace without CoachLog running in it: what is left while it restarts."""

    ws: Workspace
    server: Served
    clock: Clock
    stopwatch: Stopwatch
    settings: Settings
    port: int


@asynccontextmanager
async def open_center(
    database_url: str, *, socket_mode: bool = False, cast: Cast | None = None
) -> AsyncIterator[Center]:
    """Serve the workspace, then run CoachLog in it, as `coachlog run` does."""
    async with (
        open_place(database_url, socket_mode=socket_mode, cast=cast) as place,
        started(place) as center,
    ):
        yield center


@contextmanager
def _held_port() -> Iterator[int]:
    """A port at which CoachLog may listen again and again, and nobody else gets it."""
    with socket.socket() as held:
        held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        held.bind(("127.0.0.1", 0))
        yield held.getsockname()[1]


@asynccontextmanager
async def open_place(
    database_url: str, *, socket_mode: bool = False, cast: Cast | None = None
) -> AsyncIterator[Place]:
    """Serve the workspace, with CoachLog installed in it and its people in the database."""
    cast = cast or Cast()
    clock = Clock(cast.time or _passing())
    stopwatch = Stopwatch()
    ws = Workspace(
        team=Team(id=TEAM, name="Northwind", domain="northwind"), clock=clock, monotonic=stopwatch
    )
    for user, name, real_name, tz, *_ in cast.people:
        ws.add_user(User(id=user, name=name, real_name=real_name, tz=tz))
    await migrate(database_url)
    with _held_port() as port:
        async with serve(ws) as server:
            ws.install(
                InstalledApp.from_manifest(
                    _manifest(socket_mode=socket_mode),
                    app_id="A0COACH",
                    bot_token=_BOT,
                    signing_secret=_SECRET,
                    app_token=_APP if socket_mode else None,
                    request_url=None if socket_mode else f"http://127.0.0.1:{port}/slack/events",
                )
            )
            settings = Settings(
                slack_bot_token=SecretStr(_BOT),
                slack_app_token=SecretStr(_APP) if socket_mode else None,
                slack_signing_secret=SecretStr(_SECRET),
                slack_api_url=server.api_url,
                database_url=database_url,
                coachlog_tick_seconds=0.1,
            )
            place = Place(ws, server, clock, stopwatch, settings, port)
            async with _store(place) as store:
                await cast.staff(store, clock.now())
            yield place


@asynccontextmanager
async def started(place: Place) -> AsyncIterator[Center]:
    """Run CoachLog there, with nothing in memory from before."""
    listener = socket.create_server(("127.0.0.1", place.port))
    clock = place.clock
    async with (
        _store(place) as store,
        running(place.settings, store, now=clock.now, listener=listener, pace=PACE) as program,
    ):
        yield Center(place.ws, place.server, program, clock, place.stopwatch)


@asynccontextmanager
async def _store(place: Place) -> AsyncIterator[Store]:
    store = await Store.open(place.settings.database_url, new_id=new_id)
    try:
        yield store
    finally:
        await store.close()


def _passing() -> Callable[[], dt.datetime]:
    begun = time.monotonic()
    return lambda: START + dt.timedelta(seconds=time.monotonic() - begun)


async def known(store: Store, people: Iterable[Sequence[Any]], now: dt.datetime) -> None:
    """Keep what Slack says of those people."""
    profiles = [
        profile_of({"id": user, "real_name": real_name, "tz": tz, "profile": {}})
        for user, _, real_name, tz, *_ in people
    ]
    await store.remember(TEAM, profiles, now)


async def _staff(store: Store, now: dt.datetime) -> None:
    await known(store, PEOPLE, now)
    rows = []
    for user, _, _, _, role in PEOPLE:
        team = "Retention" if user in {"U0PRIYA", "U0TOM"} else "Billing"
        if role is not None:
            rows.append(TeamRow(team, role, user))
    rows.append(TeamRow("Retention", Role.LEAD, "U0LENA"))
    await store.import_teams(TEAM, rows, "file", now)
    await store.add_criteria(TEAM, CRITERIA, "file", now)
    for user in ("U0PRIYA", "U0TOM"):
        # Manila works the hours of the callers, as contact centers there do.
        await store.set_hours(TEAM, user, NIGHTS, frozenset(), actor="file", now=now)
