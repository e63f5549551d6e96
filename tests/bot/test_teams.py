from __future__ import annotations

import datetime as dt

import pytest

from bot.teams import Line, NotATeamFile, read
from coaching.people import Role
from coaching.worktime import OFFICE

GOOD = """\
team,role,member
Billing,lead,U0LENA
Billing,Supervisor, U0SAM
Retention,agent,Dana@Northwind.Example
"""
LINES = (
    Line(2, "Billing", Role.LEAD, "U0LENA"),
    Line(3, "Billing", Role.SUPERVISOR, "U0SAM"),
    Line(4, "Retention", Role.AGENT, "dana@northwind.example"),
)


def test_a_plain_file() -> None:
    found = read(GOOD.encode())
    assert found.lines == LINES
    assert found.bad == ()


@pytest.mark.parametrize(
    "raw",
    [
        b"\xef\xbb\xbf" + GOOD.encode(),
        GOOD.replace(",", ";").encode(),
        GOOD.replace("\n", "\r\n").encode(),
        GOOD.rstrip().encode(),
        GOOD.replace("team,role,member", "Team , ROLE,Member").encode(),
    ],
    ids=["byte order mark", "semicolons", "carriage returns", "no last newline", "other header"],
)
def test_what_spreadsheets_write(raw: bytes) -> None:
    assert read(raw).lines == LINES


def test_columns_in_any_order_and_some_more() -> None:
    raw = b"member,note,team,role\nU0SAM,since May,Billing,supervisor\n"
    assert read(raw).lines == (Line(2, "Billing", Role.SUPERVISOR, "U0SAM"),)


def test_a_quoted_name_over_two_lines_keeps_the_count() -> None:
    raw = b'team,role,member\n"Billing\nNorth",lead,U0LENA\nBilling,chief,U0SAM\n'
    found = read(raw)
    assert found.lines == (Line(2, "Billing North", Role.LEAD, "U0LENA"),)
    assert [bad.number for bad in found.bad] == [4]


def test_empty_lines_are_nothing() -> None:
    found = read(GOOD.replace("\nRet", "\n\n,,\nRet").encode())
    assert [line.number for line in found.lines] == [2, 3, 6]
    assert not found.bad


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("Billing,chief,U0SAM", "“chief” is no role; there are lead, supervisor, agent, admin."),
        (",agent,U0SAM", "team is empty."),
        ("Billing,,U0SAM", "role is empty."),
        ("Billing,agent", "member is empty."),
        ("Bill\x00ing,agent,U0SAM", "team holds a character that can't be kept."),
        ("Billing,agent,Sam", "“Sam” is neither a Slack ID (U…) nor an e-mail address."),
        ("Billing,agent,sam@", "“sam@” is no e-mail address."),
        (f"{'B' * 81},agent,U0SAM", "a team's name has at most 80 characters."),
    ],
)
def test_a_bad_line_is_named_and_the_good_ones_stay(line: str, reason: str) -> None:
    found = read(f"{GOOD}{line}\n".encode())
    assert found.lines == LINES
    assert [(bad.number, bad.reason) for bad in found.bad] == [(5, reason)]


@pytest.mark.parametrize(
    ("line", "member"),
    [
        ("Billing,chief,DANA@Northwind.example", "dana@northwind.example"),
        (",agent,U0SAM", "U0SAM"),
        ("Billing,agent", ""),
    ],
)
def test_a_bad_line_still_says_whom_it_names(line: str, member: str) -> None:
    (bad,) = read(f"{GOOD}{line}\n".encode()).bad
    assert bad.member == member


WITH_HOURS = "team,role,member,hours,leave\nBilling,agent,U0SAM"


def test_hours_and_leave() -> None:
    (line,) = read(f"{WITH_HOURS},Mon-Fri 9-17,2026-12-24\n".encode()).lines
    assert (line.hours, line.leave) == (OFFICE, frozenset({dt.date(2026, 12, 24)}))
    (line,) = read(f"{WITH_HOURS},-, -\n".encode()).lines
    assert (line.hours, line.leave) == ((), frozenset())
    for nothing in ("", ",", ",,", ", , "):
        (line,) = read(f"{WITH_HOURS}{nothing}\n".encode()).lines
        assert (line.hours, line.leave) == (None, None)


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        (",9 to 5", "“9 to 5” can't be read as working hours."),
        (",,24.12.", "“24.12.” is no day."),
        (
            ",Mon 9-17,2026-12-24,Sat 9-17",
            "there are more cells than columns; put hours that have a comma between quotes.",
        ),
    ],
)
def test_hours_that_cant_be_read_are_named(cells: str, reason: str) -> None:
    (bad,) = read(f"{WITH_HOURS}{cells}\n".encode()).bad
    assert (bad.number, bad.member) == (2, "U0SAM")
    assert bad.reason.startswith(reason)


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"", "no column team and no column role and no column member"),
        (b"Billing,agent,U0SAM\n", "no column team"),
        (b"team,role\n", "no column member"),
        ("team,role,member\nMüller,agent,U0".encode("latin-1"), "not UTF-8"),
        (b'team,role,member\n"' + b"a" * 200_000, "can't be read as CSV"),
    ],
)
def test_a_file_that_is_none_is_refused_in_words(raw: bytes, words: str) -> None:
    with pytest.raises(NotATeamFile, match=words):
        read(raw)
