"""The end of a real process: what is in flight is finished, the rest may be taken up at once."""

from __future__ import annotations

import time
from itertools import count

import pytest

from coaching.notices import NoticeKind
from storage.store import NoticeRow
from tests.bot.commands import started
from tests.bot.north import North
from tests.bot.notices import share_logs
from tests.bot.office import until

IN_TIME = 10.0


async def _rows(north: North) -> list[NoticeRow]:
    async with north.store() as store:
        found = []
        for number in count(1):
            log = await store.log_numbered(north.ws.team.id, number)
            if log is None:
                break
            notices = await store.notices_of(north.ws.team.id, log.id)
            found += [row for row in notices if row.kind is NoticeKind.SHARED]
        return found


def _arrived(north: North) -> list[str]:
    """The delivery keys of what Slack took."""
    return [
        message.metadata["event_payload"]["key"]
        for conversation in north.ws.conversations
        for message in conversation.messages
        if message.metadata is not None
    ]


@pytest.mark.parametrize(("slow", "ends_within"), [(2.0, 6.0), (14.0, IN_TIME)])
async def test_it_ends_in_time_however_slow_slack_is(
    north: North, slow: float, ends_within: float
) -> None:
    assert (await north.run("migrate")).code == 0
    async with north.store() as store:
        await share_logs(store, north.ws, 30)
    north.ws.faults.slow_down("chat.postMessage", slow)
    async with started("run", folder=north.folder, **north.environment) as running:
        await until(lambda: bool(_arrived(north)))
        began = time.monotonic()
        ended = await running.stop()
        took = time.monotonic() - began
    assert ended.code == 0
    assert "Traceback" not in ended.err
    assert took < ends_within
    rows = await _rows(north)
    assert len(rows) == 30
    in_flight = [row for row in rows if row.state == ("sent" if slow < 8 else "sending")]
    left = [row for row in rows if row.state == "new"]
    # Slack took what was in flight, and nothing else.
    assert sorted(row.key for row in in_flight) == sorted(_arrived(north))
    assert len(in_flight) + len(left) == len(rows)
    # What was not begun may be claimed by anybody, now.
    assert {row.leased_until for row in left} == {None}
    north.ws.faults.slow_down("chat.postMessage", 0.0)
    async with started("run", folder=north.folder, **north.environment) as running:
        await running.says("ready")
        for _ in rows:
            if {row.state for row in await _rows(north)} == {"sent"}:
                break
            await running.says("notice.sent")
    assert sorted(_arrived(north)) == sorted(row.key for row in rows)
