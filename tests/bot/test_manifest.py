from __future__ import annotations

import json
import os
from pathlib import Path

import jsonschema
import pytest

from bot.manifest import manifest
from handlers.listeners import COACH_ON_MESSAGE, LOG_SESSION

SCHEMA = Path(__file__).parents[3] / "shared" / "slack" / "manifest.schema.2.0.0.json"


@pytest.mark.parametrize("socket", [False, True])
def test_the_manifest_is_what_slack_takes(*, socket: bool) -> None:
    if not SCHEMA.exists():
        reason = f"NO SCHEMA: {SCHEMA.name} is not beside the project, so the manifest is unchecked"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    schema = json.loads(SCHEMA.read_text("utf-8"))
    jsonschema.validate(manifest(command="/coach", socket=socket), schema)


def test_the_manifest_names_what_the_code_listens_for() -> None:
    made = manifest(command="/coach", url="https://coach.example.com")
    features = made["features"]
    assert {item["callback_id"] for item in features["shortcuts"]} == {
        LOG_SESSION,
        COACH_ON_MESSAGE,
    }
    (command,) = features["slash_commands"]
    assert command["command"] == "/coach"
    assert command["should_escape"] is True
    assert command["url"] == "https://coach.example.com/slack/events"
    settings = made["settings"]
    assert set(settings["event_subscriptions"]["bot_events"]) == {"app_home_opened", "user_change"}
    interactivity = settings["interactivity"]
    assert interactivity["request_url"] == command["url"]
    assert interactivity["message_menu_options_url"] == command["url"]


def test_another_command_name_is_taken_over() -> None:
    (command,) = manifest(command="/huddle")["features"]["slash_commands"]
    assert command["command"] == "/huddle"
