from __future__ import annotations

from dataclasses import replace

import pytest

from coaching.elements import (
    CONVERSATION,
    ELEMENTS,
    EVIDENCE,
    FOLLOW_UP,
    OBSERVATION,
    OUTCOME,
    TARGET,
    WALK,
)
from coaching.entries import Hint
from coaching.fields import Element, Value
from tests.coaching.cast import CRITERIA, DANA, NOW, SAM, SMALLEST
from tests.views.slack import buttons, field, labels, shown, words
from views import ids
from views.form import FormAbout, form
from views.meta import Meta, load
from views.parts import View

ABOUT = FormAbout(agent=DANA, supervisor=SAM, criteria=CRITERIA, reference="CL-142")
WALKING = Meta(log="L1", walk=True)
ALONE = Meta(log="L1")


def made(
    element: Element,
    content: dict[str, Value] | None = None,
    meta: Meta = WALKING,
    about: FormAbout = ABOUT,
) -> View:
    view = form(element, content or {}, replace(meta, element=element.key), about)
    shown(view)
    return view


def test_the_walk_counts_its_forms_and_names_what_comes_next() -> None:
    views = [made(element) for element in WALK]
    assert [view["title"]["text"] for view in views] == [
        "Call evidence (1 of 5)",
        "Observation (2 of 5)",
        "Target (3 of 5)",
        "Conversation (4 of 5)",
        "Follow-up (5 of 5)",
    ]
    assert [view["submit"]["text"] for view in views] == [
        "Next: observed",
        "Next: target",
        "Next: conversation",
        "Next: follow-up",
        "Look it over",
    ]
    assert {view["close"]["text"] for view in views} == {"Close"}


def test_only_the_walk_has_back_and_finish_later_and_its_first_form_no_back() -> None:
    assert buttons(made(EVIDENCE)) == {"Finish later": ids.FINISH_LATER}
    assert buttons(made(OBSERVATION)) == {"Back": ids.BACK, "Finish later": ids.FINISH_LATER}
    assert buttons(made(OBSERVATION, meta=ALONE)) == {}


def test_a_form_alone_saves_and_says_which_log_it_is() -> None:
    view = made(OBSERVATION, dict(SMALLEST), ALONE)
    assert view["title"]["text"] == "Observation"
    assert view["submit"]["text"] == "Save"
    assert "CL-142 · UDANA Whitfield · Call 8841 at 03:12 · Discovery 55 %" in words(view)
    assert made(OUTCOME, dict(SMALLEST), ALONE)["submit"]["text"] == "Save outcome"


def test_after_the_first_form_the_moment_stands_on_top() -> None:
    view = made(OBSERVATION, dict(SMALLEST))
    assert words(view).startswith("Call 8841 at 03:12 · Discovery 55 %")
    assert "55 %" not in words(made(EVIDENCE, dict(SMALLEST)))


def test_the_observation_is_written_under_what_was_said() -> None:
    said = "“I want to cancel.” “Okay, the fee is 40.” *b* <@U1>"
    content = {**SMALLEST, "quote": said}
    view = made(OBSERVATION, content)
    assert words(view).startswith(f"Call 8841 at 03:12 · Discovery 55 %\n{said}\nWhat did UDANA")
    assert view["blocks"][1]["elements"][0]["type"] == "rich_text_quote"
    assert said not in words(made(TARGET, content))
    assert len(words(made(OBSERVATION, {**SMALLEST, "quote": "x" * 3000}))) < 1000


def test_labels_name_the_agent_and_the_moment() -> None:
    assert labels(made(OBSERVATION, dict(SMALLEST))) == ["What did UDANA do at 03:12?"]
    nobody = replace(ABOUT, agent=None)
    assert labels(made(OBSERVATION, about=nobody)) == ["What did the agent do at that moment?"]


