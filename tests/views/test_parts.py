from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coaching.fields import width
from tests.coaching.cast import CRITERIA, DANA
from tests.views.slack import NASTY
from views.parts import (
    button_for,
    clip,
    escape,
    isolate,
    moment_line,
    recording_link,
    split,
)


def test_the_moment_in_one_line() -> None:
    content: dict[str, str] = {"call": "8841", "moment": "03:12", "criterion": "c1", "score": "55"}
    assert moment_line(content, CRITERIA) == "Call 8841 at 03:12 · Discovery 55 %"
    assert moment_line({**content, "score": "not scored"}, CRITERIA).endswith(
        "Discovery: not scored"
    )
    assert moment_line({**content, "moment": "message 12"}, CRITERIA).startswith(
        "Call 8841, message 12"
    )
    assert moment_line({**content, "call": "https://calls.example/1"}, CRITERIA).startswith(
        "Recorded call at 03:12"
    )
    assert moment_line({"call": "https://calls.example/1"}, CRITERIA) == "Recorded call"
    assert moment_line({"call": "Call 7"}, CRITERIA) == "Call 7"
    assert moment_line({"moment": "03:12"}, CRITERIA) == "Call at 03:12"
    assert moment_line({"criterion": "c2"}, CRITERIA) == "Empathy"
    assert moment_line({"criterion": "new:Warmth", "score": "5"}, CRITERIA) == "Warmth 5 %"
    assert moment_line({}, CRITERIA) == ""


@pytest.mark.parametrize(
    ("call", "is_link"),
    [
        ("https://calls.example/1?a=b#t", True),
        ("HTTP://calls.example", True),
        ("javascript:alert(1)", False),
        ("file:///etc/passwd", False),
        ("https://a b", False),
        ("https://a|b", False),
        ("see https://calls.example", False),
        ("8841", False),
        ("", False),
    ],
)
def test_only_web_addresses_are_offered_as_links(call: str, *, is_link: bool) -> None:
    assert recording_link({"call": call}) == (call if is_link else "")


def test_escaped_text_does_nothing() -> None:
    assert escape("<!channel> & co") == "&lt;!channel&gt; &amp; co"
    assert escape("&lt;") == "&amp;lt;"
    for mark in "*_~`":
        assert f"{mark}b" not in escape(f"{mark}b{mark}")
    assert not escape("> quoted").startswith("&gt;")


@given(st.text())
def test_escaped_text_reads_the_same(text: str) -> None:
    text = isolate(text).replace("\u200b", "")
    read = escape(text).replace("\u200b", "")
    for entity, letter in (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")):
        read = read.replace(entity, letter)
    assert read == text


def test_text_from_right_to_left_is_set_apart() -> None:
    assert isolate("Dana") == "Dana"
    assert isolate("דנה") == "\u2068דנה\u2069"
    assert isolate("a\u202eb\u2069") == "ab"
    assert isolate("א\n\nב") == "\u2068א\u2069\n\n\u2068ב\u2069"


@given(st.text(), st.integers(2, 40))
def test_clipped_text_fits(text: str, limit: int) -> None:
    clipped = clip(text, limit)
    assert width(clipped) <= limit
    if width(text) <= limit:
        assert clipped == text
    else:
        assert clipped.endswith("…")


def test_half_a_pair_from_a_forged_payload_does_no_harm() -> None:
    assert width("\ud83d") == 1
    assert split("\ud83d" * 5, 3) == ["\ud83d" * 3, "\ud83d" * 2]
    assert clip("\ud83d" * 5, 3) == "\ud83d" * 2 + "…"


def test_no_visible_character_is_cut_in_two() -> None:
    assert clip("ab👩🏽‍💻c", 6) == "ab…"
    assert clip("cafe\u0301 x", 5) == "caf…"
    assert [len(piece) for piece in split("👩🏽‍💻" * 3, 9)] == [4, 4, 4]


@given(st.text(max_size=300), st.integers(4, 50))
def test_split_text_is_whole_but_for_white_space(text: str, limit: int) -> None:
    pieces = split(text, limit)
    assert all(0 < width(piece) <= limit for piece in pieces)
    assert "".join("".join(pieces).split()) == "".join(text.split())


@pytest.mark.parametrize("nasty", NASTY)
def test_long_text_takes_few_pieces(nasty: str) -> None:
    text = NASTY[nasty]
    assert len(split(text)) == (1 if width(text) <= 3000 else 2)
    assert len(split(text * 2)) <= 5


def test_a_button_ends_in_a_name_where_it_fits() -> None:
    assert button_for("Share with", DANA, "agent") == "Share with UDANA"
    assert button_for("Share with", None, "agent") == "Share with agent"
    long = replace(DANA, first_name="Maximiliana-Alexandra")
    assert button_for("Share with", long, "agent") == "Share with agent"
    hebrew = [replace(DANA, first_name="א" * length) for length in (11, 12)]
    assert [button_for("Share with", person, "agent") for person in hebrew] == [
        "Share with \u2068אאאאאאאאאאא\u2069",
        "Share with agent",
    ]
