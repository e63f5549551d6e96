"""The Web API: tokens, scopes, arguments, and each method's refusals."""

from __future__ import annotations

import json
import re

import aiohttp
import pytest

from playground import web_api
from playground.people import Channel
from playground.tests.conftest import CHANNEL, DANA, GONE, World, install
from playground.tests.toy import APP_TOKEN, BOT_TOKEN, MANIFEST, Json, buttons, section
from playground.web_api import METHODS

SCOPES = MANIFEST["oauth_config"]["scopes"]["bot"]


def join_channel(world: World, **changes: bool) -> None:
    bot = world.ws.app.bot_user_id
    world.ws.add_channel(Channel(id=CHANNEL, name="qa-alerts", members=(DANA.id, bot), **changes))


def with_scopes(world: World, *scopes: str) -> None:
    manifest = MANIFEST | {"oauth_config": {"scopes": {"bot": list(scopes)}}}
    install(world.ws, world.ws.app.events_url, manifest)


def test_the_table_lists_the_methods_there_are() -> None:
    listed = re.findall(r"^\| ([a-z]+\.[\w.]+)", web_api.__doc__ or "", re.MULTILINE)
    assert sorted(listed) == sorted(METHODS)


async def test_tokens_are_asked_for_and_checked(world: World) -> None:
    assert (await world.api("auth.test", token=""))["error"] == "not_authed"
    assert (await world.api("auth.test", token="xoxb-other"))["error"] == "invalid_auth"
    assert (await world.api("auth.test", token=APP_TOKEN))["error"] == "not_allowed_token_type"
    assert (await world.api("api.test", token="", say="hi"))["args"] == {"say": "hi"}
    assert (await world.api("api.test", token="", error="no"))["error"] == "no"


async def test_an_unknown_method_is_refused(world: World) -> None:
    assert (await world.api("reminders.add"))["error"] == "unknown_method"


async def test_auth_test_names_the_bot(world: World) -> None:
    answer = await world.api("auth.test")
    assert (answer["team_id"], answer["user_id"]) == ("T0TOYS", world.ws.app.bot_user_id)


@pytest.mark.parametrize(
    ("method", "args", "scope"),
    [
        ("chat.postMessage", {"channel": DANA.id, "text": "x"}, "chat:write"),
        ("chat.update", {"channel": CHANNEL, "ts": "1", "text": "x"}, "chat:write"),
        ("chat.delete", {"channel": CHANNEL, "ts": "1"}, "chat:write"),
        ("chat.postEphemeral", {"channel": CHANNEL, "user": "U", "text": "x"}, "chat:write"),
        ("conversations.open", {"users": DANA.id}, "im:write"),
        ("conversations.history", {"channel": CHANNEL}, "channels:history"),
        ("conversations.replies", {"channel": CHANNEL, "ts": "1"}, "channels:history"),
        ("conversations.info", {"channel": CHANNEL}, "channels:read"),
        ("users.info", {"user": DANA.id}, "users:read"),
        ("users.list", {}, "users:read"),
        ("users.lookupByEmail", {"email": DANA.email}, "users:read.email"),
        ("team.info", {}, "team:read"),
    ],
)
async def test_a_missing_scope_is_named(world: World, method: str, args: Json, scope: str) -> None:
    with_scopes(world, "commands")
    answer = await world.api(method, **args)
    assert answer == {
        "ok": False,
        "error": "missing_scope",
        "needed": scope,
        "provided": "commands",
    }
    assert world.ws.journal.refused()[-1].name == method


async def test_arguments_may_come_as_a_form_with_json_inside(world: World) -> None:
    form = {
        "token": world.ws.app.bot_token,
        "channel": DANA.id,
        "text": "Hi",
        "blocks": json.dumps([section("In a form")]),
    }
    url = world.server.api_url + "chat.postMessage"
    async with aiohttp.request("POST", url, data=form) as response:
        assert (await response.json())["message"]["blocks"][0]["text"]["text"] == "In a form"
    async with aiohttp.request("POST", url, data=form | {"blocks": "[{"}) as response:
        assert (await response.json())["error"] == "invalid_blocks_format"
    async with aiohttp.request("POST", url, data=form | {"metadata": "{"}) as response:
        assert (await response.json())["error"] == "invalid_arguments"


