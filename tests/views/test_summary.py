from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

import pytest

from coaching.criteria import NEW
from coaching.elements import ELEMENTS, FIELDS, OUTCOME, WALK
from coaching.fields import Choice, Element, Field, Kind, Value
from coaching.log import Log
from tests.coaching.cast import CRITERIA, NOW, SMALLEST, opened
from tests.views.story import DANA, FIGURES, SAM, WRITTEN, Story
from views.passages import Told
from views.reading import Reading, capital, counted, listed
from views.rich import Moment
from views.summary import in_short, told, told_of

READING = Reading(reader=DANA, now=NOW, people={SAM.user: SAM, DANA.user: DANA}, criteria=CRITERIA)
CHOSEN: Mapping[Kind, Value] = {
    Kind.LINE: "Some line",
    Kind.TEXT: "Some text",
    Kind.LINES: ("One", "Two"),
    Kind.MOMENT: "03:12",
    Kind.CRITERION: "c1",
    Kind.SCORE: "55",
    Kind.WHEN: int(NOW.timestamp()),
    Kind.DAY: "2026-12-24",
    Kind.COUNT: 3,
    Kind.ONE_OF: "a",
    Kind.ANY_OF: ("a", "b"),
}


def test_the_agents_own_words_are_theirs() -> None:
    content = {"own_words": "Ask why first"}
    assert "In your own words" in says(content)
    to_sam = told_of(content, opened(), ELEMENTS, replace(READING, reader=SAM))
    assert [item.heading for item in to_sam] == [f"In {DANA.first}'s own words"]


def says(content: Mapping[str, Value], log: Log | None = None) -> dict[str, str]:
    """Heading and words of what a log with this content says."""
    items = told_of(content, log or opened(), ELEMENTS, READING)
    return {item.heading: _words(item) for item in items}


def _words(item: Told) -> str:
    return item.words.fallback if isinstance(item.words, Moment) else item.words


@pytest.mark.parametrize("kind", CHOSEN)
def test_a_new_field_shows_up_by_itself(kind: Kind) -> None:
    field = Field(
        key="fresh",
        label="Something new for {agent}",
        kind=kind,
        choices=(Choice("a", "First"), Choice("b", "{agent}'s second")),
    )
    element = Element(key="x", title="X", next_label="Next", fields=(field,))
    items = told_of({"fresh": CHOSEN[kind]}, opened(), (element,), READING)
    assert [(item.heading, _words(item)) for item in items] == [
        (
            "Something new for Dana",
            {
                Kind.LINES: "• One\n• Two",
                Kind.CRITERION: "Discovery",
                Kind.WHEN: "Tue 24 November, 10:30 GMT",
                Kind.DAY: "Thu 24 December",
                Kind.ONE_OF: "First",
                Kind.ANY_OF: "First, Dana's second",
            }.get(kind, str(CHOSEN[kind])),
        )
    ]


def test_nothing_that_is_written_is_left_out() -> None:
    log = Story().decided("close")
    keys = set(log.content)
    assert keys >= {*WRITTEN, *FIGURES}
    together = {"moment", "criterion", "score", "threshold", "calls", "calls_reaching"}
    together |= {"review_by", "step_what", "step_by", "reached"}
    found = {item.key for item in told(log, ELEMENTS, READING)}
    assert found == {key for key in keys if FIELDS[key].kind is not Kind.PERSON} - together


def test_each_thing_is_told_once_in_the_order_of_the_forms() -> None:
    log = Story().decided("close")
    once = [item.key for item in told(log, ELEMENTS, READING)]
    assert once == [item.key for item in told(log, (*ELEMENTS, *ELEMENTS), READING)]
    order = [field.key for element in ELEMENTS for field in element]
    assert once == sorted(once, key=order.index)


