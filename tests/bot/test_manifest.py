from __future__ import annotations

import ast
import json
import os
import re
import warnings
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn, cast

import jsonschema
import pytest
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.manifest import EVENTS_PATH, Json, manifest, scopes
from bot.program import new_id, system_now
from handlers import listeners
from handlers.deps import Deps
from playground import web_api
from storage.store import Store

ROOT = Path(__file__).parents[2]
SCHEMA = ROOT.parent / "shared" / "slack" / "manifest.schema.2.0.0.json"
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


@dataclass
class Listener:
    """Stands in for Bolt's app and writes down what is listened for."""

    heard: dict[str, list[object]] = field(default_factory=dict)

    def __getattr__(self, kind: str) -> Callable[[object], Callable[[object], object]]:
        def listening(what: object) -> Callable[[object], object]:
            self.heard.setdefault(kind, []).append(what)
            return lambda handling: handling

        return listening


async def listened_for(command: str) -> dict[str, list[object]]:
    """What `register` listens for, by kind of listener."""
    store = await Store.open("sqlite:///:memory:")
    await store.close()
    deps = Deps(store=store, slack=_no_slack, now=system_now, new_id=new_id, command=command)
    listener = Listener()
    listeners.register(cast("AsyncApp", listener), deps)
    return listener.heard


def _no_slack(workspace: str) -> NoReturn:
    raise AssertionError(f"nothing is asked of Slack in {workspace}")


async def test_commands_events_and_shortcuts_are_those_that_are_listened_for() -> None:
    made = manifest(command="/training")
    heard = await listened_for("/training")
    features, settings = made["features"], made["settings"]
    assert [one["command"] for one in features["slash_commands"]] == heard["command"]
    assert sorted(settings["event_subscriptions"]["bot_events"]) == sorted(map(str, heard["event"]))
    assert [one["callback_id"] for one in features["shortcuts"]] == heard["shortcut"]
    assert {(one["callback_id"], one["type"]) for one in features["shortcuts"]} == {
        (listeners.LOG_SESSION, "global"),
        (listeners.COACH_ON_MESSAGE, "message"),
    }


async def test_slack_is_told_where_all_that_is_listened_for_arrives() -> None:
    made = manifest(command="/coach")
    endpoint = f"https://coachlog.example.com{EVENTS_PATH}"
    settings, heard = made["settings"], await listened_for("/coach")
    addresses = {
        "command": made["features"]["slash_commands"][0]["url"],
        "event": settings["event_subscriptions"]["request_url"],
        "shortcut": settings["interactivity"]["request_url"],
        "action": settings["interactivity"]["request_url"],
        "view": settings["interactivity"]["request_url"],
        "options": settings["interactivity"]["message_menu_options_url"],
    }
    assert set(addresses) == set(heard)
    assert set(addresses.values()) == {endpoint}
    assert made["features"]["app_home"]["home_tab_enabled"], "else it is never opened"


def called_methods() -> set[str]:
    """The Web API's methods that the program calls, as Slack writes them: ``chat.postMessage``."""
    known = {
        name
        for name in dir(AsyncWebClient)
        if re.fullmatch("[a-z]+(_[a-zA-Z]+)+", name) and name != "api_call"
    }
    called = {
        node.attr
        for room in ("bot", "handlers")
        for path in (ROOT / room).glob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute)
    }
    assert "api_call" not in called, "a method called by its name is not found here"
    return {name.replace("_", ".") for name in called & known}


def scope_table() -> dict[str, str]:
    """The scope that each method needs, from the table of the workspace that stands in for Slack.

    CoachLog talks in direct messages alone, so a scope "of the kind" is the one of these.
    """
    rows = re.findall(r"^\| ([\w.]+\w) +\| (.*?) +\| bot +\|$", str(web_api.__doc__), re.MULTILINE)
    return {method: re.sub(r"^\*(:\w+) of the kind$", r"im\1", scope) for method, scope in rows}


def test_the_scopes_are_those_that_calls_need() -> None:
    called, table = called_methods(), scope_table()
    by_app_token = {"apps.connections.open"}
    assert {"auth.test", "chat.postMessage", "views.open"} <= called
    assert called - by_app_token <= set(table), "the workspace plays what is called"
    needed, optional = scopes(manifest(command="/coach"))
    for_features = {"commands"}  # of the slash command and the shortcuts
    assert needed | optional == {table[one] for one in called & set(table)} - {""} | for_features
    # Delivery asks whether it was granted before it looks back in a conversation.
    assert optional == {table["conversations.history"]}


def test_the_table_of_scopes_is_what_the_workspace_asks_for() -> None:
    for name, method in web_api.METHODS.items():
        if method.scope is not None:
            assert scope_table()[name] == method.scope
