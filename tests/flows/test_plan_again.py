"""Whatever changes when people work, or for whom, plans anew what they are reminded of."""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy import select, update

from coaching.people import Role
from handlers.deps import Deps
from handlers.profiles import changed
from handlers.taking_over import teams_changed
from storage.store import Store, TeamRow
from storage.tables import logs, teams
from tests.flows.center import TEAM, open_place
from tests.storage.writing import NOW, first_save

THEN = NOW + dt.timedelta(days=1)
SAM = {"id": "U0SAM", "real_name": "Sam Okafor", "tz": "Europe/London"}


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    """The center's people and a draft of Sam's, planned already; nothing runs beside the test."""
    async with open_place(f"sqlite:///{tmp_path / 'coachlog.db'}") as place:
        opened = await Store.open(place.settings.database_url)
        change = first_save(workspace=TEAM)
        await opened.save(replace(change, log=replace(change.log, supervisor="U0SAM")))
        for table in (logs, teams):
            await opened.database.write(
                update(table).values(plan_at=None).returning(table.c.workspace)
            )
        yield opened
        await opened.close()


async def told(store: Store, **user: object) -> None:
    """`user_change`, as Slack sends it."""

    def no_slack(_: str) -> AsyncWebClient:
        raise AssertionError("nobody is asked")

    deps = Deps(store=store, now=lambda: THEN, new_id=str, slack=no_slack)
    await changed(deps, TEAM, {**SAM, **user})


async def planned(store: Store) -> tuple[int, set[str]]:
    """How many logs, and which teams, are to be planned anew."""
    again = await store.database.rows(select(logs.c.id).where(logs.c.plan_at == THEN))
    those = await store.database.rows(select(teams.c.name).where(teams.c.plan_at == THEN))
    return len(again), {row.name for row in those}


@pytest.mark.parametrize(
    "user", [{"tz": "Asia/Manila"}, {"deleted": True}, {"is_restricted": True}]
)
async def test_a_profile_that_says_who_or_when(store: Store, user: dict[str, object]) -> None:
    await told(store, **user)
    assert await planned(store) == (1, {"Billing"})


@pytest.mark.parametrize("user", [{"real_name": "Sam Smith"}, {"is_admin": True}])
async def test_another_name_plans_nothing(store: Store, user: dict[str, object]) -> None:
    await told(store, **user)
    assert await planned(store) == (0, set())


async def test_teams_that_changed(store: Store) -> None:
    rows = [TeamRow("Retention", Role.SUPERVISOR, "U0SAM")]
    result = await store.import_teams(TEAM, rows, "file", THEN)
    await teams_changed(store, TEAM, ["U0SAM"], THEN, moved=result.moved, actor="file")
    assert await planned(store) == (1, {"Billing", "Retention"})


async def test_the_same_file_again_looks_at_its_team_and_at_no_log(store: Store) -> None:
    rows = [TeamRow("Billing", Role.SUPERVISOR, "U0SAM")]
    result = await store.import_teams(TEAM, rows, "file", THEN)
    # An import that broke off before this is mended by importing again.
    await teams_changed(store, TEAM, ["U0SAM"], THEN, moved=result.moved, actor="file")
    assert await planned(store) == (0, {"Billing"})