@pytest.mark.parametrize(
    ("content", "heading", "words"),
    [
        ({"criterion": "c2", "score": "3"}, "What we listened to", "Empathy 3 of 5"),
        ({"criterion": "c3", "score": "fail"}, "What we listened to", "Hold procedure: not passed"),
        (
            {"criterion": "c1", "score": "not scored"},
            "What we listened to",
            "Discovery: not scored",
        ),
        ({"criterion": f"{NEW}Closing", "score": "9"}, "What we listened to", "Closing 9 %"),
        ({"step_what": "call back"}, "Next step", "Sam: call back"),
        (
            {"step_what": "call back", "step_who": "agent", "step_by": "2027-01-05"},
            "Next step",
            "Dana: call back, by Tue 5 January 2027",
        ),
        ({"follow_up_criterion": "c2", "score_after": "3.5"}, "Score at follow-up", "3.5 of 5"),
        ({"follow_up_criterion": "c3", "score_after": "70"}, "Score at follow-up", "70 %"),
        ({"score_after": "70"}, "Score at follow-up", "70"),
        ({"follow_up_criterion": "gone"}, "QA criterion", "a criterion that is gone"),
        ({"follow_up_criterion": f"{NEW}Closing"}, "QA criterion", "Closing"),
        ({"calls": 10}, "Calls to review", "10"),
        ({"looked_at": 3}, "Calls looked at", "3"),
    ],
)
def test_values_are_told_in_words(content: Mapping[str, Value], heading: str, words: str) -> None:
    assert says(content)[heading].endswith(words)


def test_a_next_step_that_is_done_says_so() -> None:
    log = replace(Story().acknowledged(), step_done=NOW)
    assert says(log.content, log)["Next step"].endswith("(done)")
    assert not says({"step_what": "another"}, log)["Next step"].endswith("(done)")


def test_pass_and_fail_are_counted_in_their_own_words() -> None:
    content: dict[str, Value] = {
        **SMALLEST,
        "follow_up_criterion": "c3",
        "threshold": "pass",
        "looked_at": 8,
        "reached": 7,
    }
    assert says(content)["How it went"] == "Hold procedure: reached, 7 of 8 calls passed"


def test_the_short_form_has_no_outcome_and_its_next_step_last() -> None:
    keys = [item.key for item in in_short(Story().decided("close"), READING)]
    assert keys[-1] == "step_who"
    assert not {field.key for field in OUTCOME} & set(keys)
    assert "session_at" not in keys
    assert "points" not in keys


def test_what_is_not_written_is_not_mentioned() -> None:
    assert says({}) == {}
    assert [item.key for item in told(opened(), WALK, READING)] == [
        "call",
        "target",
        "follow_up_criterion",
    ]


@pytest.mark.parametrize(
    ("names", "said"),
    [
        ([], ""),
        (["Lena"], "Lena"),
        (["Lena", "Omar"], "Lena and Omar"),
        (["Lena", "Omar", "Wei"], "Lena, Omar and Wei"),
    ],
)
def test_names_are_listed_as_they_are_said(names: list[str], said: str) -> None:
    assert listed(names) == said


def test_small_words() -> None:
    assert [counted(number, "call") for number in (0, 1, 2)] == ["0 calls", "1 call", "2 calls"]
    assert capital("you") == "You"
    assert READING.first("UNOBODY") == "somebody"
    assert READING.first(None) == "the agent"
    assert (READING.who(DANA.user), READING.whose(DANA.user)) == ("you", "your")
    assert (READING.who(SAM.user), READING.whose(SAM.user)) == ("Sam", "Sam's")
    days = [NOW - dt.timedelta(days=number) for number in (-1, 0, 1, 34)]
    assert [READING.ago(day) for day in days] == ["today", "today", "yesterday", "34 days ago"]


def test_days_are_counted_in_the_reader_s_calendar() -> None:
    late = dt.datetime(2026, 11, 23, 23, 30, tzinfo=dt.UTC)
    in_manila = replace(READING, reader=replace(DANA, tz="Asia/Manila"))
    assert (READING.ago(late), in_manila.ago(late)) == ("yesterday", "today")


def test_too_few_calls_say_how_much_time_there_is() -> None:
    figures: dict[str, Value] = {**SMALLEST, "looked_at": 2, "reached": 1}
    looked_at = "2 of 10 looked at, 1 of them at 80 % or more"
    assert says(figures)["How it went"] == (
        f"Discovery: too few calls to say yet; {looked_at}; time until Thu 24 December"
    )
    late = replace(READING, now=NOW + dt.timedelta(days=30))
    (item,) = told_of(figures, opened(), [OUTCOME], late)
    assert item.words == f"Discovery: too few calls to say; {looked_at}"
    decided = {**figures, "decision": "close"}
    assert says(decided)["How it went"] == f"Discovery: too few calls to say; {looked_at}"
