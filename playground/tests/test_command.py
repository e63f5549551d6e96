"""`python -m playground`: what it prints, an app beside it both ways, and mistakes in its files."""

from __future__ import annotations

import asyncio
import json
import re
import signal
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import yaml

from playground.testing.person import Person
from playground.tests.processes import Running, program

MANIFEST = {
    "display_information": {"name": "Hello"},
    "features": {
        "app_home": {"messages_tab_enabled": True},
        "slash_commands": [{"command": "/hello", "description": "Say it"}],
    },
    "oauth_config": {"scopes": {"bot": ["commands", "chat:write"]}},
}
SEED = {
    "team": {"name": "Harbour", "domain": "harbour"},
    "people": [
        {"name": "ida", "real_name": "Ida Holm", "tz": "Europe/Oslo"},
        {"name": "jon", "real_name": "Jon Aas", "guest": True},
    ],
    "channels": [
        {
            "name": "quay",
            "members": ["ida"],
            "app": True,
            "messages": [{"from": "ida", "text": "Where is @jon?"}],
        }
    ],
}


@pytest.fixture
def manifest(tmp_path: Path) -> Path:
    file = tmp_path / "manifest.json"
    file.write_text(json.dumps(MANIFEST), "utf-8")
    return file


def a_free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


@asynccontextmanager
async def workspace(manifest: Path, *options: str) -> AsyncIterator[tuple[Running, Person]]:
    """The command under way, and Ada or Ida at its page."""
    command = (sys.executable, "-m", "playground", "--manifest", str(manifest), "--port", "0")
    async with program(*command, *options) as running:
        address = (await running.says(" is open at ")).rpartition(" ")[2]
        await running.says("Ctrl-C ends it.")
        url, _, person = address.partition("/#user=")
        yield running, Person(url, person)


def environment(running: Running) -> dict[str, str]:
    """What the command says to start the app with."""
    return dict(re.findall(r"export (\w+)=(\S+)", running.said))


async def hello(ada: Person) -> str:
    """Type the command until the app is there; what it says."""
    for _ in range(200):
        if (await ada.types("/hello"))["ok"]:
            return (await ada.said_privately())[-1].text
        await asyncio.sleep(0.05)
    raise AssertionError("the app did not come")


async def test_an_app_by_request_url_comes_later_and_may_be_restarted(manifest: Path) -> None:
    port = a_free_port()
    address = f"http://127.0.0.1:{port}/slack/events"
    app = (sys.executable, "-m", "playground.tests.smallest_app")
    async with workspace(manifest, "--request-url", address) as (running, ada):
        alone = await ada.types("/hello")
        assert alone["message"] == (
            '/hello failed with the error "dispatch_failed". '
            "Hello can't be reached. Is it running?"
        )
        for _ in range(2):
            env = environment(running) | {"PORT": str(port)}
            async with program(*app, environment=env):
                assert await hello(ada) == "Hello from Python"
        running.process.send_signal(signal.SIGINT)
        assert await running.ended() == 0
        assert "Traceback" not in running.said


async def test_an_app_by_socket_mode(manifest: Path) -> None:
    app = (sys.executable, "-m", "playground.tests.smallest_app")
    async with workspace(manifest, "--socket") as (running, ada):
        async with program(*app, environment=environment(running)) as bolt:
            await bolt.says("connected")
            assert await hello(ada) == "Hello from Python"
        running.process.terminate()
        assert await running.ended() == 0
        assert "Traceback" not in running.said


async def test_a_seed_says_who_and_what_is_there(manifest: Path, tmp_path: Path) -> None:
    seed = tmp_path / "seed.yml"
    seed.write_text(yaml.safe_dump(SEED), "utf-8")
    async with workspace(manifest, "--socket", "--seed", str(seed)) as (running, ida):
        assert "Harbour is open at" in running.said
        jon = await ida.id_of("Jon Aas")
        conversations = (await ida.get("conversations"))["conversations"]
        assert [one["name"] for one in conversations] == ["Hello", "quay"]
        assert [one.text for one in await ida.messages("C0QUAY")] == [f"Where is <@{jon}>?"]


def _changed(value: object, path: tuple[str | int, ...], to: object) -> object:
    """A copy of JSON with another value at that place."""
    if not path:
        return to
    copy = json.loads(json.dumps(value))
    spot = copy
    for key in path[:-1]:
        spot = spot[key]
    spot[path[-1]] = to
    return copy


async def refusal(*options: str) -> str:
    async with program(sys.executable, "-m", "playground", *options) as running:
        assert await running.ended() == 2
    return running.said


@pytest.mark.parametrize(
    ("path", "to", "said"),
    [
        (("features", "slash_commands", 0, "command"), "hello",
         "features.slash_commands[0].command: must be a slash and"),
        (("features", "slash_commands", 0, "descripton"), "x",
         "features.slash_commands[0]: invalid additional property: descripton"),
        (("display_information",), {}, "display_information: missing required field: name"),
        (("settings",), {"socket_mode_enabled": "yes"},
         "settings.socket_mode_enabled: must provide a boolean"),
        (("settings",), {}, "features.slash_commands[0].url: missing; give --request-url"),
    ],
)  # fmt: skip
async def test_a_wrong_manifest_names_its_field(
    tmp_path: Path, path: tuple[str | int, ...], to: object, said: str
) -> None:
    file = tmp_path / "app.json"
    file.write_text(json.dumps(_changed(MANIFEST, path, to)), "utf-8")
    assert f"{file}: {said}" in await refusal("--manifest", str(file))


@pytest.mark.parametrize(
    ("path", "to", "said"),
    [
        (("people", 1, "name"), "ida", "people[1].name: ida is there already"),
        (("people", 0, "tz"), "Mars/Base", "people[0].tz: must be a time zone"),
        (("people", 0, "tz"), "posix/Europe/Oslo", "people[0].tz: must be a time zone"),
        (("channels", 0, "members"), ["kim"], "channels[0].members[0]: there is nobody named kim"),
        (("channels", 0, "messages", 0, "from"), "kim",
         "channels[0].messages[0].from: there is nobody named kim"),
        (("people",), [], "people: no fewer than 1 items allowed"),
    ],
)  # fmt: skip
async def test_a_wrong_seed_names_its_field(
    manifest: Path, tmp_path: Path, path: tuple[str | int, ...], to: object, said: str
) -> None:
    file = tmp_path / "seed.yml"
    file.write_text(yaml.safe_dump(_changed(SEED, path, to)), "utf-8")
    told = await refusal("--manifest", str(manifest), "--socket", "--seed", str(file))
    assert f"{file}: {said}" in told


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "is not JSON: line 1"),
        ("a: [", "is not YAML: line 1"),
        ("a: &a [*a]", "is neither YAML nor JSON"),
        ("just words", "must hold named fields"),
    ],
)
async def test_a_file_that_cannot_be_read_says_where(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "app.yml"
    file.write_text(text, "utf-8")
    told = await refusal("--manifest", str(file))
    assert f"{file} {said}" in told
    assert "Traceback" not in told


async def test_a_wrong_address_or_port_is_named(manifest: Path) -> None:
    given = ("--manifest", str(manifest))
    for address in ("localhost:3000", "http://localhost:70000/slack/events"):
        told = await refusal(*given, "--request-url", address)
        assert told == "--request-url: must be an http(s) address\n"
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        told = await refusal(*given, "--socket", "--port", port)
    assert f"127.0.0.1:{port} can't be listened at (Address already in use)" in told
    assert "not both" in await refusal(*given, "--socket", "--request-url", "http://a.example")
