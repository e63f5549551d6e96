from __future__ import annotations

import json
import os
import warnings
from pathlib import Path

import jsonschema
import pytest

from bot.manifest import Json, manifest, scopes
from handlers import listeners

SCHEMA = Path(__file__).parents[3] / "shared" / "slack" / "manifest.schema.2.0.0.json"
ALL = [
    manifest(command="/coach"),
    manifest(command="/training", url="https://coachlog.example.org/"),
    manifest(command="/coach", socket=True),
]


@pytest.mark.parametrize("made", ALL, ids=["as it stands", "with an address", "for sockets"])
def test_it_is_valid_by_slacks_schema(made: Json) -> None:
    if not SCHEMA.is_file():
        words = f"{SCHEMA} is missing: the manifest is not checked against Slack's schema."
        if os.environ.get("CI") == "true":
            pytest.fail(words)
        with warnings.catch_warnings():
            warnings.simplefilter("default")
            pytest.skip(words)
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    jsonschema.Draft7Validator(schema).validate(made)


def test_the_address_is_filled_in_everywhere() -> None:
    made = manifest(command="/coach", url="https://coachlog.example.org")
    assert "coachlog.example.com" not in json.dumps(made)
    assert json.dumps(made).count("https://coachlog.example.org/slack/events") == 4


def test_the_whole_address_is_taken_too() -> None:
    endpoint = "https://coachlog.example.org/slack/events"
    assert manifest(command="/coach", url=endpoint) == manifest(
        command="/coach", url="https://coachlog.example.org"
    )


def test_socket_mode_needs_no_address() -> None:
    made = manifest(command="/coach", socket=True)
    assert "https://" not in json.dumps(made)
    assert made["settings"]["socket_mode_enabled"] is True


def test_the_command_is_filled_in() -> None:
    (command,) = manifest(command="/training")["features"]["slash_commands"]
    assert command["command"] == "/training"
    assert command["should_escape"] is True


def test_the_shortcuts_are_those_that_are_listened_for() -> None:
    shortcuts = manifest(command="/coach")["features"]["shortcuts"]
    assert {(one["callback_id"], one["type"]) for one in shortcuts} == {
        (listeners.LOG_SESSION, "global"),
        (listeners.COACH_ON_MESSAGE, "message"),
    }


def test_the_scopes_are_those_that_calls_need() -> None:
    needed, optional = scopes(manifest(command="/coach"))
    assert needed == {"chat:write", "commands", "im:write", "users:read", "users:read.email"}
    assert optional == {"im:history"}
