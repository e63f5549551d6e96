"""Logs that were shared, so that their agents are to be told."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from uuid import uuid4

from bot.program import system_now
from coaching.change import Change
from coaching.criteria import Criterion
from coaching.entries import Setting
from coaching.fields import Content
from coaching.people import Person, Role
from coaching.policy import Policy
from coaching.session import begin, write
from coaching.sharing import share
from coaching.worktime import Shift
from playground import User, Workspace
from storage.store import Profile, Store, TeamRow

CRITERION = Criterion("c1", "Discovery")
# Nobody waits for a shift, at whatever hour the tests run.
ALWAYS = (Shift(dt.time(0), dt.time(0)),) * 7


async def share_logs(
    store: Store,
    ws: Workspace,
    agents: int,
    *,
    each: int = 1,
    at: dt.datetime | None = None,
) -> list[str]:
    """Let Sam share `each` logs with each of so many new agents, now or at another time.

    Whatever they have open. The IDs of the logs.
    """
    now, team = at or system_now(), ws.team.id
    profiles = [Profile(user="U0SAM", name="Sam Okafor", tz="Europe/London")]
    rows = [TeamRow("Billing", Role.SUPERVISOR, "U0SAM")]
    for number in range(agents):
        user = f"U0A{number:03}"
        ws.add_user(User(id=user, name=f"agent{number}", real_name=f"Agent {number}"))
        profiles.append(Profile(user=user, name=f"Agent {number}"))
        rows.append(TeamRow("Billing", Role.AGENT, user))
    await store.remember(team, profiles, now)
    await store.import_teams(team, rows, "file", now)
    await store.add_criteria(team, [CRITERION], "file", now)
    sam = (await store.people(team, ["U0SAM"]))["U0SAM"]
    # No digest comes between, on whatever day the tests run.
    policy = Policy(week=ALWAYS, digest_weekday=(system_now().weekday() + 3) % 7)
    for billing in sam.teams_as(Role.SUPERVISOR):
        await store.set_policy(team, billing, policy, actor="file", now=now)
    return [
        await _share(store, team, profile.user, now)
        for _ in range(each)
        for profile in profiles[1:]
    ]


async def _share(store: Store, team: str, agent: str, now: dt.datetime) -> str:
    sam = (await store.people(team, ["U0SAM"]))["U0SAM"]
    content: Content = {
        "agent": agent,
        "call": "8841",
        "moment": "03:12",
        "criterion": "c1",
        "score": "55",
        "target": "Ask the reason first",
        "follow_up_criterion": "c1",
        "threshold": "80",
        "calls": 10,
        "calls_reaching": 7,
        "review_by": (now.date() + dt.timedelta(days=30)).isoformat(),
    }
    log = begin(workspace=team, log_id=uuid4().hex, supervisor="U0SAM", now=now, content=content)
    written = write(log, (), content, actor=sam, now=now)
    assert isinstance(written, Change), written
    setting = Setting(now, sam.zone, await store.criteria(team))
    to = Person(user=agent, name=agent, hours=ALWAYS)
    change = share(written.log, agent=to, actor=sam, setting=setting, others_open=[])
    assert isinstance(change, Change), change
    (stored,) = await store.save(replace(change, beside=None))
    return stored.id
