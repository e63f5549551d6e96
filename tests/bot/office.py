"""Delivery by itself: a store, a workspace as Slack, and messages that are made on the spot."""

from __future__ import annotations

import asyncio
import datetime as dt
import socket
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from uuid import uuid4

from slack_sdk.web.async_client import AsyncWebClient

from bot.calls import Calls
from bot.delivery import Delivery
from bot.limits import Limits
from bot.manifest import manifest
from bot.metrics import Metrics
from bot.sending import Means
from bot.slack import NotInstalled, client, http_session
from coaching.notices import Notice, NoticeKind
from playground import Clock, InstalledApp, Team, User, Workspace, serve
from storage.migration import migrate
from storage.store import Claimed, NoticeRow, Store
from views.parts import Message

TEAM = "T0OFFICE"
LOG = "log"
PEOPLE = tuple(f"U0P{number}" for number in range(12))
PATIENCE_SECONDS = 10.0
MessageFor = Callable[[Claimed], Awaitable[Message | None]]


async def _untold(claimed: Claimed, why: str) -> None:
    """Nobody else is there who could be told."""
    del claimed, why


async def _nothing() -> None:
    """No log here asks for a timetable."""


async def _plain(claimed: Claimed) -> Message:
    return Message(f"{claimed.kind} for {claimed.receiver}", ())


@dataclass
class Office:
    """A workspace in which notices become messages; `slack` says whose client a workspace has."""

    ws: Workspace
    clock: Clock
    store: Store
    means: Means
    slacks: dict[str, AsyncWebClient]
    delivery: Delivery = field(init=False)

    def __post_init__(self) -> None:
        self.delivery = Delivery(self.means)

    def with_means(self, **changes: object) -> None:
        """Deliver by other means from now on."""
        self.means = replace(self.means, **changes)  # type: ignore[arg-type] # named by the caller
        self.delivery = Delivery(self.means)

    async def tell(
        self,
        *receivers: str,
        kind: NoticeKind = NoticeKind.SHARED,
        workspace: str = TEAM,
        occurrence: str = "",
    ) -> None:
        """Write a notice to each of them, due now."""
        now = self.clock.now()
        notices = [
            Notice(kind, LOG, receiver, now, occurrence or uuid4().hex) for receiver in receivers
        ]
        await self.store.tell(workspace, notices)

    async def rows(self, workspace: str = TEAM) -> list[NoticeRow]:
        return await self.store.notices_of(workspace, LOG)

    async def row(self, workspace: str = TEAM) -> NoticeRow:
        (row,) = await self.rows(workspace)
        return row

    def messages(self, receiver: str = PEOPLE[0]) -> list[str]:
        return [message.body["text"] for message in self.ws.direct(receiver).messages]

    def keys(self) -> Iterator[str]:
        """The delivery key of each message that stands anywhere."""
        for conversation in self.ws.conversations:
            for message in conversation.messages:
                if message.metadata is not None:
                    yield message.metadata["event_payload"]["key"]

    def calls(self, method: str) -> int:
        return sum(1 for entry in self.ws.journal if entry.name == method)

    def pass_seconds(self, seconds: float) -> None:
        self.clock.advance(dt.timedelta(seconds=seconds))
        self.delivery.wake()

    @asynccontextmanager
    async def delivering(self) -> AsyncIterator[Delivery]:
        """Deliver in the background while the block lasts."""
        task = asyncio.create_task(self.delivery.run())
        try:
            yield self.delivery
        finally:
            await self.delivery.stop()
            await task


async def until(what: Callable[[], bool], patience: float = PATIENCE_SECONDS) -> float:
    """Wait until something is so; how many seconds it took."""
    began = time.monotonic()
    while not what():
        assert time.monotonic() < began + patience, "it never came to be so"
        await asyncio.sleep(0.01)
    return time.monotonic() - began


@asynccontextmanager
async def open_office(folder: Path, *, reads_history: bool = True) -> AsyncIterator[Office]:
    url = f"sqlite:///{folder / 'coachlog.db'}"
    await migrate(url)
    store = await Store.open(url)
    clock = Clock()
    ws = Workspace(team=Team(id=TEAM, name="Office", domain="office"), clock=clock)
    for user in PEOPLE:
        ws.add_user(User(id=user, name=user.lower(), real_name=user))
    ws.install(
        InstalledApp.from_manifest(
            manifest(command="/coach"),
            app_id="A0COACH",
            bot_token="xoxb-office",
            signing_secret="secret",
            declined_scopes=frozenset() if reads_history else frozenset({"im:history"}),
        )
    )
    limits, metrics = Limits(clock.epoch), Metrics()
    listener = socket.create_server(("127.0.0.1", 0))
    api_url = f"http://127.0.0.1:{listener.getsockname()[1]}/api/"
    async with (
        serve(ws, listener),
        http_session(Calls(api_url, limits, metrics.called)) as session,
    ):
        slacks = {TEAM: client(session, token="xoxb-office", api_url=api_url)}

        def slack(workspace: str) -> AsyncWebClient:
            if workspace not in slacks:
                raise NotInstalled(workspace)
            return slacks[workspace]

        means = Means(
            store=store,
            message_for=_plain,
            refused=_untold,
            plan=_nothing,
            slack=slack,
            limits=limits,
            metrics=metrics,
            now=clock.now,
            jitter=lambda: 0.0,
            reads_history=lambda _: reads_history,
            pace=0.0,
        )
        yield Office(ws, clock, store, means, slacks)
    await store.close()
