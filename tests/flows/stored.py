"""Logs that are there already: stored through the rules, as the forms would, in one go."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace

from bot.program import new_id
from coaching.change import Change
from coaching.elements import WALK
from coaching.entries import Setting
from coaching.fields import Value
from coaching.log import Log
from coaching.outcome import decide
from coaching.people import Person
from coaching.session import begin, write
from coaching.sharing import share
from tests.flows.center import TEAM, Center

WHOLE: dict[str, Value] = {
    "call": "8841",
    "moment": "03:12",
    "criterion": "c1",
    "score": "55",
    "observed": "Gave the cancellation fee without asking why",
    "target": "Ask the reason for cancelling before naming the fee",
    "points": ("Played 03:12 back", "The fee came before the reason", "Dana will ask first"),
    "follow_up_criterion": "c1",
    "threshold": "80",
    "calls": 10,
    "calls_reaching": 7,
}


async def drafted(
    center: Center,
    agent: str = "U0DANA",
    *,
    by: str = "U0SAM",
    without: Iterable[str] = (),
    **more: Value,
) -> Log:
    """A draft with everything but what it is to be without."""
    now = center.clock.now()
    review_by = (center.today + dt.timedelta(days=30)).isoformat()
    whole: dict[str, Value] = {"agent": agent, "review_by": review_by, **WHOLE, **more}
    content = {key: value for key, value in whole.items() if key not in set(without)}
    log = begin(workspace=TEAM, log_id=new_id(), supervisor=by, now=now, content={})
    return await _stored(
        center, write(log, WALK, content, actor=await _person(center, log.supervisor), now=now)
    )


async def shared(
    center: Center,
    agent: str = "U0DANA",
    *,
    by: str = "U0SAM",
    without: Iterable[str] = (),
    **more: Value,
) -> Log:
    """A log that was shared with its agent, who is told."""
    return await share_now(center, await drafted(center, agent, by=by, without=without, **more))


async def share_now(center: Center, log: Log) -> Log:
    """Share a draft with its agent, who is told."""
    agent = log.agent or ""
    actor = await _person(center, log.supervisor)
    setting = Setting(center.clock.now(), actor.zone, await center.store.criteria(TEAM))
    people = await center.store.people(TEAM, [agent])
    answer = share(log, actor=actor, agent=people[agent], setting=setting, others_open=())
    assert isinstance(answer, Change), answer
    # Whatever other targets the agent has.
    return await _stored(center, replace(answer, beside=None))


async def decided_on(center: Center, log: Log, decision: str, *, by: str = "") -> Log:
    """The log with that decision of its supervisor's, ten calls looked at and four good enough.

    `by` is who decides in their place.
    """
    actor = await _person(center, by or log.supervisor)
    figures: dict[str, Value] = {"looked_at": 10, "reached": 4, "decision": decision, "why": "So"}
    decided = decide(
        log,
        {**log.content, **figures},
        actor=actor,
        criteria=await center.store.criteria(TEAM),
        leads=await center.store.leads_of(TEAM, log.agent or ""),
        new_log_id=new_id(),
        now=center.clock.now(),
        writer=actor.user,
    )
    assert isinstance(decided, list), decided
    (stored, *_) = await center.store.save(*(item for item in decided if isinstance(item, Change)))
    return stored


async def _person(center: Center, user: str) -> Person:
    return (await center.store.people(TEAM, [user]))[user]


async def _stored(center: Center, answer: object) -> Log:
    assert isinstance(answer, Change), answer
    (log,) = await center.store.save(answer)
    return log
