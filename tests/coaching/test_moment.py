from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coaching.moment import NotAMoment, parse_moment


def written(seconds: int) -> str:
    hours, rest = divmod(seconds, 3600)
    minutes, rest = divmod(rest, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes:02}:{rest:02}"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("03:12", "03:12"),
        ("3:12", "03:12"),
        ("  3:12\n", "03:12"),
        ("0:00", "00:00"),
        ("75:10", "1:15:10"),
        ("1:02:03", "1:02:03"),
        ("01:02:03", "1:02:03"),
        ("23:59:59", "23:59:59"),
        ("24:00:00", "24:00:00"),
        ("14:05", "14:05"),
        ("2:05 pm", "14:05"),
        ("2:05PM", "14:05"),
        ("2.05 p.m.", "14:05"),
        ("12:00 am", "00:00"),
        ("12:30 pm", "12:30"),
        ("message 12", "message 12"),
        ("Msg 012", "message 12"),
        ("#12", "message 12"),
        ("no. 7", "message 7"),
        ("\u0660\u0663:\u0661\u0662", "03:12"),
    ],
)
def test_a_moment_has_one_written_form(typed: str, kept: str) -> None:
    assert parse_moment(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "3",
        "3:1",
        "03:60",
        "1:60:00",
        "24:00:01",
        "999:59:59",
        "-03:12",
        "03:12:",
        "3m12s",
        "13:05 pm",
        "0:05 am",
        "2:60 pm",
        "message",
        "message -1",
        "message 1234567",
        "²:12",
        "9" * 5000,
        "soon",
    ],
)
def test_what_is_no_moment_is_refused_in_words(typed: str) -> None:
    with pytest.raises(NotAMoment, match=r"[a-z]{3}.*\.$"):
        parse_moment(typed)


@given(st.integers(0, 24 * 3600))
def test_every_time_up_to_24_hours_is_kept_as_written(seconds: int) -> None:
    text = written(seconds)
    assert parse_moment(text) == text


@given(st.integers(24 * 3600 + 1, 99 * 3600 + 3599))
def test_no_time_beyond_24_hours_is_taken(seconds: int) -> None:
    with pytest.raises(NotAMoment):
        parse_moment(written(seconds))


@given(st.text(max_size=30) | st.from_regex(r"\A\d{0,3}[:.]?\d{0,3}[:.]?\d{0,3} ?[ap]?m?\Z"))
def test_what_was_taken_is_taken_again_unchanged(text: str) -> None:
    try:
        kept = parse_moment(text)
    except NotAMoment:
        return
    assert parse_moment(kept) == kept
    assert kept.isascii()
