"""The six elements of a log and their fields, declared once.

Forms, reading back, checks, summaries, history and export all walk this declaration: a new field is
one entry here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from coaching.fields import Choice, Content, Element, Field, Kind

EVIDENCE = Element(
    key="evidence",
    title="Call evidence",
    next_label="Next: observed",
    fields=(
        Field(key="agent", label="Agent", kind=Kind.PERSON, needed=True),
        Field(
            key="call",
            label="Call ID or recording link",
            kind=Kind.LINE,
            needed=True,
            limit=500,
        ),
        Field(
            key="moment",
            label="Moment of the call",
            kind=Kind.MOMENT,
            needed=True,
            limit=40,
            hint="Time into the call, mm:ss or h:mm:ss. For chat or e-mail: message 12, or 14:05.",
        ),
        Field(key="criterion", label="QA criterion", kind=Kind.CRITERION, needed=True),
        Field(
            key="score",
            label="Score",
            kind=Kind.SCORE,
            needed=True,
            limit=40,
            scale_of="criterion",
        ),
        Field(
            key="quote",
            label="Transcript quote",
            kind=Kind.TEXT,
            heading="Quote",
            hint="A line or two that the customer and {agent} said.",
        ),
        Field(
            key="session_at",
            label="Session took place",
            kind=Kind.WHEN,
            heading="Session",
            hint="Or the time for which it is planned.",
        ),
    ),
)

OBSERVATION = Element(
    key="observation",
    title="Observation",
    next_label="Next: target",
    fields=(
        Field(
            key="observed",
            label="What did {agent} do at {moment}?",
            heading="What was heard",
            kind=Kind.TEXT,
            hint="Write what a listener would hear; the better way comes next.",
        ),
    ),
)

TARGET = Element(
    key="target",
    title="Target",
    next_label="Next: conversation",
    fields=(
        Field(
            key="target",
            label="One thing that {agent} will do differently",
            heading="What to try",
            kind=Kind.TEXT,
            needed=True,
        ),
        Field(
            key="shows",
            label="How it shows in a call or scorecard",
            heading="How it shows",
            kind=Kind.TEXT,
        ),
    ),
)

CONVERSATION = Element(
    key="conversation",
    title="Conversation",
    next_label="Next: follow-up",
    fields=(
        Field(
            key="points",
            label="Discussion points",
            heading="What you talked about",
            kind=Kind.LINES,
            hint="A line each; three to five are enough to remember it by.",
        ),
        Field(
            key="own_words",
            label="What {agent} will do, in their own words",
            heading="In {whose} own words",
            kind=Kind.TEXT,
        ),
        Field(
            key="obstacles",
            label="What got in the way",
            kind=Kind.ANY_OF,
            more=True,
            choices=(
                Choice("workload", "Workload"),
                Choice("policy", "Policy confusion"),
                Choice("tool", "Tool issue"),
                Choice("other", "Something else"),
            ),
        ),
        Field(
            key="obstacle_note",
            label="A note on what got in the way",
            heading="About that",
            kind=Kind.TEXT,
            more=True,
        ),
        Field(
            key="agreement",
            label="Did {agent} agree?",
            heading="In the session",
            kind=Kind.ONE_OF,
            more=True,
            choices=(
                Choice("agreed", "Agreed"),
                Choice("in_part", "Agreed in part"),
                Choice("disagreed", "Disagreed"),
            ),
        ),
        Field(
            key="approach",
            label="Coaching approach",
            kind=Kind.ONE_OF,
            more=True,
            choices=(
                Choice("replay", "Call replay"),
                Choice("side_by_side", "Side by side"),
                Choice("role_play", "Role play"),
                Choice("script", "Script practice"),
                Choice("self", "Self-assessment"),
                Choice("other", "Other"),
            ),
        ),
        Field(
            key="step_who",
            label="Next step: who",
            kind=Kind.ONE_OF,
            more=True,
            choices=(Choice("supervisor", "{supervisor}"), Choice("agent", "{agent}")),
        ),
        Field(key="step_what", label="Next step: what", kind=Kind.LINE, limit=500, more=True),
        Field(
            key="step_by",
            label="Next step: by when",
            kind=Kind.DAY,
            hint="Without a day it comes back on the day of the review.",
            more=True,
        ),
    ),
)

FOLLOW_UP = Element(
    key="follow-up",
    title="Follow-up",
    next_label="Look it over",
    fields=(
        Field(key="follow_up_criterion", label="QA criterion", kind=Kind.CRITERION, needed=True),
        Field(
            key="threshold",
            label="Threshold score",
            kind=Kind.SCORE,
            needed=True,
            limit=40,
            scale_of="follow_up_criterion",
            hint="A call reaches it at this score or better.",
        ),
        Field(key="calls", label="Calls to review", kind=Kind.COUNT, needed=True, limit=200),
        Field(
            key="calls_reaching",
            label="Calls that must reach it",
            kind=Kind.COUNT,
            needed=True,
            limit=200,
        ),
        Field(
            key="review_by",
            label="Review by",
            kind=Kind.DAY,
            needed=True,
            hint="The outcome is asked for on that day, or on the next working day.",
        ),
    ),
)

OUTCOME = Element(
    key="outcome",
    title="Outcome",
    next_label="Save outcome",
    fields=(
        Field(
            key="looked_at",
            label="Calls looked at",
            kind=Kind.COUNT,
            limit=200,
            hint="0 is an answer.",
        ),
        Field(key="reached", label="Calls that reached the threshold", kind=Kind.COUNT, limit=200),
        Field(
            key="score_after",
            label="Score at follow-up",
            kind=Kind.SCORE,
            limit=40,
            scale_of="follow_up_criterion",
            hint="The mean of the calls counted.",
        ),
        Field(
            key="median_after",
            label="Median score",
            kind=Kind.SCORE,
            limit=40,
            scale_of="follow_up_criterion",
            more=True,
        ),
        Field(
            key="calls_counted",
            label="Call IDs",
            heading="Calls counted",
            kind=Kind.LINES,
            hint="A line each, so that everybody can look at the same calls.",
        ),
        Field(
            key="heard",
            label="Was the behaviour heard?",
            heading="Behaviour heard",
            kind=Kind.ONE_OF,
            choices=(
                Choice("yes", "Yes"),
                Choice("partly", "Partly"),
                Choice("no", "No"),
                Choice("not_listened", "Not listened"),
            ),
        ),
        Field(
            key="pattern",
            label="Pattern change",
            heading="What changed",
            kind=Kind.TEXT,
            hint="What {agent} does in call after call now that was different before.",
        ),
        Field(
            key="decision",
            label="Decision",
            kind=Kind.ONE_OF,
            choices=(
                Choice("close", "Close"),
                Choice("continue", "Continue"),
                Choice("escalate", "Escalate"),
            ),
        ),
        Field(
            key="why",
            label="Why",
            kind=Kind.TEXT,
            hint="Needed unless you close a target that was reached. {agent} reads this.",
        ),
    ),
)

WALK: tuple[Element, ...] = (EVIDENCE, OBSERVATION, TARGET, CONVERSATION, FOLLOW_UP)
"""The forms of a log in the order in which they are walked through."""

ELEMENTS: tuple[Element, ...] = (*WALK, OUTCOME)

FIELDS: Mapping[str, Field] = {field.key: field for element in ELEMENTS for field in element}


def element(key: str) -> Element:
    """The element of that key; KeyError where there is none."""
    for candidate in ELEMENTS:
        if candidate.key == key:
            return candidate
    raise KeyError(key)


def missing(content: Content) -> tuple[Field, ...]:
    """The fields that the smallest shareable log still lacks (PRODUCT, section 2)."""
    return tuple(
        field for part in WALK for field in part if field.needed and field.key not in content
    )


def unwritten(content: Content) -> tuple[Element, ...]:
    """The elements that mark a shared log incomplete: observation and conversation."""
    return tuple(part for part in (OBSERVATION, CONVERSATION) if not part.is_written(content))


def first_gap(content: Content, forms: Sequence[Element] = WALK) -> Element | None:
    """The first of these forms with something missing; None where nothing is."""
    for part in forms:
        if any(field.needed and field.key not in content for field in part):
            return part
        if part in (OBSERVATION, CONVERSATION) and not part.is_written(content):
            return part
    return None
