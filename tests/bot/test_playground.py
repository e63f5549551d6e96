from __future__ import annotations

import datetime as dt
import re
import socket
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from bot.playground import _opening_clock, playing
from bot.seed_people import PEOPLE
from coaching.worktime import Calendar, zone_of
from playground.testing.person import Person
from tests.bot.commands import START_SECONDS, coachlog, started


@pytest.fixture
async def url(tmp_path: Path) -> AsyncIterator[str]:
    async with playing(
        host="127.0.0.1", port=0, database=tmp_path / "playground.db", keep=False
    ) as (served, _):
        yield served.url


def person(url: str, name: str) -> Person:
    (user,) = [one.user for one in PEOPLE if one.name == name]
    return Person(url, user)


async def test_everybody_has_a_home(url: str) -> None:
    for one in PEOPLE:
        home = await Person(url, one.user).home()
        assert home.text, one.name


@pytest.mark.parametrize("name", ["sam", "priya", "lena"])
@pytest.mark.parametrize("text", ["team", "due", "drafts", "help"])
async def test_what_is_asked_for_is_answered(url: str, name: str, text: str) -> None:
    asker = person(url, name)
    answer = await asker.types(f"/coach {text}")
    assert answer["ok"], answer
    assert (await asker.said_privately())[-1].text


async def test_every_history_and_log_can_be_looked_at(url: str) -> None:
    lena = person(url, "lena")
    for one in PEOPLE:
        if one.name in {"sam", "priya", "lena"}:
            continue
        assert (await lena.types(f"/coach history @{one.name}"))["ok"], one.name
        for number in re.findall(r"CL-(\d+)", (await lena.said_privately())[-1].text):
            assert (await lena.types(f"/coach show CL-{number}"))["ok"], number
            assert f"CL-{number}" in (await lena.said_privately())[-1].text


async def test_sam_is_asked_for_the_outcome_that_is_due_and_for_nothing_older(url: str) -> None:
    sam = person(url, "sam")
    prompt = await sam.message("Marco")
    assert "Record outcome" in prompt.buttons
    assert len(await sam.messages()) == 1


async def test_time_can_be_moved_to_what_is_due_next(url: str) -> None:
    sam = person(url, "sam")
    await sam.message("Marco")
    moved = await sam.post("clock", to="next")
    assert moved["moved"] > 0


async def test_kept_it_goes_on_at_the_time_that_was_reached(tmp_path: Path) -> None:
    database = tmp_path / "playground.db"
    async with playing(host="127.0.0.1", port=0, database=database, keep=False) as (served, _):
        sam = person(served.url, "sam")
        reached = (await sam.post("clock", advance=86_400 * 40))["now"]
        await sam.types("/coach quick @dana")
        # Known before the end, for which there may be no time.
        moved = database.with_name("playground.db.clock").read_text("utf-8")
        assert float(moved) >= 86_400 * 40
    async with playing(host="127.0.0.1", port=0, database=database, keep=True) as (served, again):
        now = dt.datetime.now(dt.UTC).timestamp()  # noqa: TID251 - compared with the playground's
        assert reached > now
        clock = (await person(served.url, "sam").get(""))["clock"]["now"]
        assert clock >= reached
        assert await again.store.history("T0NORTHWIND", "U0DANA")


async def test_fresh_it_begins_anew(tmp_path: Path) -> None:
    database = tmp_path / "playground.db"
    for _ in range(2):
        async with playing(host="127.0.0.1", port=0, database=database, keep=False) as (_, program):
            assert len(await program.store.history("T0NORTHWIND", "U0DANA")) == 2


async def test_a_fresh_one_begins_in_working_hours_at_whatever_hour(tmp_path: Path) -> None:
    clock = _opening_clock(tmp_path / "playground.db", keep=True)
    london = Calendar(zone_of("Europe/London"))
    assert london.contains(clock.now())
    (tmp_path / "playground.db").touch()
    assert _opening_clock(tmp_path / "playground.db", keep=True).offset == dt.timedelta()


async def test_at_a_port_that_is_taken_nothing_is_cleared(tmp_path: Path) -> None:
    (tmp_path / "playground.db").write_text("kept")
    with socket.create_server(("127.0.0.1", 0)) as other:
        taken = other.getsockname()[1]
        ended = await coachlog("playground", "--port", str(taken), folder=tmp_path)
    assert ended.code == 2
    assert ended.err == (
        f"127.0.0.1:{taken} can't be listened at (Address already in use). "
        "Set --port (make run PLAYGROUND_PORT=…) to a free port.\n"
    )
    assert (tmp_path / "playground.db").read_text() == "kept"


@pytest.mark.parametrize(
    ("name", "held"),
    [
        ("playground.db", "no database"),
        ("playground.db.clock", "tomorrow"),
        ("playground.db.clock", "nan"),
        ("playground.db.clock", "-5"),
        ("playground.db.clock", "1e300"),
    ],
)
async def test_what_cannot_be_kept_is_said(tmp_path: Path, name: str, held: str) -> None:
    (tmp_path / name).write_text(held)
    ended = await coachlog("playground", "--keep", "--port", "0", folder=tmp_path)
    assert ended.code == 2
    assert ended.err.endswith("can't be gone on with. Leave --keep out.\n")


async def test_a_folder_in_its_way_is_not_taken_for_a_port_that_is_taken(tmp_path: Path) -> None:
    (tmp_path / "playground.db").mkdir()
    ended = await coachlog("playground", "--port", "0", folder=tmp_path)
    assert ended.code == 2
    assert ended.err.startswith("playground.db can't be written. Start in a folder that is yours")


async def test_a_host_that_can_be_none_is_said(tmp_path: Path) -> None:
    ended = await coachlog("playground", "--host", "ö" * 80, folder=tmp_path)
    assert ended.code == 2
    assert ended.err.endswith("Set --host to an own address.\n")


async def test_the_command_says_where_to_look_and_ends_on_a_signal(tmp_path: Path) -> None:
    environment = {
        "PORT": "nonsense",
        "SLACK_APP_TOKEN": "xapp-of-somebody",
        "HTTPS_PROXY": "http://127.0.0.1:9",
    }
    async with started("playground", "--port", "0", folder=tmp_path, **environment) as running:
        assert running.process.stdout is not None
        said = b""
        for _ in range(int(START_SECONDS)):
            said += await running.process.stdout.readline()
            if b"http://" in said:
                break
        found = re.search(rb"http://127\.0\.0\.1:\d+", said)
        assert found, said
        async with aiohttp.request("GET", found[0].decode()) as response:
            assert response.status == 200
        sam = person(found[0].decode(), "sam")
        await sam.message("Marco")
        assert (await sam.types("/coach @dana"))["ok"]
        other = await coachlog("playground", folder=tmp_path)
        assert other.code == 2
        assert "Another coachlog" in other.err
        ended = await running.stop()
    assert ended.code == 0
    assert "Traceback" not in ended.err


async def test_the_workspace_s_admin_is_one_in_coachlog_too(url: str) -> None:
    for name, is_told in (("lena", True), ("sam", False)):
        asker = person(url, name)
        await asker.types("/coach help")
        told = (await asker.said_privately())[-1].text
        assert ("coachlog teams import" in told) is is_told
