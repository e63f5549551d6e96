from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coaching.elements import CONVERSATION
from coaching.said import Acknowledgement, AgentView, Agrees, Ruling, Support
from tests.coaching.cast import CRITERIA, DANA, LENA, NOW, SAM, decided, opened
from tests.views.slack import NASTY, handed_back, labels, required, shown, typed, words
from views import ids, small
from views.form import FormAbout, read
from views.meta import Meta, load
from views.parts import View
from views.reading import Reading

LOG = opened()
DECIDED = decided("close")
READING = Reading(
    reader=DANA,
    now=NOW,
    people={person.user: person for person in (DANA, SAM, LENA)},
    criteria=CRITERIA,
)
ABOUT = FormAbout(agent=DANA, supervisor=SAM, criteria=CRITERIA, reference="CL-142")


def chosen(key: str) -> dict[str, Any]:
    return {"type": "radio_buttons", "selected_option": {"value": key}}


def written(text: str) -> dict[str, Any]:
    return {"type": "plain_text_input", "value": text}


def test_acknowledging_asks_one_question_that_may_stay_open() -> None:
    view = small.acknowledge(LOG, SAM)
    assert labels(view) == ["What will you do differently, in your own words?"]
    assert view["submit"]["text"] == "Acknowledge"
    assert "you have read CL-142, not that you agree. USAM is told." in words(view)
    assert small.read_acknowledge(handed_back(view)) == ""
    assert small.read_acknowledge(typed(view, own_words=written(" Ask first "))) == "Ask first"
    assert load(view["private_metadata"]).log == "L1"


def test_an_own_view_says_who_will_read_it() -> None:
    view = small.own_view(LOG, [SAM, LENA, SAM], READING)
    assert "USAM, ULENA and whoever coaches you later can read it." in words(view)
    assert load(view["private_metadata"]) == Meta(log="L1", element="summary", revision=1)
    decision = small.own_view(DECIDED, [SAM], READING)
    assert "your view of the decision on CL-142" in words(decision)
    assert load(decision["private_metadata"]).element == "decision"


@pytest.mark.parametrize(
    ("picked", "said", "problem"),
    [
        ("yes", "", None),
        ("yes", "Fair", None),
        ("in part", "The fee was asked for", None),
        ("no", "It was another call", None),
        ("no", "  ", "words"),
        ("in part", "", "words"),
        ("maybe", "x", "agrees"),
        ("", "x", "agrees"),
    ],
)
def test_an_own_view_is_read(picked: str, said: str, problem: str | None) -> None:
    view = small.own_view(LOG, [SAM], READING)
    entered = small.read_own_view(typed(view, agrees=chosen(picked), words=written(said)))
    assert list(entered.errors) == ([problem] if problem else [])
    if problem is None:
        assert (entered.agrees, entered.words) == (Agrees(picked), said)


def test_a_check_in_is_the_conversation_alone() -> None:
    log = opened(points=("Old",))
    view = small.check_in(log, Meta(log="L1", element="conversation"), ABOUT)
    shown(view)
    assert view["callback_id"] == ids.CHECK_IN
    assert view["title"]["text"] == "Check in"
    assert "CL-142 stays open. UDANA will see this note." in words(view)
    entered = read(handed_back(view))
    assert entered.entries == {"points": None, "own_words": None}
    assert required(view) == ["Discussion points"]
    more = Meta(log="L1", element="conversation", more=True)
    assert len(labels(small.check_in(log, more, ABOUT))) == len(CONVERSATION.fields)


def test_voiding_says_what_it_means_and_needs_a_reason() -> None:
    view = small.void(LOG, DANA)
    shown(view)
    assert "UDANA is told the reason. This can't be undone." in words(view)
    assert [block["optional"] for block in view["blocks"] if block["type"] == "input"] == [False]
    assert small.read_void(handed_back(view)) == ""
    reason = {ids.VOID_REASON_BLOCK: written("Wrong agent")}
    assert small.read_void(typed(view, **reason)) == "Wrong agent"


def test_voiding_what_goes_on_with_a_target_says_what_is_open_again() -> None:
    view = small.void(replace(LOG, number=158), DANA, LOG)
    assert "CL-142, which it goes on from, is open again." in words(view)
    assert "open again" not in words(small.void(LOG, DANA))


