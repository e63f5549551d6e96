"""The digest of one team, or of several as one, and one week (PRODUCT, section 8)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from coaching.cadence import cadence_days, is_late
from coaching.criteria import Criterion
from coaching.digest import patterns
from coaching.digest.facts import WEEKS, Decision, Facts, Group, Session, Span
from coaching.digest.patterns import Context, Repeat, Weak
from coaching.follow_up import Verdict
from coaching.log import Log, State, Step
from coaching.people import Membership, Person, Role, keepers
from coaching.policy import USUAL, Policy
from coaching.worktime import Calendar

TO_FINISH = dt.timedelta(hours=24)
"""How long after its session a log is to be finished."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpDue:
    """A follow-up whose day has come.

    `keepers` see to it, nobody where the team has none. `days` have passed since its day.
    """

    log: Log
    keepers: tuple[str, ...]
    days: int
    is_overdue: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Promised:
    """A next step whose day has passed, so many days ago."""

    log: Log
    step: Step
    days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcomes:
    """The decisions of the week: how many, what the figures said and what was decided."""

    decided: int = 0
    met: int = 0
    not_met: int = 0
    too_few: int = 0
    closed: int = 0
    continued: int = 0
    escalated: int = 0
    extended: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """One week of the picture. `coached` and `decided_on` are the agents behind the numbers."""

    monday: dt.date
    sessions: int
    decisions: int
    coached: frozenset[str] = frozenset()
    decided_on: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """One week of one team, or of several as one. What waits is as it stands now.

    Attributes:
        teams: by ID, with their names.
        monday: the first day of the week that is told; `is_over` where it has ended.
        agents: those who are to be coached, by name.
        coached: those of them with a session within their cadence.
        late: those without one, as `coaching.cadence.is_late` has it.
        cadence: its days where they are the same for all, else None.
        finished, to_finish: logs finished within `TO_FINISH`, of those whose time was up this week.
        unread: logs whose agents have not acknowledged them.
        unfinished: open logs that still lack a part though `TO_FINISH` is over.
        answers: logs on which a lead's answer is waited for, by number.
        due: follow-ups whose day has come, the oldest first.
        promised: next steps that were not done by their day, the oldest first.
        on_agents: the agents behind each kind of outcome, for those who may not be told apart.
        weeks: the last ones, the week that is told at the end.
    """

    teams: Mapping[str, str]
    monday: dt.date
    is_over: bool
    agents: tuple[str, ...]
    coached: tuple[str, ...]
    late: tuple[str, ...]
    cadence: int | None
    finished: int
    to_finish: int
    unread: int
    unfinished: int
    answers: tuple[Log, ...]
    due: tuple[FollowUpDue, ...]
    promised: tuple[Promised, ...]
    outcomes: Outcomes
    on_agents: Mapping[str, frozenset[str]]
    repeats: tuple[Repeat, ...]
    weak: tuple[Weak, ...]
    contexts: tuple[Context, ...]
    weeks: tuple[Week, ...]

    @property
    def this_week(self) -> Week:
        """The week that is told."""
        return self.weeks[-1]

    @property
    def overdue(self) -> tuple[FollowUpDue, ...]:
        """The follow-ups that are past their time."""
        return tuple(item for item in self.due if item.is_overdue)

    @property
    def is_quiet(self) -> bool:
        """Whether there is nothing to say: nothing happened, waits or is missing."""
        week, outcomes = self.this_week, self.outcomes
        happened = week.sessions or outcomes.decided or outcomes.extended or self.to_finish
        to_do = self.unread or self.unfinished or self.answers or self.due or self.promised
        return not (happened or to_do or self.late or self.repeats or self.weak or self.contexts)


def digest(
    group: Group,
    facts: Facts,
    *,
    span: Span,
    now: dt.datetime,
    criteria: Mapping[str, Criterion],
) -> Digest:
    """The digest of the group's agents; facts about others are left out."""
    agents = {person.user: person for person in group.agents}
    active = [person for person in group.agents if person.is_active]
    waiting = [log for log in facts.waiting if log.agent in agents]
    sessions = [one for one in facts.sessions if one.agent in agents and one.held_at <= now]
    shared = [one for one in sessions if one.is_shared]
    decisions = [one for one in facts.decisions if one.agent in agents and one.at <= now]
    extended = [user for user, at in facts.extended if user in agents and span.holds(at)]
    days = {person.user: _cadence(person, group, facts, now) for person in active}
    late = [person.user for person in active if _is_late(person, group, facts, days, now)]
    to_finish = [one for one in sessions if _was_to_finish(one, span, now)]
    this_week = [one for one in decisions if span.holds(one.at)]
    recent = [one for one in shared if one.held_at >= span.first.start]
    return Digest(
        teams=group.teams,
        monday=span.monday,
        is_over=span.end <= now,
        agents=tuple(days),
        coached=tuple(
            user
            for user, within in days.items()
            if (last := facts.standing[user].last_session_at) is not None
            and not is_late(last, None, within, now)
        ),
        late=tuple(late),
        cadence=next(iter(days.values())) if len(set(days.values())) == 1 else None,
        finished=sum(_is_in_time(one) for one in to_finish),
        to_finish=len(to_finish),
        unread=sum(facts.standing[user].awaiting_acknowledgement for user in days),
        unfinished=sum(_is_unfinished(log, now) for log in waiting),
        answers=tuple(log for log in waiting if log.awaits_answer or log.awaits_response),
        due=_due(waiting, group, span, now),
        promised=_promised(waiting, now.astimezone(span.zone).date()),
        outcomes=_outcomes(this_week, len(extended)),
        on_agents=_on_agents(this_week, extended),
        repeats=patterns.repeats(_newest(waiting, this_week, facts), facts.chains),
        weak=patterns.weak(recent, len(active), criteria),
        contexts=patterns.contexts(recent),
        weeks=tuple(_week(span.before(back), shared, decisions) for back in _BACK),
    )


