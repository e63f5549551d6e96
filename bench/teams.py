"""One team of fifteen among many logs of others: what its lists and its digest are made of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from bench.filling import Row, fill
from bench.measuring import Case, Goal, NotMeasured
from bench.waiting import START, opaque
from coaching.fields import Content
from coaching.log import Acknowledgement, Decided, Log, State
from storage.mapping import promises_of_log, row_of_log
from storage.store import Store
from storage.tables import logs, people, promises

WORKSPACE = "T0"
TEAM = 15
SESSIONS = 100
"""Logs of each agent, one a week, so that a team of fifteen has the same 1,500 at each size."""

_WEEK = dt.timedelta(weeks=1)
_AGENT, _SUPERVISOR = "UAGENT", "USUPERVISOR"
_CONTENT: Content = {
    "agent": _AGENT,
    "call": "8841",
    "moment": "03:12",
    "criterion": "c1",
    "score": "55",
    "observed": "Named the fee and an offer before asking why the customer wanted to leave",
    "target": "Ask the reason for cancelling before naming fee or offers",
    "points": ("Played the call together", "They felt the clock", "Tried three openings"),
    "follow_up_criterion": "c1",
    "threshold": "80",
    "calls": 10,
    "calls_reaching": 7,
    "review_by": "2026-12-24",
    "step_what": "Listen to two calls of the team's best",
    "step_who": "agent",
}
_OPEN = Log(
    workspace=WORKSPACE,
    id="",
    number=0,
    supervisor=_SUPERVISOR,
    agent=_AGENT,
    state=State.OPEN,
    created_at=START - 2 * _WEEK,
    content=_CONTENT,
    saved=7,
    revision=1,
    shared_at=START - _WEEK,
    due_at=START + 3 * _WEEK,
)
_READ = replace(_OPEN, acknowledgement=Acknowledgement(START - _WEEK, 1))
_CLOSED = replace(
    _READ,
    state=State.CLOSED,
    step_done=START,
    decided=Decided(START + 3 * _WEEK, _SUPERVISOR, "close", "reached"),
)
_DRAFT = replace(_OPEN, state=State.DRAFT, revision=0, shared_at=None, due_at=None)


def _state(agent: int, week: int) -> Log:
    """Of each agent the newest log is open (of every third unread); every fifth has a draft."""
    if week == 0:
        return _OPEN if agent % 3 == 0 else _READ
    if week == 1 and agent % 5 == 0:
        return _DRAFT
    return _CLOSED


@dataclass(frozen=True, slots=True)
class _Template:
    """A log's rows, as mapping makes them, to be varied."""

    row: Row
    steps: list[Row]

    @classmethod
    def of(cls, log: Log) -> _Template:
        return cls({**row_of_log(log), "salt": bytes(16)}, [*promises_of_log(log)])


_TEMPLATES = {id(log): _Template.of(log) for log in (_OPEN, _READ, _CLOSED, _DRAFT)}


@dataclass(frozen=True, slots=True)
class Centre:
    """A contact centre with so many logs; its agents grow with them and their histories don't."""

    size: int

    @property
    def agents(self) -> int:
        return max(TEAM, self.size // SESSIONS)

    @property
    def team(self) -> list[str]:
        """Fifteen whose logs lie between those of all the others."""
        stride = self.agents // TEAM
        return [_user(place * stride) for place in range(TEAM)]

    def fill(self, address: str) -> None:
        fill(address, people, self._people())
        fill(address, logs, (row for row, _ in self._logs()))
        fill(address, promises, (step for _, steps in self._logs() for step in steps))

    def _people(self) -> Iterator[Row]:
        for agent in range(self.agents):
            yield {
                "workspace": WORKSPACE,
                "user_id": _user(agent),
                "name": f"Agent {agent}",
                "first_name": "Agent",
                "tz": "Europe/London",
                "email": "",
                "is_admin": False,
                "is_guest": False,
                "is_active": True,
                "fetched_at": START,
            }

    def _logs(self) -> Iterator[tuple[Row, list[Row]]]:
        """The logs week by week, the oldest first, each with its next steps."""
        weeks = self.size // self.agents
        number = 0
        for week in reversed(range(weeks)):
            for agent in range(self.agents):
                number += 1
                template = _TEMPLATES[id(_state(agent, week))]
                of = {_AGENT: _user(agent), _SUPERVISOR: f"US{agent // TEAM}"}
                log_id = opaque(number, "log")
                row = _moved(template.row, of, _WEEK * week)
                steps: list[Row] = [{**_moved(step, of), "log": log_id} for step in template.steps]
                yield {**row, "id": log_id, "number": number}, steps


def _moved(row: Row, of: Mapping[str, str], back: dt.timedelta = dt.timedelta(0)) -> Row:
    """The row with other people, and earlier."""
    moved: dict[str, Any] = {}
    for name, value in row.items():
        if isinstance(value, str):
            moved[name] = of.get(value, value)
        elif isinstance(value, dt.datetime):
            moved[name] = value - back
        else:
            moved[name] = value
    return moved


def _user(agent: int) -> str:
    return f"U{agent:06d}"


@dataclass(frozen=True, slots=True)
class Lists:
    """What is read of one team."""

    store: Store
    centre: Centre

    async def figures(self) -> None:
        """As in `/coach team`."""
        found = await self.store.team_figures(WORKSPACE, self.centre.team)
        if sum(one.open for one in found.values()) != TEAM:
            raise NotMeasured("The team's figures don't count the team's open targets.")

    async def open_logs(self) -> None:
        if len(await self.store.open_logs(WORKSPACE, self.centre.team)) != TEAM:
            raise NotMeasured("The team's open targets weren't found.")

    def cases(self) -> list[Case]:
        # Another read of a team is one more line here; its digest is one.
        goal = Goal(growth=1.3)
        size = self.centre.size
        return [
            Case(what="figures of a team", size=size, run=self.figures, goal=goal, times=3),
            Case(what="open targets of a team", size=size, run=self.open_logs, goal=goal, times=3),
        ]