@pytest.mark.parametrize(("body", "error"), [("{", "invalid_json"), ("[]", "json_not_object")])
async def test_json_that_is_none_is_refused(world: World, body: str, error: str) -> None:
    headers = {"Content-Type": "application/json"}
    url = world.server.api_url + "auth.test"
    async with aiohttp.request("POST", url, data=body, headers=headers) as response:
        assert (await response.json())["error"] == error


async def test_a_person_is_shown_with_zone_and_with_email_where_the_scope_allows(
    world: World,
) -> None:
    user = (await world.api("users.info", user=DANA.id))["user"]
    assert (user["tz"], user["real_name"]) == ("Europe/London", "Dana Whitfield")
    assert user["profile"]["email"] == "dana@example.com"
    with_scopes(world, "users:read")
    user = (await world.api("users.info", user=DANA.id))["user"]
    assert "email" not in user["profile"]
    gone = (await world.api("users.info", user=GONE.id))["user"]
    assert gone["deleted"] is True
    assert "tz" not in gone
    assert (await world.api("users.info", user="U0NOBODY"))["error"] == "user_not_found"


async def test_a_guest_is_shown_as_restricted(world: World) -> None:
    guest = (await world.api("users.info", user="U0GUEST"))["user"]
    assert (guest["is_restricted"], guest["is_ultra_restricted"]) == (True, False)


async def test_people_are_listed_in_pages_with_slackbot_among_them(world: World) -> None:
    names: list[str] = []
    cursor = ""
    while True:
        page = await world.api("users.list", limit=2, cursor=cursor)
        names.extend(user["name"] for user in page["members"])
        cursor = page["response_metadata"]["next_cursor"]
        if not cursor:
            break
    assert names == ["slackbot", "dana", "sam", "gone", "guest", "toy"]
    assert (await world.api("users.list", cursor="x"))["error"] == "invalid_cursor"


async def test_a_person_is_found_by_email(world: World) -> None:
    found = await world.api("users.lookupByEmail", email="Dana@Example.com")
    assert found["user"]["id"] == DANA.id
    missing = await world.api("users.lookupByEmail", email="nobody@example.com")
    assert missing["error"] == "users_not_found"


async def test_the_team_is_shown(world: World) -> None:
    with_scopes(world, "team:read")
    assert (await world.api("team.info"))["team"]["domain"] == "toys"


@pytest.mark.parametrize(
    ("args", "error"),
    [
        ({"channel": "C0NONE", "text": "x"}, "channel_not_found"),
        ({"channel": GONE.id, "text": "x"}, "channel_not_found"),
        ({"channel": CHANNEL, "text": "x"}, "not_in_channel"),
        ({"channel": DANA.id}, "no_text"),
        ({"channel": DANA.id, "text": "x" * 40_001}, "msg_too_long"),
        ({"channel": DANA.id, "blocks": [section("x" * 3000)] * 5}, "msg_blocks_too_long"),
        ({"channel": DANA.id, "text": 5}, "invalid_arguments"),
        ({"text": "x"}, "invalid_arguments"),
        ({"channel": DANA.id, "blocks": [{"type": "chart"}]}, "invalid_blocks"),
        ({"channel": DANA.id, "text": "x", "attachments": [{}]}, "invalid_attachments"),
        ({"channel": DANA.id, "text": "x", "metadata": {"a": 1}}, "invalid_metadata_format"),
        ({"channel": DANA.id, "text": "x", "thread_ts": "1.2"}, "thread_not_found"),
    ],
)
async def test_a_message_that_slack_would_not_post_is_refused(
    world: World, args: Json, error: str
) -> None:
    assert (await world.api("chat.postMessage", **args))["error"] == error
    assert await world.dana.messages() == []


async def test_an_archived_channel_takes_nothing(world: World) -> None:
    join_channel(world, is_archived=True)
    answer = await world.api("chat.postMessage", channel=CHANNEL, text="x")
    assert answer["error"] == "is_archived"


