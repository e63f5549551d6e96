"""Processes that start together after an outage: nobody gets a letter for each of them."""

from __future__ import annotations

import asyncio
import datetime as dt
import socket
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from bot.program import new_id, running
from coaching.people import Role
from coaching.policy import Policy
from storage.store import Store, Timetable
from tests.flows.center import PACE, TEAM, Center, Place, open_place, started
from tests.flows.mornings import told
from tests.flows.stored import shared

_PATIENCE_SECONDS = 20.0


class Slow(Store):
    """A store that has to wait before it keeps a timetable."""

    def __init__(self, *arguments: object) -> None:
        super().__init__(*arguments)  # type: ignore[arg-type] # as its parent
        self.begun, self.may_go_on = asyncio.Event(), asyncio.Event()

    async def settle(self, made: Sequence[Timetable], now: dt.datetime) -> None:
        self.begun.set()
        await self.may_go_on.wait()
        await super().settle(made, now)


@asynccontextmanager
async def _slow(place: Place) -> AsyncIterator[Slow]:
    """CoachLog runs there once more, and waits with the first timetables that it has made."""
    store = await Slow.open(place.settings.database_url, new_id=new_id)
    assert isinstance(store, Slow)
    listener = socket.create_server(("127.0.0.1", 0))
    try:
        async with running(
            place.settings, store, now=place.clock.now, listener=listener, pace=PACE
        ):
            await store.begun.wait()
            try:
                yield store
            finally:
                store.may_go_on.set()
    finally:
        await store.close()


async def _agree(place: Place, policy: Policy) -> None:
    """The team agrees on something else while the program is off."""
    store = await Store.open(place.settings.database_url)
    try:
        sam = (await store.people(TEAM, ["U0SAM"]))["U0SAM"]
        (team,) = sam.teams_as(Role.SUPERVISOR)
        await store.set_policy(TEAM, team, policy, actor="file", now=place.clock.now())
    finally:
        await store.close()


async def _received(center: Center) -> dict[str, int]:
    people = ("U0SAM", "U0DANA", "U0MARCO", "U0LENA")
    return {user: len(await center.person(user).messages()) for user in people}


async def _is_anything_left(center: Center) -> bool:
    """To plan or to tell, now or a moment later, by either process."""
    is_planning = await center.store.is_planning(TEAM, center.now)
    outlook = await center.store.outlook(center.now + dt.timedelta(seconds=10))
    return is_planning or bool(outlook.due or outlook.sending or outlook.unknown)


async def test_a_letter_waits_for_what_another_process_is_planning(postgresql_url: str) -> None:
    async with open_place(postgresql_url) as place:
        async with started(place) as center:
            for agent in ("U0DANA", "U0MARCO"):
                await shared(center, agent, review_by="2026-12-01")
            await told(center)
            before = await _received(center)
        place.clock.advance(dt.timedelta(days=14))
        await _agree(place, Policy(overdue_days=(1, 3)))
        async with _slow(place) as other, started(place) as center:
            await center.program.delivery.once()
            assert await _received(center) == before, "it did not wait"
            other.may_go_on.set()
            async with asyncio.timeout(_PATIENCE_SECONDS):
                while await _is_anything_left(center):  # noqa: ASYNC110 - sets no event
                    await asyncio.sleep(0.02)
            assert await _received(center) == {user: number + 1 for user, number in before.items()}
            letter = (await center.sam.messages())[-1]
            assert "CL-1" in letter.text
            assert "CL-2" in letter.text
            assert not center.refused
