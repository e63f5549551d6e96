"""The workspace in which people ask: two supervisors with an agent each, and the floor's table."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Column, MetaData, Table, Text, func, select

from bench.asking import CRITERION, OPENED, OPENER, SAVED, SAVER
from bench.wire import TEAM
from coaching.criteria import Criterion
from coaching.people import Role
from storage.migration import migrate
from storage.store import Profile, Store, TeamRow
from storage.tables import logs

_ROWS = Table("floor", MetaData(), Column("id", Text, primary_key=True), Column("told", Text))


async def prepare(address: str, now: dt.datetime) -> None:
    """All tables, and the people in them."""
    await migrate(address)
    store = await Store.open(address)
    try:
        profiles = [
            Profile(user=user, name=f"{user.title()} Bench", first_name=user.title())
            for user in (OPENER, OPENED, SAVER, SAVED)
        ]
        await store.remember(TEAM, profiles, now)
        rows = [
            TeamRow(team, role, user)
            for team, supervisor, agent in (("One", OPENER, OPENED), ("Two", SAVER, SAVED))
            for role, user in ((Role.SUPERVISOR, supervisor), (Role.AGENT, agent))
        ]
        await store.import_teams(TEAM, rows, "bench", now)
        await store.add_criteria(TEAM, [Criterion(CRITERION, "Discovery")], "bench", now)
        async with store.database.engine.begin() as connection:
            await connection.run_sync(_ROWS.create)
    finally:
        await store.close()


async def saved(address: str) -> tuple[int, int]:
    """How many logs there are, and how many rows of the floor's."""
    store = await Store.open(address)
    try:
        (ours,), (theirs,) = [
            (await store.database.rows(select(func.count()).select_from(table)))[0]
            for table in (logs, _ROWS)
        ]
        return ours, theirs
    finally:
        await store.close()