async def test_a_private_channel_is_unknown_to_those_outside(world: World) -> None:
    world.ws.add_channel(Channel(id="C0PRIVATE", name="hush", is_private=True))
    answer = await world.api("chat.postMessage", channel="C0PRIVATE", text="x")
    assert answer["error"] == "channel_not_found"


async def test_the_messages_of_a_deactivated_person_are_archived(world: World) -> None:
    channel = (await world.api("conversations.open", users=DANA.id))["channel"]["id"]
    world.ws.update_user(DANA.id, deleted=True)
    answer = await world.api("chat.postMessage", channel=channel, text="x")
    assert answer["error"] == "is_archived"


async def test_only_the_apps_own_messages_can_be_changed_or_deleted(world: World) -> None:
    said = (await world.dana.types("Hello"))["message"]
    channel = (await world.api("conversations.open", users=DANA.id))["channel"]["id"]
    at = {"channel": channel, "ts": said["ts"]}
    assert (await world.api("chat.update", text="x", **at))["error"] == "cant_update_message"
    assert (await world.api("chat.delete", **at))["error"] == "cant_delete_message"
    gone = {"channel": channel, "ts": "1.000000"}
    assert (await world.api("chat.update", text="x", **gone))["error"] == "message_not_found"


async def test_an_update_keeps_the_blocks_that_it_does_not_name(world: World) -> None:
    posted = await world.api(
        "chat.postMessage", channel=DANA.id, text="x", blocks=[section("Kept"), buttons("pat")]
    )
    at = {"channel": posted["channel"], "ts": posted["ts"]}
    await world.api("chat.update", text="y", **at)
    long = [section("x" * 3000)] * 5
    assert (await world.api("chat.update", blocks=long, **at))["error"] == "msg_blocks_too_long"
    assert (await world.api("chat.update", text="é" * 2001, **at))["error"] == "msg_too_long"
    message = await world.dana.message("Kept")
    assert (message.fallback, message.buttons) == ("y", ["Pat"])
    assert message.body["edited"]
    assert (await world.api("chat.delete", **at))["ok"]
    assert await world.dana.messages() == []


async def test_an_ephemeral_message_is_seen_by_one_and_kept_nowhere(world: World) -> None:
    join_channel(world)
    answer = await world.api("chat.postEphemeral", channel=CHANNEL, user=DANA.id, text="Between us")
    assert answer["ok"]
    seen = await world.dana.messages(CHANNEL)
    assert [message.text for message in seen] == ["Between us"]
    history = await world.api("conversations.history", channel=CHANNEL)
    assert history["messages"] == []
    at = {"channel": CHANNEL, "ts": answer["message_ts"]}
    assert (await world.api("chat.update", text="x", **at))["error"] == "message_not_found"
    outside = await world.api("chat.postEphemeral", channel=CHANNEL, user="U0GUEST", text="x")
    assert outside["error"] == "user_not_in_channel"


async def test_a_permalink_names_channel_and_time(world: World) -> None:
    posted = await world.api("chat.postMessage", channel=DANA.id, text="x")
    link = await world.api("chat.getPermalink", channel=posted["channel"], message_ts=posted["ts"])
    stamp = posted["ts"].replace(".", "")
    assert link["permalink"] == f"https://toys.slack.com/archives/{posted['channel']}/p{stamp}"
    missing = await world.api("chat.getPermalink", channel=posted["channel"], message_ts="1.000000")
    assert missing["error"] == "message_not_found"


@pytest.mark.parametrize(
    ("users", "error"),
    [
        ("", "users_list_not_supplied"),
        ("U0NOBODY", "user_not_found"),
        (GONE.id, "user_disabled"),
        ("U00TOY", "cannot_dm_bot"),
    ],
)
async def test_direct_messages_that_cannot_be_opened(world: World, users: str, error: str) -> None:
    assert (await world.api("conversations.open", users=users))["error"] == error


