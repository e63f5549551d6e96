from __future__ import annotations

import asyncio
import json
import re
import sqlite3
import time
from contextlib import closing
from pathlib import Path
from uuid import uuid4

import aiohttp
import psycopg
import pytest
from sqlalchemy import delete, update
from sqlalchemy.engine import make_url

from bot.manifest import manifest
from bot.program import system_now
from playground import InstalledApp, Workspace
from storage.tables import logs
from storage.tables import unreached as table
from tests.bot.commands import START_SECONDS, coachlog, started
from tests.bot.north import APP, BOT, SECRET, North, install
from tests.bot.notices import share_logs
from tests.bot.requests import command, signed


async def test_run_says_what_is_missing_and_ends(tmp_path: Path) -> None:
    ended = await coachlog("run", folder=tmp_path)
    assert ended.code == 2
    assert "SLACK_BOT_TOKEN is not set. Copy" in ended.err
    assert "SLACK_SIGNING_SECRET is not set. Copy" in ended.err
    assert "Traceback" not in ended.err


async def test_run_says_that_a_token_is_refused(north: North) -> None:
    ended = await north.run("run", SLACK_BOT_TOKEN="xoxb-other")
    assert ended.code == 2
    assert "SLACK_BOT_TOKEN is refused by Slack (invalid_auth)" in ended.err
    assert "Traceback" not in ended.err


async def test_run_says_that_an_app_token_is_refused(north: North) -> None:
    install(north.ws, socket=True)
    ended = await north.run("run", SLACK_APP_TOKEN="xapp-other")
    assert ended.code == 2
    assert "SLACK_APP_TOKEN is refused by Slack (invalid_auth)" in ended.err
    assert "Traceback" not in ended.err


async def test_run_starts_answers_and_ends_on_a_signal(north: North) -> None:
    async with started("run", folder=north.folder, **north.environment) as running:
        address = json.loads(await running.says("listening"))["address"]
        await running.says("ready")
        async with aiohttp.request("GET", f"{address}/readyz") as response:
            assert response.status == 200
        ended = await running.stop()
    assert ended.code == 0
    assert '"stopped"' in ended.err
    assert "Traceback" not in ended.err
    for line in ended.err.splitlines():
        assert json.loads(line)["event"] in {"listening", "ready", "stopping", "stopped"}


async def test_a_second_run_is_refused_while_other_commands_work(north: North) -> None:
    async with started("run", folder=north.folder, **north.environment) as running:
        await running.says("ready")
        second = await north.run("run")
        assert second.code == 2
        assert re.search(r"Another coachlog run \(process \d+\) uses .*coachlog.db", second.err)
        assert (await north.run("migrate")).code == 0
        (north.folder / "teams.csv").write_text("team,role,member\nBilling,lead,U0LENA\n")
        assert (await north.run("teams", "import", "teams.csv")).code == 0


async def test_run_by_socket(north: North) -> None:
    install(north.ws, socket=True)
    async with started(
        "run", folder=north.folder, **north.environment, SLACK_APP_TOKEN=APP
    ) as running:
        address = json.loads(await running.says("listening"))["address"]
        await running.says("socket.connected")
        async with aiohttp.request("GET", f"{address}/readyz") as response:
            assert (await response.json())["socket"] == "ok"
        await north.ws.sockets.cut()
        await _until_connected(north.ws)
        ended = await running.stop()
    assert ended.code == 0
    assert "Traceback" not in ended.err


async def _until_connected(ws: Workspace) -> None:
    for _ in range(int(START_SECONDS * 20)):
        if len(ws.sockets):
            return
        await asyncio.sleep(0.05)
    raise AssertionError("it did not connect again")