@pytest.mark.parametrize("element", ELEMENTS, ids=lambda element: element.key)
def test_no_field_stands_in_the_way_of_the_next_form(element: Element) -> None:
    view = made(element, meta=replace(WALKING, more=True))
    fields = [block for block in view["blocks"] if block["type"] == "input"]
    assert len(fields) == len(element.fields)
    assert all(block["optional"] for block in fields)


def test_what_sharing_will_ask_for_is_said_while_it_is_missing() -> None:
    assert "Needed before sharing, but not now: Agent, Call ID" in words(made(EVIDENCE))
    assert "Needed" not in words(made(EVIDENCE, dict(SMALLEST)))
    assert "Needed" not in words(made(CONVERSATION))


def test_the_scale_is_told_under_the_score() -> None:
    def hint(criterion: str) -> str:
        view = made(EVIDENCE, {**SMALLEST, "criterion": criterion})
        text = field(view, "score").get("hint", {}).get("text", "")
        assert isinstance(text, str)
        return text

    assert hint("c1") == '0 to 100, or "not scored".'
    assert hint("c2") == '0 to 5, or "not scored".'
    assert hint("c3") == 'Pass or fail, or "not scored".'
    assert hint("new:Warmth") == '0 to 100, or "not scored".'
    assert hint("gone") == ""
    threshold = field(made(FOLLOW_UP, dict(SMALLEST)), "threshold")["hint"]["text"]
    assert threshold == "0 to 100. A call reaches it at this score or better."
    mean = field(made(OUTCOME, {**SMALLEST, "follow_up_criterion": "c3"}), "score_after")
    assert mean["hint"]["text"].startswith("0 to 100, or")


def test_a_criterion_is_looked_up_as_it_is_typed() -> None:
    block = field(made(EVIDENCE, dict(SMALLEST)), "criterion")
    assert block["dispatch_action"] is True
    assert block["element"]["action_id"] == ids.CRITERION_PICKED
    assert block["element"]["min_query_length"] == 0
    assert block["element"]["initial_option"]["text"]["text"] == "Discovery"


def test_a_criterion_that_is_gone_is_kept_until_another_is_picked() -> None:
    picked = field(made(EVIDENCE, {"criterion": "c99"}), "criterion")["element"]["initial_option"]
    assert picked["value"] == "c99"
    assert picked["text"]["text"] == "No longer in the list"


def test_rare_fields_wait_behind_more_until_one_of_them_counts() -> None:
    folded = made(CONVERSATION)
    assert labels(folded) == [
        "Discussion points",
        "What UDANA will do, in their own words",
    ]
    assert buttons(folded)["More"] == ids.MORE
    unfolded = made(CONVERSATION, {"approach": "replay"})
    assert "Coaching approach" in labels(unfolded)
    assert "More" not in buttons(unfolded)
    refused = replace(ABOUT, hints=(Hint("step_by", "Pick a day."),))
    assert "Next step: by when" in labels(made(CONVERSATION, about=refused))
    assert len(labels(made(CONVERSATION, meta=replace(WALKING, more=True)))) == 9


def test_a_known_agent_is_said_not_asked() -> None:
    view = made(EVIDENCE, about=replace(ABOUT, fixed_agent=True))
    assert "Agent" not in labels(view)
    assert "Agent\n\n\nUDANA Whitfield" in words(view)
    assert "Agent" in labels(made(EVIDENCE))


def test_hints_stand_right_under_their_field() -> None:
    hints = (Hint("score", "Is that so?"), Hint("points", "Not a field of this form."))
    view = made(EVIDENCE, about=replace(ABOUT, hints=hints))
    place = view["blocks"].index(field(view, "score"))
    assert view["blocks"][place + 1]["elements"][0]["text"] == "! Is that so?"
    assert "! Not a field of this form." in words(view)


