from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from coaching.criteria import Criterion
from coaching.elements import OBSERVATION
from coaching.fields import Value
from coaching.said import CheckIn
from tests.coaching.cast import CRITERIA, DANA, NOW, PRIYA, SAM, draft, opened
from tests.views.slack import NASTY, buttons, handed_back, shown, words
from views import ids
from views.choice import known, read_given, which
from views.intro import about_agent
from views.reading import Reading
from views.type_ahead import options

PEOPLE = {DANA.user: DANA}
READING = Reading(reader=SAM, now=NOW, people=PEOPLE, criteria={})


def test_days_are_those_of_the_readers_calendar() -> None:
    begun = replace(draft(), created_at=dt.datetime(2026, 11, 22, 23, 30, tzinfo=dt.UTC))
    assert "begun 2 days ago" in words(known([begun], [], None, READING))
    in_manila = replace(READING, reader=PRIYA)
    assert "begun yesterday" in words(known([begun], [], None, in_manila))
    held = replace(opened(session_at=int(begun.created_at.timestamp())), created_at=NOW)
    assert "last session 2 days ago" in about_agent(DANA, held, held, [], READING)[0]
    assert "last session yesterday" in about_agent(DANA, held, held, [], in_manila)[0]


def test_a_check_in_is_a_session_and_what_goes_on_is_what_is_in_view() -> None:
    noted = CheckIn(NOW, SAM.user, {"points": ("Talked",)})
    latest = replace(opened(), created_at=NOW - dt.timedelta(days=9), check_ins=(noted,))
    before = replace(opened(), number=87)
    reading = replace(READING, criteria=CRITERIA)
    lines = about_agent(DANA, latest, before, [], reading)
    assert "last session today" in lines[0]
    assert lines[1].startswith("Last time (CL-87): ")


def test_what_is_in_hand_comes_before_something_new() -> None:
    begun = replace(draft(observed="x"), created_at=NOW - dt.timedelta(days=3))
    target = replace(opened(), id="L9", number=87)
    view = known([begun], [target], DANA, READING)
    shown(view)
    assert view["title"]["text"] == "Coach UDANA"
    said = words(view)
    assert "CL-142, a draft for UDANA Whitfield, begun 3 days ago. Next: conversation." in said
    assert "CL-87, still open for UDANA Whitfield: Ask the reason" in said
    assert buttons(view) == {
        "Continue": ids.CONTINUE,
        "Check in": ids.CHECK_IN,
        "Start a new log": ids.NEW_LOG,
        "Quick log": ids.QUICK_LOG,
    }
    assert [item["value"] for item in view["blocks"][-1]["elements"]] == [DANA.user] * 2


def test_without_an_agent_the_new_log_is_for_anybody() -> None:
    whole = draft(observed="x", points=("y",))
    view = known([replace(whole, agent=None)], [], None, replace(READING, people={}))
    shown(view)
    assert "a draft for nobody yet, begun today. Ready to share." in words(view)
    assert "value" not in view["blocks"][-1]["elements"][0]


def test_evidence_from_a_message_comes_along() -> None:
    given: dict[str, Value] = {"call": "https://x.example/1", "quote": "“Hi” :wave: *b* <@U1>"}
    view = handed_back(known([draft()], [], None, READING, given=given))
    assert read_given(view) == given
    assert "“Hi”" in words(view)
    assert read_given(handed_back(known([draft()], [], None, READING))) == {}


@pytest.mark.parametrize(
    "blocks",
    [None, 3, [3], [{"block_id": "given.quote"}], [{"block_id": "given.quote", "text": "x"}]],
)
def test_a_forged_choice_gives_nothing(blocks: object) -> None:
    assert read_given({"blocks": blocks}) == {}


def test_the_log_that_a_form_is_for_is_picked() -> None:
    yesterday = replace(opened(), created_at=NOW - dt.timedelta(days=1))
    view = which([yesterday, replace(draft(), id="L2")], OBSERVATION, READING)
    shown(view)
    assert view["title"]["text"] == "Observation"
    assert "CL-142 for UDANA Whitfield, begun yesterday: Ask the reason" in words(view)
    values = [block["accessory"]["value"] for block in view["blocks"] if "accessory" in block]
    assert values == ["L1 observation", "L2 observation"]


def test_many_are_cut_short_and_it_says_so() -> None:
    logs = [replace(draft(), id=f"L{number}", number=number) for number in range(1, 61)]
    view = known(logs, logs, None, READING)
    shown(view)
    assert "60 more are not shown" in words(view)
    shown(which(logs, OBSERVATION, READING))
    planned = [replace(log, content={"session_at": 1_800_000_000}) for log in logs]
    shown(known(planned, logs, None, READING))


def test_a_planned_session_can_be_held_from_there() -> None:
    at = int((NOW + dt.timedelta(days=3)).timestamp())
    view = known([draft(session_at=at, observed="x")], [], None, READING)
    shown(view)
    said = words(view)
    assert "planned for Fri 27 November, 10:30 GMT. Ready for the session." in said
    assert list(buttons(view)) == ["Session held", "Continue", "Start a new log"]


@pytest.mark.parametrize("nasty", NASTY)
def test_any_text_fits(nasty: str) -> None:
    text = NASTY[nasty]
    person = replace(DANA, name=text, first_name=text)
    reading = replace(READING, people={person.user: person})
    logs = [opened(target=text)] * 40
    view = known(logs, logs, person, reading)
    shown(view)
    assert "mrkdwn" not in str(view)
    shown(which(logs, OBSERVATION, reading))


FOUND = [Criterion("c1", "Discovery"), Criterion("c2", "Discount")]


def test_the_type_ahead_offers_what_was_found_and_to_add_what_was_not() -> None:
    def offered(query: str) -> list[tuple[str, str]]:
        return [(item["text"]["text"], item["value"]) for item in options(FOUND, query)]

    both = [("Discovery", "c1"), ("Discount", "c2")]
    assert offered("") == both
    assert offered(" dISCO ") == [*both, ("Add “dISCO” (0 to 100 %)", "new:dISCO")]
    assert offered("discovery ") == both
    assert offered("x" * 61) == both


def test_a_long_list_leaves_room_to_add_one() -> None:
    many = [Criterion(f"c{number}", f"Criterion {number} " + "x" * 80) for number in range(150)]
    found = options(many, "y" * 60)
    assert len(found) == 100
    assert found[-1]["value"] == "new:" + "y" * 60
    assert all(len(item["text"]["text"]) <= 75 for item in found)
    assert len(options(many, "")) == 100
