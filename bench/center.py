"""A contact center of any size: teams of fifteen, each agent with a hundred logs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from bench.filling import Row, fill
from bench.waiting import START, moments, opaque
from coaching.fields import Content
from coaching.follow_up import Verdict
from coaching.log import Log, State
from coaching.people import Role
from coaching.said import Acknowledgement, Decided
from storage.mapping import promises_of_log, row_of_log
from storage.tables import audit_entries, criteria, logs, memberships, people, promises, teams

WORKSPACE = "T0"
FIRST_TEAM = "team0"
LEAD = "UL00000"
"""Of the first team."""
TEAM = 15
SESSIONS = 100
"""Logs of each agent, one a week, so that a team of fifteen has the same 1,500 at each size."""

HUNDRED = 120 * SESSIONS
"""The size of a center of eight whole teams, with more than a hundred agents."""

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
_CRITERION: Row = {
    "workspace": WORKSPACE,
    "id": "c1",
    "name": "Discovery",
    "name_key": "discovery",
    "kind": "percent",
    "best": 100,
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
    extensions=1,
)
_READ = replace(_OPEN, acknowledgement=Acknowledgement(START - _WEEK, 1))
_CLOSED = replace(
    _READ,
    state=State.CLOSED,
    due_at=START,
    step_done=START,
    decided=Decided(START, _SUPERVISOR, "close", Verdict.MET),
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
class Center:
    """A contact center with so many logs; its agents grow with them and their histories don't."""

    size: int

    @property
    def agents(self) -> int:
        return max(TEAM, self.size // SESSIONS)

    @property
    def weeks(self) -> int:
        return self.size // self.agents

    @property
    def teams(self) -> int:
        return self.agents // TEAM

    @property
    def team(self) -> list[str]:
        """The fifteen of the first team, whose logs lie between those of all the others."""
        return [_user(place * self.teams) for place in range(TEAM)]

    def fill(self, address: str, minutes: int) -> None:
        """All tables; the timetables of the logs are to be made as `moments` says."""
        roles = list(self._roles())
        fill(address, people, _people(sorted({row["user_id"] for row in roles})))
        fill(address, teams, self._teams())
        fill(address, memberships, roles)
        fill(address, criteria, [_CRITERION])
        planned = moments(self.weeks * self.agents, minutes)
        rows = ({**row, "plan_at": at} for (row, _), at in zip(self._logs(), planned, strict=True))
        fill(address, logs, rows)
        fill(address, promises, (step for _, steps in self._logs() for step in steps))
        fill(address, audit_entries, (_entry(row) for row, _ in self._logs()))

    def open_logs(self) -> Iterator[tuple[str, str]]:
        """The newest log of each agent, which is open, by ID, and the agent."""
        before = (self.weeks - 1) * self.agents
        for agent in range(self.agents):
            yield opaque(before + agent + 1, "log"), _user(agent)

    def _teams(self) -> Iterator[Row]:
        for team in range(self.teams):
            name = f"Team {team}"
            yield {
                "workspace": WORKSPACE,
                "id": f"team{team}",
                "name": name,
                "name_key": name.casefold(),
            }

    def _roles(self) -> Iterator[Row]:
        """Fifteen agents, a supervisor and a lead to each team."""
        for team in range(self.teams):
            members = {_user(place * self.teams + team): Role.AGENT for place in range(TEAM)}
            others = {_supervisor(team): Role.SUPERVISOR, f"UL{team:05d}": Role.LEAD}
            for user, role in (members | others).items():
                yield {
                    "workspace": WORKSPACE,
                    "team": f"team{team}",
                    "user_id": user,
                    "role": role.value,
                    "since": START - SESSIONS * _WEEK,
                }

    def _logs(self) -> Iterator[tuple[Row, list[Row]]]:
        """The logs week by week, the oldest first, each with its next steps."""
        number = 0
        for week in reversed(range(self.weeks)):
            for agent in range(self.agents):
                number += 1
                template = _TEMPLATES[id(_state(agent, week))]
                of = {_AGENT: _user(agent), _SUPERVISOR: _supervisor(agent % self.teams)}
                log_id = opaque(number, "log")
                row = _moved(template.row, of, _WEEK * week)
                if week == 0 and agent % 2 == 0 and self.weeks > 1:
                    row = {**row, "continues": opaque(number - self.agents, "log")}
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


def _people(users: Iterable[str]) -> Iterator[Row]:
    for user in users:
        yield {
            "workspace": WORKSPACE,
            "user_id": user,
            "name": user,
            "first_name": user,
            "tz": "Europe/London",
            "email": "",
            "is_admin": False,
            "is_guest": False,
            "is_active": True,
            "fetched_at": START,
        }


def _entry(log: Row) -> Row:
    """The trail of one log: its day was moved."""
    return {
        "workspace": WORKSPACE,
        "seq": log["number"],
        "at": log["created_at"],
        "actor": log["supervisor"],
        "action": "log.extended",
        "subject": log["id"],
        "state_hash": 2 * opaque(log["number"], "state"),
        "previous": 2 * opaque(log["number"] - 1, "entry"),
        "hash": 2 * opaque(log["number"], "entry"),
    }


def _user(agent: int) -> str:
    return f"U{agent:06d}"


def _supervisor(team: int) -> str:
    return f"US{team:05d}"
