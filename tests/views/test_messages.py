from __future__ import annotations

from typing import Any

import pytest

from coaching.notices import LIVING, REMINDERS, NoticeKind
from tests.coaching.cast import opened
from tests.views.scenes import scenes
from tests.views.slack import NASTY, buttons, posted, words
from tests.views.story import DUE, FIGURES, WRITTEN, Story
from views.notices import message, withdrawn
from views.parts import Message

SCENES = scenes(Story())
TO_AGENT = [name for name, (_, about) in SCENES.items() if about.reader.user == "UDANA"]


def told(name: str) -> Message:
    return message(*SCENES[name])


def told_with(text: str) -> dict[str, Message]:
    """Every message of the story in which all that people write is this text."""
    return {name: message(*scene) for name, scene in scenes(Story.told_with(text)).items()}


def live(of: Message) -> list[dict[str, Any]]:
    """The text objects of a message in which Slack looks for markup."""
    found = []

    def look(value: Any) -> None:
        if isinstance(value, dict):
            if value.get("type") == "mrkdwn":
                found.append(value)
            for inner in value.values():
                look(inner)
        elif isinstance(value, list | tuple):
            for inner in value:
                look(inner)

    look(of.blocks)
    return found


def test_every_kind_of_notice_has_a_scene() -> None:
    in_letters = REMINDERS - {NoticeKind.OUTCOME_DUE}
    told = set(NoticeKind) - in_letters - {NoticeKind.LETTER}
    assert {kind for kind, _ in SCENES.values()} == told


def test_what_is_left_for_somebody_who_may_see_the_log_no_more_says_nothing_of_it() -> None:
    left = withdrawn(opened())
    posted(left)
    assert "CL-142 is no longer with you, so there is nothing left to do here." in words(left)
    assert left.text == "CL-142 is no longer with you"


@pytest.mark.parametrize("name", SCENES)
def test_slack_takes_every_message(name: str) -> None:
    posted(told(name))


@pytest.mark.parametrize("nasty", NASTY)
def test_slack_takes_every_message_whatever_people_write(nasty: str) -> None:
    for made in told_with(NASTY[nasty]).values():
        posted(made)


@pytest.mark.parametrize("nasty", ["broadcast", "back-ticks", "links", "quotes", "entities"])
def test_nothing_that_people_write_comes_to_life(nasty: str) -> None:
    text = NASTY[nasty]
    for made in told_with(text).values():
        for item in live(made):
            assert item["verbatim"]
            assert text[:5] not in item["text"]
        assert "<" not in made.text
        assert "`" not in made.text


@pytest.mark.parametrize("nasty", ["emoji", "right to left", "newlines", "one word"])
def test_nothing_that_people_write_is_lost_between_blocks(nasty: str) -> None:
    text = NASTY[nasty]
    written = "".join(char for char in text if not char.isspace())
    told_so = scenes(Story(text))
    for name in ("shared", "disagreed", "to answer", "voided", "to respond"):
        shown = "".join(
            char
            for char in words(message(*told_so[name]))
            if not char.isspace() and char not in "\u2068\u2069"
        )
        assert written in shown


@pytest.mark.parametrize("name", SCENES)
def test_notifications_are_neutral(name: str) -> None:
    text = told(name).text
    assert "CL-142" in text
    private = [*WRITTEN.values(), *FIGURES.values(), "55", "80", "Discovery", "disagree", "met"]
    assert not [value for value in private if str(value) in text]


@pytest.mark.parametrize("name", TO_AGENT)
def test_agents_never_read_that_they_were_escalated(name: str) -> None:
    assert "escalat" not in words(told(name)).lower()


@pytest.mark.parametrize("name", SCENES)
def test_at_most_the_first_button_is_coloured(name: str) -> None:
    rows = [block for block in told(name).blocks if block["type"] == "actions"]
    coloured = [
        (row_number, number)
        for row_number, row in enumerate(rows)
        for number, item in enumerate(row["elements"])
        if "style" in item
    ]
    assert coloured in ([], [(0, 0)])


@pytest.mark.parametrize("name", [name for name in SCENES if "voided" in name])
def test_a_voided_log_says_why_and_has_nothing_to_press(name: str) -> None:
    said = words(told(name))
    assert "took CL-142 back" in said
    assert "It was the call of somebody else" in said
    assert not buttons(told(name))


def test_living_messages_change_once_there_is_nothing_left_to_do() -> None:
    """Pressing what is pointless is worse than not being able to."""
    done = {"shared, read", "to answer, done", "due, decided", "lead decides, done"}
    done |= {"to respond, done", "escalated, viewed"}
    pressable = {"Acknowledge", "Answer", "Record outcome", "Record response", "Close as met"}
    for name in done:
        assert SCENES[name][0] in LIVING
        assert not pressable & set(buttons(told(name)))


def test_moments_are_dates_of_slack_with_words_to_fall_back_on() -> None:
    dates = [
        piece
        for block in told("due, decided").blocks
        if block["type"] == "rich_text"
        for part in block["elements"]
        for piece in part["elements"]
        if piece["type"] == "date"
    ]
    assert [(item["timestamp"], item["fallback"]) for item in dates] == [
        (int(DUE.timestamp()), "Thu 24 December, 10:00 GMT")
    ]
