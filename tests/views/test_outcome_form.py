from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from coaching.chain import reopen
from coaching.log import Log
from coaching.said import AgentView, Agrees
from tests.coaching.cast import CRITERIA, DANA, LENA, NOW, SAM, decided, figures, opened
from tests.views.slack import NASTY, buttons, field, posted, required, shown, words
from views import ids
from views import outcome as outcome_view
from views.form import FormAbout
from views.meta import Meta
from views.parts import View

ABOUT = FormAbout(agent=DANA, supervisor=SAM, criteria=CRITERIA, reference="CL-142")
META = Meta(log="L1", element="outcome")
JANUARY = dt.date(2027, 1, 25)


def with_figures(looked_at: int, reached: int) -> Log:
    return replace(opened(), content=figures(looked_at, reached))


def made(log: Log, *, early: bool = False, extend_to: dt.date | None = None) -> View:
    view = outcome_view.outcome(log, log.content, META, ABOUT, early=early, extend_to=extend_to)
    shown(view)
    return view


def test_what_was_agreed_stands_above_the_figures() -> None:
    view = made(opened())
    assert view["submit"]["text"] == "Save outcome"
    assert "Agreed: Discovery at 80 % or more on 7 of the next 10 scored calls" in words(view)
    assert "record the outcome before it" not in words(view)
    assert buttons(view) == {"More": ids.MORE}


def test_only_what_is_always_asked_for_is_not_called_optional() -> None:
    figures_form = made(opened())
    assert required(figures_form) == ["Calls looked at", "Calls that reached the threshold"]
    decision = outcome_view.to_decide(
        with_figures(10, 2), META, ABOUT, early=False, extend_to=JANUARY
    )
    assert required(decision) == ["Decision"]
    for form in (figures_form, decision):
        hint = field(form, "why")["hint"]["text"]
        assert hint == "Needed unless you close a target that was reached. UDANA reads this."


@pytest.mark.parametrize(("looked_at", "reached"), [(8, 7), (6, 5), (10, 2)])
def test_slacks_own_close_is_no_third_one_and_save_alone_is_coloured(
    looked_at: int, reached: int
) -> None:
    log = with_figures(looked_at, reached)
    figures_form = made(log, extend_to=JANUARY)
    decision = outcome_view.to_decide(log, META, ABOUT, early=False, extend_to=JANUARY)
    assert figures_form["close"]["text"] == "Cancel"
    assert decision["close"]["text"] == "Decide later"
    for view in (figures_form, decision):
        shown(view)
        assert "primary" not in str(view["blocks"])


def test_after_a_dispute_it_says_why_it_is_back_and_offers_no_press() -> None:
    closed = replace(decided("close", 8, 7), revision=1)
    view = AgentView(NOW, Agrees.NO, "Two were calibration", "decision")
    again = reopen(closed, actor=SAM, now=NOW, why="Leave them out", view=view).log
    for form in (
        made(again, extend_to=JANUARY),
        outcome_view.to_decide(again, META, ABOUT, early=False, extend_to=JANUARY),
    ):
        assert "UDANA disagreed with the decision before: Two were calibration" in words(form)
        assert "The team lead took it back: Leave them out" in words(form)
        assert "say why this time, also where it was reached" in words(form)
        assert "Close as met" not in buttons(form)
        assert "Needed unless" not in words(form)
    (why,) = [block for block in form["blocks"] if block.get("block_id", "").startswith("why")]
    assert not why["optional"]


@pytest.mark.parametrize(("reached", "them"), [(1, "1 of them"), (0, "none of them")])
def test_figures_before_the_day_do_not_read_like_a_result(reached: int, them: str) -> None:
    log = with_figures(2, reached)
    said = (
        f"Too few calls to say yet: 2 of 10 looked at, {them} at 80 % or more. "
        "Time until Thu 24 December."
    )
    assert said in words(made(log, early=True))
    decide = outcome_view.to_decide(log, META, ABOUT, early=True, extend_to=None)
    assert said in words(decide)


def test_before_the_day_it_says_so() -> None:
    assert "The agreed day is Thu 24 December; you can record the outcome before it." in words(
        made(opened(), early=True)
    )


@pytest.mark.parametrize(
    ("looked_at", "reached", "line", "press"),
    [
        (8, 7, "Reached: 7 of 8 calls looked at, 7 needed.", "Close as met"),
        (10, 3, "Not reached: 3 of 10 calls looked at, 7 needed.", None),
        (
            6,
            5,
            "Too few calls to say: 6 of 10 looked at, 5 of them at 80 % or more.",
            "Extend to 25 January",
        ),
    ],
)
def test_figures_say_the_verdict_and_offer_the_usual_press(
    looked_at: int, reached: int, line: str, press: str | None
) -> None:
    view = made(with_figures(looked_at, reached), extend_to=JANUARY)
    assert line in words(view)
    offered = [words for words in buttons(view) if words != "More"]
    assert offered == ([press] if press else [])


def test_where_the_day_cannot_be_moved_again_it_says_who_decides() -> None:
    assert "can't be moved again" not in words(made(with_figures(6, 5)))
    view = made(replace(with_figures(6, 5), extensions=2))
    assert "The day can't be moved again: it is for the team lead to decide." in words(view)
    assert ids.EXTEND not in buttons(view).values()


def test_verdict_and_press_rest_on_what_is_stored() -> None:
    view = outcome_view.outcome(opened(), figures(8, 7), META, ABOUT, early=False, extend_to=None)
    assert ids.CLOSE_AS_MET not in buttons(view).values()


def test_the_promised_step_comes_back_into_view() -> None:
    log = opened(step_what="Send the two model calls", step_who="supervisor")
    assert "Next step (not done yet): USAM: Send the two model calls" in words(made(log))
    done = replace(log, step_done=NOW)
    assert "Next step (done): USAM" in words(made(done))


@pytest.mark.parametrize(
    ("decision", "said"),
    [
        ("close", "CL-142 is closed. UDANA is told."),
        (
            "continue",
            "CL-142 is continued in a new draft. UDANA is told.",
        ),
        ("escalate", "CL-142 is escalated to ULENA. UDANA is told first. ULENA gets it with "),
    ],
)
def test_what_was_decided_is_said_with_who_is_told(decision: str, said: str) -> None:
    log = decided(decision)
    message = outcome_view.decided_message(log, DANA, [LENA])
    posted(message)
    assert words(message).startswith(said)
    view = outcome_view.decided_note(log, DANA, [LENA])
    shown(view)
    assert said in words(view).replace("\n", " ")


def test_whose_draft_goes_on_with_the_target_is_said() -> None:
    view = outcome_view.decided_note(decided("continue"), DANA, [], SAM)
    assert "continued in a new draft of USAM's. UDANA and USAM are told." in words(view).replace(
        "\n", " "
    )


def test_a_moved_day_is_said() -> None:
    log = opened(review_by="2027-01-25")
    message = outcome_view.extended_message(log, DANA)
    posted(message)
    assert words(message) == "CL-142 now runs until Mon 25 January. UDANA is told."
    shown(outcome_view.extended_note(log, None))


@pytest.mark.parametrize("nasty", NASTY)
def test_any_text_fits(nasty: str) -> None:
    typed = NASTY[nasty]
    log = with_figures(8, 7)
    lines = tuple(line for line in typed.splitlines() if line.strip())
    content = {
        **log.content,
        "calls_counted": lines,
        "pattern": typed,
        "why": typed,
        "step_what": typed[:500],
    }
    made(replace(log, content=content))
