"""What people read when a target is decided, disputed, taken back or escalated."""

from __future__ import annotations

from dataclasses import replace

import pytest

from coaching.log import State
from coaching.notices import LIVING, NoticeKind
from tests.views.slack import buttons, words
from tests.views.story import ANSWER_WORDS, DANA, DUE, LENA, VIEW_WORDS, Story
from tests.views.told import PLAN, after, lines, told
from views.notices import message


@pytest.mark.parametrize(
    ("name", "decision", "following"),
    [
        (
            "closed",
            "Closed: you reached what was agreed.",
            "Nothing more to do for this target.",
        ),
        (
            "continued",
            "The same target goes on for another round.",
            "Sam sits down with you first, then shares a new log with this target.",
        ),
        (
            "continued, goes on",
            "The same target goes on for another round.",
            "It goes on in CL-158.",
        ),
        (
            "escalated",
            "Lena will look at this with you both.",
            (
                "Add your view if you like: Lena gets this with it, or in two working days without "
                "it. The response comes to you here."
            ),
        ),
        (
            "escalated, viewed",
            "Lena will look at this with you both.",
            "Your view goes along with it. The response comes to you here.",
        ),
    ],
)
def test_a_decision_says_what_was_decided_and_what_happens_next(
    name: str, decision: str, following: str
) -> None:
    assert after(name, "What was agreed") == PLAN
    assert "calls at 80 % or more" in after(name, "How it went")
    assert after(name, "Calls counted") == "• 9001"
    assert after(name, "Decision") == decision
    assert after(name, "Why") == "The calls show it"
    assert after(name, "What happens next") == following


def test_a_decision_takes_one_view() -> None:
    assert buttons(told("closed"))["Add my view"] == "coach.add_view"
    assert "Add my view" not in buttons(told("escalated, viewed"))
    assert "Lena's response: training" in "".join(lines("escalated, responded"))
    assert "What happens next" not in lines("escalated, responded")


def test_a_target_closed_without_being_reached_is_not_called_reached() -> None:
    log = Story().decided("continue")
    assert log.decided is not None
    closed = replace(log, decided=replace(log.decided, decision="close"))
    made = message(NoticeKind.DECIDED, Story().about(closed, DANA, DUE))
    assert "you reached" not in words(made)


def test_the_lead_gets_the_whole_target_and_what_is_missing() -> None:
    said = lines("to respond")
    assert said[0] == "Sam escalated Dana's target to you (CL-142)"
    assert "Dana has added no view on the decision so far." in said
    assert after("to respond", "Observation") == "Not documented"
    assert after("to respond", "Earlier: CL-130") == "Shared on Tue 24 November"
    assert "Continued" in said
    assert list(buttons(told("to respond"))) == ["Record response", "See all of it"]
    viewed = words(told("to respond, viewed"))
    assert "Dana agrees in part" in viewed
    assert "no view" not in viewed


def test_the_lead_decides_where_the_day_was_moved_twice() -> None:
    assert "so Sam leaves it to you" in words(told("lead decides"))
    assert "Record outcome" in buttons(told("lead decides"))
    assert not buttons(told("lead decides, done"))


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("decided by another", "Lena decided CL-142 with Dana"),
        ("extended by another", "Lena moved the day of CL-142 with Dana"),
        ("revised by another", "Lena changed CL-142 with Dana"),
        ("checked_in by another", "Lena noted a check-in with Dana on CL-142"),
    ],
)
def test_the_supervisor_is_told_what_somebody_else_did(name: str, said: str) -> None:
    assert lines(name)[0] == said
    assert list(buttons(told(name))) == ["See all of it"]


def test_a_target_that_somebody_else_continued_comes_with_its_draft() -> None:
    assert "Your draft CL-158 goes on with the target." in lines("continued by another")
    assert list(buttons(told("continued by another"))) == ["Continue", "See all of it"]


@pytest.mark.parametrize(
    ("name", "words_said"),
    [
        ("open again", "CL-142 is open again"),
        ("open again", "You are told what is decided instead."),
        ("continued, taken back", "The decision on your target in CL-142 was taken back"),
        ("open again by another", "Lena took the decision on CL-142 with Dana back"),
        ("due, asked again", "The decision was taken back. A newer message asks for it again."),
        ("disputed", "Lena will answer you."),
        (
            "dispute to answer",
            "Dana disagrees with the decision on CL-142, on Thu 24 December, 05:00 EST",
        ),
        ("dispute answered", "CL-142 is open again. You are told what is decided instead."),
        (
            "dispute answered, to supervisor",
            "CL-142 is open again, and its outcome is asked for once more.",
        ),
        (
            "dispute on what goes on",
            "The target goes on in CL-158. Sam talks it over with you there.",
        ),
        ("back to coaching", "Your draft CL-158 goes on with the target."),
        (
            "back to coaching, to agent",
            "Sam sits down with you first, then shares a new log with this target.",
        ),
        ("back to coaching, shared", "The target goes on in CL-158."),
    ],
)
def test_decisions_that_are_disputed_or_taken_back(name: str, words_said: str) -> None:
    assert words_said in lines(name)


