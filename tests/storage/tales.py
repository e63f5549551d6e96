"""Lives of logs at random, told to a store, to count them by."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from itertools import count
from uuid import uuid4
from zoneinfo import ZoneInfo

from hypothesis import strategies as st
from sqlalchemy import select

from coaching.change import Change
from coaching.digest.facts import Span
from coaching.fields import Value
from coaching.log import Log, State
from coaching.said import Acknowledgement, AgentView, Agrees, Answer, CheckIn, Decided, Voided
from storage.mapping import log_of_row
from storage.store import Store
from storage.tables import logs
from tests.coaching.cast import CRITERIA

NOW = dt.datetime(2026, 11, 25, 15, 0, tzinfo=dt.UTC)
ZONE = ZoneInfo("Europe/London")
SPAN = Span(dt.date(2026, 11, 16), ZONE)
HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)
AGENTS = ("UA", "UB", "UC", "UD")
OUTSIDE = "UX"
SAM = "USAM"
STATES = {"close": State.CLOSED, "continue": State.CONTINUED, "escalate": State.ESCALATED}


@dataclass(frozen=True)
class Tale:
    """One log's life, in hours from its session on."""

    agent: str
    held: dt.datetime
    shared: int | None
    whole: int | None
    criterion: str
    score: str
    obstacles: tuple[str, ...]
    check_ins: tuple[int, ...]
    moved: tuple[int, ...]
    decided: tuple[int, str, str] | None
    goes_on: bool
    is_voided: bool
    is_read: bool
    view: Agrees | None
    is_answered: bool
    step: tuple[str, int, bool] | None
    due_in_days: int


HOURS = st.integers(1, 40 * 24)
TALES = st.builds(
    Tale,
    agent=st.sampled_from([*AGENTS, OUTSIDE]),
    held=st.integers(-2, 75 * 24).map(lambda hours: NOW - hours * HOUR),
    shared=st.none() | st.integers(0, 60),
    whole=st.none() | st.integers(0, 60),
    criterion=st.sampled_from(sorted(CRITERIA)),
    score=st.sampled_from(["pass", "fail", "3", "4", "55", "90", "not scored"]),
    obstacles=st.sampled_from([(), ("tool",), ("tool", "other"), ("policy", "tool")]),
    check_ins=st.lists(HOURS, max_size=2).map(tuple),
    moved=st.lists(HOURS, max_size=2).map(lambda hours: tuple(sorted(hours))),
    decided=st.none()
    | st.tuples(HOURS, st.sampled_from(sorted(STATES)), st.sampled_from(["met", "not met"]))
    | st.tuples(HOURS, st.sampled_from(["close", "continue"]), st.just("too few calls")),
    goes_on=st.booleans(),
    is_voided=st.sampled_from([False, False, False, True]),
    is_read=st.booleans(),
    view=st.none() | st.sampled_from(Agrees),
    is_answered=st.booleans(),
    step=st.none()
    | st.tuples(st.sampled_from(["agent", "supervisor"]), st.integers(-9, 9), st.booleans()),
    due_in_days=st.integers(1, 40),
)


def tale(days_ago: int, **told: object) -> Tale:
    """One that is shared at once and whole, with what matters here."""
    plain = Tale(
        agent="UA",
        held=NOW - days_ago * DAY,
        shared=0,
        whole=0,
        criterion="c1",
        score="90",
        obstacles=(),
        check_ins=(),
        moved=(),
        decided=None,
        goes_on=False,
        is_voided=False,
        is_read=True,
        view=None,
        is_answered=False,
        step=None,
        due_in_days=30,
    )
    return replace(plain, **told)  # type: ignore[arg-type]


MISSED = (24, "continue", "not met")
RARE = (
    # A session of long ago with a check-in of this week.
    [tale(75, check_ins=(68 * 24,))],
    # Moved and decided in one week.
    [tale(30, moved=(22 * 24,), decided=(23 * 24, "close", "met"))],
    # One target for the fourth time, of which one was no try.
    [
        tale(40, decided=MISSED),
        tale(30, decided=MISSED, goes_on=True),
        tale(20, decided=(24, "continue", "too few calls"), goes_on=True),
        tale(10, goes_on=True),
    ],
    # The third one ends in the week, missed.
    [
        tale(40, decided=MISSED),
        tale(30, decided=MISSED, goes_on=True),
        tale(10, decided=(48, "escalate", "not met"), goes_on=True),
    ],
)


