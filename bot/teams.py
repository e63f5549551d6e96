"""The team file: CSV lines of team, role and member, read before anybody asks Slack about them.

Hours and leave may stand in columns of their own.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from coaching.hours import Unreadable, leave_of, week_of
from coaching.people import Role
from coaching.worktime import Week

COLUMNS = ("team", "role", "member")
HOURS, LEAVE = "hours", "leave"
NONE = "-"
"""What takes hours or leave away that somebody has."""
TEAM_LIMIT = 80
_USER = re.compile(r"[UW][A-Z0-9]{2,}")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


class NotATeamFile(ValueError):  # noqa: N818 - reads as the sentence it is
    """The file can't be read at all; the message says what is expected."""


@dataclass(frozen=True, slots=True)
class Line:
    """A good line: `member` is a Slack ID, or an e-mail address in lower case.

    `hours` and `leave` are None where nothing stands there, and empty for none of their own.
    """

    number: int
    team: str
    role: Role
    member: str
    hours: Week | None = None
    leave: frozenset[dt.date] | None = None

    @property
    def by_email(self) -> bool:
        return "@" in self.member


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that was refused, and why; `member` is whom it names, as in `Line`, where it does."""

    number: int
    reason: str
    member: str = ""


@dataclass(frozen=True, slots=True)
class TeamFile:
    """What a file says: good lines, bad lines, each with the line number that an editor shows."""

    lines: tuple[Line, ...]
    bad: tuple[BadLine, ...]


def read(raw: bytes) -> TeamFile:
    """Read a team file: UTF-8 (a byte order mark is fine), commas or semicolons, header first.

    Raises:
        NotATeamFile: it is no text, or its header lacks a column.
    """
    text = _text(raw)
    first = text.partition("\n")[0]
    delimiter = ";" if first.count(";") > first.count(",") else ","
    rows = _rows(text, delimiter)
    header = next(rows, (0, []))[1]
    places = {name.strip().lower(): place for place, name in enumerate(header)}
    lacking = [column for column in COLUMNS if column not in places]
    if lacking:
        raise NotATeamFile(
            f"The first line has no column {' and no column '.join(lacking)}. "
            "It must name team, role and member, in any order; hours and leave may stand there too."
        )
    lines: list[Line] = []
    bad: list[BadLine] = []
    for number, row in rows:
        if not any(cell.strip() for cell in row):
            continue
        read_line = _with_hours(_line(number, row, places), row, places)
        if isinstance(read_line, BadLine):
            bad.append(read_line)
        else:
            lines.append(read_line)
    return TeamFile(tuple(lines), tuple(bad))


def _text(raw: bytes) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise NotATeamFile("The file is not UTF-8 text. Save it as CSV in UTF-8.") from error


def _rows(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Rows with the number of the line on which each begins."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    number = 1
    try:
        for row in reader:
            yield number, row
            number = reader.line_num + 1
    except csv.Error as error:
        raise NotATeamFile(f"Line {number} can't be read as CSV: {error}.") from error


def _with_hours(line: Line | BadLine, row: list[str], places: dict[str, int]) -> Line | BadLine:
    if isinstance(line, BadLine):
        return line
    if HOURS in places and any(cell.strip() for cell in row[len(places) :]):
        words = "there are more cells than columns; put hours that have a comma between quotes."
        return BadLine(line.number, words, line.member)
    hours, leave = (
        row[places[column]].strip() if places.get(column, len(row)) < len(row) else ""
        for column in (HOURS, LEAVE)
    )
    try:
        if hours:
            line = replace(line, hours=() if hours == NONE else week_of(hours))
        if leave:
            line = replace(line, leave=frozenset() if leave == NONE else leave_of(leave))
    except Unreadable as refused:
        return BadLine(line.number, str(refused), line.member)
    return line


def _line(number: int, row: list[str], places: dict[str, int]) -> Line | BadLine:
    cells = {
        column: " ".join(row[places[column]].split()) if places[column] < len(row) else ""
        for column in COLUMNS
    }
    member = cells["member"].lower() if "@" in cells["member"] else cells["member"]
    for column, cell in cells.items():
        if not cell:
            return BadLine(number, f"{column} is empty.", member)
        if not cell.isprintable():
            return BadLine(number, f"{column} holds a character that can't be kept.", member)
    if len(cells["team"]) > TEAM_LIMIT:
        return BadLine(number, f"a team's name has at most {TEAM_LIMIT} characters.", member)
    try:
        role = Role(cells["role"].lower())
    except ValueError:
        known = ", ".join(Role)
        return BadLine(number, f"“{cells['role']}” is no role; there are {known}.", member)
    if "@" in member:
        if not _EMAIL.fullmatch(member):
            return BadLine(number, f"“{member}” is no e-mail address.", member)
    elif not _USER.fullmatch(member):
        return BadLine(
            number, f"“{member}” is neither a Slack ID (U…) nor an e-mail address.", member
        )
    return Line(number, cells["team"], role, member)
