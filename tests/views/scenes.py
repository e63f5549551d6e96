"""One coaching story, told to its end in every way; each scene is a message that somebody gets."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from coaching.answers import acknowledge, add_view, answer_disagreement, answer_escalation
from coaching.chain import reopen
from coaching.criteria import Criterion
from coaching.elements import CONVERSATION, FIELDS, TARGET
from coaching.fields import Kind, Value
from coaching.log import Agrees, Log, Ruling, State, Support
from coaching.notices import NoticeKind
from coaching.outcome import decide, extend, extension_of, record_figures
from coaching.people import Person
from coaching.session import check_in, revise, void
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


def scenes(story: Story) -> dict[str, tuple[NoticeKind, NoticeAbout]]:
    """Every message of the story, by what has happened."""
    kind, about = NoticeKind, story.about
    escalated = story.decided("escalate")
    earlier = replace(story.decided("continue"), id="L0", number=130)
    following = replace(story.open(), id="L2", number=158)
    asked = "2026-12-24/0"
    return {
        "shared": (kind.SHARED, about(story.open(), DANA)),
        "shared, read": (kind.SHARED, about(story.acknowledged(), DANA)),
        "shared, disagreed": (kind.SHARED, about(story.viewed(), DANA)),
        "shared, answered": (kind.SHARED, about(story.answered(), DANA)),
        "shared, changed since": (kind.SHARED, about(story.revised(), DANA)),
        "shared, decided since": (kind.SHARED, about(escalated, DANA, DUE)),
        "shared, voided": (kind.SHARED, about(story.voided(), DANA)),
        "revised": (
            kind.REVISED,
            about(story.revised(), DANA, previous=story.acknowledged().content, occurrence="2"),
        ),
        "revised, voided": (
            kind.REVISED,
            about(story.voided(story.revised()), DANA, occurrence="2"),
        ),
        "acknowledged": (kind.ACKNOWLEDGED, about(story.acknowledged(), SAM)),
        "view added": (kind.VIEW_ADDED, about(story.viewed(Agrees.IN_PART), SAM)),
        "disagreed": (kind.VIEW_ADDED, about(story.viewed(), SAM)),
        "disagreed, answered": (kind.VIEW_ADDED, about(story.answered(), SAM)),
        "disagreed, voided": (kind.VIEW_ADDED, about(story.voided(), SAM)),
        "to answer": (kind.DISAGREEMENT, about(story.viewed(), LENA)),
        "to answer, done": (kind.DISAGREEMENT, about(story.answered(), LENA)),
        "to answer, voided": (kind.DISAGREEMENT, about(story.voided(), LENA)),
        "to answer, agrees now": (
            kind.DISAGREEMENT,
            about(story.viewed(Agrees.YES, story.viewed()), LENA),
        ),
        "answer to agent": (kind.DISAGREEMENT_ANSWERED, about(story.answered(), DANA)),
        "answer to supervisor": (kind.DISAGREEMENT_ANSWERED, about(story.answered(), SAM)),
        "answer to supervisor, changed": (
            kind.DISAGREEMENT_ANSWERED,
            about(story.mended(), SAM, DUE),
        ),
        "answer to agent, changed": (kind.DISAGREEMENT_ANSWERED, about(story.mended(), DANA, DUE)),
        "answer to supervisor, voided": (
            kind.DISAGREEMENT_ANSWERED,
            about(story.voided(story.answered()), SAM, DUE),
        ),
        "to answer, changed": (kind.DISAGREEMENT, about(story.mended(), LENA, DUE)),
        "changed, to lead": (
            kind.BY_ANOTHER,
            about(story.mended(), LENA, DUE, occurrence=f"revised/{SAM.user}/2"),
        ),
        "checked in": (kind.CHECKED_IN, about(story.checked_in(), DANA)),
        "due": (kind.OUTCOME_DUE, about(story.open(), SAM, DUE, occurrence=asked)),
        "due, met": (kind.OUTCOME_DUE, about(story.figured(8, 7), SAM, DUE, occurrence=asked)),
        "due, missed": (kind.OUTCOME_DUE, about(story.figured(10, 3), SAM, DUE, occurrence=asked)),
        "due, too few": (kind.OUTCOME_DUE, about(story.figured(6, 5), SAM, DUE, occurrence=asked)),
        "due, moved": (kind.OUTCOME_DUE, about(story.extended(), SAM, DUE, occurrence=asked)),
        "due, moved twice": (kind.OUTCOME_DUE, about(story.extended(2), SAM, MOVED_TWICE)),
        "due, decided": (kind.OUTCOME_DUE, about(story.decided("close"), SAM, DUE)),
        "due, voided": (kind.OUTCOME_DUE, about(story.voided(), SAM, DUE)),
        "lead decides": (kind.LEAD_DECIDES, about(story.extended(2), LENA, MOVED_TWICE)),
        "lead decides, done": (kind.LEAD_DECIDES, about(story.decided("continue"), LENA, DUE)),
        "extended": (kind.EXTENDED, about(story.extended(), DANA, DUE)),
        "closed": (kind.DECIDED, about(story.decided("close"), DANA, DUE)),
        "continued": (kind.DECIDED, about(story.decided("continue"), DANA, DUE)),
        "continued, goes on": (
            kind.DECIDED,
            about(story.decided("continue"), DANA, DUE, next_log=following),
        ),
        "escalated": (kind.DECIDED, about(escalated, DANA, DUE)),
        "escalated, viewed": (
            kind.DECIDED,
            about(story.viewed(Agrees.IN_PART, escalated), DANA, DUE),
        ),
        "escalated, responded": (kind.DECIDED, about(story.responded(), DANA, DUE)),
        "decided, voided": (kind.DECIDED, about(story.voided(escalated), DANA, DUE)),
        "to respond": (
            kind.ESCALATED,
            about(_without_observation(escalated), LENA, DUE, history=(earlier, escalated)),
        ),
        "to respond, viewed": (
            kind.ESCALATED,
            about(story.viewed(Agrees.IN_PART, escalated), LENA, DUE),
        ),
        "to respond, done": (kind.ESCALATED, about(story.responded(), LENA, DUE)),
        "to respond, voided": (kind.ESCALATED, about(story.voided(escalated), LENA, DUE)),
        "response to agent": (kind.ESCALATION_ANSWERED, about(story.responded(), DANA, DUE)),
        "response to supervisor": (kind.ESCALATION_ANSWERED, about(story.responded(), SAM, DUE)),
        "voided": (kind.VOIDED, about(story.voided(), DANA)),
        **_by_another(story),
        **_taken_back(story),
    }


def _taken_back(story: Story) -> dict[str, tuple[NoticeKind, NoticeAbout]]:
    """Decisions that somebody disagrees with, and that are taken back."""
    kind, about = NoticeKind, story.about
    draft = replace(story.open(), id="L2", number=158, state=State.DRAFT)
    following = replace(story.open(), id="L2", number=158)
    asked = "2026-12-24/0"
    return {
        "open again": (kind.REOPENED, about(story.reopened(), DANA, DUE)),
        "open again by another": (
            kind.BY_ANOTHER,
            about(story.reopened(), SAM, DUE, occurrence=f"reopened/{LENA.user}/2"),
        ),
        "continued, taken back": (kind.DECIDED, about(story.reopened(), DANA, DUE)),
        "due, asked again": (
            kind.OUTCOME_DUE,
            about(story.reopened(), SAM, DUE, occurrence=asked),
        ),
        "to respond, taken back": (kind.ESCALATED, about(story.reopened("escalate"), LENA, DUE)),
        "disputed": (kind.DECIDED, about(story.disputed(), DANA, DUE)),
        "disputed, stands": (kind.DECIDED, about(story.ruled(Ruling.STANDS), DANA, DUE)),
        "dispute to answer": (kind.DISAGREEMENT, about(story.disputed(), LENA, DUE)),
        "dispute answered": (kind.DISAGREEMENT_ANSWERED, about(story.ruled(), DANA, DUE)),
        "dispute answered, to supervisor": (
            kind.DISAGREEMENT_ANSWERED,
            about(story.ruled(), SAM, DUE),
        ),
        "dispute answered, decided anew": (
            kind.DISAGREEMENT_ANSWERED,
            about(story.decided_anew(), DANA, HEARD),
        ),
        "dispute to answer, answered": (kind.DISAGREEMENT, about(story.ruled(), LENA, DUE)),
        "dispute added, answered": (kind.VIEW_ADDED, about(story.ruled(), SAM, DUE)),
        "disputed, decided anew": (
            kind.DECIDED,
            about(story.decided_anew(), DANA, HEARD, occurrence="2"),
        ),
        "due, after a dispute": (
            kind.OUTCOME_DUE,
            about(story.ruled(), SAM, DUE, occurrence=f"{asked}/2"),
        ),
        "dispute on what goes on": (
            kind.DISAGREEMENT_ANSWERED,
            about(story.ruled(decision="continue"), DANA, DUE, next_log=following),
        ),
        "back to coaching": (
            kind.ESCALATION_ANSWERED,
            about(story.sent_back(), SAM, DUE, next_log=draft),
        ),
        "back to coaching, to agent": (
            kind.ESCALATION_ANSWERED,
            about(story.sent_back(), DANA, DUE, next_log=draft),
        ),
        "back to coaching, shared": (
            kind.ESCALATION_ANSWERED,
            about(story.sent_back(), DANA, DUE, next_log=following),
        ),
        "back to coaching, dropped": (
            kind.ESCALATION_ANSWERED,
            about(story.dropped(), DANA, HEARD),
        ),
        "dropped, to lead": (
            kind.BY_ANOTHER,
            about(story.dropped(), LENA, HEARD, occurrence=f"reopened/{SAM.user}/2"),
        ),
    }


def _by_another(story: Story) -> dict[str, tuple[NoticeKind, NoticeAbout]]:
    """What Lena did with Sam's log, as he is told."""
    draft = replace(story.open(), id="L2", number=158, state=State.DRAFT)
    logs = {
        "decided": story.decided("close"),
        "extended": story.extended(),
        "revised": story.revised(),
        "checked_in": story.checked_in(),
        "voided": story.voided(),
    }
    told = {
        f"{did} by another": story.about(log, SAM, DUE, occurrence=f"{did}/{LENA.user}/1")
        for did, log in logs.items()
    }
    told["continued by another"] = story.about(
        story.decided("continue"),
        SAM,
        DUE,
        occurrence=f"decided/{LENA.user}/1",
        next_log=draft,
    )
    return {name: (NoticeKind.BY_ANOTHER, about) for name, about in told.items()}


def _without_observation(log: Log) -> Log:
    content = {key: value for key, value in log.content.items() if key != "observed"}
    return replace(log, content=content, state=State.ESCALATED)
