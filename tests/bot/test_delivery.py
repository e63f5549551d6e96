from __future__ import annotations

import asyncio
import datetime as dt
import time
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest
from structlog.testing import capture_logs

from coaching.change import Change
from coaching.entries import Setting
from coaching.fields import Content
from coaching.log import Log
from coaching.notices import NoticeKind
from coaching.session import begin, check_in, void, write
from coaching.sharing import share
from playground.testing.person import Message
from storage.outbox import NoticeRow
from tests.flows.center import TEAM, Center, open_center

SHARED = "Sam shared CL-1"
PATIENCE_SECONDS = 5.0


@pytest.fixture
async def center(tmp_path: Path) -> AsyncIterator[Center]:
    async with open_center(f"sqlite:///{tmp_path / 'coachlog.db'}") as opened:
        yield opened


async def shared_log(center: Center) -> Log:
    """A log that Sam has just shared with Dana; its notice is on its way."""
    now = center.clock.now()
    people = await center.store.people(TEAM, ["U0SAM", "U0DANA"])
    sam = people["U0SAM"]
    content: Content = {
        "agent": "U0DANA",
        "call": "8841",
        "moment": "03:12",
        "criterion": "c1",
        "score": "55",
        "target": "Ask the reason first",
        "follow_up_criterion": "c1",
        "threshold": "80",
        "calls": 10,
        "calls_reaching": 7,
        "review_by": (center.today + dt.timedelta(days=30)).isoformat(),
    }
    log = begin(workspace=TEAM, log_id=uuid4().hex, supervisor="U0SAM", now=now, content=content)
    written = write(log, (), content, actor=sam, now=now)
    assert isinstance(written, Change)
    setting = Setting(now, sam.zone, await center.store.criteria(TEAM))
    change = share(written.log, actor=sam, agent=people["U0DANA"], setting=setting, others_open=[])
    assert isinstance(change, Change)
    (stored,) = await center.store.save(change)
    return stored


async def notice(center: Center, log: Log, kind: NoticeKind) -> NoticeRow:
    (found,) = [row for row in await center.store.notices_of(TEAM, log.id) if row.kind is kind]
    return found


async def until(center: Center, log: Log, state: str, *, attempts: int = 0) -> NoticeRow:
    """The notice of the sharing, once it is in that state."""
    began = time.monotonic()
    while True:
        row = await notice(center, log, NoticeKind.SHARED)
        if row.state == state and row.attempts >= attempts and row.leased_until is None:
            return row
        assert time.monotonic() < began + PATIENCE_SECONDS, row
        await asyncio.sleep(0.02)


async def told(center: Center, words: str = SHARED) -> list[Message]:
    return [one for one in await center.dana.messages() if words in one.fallback]


def calls(center: Center, method: str) -> int:
    return sum(1 for entry in center.ws.journal if entry.name == method)


def move(center: Center, seconds: float) -> None:
    center.clock.advance(dt.timedelta(seconds=seconds))
    center.program.delivery.wake()


async def test_what_is_shared_is_told_at_once_and_only_once(center: Center) -> None:
    row = await until(center, await shared_log(center), "sent")
    assert row.channel is not None
    assert row.channel.startswith("D")
    assert len(await told(center)) == 1
    move(center, 3600)
    await center.program.delivery.once()
    assert len(await told(center)) == 1


async def test_a_lost_answer_is_looked_up_before_anything_is_posted_again(center: Center) -> None:
    center.ws.faults.drop_answer("chat.postMessage")
    log = await shared_log(center)
    await until(center, log, "unknown", attempts=1)
    assert len(await told(center)) == 1
    move(center, 5)
    row = await until(center, log, "sent")
    (message,) = await told(center)
    assert row.ts == message.body["ts"]
    assert calls(center, "conversations.history") == 1
    assert calls(center, "chat.postMessage") == 1


async def test_a_worker_that_died_after_posting_is_followed_by_one_that_looks(
    center: Center,
) -> None:
    log = await shared_log(center)
    posted = await until(center, log, "sent")
    # What is stored when a process dies between Slack's answer and the mark, its lease run out.
    async with center.store.database.engine.begin() as connection:
        await connection.exec_driver_sql(
            "UPDATE notices SET state = 'sending', ts = NULL, channel = NULL, shown = NULL,"
            " begun_at = due_at, wake_at = due_at, leased_until = due_at WHERE id = ?",
            (posted.id,),
        )
    move(center, 5)
    again = await until(center, log, "sent")
    assert again.ts == posted.ts
    assert calls(center, "conversations.history") == 1
    assert calls(center, "chat.postMessage") == 1


async def test_an_error_of_slack_is_tried_again_within_five_seconds(center: Center) -> None:
    center.ws.faults.answer_500("chat.postMessage")
    log = await shared_log(center)
    failed = await until(center, log, "unknown", attempts=1)
    assert failed.wake_at is not None
    assert failed.wake_at - center.clock.now() < dt.timedelta(seconds=5)
    move(center, 5)
    await until(center, log, "sent")
    assert len(await told(center)) == 1


