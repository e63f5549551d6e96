"""A quarter in a center on five clocks, against a table written by hand.

The clock moves half an hour at a time, since India's hours begin on the half hour.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.delivery import Delivery
from playground import Channel
from tests.flows.center import Center, open_center
from tests.flows.quarter.cast import CAST, CHANNEL, PEOPLE, START, WEEKS, moment
from tests.flows.quarter.received import Letter, Received
from tests.flows.quarter.story import STORY
from tests.flows.quarter.table import LONDON, NEW_YORK, TABLE

_STEP = dt.timedelta(minutes=30)
_MOMENT = dt.timedelta(seconds=1)
_NAMES = [name for _, name, *_ in PEOPLE]
_ZONES = {user: zone for user, _, _, zone in PEOPLE} | {CHANNEL: NEW_YORK}
_JO_MOVES = dt.datetime(2027, 11, 22, 1, tzinfo=dt.UTC)
_NIGHTS = {"U0PRIYA", "U0GIL"}
_BILLING = {"U0LEO", "U0SUE", "U0ABE", "U0BEA", "U0CAL", "U0LOU", "U0NED", CHANNEL}
_OFF = {
    "U0DANA": {dt.date(2027, 9, 20), dt.date(2027, 9, 21), dt.date(2027, 9, 22)},
    "U0LIZ": {dt.date(2027, 10, 18), dt.date(2027, 10, 19)},
} | {user: {dt.date(2027, 10, 11), dt.date(2027, 11, 25)} for user in _BILLING}

MOST = {
    "finish": 2,
    "acknowledge": 2,
    "half way": 1,
    "step": 2,
    "outcome": 1,
    "overdue": 2,
    "unanswered": 2,
}
"""How often one person is told of a kind, by PRODUCT's table."""
MORE = {
    ("U0SAM", "outcome CL-8"): 2,  # put off twice
    ("U0TESS", "outcome CL-10"): 1,  # put off once
    ("U0LENA", "unanswered CL-8"): 2,  # the disagreement, then the escalation
    ("U0IRA", "acknowledge CL-11"): 2,  # the log, then its change
}

Told = dict[tuple[str, dt.datetime], frozenset[str]]


def by_hand() -> Told:
    told: Told = {}
    for receiver, zone, rows in TABLE:
        for row in rows.strip().splitlines():
            told[receiver, moment(row[:16], zone)] = frozenset(row[16:].strip().split(", "))
    return told


async def lived_through(center: Center) -> Received:
    """All that Slack received in the quarter."""
    bot = center.ws.app.bot_user_id
    center.ws.add_channel(Channel(id=CHANNEL, name="billing", members=(bot, "U0LEO")))
    # The clock moves between two looks at what is due, never within one.
    await center.program.delivery.stop()
    delivery = Delivery(center.program.delivery.means)
    received = Received(center.ws, [user for user, *_ in PEOPLE], CHANNEL)
    acts = defaultdict(list)
    for words, zone, act in STORY:
        acts[moment(words, zone)].append(act)
    ticks = 0
    while center.now < START + dt.timedelta(weeks=WEEKS):
        for act in acts.pop(center.now, ()):
            await act(center)
        if await delivery.once():
            center.clock.advance(_MOMENT)
            assert await delivery.once() == 0, "what was told or given up is looked at again"
        received.look()
        ticks += 1
        center.clock.advance(START + ticks * _STEP - center.now)
    assert not acts
    return received


def local(receiver: str, at: dt.datetime) -> dt.datetime:
    moved = receiver == "U0JO" and at >= _JO_MOVES
    return at.astimezone(ZoneInfo(LONDON if moved else _ZONES[receiver]))


def worked(letter: Letter) -> dt.date | None:
    """The day of the shift in which it came; None where that was outside working hours."""
    there = local(letter.receiver, letter.at)
    day = there.date()
    if letter.receiver in _NIGHTS:
        day -= dt.timedelta(days=there.hour < 4)
        is_on = not 4 <= there.hour < 20
    else:
        is_on = 9 <= there.hour < 17
    first, last = (2, 6) if letter.receiver == "U0KIT" else (0, 4)
    is_day = first <= day.weekday() <= last and day not in _OFF.get(letter.receiver, ())
    return day if is_on and is_day else None


def shown(told: Mapping[tuple[str, dt.datetime], Iterable[str]]) -> list[str]:
    return [
        f"{receiver} {local(receiver, at):%a %d %b %H:%M}: {', '.join(sorted(items))}"
        for (receiver, at), items in sorted(told.items())
    ]


def check_hours(letters: Iterable[Letter]) -> None:
    for letter in letters:
        # Supervisors see the digest an hour before their lead, whenever that is.
        early = "digest" in letter.items and letter.receiver in {
            "U0SUE",
            "U0SAM",
            "U0PRIYA",
            "U0STAN",
            "U0TESS",
        }
        assert early or worked(letter) is not None, letter


def check_mornings(letters: Iterable[Letter]) -> None:
    mornings = Counter(
        (letter.receiver, local(letter.receiver, letter.at).date())
        for letter in letters
        if not (is_last_hour(letter) or (worked(letter) is None and letter.items == {"digest"}))
    )
    assert not [one for one, times in mornings.items() if times > 1]


def is_last_hour(letter: Letter) -> bool:
    last = 3 if letter.receiver in _NIGHTS else 16
    is_finish = all(item.startswith("finish") for item in letter.items)
    return is_finish and local(letter.receiver, letter.at).hour == last


def check_numbers(letters: Iterable[Letter]) -> None:
    times = Counter((letter.receiver, item) for letter in letters for item in letter.items)
    for (receiver, item), number in times.items():
        kind = item.rpartition(" ")[0]
        most = MOST.get(kind, WEEKS) + MORE.get((receiver, item), 0)
        assert number <= most, f"{receiver} was told {number} times: {item}"


async def test_every_reminder_of_a_quarter_comes_as_the_table_says(tmp_path: Path) -> None:
    async with open_center(f"sqlite:///{tmp_path / 'quarter.db'}", cast=CAST) as center:
        received = await lived_through(center)
        letters = received.letters
        told = {(letter.receiver, letter.at): letter.items for letter in letters}
        assert shown(told) == shown(by_hand())
        assert len(told) == len(letters), "two letters to somebody at once"
        assert len(set(received.keys)) == len(received.keys), "something was sent twice"
        check_hours(letters)
        check_mornings(letters)
        check_numbers(letters)
        for message in received.channel:
            assert not [name for name in _NAMES if name in message.casefold()], message
        assert not center.refused
