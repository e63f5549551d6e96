"""An answer that was lost: looked up, told again, or left at that."""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.sending import MOST_FAULTS
from bot.slack import client, http_session
from coaching.notices import NoticeKind
from playground.posting import say
from storage.store import Claimed
from tests.bot.office import PEOPLE, TEAM, Office, open_office, until
from views.parts import Message

DANA = PEOPLE[0]


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    async with open_office(tmp_path) as opened:
        yield opened


@pytest.fixture
async def blind(tmp_path: Path) -> AsyncIterator[Office]:
    """Where direct messages can't be read back."""
    async with open_office(tmp_path, reads_history=False) as opened:
        yield opened


async def _send(office: Office, kind: NoticeKind = NoticeKind.SHARED) -> None:
    await office.tell(DANA, kind=kind)
    await office.delivery.once()


async def test_a_message_that_was_posted_is_found_far_back(office: Office) -> None:
    office.ws.faults.drop_answer("chat.postMessage")
    await _send(office)
    assert (await office.row()).state == "unknown"
    dana = office.ws.acting(DANA)
    for number in range(250):
        say(office.ws, office.ws.direct(DANA), dana, f"Hello {number}")
    office.pass_seconds(5)
    await office.delivery.once()
    row = await office.row()
    assert row.state == "sent"
    assert len(list(office.keys())) == 1
    assert office.calls("conversations.history") == 3
    # What it shows isn't known, so it is brought up to date.
    assert office.calls("chat.update") == 1


async def test_one_that_was_not_is_posted_with_the_same_key(office: Office) -> None:
    office.ws.faults.answer_500("chat.postMessage")
    await _send(office)
    key = (await office.row()).key
    office.pass_seconds(5)
    await office.delivery.once()
    assert list(office.keys()) == [key]
    assert office.calls("conversations.history") == 1


async def test_it_is_not_looked_up_before_it_can_be_seen(office: Office) -> None:
    await office.tell(DANA)
    (claimed,) = await office.store.claim(office.clock.now())
    assert await office.store.sending(claimed, office.clock.now()) is not None
    # A worker died, and another one started at once.
    await office.store.release_leases()
    await office.delivery.once()
    assert office.calls("conversations.history") == 0
    office.pass_seconds(5)
    await office.delivery.once()
    assert (await office.row()).state == "sent"


async def test_a_refused_connection_posted_nothing(office: Office) -> None:
    async with http_session() as session:
        nobody = client(session, token="xoxb-office", api_url="http://127.0.0.1:1/api/")
        there, office.slacks[TEAM] = office.slacks[TEAM], nobody
        await _send(office)
    row = await office.row()
    assert (row.state, row.attempts, row.begun_at) == ("new", 1, None)
    office.slacks[TEAM] = there
    office.pass_seconds(5)
    await office.delivery.once()
    assert (await office.row()).state == "sent"
    assert office.calls("conversations.history") == 0


@pytest.mark.parametrize("fault", ["rate_limit", "deny"])
async def test_what_slack_refused_needs_no_look(office: Office, fault: str) -> None:
    if fault == "deny":
        office.slacks[TEAM].token = "xoxb-revoked"
    else:
        office.ws.faults.rate_limit("chat.postMessage", retry_after=60)
    await _send(office)
    assert (await office.row()).state == "new"
    office.slacks[TEAM].token = "xoxb-office"
    office.pass_seconds(700)
    await office.delivery.once()
    assert (await office.row()).state == "sent"
    assert office.calls("conversations.history") == 0


async def test_one_whose_reason_went_meanwhile_is_found_all_the_same(office: Office) -> None:
    gone = False

    async def message_for(claimed: Claimed) -> Message | None:
        if claimed.ts is None and gone:
            return None
        return Message("It is over" if gone else "Please read", ())

    office.with_means(message_for=message_for)
    office.ws.faults.drop_answer("chat.postMessage")
    await _send(office)
    gone = True
    office.pass_seconds(5)
    await office.delivery.once()
    assert office.messages() == ["It is over"]
    assert (await office.row()).state == "sent"