class Teller:
    """Tells tales to a store, in a workspace of its own, and keeps what no log says."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.workspace = f"T{uuid4().hex}"
        self.moved: list[tuple[str, dt.datetime]] = []
        self.finished: dict[str, dt.datetime] = {}
        self._ids = (f"log{number}" for number in count(1))
        self._last: dict[str, Log] = {}

    async def tell(self, tale: Tale) -> None:
        log = await self._write(tale)
        if tale.shared is None:
            return
        log = await self._share(log, tale)
        for number, hours in enumerate(tale.moved, start=1):
            log = replace(log, extensions=number)
            log = await self._save(log, tale.held + hours * HOUR, "log.extended")
            self.moved.append((log.id, tale.held + hours * HOUR))
        if tale.check_ins:
            said = [CheckIn(tale.held + hours * HOUR, SAM, {}) for hours in tale.check_ins]
            log = await self._save(replace(log, check_ins=tuple(said)), NOW)
        log = await self._hear(log, tale)
        if tale.decided is not None:
            log = await self._decide(log, tale)
        if tale.is_voided:
            voided = Voided(NOW, SAM, "Wrong call")
            await self._save(replace(log, state=State.VOIDED, voided=voided), NOW)

    async def _write(self, tale: Tale) -> Log:
        content: dict[str, Value] = {
            "agent": tale.agent,
            "session_at": int(tale.held.timestamp()),
            "criterion": tale.criterion,
            "score": tale.score,
            "follow_up_criterion": tale.criterion,
        }
        if tale.step is not None:
            content["step_who"], content["step_what"] = tale.step[0], "Listen to two calls"
            content["step_by"] = (NOW.date() + tale.step[1] * DAY).isoformat()
        before = self._last.get(tale.agent) if tale.goes_on else None
        log = Log(
            workspace=self.workspace,
            id=next(self._ids),
            number=0,
            supervisor=SAM,
            agent=tale.agent,
            state=State.DRAFT,
            created_at=tale.held,
            content=content,
            continues=before.id if before is not None else None,
        )
        log = await self._save(log, tale.held)
        if before is not None:
            del self._last[tale.agent]
            stored = await self.store.log(self.workspace, before.id)
            assert stored is not None
            await self._save(replace(stored, continued_by=log.id), tale.held)
        return log

    async def _share(self, log: Log, tale: Tale) -> Log:
        shared_at = tale.held + (tale.shared or 0) * HOUR
        open_log = replace(
            log,
            state=State.OPEN,
            revision=1,
            shared_at=shared_at,
            due_at=tale.held + tale.due_in_days * DAY,
            step_done=NOW if tale.step is not None and tale.step[2] else None,
        )
        whole = {**log.content, "observed": "Named the fee", "points": ("Played it back",)}
        if tale.obstacles:
            whole["obstacles"] = tale.obstacles
        if tale.whole == 0:
            self.finished[log.id] = shared_at
            return await self._save(replace(open_log, content=whole), shared_at)
        log = await self._save(open_log, shared_at)
        if tale.whole is None:
            return log
        later = shared_at + tale.whole * HOUR
        self.finished[log.id] = later
        return await self._save(replace(log, content=whole, revision=2), later)

    async def _hear(self, log: Log, tale: Tale) -> Log:
        if tale.is_read:
            log = replace(log, acknowledgement=Acknowledgement(NOW, log.revision))
        if tale.view is not None:
            log = replace(log, views=(AgentView(tale.held + HOUR, tale.view, "They asked"),))
        if tale.view is Agrees.NO and tale.is_answered:
            log = replace(log, disagreement_answer=Answer(NOW, SAM, "stands", "I listened"))
        return await self._save(log, NOW)

    async def _decide(self, log: Log, tale: Tale) -> Log:
        hours, decision, verdict = tale.decided or (0, "", "")
        # Nothing is moved once it is decided.
        at = tale.held + max(hours, *tale.moved, 0) * HOUR
        decided = Decided(at, SAM, decision, verdict)
        log = await self._save(replace(log, state=STATES[decision], decided=decided), decided.at)
        if decision == "continue" and not tale.is_voided:
            self._last[tale.agent] = log
        return log

    async def _save(self, log: Log, at: dt.datetime, action: str = "log.saved") -> Log:
        (saved,) = await self.store.save(Change(log=log, action=action, actor=SAM, at=at))
        return saved

    async def logs(self) -> list[Log]:
        query = select(logs).where(logs.c.workspace == self.workspace)
        return [log_of_row(row) for row in await self.store.database.rows(query)]
