"""The digest's figures are what one gets by looking through all logs, one after the other."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import count
from uuid import uuid4
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from coaching.change import Change
from coaching.digest.facts import Group, Span
from coaching.digest.week import Digest, digest
from coaching.fields import Value
from coaching.log import (
    Acknowledgement,
    AgentView,
    Agrees,
    Answer,
    CheckIn,
    Decided,
    Log,
    State,
    Voided,
)
from coaching.people import Membership, Person, Role
from storage.mapping import log_of_row
from storage.store import Profile, Store
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


def person(user: str, role: Role, since: dt.datetime | None = None) -> Person:
    membership = Membership("t1", "Billing", role, since=since)
    return Person(user=user, name=user, memberships=(membership,))


STAFF = (person(SAM, Role.SUPERVISOR), person("ULENA", Role.LEAD))
JOINED = {"UA": None, "UB": NOW - 10 * DAY, "UC": NOW - 40 * DAY, "UD": NOW - 31 * DAY}
GROUP = Group(
    teams={"t1": "Billing"},
    agents=tuple(person(user, Role.AGENT, since) for user, since in JOINED.items()),
    staff=STAFF,
)


async def worked_out(store: Store, workspace: str) -> Digest:
    facts = await store.digest_facts(workspace, AGENTS, SPAN)
    return digest(GROUP, facts, span=SPAN, now=NOW, criteria=CRITERIA)


@settings(
    max_examples=25,
    deadline=None,
    phases=set(Phase) - {Phase.explain},
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(tales=st.lists(TALES, min_size=1, max_size=9))
async def test_the_figures_are_those_of_all_logs(store: Store, tales: list[Tale]) -> None:
    teller = Teller(store)
    await store.remember(teller.workspace, [Profile(user=user, name=user) for user in AGENTS], NOW)
    for tale in sorted(tales, key=lambda tale: tale.held):
        await teller.tell(tale)
    found = await worked_out(store, teller.workspace)
    slow = Slowly(await teller.logs(), teller)
    assert [week.sessions for week in found.weeks] == slow.by_week(slow.sessions())
    assert [week.decisions for week in found.weeks] == slow.by_week(slow.decisions())
    assert found.this_week.coached == {user for user, at in slow.sessions() if SPAN.holds(at)}
    assert (found.finished, found.to_finish) == slow.finished()
    assert vars_of(found) == slow.outcomes()
    assert (set(found.coached), set(found.late)) == slow.cadence()
    assert found.unread == sum(log.state in SHARED and not log.is_acknowledged for log in slow.team)
    assert [log.number for log in found.answers] == slow.unanswered()
    assert {item.log.number: item.days for item in found.due} == slow.due()
    assert {(one.log.number, one.days) for one in found.promised} == slow.promised()
    assert {one.criterion: one.agents for one in found.weak} == slow.weak()
    assert {(one.criterion, one.context): (one.named, one.logs) for one in found.contexts} == (
        slow.contexts()
    )
    assert {one.log.id: one.times for one in found.repeats} == slow.repeats()


SHARED = (State.OPEN, State.CLOSED, State.CONTINUED, State.ESCALATED)


def vars_of(found: Digest) -> dict[str, int]:
    told = found.outcomes
    kinds = ("met", "not_met", "too_few", "closed", "continued", "escalated", "extended")
    return {kind: getattr(told, kind) for kind in kinds}


class Slowly:
    """The same by going through all logs of the team, in plain loops."""

    def __init__(self, everything: Iterable[Log], teller: Teller) -> None:
        self.all = {log.id: log for log in everything}
        self.team = [log for log in self.all.values() if log.agent in AGENTS]
        self.shared = [log for log in self.team if log.state in SHARED]
        self.teller = teller

    def sessions(self) -> list[tuple[str, dt.datetime]]:
        found = []
        for log in self.shared:
            if log.held_at <= NOW:
                moments = (log.held_at, *(one.at for one in log.check_ins))
                found += [(str(log.agent), at) for at in moments]
        return found

    def decisions(self) -> list[tuple[str, dt.datetime]]:
        return [
            (str(log.agent), log.decided.at)
            for log in self.shared
            if log.decided is not None and log.decided.at <= NOW
        ]

    def by_week(self, moments: list[tuple[str, dt.datetime]]) -> list[int]:
        counts: Counter[dt.date] = Counter()
        for _, at in moments:
            day = at.astimezone(ZONE).date()
            counts[day - day.weekday() * DAY] += 1
        return [counts[SPAN.monday - 7 * back * DAY] for back in range(7, -1, -1)]

    def finished(self) -> tuple[int, int]:
        done = asked = 0
        for log in self.team:
            held = log.held_at
            if log.state in (State.VOIDED, State.DISCARDED) or not SPAN.holds(held) or held > NOW:
                continue
            at = self.teller.finished.get(log.id)
            if at is not None or held + DAY <= NOW:
                asked += 1
                done += at is not None and at - held <= DAY
        return done, asked

    def outcomes(self) -> dict[str, int]:
        told = [log.decided for log in self.shared if log.decided and log.decided.at <= NOW]
        week = [one for one in told if SPAN.holds(one.at)]
        verdicts = Counter(str(one.verdict) for one in week)
        decisions = Counter(one.decision for one in week)
        moved = [at for log_id, at in self.teller.moved if self.all[log_id] in self.shared]
        return {
            "met": verdicts["met"],
            "not_met": verdicts["not met"],
            "too_few": verdicts["too few calls"],
            "closed": decisions["close"],
            "continued": decisions["continue"],
            "escalated": decisions["escalate"],
            "extended": sum(SPAN.holds(at) for at in moved),
        }

    def cadence(self) -> tuple[set[str], set[str]]:
        coached, late = set(), set()
        for user, since in JOINED.items():
            own = [log for log in self.shared if log.agent == user]
            held = [at for log in own for at in (log.held_at, *(one.at for one in log.check_ins))]
            if held and NOW - max(held) <= 30 * DAY:
                coached.add(user)
            elif held or since is None or NOW - since > 30 * DAY:
                late.add(user)
        return coached, late

    def unanswered(self) -> list[int]:
        waits = [log for log in self.shared if log.awaits_answer or log.awaits_response]
        return sorted(log.number for log in waits)

    def due(self) -> dict[int, int]:
        today = NOW.astimezone(ZONE).date()
        return {
            log.number: (today - log.due_at.astimezone(ZONE).date()).days
            for log in self.team
            if log.state is State.OPEN and log.due_at is not None and log.due_at <= NOW
        }

    def promised(self) -> set[tuple[int, int]]:
        found = set()
        for log in self.shared:
            by = log.content.get("step_by")
            if by is not None and log.step_done is None:
                days = (NOW.date() - dt.date.fromisoformat(str(by))).days
                if days > 0:
                    found.add((log.number, days))
        return found

    def _recent(self) -> list[Log]:
        first = dt.datetime(2026, 9, 28, tzinfo=ZONE)
        return [log for log in self.shared if first <= log.held_at <= NOW]

    def weak(self) -> dict[str, int]:
        usual: Mapping[str, set[str]] = {
            "c1": {"3", "4", "55"},  # of 100
            "c2": {"3"},  # of 5; what is above the scale was scored on another
            "c3": {"fail"},
        }
        below: dict[str, set[str]] = {}
        for log in self._recent():
            criterion = str(log.content["criterion"])
            if log.content["score"] in usual[criterion]:
                below.setdefault(criterion, set()).add(str(log.agent))
        return {criterion: len(users) for criterion, users in below.items() if len(users) >= 3}

    def contexts(self) -> dict[tuple[str, str], tuple[int, int]]:
        found = {}
        for criterion in CRITERIA:
            logs_on = [log for log in self._recent() if log.content["criterion"] == criterion]
            for context in ("tool", "policy"):
                named = sum(context in log.content.get("obstacles", ()) for log in logs_on)  # type: ignore[operator]
                if len(logs_on) >= 5 and named >= 3 and named * 2 >= len(logs_on):
                    found[criterion, context] = (named, len(logs_on))
        return found

    def repeats(self) -> dict[str, int]:
        found = {}
        for log in self.shared:
            if not self._is_told(log):
                continue
            times, at = 0, log
            while True:
                if at.decided is not None and at.decided.verdict == "met":
                    break
                talked = "points" in at.content or bool(at.check_ins)
                is_few = at.decided is not None and at.decided.verdict == "too few calls"
                times += (
                    talked and at.state is not State.VOIDED and not (is_few or at.awaits_answer)
                )
                if at.continues is None:
                    break
                at = self.all[at.continues]
            if times >= 3:
                found[log.id] = times
        return found

    def _is_told(self, log: Log) -> bool:
        if log.continues is None:
            return False
        if log.state is State.OPEN:
            return True
        ended = log.decided is not None and log.decided.verdict == "not met"
        this_week = log.decided is not None and SPAN.holds(log.decided.at)
        following = self.all.get(log.continued_by or "")
        return ended and this_week and not (following in self.shared and self._is_told(following))