_BACK = range(WEEKS - 1, -1, -1)


def membership(agent: Person, teams: Iterable[str]) -> Membership | None:
    """Their place as an agent in the first of those teams by name."""
    wanted = set(teams)
    return next(
        (one for one in agent.memberships if one.role is Role.AGENT and one.team in wanted), None
    )


def _cadence(person: Person, group: Group, facts: Facts, now: dt.datetime) -> int:
    member = membership(person, group.teams) or Membership("", "", Role.AGENT)
    has_target = facts.standing[person.user].open > 0
    return cadence_days(person.user, member, now, has_target=has_target)


def _is_unfinished(log: Log, now: dt.datetime) -> bool:
    return log.state is State.OPEN and log.is_incomplete and now - log.held_at >= TO_FINISH


def _is_late(
    person: Person, group: Group, facts: Facts, days: Mapping[str, int], now: dt.datetime
) -> bool:
    member = membership(person, group.teams)
    since = member.since if member else None
    last = facts.standing[person.user].last_session_at
    return is_late(last, since, days[person.user], now)


def _was_to_finish(one: Session, span: Span, now: dt.datetime) -> bool:
    """Whether it was held in the week and is finished, or should be by now."""
    in_time = one.finished_at is not None or one.held_at + TO_FINISH <= now
    return span.holds(one.held_at) and in_time


def _is_in_time(one: Session) -> bool:
    return one.finished_at is not None and one.finished_at - one.held_at <= TO_FINISH


def _due(
    waiting: Iterable[Log], group: Group, span: Span, now: dt.datetime
) -> tuple[FollowUpDue, ...]:
    agents = {person.user: person for person in group.agents}
    staff = {person.user: person for person in group.staff}
    today = now.astimezone(span.zone).date()
    found = []
    for log in waiting:
        if not log.is_due(now) or log.due_at is None:
            continue
        agent = agents[log.agent or ""]
        keeping = keepers(log, agent, staff.values())
        asked = staff.get(keeping[0], agent) if keeping else agent
        policy = _policy(agent, group)
        found.append(
            FollowUpDue(
                log=log,
                keepers=keeping,
                days=max((today - log.due_at.astimezone(span.zone).date()).days, 0),
                is_overdue=_is_overdue(log.due_at, policy, asked.calendar, now),
            )
        )
    return tuple(sorted(found, key=lambda item: (-item.days, item.log.number)))


def _policy(agent: Person, group: Group) -> Policy:
    member = membership(agent, group.teams)
    return member.policy if member else USUAL


def _is_overdue(due_at: dt.datetime, policy: Policy, calendar: Calendar, now: dt.datetime) -> bool:
    first = min(policy.overdue_days, default=0)
    return calendar.morning_after(due_at, first) <= now


def _promised(waiting: Iterable[Log], today: dt.date) -> tuple[Promised, ...]:
    found = [
        Promised(log=log, step=step, days=(today - step.by).days)
        for log in waiting
        for step in log.steps
        if step.done is None and step.by is not None and step.by < today
    ]
    return tuple(sorted(found, key=lambda item: (-item.days, item.log.number, item.step.number)))


_VERDICTS = {Verdict.MET: "met", Verdict.NOT_MET: "not_met", Verdict.TOO_FEW: "too_few"}
_DECISIONS = {"close": "closed", "continue": "continued", "escalate": "escalated"}


def _kinds(one: Decision) -> tuple[str, ...]:
    kinds = (_VERDICTS.get(Verdict(one.verdict)), _DECISIONS.get(one.decision))
    return ("decided", *(kind for kind in kinds if kind is not None))


def _outcomes(decisions: Iterable[Decision], extended: int) -> Outcomes:
    counts = {"extended": extended}
    for kind in (kind for one in decisions for kind in _kinds(one)):
        counts[kind] = counts.get(kind, 0) + 1
    return Outcomes(**counts)


def _on_agents(
    decisions: Iterable[Decision], extended: Iterable[str]
) -> Mapping[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {"extended": frozenset(extended)}
    for one in decisions:
        for kind in _kinds(one):
            found[kind] = found.get(kind, frozenset()) | {one.agent}
    return found


def _newest(waiting: Iterable[Log], decisions: Iterable[Decision], facts: Facts) -> list[Log]:
    """The newest logs of chains that go on, or that ended this week without being reached."""
    found = {log.id: log for log in waiting if log.state is State.OPEN and log.continues}
    for one in decisions:
        log = facts.chains.get(one.log)
        if one.goes_on and one.verdict == Verdict.NOT_MET and log is not None:
            found[log.id] = log
    # Of one chain the newest alone is told.
    return [log for log in found.values() if log.continued_by not in found]


def _week(span: Span, shared: Iterable[Session], decisions: Iterable[Decision]) -> Week:
    coached = [
        one.agent for one in shared for at in (one.held_at, *one.check_ins) if span.holds(at)
    ]
    decided = [one.agent for one in decisions if span.holds(one.at)]
    return Week(
        monday=span.monday,
        sessions=len(coached),
        decisions=len(decided),
        coached=frozenset(coached),
        decided_on=frozenset(decided),
    )
