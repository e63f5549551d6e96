"""Threads: replies stand under their parent, in the channel's history only the parent does."""

from __future__ import annotations

from playground.tests.conftest import DANA, World
from playground.tests.toy import Json


async def said(world: World, text: str, **more: str) -> Json:
    return await world.api("chat.postMessage", **{"channel": DANA.id, "text": text, **more})


async def texts(world: World, method: str, **args: str) -> list[str]:
    answer = await world.api(method, **args)
    return [message["text"] for message in answer["messages"]]


async def test_history_gives_parents_which_know_of_their_replies(world: World) -> None:
    parent = await said(world, "Parent")
    channel, ts = parent["channel"], parent["ts"]
    await said(world, "Alone")
    reply = await said(world, "Reply", thread_ts=ts)
    answer = await world.api("conversations.history", channel=channel)
    alone, shown = answer["messages"]
    assert (alone["text"], shown["text"]) == ("Alone", "Parent")
    assert "thread_ts" not in alone
    assert (shown["thread_ts"], shown["reply_count"]) == (ts, 1)
    assert shown["latest_reply"] == reply["ts"]
    assert shown["reply_users"] == [world.ws.app.bot_user_id]
    replies = await world.api("conversations.replies", channel=channel, ts=ts)
    assert [one["text"] for one in replies["messages"]] == ["Parent", "Reply"]
    assert replies["messages"][0]["reply_count"] == 1


async def test_a_reply_to_a_reply_stands_in_the_same_thread(world: World) -> None:
    parent = await said(world, "Parent")
    reply = await said(world, "Reply", thread_ts=parent["ts"])
    second = await said(world, "Second", thread_ts=reply["ts"])
    assert second["message"]["thread_ts"] == parent["ts"]


async def test_a_thread_outlives_its_parent(world: World) -> None:
    parent = await said(world, "Parent")
    at = {"channel": parent["channel"], "ts": parent["ts"]}
    await said(world, "Reply", thread_ts=parent["ts"])
    assert (await world.api("chat.delete", **at))["ok"]
    assert await texts(world, "conversations.replies", **at) == [
        "This message was deleted.",
        "Reply",
    ]
    assert (await said(world, "Another", thread_ts=parent["ts"]))["ok"]


async def test_what_nobody_replied_to_is_gone_for_good(world: World) -> None:
    alone = await said(world, "Alone")
    at = {"channel": alone["channel"], "ts": alone["ts"]}
    await world.api("chat.delete", **at)
    assert await texts(world, "conversations.history", channel=alone["channel"]) == []
