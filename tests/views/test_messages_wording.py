from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from coaching.log import Log
from coaching.notices import NoticeKind
from coaching.said import Agrees, Ruling
from tests.coaching.cast import DISCOVERY, NOW
from tests.views.slack import buttons, words
from tests.views.story import ANSWER_WORDS, DANA, DUE, LENA, SAM, Story
from tests.views.told import PLAN, after, lines, told
from views.notices import message
from views.said import agreement


def test_a_shared_log_says_what_was_heard_what_to_try_and_how_both_will_know() -> None:
    assert lines("shared")[0] == "Sam wrote up today's session with you (CL-142)"
    assert after("shared", "What we listened to") == "Call 8841 at 03:12 · Discovery 55 %"
    assert after("shared", "What was heard").startswith("Gave the cancellation fee")
    assert after("shared", "What to try").startswith("Ask the reason for cancelling")
    assert after("shared", "How we will know") == PLAN
    assert after("shared", "Next step") == "Sam: send the two model calls, by Tue 24 November"
    assert list(buttons(told("shared"))) == ["Acknowledge", "Add my view", "See all of it"]
    assert "that you have read it, not that you agree" in words(told("shared"))


@pytest.mark.parametrize(
    ("held", "named"),
    [
        (NOW - dt.timedelta(hours=1), "today's session"),
        (NOW - dt.timedelta(days=1), "yesterday's session"),
        (NOW - dt.timedelta(days=7), "the session of Tue 17 November"),
        (NOW + dt.timedelta(days=1), "the session of Wed 25 November"),
        (None, "a session"),
    ],
)
def test_the_session_is_named_by_its_day(held: dt.datetime | None, named: str) -> None:
    log = Story().open()
    content = {key: value for key, value in log.content.items() if key != "session_at"}
    if held is not None:
        content["session_at"] = int(held.timestamp())
    about = Story().about(replace(log, content=content), DANA, NOW)
    made = message(NoticeKind.SHARED, about)
    assert f"Sam wrote up {named} with you" in words(made)


def test_a_recording_is_one_press_away_and_only_over_the_web() -> None:
    for call, offered in (("https://rec.example/8841", True), ("javascript:alert(1)", False)):
        log = Story().open()
        log = replace(log, content={**log.content, "call": call})
        made = message(NoticeKind.SHARED, Story().about(log, DANA))
        links = [
            piece["url"]
            for block in made.blocks
            if block["type"] == "rich_text"
            for part in block["elements"]
            for piece in part["elements"]
            if piece["type"] == "link"
        ]
        assert links == ([call] if offered else [])


def test_afterwards_the_message_says_who_read_it_when_and_their_words() -> None:
    said = lines("shared, read")
    assert "✅ Acknowledged by you on Tue 24 November, 11:30 GMT" in said
    assert after("shared, read", "What you will do differently") == "Ask why, then offer"
    assert "Acknowledge" not in buttons(told("shared, read"))


def test_a_disagreement_says_who_will_answer_and_then_the_answer() -> None:
    assert "Lena will answer you." in lines("shared, disagreed")
    said = words(told("shared, answered"))
    assert "Lena's answer: " in said
    assert "the log is to be changed" in said
    assert "Lena will answer" not in said


def test_a_change_is_shown_old_and_new() -> None:
    assert lines("revised")[0] == "Sam changed CL-142"
    assert after("revised", "What to try, before").startswith("Ask the reason for cancelling")
    assert after("revised", "What to try, now") == "Ask why first!"
    assert "of the next 10" in after("revised", "How we will know, before")
    assert "of the next 8" in after("revised", "How we will know, now")
    assert after("revised", "About that, taken out").startswith("The screen with the fee")
    assert "What was heard, now" not in lines("revised")
    assert "Acknowledge" in buttons(told("revised"))


def test_an_older_message_points_to_the_newer_one_and_can_not_be_acknowledged() -> None:
    said = words(told("shared, changed since"))
    assert "A newer message says what is different." in said
    assert "; the last change not yet" in said
    assert list(buttons(told("shared, changed since"))) == ["See all of it"]


def test_each_revision_has_its_own_message() -> None:
    log = replace(Story().revised(), revision=3)
    about = Story().about(log, DANA, previous=Story().open().content, occurrence="2")
    made = message(NoticeKind.REVISED, about)
    assert "A newer message" in words(made)
    assert "What to try, now" not in words(made)


