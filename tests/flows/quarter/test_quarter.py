"""Quarters in a center on five clocks, each against a table written by hand.

The clock moves half an hour at a time, since India's hours begin on the half hour.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.delivery import Delivery
from coaching.people import Role
from coaching.worktime import Shift
from playground import Channel
from tests.flows.center import Center, open_center
from tests.flows.quarter.autumn import AUTUMN
from tests.flows.quarter.clocks import moment
from tests.flows.quarter.quarters import Quarter, user_of
from tests.flows.quarter.received import Letter, Received
from tests.flows.quarter.spring import SPRING

_STEP = dt.timedelta(minutes=30)
_MOMENT = dt.timedelta(seconds=1)
_DAY = dt.timedelta(days=1)
_HOUR = dt.timedelta(hours=1)
_WHEN = len("Mon 13 Sep 09:00")

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

Told = dict[tuple[str, dt.datetime], frozenset[str]]


def by_hand(quarter: Quarter) -> Told:
    told: Told = {}
    for receiver, zone, rows in quarter.table:
        for row in rows.strip().splitlines():
            at = moment(row[:_WHEN], zone)
            told[receiver, at] = frozenset(row[_WHEN:].strip().split(", "))
    return told


async def lived_through(quarter: Quarter, center: Center) -> Received:
    """All that Slack received in the quarter."""
    for channel, _, member in quarter.channels:
        members = (center.ws.app.bot_user_id, user_of(member))
        center.ws.add_channel(Channel(id=channel, name=channel.lower(), members=members))
    # The clock moves between two looks at what is due, never within one.
    delivery = Delivery(await center.without_delivery())
    places = [one for one, *_ in (*quarter.people, *quarter.channels)]
    received = Received(center.ws, places)
    acts = defaultdict(list)
    for words, zone, act in quarter.story:
        acts[moment(words, zone)].append(act)
    ticks = 0
    while center.now < quarter.start + dt.timedelta(weeks=quarter.weeks):
        for act in acts.pop(center.now, ()):
            await act(center)
        if await delivery.once():
            center.clock.advance(_MOMENT)
            assert await delivery.once() == 0, "what was told or given up is looked at again"
        received.look()
        ticks += 1
        center.clock.advance(quarter.start + ticks * _STEP - center.now)
    assert not acts
    return received


def local(quarter: Quarter, receiver: str, at: dt.datetime) -> dt.datetime:
    zones = {user: zone for user, _, _, zone in quarter.people}
    zones |= {channel: zone for channel, zone, _ in quarter.channels}
    zones |= {user_of(name): zone for name, since, zone in quarter.moves if at >= since}
    return at.astimezone(ZoneInfo(zones[receiver]))


def shift_of(quarter: Quarter, letter: Letter) -> tuple[dt.date, Shift] | None:
    """The shift in which it came, by the clock on the wall; None outside working hours."""
    there = local(quarter, letter.receiver, letter.at).replace(tzinfo=None)
    for day in (there.date() - _DAY, there.date()):
        shift = quarter.week_of(letter.receiver)[day.weekday()]
        if shift is None or day in quarter.days_off(letter.receiver):
            continue
        begins = dt.datetime.combine(day, shift.start)
        if begins <= there < _end(day, shift):
            return day, shift
    return None


def _end(day: dt.date, shift: Shift) -> dt.datetime:
    return dt.datetime.combine(day + _DAY * (shift.end <= shift.start), shift.end)


def shown(quarter: Quarter, told: Mapping[tuple[str, dt.datetime], Iterable[str]]) -> list[str]:
    return [
        f"{receiver} {local(quarter, receiver, at):%a %d %b %H:%M %Z}: {', '.join(sorted(items))}"
        for (receiver, at), items in sorted(told.items())
    ]


def check_hours(quarter: Quarter, letters: Iterable[Letter]) -> None:
    supervisors = {user_of(one) for one, *_, role in quarter.staff if role is Role.SUPERVISOR}
    supervisors |= {user_of(one) for one, _ in quarter.comes_later}
    for letter in letters:
        # Supervisors see the digest an hour before their lead, whenever that is.
        is_early = "digest" in letter.items and letter.receiver in supervisors
        assert is_early or shift_of(quarter, letter) is not None, letter


def check_mornings(quarter: Quarter, letters: Iterable[Letter]) -> None:
    mornings = Counter(
        (letter.receiver, local(quarter, letter.receiver, letter.at).date())
        for letter in letters
        if not is_last_hour(quarter, letter)
        and (shift_of(quarter, letter) or letter.items != {"digest"})
    )
    assert not [one for one, times in mornings.items() if times > 1]


def is_last_hour(quarter: Quarter, letter: Letter) -> bool:
    """Whether it asks to finish a log in the hour before work ends."""
    found = shift_of(quarter, letter)
    if found is None or not all(item.startswith("finish") for item in letter.items):
        return False
    there = local(quarter, letter.receiver, letter.at).replace(tzinfo=None)
    return there >= _end(*found) - _HOUR


def check_numbers(quarter: Quarter, letters: Iterable[Letter]) -> None:
    times = Counter((letter.receiver, item) for letter in letters for item in letter.items)
    for (receiver, item), number in times.items():
        kind = item.rpartition(" ")[0]
        most = MOST.get(kind, quarter.weeks) + quarter.more.get((receiver, item), 0)
        assert number <= most, f"{receiver} was told {number} times: {item}"


@pytest.mark.parametrize(
    "quarter", [pytest.param(SPRING, id="spring"), pytest.param(AUTUMN, id="autumn")]
)
async def test_every_reminder_of_a_quarter_comes_as_the_table_says(
    quarter: Quarter, tmp_path: Path
) -> None:
    url = f"sqlite:///{tmp_path / 'quarter.db'}"
    async with open_center(url, cast=quarter.cast) as center:
        received = await lived_through(quarter, center)
        letters = received.letters
        told = {(letter.receiver, letter.at): letter.items for letter in letters}
        assert shown(quarter, told) == shown(quarter, by_hand(quarter))
        assert len(told) == len(letters), "two letters to somebody at once"
        assert len(set(received.keys)) == len(received.keys), "something was sent twice"
        check_hours(quarter, letters)
        check_mornings(quarter, letters)
        check_numbers(quarter, letters)
        names = [name for _, name, *_ in quarter.people]
        for message in received.in_channels:
            assert not [name for name in names if name in message.casefold()], message
        assert not center.refused