def test_a_response_that_was_taken_back_is_kept_with_the_reason() -> None:
    for name in ("back to coaching, dropped", "dropped, to lead"):
        said = lines(name)
        assert any("back to coaching (" in one for one in said)
        assert any("Sam took the decision back" in one for one in said)
        assert after(name, "Why") == "The draft that went on with the target was discarded."
        assert not any("sits down" in one or "goes on with the target" in one for one in said)
        assert list(buttons(told(name))) == ["See all of it"]
    assert NoticeKind.ESCALATION_ANSWERED in LIVING
    assert lines("dropped, to lead")[0] == "Sam took the decision on CL-142 with Dana back"


def test_a_decision_that_waits_for_an_answer_is_not_called_done() -> None:
    assert "Lena will answer you." in lines("disputed")
    assert "Nothing more to do for this target." not in lines("disputed")
    assert "Nothing more to do for this target." in lines("disputed, stands")


def test_who_sits_down_with_the_agent_is_whose_draft_goes_on() -> None:
    draft = replace(Story().open(), id="L2", number=158, state=State.DRAFT)
    log = Story().decided("continue")
    assert log.decided is not None
    log = replace(log, decided=replace(log.decided, by=LENA.user))
    made = message(NoticeKind.DECIDED, Story().about(log, DANA, DUE, next_log=draft))
    assert "Sam sits down with you first" in words(made)


def test_a_decision_is_named_in_the_first_line() -> None:
    assert lines("closed")[0] == "You reached what was agreed (CL-142)"
    assert lines("continued")[0] == "Your target goes on (CL-142)"
    assert lines("escalated")[0] == "How your target went (CL-142)"


def test_who_is_asked_to_change_a_log_can_do_so_at_once() -> None:
    assert list(buttons(told("answer to supervisor"))) == ["Change", "See all of it"]
    assert list(buttons(told("answer to agent"))) == ["See all of it"]


@pytest.mark.parametrize(
    "name", ["answer to supervisor, changed", "answer to agent, changed", "to answer, changed"]
)
def test_a_log_that_was_changed_as_the_lead_answered_says_so(name: str) -> None:
    assert any(one.startswith("Changed on Wed 25 November, ") for one in lines(name))
    assert list(buttons(told(name))) == ["See all of it"]
    assert not any("Please change" in one or "you are shown" in one for one in lines(name))
    assert NoticeKind.DISAGREEMENT_ANSWERED in LIVING


def test_the_lead_who_asked_for_a_change_hears_of_it() -> None:
    assert lines("changed, to lead") == [
        "Sam changed CL-142 with Dana",
        "You had asked for it in your answer to Dana's view.",
    ]


def test_the_prompt_after_a_dispute_says_why_it_is_back_and_closes_nothing_in_one_press() -> None:
    said = lines("due, after a dispute")
    assert said[0] == "Dana · CL-142 · to be decided again"
    assert any(one.startswith("Dana disagrees with the decision on CL-142, on ") for one in said)
    assert VIEW_WORDS in said
    assert any(one.startswith("Lena took the decision back on ") for one in said)
    assert ANSWER_WORDS in said
    assert list(buttons(told("due, after a dispute"))) == ["Record outcome", "See all of it"]


def test_the_answer_to_a_dispute_stays_with_the_decision_that_it_was_about() -> None:
    assert "Lena's answer" not in "".join(lines("disputed, decided anew"))
    card = lines("dispute to answer, answered")
    assert any(one.startswith("Your answer: the decision is looked at again") for one in card)
    assert "Dana has added another view since." not in card
    assert any("Lena's answer: the decision" in one for one in lines("dispute added, answered"))
    anew = lines("dispute answered, decided anew")
    assert any(one.startswith("Decided: closed by Sam") for one in anew)
    assert "CL-142 is open again. You are told what is decided instead." not in anew


def test_a_target_sent_back_to_coaching_is_taken_up_with_a_press() -> None:
    assert list(buttons(told("back to coaching"))) == ["Continue", "See all of it"]
    assert "Record response" not in buttons(told("to respond, taken back"))
    assert any(said.startswith("Decided: closed by Sam") for said in lines("dispute to answer"))
