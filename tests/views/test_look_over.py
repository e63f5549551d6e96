from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from coaching.elements import WALK, missing, unwritten
from coaching.log import Log
from tests.coaching.cast import CRITERIA, DANA, NOW, SAM, SMALLEST, draft, opened
from tests.views.slack import NASTY, buttons, field, handed_back, shown, words
from views import ids
from views.form import FormAbout, read
from views.look_over import look_over, read_second_reason, shared_note
from views.parts import View

TOMORROW = NOW + dt.timedelta(days=1)
ABOUT = FormAbout(agent=DANA, supervisor=SAM, criteria=CRITERIA, reference="CL-142")


def made(log: Log, others: tuple[Log, ...] = (), about: FormAbout = ABOUT) -> View:
    view = look_over(
        log,
        about,
        missing=missing(log.content),
        unwritten=unwritten(log.content),
        complete_by=TOMORROW,
        now=NOW,
        needs_second_reason=others,
    )
    shown(view)
    return view


def test_it_shows_the_log_as_its_agent_will_read_it() -> None:
    said = words(made(draft(observed="Gave the fee first", points=("Fees", "Reasons"))))
    assert "Call 8841 at 03:12 · Discovery 55 %" in said
    assert "Gave the fee first" in said
    assert "• Fees\n• Reasons" in said
    assert "Discovery at 80 % or more on 7 of the next 10 scored calls, by Thu 24 December" in said


def test_a_part_is_headed_once() -> None:
    said = words(made(draft(observed="Gave the fee first", own_words="I ask first")))
    assert "*Call evidence*\nChange\nCall 8841 at 03:12" in said
    assert "*Observation*\nChange\nGave the fee first" in said
    assert "*Follow-up*\nChange\nDiscovery at 80 % or more" in said
    # What stands there without what usually comes first says what it is.
    assert "*Conversation*\nChange\nIn UDANA's own words\n" in said
    unfinished = {key: SMALLEST[key] for key in SMALLEST if key != "threshold"}
    assert "*Follow-up*\nChange\nQA criterion\n" in words(
        made(replace(draft(), content=unfinished))
    )


def test_each_part_has_its_change() -> None:
    view = made(draft())
    pressed = [
        (block["accessory"]["action_id"], block["accessory"]["value"])
        for block in view["blocks"]
        if "accessory" in block
    ]
    assert {ids.plain(action_id) for action_id, _ in pressed} == {ids.CHANGE}
    assert [value for _, value in pressed] == [
        "L1 evidence",
        "L1 observation",
        "L1 target",
        "L1 conversation",
        "L1 follow-up",
    ]
    assert {"Back": ids.BACK, "Finish later": ids.FINISH_LATER}.items() <= buttons(view).items()


def test_it_is_shared_only_when_nothing_is_missing() -> None:
    assert made(draft())["submit"]["text"] == "Share with UDANA"
    assert "Before you can share it" not in words(made(draft()))
    lacking = draft()
    lacking = replace(
        lacking, content={key: SMALLEST[key] for key in SMALLEST if key not in ("score", "target")}
    )
    view = made(lacking)
    assert "submit" not in view
    said = words(view)
    assert "! Still missing: Score." in said
    assert (
        "! Before you can share it, something is still missing in call evidence and target."
    ) in said.partition("*Call evidence*")[0]
    assert "! Still missing: One thing that UDANA will do differently." in said


def test_what_may_wait_says_until_when() -> None:
    view = made(draft())
    said = words(view)
    assert "*Observation*\nChange\nNothing written yet. You can add it until " in said
    assert "*Conversation*\nChange\nNothing written yet." in said
    pieces = [
        piece
        for block in view["blocks"]
        if block["type"] == "rich_text"
        for piece in block["elements"][0]["elements"]
    ]
    dates = [piece for piece in pieces if piece["type"] == "date"]
    assert dates[0]["timestamp"] == int(TOMORROW.timestamp())
    assert dates[0]["fallback"] == "Wed 25 November, 10:30 GMT"
    assert "Nothing written" not in words(made(draft(observed="x", points=("y",))))