async def test_without_the_scope_what_nothing_follows_up_is_posted_again(blind: Office) -> None:
    blind.ws.faults.drop_answer("chat.postMessage")
    await _send(blind, NoticeKind.SHARED)
    blind.pass_seconds(5)
    await blind.delivery.once()
    assert (await blind.row()).state == "sent"
    assert len(blind.messages()) == 2
    assert len(set(blind.keys())) == 1


async def test_without_the_scope_a_reminder_is_left_at_that(blind: Office) -> None:
    blind.ws.faults.drop_answer("chat.postMessage")
    await _send(blind, NoticeKind.OUTCOME_DUE)
    blind.pass_seconds(5)
    await blind.delivery.once()
    row = await blind.row()
    assert (row.state, row.wake_at) == ("unknown", None)
    blind.pass_seconds(86_400)
    await blind.delivery.once()
    assert len(blind.messages()) == 1
    (trouble,) = await blind.store.troubles()
    assert (trouble.state, trouble.kind, trouble.count) == ("unknown", NoticeKind.OUTCOME_DUE, 1)


async def test_a_message_that_cannot_be_made_is_parked_and_holds_up_nobody(
    office: Office,
) -> None:
    is_broken = True

    async def message_for(claimed: Claimed) -> Message:
        if is_broken and claimed.receiver == DANA:
            raise ZeroDivisionError("words of somebody")
        return Message("Hello", ())

    office.with_means(message_for=message_for)
    await office.tell(DANA, PEOPLE[1])
    for _ in range(MOST_FAULTS - 1):
        await office.delivery.once()
        assert {row.state for row in await office.rows()} == {"new", "sent"}
        office.pass_seconds(1801)
    await office.delivery.once()
    (parked,) = [row for row in await office.rows() if row.receiver == DANA]
    assert (parked.state, parked.wake_at, parked.reason) == ("parked", None, "ZeroDivisionError")
    assert office.messages(PEOPLE[1]) == ["Hello"]
    is_broken = False
    await office.delivery.once()
    assert not office.messages()
    await office.store.unpark()
    await office.delivery.once()
    assert office.messages() == ["Hello"]


async def test_half_a_character_is_our_fault_and_is_not_given_up(office: Office) -> None:
    async def message_for(_: Claimed) -> Message:
        return Message("half \ud83d", ())

    office.with_means(message_for=message_for)
    await _send(office)
    row = await office.row()
    assert (row.state, row.faults, row.reason) == ("new", 1, "invalid_json")


async def test_an_outage_never_parks(office: Office) -> None:
    office.ws.faults.answer_500("chat.postMessage", times=20)
    await office.tell(DANA)
    for _ in range(MOST_FAULTS * 4):
        await office.delivery.once()
        office.pass_seconds(1400)
    await office.delivery.once()
    assert (await office.row()).state == "sent"
    assert len(list(office.keys())) == 1


async def test_a_failure_is_tried_again_ever_later(office: Office) -> None:
    async def message_for(_: Claimed) -> Message:
        raise ZeroDivisionError

    office.with_means(message_for=message_for)
    await office.tell(DANA)
    waits: list[dt.timedelta] = []
    for _ in range(MOST_FAULTS - 1):
        await office.delivery.once()
        row = await office.row()
        assert row.wake_at is not None
        waits.append(row.wake_at - office.clock.now())
        office.pass_seconds(waits[-1].total_seconds() + 1)
    assert waits == sorted(waits)
    assert waits[-1] > dt.timedelta(minutes=25)


async def test_a_lease_that_ends_while_slack_is_slow_posts_nothing_twice(blind: Office) -> None:
    blind.ws.faults.slow_down("chat.postMessage", 0.5)
    await blind.tell(DANA)
    async with blind.delivering():
        await until(lambda: bool(blind.messages()))
        # As where a machine slept: this process itself finds the lease that it holds at its end.
        blind.pass_seconds(60)
        await until(lambda: blind.delivery._lanes.is_idle)
        assert (await blind.row()).state == "sent"
    assert len(blind.messages()) == 1
