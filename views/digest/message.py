"""The digest's message: figures, picture, what needs somebody, and who was not coached."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from coaching.digest.totals import Totals
from coaching.digest.week import Digest, Outcomes
from views import ids
from views.digest.about import DigestAbout, key_of, name_of
from views.digest.chart import KIND, chart, in_words, sessions_chart, week_label
from views.digest.needs import NOBODY, asked_of, needs
from views.lengths import MESSAGE_LENGTH, length
from views.parts import Block, Message, button, clip, isolate, plain
from views.passages import MESSAGE_ROOM, Passage, buttons, fitting, headline, line, plainly
from views.reading import counted, date_words, listed

_MOST_NEEDS = 8
_MOST_NAMES = 10
_PICTURES = 2
_BUTTON_LENGTH = 200
"""What *Show all* and the line of a cut list come to."""


def digest(about: DigestAbout) -> Message:
    """The digest as a message of its own, with the ways to other weeks."""
    told = about.whole
    before = told.monday - dt.timedelta(days=7)
    row = buttons(
        button("The week before", ids.numbered(ids.DIGEST, 1), f"{key_of(told)} {before}"),
        button("This week", ids.numbered(ids.DIGEST, 2), key_of(told)) if told.is_over else None,
    )
    room, most = MESSAGE_ROOM - len(row), MESSAGE_LENGTH - length(row)
    passages = digest_passages(about, room=room, most=most)
    blocks = [block for passage in passages for block in passage]
    return Message(text=digest_text(about), blocks=(*blocks, *row))


def without_chart(message: Message) -> Message:
    """The same for where Slack takes no picture; `text` says what it shows."""
    kept = [block for block in message.blocks if block["type"] != KIND]
    return Message(text=message.text, blocks=tuple(kept))


def digest_text(about: DigestAbout) -> str:
    """What a notification and a screen reader get: counts, and the picture in words."""
    told = about.whole
    if told.is_quiet:
        return plainly(_quiet_words(told))
    week, waits = told.this_week, len(needs(told, about))
    parts = [
        counted(week.sessions, "session"),
        counted(told.outcomes.decided, "decision"),
        _need_words(waits, about, told),
    ]
    return plainly(f"{_title(told)}: {', '.join(parts)}. {in_words(told.weeks)}")


def digest_passages(
    about: DigestAbout, *, room: int = MESSAGE_ROOM, most: int = MESSAGE_LENGTH
) -> list[Passage]:
    """The digest without a frame, within so many blocks (20 or more) and so much length.

    What needs somebody is cut first, and *Show all* leads to the rest.
    """
    told = about.whole
    missing = [line(_missing(about.left_out))] if about.left_out else []
    if told.is_quiet:
        return [headline(_quiet_words(told)), *missing]
    head = [headline(_title(told)), (plain("\n".join(_figures(told, about))),), *missing]
    if any(week.sessions or week.decisions for week in told.weeks):
        head.append((chart(told.weeks),))
    tail = [*_not_coached(told, about), *_teams(about, room // 2, most // 2)]
    cut = _cut(needs(told, about), told, room, most, [*head, *tail], is_led=about.is_led(told))
    return [*head, *cut, *tail]


def _cut(
    waiting: Sequence[Passage],
    told: Digest,
    room: int,
    most: int,
    around: Sequence[Passage],
    *,
    is_led: bool,
) -> list[Passage]:
    """As many of what needs somebody as fit beside the rest, under their heading."""
    if not waiting:
        return []
    title = headline("Needs you" if is_led else "Needs somebody")
    taken = [block for passage in around for block in passage]
    room -= len(taken) + len(title) + 1
    most -= length(taken) + length(title) + _BUTTON_LENGTH
    shown = min(fitting(waiting, room, most), _MOST_NEEDS)
    if shown == len(waiting):
        return [title, *waiting]
    all_ = button("Show all", ids.DIGEST_LIST, f"needs {NOBODY} {key_of(told)}")
    rest = (plain(f"{len(waiting) - shown} more", all_),)
    return [title, *waiting[:shown], rest]


def _need_words(number: int, about: DigestAbout, told: Digest) -> str:
    whom = "you" if about.is_led(told) else "somebody"
    return f"{counted(number, 'thing needs', 'things need')} {whom}"


def _title(told: Digest) -> str:
    so_far = "" if told.is_over else ", so far"
    return f"{name_of(told)}, week of {date_words(told.monday)}{so_far}"


def _quiet_words(told: Digest) -> str:
    return f"{_title(told)}: nothing happened, nothing waits, and everybody was coached in time."


def _missing(references: Sequence[str]) -> str:
    """That logs could not be read: nothing in them is lost."""
    if len(references) == 1:
        return f"{references[0]} can't be read right now, and is left out here."
    named = references[:_MOST_NAMES]
    rest = len(references) - len(named)
    words = listed([*named, *([f"{rest} more"] if rest else [])])
    return f"{words} can't be read right now, and are left out here."


def _figures(told: Digest, about: DigestAbout) -> list[str]:
    sessions = [
        counted(told.this_week.sessions, "session"),
        _coached(len(told.coached), len(told.agents), told.cadence),
    ]
    if told.to_finish:
        sessions.append(
            f"{told.finished} of {counted(told.to_finish, 'log')} finished within 24 hours"
        )
    lines = [" · ".join(sessions)]
    if waits := _waiting(told, about):
        lines.append(f"Waiting: {', '.join(waits)}")
    lines.append(_outcomes(told.outcomes, "with you" if about.is_led(told) else "with the lead"))
    return lines


def _coached(coached: int, agents: int, cadence: int | None) -> str:
    within = f"in {cadence} days" if cadence is not None else "in time"
    return f"{coached} of {counted(agents, 'agent')} coached {within}"


def _waiting(told: Digest, about: DigestAbout) -> list[str]:
    overdue = len(told.overdue)
    due = counted(len(told.due), "outcome")
    if overdue:
        due += f" ({overdue} overdue)" if overdue < len(told.due) else " (overdue)"
    counts = (
        (told.unread, counted(told.unread, "acknowledgement")),
        (told.unfinished, f"{counted(told.unfinished, 'log')} to finish"),
        (answers := len(asked_of(told, about)), counted(answers, "answer")),
        (len(told.due), due),
        (len(told.promised), counted(len(told.promised), "promised next step")),
    )
    return [words for number, words in counts if number]


def _outcomes(told: Outcomes, escalated: str) -> str:
    moved = [f"{told.extended} extended"] if told.extended else []
    if not told.decided:
        return " · ".join(["Nothing was decided", *moved])
    return " · ".join(
        [f"{told.decided} decided: {_verdicts(told)}", _decisions(told, escalated), *moved]
    )


def _verdicts(told: Outcomes) -> str:
    counts = ((told.met, "met"), (told.not_met, "not met"), (told.too_few, "too few calls"))
    return ", ".join(f"{number} {words}" for number, words in counts if number)


def _decisions(told: Outcomes, escalated: str) -> str:
    counts = (
        (told.closed, "closed"),
        (told.continued, "continued"),
        (told.escalated, escalated),
    )
    return ", ".join(f"{number} {words}" for number, words in counts if number)


def _not_coached(told: Digest, about: DigestAbout) -> list[Passage]:
    if not told.late:
        return []
    within = f"in {told.cadence} days" if told.cadence is not None else "in time"
    names = [about.reading.first(user) for user in told.late]
    words = ", ".join(names[:_MOST_NAMES])
    if rest := len(names) - _MOST_NAMES:
        words += f" and {rest} more" if rest > 0 else ""
    press = button("Open team", ids.RUN, "team")
    return [(plain(f"Not coached {within}: {words}", press),)]


def _teams(about: DigestAbout, room: int, most: int) -> list[Passage]:
    """A line for each of several teams, with the way to its own digest; as many as fit."""
    if len(about.teams) < 2:
        return []
    lines: list[Passage] = [(_team_line(team, about),) for team in about.teams]
    shown = fitting(lines, room, most)
    rest = len(lines) - shown
    more = [line(f"{counted(rest, 'more team')} not shown here.")] if rest else []
    return [headline("Your teams"), *lines[:shown], *more]


def _team_line(team: Digest, about: DigestAbout) -> Block:
    words = [
        counted(team.this_week.sessions, "session"),
        _coached(len(team.coached), len(team.agents), team.cadence),
        f"{team.outcomes.decided} decided",
    ]
    # All of it: what stands beside the digest is the team's as well.
    if waits := len(needs(team, replace(about, beside=frozenset()))):
        words.append(_need_words(waits, about, team))
    press = button(clip(f"Show {name_of(team)}", 60), ids.DIGEST, f"{key_of(team)} {team.monday}")
    return plain(f"{name_of(team)}: {' · '.join(words)}", press)


def totals(told: Totals) -> Message:
    """What a channel gets: numbers, where enough people stand behind them, and no names."""
    names = [isolate(clip(name, 60)) for name in told.teams.values()]
    title = f"{', '.join(names)}, week of {date_words(told.monday)}"
    if not told.says_something or told.agents is None:
        words = f"{title}: too few people for figures that name nobody."
        return Message(text=plainly(words), blocks=headline(words))
    figures = [counted(told.sessions, "session")] if told.sessions is not None else []
    if told.coached is not None:
        figures.append(_coached(told.coached, told.agents, told.cadence))
    if told.decided is not None:
        decided = [_verdicts(told.verdicts)] if told.verdicts else []
        decided += [_decisions(told.decisions, "with the lead")] if told.decisions else []
        figures.append(
            ": ".join([f"{told.decided} decided", *(["; ".join(decided)] if decided else [])])
        )
    picture = (sessions_chart(told.weeks),) if any(told.weeks.values()) else ()
    text = f"{title}: {', '.join(figures)}."
    if picture:
        weeks = ", ".join(str(number) for number in told.weeks.values())
        text += f" Sessions by week since {week_label(min(told.weeks))}: {weeks}."
    return Message(
        text=plainly(text), blocks=(*headline(title), plain(" · ".join(figures)), *picture)
    )


def together(messages: Sequence[Message]) -> Message:
    """Several teams' totals in one message, with as many pictures as Slack takes."""
    kept = [one if place < _PICTURES else without_chart(one) for place, one in enumerate(messages)]
    blocks = [block for one in kept for block in one.blocks]
    return Message(text=" ".join(one.text for one in kept), blocks=tuple(blocks[:MESSAGE_ROOM]))