async def test_run_waits_for_slack_and_still_ends_on_a_signal(north: North) -> None:
    environment = {**north.environment, "SLACK_API_URL": "http://127.0.0.1:1/api/"}
    async with started("run", folder=north.folder, **environment) as running:
        address = json.loads(await running.says("listening"))["address"]
        await running.says("slack.unreachable")
        async with aiohttp.request("GET", f"{address}/healthz") as response:
            assert response.status == 200
        async with aiohttp.request("GET", f"{address}/readyz") as response:
            assert response.status == 503
            assert (await response.json())["slack"] == "starting"
        body = command("help")
        headers = signed(body, secret=SECRET, seconds=int(time.time()))
        url = f"{address}/slack/events"
        async with aiohttp.request("POST", url, data=body, headers=headers) as response:
            assert response.status == 503
        ended = await running.stop()
    assert ended.code == 0
    assert "Traceback" not in ended.err


@pytest.mark.parametrize("command", ["run", "migrate", "doctor"])
async def test_a_database_of_a_later_version_is_named_as_one(north: North, command: str) -> None:
    assert (await north.run("migrate")).code == 0
    with closing(sqlite3.connect(north.folder / "coachlog.db")) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    ended = await north.run(command)
    assert ended.code != 0
    assert "the tables are of a later version of CoachLog" in ended.out + ended.err
    assert "Traceback" not in ended.err