async def test_the_retry_needs_no_tick(center: Center) -> None:
    center.ws.faults.rate_limit("chat.postMessage", retry_after=1)
    log = await shared_log(center)
    limited = await until(center, log, "new", attempts=1)
    assert limited.wake_at is not None
    assert limited.wake_at >= center.clock.now() + dt.timedelta(milliseconds=500)
    await until(center, log, "sent")
    assert len(await told(center)) == 1


async def test_it_backs_off(center: Center) -> None:
    center.ws.faults.answer_500("chat.postMessage", times=3)
    log = await shared_log(center)
    waits = []
    for attempt in range(1, 4):
        failed = await until(center, log, "unknown", attempts=attempt)
        assert failed.wake_at is not None
        waits.append((failed.wake_at - center.clock.now()).total_seconds())
        move(center, waits[-1] + 0.1)
    await until(center, log, "sent")
    assert waits[0] < waits[1] < waits[2] < 20
    assert len(await told(center)) == 1


async def test_what_our_set_up_refuses_is_still_owed(center: Center) -> None:
    app = center.ws.app
    center.ws.install(replace(app, has_messages_tab=False))
    log = await shared_log(center)
    faulty = await until(center, log, "new", attempts=1)
    assert faulty.wake_at is not None
    center.ws.install(app)
    move(center, 901)
    await until(center, log, "sent")
    assert len(await told(center)) == 1


async def test_a_deactivated_person_is_not_tried_again(center: Center) -> None:
    center.ws.update_user("U0DANA", deleted=True)
    await center.ws.settle()
    log = await shared_log(center)
    row = await until(center, log, "dropped")
    assert row.reason


async def test_a_message_that_was_deleted_is_not_updated_again(center: Center) -> None:
    log = await shared_log(center)
    row = await until(center, log, "sent")
    answer = await center.program.delivery.means.slack(TEAM).chat_delete(
        channel=str(row.channel), ts=str(row.ts)
    )
    assert answer["ok"]
    await _void(center, log)
    gone = await until(center, log, "dropped")
    assert gone.reason == "message_not_found"
    # The word of the void is a message of its own, which may still be on its way.
    await center.dana.message("CL-1")


async def _void(center: Center, log: Log) -> None:
    sam = (await center.store.people(TEAM, ["U0SAM"]))["U0SAM"]
    changes = void(log, "Wrong call", actor=sam, now=center.clock.now())
    assert isinstance(changes, list)
    await center.store.save(*changes)


async def test_a_message_follows_its_log(center: Center) -> None:
    log = await shared_log(center)
    await until(center, log, "sent")
    (message,) = await told(center)
    assert "Acknowledge" in message.buttons
    await _void(center, log)
    for _ in range(100):
        await message.refresh()
        if "Acknowledge" not in message.buttons:
            break
        await asyncio.sleep(0.02)
    assert "Acknowledge" not in message.buttons
    assert calls(center, "chat.update") == 1


async def test_a_change_that_shows_nowhere_updates_nothing(center: Center) -> None:
    log = await shared_log(center)
    await until(center, log, "sent")
    sam = (await center.store.people(TEAM, ["U0SAM"]))["U0SAM"]
    change = check_in(log, {"points": ("Heard it twice",)}, actor=sam, now=center.clock.now())
    assert isinstance(change, Change)
    await center.store.save(change)
    for _ in range(100):
        row = await notice(center, log, NoticeKind.SHARED)
        if not row.stale and row.leased_until is None:
            break
        await asyncio.sleep(0.02)
    assert not row.stale
    assert calls(center, "chat.update") == 0


async def test_a_token_that_is_revoked_parks_the_workspace_with_one_line(center: Center) -> None:
    slack = center.program.delivery.means.slack(TEAM)
    token, slack.token = slack.token, "xoxb-revoked"
    with capture_logs() as lines:
        log = await shared_log(center)
        parked = await until(center, log, "new", attempts=1)
        assert parked.wake_at is not None
        assert parked.wake_at > center.clock.now() + dt.timedelta(minutes=5)
        move(center, 700)
        await until(center, log, "new", attempts=2)
    said = [line for line in lines if line["event"] == "workspace.parked"]
    assert [line["reason"] for line in said] == ["invalid_auth"]
    slack.token = token
    move(center, 700)
    await until(center, log, "sent")
    assert len(await told(center)) == 1


async def test_the_outcome_is_asked_for_on_its_day(center: Center) -> None:
    log = await shared_log(center)
    await until(center, log, "sent")
    assert log.due_at is not None
    first = await center.store.next_due(center.clock.now())
    assert first is not None
    assert first < log.due_at
    move(center, (log.due_at - center.clock.now()).total_seconds() + 1)
    await center.sam.message("CL-1")


async def test_nothing_is_lost_when_the_program_stops_and_starts(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'coachlog.db'}"
    async with open_center(url) as center:
        center.ws.faults.answer_500("chat.postMessage", times=50)
        log = await shared_log(center)
        await until(center, log, "unknown", attempts=1)
    async with open_center(url) as center:
        move(center, 60)
        await until(center, log, "sent")
        assert len(await told(center)) == 1