def test_unsaved_text_is_quoted_above_its_field() -> None:
    unsaved = {
        "call": "9902",
        "criterion": "c2",
        "session_at": "1795516200",
        "quote": "",
        "agent": "USOMEBODY",
    }
    view = made(EVIDENCE, dict(SMALLEST), about=replace(ABOUT, unsaved=unsaved))
    place = view["blocks"].index(field(view, "call"))
    assert view["blocks"][place - 1]["text"]["text"] == "You wrote here, not saved: 9902"
    said = words(view)
    assert "not saved: Empathy" in said
    assert "not saved: another agent" in said
    assert "You emptied this field; that is not saved." in said
    assert "1795516200" not in said
    outcome = replace(ABOUT, unsaved={"heard": "not_listened", "decision": "close"})
    assert "not saved: Not listened" in words(made(OUTCOME, about=outcome))
    follow_up = replace(ABOUT, unsaved={"review_by": "2026-12-24"})
    assert "not saved: Thu 24 December" in words(made(FOLLOW_UP, about=follow_up))


def test_suggestions_fill_what_is_empty_and_nothing_else() -> None:
    about = replace(ABOUT, suggestions={"calls": 10, "calls_reaching": 7})
    view = made(FOLLOW_UP, {"calls": 4}, about=about)
    assert field(view, "calls")["element"]["initial_value"] == "4"
    assert field(view, "calls_reaching")["element"]["initial_value"] == "7"


@pytest.mark.parametrize(
    ("day", "words_before"),
    [
        ("2026-12-24", "Thu 24 December is 30 days from now. "),
        ("2027-01-08", "Fri 8 January 2027 is 45 days from now. "),
        ("2026-11-25", "Wed 25 November is tomorrow. "),
        ("2026-11-24", ""),
    ],
)
def test_a_day_says_how_far_ahead_it_lies(day: str, words_before: str) -> None:
    about = replace(ABOUT, today=NOW.date())
    view = made(FOLLOW_UP, {"review_by": day}, about=about)
    block = field(view, "review_by")
    assert block["label"]["text"] == "Review by"
    assert block["hint"]["text"] == (
        f"{words_before}The outcome is asked for on that day, or on the next working day."
    )


def test_a_value_that_an_element_cannot_hold_is_left_out() -> None:
    wrong: dict[str, Value] = {
        "calls": "500",
        "calls_reaching": "many",
        "review_by": "soon",
        "session_at": "0",
        "follow_up_criterion": "x" * 151,
        "heard": "loudly",
        "obstacles": ("weather",),
        "points": ("x" * 5000,),
    }
    for element in ELEMENTS:
        made(element, wrong, replace(WALKING, more=True))
    view = made(FOLLOW_UP, wrong)
    assert "initial_value" not in field(view, "calls")["element"]
    assert "initial_date" not in field(view, "review_by")["element"]


def test_a_new_generation_fills_the_fields_anew() -> None:
    first = field(made(OBSERVATION), "observed")
    again = field(made(OBSERVATION, meta=replace(WALKING, generation=1)), "observed")
    assert (first["block_id"], again["block_id"]) == ("observed~0", "observed~1")


def test_lines_around_the_fields_and_buttons_above_them() -> None:
    about = replace(ABOUT, intro=("Above", "it"), outro=("Below",))
    view = made(OBSERVATION, dict(SMALLEST), about=about)
    said = words(view)
    assert said.index("Above\nit") < said.index("What did UDANA do") < said.index("Below")


def test_a_form_carries_no_words_in_its_metadata() -> None:
    view = made(OBSERVATION, {"observed": "Gave the fee first"})
    assert load(view["private_metadata"]) == replace(WALKING, element="observation")
    assert "fee" not in view["private_metadata"]


def test_a_text_that_is_too_long_for_its_field_is_cut_at_a_whole_character() -> None:
    view = made(OBSERVATION, {"observed": "x" * 2993 + "👩🏽‍💻" * 2})
    assert field(view, "observed")["element"]["initial_value"] == "x" * 2993 + "👩🏽‍💻"
