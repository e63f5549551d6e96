"""How these tests write logs: through the rules of coaching/, as handlers do."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from coaching.answers import acknowledge, add_view
from coaching.change import Change
from coaching.fields import Content, Value
from coaching.log import Log
from coaching.outcome import decide
from coaching.people import Role
from coaching.said import Agrees
from coaching.session import begin, void, write
from coaching.sharing import share
from storage.store import Profile, Store, TeamRow
from tests.coaching.cast import CRITERIA, DANA, LENA, SAM, SETTING, SMALLEST

WORKSPACE = "T0"
NOW = SETTING.now
MINUTE = dt.timedelta(minutes=1)
DAY = dt.timedelta(days=1)


def changed(answer: object) -> Change:
    """What must be a change and not a refusal, the first where there are several."""
    if isinstance(answer, list):
        answer = answer[0]
    assert isinstance(answer, Change), answer
    return answer


def first_save(
    log_id: str = "log1", /, *, workspace: str = WORKSPACE, content: Content | None = None
) -> Change:
    """The first save of a draft of Sam's about Dana."""
    whole: Content = {**SMALLEST, **(content or {})}
    log = begin(workspace=workspace, log_id=log_id, supervisor=SAM.user, now=NOW, content=whole)
    return changed(write(log, [], whole, actor=SAM, now=NOW))


def saving(log: Log, **content: Value) -> Change:
    """One more save of a draft."""
    return changed(write(log, [], {**log.content, **content}, actor=SAM, now=NOW))


def sharing(log: Log) -> Change:
    """Sharing, whatever other targets the agent has."""
    return replace(sharing_alone(log), beside=None)


def sharing_alone(log: Log) -> Change:
    """Sharing by somebody who knows of no other target."""
    return changed(share(log, agent=DANA, actor=SAM, setting=SETTING, others_open=()))


def acknowledging(log: Log, now: dt.datetime = NOW) -> Change:
    return changed(acknowledge(log, actor=DANA, now=now))


def voiding(log: Log) -> Change:
    return changed(void(log, "Wrong call", actor=SAM, now=NOW))


def disagreeing(log: Log) -> Change:
    return changed(
        add_view(
            log,
            Agrees.NO,
            "They had asked twice",
            about="summary",
            actor=DANA,
            leads=[LENA.user],
            now=NOW,
        )
    )


def deciding(log: Log, decision: str, *, new_log_id: str = "next") -> list[Change]:
    content = {**log.content, "looked_at": 10, "reached": 3, "decision": decision, "why": "So"}
    decided = decide(
        log,
        content,
        actor=SAM,
        criteria=CRITERIA,
        leads=[LENA],
        new_log_id=new_log_id,
        now=NOW,
    )
    assert isinstance(decided, list), decided
    return [changed(item) for item in decided]


async def draft(store: Store, log_id: str = "log1", **content: Value) -> Log:
    (log,) = await store.save(first_save(log_id, content=content))
    return log


async def opened(store: Store, log_id: str = "log1", **content: Value) -> Log:
    (log,) = await store.save(sharing(await draft(store, log_id, **content)))
    return log


async def about(store: Store, agent: str, log_id: str, **content: Value) -> Log:
    """An open log about another agent than Dana."""
    return await opened(store, log_id, agent=agent, **content)


def at(change: Change, now: dt.datetime) -> Change:
    return replace(change, at=now)


async def staff(store: Store) -> None:
    """Sam supervises Dana in Billing, Lena leads it."""
    people = [Profile(user=person.user, name=person.name) for person in (SAM, DANA, LENA)]
    await store.remember(WORKSPACE, people, NOW)
    rows = [
        TeamRow("Billing", Role.SUPERVISOR, SAM.user),
        TeamRow("Billing", Role.AGENT, DANA.user),
        TeamRow("Billing", Role.LEAD, LENA.user),
    ]
    await store.import_teams(WORKSPACE, rows, "file", NOW)
