"""Filling the playground: people, criteria, and a history written through the domain itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from bot import seed_billing, seed_retention
from bot.seed_people import CRITERIA, LENA, PEOPLE
from bot.seed_story import Story
from coaching import answers, outcome, session, sharing
from coaching.change import Change
from coaching.criteria import Criterion
from coaching.entries import Setting
from coaching.fields import Content, Value
from coaching.log import Log
from coaching.people import Person
from coaching.said import Agrees, Ruling, Support
from coaching.worktime import next_weekday
from storage.people import Profile
from storage.store import Store, TeamRow

ACTOR = "seed"
_HOUR, _DAY = dt.timedelta(hours=1), dt.timedelta(days=1)
_MORNING = dt.time(10, 30)
_FRIDAY = 4


@dataclass(frozen=True, slots=True)
class _Step:
    """Something that somebody did to a log, at that time."""

    at: dt.datetime
    make: Callable[[Log], object]


@dataclass(frozen=True, slots=True)
class _Cast:
    """The people and the criteria of one story."""

    supervisor: Person
    agent: Person
    lead: Person
    criteria: Mapping[str, Criterion]
    new_id: Callable[[], str]


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
            is_admin=one.is_admin,
        )
        for one in PEOPLE
    ]
    await store.remember(workspace, profiles, now)
    rows = [TeamRow(team, role, one.user) for one in PEOPLE for team, role in one.roles]
    await store.import_teams(workspace, rows, ACTOR, now)
    for one in PEOPLE:
        if one.hours is not None:
            await store.set_hours(workspace, one.user, one.hours, frozenset(), actor=ACTOR, now=now)
    await store.add_criteria(workspace, CRITERIA, ACTOR, now)
    people = await store.people(workspace, [one.user for one in PEOPLE])
    criteria = {item.id: item for item in CRITERIA}
    logs: list[Log] = []
    steps: list[tuple[dt.datetime, int, _Step]] = []
    for number, story in enumerate((*seed_billing.STORIES, *seed_retention.STORIES)):
        cast = _Cast(people[story.supervisor], people[story.agent], people[LENA], criteria, new_id)
        held = _held(story, cast.supervisor, now)
        logs.append(_begun(workspace, story, held, new_id()))
        steps += [(step.at, number, step) for step in _steps(story, cast, held)]
    # All in the order in which it happened, as the audit trail would have seen it.
    for at, number, step in sorted(steps, key=lambda one: one[:2]):
        if at <= now:
            saved = await store.save(*_quietly(step.make(logs[number])))
            logs[number] = saved[0]


def _held(story: Story, supervisor: Person, now: dt.datetime) -> dt.datetime:
    """The session's time: a weekday's morning, where the supervisor is."""
    day = now.astimezone(supervisor.zone).date() - story.days_ago * _DAY
    while day.weekday() > _FRIDAY:
        day -= _DAY
    return dt.datetime.combine(day, _MORNING, supervisor.zone).astimezone(dt.UTC)


def _begun(workspace: str, story: Story, held: dt.datetime, log_id: str) -> Log:
    return session.begin(
        workspace=workspace,
        log_id=log_id,
        supervisor=story.supervisor,
        now=held,
        content=_content(story, held),
    )


def _content(story: Story, held: dt.datetime) -> Content:
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
        "review_by": next_weekday(held.date() + story.runs * _DAY).isoformat(),
    }
    if story.points:
        content["points"] = story.points
    if story.quote:
        content["quote"] = story.quote
    if story.step is not None:
        content["step_who"], content["step_what"] = story.step
        content["step_by"] = next_weekday(held.date() + 7 * _DAY).isoformat()
    return content


def _steps(story: Story, cast: _Cast, held: dt.datetime) -> Iterator[_Step]:
    sam, zone = cast.supervisor, cast.supervisor.zone
    yield _Step(held, lambda log: session.write(log, (), log.content, actor=sam, now=held))
    if story.is_draft:
        return
    shared_at = held + _HOUR / 2
    setting = Setting(shared_at, zone, cast.criteria)
    yield _Step(
        shared_at,
        lambda log: sharing.share(
            log, actor=sam, agent=cast.agent, setting=setting, others_open=[]
        ),
    )
    yield from _agents_steps(story, cast, held + 2 * _HOUR)
    if story.check_in:
        at = held + 8 * _DAY
        said: Content = {"points": story.check_in}
        yield _Step(at, lambda log: session.check_in(log, said, actor=sam, now=at))
    if story.step_is_done:
        done_at = held + 2 * _DAY
        yield _Step(
            done_at, lambda log: session.answer_step(log, 0, done=True, actor=sam, now=done_at)
        )
    due = dt.datetime.combine(
        next_weekday(held.date() + story.runs * _DAY), _MORNING, zone
    ).astimezone(dt.UTC)
    yield from _outcome_steps(story, cast, due)


def _agents_steps(story: Story, cast: _Cast, at: dt.datetime) -> Iterator[_Step]:
    dana, lena = cast.agent, cast.lead
    if story.disagrees:
        yield _Step(
            at,
            lambda log: answers.add_view(
                log,
                Agrees.NO,
                story.disagrees,
                about="summary",
                actor=dana,
                leads=[lena.user],
                now=at,
            ),
        )
    elif story.is_acknowledged:
        yield _Step(
            at,
            lambda log: answers.acknowledge(log, actor=dana, now=at, own_words=story.own_words),
        )
    if story.lead_says:
        next_day = at + _DAY
        yield _Step(
            next_day,
            lambda log: answers.answer_disagreement(
                log, Ruling.STANDS, story.lead_says, actor=lena, now=next_day
            ),
        )


def _outcome_steps(story: Story, cast: _Cast, due: dt.datetime) -> Iterator[_Step]:
    sam, lena, criteria = cast.supervisor, cast.lead, cast.criteria
    if story.extended is not None:
        looked_at, reached = story.extended
        figures: Content = {"looked_at": looked_at, "reached": reached}
        yield _Step(
            due,
            lambda log: outcome.record_figures(
                log,
                {**log.content, **figures},
                actor=sam,
                criteria=criteria,
                leads=[lena.user],
                now=due,
            ),
        )
        later = due + _HOUR / 6
        yield _Step(later, lambda log: outcome.extend(log, actor=sam, criteria=criteria, now=later))
    if story.outcome is not None:
        decided = _decision(story)
        yield _Step(
            due,
            lambda log: outcome.decide(
                log,
                {**log.content, **decided},
                actor=sam,
                criteria=criteria,
                leads=[lena],
                new_log_id=cast.new_id(),
                now=due,
            ),
        )
    if story.support:
        # The agent is heard for two working days first.
        heard = due + 4 * _DAY
        yield _Step(
            heard,
            lambda log: answers.answer_escalation(
                log,
                Support.SUPPORT,
                story.support,
                actor=lena,
                new_log_id=cast.new_id(),
                writer=sam.user,
                now=heard,
            ),
        )


def _decision(story: Story) -> Content:
    looked_at, reached, decision = story.outcome or (0, 0, "")
    figures: dict[str, Value] = {
        "looked_at": looked_at,
        "reached": reached,
        "heard": "yes" if reached >= story.plan[0] else "partly",
        "decision": decision,
    }
    if story.why:
        figures["why"] = story.why
    return figures


def _quietly(answer: object) -> Sequence[Change]:
    """The changes without their messages, which are history."""
    changes = answer if isinstance(answer, list) else [answer]
    quiet = []
    for change in changes:
        if not isinstance(change, Change):
            raise TypeError(f"A story can't be told: {change}")
        log = change.log
        if log.told_at is not None:
            # It is history as well that its agent was told: nothing waits for a shift.
            log = replace(log, told_at=log.shared_at)
        quiet.append(replace(change, log=log, notices=()))
    return quiet
