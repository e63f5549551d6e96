"""Whatever people press, in whatever order: Slack takes it all and no target is left alone."""

from __future__ import annotations

import random
from collections.abc import Mapping

import pytest

from coaching.log import Log, State
from coaching.notices import NoticeKind
from coaching.people import Act, Person, Role, may
from handlers.taking_over import teams_changed
from storage.outbox import NoticeState
from storage.store import TeamRow
from tests.flows.anybody import Anybody
from tests.flows.center import PEOPLE as PEOPLE_OF_CENTER
from tests.flows.center import TEAM, Center
from tests.flows.stored import shared

_NEVER_SENT = (NoticeState.CANCELLED, NoticeState.DROPPED)
STEPS = 250
PRESSING = ("U0SAM", "U0DANA", "U0MARCO", "U0LENA", "U0PRIYA", "U0IRIS")


@pytest.mark.parametrize("moving", [False, True])
@pytest.mark.parametrize("seed", [3, 14])
async def test_no_target_is_left_alone(center_anywhere: Center, seed: int, *, moving: bool) -> None:
    center, dice = center_anywhere, random.Random(seed)  # noqa: S311  no secret
    for agent, writer in (("U0DANA", "U0SAM"), ("U0MARCO", "U0SAM"), ("U0TOM", "U0PRIYA")):
        await shared(center, agent, by=writer)
    pressing = [Anybody(center, user, dice) for user in PRESSING]
    for _ in range(STEPS):
        if dice.random() < 0.05:
            center.pass_days(dice.choice((1, 7, 30)))
        if moving and dice.random() < 0.04:
            await _move_somebody(center, dice)
        await dice.choice(pressing).does_something()
    await center.program.delivery.once()
    assert center.refused == []
    people = await center.store.people(TEAM, [user for user, *_ in PEOPLE_OF_CENTER])
    for log in await _all_logs(center):
        assert await _is_seen_to(center, log, people), (log.reference, log.state)


async def _move_somebody(center: Center, dice: random.Random) -> None:
    """An agent goes to the other team, or a supervisor or lead joins one."""
    user, role = dice.choice(
        (
            *((agent, Role.AGENT) for agent in ("U0DANA", "U0MARCO", "U0TOM")),
            *((one, Role.SUPERVISOR) for one in ("U0SAM", "U0PRIYA")),
            ("U0IRIS", Role.LEAD),
        )
    )
    row = TeamRow(dice.choice(("Billing", "Retention")), role, user)
    result = await center.store.import_teams(TEAM, [row], "file", center.now)
    await teams_changed(center.store, TEAM, [user], center.now, moved=result.moved, actor="file")


async def _all_logs(center: Center) -> list[Log]:
    logs: list[Log] = []
    while log := await center.store.log_numbered(TEAM, len(logs) + 1):
        logs.append(log)
    return logs


async def _is_seen_to(center: Center, log: Log, people: Mapping[str, Person]) -> bool:
    """Whether the target is decided, goes on with somebody, or somebody is asked who may answer."""
    agent = people.get(log.agent or "")
    if log.state is State.CONTINUED:
        follow_on = await center.store.log(TEAM, log.continued_by or "")
        if follow_on is None or follow_on.state in (State.DISCARDED, State.VOIDED):
            return False
        writer = people[follow_on.supervisor]
        return follow_on.is_shared or may(writer, Act.WRITE, agent=agent, log=follow_on)
    if log.state is State.OPEN:
        asked = await _asked(center, log, NoticeKind.OUTCOME_DUE, NoticeKind.LEAD_DECIDES)
        act = Act.DECIDE
    elif log.awaits_response or log.awaits_answer:
        kind = NoticeKind.ESCALATED if log.awaits_response else NoticeKind.DISAGREEMENT
        asked, act = await _asked(center, log, kind), Act.ANSWER
    else:
        return True
    # What is not due yet goes to whoever sees to the log when it is.
    return any(
        state is NoticeState.NEW or may(people[user], act, agent=agent, log=log)
        for user, state in asked
    )


async def _asked(center: Center, log: Log, *kinds: NoticeKind) -> list[tuple[str, NoticeState]]:
    stored = await center.store.notices_of(TEAM, log.id)
    return [
        (row.receiver, row.state)
        for row in stored
        if row.kind in kinds and row.state not in _NEVER_SENT
    ]