def test_a_lead_answers_a_disagreement_with_its_words_in_view() -> None:
    view = small.answer(
        replace(LOG, views=(AgentView(NOW, Agrees.NO, "It was another call"),)), DANA, SAM
    )
    assert "UDANA disagrees with CL-142:\nIt was another call" in words(view)
    for ruling, label in zip(Ruling, ("It stands", "Change the log", "Void the log"), strict=True):
        assert label in words(view)
        back = typed(view, ruling=chosen(ruling), words=written("Listened again"))
        assert small.read_answer(back) == small.RulingEntered(ruling, "Listened again")
    back = typed(view, ruling=chosen("stands"), words=written(""))
    assert list(small.read_answer(back).errors) == ["words"]
    assert list(small.read_answer(handed_back(view)).errors) == ["ruling"]


def test_a_lead_responds_to_an_escalation() -> None:
    view = small.respond(LOG, DANA, SAM)
    for support, label in zip(
        Support, ("Support", "Training", "HR", "Back to coaching"), strict=True
    ):
        assert label in words(view)
        back = typed(view, support=chosen(support), words=written("Two days with Lena"))
        assert small.read_respond(back) == small.SupportEntered(support, "Two days with Lena")
    assert list(small.read_respond(handed_back(view)).errors) == ["support"]
    back = typed(view, support=chosen("hr"), words=written(" "))
    assert list(small.read_respond(back).errors) == ["words"]


def test_a_note_lets_commands_stand_out_and_nothing_else() -> None:
    view = small.note("Kept", ["Kept as CL-1. `/coach` takes you back.", "`*Dana*` & <!here>"])
    shown(view)
    (first,) = view["blocks"][0]["elements"]
    assert [piece.get("style") for piece in first["elements"]] == [None, {"code": True}, None]
    (second,) = view["blocks"][1]["elements"]
    assert second["elements"] == [{"type": "text", "text": "`*Dana*` & <!here>"}]
    shown(small.note("Nothing", []))


@pytest.mark.parametrize("nasty", NASTY)
def test_any_text_and_name_fits(nasty: str) -> None:
    text = NASTY[nasty]
    person = replace(DANA, name=text, first_name=text)
    log = replace(LOG, views=(AgentView(NOW, Agrees.NO, text),))
    views: list[View] = [
        small.acknowledge(log, person),
        small.own_view(log, [person] * 3, READING),
        small.void(log, person),
        small.answer(log, person, person),
        small.respond(log, person, person),
        small.note("x", [text]),
        small.check_in(log, Meta(log="L1"), replace(ABOUT, agent=person)),
    ]
    for view in views:
        shown(view)
        assert "mrkdwn" not in str(view)


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=8,
)
blocks = st.sampled_from(["agrees", "words", "ruling", "support", "own_words", "void_reason"])


@given(st.dictionaries(blocks, st.dictionaries(blocks | st.just("reason"), anything)))
def test_no_payload_makes_the_readers_raise(values: Any) -> None:
    view = {"state": {"values": values}}
    small.read_acknowledge(view)
    small.read_void(view)
    assert small.read_own_view(view).errors
    assert small.read_answer(view).errors
    assert small.read_respond(view).errors


def test_adding_a_view_says_that_it_acknowledges_as_well() -> None:
    said = "Sending it also acknowledges CL-142: it says that you have read it."
    assert said in words(small.own_view(LOG, [SAM], READING))
    read = replace(LOG, acknowledgement=Acknowledgement(NOW, 1))
    assert "acknowledges" not in words(small.own_view(read, [SAM], READING))


def test_a_view_on_a_decision_shows_what_was_decided() -> None:
    assert (
        "What was decided: closed, with 3 of 10 calls at the agreed score. Why: The calls say so"
        in words(small.own_view(decided("close"), [SAM], READING))
    )
    assert "What was decided" not in words(small.own_view(LOG, [SAM], READING))


def test_a_second_view_shows_the_first() -> None:
    log = replace(LOG, views=(AgentView(NOW, Agrees.IN_PART, "The customer had said why"),))
    said = words(small.own_view(log, [SAM], READING))
    assert "You said before: in part. The customer had said why" in said
    assert "This one is added to it." in said


def test_a_lead_reads_what_each_answer_means() -> None:
    log = replace(LOG, views=(AgentView(NOW, Agrees.NO, "It was another call"),))
    assert "USAM changes it, and UDANA sees what changed." in words(small.answer(log, DANA, SAM))
    assert "that can't be undone" in words(small.answer(log, DANA, SAM))
    before = replace(LOG, id="L0", number=130)
    again = words(small.answer(log, DANA, SAM, before))
    assert "If it is void: CL-130, which it goes on from, is open again." in again
