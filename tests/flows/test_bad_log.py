"""One log that can't be read costs its own line in letters and digests, and is told once mended."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import update

from coaching.log import Log
from playground.testing.person import Message, Person
from storage.tables import logs
from tests.flows.center import TEAM, Center
from tests.flows.mornings import at, letters_of, told
from tests.flows.stored import shared

UNREADABLE: list[dict[str, Any]] = [
    {"state": "frozen"},  # of a later version
    {"said": {"acknowledgement": {"at": "never"}}},  # damaged
    {"content": {"review_by": "some day"}},  # read, but the rules can't make anything of it
    {"content": {"step_by": "some day", "step_who": "U0SAM", "step_what": "Call"}},
]


async def _damage(center: Center, log: Log, **columns: Any) -> None:
    if "content" in columns:
        written = {
            key: list(one) if isinstance(one, tuple) else one for key, one in log.content.items()
        }
        columns["content"] = {**written, **columns["content"]}
    writing = update(logs).where(logs.c.workspace == TEAM, logs.c.id == log.id)
    async with center.store.database.engine.begin() as connection:
        await connection.execute(writing.values(**columns))


async def _mend(center: Center, log: Log) -> None:
    await _damage(center, log, state=log.state.value, said={}, content=dict(log.content))


async def _digest(person: Person) -> Message:
    await person.types("/coach digest")
    return (await person.said_privately())[-1]


@pytest.mark.parametrize("columns", UNREADABLE)
async def test_the_others_are_told_and_it_is_told_when_it_is_mended(
    center: Center, columns: dict[str, Any]
) -> None:
    bad = await shared(center, review_by="2026-11-27")
    await shared(center, "U0MARCO", review_by="2026-11-27")
    await told(center)
    await _damage(center, bad, **columns)
    await at(center, "2026-11-27T09:00")
    (letter,) = await letters_of(center.sam, "CL-2 · Marco Rossi")
    assert "CL-1 can't be shown right now" in letter.text
    await letter.press("See all of it")
    await _mend(center, bad)
    await at(center, "2026-11-27T09:30")
    (mended,) = await letters_of(center.sam, "Dana · CL-1")
    assert "Record outcome" in mended.buttons
    await at(center, "2026-11-27T12:00")
    assert len(await letters_of(center.sam, "Dana · CL-1")) == 1
    assert not center.refused


async def test_a_log_that_can_be_read_but_not_shown_costs_one_line(center: Center) -> None:
    bad = await shared(center, review_by="2026-11-27")
    await shared(center, "U0MARCO", review_by="2026-11-27")
    await told(center)
    await _damage(center, bad, content={"target": ["Ask", 7]})
    await at(center, "2026-11-27T09:00")
    (letter,) = await letters_of(center.sam, "CL-2 · Marco Rossi")
    assert "CL-1 can't be shown right now" in letter.text
    await at(center, "2026-11-27T12:00")
    assert len(await letters_of(center.sam, "CL-1 can't be shown")) == 1
    assert not center.refused


async def test_who_is_told_of_nothing_else_hears_that_it_can_not_be_shown(center: Center) -> None:
    bad = await shared(center, review_by="2026-11-27")
    await told(center)
    await _damage(center, bad, state="frozen")
    await at(center, "2026-11-27T09:00")
    assert await letters_of(center.sam, "CL-1 can't be shown right now")
    # It is looked at again and again, and told once.
    for moment in ("2026-11-27T09:30", "2026-11-27T10:00", "2026-11-27T15:00"):
        await at(center, moment)
    assert len(await letters_of(center.sam, "can't be shown")) == 1
    assert not center.refused


@pytest.mark.parametrize("columns", [UNREADABLE[0], UNREADABLE[1], UNREADABLE[3]])
async def test_a_digest_leaves_it_out_and_says_so(center: Center, columns: dict[str, Any]) -> None:
    bad = await shared(center, review_by="2026-11-27")
    await shared(center, "U0MARCO", review_by="2026-11-27")
    await told(center)
    await _damage(center, bad, **columns)
    await at(center, "2026-11-28T09:00")
    for person in (center.sam, center.lena):
        seen = await _digest(person)
        assert "CL-1 can't be read right now, and is left out here." in seen.text
        assert "Marco" in seen.text
    await at(center, "2026-11-30T09:00")
    assert await letters_of(
        center.lena, "Your 2 teams, week of 23 November\n", "CL-1 can't be read right now"
    )
    await _mend(center, bad)
    assert "can't be read" not in (await _digest(center.lena)).text
    assert not center.refused


async def test_a_digest_leaves_out_a_decision_of_a_later_version(center: Center) -> None:
    bad = await shared(center, review_by="2026-11-27")
    await shared(center, "U0MARCO", review_by="2026-11-27")
    await _damage(
        center,
        bad,
        state="closed",
        open_of=None,
        decided_at=center.now,
        decision="close",
        verdict="nearly",
    )
    seen = await _digest(center.lena)
    assert "CL-1 can't be read right now, and is left out here." in seen.text
    assert "2 sessions" not in seen.text
    assert "1 session " in seen.text
