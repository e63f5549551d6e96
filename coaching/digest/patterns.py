"""Patterns that no single log shows: targets that come back, weak criteria, what gets in the way.

None of them says anything about how somebody works; they ask whether the way of coaching, the
training or a tool is what should change.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from coaching.criteria import Criterion, NotAScore
from coaching.digest.facts import Session
from coaching.elements import CONVERSATION
from coaching.follow_up import Verdict
from coaching.log import Log, State
from coaching.suggestions import usual_threshold

FROM_THE_TIME = 3
"""The same target is told from the third time on."""
_LEAST_AGENTS, _SHARE_OF_AGENTS = 3, 3
"""A criterion is weak where at least so many agents, and one in three, were below the threshold."""
_LEAST_LOGS, _LEAST_NAMED = 5, 3
"""A context is told of a criterion with so many logs, where so many and half of them name it."""
_UNTOLD = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeat:
    """A target that goes on without being reached.

    `times` counts the rounds that count; `log` is the newest log of the chain.
    """

    agent: str
    criterion: str | None
    times: int
    log: Log


@dataclass(frozen=True, slots=True, kw_only=True)
class Weak:
    """A criterion below its usual threshold for several agents of a team."""

    criterion: str
    agents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What got in the way in so many of the logs on a criterion."""

    context: str
    criterion: str
    named: int
    logs: int


def left_out(log: Log) -> str:
    """Why a round of a target doesn't count as tried; empty where it does.

    ``no conversation``, ``disagreed`` (and not answered), ``too few calls`` or ``taken back``.
    """
    if log.state is State.VOIDED:
        return "taken back"
    if not CONVERSATION.is_written(log.content) and not log.check_ins:
        return "no conversation"
    if log.disagreement is not None and log.awaits_answer:
        return "disagreed"
    if log.decided is not None and log.decided.verdict == Verdict.TOO_FEW:
        return "too few calls"
    return ""


def chain_of(log: Log, known: Mapping[str, Log]) -> list[Log]:
    """The logs of one continued target up to that log, oldest first."""
    chain = [log]
    while (before := known.get(chain[0].continues or "")) is not None and before not in chain:
        chain.insert(0, before)
    return chain


def tries(chain: Iterable[Log]) -> list[Log]:
    """The rounds that count, since the target was reached last."""
    counting: list[Log] = []
    for log in chain:
        if log.decided is not None and log.decided.verdict == Verdict.MET:
            counting.clear()
        elif not left_out(log):
            counting.append(log)
    return counting


def repeats(newest: Iterable[Log], known: Mapping[str, Log]) -> tuple[Repeat, ...]:
    """Targets tried for the third time or more without being reached, most often first."""
    found = []
    for log in newest:
        times = len(tries(chain_of(log, known)))
        if times >= FROM_THE_TIME and log.agent is not None:
            criterion = log.value("follow_up_criterion") or log.value("criterion") or None
            found.append(Repeat(agent=log.agent, criterion=criterion, times=times, log=log))
    return tuple(sorted(found, key=lambda item: (-item.times, item.log.number)))


def weak(
    sessions: Iterable[Session], team_size: int, criteria: Mapping[str, Criterion]
) -> tuple[Weak, ...]:
    """Criteria that were below their usual threshold for many of the team, the most first."""
    below = defaultdict(set)
    for session in sessions:
        criterion = criteria.get(session.criterion or "")
        if criterion is not None and _is_below(criterion, session.score):
            below[criterion.id].add(session.agent)
    found = [
        Weak(criterion=criterion, agents=len(agents))
        for criterion, agents in below.items()
        if len(agents) >= _LEAST_AGENTS and len(agents) * _SHARE_OF_AGENTS >= team_size
    ]
    return tuple(sorted(found, key=lambda item: (-item.agents, item.criterion)))


def _is_below(criterion: Criterion, score: str | None) -> bool:
    try:
        kept = criterion.scale.parse(score or "")
    except NotAScore:
        # Not scored, or kept on another scale than the criterion has now.
        return False
    return not criterion.scale.reaches(kept, usual_threshold(criterion))


def contexts(sessions: Iterable[Session]) -> tuple[Context, ...]:
    """What was named as being in the way in half of the logs on a criterion, the most first."""
    logs: Counter[str] = Counter()
    named: Counter[tuple[str, str]] = Counter()
    for session in sessions:
        if session.criterion:
            logs[session.criterion] += 1
            named.update((session.criterion, one) for one in set(session.contexts) - {_UNTOLD})
    found = [
        Context(context=context, criterion=criterion, named=number, logs=logs[criterion])
        for (criterion, context), number in named.items()
        if logs[criterion] >= _LEAST_LOGS
        and number >= _LEAST_NAMED
        and 2 * number >= logs[criterion]
    ]
    return tuple(sorted(found, key=lambda item: (-item.named, item.criterion, item.context)))