def test_the_supervisor_hears_what_the_agent_said() -> None:
    assert lines("acknowledged")[0] == ("Dana acknowledged CL-142 on Tue 24 November, 11:30 GMT")
    assert "Dana agrees in part" in words(told("view added"))
    assert "Lena will answer." in lines("disagreed")
    assert "Lena will answer." not in lines("view added")


def test_the_lead_gets_the_disagreement_with_the_log_and_answers_it() -> None:
    first = "Dana disagrees with what Sam wrote in CL-142, on Tue 24 November, 06:30 EST"
    assert lines("to answer")[0] == first
    assert after("to answer", "Dana's view") == "The customer had said why already"
    assert after("to answer", "How we will know") == PLAN
    assert list(buttons(told("to answer"))) == ["Answer", "See all of it"]
    assert "Your answer: the log is to be changed" in words(told("to answer, done")).replace(
        "\n", ""
    )
    assert "Dana has added another view since." in lines("to answer, agrees now")


def test_a_second_disagreement_is_answered_in_its_own_message() -> None:
    log = Story().viewed(Agrees.NO, Story().answered())
    log = replace(log, views=(log.views[0], replace(log.views[1], at=DUE)))
    first = message(NoticeKind.DISAGREEMENT, Story().about(log, LENA, occurrence="1"))
    second = message(NoticeKind.DISAGREEMENT, Story().about(log, LENA, occurrence="2"))
    assert "Dana has added another view since." in words(first)
    assert "Answer" not in buttons(first)
    assert "Answer" in buttons(second)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("answer to agent", "Sam changes the log, and you are shown what is different."),
        ("answer to supervisor", "Please change CL-142; Dana is shown the change."),
    ],
)
def test_an_answer_says_what_happens_next(name: str, said: str) -> None:
    assert said in lines(name)


def test_an_answer_that_the_log_stands_asks_for_nothing() -> None:
    log = Story().answered(Ruling.STANDS)
    made = message(NoticeKind.DISAGREEMENT_ANSWERED, Story().about(log, SAM))
    assert "Please change" not in words(made)
    assert "the log stands" in words(made)


@pytest.mark.parametrize("name", ["disagreed", "to answer", "dispute to answer"])
def test_who_disagrees_with_what_is_said_once(name: str) -> None:
    assert len([line for line in lines(name) if "disagrees" in line]) == 1


@pytest.mark.parametrize("kind", [NoticeKind.VOIDED, NoticeKind.DISAGREEMENT_ANSWERED])
def test_a_lead_s_answer_that_takes_the_log_back_says_their_words_once(kind: NoticeKind) -> None:
    log = Story().answered(Ruling.VOID)
    reader, whose = (DANA, "your") if kind is NoticeKind.VOIDED else (SAM, "Dana's")
    said = words(message(kind, Story().about(log, reader)))
    assert said.count(ANSWER_WORDS) == 1
    assert said.count("Lena took CL-142 back") == 1
    assert f", in answer to {whose} view" in said


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("answer to agent", "Lena answered your view on CL-142: the log is to be changed ("),
        ("response to agent", "Lena responded on CL-142: training ("),
        ("response to supervisor", "Lena responded on CL-142: training ("),
    ],
)
def test_what_a_lead_answered_is_the_first_line_and_said_once(name: str, said: str) -> None:
    assert lines(name)[0].startswith(said)
    assert not [line for line in lines(name)[1:] if "Lena's" in line and "words" not in line]


def test_a_log_that_is_taken_back_by_itself_answers_nothing() -> None:
    assert "in answer" not in words(told("voided"))
    later = Story().voided(Story().answered(Ruling.STANDS))
    said = words(message(NoticeKind.VOIDED, Story().about(later, DANA)))
    assert "the log stands" in said
    assert "in answer" not in said


def test_a_check_in_says_what_was_talked_about_and_that_counting_goes_on() -> None:
    assert lines("checked in")[0] == "Sam noted a check-in with you (CL-142)"
    assert after("checked in", "What you talked about") == "• The fee came first"
    assert after("checked in", "Still open") == PLAN


