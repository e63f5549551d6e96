"""One coaching story, told to its end in every way."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from coaching.answers import acknowledge, add_view, answer_disagreement, answer_escalation
from coaching.chain import reopen
from coaching.criteria import Criterion
from coaching.elements import CONVERSATION, FIELDS, TARGET
from coaching.fields import Kind, Value
from coaching.log import Log
from coaching.outcome import decide, extend, extension_of, record_figures
from coaching.people import Person
from coaching.said import Agrees, Ruling, Support
from coaching.session import check_in, void
from coaching.sharing import revise
from tests.coaching import cast
from tests.coaching.cast import LATER, NOW, changed, opened
from views.notices import NoticeAbout
from views.parts import cut

DUE = dt.datetime(2026, 12, 24, 10, tzinfo=dt.UTC)
HEARD = dt.datetime(2026, 12, 29, 10, tzinfo=dt.UTC)
"""When the agent has been heard for two working days after DUE."""
MOVED_TWICE = dt.datetime(2027, 2, 25, 10, tzinfo=dt.UTC)
"""After the day to which two extensions move the review."""
SAM = replace(cast.SAM, name="Sam Okafor")
DANA = replace(cast.DANA, name="Dana Whitfield")
LENA = replace(cast.LENA, name="Lena Fischer")
OWN_WORDS = "Ask why, then offer"
VIEW_WORDS = "The customer had said why already"
ANSWER_WORDS = "I listened to it again with both of you"
REASON = "It was the call of somebody else"
WHY = "The calls show it"
WRITTEN: Mapping[str, Value] = {
    "observed": "Gave the cancellation fee without asking why the customer wanted to cancel",
    "shows": "Reason asked before minute 2",
    "quote": "I want to cancel. Okay, the fee is 40 pounds.",
    "session_at": int(NOW.timestamp()),
    "points": ("The fee came first", "What the customer wanted", "How to begin"),
    "own_words": "I will ask why before anything else",
    "obstacles": ("tool", "policy"),
    "obstacle_note": "The screen with the fee opens by itself",
    "agreement": "agreed",
    "approach": "replay",
    "step_who": "supervisor",
    "step_what": "send the two model calls",
    "step_by": "2026-11-24",
}
FIGURES: Mapping[str, Value] = {
    "score_after": "82",
    "calls_counted": ("9001", "9002"),
    "heard": "partly",
    "pattern": "Asks sooner",
}


@dataclass(frozen=True)
class Story:
    """The log at its turns. `text`, where there is one, stands in for all that people write."""

    text: str = ""
    people: tuple[Person, ...] = (SAM, DANA, LENA)
    criteria: Mapping[str, Criterion] = field(default_factory=lambda: cast.CRITERIA)

    @staticmethod
    def told_with(text: str) -> Story:
        """The story in which every text, name and criterion is this one."""
        people = [replace(person, name=text, first_name=text) for person in (SAM, DANA, LENA)]
        criteria = {
            key: replace(item, name=text[:60] or "x") for key, item in cast.CRITERIA.items()
        }
        return Story(text, tuple(people), criteria)

    def said(self, words: str) -> str:
        return self.text or words

    def filled(self, content: Mapping[str, Value]) -> dict[str, Value]:
        """The content with its free texts replaced, each as long as its field may be."""
        return {key: self._value(key, value) for key, value in content.items()}

    def _value(self, key: str, value: Value) -> Value:
        entered = FIELDS[key]
        if not self.text:
            return value
        if entered.kind in (Kind.TEXT, Kind.LINE):
            return cut(self.text, entered.limit)
        if entered.kind is Kind.LINES:
            return tuple(self.text.splitlines())
        return value

    def open(self) -> Log:
        return opened(**self.filled({**cast.SMALLEST, **WRITTEN}))

    def acknowledged(self) -> Log:
        words = self.said(OWN_WORDS)
        return changed(acknowledge(self.open(), actor=DANA, now=LATER, own_words=words))

    def viewed(self, agrees: Agrees = Agrees.NO, log: Log | None = None) -> Log:
        about = "decision" if log and log.decided else "summary"
        return changed(
            add_view(
                log or self.open(),
                agrees,
                self.said(VIEW_WORDS),
                about=about,
                actor=DANA,
                leads=[LENA.user],
                now=DUE if log and log.decided else LATER,
            )
        )

    def answered(self, ruling: Ruling = Ruling.CHANGE) -> Log:
        words = self.said(ANSWER_WORDS)
        return changed(answer_disagreement(self.viewed(), ruling, words, actor=LENA, now=LATER))

    def mended(self) -> Log:
        """A log that was changed as a lead had answered."""
        before = self.answered()
        content = {**before.content, "target": self.said("Ask why first") + "!"}
        now = LATER + dt.timedelta(days=1)
        return changed(revise(before, TARGET, content, actor=SAM, now=now))

    def decided_anew(self) -> Log:
        """A target that was closed once more, after a lead had the decision taken back."""
        log = self.ruled()
        content = {**log.content, "decision": "close", "why": self.said(WHY)}
        now = DUE + dt.timedelta(days=1)
        changes = decide(
            log,
            content,
            actor=SAM,
            criteria=self.criteria,
            leads=[LENA],
            new_log_id="L2",
            now=now,
        )
        assert isinstance(changes, list), changes
        return changed(changes[0])

    def revised(self) -> Log:
        before = self.acknowledged()
        content = {**before.content, "target": self.said("Ask why first") + "!", "calls": 8}
        del content["obstacle_note"]
        return changed(revise(before, TARGET, content, actor=SAM, now=LATER))

    def checked_in(self) -> Log:
        keys = {item.key for item in CONVERSATION}
        content = {key: value for key, value in self.open().content.items() if key in keys}
        return changed(check_in(self.open(), content, actor=SAM, now=LATER))

    def figured(self, looked_at: int, reached: int) -> Log:
        log = self.acknowledged()
        figures = {**FIGURES, "looked_at": looked_at, "reached": reached}
        return changed(
            record_figures(
                log,
                {**log.content, **self.filled(figures)},
                actor=SAM,
                criteria=self.criteria,
                leads=[LENA.user],
                now=DUE,
            )
        )

    def extended(self, times: int = 1) -> Log:
        log = self.figured(6, 5)
        for _ in range(times):
            now = log.due_at or DUE
            log = changed(extend(log, actor=SAM, criteria=self.criteria, now=now))
        return log

    def decided(self, decision: str) -> Log:
        log = self.figured(*((8, 7) if decision == "close" else (10, 3)))
        content = {**log.content, "decision": decision, "why": self.said(WHY)}
        changes = decide(
            log,
            content,
            actor=SAM,
            criteria=self.criteria,
            leads=[LENA],
            new_log_id="L2",
            now=DUE,
        )
        assert isinstance(changes, list), changes
        return changed(changes[0])

    def responded(self) -> Log:
        log = self.decided("escalate")
        words = self.said(ANSWER_WORDS)
        changes = answer_escalation(
            log,
            Support.TRAINING,
            words,
            actor=LENA,
            new_log_id="L2",
            writer=SAM.user,
            now=HEARD,
        )
        assert isinstance(changes, list), changes
        return changed(changes[0])

    def disputed(self, decision: str = "close") -> Log:
        """A decision with which the agent disagrees."""
        return self.viewed(Agrees.NO, self.decided(decision))

    def ruled(self, ruling: Ruling = Ruling.CHANGE, decision: str = "close") -> Log:
        words = self.said(ANSWER_WORDS)
        log = self.disputed(decision)
        return changed(answer_disagreement(log, ruling, words, actor=LENA, now=DUE))

    def sent_back(self) -> Log:
        """An escalated target that the lead gives back to coaching."""
        log = replace(self.responded(), continued_by="L2")
        assert log.escalation_answer is not None
        answer = replace(log.escalation_answer, answer=Support.BACK)
        return replace(log, escalation_answer=answer)

    def reopened(self, decision: str = "continue") -> Log:
        return changed(reopen(self.decided(decision), actor=SAM, now=DUE))

    def dropped(self) -> Log:
        """A target given back to coaching whose follow-on draft was discarded."""
        why = "The draft that went on with the target was discarded."
        return changed(reopen(self.sent_back(), actor=SAM, now=HEARD, why=why))

    def voided(self, log: Log | None = None) -> Log:
        return changed(void(log or self.viewed(), self.said(REASON), actor=SAM, now=LATER))

    def about(
        self, log: Log, reader: Person, now: dt.datetime = LATER, **more: object
    ) -> NoticeAbout:
        """What a message is made from, in this story."""
        people = {person.user: person for person in self.people}
        return NoticeAbout(
            log=log,
            people=people,
            criteria=self.criteria,
            reader=people[reader.user],
            now=now,
            leads=(people[LENA.user],),
            extend_to=extension_of(log, self.criteria, now, people[reader.user].zone),
            **more,  # type: ignore[arg-type]  # named at the call as in NoticeAbout
        )
