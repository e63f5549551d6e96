from __future__ import annotations

import datetime as dt
import re
from calendar import month_name
from collections import Counter
from dataclasses import astuple
from pathlib import Path
from uuid import uuid4

import pytest

from bot import seed_billing, seed_retention
from bot.seed import seed
from bot.seed_people import CRITERIA, PEOPLE
from bot.seed_story import Story
from coaching.entries import Setting, check
from coaching.fields import Raw
from coaching.log import Log, State
from coaching.people import Role
from coaching.worktime import zone_of
from storage.migration import migrate
from storage.store import Store

TEAM = "T0"
# A Tuesday, a Sunday at night, and days on which clocks have just changed.
STARTS = [
    dt.datetime(2026, 11, 24, 12, 0, tzinfo=dt.UTC),
    dt.datetime(2026, 8, 2, 23, 59, tzinfo=dt.UTC),
    dt.datetime(2027, 3, 28, 1, 30, tzinfo=dt.UTC),
    dt.datetime(2028, 2, 29, 0, 0, tzinfo=dt.UTC),
]


async def seeded(folder: Path, now: dt.datetime) -> tuple[Store, list[Log]]:
    url = f"sqlite:///{folder / 'seeded.db'}"
    await migrate(url)
    store = await Store.open(url)
    await seed(store, TEAM, now=now, new_id=lambda: uuid4().hex)
    logs: list[Log] = []
    for one in PEOPLE:
        logs += await store.history(TEAM, one.user, limit=100)
        logs += await store.drafts(TEAM, one.user)
    return store, sorted(logs, key=lambda log: log.number)


@pytest.mark.parametrize("now", STARTS)
async def test_the_history_is_whole(tmp_path: Path, now: dt.datetime) -> None:
    store, logs = await seeded(tmp_path, now)
    try:
        states = Counter(log.state for log in logs)
        assert states[State.CLOSED] >= 8
        assert states[State.CONTINUED] == 1
        assert states[State.ESCALATED] == 2
        assert states[State.DRAFT] == 2
        verdicts = {log.decided.verdict for log in logs if log.decided is not None}
        assert verdicts == {"met", "not met", "too few calls"}
        assert sum(log.awaits_answer for log in logs) == 1
        assert sum(log.awaits_response for log in logs) == 1
        assert sum(log.disagreement_answer is not None for log in logs) == 1
        assert sum(log.is_due(now) for log in logs) == 1
        assert sum(log.extensions for log in logs) == 1
        assert sum(bool(log.check_ins) for log in logs) == 2
        # CL-1 is the oldest, as in life.
        created = [log.created_at for log in logs]
        assert created == sorted(created)
        assert created[0] < now - dt.timedelta(days=80)
        assert all(log.created_at <= now for log in logs)
        assert await store.verify(TEAM) is None
    finally:
        await store.close()


async def test_what_was_told_is_history_and_reminders_are_still_to_be_planned(
    tmp_path: Path,
) -> None:
    store, logs = await seeded(tmp_path, STARTS[0])
    try:
        assert [row for log in logs for row in await store.notices_of(TEAM, log.id)] == []
        planned = await store.logs_to_plan(STARTS[0], limit=100)
        assert {log.id for log, _ in planned} == {log.id for log in logs}
    finally:
        await store.close()


async def test_dana_has_room_for_a_target(tmp_path: Path) -> None:
    """The first thing that people are told to try must not meet an open target."""
    store, _ = await seeded(tmp_path, STARTS[0])
    try:
        assert await store.open_logs(TEAM, ["U0DANA"]) == []
    finally:
        await store.close()


@pytest.mark.parametrize("story", [*seed_billing.STORIES, *seed_retention.STORIES])
def test_no_story_says_what_a_form_would_refuse(story: Story) -> None:
    entries: dict[str, Raw] = {
        "moment": story.moment,
        "criterion": story.criterion.id,
        "score": story.score,
        "follow_up_criterion": story.criterion.id,
        "threshold": story.threshold,
        "points": story.points,
    }
    now = STARTS[0]
    by_id = {item.id: item for item in CRITERIA}
    checked = check(entries, {}, Setting(now, zone_of("UTC"), by_id))
    assert checked.problems == ()
    assert {key: checked.content.get(key) for key in ("moment", "score", "threshold")} == {
        "moment": story.moment,
        "score": story.score,
        "threshold": story.threshold,
    }


def test_the_people_are_those_of_a_center() -> None:
    roles = Counter(role for one in PEOPLE for role in {role for _, role in one.roles})
    assert roles == {Role.LEAD: 1, Role.SUPERVISOR: 2, Role.AGENT: 12}
    zones = {one.tz for one in PEOPLE for _, role in one.roles if role is Role.AGENT}
    assert len(zones) == 3
    assert any(not one.roles for one in PEOPLE)
    assert len({item.scale for item in CRITERIA}) >= 4


def test_no_story_names_a_time_of_the_year() -> None:
    # Their dates count back from the start of the playground, whenever that is.
    named = "|".join((*month_name[1:], "new year", "Christmas", "summer", "winter", "autumn"))
    for story in (*seed_billing.STORIES, *seed_retention.STORIES):
        assert re.findall(rf"\b({named})\b", str(astuple(story))) == []
