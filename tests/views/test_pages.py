from __future__ import annotations

import json
from dataclasses import replace

import pytest

from coaching.people import Act
from tests.coaching.cast import CRITERIA, NOW, SMALLEST, opened
from tests.views.scenes import scenes
from tests.views.slack import NASTY, buttons, posted, shown, words
from tests.views.story import DANA, DUE, SAM, Story
from views import lists
from views.lengths import MESSAGE_LENGTH, length, shortened
from views.notices import message
from views.parts import Block
from views.passages import page, quoted
from views.show import as_view, show

SCENES = scenes(Story())
LONG = {**NASTY, "words": "Ask why first " * 214, "ampersands": "&" * 3000}


def test_a_page_holds_as_many_whole_passages_as_fit() -> None:
    passages = [quoted(f"Heading {number}", "x") for number in range(7)]
    first, last = page(passages, 3), page(passages, 3, 9)
    assert (len(first.blocks), first.has_more) == (3, True)
    assert (len(last.blocks), last.has_more) == (1, False)


def test_a_page_is_never_heavier_than_a_view_may_be() -> None:
    passages = [quoted("Heading", "😀" * 3000) for _ in range(12)]
    sizes = [len(page(passages, 100, number).blocks) for number in (1, 2, 3)]
    assert sizes[0] < 36
    assert page(passages, 100).has_more
    assert not page(passages, 100, 3).has_more


@pytest.mark.parametrize("written", LONG)
def test_every_message_stays_within_what_slack_takes(written: str) -> None:
    story = Story.told_with(LONG[written])
    for name, (kind, about) in scenes(story).items():
        made = message(kind, about)
        posted(made)
        assert length(made.blocks) <= MESSAGE_LENGTH, name
        said = words(made)
        if "This is shortened." in said:
            assert ("“See all of it” shows" in said) == ("See all of it" in buttons(made)), name
            assert "shows the rest." in said or "by its number to read the rest." in said, name


@pytest.mark.parametrize("name", SCENES)
def test_a_shortened_message_keeps_its_buttons_headings_and_points_to_the_rest(name: str) -> None:
    short, long = message(*SCENES[name]), message(*scenes(Story("x" * 3000))[name])
    assert buttons(long) == buttons(short)
    headings = [_heading(block) for block in short.blocks]
    kept = [_heading(block) for block in long.blocks]
    assert [heading for heading in headings if heading not in kept] == []
    if "…" in words(long):
        assert "See all of it" in buttons(long)
        assert "“See all of it” shows the rest." in words(long)
    else:
        assert "This is shortened" not in words(long)


def _heading(block: Block) -> str:
    if block["type"] != "rich_text":
        return ""
    piece = block["elements"][0]["elements"][0]
    return str(piece["text"]) if "style" in piece else ""


@pytest.mark.parametrize(
    ("name", "key"),
    [("shared", "target"), ("closed", "why"), ("lead decides", "target"), ("to respond", "why")],
)
def test_what_was_agreed_and_why_stay_whole(name: str, key: str) -> None:
    story = Story("x" * 3000)
    kind, about = scenes(story)[name]
    log = replace(about.log, content={**about.log.content, key: "y" * 2900 + " at the end"})
    said = words(message(kind, replace(about, log=log)))
    assert "yyy at the end" in said
    assert "…" in said


def test_a_text_that_is_set_apart_ends_set_apart_where_it_is_shortened() -> None:
    (short,) = shortened(quoted("Heading", "שלום עולם " * 100), 500)
    said = json.dumps(short, ensure_ascii=False)
    assert said.count("\u2068") == said.count("\u2069") == 1
    assert "…\u2069" in said
    assert length([short]) <= 500


def test_lists_stay_within_what_slack_takes() -> None:
    for text in LONG.values():
        story = Story.told_with(text)
        logs = [replace(story.figured(6, 5), id=f"L{n}", number=n) for n in range(60, 0, -1)]
        people = {person.user: person for person in story.people}
        sam, dana = people[SAM.user], people[DANA.user]
        agents = [replace(dana, user=f"UDANA{n}") for n in range(60)]
        for made in (
            lists.due(logs, logs, people, story.criteria, reader=sam, now=DUE),
            lists.drafts(logs, people, reader=sam, now=DUE, command="/coach"),
            lists.history(
                dana, logs[:10], people, story.criteria, reader=sam, now=DUE, older=False
            ),
            lists.team(agents, {}, reader=sam, now=DUE),
        ):
            posted(made)
            assert length(made.blocks) <= MESSAGE_LENGTH


def test_a_history_that_is_cut_goes_on_where_it_was_cut() -> None:
    story = Story("&" * 3000)
    logs = [replace(story.open(), id=f"L{n}", number=n) for n in range(10, 0, -1)]
    people = {person.user: person for person in story.people}
    made = lists.history(
        people[DANA.user], logs, people, story.criteria, reader=SAM, now=DUE, older=False
    )
    shown_logs = sum(block["type"] == "section" for block in made.blocks)
    assert 0 < shown_logs < 10
    (older,) = made.blocks[-1]["elements"]
    assert older["value"] == f"{DANA.user} {logs[shown_logs - 1].number}"


@pytest.mark.parametrize("nasty", NASTY)
def test_a_whole_log_fits_into_a_message_and_a_modal(nasty: str) -> None:
    text = NASTY[nasty]
    keys = ("quote", "observed", "target", "shows", "own_words", "obstacle_note", "pattern", "why")
    log = opened(**{**SMALLEST, **dict.fromkeys(keys, text), "points": (text,)})
    made = show(
        log,
        SAM,
        {DANA.user: DANA, SAM.user: SAM},
        CRITERIA,
        now=NOW,
        revisions=[],
        linked=[],
        may=frozenset(Act),
    )
    posted(made)
    shown(as_view(log, made))
