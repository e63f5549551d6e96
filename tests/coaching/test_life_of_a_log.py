"""Whatever people do to a log in whatever order, some things stay true of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from coaching.answers import acknowledge, add_view, answer_disagreement, answer_escalation
from coaching.change import Change, Refused
from coaching.elements import FOLLOW_UP, TARGET, WALK, missing
from coaching.entries import Problem, Setting, check
from coaching.fields import Content, Raw
from coaching.follow_up import MOST_EXTENSIONS, Verdict, follow_up_of
from coaching.log import Log, State
from coaching.notices import NoticeKind, still_true
from coaching.outcome import already, decide, extend, record_figures
from coaching.people import Act, Person, may
from coaching.said import Agrees, Ruling, Support
from coaching.session import answer_step, check_in, discard, void, write
from coaching.sharing import rescheduled, revise, send_now, share
from tests.coaching.cast import (
    CRITERIA,
    DANA,
    LENA,
    NEW_YORK,
    NOW,
    PRIYA,
    SAM,
    SETTING,
    SMALLEST,
    draft,
)

FAR_OFF = replace(DANA, tz=NEW_YORK)
ACTORS = st.sampled_from([SAM, LENA])
WORDS = st.sampled_from(["The calls say so", "I asked twice", "", "\x00"])
DECISIONS = st.sampled_from(["", "close", "continue", "escalate", "fire"])
AFTER = {
    State.DRAFT: {State.DRAFT, State.OPEN, State.DISCARDED},
    State.DISCARDED: {State.DISCARDED},
    State.VOIDED: {State.VOIDED},
    State.OPEN: {
        State.OPEN,
        State.CLOSED,
        State.CONTINUED,
        State.ESCALATED,
        State.VOIDED,
    },
    **{
        end: {end, State.VOIDED, State.OPEN}
        for end in (State.CLOSED, State.CONTINUED, State.ESCALATED)
    },
}
Answer = Change | Refused | list[Problem] | list[Change]


class LifeOfALog(RuleBasedStateMachine):
    """One log of Sam's about Dana, and a clock that only goes forward."""

    def __init__(self) -> None:
        super().__init__()
        self.log: Log = draft(step_what="Send the calls")
        self.now = NOW
        self.told: list[tuple[NoticeKind, str, str]] = []
        self.next: Log | None = None

    @initialize(is_shared=st.sampled_from([True, True, False]))
    def begin(self, is_shared: bool) -> None:  # noqa: FBT001  hypothesis draws it
        if is_shared:
            self.take(share(self.log, agent=DANA, actor=SAM, setting=SETTING, others_open=()))

    def take(self, answer: Answer) -> None:
        for change in answer if isinstance(answer, list) else [answer]:
            if isinstance(change, Change) and change.log.id == self.log.id:
                self.keep(change)
            elif isinstance(change, Change):
                assert change.log.continues == self.log.id == "L1"
                self.next = replace(change.log, saved=change.log.saved + 1)
            elif isinstance(change, Refused):
                assert change.words.strip()
            else:
                assert change.text.strip()

    def keep(self, change: Change) -> None:
        before, after = self.log, change.log
        assert after.saved == before.saved
        assert after.state in AFTER[before.state]
        assert after.revision >= before.revision
        assert after.views[: len(before.views)] == before.views
        assert after.check_ins[: len(before.check_ins)] == before.check_ins
        assert change.at == self.now
        for notice in change.notices:
            assert notice.log == after.id
            assert notice.due_at >= self.now
            if notice.receiver == DANA.user and after.told_at is not None:
                # Nothing of it comes before its summary.
                assert notice.due_at >= after.told_at
            assert notice.receiver in {SAM.user, DANA.user, LENA.user}
            assert still_true(notice.kind, after)
            told = (notice.kind, notice.receiver, notice.occurrence)
            assert told not in self.told or notice.kind is NoticeKind.LEAD_DECIDES
            self.told.append(told)
        self.log = replace(after, saved=after.saved + 1)

    @rule(hours=st.integers(1, 24 * 20))
    def time_passes(self, hours: int) -> None:
        self.now += dt.timedelta(hours=hours)

    @rule(words=WORDS, calls=st.integers(0, 12), days=st.integers(-1, 60))
    def save_forms(self, words: str, calls: int, days: int) -> None:
        review_by = (self.now.date() + dt.timedelta(days=days)).isoformat()
        setting = Setting(self.now, SETTING.zone, CRITERIA)
        entries: dict[str, Raw] = {"target": words, "calls": calls, "review_by": review_by}
        content = check(entries, self.log.content, setting).content
        self.take(write(self.log, WALK, content, actor=SAM, now=self.now))
        for element in (TARGET, FOLLOW_UP):
            self.take(revise(self.log, element, content, actor=SAM, now=self.now, supervisor=SAM))

    @rule(reason=WORDS, others=st.booleans(), agent=st.sampled_from([DANA, FAR_OFF]))
    def share_it(self, reason: str, others: bool, agent: Person) -> None:  # noqa: FBT001  hypothesis draws it
        others_open: Iterable[Log] = [replace(draft(), id="L9")] if others else []
        setting = Setting(self.now, SETTING.zone, CRITERIA)
        self.take(
            share(
                self.log,
                agent=agent,
                actor=SAM,
                setting=setting,
                others_open=list(others_open),
                second_reason=reason,
            )
        )

    @rule(agent=st.sampled_from([DANA, FAR_OFF]))
    def send_it_now(self, agent: Person) -> None:
        if (moved := rescheduled(self.log, agent=agent, actor="slack", now=self.now)) is not None:
            self.take(moved)
        self.take(send_now(self.log, actor=SAM, now=self.now))

    @rule(
        words=WORDS, agrees=st.sampled_from(Agrees), about=st.sampled_from(["summary", "decision"])
    )
    def agent_speaks(self, words: str, agrees: Agrees, about: str) -> None:
        self.now += dt.timedelta(minutes=1)
        if words:
            self.take(
                add_view(
                    self.log,
                    agrees,
                    words,
                    about=about,
                    actor=DANA,
                    leads=[LENA.user],
                    now=self.now,
                )
            )
        else:
            self.take(acknowledge(self.log, actor=DANA, now=self.now))

    @rule(words=WORDS, ruling=st.sampled_from(Ruling), support=st.sampled_from(Support))
    def lead_answers(self, words: str, ruling: Ruling, support: Support) -> None:
        self.now += dt.timedelta(minutes=1)
        self.take(answer_disagreement(self.log, ruling, words, actor=LENA, now=self.now))
        self.take(
            answer_escalation(
                self.log,
                support,
                words,
                actor=LENA,
                new_log_id=f"L{self.log.round + 1}",
                writer=SAM.user,
                now=self.now,
            )
        )

    @rule(done=st.booleans(), who=st.sampled_from([SAM, DANA]))
    def answer_the_step(self, done: bool, who: object) -> None:  # noqa: FBT001  hypothesis draws it
        self.take(
            answer_step(self.log, 0, done=done, actor=SAM if who is SAM else DANA, now=self.now)
        )

    @rule()
    def drop_what_goes_on(self) -> None:
        self.now += dt.timedelta(minutes=1)
        if self.next is not None:
            self.take(discard(self.next, actor=SAM, now=self.now, earlier=[self.log]))
            assert self.next.state is State.DISCARDED
            assert self.log.continued_by != self.next.id or self.log.state is State.VOIDED

    @rule(reason=WORDS)
    def check_in_or_void(self, reason: str) -> None:
        if reason == "\x00":
            self.take(void(self.log, "Wrong call", actor=SAM, now=self.now))
            self.take(discard(self.log, actor=SAM, now=self.now))
        else:
            self.take(check_in(self.log, {"points": ("x",)}, actor=SAM, now=self.now))

    @rule(
        looked_at=st.integers(0, 12),
        reached=st.integers(0, 12),
        decision=DECISIONS,
        why=WORDS,
        actor=ACTORS,
    )
    def record(self, looked_at: int, reached: int, decision: str, why: str, actor: object) -> None:
        person = SAM if actor is SAM else LENA
        setting = Setting(self.now, SETTING.zone, CRITERIA)
        entries: dict[str, Raw] = {
            "looked_at": looked_at,
            "reached": reached,
            "decision": decision,
            "why": why,
        }
        content: Content = check(entries, self.log.content, setting).content
        self.take(
            record_figures(
                self.log,
                content,
                actor=person,
                criteria=CRITERIA,
                leads=[LENA.user],
                now=self.now,
            )
        )
        if decision:
            self.take(
                decide(
                    self.log,
                    content,
                    actor=person,
                    criteria=CRITERIA,
                    leads=[LENA],
                    new_log_id=f"L{self.log.round + 1}",
                    now=self.now,
                )
            )
        else:
            self.take(
                extend(self.log, actor=person, criteria=CRITERIA, now=self.now, supervisor=SAM)
            )

    @invariant()
    def what_stays_true(self) -> None:
        log = self.log
        assert log.extensions <= MOST_EXTENSIONS
        if log.is_shared:
            assert missing(log.content) == ()
            assert log.agent == SMALLEST["agent"]
            assert log.due_at is not None
            assert log.shared_at is not None
            plan = follow_up_of(log.content, CRITERIA)
            assert plan is not None
            assert 1 <= plan.reaching <= plan.calls
            assert plan.sentence(2026)
        else:
            assert (log.due_at, log.views, log.revision) == (None, (), 0)
        assert (log.decided is None) or log.state in {
            State.CLOSED,
            State.CONTINUED,
            State.ESCALATED,
            State.VOIDED,
        }
        if log.decided is not None and log.decided.decision == "escalate":
            assert log.decided.verdict != Verdict.TOO_FEW
        assert (log.voided is not None) is (log.state is State.VOIDED)
        assert already(log).words
        assert not any(may(PRIYA, act, agent=DANA, log=log) for act in set(Act) - {Act.SEE_TEAM})


TestLifeOfALog = LifeOfALog.TestCase
TestLifeOfALog.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)