async def test_history_comes_in_pages_with_metadata_where_asked(world: World) -> None:
    key = {"event_type": "delivery", "event_payload": {"key": "k1"}}
    first = await world.api("chat.postMessage", channel=DANA.id, text="one", metadata=key)
    channel = first["channel"]
    second = await world.api("chat.postMessage", channel=channel, text="two")
    await world.api("chat.postMessage", channel=channel, text="back")
    page = await world.api(
        "conversations.history", channel=channel, limit=2, include_all_metadata=True
    )
    assert [message["text"] for message in page["messages"]] == ["back", "two"]
    assert page["has_more"] is True
    rest = await world.api(
        "conversations.history",
        channel=channel,
        cursor=page["response_metadata"]["next_cursor"],
        include_all_metadata=True,
    )
    assert rest["messages"][0]["metadata"] == key
    plain = await world.api("conversations.history", channel=channel, latest=second["ts"])
    assert plain["messages"][0]["metadata"] == {"event_type": "delivery"}
    after = await world.api("conversations.history", channel=channel, oldest=first["ts"])
    assert [message["text"] for message in after["messages"]] == ["back", "two"]
    with_it = await world.api(
        "conversations.history", channel=channel, oldest=first["ts"], inclusive=True
    )
    assert len(with_it["messages"]) == 3
    for cursor in ("²", "9" * 5000, "x"):
        answer = await world.api("conversations.history", channel=channel, cursor=cursor)
        assert answer["error"] == "invalid_cursor"
    wrong = await world.api("conversations.history", channel=channel, oldest="soon")
    assert wrong["error"] == "invalid_ts_oldest"


async def test_history_needs_membership_and_info_does_not(world: World) -> None:
    assert (await world.api("conversations.history", channel=CHANNEL))["error"] == "not_in_channel"
    info = (await world.api("conversations.info", channel=CHANNEL))["channel"]
    assert (info["name"], info["is_member"]) == ("qa-alerts", False)
    with_scopes(world, *SCOPES, "im:read")
    opened = await world.api("conversations.open", users=DANA.id, return_im=True)
    assert opened["channel"]["user"] == DANA.id
    direct = await world.api("conversations.info", channel=opened["channel"]["id"])
    assert direct["channel"]["is_im"] is True


@pytest.mark.parametrize(
    ("method", "args", "error"),
    [
        ("conversations.history", {"channel": "C0NONE"}, "channel_not_found"),
        ("conversations.open", {"channel": "D0NONE"}, "channel_not_found"),
        ("conversations.open", {"users": "U0DANA,U0SAM"}, "method_not_supported_for_channel_type"),
        ("chat.postEphemeral", {"channel": "U0DANA", "user": "U0", "text": "x"}, "user_not_found"),
        ("users.list", {"limit": "many"}, "invalid_arguments"),
        ("users.lookupByEmail", {}, "invalid_arguments"),
        ("chat.getPermalink", {"channel": "C0NONE", "message_ts": "1"}, "channel_not_found"),
    ],
)
async def test_arguments_that_name_nothing_are_refused(
    world: World, method: str, args: Json, error: str
) -> None:
    assert (await world.api(method, **args))["error"] == error


async def test_an_open_conversation_is_found_again(world: World) -> None:
    first = await world.api("conversations.open", users=DANA.id)
    again = await world.api("conversations.open", users=DANA.id)
    assert again == first | {"no_op": True, "already_open": True}
    by_id = await world.api("conversations.open", channel=first["channel"]["id"])
    assert by_id["channel"]["user"] == DANA.id


async def test_the_history_of_a_private_channel_is_unknown_outside(world: World) -> None:
    with_scopes(world, "groups:history")
    world.ws.add_channel(Channel(id="C0PRIVATE", name="hush", is_private=True))
    answer = await world.api("conversations.history", channel="C0PRIVATE")
    assert answer["error"] == "channel_not_found"


async def test_no_body_at_all_is_no_arguments_whatever_its_type(world: World) -> None:
    """As Bolt for Python's blocking client asks for auth.test."""
    async with aiohttp.request(
        "POST",
        f"{world.server.api_url}auth.test",
        headers={
            "Authorization": f"Bearer {BOT_TOKEN}",
            "Content-Type": "application/json;charset=utf-8",
        },
    ) as response:
        assert (await response.json())["ok"]
