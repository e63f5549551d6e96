"""Filling the playground: people, criteria, and a history written through the domain itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.seed_people import CRITERIA, LENA, PEOPLE
from bot.seed_stories import STORIES, Story
from coaching import answers, outcome, session
from coaching.change import Change
from coaching.criteria import Criterion
from coaching.entries import Setting
from coaching.fields import Value
from coaching.follow_up import next_weekday
from coaching.log import Agrees, Log, Ruling
from coaching.notices import NoticeKind
from coaching.people import Person
from storage.people import Profile
from storage.store import Store, TeamRow

ACTOR = "seed"
_MORNING = dt.time(10, 30)


async def seed(
    store: Store, workspace: str, *, now: dt.datetime, new_id: Callable[[], str]
) -> None:
    """Write the people and three months of logs that end at `now` (UTC)."""
    profiles = [
        Profile(
            user=one.user,
            name=one.real_name,
            first_name=one.real_name.partition(" ")[0],
            tz=one.tz,
            email=f"{one.name}@northwind.example",
        )
        for one in PEOPLE
    ]
    await store.remember(workspace, profiles, now)
    rows = [TeamRow(team, role, one.user) for one in PEOPLE for team, role in one.roles]
    await store.import_teams(workspace, rows, ACTOR, now)
    await store.add_criteria(workspace, CRITERIA, ACTOR, now)
    people = await store.people(workspace, [one.user for one in PEOPLE])
    criteria = {item.id: item for item in CRITERIA}
    for story in STORIES:
        await _tell(store, workspace, story, people, criteria, now=now, new_id=new_id)


async def _tell(
    store: Store,
    workspace: str,
    story: Story,
    people: Mapping[str, Person],
    criteria: Mapping[str, Criterion],
    *,
    now: dt.datetime,
    new_id: Callable[[], str],
) -> None:
    supervisor, agent, lead = people[story.supervisor], people[story.agent], people[LENA]
    day = now.astimezone(supervisor.zone).date() - dt.timedelta(days=story.days_ago)
    held = dt.datetime.combine(day, _MORNING, supervisor.zone).astimezone(dt.UTC)
    content = _content(story, held)
    log = session.begin(
        workspace=workspace,
        log_id=new_id(),
        supervisor=supervisor.user,
        now=held,
        content=content,
    )
    written = _change(session.write(log, (), content, actor=supervisor, now=held))
    if story.is_draft:
        await store.save(written)
        return
    setting = Setting(held, supervisor.zone, criteria)
    log = await _save(
        store, session.share(written.log, actor=supervisor, setting=setting, others_open=[])
    )
    read_at = held + dt.timedelta(hours=2)
    if story.disagrees:
        log = await _save(
            store,
            answers.add_view(
                log,
                Agrees.NO,
                story.disagrees,
                about="summary",
                actor=agent,
                leads=[lead.user],
                now=read_at,
            ),
        )
        log = await _save(
            store,
            answers.answer_disagreement(
                log, Ruling.STANDS, story.lead_says, actor=lead, now=read_at + dt.timedelta(days=1)
            ),
        )
    elif story.is_acknowledged:
        log = await _save(
            store, answers.acknowledge(log, actor=agent, now=read_at, own_words=story.own_words)
        )
    if story.outcome is not None and log.due_at is not None:
        looked_at, reached, decision = story.outcome
        figures: dict[str, Value] = {
            "looked_at": looked_at,
            "reached": reached,
            "heard": "yes" if decision == "close" else "partly",
            "decision": decision,
        }
        if story.why:
            figures["why"] = story.why
        decided = outcome.decide(
            log,
            {**log.content, **figures},
            actor=supervisor,
            criteria=criteria,
            leads=[lead],
            new_log_id=new_id(),
            now=log.due_at + dt.timedelta(hours=1),
        )
        if not isinstance(decided, list):
            raise TypeError(decided)
        await store.save(*(_quietly(_change(item)) for item in decided))


def _content(story: Story, held: dt.datetime) -> dict[str, Value]:
    reaching, calls = story.plan
    content: dict[str, Value] = {
        "agent": story.agent,
        "call": story.call,
        "moment": story.moment,
        "criterion": story.criterion.id,
        "score": story.score,
        "session_at": int(held.timestamp()),
        "observed": story.observed,
        "target": story.target,
        "follow_up_criterion": story.criterion.id,
        "threshold": story.threshold,
        "calls": calls,
        "calls_reaching": reaching,
        "review_by": next_weekday(held.date() + dt.timedelta(days=story.runs)).isoformat(),
    }
    if story.points:
        content["points"] = story.points
    return content


async def _save(store: Store, answer: object) -> Log:
    (log,) = await store.save(_quietly(_change(answer)))
    return log


def _change(answer: object) -> Change:
    if not isinstance(answer, Change):
        raise TypeError(f"A story can't be told: {answer}")
    return answer


def _quietly(change: Change) -> Change:
    """The change without its messages, which are history; only the outcome is still asked for."""
    kept = tuple(item for item in change.notices if item.kind is NoticeKind.OUTCOME_DUE)
    return replace(change, notices=kept)
