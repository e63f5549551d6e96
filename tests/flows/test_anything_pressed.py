"""Whatever people press, in whatever order: Slack takes it all and no target is left alone."""

from __future__ import annotations

import random

import pytest

from coaching.log import Log, State
from coaching.notices import NoticeKind
from storage.outbox import NoticeState
from tests.flows.anybody import Anybody
from tests.flows.center import TEAM, Center
from tests.flows.stored import shared

_NEVER_SENT = (NoticeState.CANCELLED, NoticeState.DROPPED)
STEPS = 250
PEOPLE = ("U0SAM", "U0DANA", "U0MARCO", "U0LENA", "U0PRIYA", "U0IRIS")


@pytest.mark.parametrize("seed", [3, 14, 15])
async def test_no_target_is_left_alone(center_anywhere: Center, seed: int) -> None:
    center, dice = center_anywhere, random.Random(seed)  # noqa: S311  no secret
    for agent, writer in (("U0DANA", "U0SAM"), ("U0MARCO", "U0SAM"), ("U0TOM", "U0PRIYA")):
        await shared(center, agent, by=writer)
    people = [Anybody(center, user, dice) for user in PEOPLE]
    for _ in range(STEPS):
        if dice.random() < 0.05:
            center.pass_days(dice.choice((1, 7, 30)))
        await dice.choice(people).does_something()
    assert center.refused == []
    for log in await _all_logs(center):
        assert await _who_is_asked(center, log), (log.reference, log.state)


async def _all_logs(center: Center) -> list[Log]:
    logs: list[Log] = []
    while log := await center.store.log_numbered(TEAM, len(logs) + 1):
        logs.append(log)
    return logs


async def _who_is_asked(center: Center, log: Log) -> bool:
    """Whether the target is decided, goes on, or somebody was or will be asked for it."""
    if log.state is State.CONTINUED:
        follow_on = await center.store.log(TEAM, log.continued_by or "")
        return follow_on is not None and follow_on.state not in (State.DISCARDED, State.VOIDED)
    if log.state is State.OPEN:
        return await _told(center, log, NoticeKind.OUTCOME_DUE, NoticeKind.LEAD_DECIDES)
    if log.awaits_response:
        return await _told(center, log, NoticeKind.ESCALATED)
    return not log.awaits_answer or await _told(center, log, NoticeKind.DISAGREEMENT)


async def _told(center: Center, log: Log, *kinds: NoticeKind) -> bool:
    stored = await center.store.notices_of(TEAM, log.id)
    return any(row.kind in kinds and row.state not in _NEVER_SENT for row in stored)
