from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from coaching.fields import Content
from tests.coaching.cast import CRITERIA, DANA, NOW, SAM, SMALLEST, opened
from tests.views.slack import NASTY, buttons, field, handed_back, labels, required, shown, words
from views import ids
from views.form import FormAbout, read
from views.meta import Meta
from views.parts import View
from views.quick import quick

PLAN: Content = {
    key: SMALLEST[key]
    for key in ("follow_up_criterion", "threshold", "calls", "calls_reaching", "review_by")
}
ABOUT = FormAbout(
    agent=DANA,
    supervisor=SAM,
    criteria=CRITERIA,
    suggestions={**PLAN, "session_at": int(NOW.timestamp())},
    fixed_agent=True,
)
META = Meta(agent=DANA.user, new_id="L1")


def made(content: Content, meta: Meta = META, about: FormAbout = ABOUT) -> View:
    view = quick(content, meta, about)
    shown(view)
    return view


def test_six_questions_and_the_plan_in_a_line() -> None:
    view = made({})
    assert view["callback_id"] == ids.QUICK
    assert labels(view) == [
        "Call ID or recording link",
        "Moment of the call",
        "QA criterion",
        "Score",
        "One thing that UDANA will do differently",
    ]
    assert required(view) == labels(view)
    assert "Discovery at 80 % or more on 7 of the next 10 scored calls, by Thu 24 December." in (
        words(view)
    )
    assert view["submit"]["text"] == "Share with UDANA"
    assert buttons(view) == {"Change": ids.MORE, "Add the rest": ids.ADD_THE_REST}


def test_the_agent_is_asked_for_where_nobody_is_named() -> None:
    view = made({}, Meta(new_id="L1"), replace(ABOUT, agent=None, fixed_agent=False))
    assert labels(view)[0] == "Agent"
    assert view["submit"]["text"] == "Share with agent"


def test_before_a_criterion_is_picked_the_line_says_what_is_known() -> None:
    known: Content = {
        "calls": 10,
        "calls_reaching": 7,
        "review_by": "2026-12-24",
        "session_at": 1795516200,
    }
    view = made({}, about=replace(ABOUT, suggestions=known))
    assert "7 of the next 10 scored calls, by Thu 24 December. The score to reach follows" in (
        words(view)
    )
    assert "Pick the criterion" in words(made({}, about=replace(ABOUT, suggestions={})))


def test_a_criterion_that_is_only_typed_yet_has_its_plan_too() -> None:
    about = replace(ABOUT, suggestions={**ABOUT.suggestions, "follow_up_criterion": "new:Warmth"})
    assert "Warmth at 80 % or more on 7 of the next 10" in words(made({}, about=about))


def test_the_year_is_said_where_it_is_another() -> None:
    december = int(dt.datetime(2026, 12, 30, tzinfo=dt.UTC).timestamp())
    about = replace(
        ABOUT,
        suggestions={**ABOUT.suggestions, "session_at": december, "review_by": "2027-01-29"},
    )
    assert "by Fri 29 January 2027." in words(made({}, about=about))


def test_change_unfolds_the_plan() -> None:
    view = made({}, replace(META, more=True))
    assert labels(view)[-5:] == [
        "QA criterion",
        "Threshold score",
        "Calls to review",
        "Calls that must reach it",
        "Review by",
    ]
    assert ids.MORE not in buttons(view).values()
    entries = read(handed_back(view)).entries
    assert {key: entries[key] for key in PLAN} == PLAN


def test_another_open_target_is_asked_for_its_reason() -> None:
    others = [replace(opened(), number=number, id=str(number)) for number in (87, 91)]
    view = quick({}, META, ABOUT, others_open=others)
    shown(view)
    assert field(view, ids.SECOND_REASON_BLOCK)["hint"]["text"] == "CL-87 and CL-91 are still open."


@pytest.mark.parametrize("nasty", NASTY)
def test_any_text_fits(nasty: str) -> None:
    typed = NASTY[nasty]
    content: Content = {**SMALLEST, "call": typed[:500], "target": typed, "moment": typed[:40]}
    person = replace(DANA, name=typed, first_name=typed)
    made(content, replace(META, more=True), replace(ABOUT, agent=person))
