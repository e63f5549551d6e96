"""The digest's figures are what one gets by looking through all logs, one after the other."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping

from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from coaching.digest.facts import Group
from coaching.digest.week import Digest, digest
from coaching.log import Log, State
from coaching.people import Membership, Person, Role
from storage.store import Profile, Store
from tests.coaching.cast import CRITERIA
from tests.storage.tales import AGENTS, DAY, NOW, RARE, SAM, SPAN, TALES, ZONE, Tale, Teller


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
@example(tales=RARE[0])
@example(tales=RARE[1])
@example(tales=RARE[2])
@example(tales=RARE[3])
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
    assert found.unfinished == slow.unfinished()
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
            if held and NOW - max(held) < 30 * DAY:
                coached.add(user)
            elif held or since is None or NOW - since >= 30 * DAY:
                late.add(user)
        return coached, late

    def unfinished(self) -> int:
        return sum(
            log.state is State.OPEN
            and not ("observed" in log.content and "points" in log.content)
            and log.held_at + DAY <= NOW
            for log in self.team
        )

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