async def test_on_postgresql_the_tables_come_by_command(
    north: North, postgresql_server: str
) -> None:
    name = f"coachlog_{uuid4().hex}"
    with psycopg.connect(postgresql_server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"'.encode())
    url = make_url(postgresql_server).set(database=name).render_as_string(hide_password=False)
    refused = await north.run("run", DATABASE_URL=url)
    assert refused.code == 2
    assert "Run coachlog migrate." in refused.err
    assert "problem  database" in (await north.run("doctor", DATABASE_URL=url)).out
    assert (await north.run("migrate", DATABASE_URL=url)).code == 0
    environment = {**north.environment, "DATABASE_URL": url}
    async with (
        started("run", folder=north.folder, **environment) as one,
        started("run", folder=north.folder, **environment) as two,
    ):
        await one.says("ready")
        await two.says("ready")
        assert (await one.stop()).code == (await two.stop()).code == 0


async def test_oauth_settings_change_nothing_yet_harm_nothing(north: North) -> None:
    oauth = {"SLACK_CLIENT_ID": "1.2", "SLACK_CLIENT_SECRET": "s"}
    async with started("run", folder=north.folder, **north.environment, **oauth) as running:
        await running.says("ready")
        assert (await running.stop()).code == 0


async def test_the_manifest_is_printed(tmp_path: Path) -> None:
    ended = await coachlog(
        "manifest", "--url", "https://c.example", folder=tmp_path, COACHLOG_COMMAND="/training"
    )
    assert json.loads(ended.out) == manifest(command="/training", url="https://c.example")
    by_socket = await coachlog("manifest", "--socket", folder=tmp_path)
    assert json.loads(by_socket.out) == manifest(command="/coach", socket=True)


@pytest.mark.parametrize("arguments", [("--url", "c.example"), ("--url", "https://c", "--socket")])
async def test_a_manifest_that_would_not_work_is_not_printed(
    tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    ended = await coachlog("manifest", *arguments, folder=tmp_path)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith("--url ")


async def test_migrate(tmp_path: Path) -> None:
    ended = await coachlog("migrate", folder=tmp_path)
    assert (ended.code, ended.out) == (0, "The database is up to date.\n")
    assert (tmp_path / "coachlog.db").exists()


async def test_migrate_says_that_there_is_no_database(tmp_path: Path) -> None:
    url = "postgresql://someone:hunter2@127.0.0.1:1/none"
    ended = await coachlog("migrate", folder=tmp_path, DATABASE_URL=url)
    assert ended.code == 2
    assert "DATABASE_URL: the database can't be used" in ended.err
    assert "hunter2" not in ended.err
    assert "Traceback" not in ended.err


async def test_the_doctor_finds_nothing(north: North) -> None:
    assert (await north.run("migrate")).code == 0
    ended = await north.run("doctor")
    assert ended.code == 0, ended.out
    assert [line.split(":")[0] for line in ended.out.splitlines()] == [
        "ok       settings",
        "ok       bot token",
        "ok       scopes",
        "ok       clock",
        "ok       signing secret",
        "ok       database",
        "ok       messages",
        "ok       command",
    ]


async def test_the_doctor_finds_what_is_wrong(north: North) -> None:
    ended = await north.run(
        "doctor",
        SLACK_BOT_TOKEN="xoxb-other",
        SLACK_APP_TOKEN=APP,
        SLACK_SIGNING_SECRET="verification token",
        DATABASE_URL="postgresql://someone:hunter2@127.0.0.1:1/none",
    )
    assert ended.code == 1
    problems = [line for line in ended.out.splitlines() if line.startswith("problem")]
    assert [line.split(":")[0] for line in problems] == [
        "problem  bot token",
        "problem  app token",
        "problem  signing secret",
        "problem  database",
    ]
    assert "invalid_auth. Copy the Bot User OAuth Token again" in problems[0]
    assert "socket_mode_not_enabled. Make an app-level token" in problems[1]
    assert "hunter2" not in ended.out + ended.err
    assert "Traceback" not in ended.err


async def test_the_doctor_names_missing_settings(tmp_path: Path) -> None:
    ended = await coachlog("doctor", folder=tmp_path)
    assert ended.code == 1
    assert "problem  settings: SLACK_BOT_TOKEN is not set. Copy the Bot User" in ended.out
    assert "ok       database: " in ended.out


async def test_the_doctor_names_missing_scopes(north: North) -> None:
    made = manifest(command="/coach")
    made["oauth_config"]["scopes"]["bot"].remove("users:read.email")
    north.ws.install(
        InstalledApp.from_manifest(
            made,
            app_id="A0COACH",
            bot_token=BOT,
            signing_secret=SECRET,
            declined_scopes=frozenset({"im:history"}),
        )
    )
    ended = await north.run("doctor")
    assert ended.code == 1
    assert "problem  scopes: users:read.email not granted. Update the app's manifest" in ended.out


async def test_the_doctor_names_logs_that_can_not_be_read(north: North) -> None:
    assert (await north.run("migrate")).code == 0
    async with north.store() as store:
        bad, *_ = await share_logs(store, north.ws, 2)
        damaging = update(logs).where(logs.c.id == bad).values(state="frozen")
        async with store.database.engine.begin() as connection:
            await connection.execute(damaging)
    async with started("run", folder=north.folder, **north.environment) as running:
        await running.says("plan.failed")
    ended = await north.run("doctor")
    assert ended.code == 1
    assert "problem  logs: CL-1 can't be read. The program's log says why" in ended.out


async def test_the_doctor_shows_what_is_held_up(north: North) -> None:
    assert (await north.run("migrate")).code == 0
    async with north.store() as store:
        await share_logs(store, north.ws, 3)
        now = system_now()
        parked, other, unknown = await store.claim(now)
        for one in (parked, other):
            assert await store.at_fault(one, now, why="invalid_blocks", most=1)
        begun = await store.sending(unknown, now)
        assert begun is not None
        await store.lost(begun, None, now)
        await store.unreached(unknown, "not_in_channel", [], now)
    ended = await north.run("doctor")
    assert ended.code == 1
    today = f"{now:%Y-%m-%d}"
    problem, silent = [line for line in ended.out.splitlines() if line.startswith("problem")]
    assert f"messages: {unknown.receiver} gets none since {today}" in silent
    assert "not_in_channel." in silent
    assert f"messages: 2 messages (shared) parked since {today}" in problem
    assert "UTC: invalid_blocks. Mend what the reason says" in problem
    assert f"ok       messages: 1 message (shared) perhaps sent, since {today}" in ended.out
    # The next start tries what is parked again, and all is well then.
    async with started("run", folder=north.folder, **north.environment) as running:
        await running.says("notice.sent")
        await running.says("notice.sent")
    async with north.store() as store, store.database.engine.begin() as connection:
        await connection.execute(delete(table))
    assert (await north.run("doctor")).code == 0


async def test_the_slack_cli_is_pointed_at_our_commands() -> None:
    root = Path(__file__).parents[2]
    hooks = json.loads((root / ".slack" / "hooks.json").read_text(encoding="utf-8"))["hooks"]
    assert hooks["get-manifest"].endswith("coachlog manifest --socket")
    assert hooks["start"].endswith("coachlog run")
