"""Limits, pace, and one workspace beside another."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from itertools import pairwise
from pathlib import Path

import aiohttp
import pytest

from bot.delivery import BATCH
from bot.lanes import AT_ONCE
from bot.limits import Busy
from bot.slack import client, http_session
from storage.store import Claimed
from tests.bot.office import PEOPLE, TEAM, Office, open_office, until
from views.parts import Message

DANA, MARCO = PEOPLE[:2]
OTHER = "T0OTHER"


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    async with open_office(tmp_path) as opened:
        yield opened


async def test_nobody_calls_a_limited_method_before_it_is_over(office: Office) -> None:
    office.ws.faults.rate_limit("chat.postMessage", retry_after=60)
    await office.tell(DANA)
    await office.delivery.once()
    await office.tell(MARCO)
    await office.delivery.once()
    office.pass_seconds(30)
    await office.delivery.once()
    with pytest.raises(Busy):
        await office.slacks[TEAM].chat_postMessage(channel=DANA, text="Hello")
    assert office.calls("chat.postMessage") == 1
    assert {row.state for row in await office.rows()} == {"new"}
    # Waiting as asked is no failure.
    assert sorted(row.attempts for row in await office.rows()) == [0, 1]
    office.pass_seconds(61)
    await office.delivery.once()
    assert {row.state for row in await office.rows()} == {"sent"}


async def test_other_methods_and_workspaces_go_on_meanwhile(office: Office) -> None:
    words = "Please read"

    async def message_for(claimed: Claimed) -> Message:
        return Message(words if claimed.ts is None else "It is over", ())

    office.with_means(message_for=message_for)
    await office.tell(DANA)
    await office.delivery.once()
    office.ws.faults.rate_limit("chat.postMessage", retry_after=60)
    await office.tell(MARCO)
    await office.delivery.once()
    # The message that stands is updated, by another method.
    async with office.store.database.engine.begin() as connection:
        await connection.exec_driver_sql(
            "UPDATE notices SET stale = 1, wake_at = due_at WHERE state = 'sent'"
        )
    await office.delivery.once()
    assert office.messages(DANA) == ["It is over"]
    # Another workspace is another token.
    assert office.means.limits.left("xoxb-office", "chat.postMessage") > 0
    assert office.means.limits.left("xoxb-other", "chat.postMessage") == 0


async def test_a_handlers_call_waits_out_a_limit_that_another_call_met(office: Office) -> None:
    office.means.limits.remember("xoxb-office", "users.info", 0.2)
    slack = office.slacks[TEAM]
    patient = client(slack.session, token=slack.token, api_url=slack.base_url, patience=1)  # type: ignore[arg-type] # it was given one
    began = time.monotonic()
    assert (await patient.users_info(user=DANA))["ok"]
    assert time.monotonic() - began >= 0.19


async def test_a_handlers_write_is_not_repeated_when_its_answer_is_lost(office: Office) -> None:
    slack = office.slacks[TEAM]
    patient = client(slack.session, token=slack.token, api_url=slack.base_url, patience=1)  # type: ignore[arg-type] # it was given one
    office.ws.faults.drop_answer("chat.postMessage")
    with pytest.raises(aiohttp.ServerDisconnectedError):
        await patient.chat_postMessage(channel=DANA, text="Hello")
    assert office.messages(DANA) == ["Hello"]


async def test_one_conversation_gets_one_message_in_its_time(office: Office) -> None:
    office.with_means(pace=0.2)
    await office.tell(*[DANA] * 4, MARCO)
    began = time.monotonic()
    async with office.delivering():
        await until(lambda: bool(office.messages(MARCO)))
        assert time.monotonic() - began < 0.5
        await until(lambda: len(office.messages(DANA)) == 4)
    moments = [float(message.ts) for message in office.ws.direct(DANA).messages]
    assert all(after - before >= 0.19 for before, after in pairwise(moments))


async def test_many_for_one_receiver_hold_up_no_other(office: Office) -> None:
    office.with_means(pace=5.0)
    await office.tell(*[DANA] * (BATCH + AT_ONCE))
    await office.tell(MARCO)
    async with office.delivering():
        await until(lambda: bool(office.messages(MARCO)), 3.0)
    assert len(office.messages(DANA)) == 1


async def _never_answers(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        await asyncio.Event().wait()
    finally:
        writer.close()


async def test_a_workspace_that_is_slow_holds_up_nobody_else(office: Office) -> None:
    slow = await asyncio.start_server(_never_answers, "127.0.0.1", 0)
    port = slow.sockets[0].getsockname()[1]
    async with http_session() as session:
        address = f"http://127.0.0.1:{port}/api/"
        office.slacks[OTHER] = client(session, token="xoxb-other", api_url=address)
        await office.tell(*(f"U{number}" for number in range(60)), workspace=OTHER)
        await office.tell(*PEOPLE)
        async with office.delivering():
            took = await until(lambda: len(list(office.keys())) == len(PEOPLE), 3.0)
            held = [row for row in await office.rows(OTHER) if row.leased_until is not None]
            office.delivery.close()
            office.delivery._cut_off_at = 0.0
        slow.close()
    assert took < 2
    # And what it can't send, others may.
    assert len(held) <= BATCH + AT_ONCE


async def test_a_workspace_that_is_gone_is_asked_once_and_holds_up_nobody(office: Office) -> None:
    await office.tell(*[f"U{number}" for number in range(60)], workspace=OTHER)
    await office.tell(*PEOPLE)
    async with office.delivering():
        await until(lambda: len(list(office.keys())) == len(PEOPLE), 3.0)
    rows = await office.rows(OTHER)
    assert {row.state for row in rows} == {"new"}
    assert sum(row.attempts for row in rows) <= AT_ONCE
    assert [row for row in rows if row.leased_until is not None] == []


async def test_what_was_not_begun_is_given_back_at_once(office: Office) -> None:
    entered, go_on = asyncio.Event(), asyncio.Event()

    async def message_for(_: Claimed) -> Message:
        entered.set()
        await go_on.wait()
        return Message("Hello", ())

    office.with_means(message_for=message_for)
    await office.tell(*PEOPLE, *PEOPLE)
    async with office.delivering() as delivery:
        await entered.wait()
        stopping = asyncio.create_task(delivery.stop())
        await asyncio.sleep(0)
        again: list[Claimed] = []
        while not again:
            again = await office.store.claim(office.clock.now())
        go_on.set()
        await stopping
    rows = await office.rows()
    sent = [row for row in rows if row.state == "sent"]
    assert 1 <= len(sent) <= AT_ONCE
    assert len(sent) + len(again) + len(await office.store.claim(office.clock.now())) == len(rows)


async def _changed(office: Office) -> None:
    """What a change of the log does to a notice that a worker has."""
    async with office.store.database.engine.begin() as connection:
        await connection.exec_driver_sql("UPDATE notices SET touched = touched + 1")


async def test_a_change_while_it_is_on_its_way_needs_no_tick(office: Office) -> None:
    words = "Please read"

    async def message_for(_: Claimed) -> Message:
        return Message(words, ())

    office.with_means(message_for=message_for)
    office.ws.faults.slow_down("chat.postMessage", 0.3)
    await office.tell(DANA)
    async with office.delivering():
        await until(lambda: bool(office.messages()))
        await _changed(office)
        words = "It is over"
        await until(lambda: office.messages() == ["It is over"], 3.0)


async def test_a_change_before_it_is_on_its_way_needs_no_tick(office: Office) -> None:
    made: list[str] = []

    async def message_for(claimed: Claimed) -> Message | None:
        made.append(claimed.id)
        if len(made) == 1:
            await _changed(office)
        return Message("yesterday" if len(made) == 1 else "today", ())

    office.with_means(message_for=message_for)
    await office.tell(DANA)
    async with office.delivering():
        await until(lambda: bool(office.messages()), 3.0)
    assert office.messages() == ["today"]


async def test_a_reason_that_comes_back_needs_no_tick(office: Office) -> None:
    made: list[str] = []

    async def message_for(claimed: Claimed) -> Message | None:
        made.append(claimed.id)
        if len(made) == 1:
            await _changed(office)
            return None
        return Message("after all", ())

    office.with_means(message_for=message_for)
    await office.tell(DANA)
    async with office.delivering():
        await until(lambda: bool(office.messages()), 3.0)