@pytest.mark.parametrize(
    ("name", "title", "first"),
    [
        ("due", "Discovery: how did it go?", "Record outcome"),
        ("due, met", "Discovery: reached, 7 of 8 calls at 80 % or more", "Close as met"),
        (
            "due, missed",
            "Discovery: not reached, 3 of 10 calls at 80 % or more; 7 were agreed",
            "Record outcome",
        ),
        (
            "due, too few",
            "Discovery: too few calls to say; 6 of 10 looked at, 5 of them at 80 % or more",
            "Extend to 25 January",
        ),
    ],
)
def test_the_prompt_leads_with_what_the_figures_say(name: str, title: str, first: str) -> None:
    assert lines(name)[0] == f"Dana · CL-142 · {title}"
    found = told(name).blocks[-1]["elements"]
    assert [item["text"]["text"] for item in found if item.get("style") == "primary"] == [first]
    assert "Record outcome" in buttons(told(name))


def test_the_prompt_follows_the_log() -> None:
    assert "Dana has not acknowledged this log yet." in lines("due")
    assert "Dana has not acknowledged this log yet." not in lines("due, met")
    moved = "The day was moved to Mon 25 January 2027. You are asked again then."
    assert moved in lines("due, moved")
    assert list(buttons(told("due, moved"))) == ["See all of it"]
    assert "The day was moved twice. It is for Lena to decide now." in lines("due, moved twice")
    assert "Extend" not in " ".join(buttons(told("due, moved twice")))
    assert "Decided: closed by you on " in "".join(lines("due, decided"))


def test_a_lead_who_supervises_is_not_told_to_wait_for_themselves() -> None:
    lead = replace(SAM, memberships=(*SAM.memberships, *LENA.memberships))
    story = Story(people=(lead, DANA, LENA))
    about = replace(story.about(story.extended(2), SAM, DUE), leads=(lead, LENA))
    assert "to decide now" not in words(message(NoticeKind.OUTCOME_DUE, about))


def test_the_agent_is_told_the_new_day_and_no_blame() -> None:
    assert lines("extended")[0] == "CL-142 has a new day: Mon 25 January 2027"
    assert "not enough scored calls so far: 6 of the 10 that were agreed" in lines("extended")[1]


@pytest.mark.parametrize(
    ("threshold", "said"),
    [("80", "reached, 1 of 1 call at 80 % or more"), ("100", "reached, 1 of 1 call at 100 %")],
)
def test_figures_read_well_in_ones_and_at_the_top(threshold: str, said: str) -> None:
    log = _figures_of(Story().figured(8, 7), threshold=threshold, calls=1, calls_reaching=1)
    about = Story().about(log, SAM, DUE)
    assert f"{DISCOVERY.name}: {said}" in words(message(NoticeKind.OUTCOME_DUE, about))


def _figures_of(log: Log, **content: str | int) -> Log:
    return replace(log, content={**log.content, "looked_at": 1, "reached": 1, **content})


def test_everybody_is_named_where_several_lead() -> None:
    omar = replace(LENA, user="UOMAR", name="Omar Aziz")
    about = replace(Story().about(Story().viewed(), DANA), leads=(LENA, omar))
    assert "Lena and Omar will answer you." in words(message(NoticeKind.SHARED, about))
    nobody = replace(about, leads=())
    assert "This team has no lead in CoachLog who could answer." in words(
        message(NoticeKind.SHARED, nobody)
    )


def test_a_long_name_is_shortened_and_a_right_to_left_one_set_apart() -> None:
    for name, shown in (
        (
            "Maximiliana-Alexandrina-Theodora-von-Hohenstein",
            "Maximiliana-Alexandrina-Theodora-von-Ho…",
        ),
        ("דנה", "\u2068דנה\u2069"),
    ):
        story = Story(people=(SAM, replace(DANA, name=name), LENA))
        about = story.about(story.viewed(), SAM)
        made = message(NoticeKind.VIEW_ADDED, about)
        assert f"{shown} disagrees with CL-142" in words(made)


@pytest.mark.parametrize("of_reader", [True, False])
def test_agreement_fits_its_subject(*, of_reader: bool) -> None:
    endings = [agreement(agrees, of_reader=of_reader) for agrees in Agrees]
    assert len(set(endings)) == len(endings)
    assert all(ending.split()[0].endswith("s") is not of_reader for ending in endings)


def test_what_is_quoted_from_right_to_left_is_set_apart() -> None:
    story = Story("\u202eדנה אמרה")
    for log in (story.acknowledged(), story.viewed(), story.answered(), story.voided()):
        made = message(NoticeKind.SHARED, story.about(log, DANA))
        assert "\u2068דנה אמרה\u2069" in words(made)
        assert "\u202e" not in words(made)
