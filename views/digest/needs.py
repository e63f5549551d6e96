"""What a digest says needs somebody: a sentence each, with what one can do about it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from coaching.digest.patterns import Context, Repeat, Weak
from coaching.digest.week import Digest, FollowUpDue, Promised, membership
from coaching.elements import FIELDS, FOLLOW_UP
from coaching.log import Log
from coaching.notices import NoticeKind, alike, asked_of_lead
from coaching.outcome import extension_of
from coaching.people import Act, may
from coaching.policy import USUAL
from coaching.sharing import act_in
from views import ids
from views.digest.about import DigestAbout, key_of, name_of
from views.items import answer_button, asks_words
from views.parts import Block, button, isolate, plain
from views.passages import Passage, buttons
from views.reading import capital, counted, date_words, listed

NOBODY = "-"
"""In a button's value: nobody sees to it."""
_NAMED = 5
_ORDINALS = ("third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_NUMBERS = ("three", "four", "five", "six", "seven", "eight", "nine", "ten")


def needs(digest: Digest, about: DigestAbout) -> list[Passage]:
    """Everything that needs somebody, what waits for the reader first; less what stands beside."""
    left = _less(digest, about)
    return [
        *(_answer(log, asked, left, about) for log, asked in asked_of(left, about)),
        *_follow_ups(left, about),
        *_steps(left, about),
        *(_repeat(repeat, about) for repeat in digest.repeats),
        *_patterns(digest, about),
    ]


def _less(digest: Digest, about: DigestAbout) -> Digest:
    def is_beside(log: Log, *kinds: NoticeKind) -> bool:
        return any((kind, log.id) in about.beside for kind in kinds)

    outcome, own = alike(NoticeKind.OVERDUE), about.reader.user
    return replace(
        digest,
        answers=tuple(one for one in digest.answers if not is_beside(one, NoticeKind.UNANSWERED)),
        due=tuple(item for item in digest.due if not is_beside(item.log, *outcome)),
        promised=tuple(
            item
            for item in digest.promised
            if item.step.who != own or not is_beside(item.log, NoticeKind.STEP)
        ),
    )


def asked_of(digest: Digest, about: DigestAbout) -> list[tuple[Log, dt.datetime]]:
    """What waits for a lead's answer by now, and since when, the longest first.

    An agent is heard before their escalation is.
    """
    calendar = about.lead_of(digest).calendar
    found = [(log, asked_of_lead(log, calendar)) for log in digest.answers]
    waits = [(log, asked) for log, asked in found if asked is not None and asked <= about.now]
    return sorted(waits, key=lambda one: (one[1], one[0].number))


def _answer(log: Log, asked: dt.datetime, digest: Digest, about: DigestAbout) -> Passage:
    reading, reader = about.reading, about.reader
    agent = about.people.get(log.agent or "")
    words = f"{capital(asks_words(log, reading))} ({log.reference})"
    see = button("See all of it", ids.SHOW, log.id)
    if not may(reader, Act.ANSWER, agent=agent, log=log):
        since = reading.day(asked.astimezone(reader.zone).date())
        return _need(f"{words}; it waits for the lead since {since}", see)
    member = membership(agent, digest.teams) if agent else None
    within = max((member.policy if member else USUAL).unanswered_days, default=5)
    by = reader.calendar.after_working_days(asked, within)
    last = by.astimezone(reader.zone).date()
    due = f"your answer by {reading.day(last)}"
    if last <= reading.today:
        is_today = last == reading.today
        late = f"your answer was due on {reading.day(last)}"
        due = "your answer is due today" if is_today else late
    return _need(f"{words}; {due}", answer_button(log), see)


def _follow_ups(digest: Digest, about: DigestAbout) -> Iterator[Passage]:
    by_keepers = sorted(digest.due, key=lambda item: (not item.is_overdue, item.keepers))
    grouped: dict[tuple[str, ...], list[FollowUpDue]] = {}
    for item in by_keepers:
        grouped.setdefault(item.keepers, []).append(item)
    for keepers, items in grouped.items():
        yield _need(_due_words(keepers, items, about), *_due_buttons(keepers, items, digest, about))


def _due_words(keepers: Sequence[str], items: Sequence[FollowUpDue], about: DigestAbout) -> str:
    overdue = [item for item in items if item.is_overdue]
    told, what = (overdue, "overdue") if overdue else (items, "due")
    outcomes = f"{counted(len(told), 'outcome')} {what}"
    if not keepers:
        words = f"Nobody sees to {outcomes}"
    else:
        has = "has" if len(keepers) == 1 and keepers[0] != about.reader.user else "have"
        who = listed(about.reading.who(user) for user in keepers)
        words = f"{capital(who)} {has} {outcomes}"
    words += ": " + _several([_whose(item.log.agent, item.days, about) for item in told])
    if rest := len(items) - len(told):
        words += f"; {rest} more {'is' if rest == 1 else 'are'} due"
    return words


def _whose(user: str | None, days: int, about: DigestAbout) -> str:
    return f"{about.reading.first(user)} ({counted(days, 'day') if days else 'today'})"


def _due_buttons(
    keepers: Sequence[str], items: Sequence[FollowUpDue], digest: Digest, about: DigestAbout
) -> Iterator[Block]:
    value = " ".join(("due", ",".join(keepers) or NOBODY, key_of(digest)))
    is_own = about.reader.user in keepers
    if len(items) == 1 and is_own:
        yield button("Record outcome", ids.RECORD_OUTCOME, items[0].log.id)
    else:
        takes_over = about.is_led(digest) and not is_own
        show = "Show it" if len(items) == 1 else "Show them"
        yield button("Take over" if takes_over else show, ids.DIGEST_LIST, value)
    movable = [move for item in items if (move := move_button(item.log, about)) is not None]
    if len(items) == 1:
        yield from movable
    elif movable:
        yield button("Move the date", ids.numbered(ids.DIGEST_LIST, 2), value)


def move_button(log: Log, about: DigestAbout) -> Block | None:
    """What moves the agreed day: *Extend to …* where that is offered, else the follow-up form."""
    day = extension_of(log, about.criteria, about.now, about.reader.zone)
    if day is not None:
        return button(f"Extend to {date_words(day)}", ids.EXTEND, ids.extension(log, day))
    agent = about.people.get(log.agent or "")
    if may(about.reader, act_in(FOLLOW_UP, log), agent=agent, log=log):
        return button("Move the date", ids.CHANGE, f"{log.id} follow-up")
    return None


def _steps(digest: Digest, about: DigestAbout) -> Iterator[Passage]:
    by_who = sorted(digest.promised, key=lambda item: item.step.who)
    groups = [list(group) for _, group in groupby(by_who, key=lambda item: item.step.who)]
    for items in sorted(groups, key=lambda group: -max(item.days for item in group)):
        who = items[0].step.who
        are = "is" if len(items) == 1 else "are"
        words = (
            f"{capital(about.reading.who(who))} promised {counted(len(items), 'next step')} that "
            f"{are} not done: {_several([_to_whom(item, about) for item in items])}"
        )
        yield _need(words, _steps_button(who, items, digest, about))


def _to_whom(item: Promised, about: DigestAbout) -> str:
    log, who = item.log, item.step.who
    other = log.supervisor if who == log.agent else log.agent
    return f"to {about.reading.who(other)} ({counted(item.days, 'day')})"


def _steps_button(who: str, items: Sequence[Promised], digest: Digest, about: DigestAbout) -> Block:
    if who == about.reader.user:
        return button("Show it" if len(items) == 1 else "Show them", ids.RUN, "due")
    if len(items) == 1:
        return button("See all of it", ids.SHOW, items[0].log.id)
    return button("Show them", ids.DIGEST_LIST, f"steps {who} {key_of(digest)}")


def _repeat(repeat: Repeat, about: DigestAbout) -> Passage:
    place = repeat.times - 3
    is_word = place < len(_ORDINALS)
    time = _ORDINALS[place] if is_word else f"{repeat.times}th"
    what = f", {criterion_name(repeat.criterion, about)}" if repeat.criterion else ""
    see = f"See the {_NUMBERS[place]}" if is_word else "See them all"
    return _need(
        f"{about.reading.name(repeat.agent)}{what}, {time} time: try another approach?",
        button(see, ids.SEE_CHAIN, repeat.log.id),
    )


def criterion_name(criterion: str | None, about: DigestAbout) -> str:
    """What a criterion is called, set apart."""
    known = about.criteria.get(criterion or "")
    return isolate(known.name) if known else "a criterion"


def _patterns(digest: Digest, about: DigestAbout) -> Iterator[Passage]:
    """What is found in each team by itself, with its name where there are several."""
    for team in about.teams if digest is about.whole else [digest]:
        whose = f"{name_of(team)}: " if len(digest.teams) > 1 else ""
        for weak in team.weak:
            yield _need(whose + _weak_words(weak, team, about))
        for context in team.contexts:
            yield _need(whose + _context_words(context, about))


def _weak_words(weak: Weak, digest: Digest, about: DigestAbout) -> str:
    return (
        f"{criterion_name(weak.criterion, about)} is weak for {weak.agents} of "
        f"{len(digest.agents)}: process or training, not people?"
    )


def _context_words(context: Context, about: DigestAbout) -> str:
    labels = {choice.key: choice.label for choice in FIELDS["obstacles"].choices}
    name = labels.get(context.context, context.context)
    return (
        f"“{name}” was named in {context.named} of {context.logs} logs on "
        f"{criterion_name(context.criterion, about)}: a cause outside the team?"
    )


def _several(words: Iterable[str]) -> str:
    known = list(words)
    if len(known) <= _NAMED:
        return ", ".join(known)
    return f"{', '.join(known[:_NAMED])} and {len(known) - _NAMED} more"


def _need(words: str, *pressable: Block) -> Passage:
    if len(pressable) == 1:
        return (plain(f"• {words}", pressable[0]),)
    return (plain(f"• {words}"), *buttons(*pressable))
