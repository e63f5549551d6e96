"""The scenes of a coaching story: each is a message that somebody gets."""

from __future__ import annotations

from dataclasses import replace

from coaching.log import Log, State
from coaching.notices import NoticeKind
from coaching.said import Agrees, Ruling
from tests.views.story import (
    DANA,
    DUE,
    HEARD,
    LENA,
    MOVED_TWICE,
    SAM,
    Story,
)
from views.notices import NoticeAbout


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
    by_another = {name: (NoticeKind.BY_ANOTHER, about) for name, about in told.items()}
    theirs = replace(story.open(), state=State.DRAFT)
    handed = story.about(theirs, SAM, DUE, occurrence=f"{LENA.user}/3")
    return {**by_another, "handed over": (NoticeKind.HANDED_OVER, handed)}


def _without_observation(log: Log) -> Log:
    content = {key: value for key, value in log.content.items() if key != "observed"}
    return replace(log, content=content, state=State.ESCALATED)