def test_a_planned_session_is_held_before_it_is_shared() -> None:
    log = draft(session_at=int((NOW + dt.timedelta(days=3)).timestamp()))
    view = made(log, (replace(opened(), id="L0"),))
    assert view["submit"]["text"] == "Session held"
    assert view["callback_id"] == ids.HELD
    assert made(draft())["callback_id"] == ids.LOOK_OVER
    assert ids.SECOND_REASON_BLOCK not in str(view)
    said = words(view)
    assert "The session is planned for " in said
    assert "'fallback': 'Fri 27 November, 10:30 GMT'" in str(view)
    assert "It waits for the session; \nSession held\n asks for it." in said


def test_what_waited_longer_than_a_day_may_still_be_added() -> None:
    view = look_over(
        draft(),
        ABOUT,
        missing=(),
        unwritten=unwritten(draft().content),
        complete_by=NOW,
        now=NOW,
        needs_second_reason=(),
    )
    assert "Nothing written yet. You can still add it." in words(view)


def test_a_second_open_target_is_asked_for_its_reason() -> None:
    view = made(draft(), (replace(opened(), id="L0", number=87),))
    block = field(view, ids.SECOND_REASON_BLOCK)
    assert block["optional"] is False
    assert block["hint"]["text"].startswith("CL-87 is still open: Ask the reason")
    back = handed_back(view)
    assert read_second_reason(back) == ""
    back["state"]["values"][ids.SECOND_REASON_BLOCK]["reason"]["value"] = " Another skill "
    assert read_second_reason(back) == "Another skill"
    lacking = replace(draft(), content={"agent": DANA.user})
    assert ids.SECOND_REASON_BLOCK not in str(made(lacking, (opened(),)))


def test_it_knows_its_log_again() -> None:
    meta = read(handed_back(made(draft()))).meta
    assert (meta.log, meta.walk) == ("L1", True)


@pytest.mark.parametrize("nasty", NASTY)
def test_any_text_fits(nasty: str) -> None:
    typed = NASTY[nasty]
    lines = tuple(line.strip() for line in typed.splitlines() if line.strip())
    log = replace(
        draft(),
        second_reason=typed,
        content={
            **SMALLEST,
            "call": typed[:500],
            "quote": typed,
            "observed": typed,
            "target": typed,
            "shows": typed,
            "points": lines,
            "own_words": typed,
            "obstacle_note": typed,
            "step_what": typed[:500],
        },
    )
    person = replace(DANA, name=typed, first_name=typed)
    about = replace(ABOUT, agent=person, intro=(typed[:200],))
    view = made(log, (replace(opened(target=typed), id="L0"),), about)
    assert len(view["submit"]["text"]) <= 24
    live = {block["text"]["text"] for block in view["blocks"] if "mrkdwn" in str(block)}
    assert live == {f"*{element.title}*" for element in WALK}


def test_texts_are_whole_unless_slack_could_not_carry_them() -> None:
    words_of_3000 = "word " * 600
    whole = replace(draft(), content={**SMALLEST, "observed": words_of_3000})
    assert words_of_3000.split() == [word for word in words(made(whole)).split() if word == "word"]
    keys = ("quote", "observed", "target", "shows", "own_words", "obstacle_note")
    heavy = replace(draft(), content={**SMALLEST, **dict.fromkeys(keys, "😀" * 3000)})
    assert "There is more. Change shows all of it." in words(made(heavy))


def test_a_long_name_is_left_out_of_the_button() -> None:
    person = replace(DANA, first_name="Maximiliana-Alexandra")
    assert made(draft(), about=replace(ABOUT, agent=person))["submit"]["text"] == (
        "Share with agent"
    )


def test_after_sharing_one_is_told_what_comes_next() -> None:
    view = shared_note(opened(), DANA, SAM, NOW)
    shown(view)
    assert words(view).splitlines()[-2:] == [
        "CL-142 is shared with UDANA.",
        "You are told when UDANA has read it, and asked for the outcome on Thu 24 December.",
    ]


def test_a_review_that_ends_on_a_weekend_is_asked_for_on_the_monday() -> None:
    saturday = replace(opened(), content={**SMALLEST, "review_by": "2026-12-26"})
    assert "asked for the outcome on Mon 28 December." in words(
        shared_note(saturday, DANA, SAM, NOW)
    )
