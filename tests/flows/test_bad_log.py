"""One log that can't be read holds up nobody else's reminders, and is told once it is mended."""

from __future__ import annotations

from sqlalchemy import update

from storage.tables import logs
from tests.flows.center import TEAM, Center
from tests.flows.mornings import at, letters_of
from tests.flows.stored import shared


async def _agreed(center: Center, log_id: str, review_by: str) -> None:
    log = (await center.store.logs(TEAM, [log_id]))[log_id]
    content = {
        key: list(one) if isinstance(one, tuple) else one for key, one in log.content.items()
    }
    writing = update(logs).where(logs.c.workspace == TEAM, logs.c.id == log_id)
    async with center.store.database.engine.begin() as connection:
        await connection.execute(writing.values(content={**content, "review_by": review_by}))


async def test_the_others_are_told_and_it_is_told_when_it_is_mended(center: Center) -> None:
    bad = await shared(center, review_by="2026-11-27")
    await shared(center, "U0MARCO", review_by="2026-11-27")
    await center.program.delivery.once()
    await _agreed(center, bad.id, "some day")
    await at(center, "2026-11-27T09:00")
    (letter,) = await letters_of(center.sam, "Marco · CL-2")
    assert "CL-1" not in letter.text
    await _agreed(center, bad.id, "2026-11-27")
    await at(center, "2026-11-27T09:30")
    assert await letters_of(center.sam, "Dana · CL-1")
    assert not center.refused
