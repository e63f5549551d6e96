"""Messages: checked, put into their conversation, changed, removed, and shown to who sees them."""

from __future__ import annotations

import re

from playground.conversations import Conversation, Message
from playground.events import Subscription
from playground.people import User
from playground.shapes import is_record
from playground.surfaces import checked_blocks, checked_text, escaped
from playground.wire import ApiError, Json
from playground.workspace import Workspace

_TYPED_MENTION = re.compile(r"(?<![\w<@])@([\w.\-]*\w)")
_TYPED_CHANNEL = re.compile(r"(?<![\w<#&])#([\w\-]+)")


def content(given: Json) -> Json:
    """The text and blocks of a message as Slack would keep them.

    Raises:
        ApiError: nothing to say, or not as Slack takes it.
    """
    if given.get("attachments"):
        raise ApiError("invalid_attachments")
    kept: Json = {}
    if given.get("text") is not None:
        kept["text"] = checked_text(given["text"])
    if given.get("blocks") is not None:
        kept["blocks"] = checked_blocks(given["blocks"])
    if not kept.get("text") and not kept.get("blocks"):
        raise ApiError("no_text")
    return kept


def checked_metadata(given: object) -> Json | None:
    """A message's metadata: an event type and an object, which people never see."""
    if given is None:
        return None
    if not is_record(given) or set(given) != {"event_type", "event_payload"}:
        raise ApiError("invalid_metadata_format")
    if not isinstance(given["event_type"], str) or not is_record(given["event_payload"]):
        raise ApiError("invalid_metadata_format")
    return given


def post(
    ws: Workspace,
    conversation: Conversation,
    kept: Json,
    *,
    only_for: str | None = None,
    thread_ts: str | None = None,
    metadata: Json | None = None,
) -> Message:
    """Put a message of the app's bot into a conversation."""
    app = ws.app
    body: Json = {
        "type": "message",
        "user": app.bot_user_id,
        "ts": ws.conversations.next_ts(),
        "bot_id": app.bot_id,
        "app_id": app.id,
        "text": "",
        "team": ws.team.id,
        "bot_profile": {
            "id": app.bot_id,
            "app_id": app.id,
            "user_id": app.bot_user_id,
            "name": app.name,
            "deleted": False,
            "updated": int(ws.clock.epoch()),
            "team_id": ws.team.id,
        },
        **kept,
    }
    if thread_ts is not None:
        body["thread_ts"] = thread_ts
    message = Message(body, only_for, metadata)
    conversation.messages.append(message)
    ws.tell_message(conversation, message, "message")
    return message


def change(ws: Workspace, conversation: Conversation, message: Message, kept: Json) -> None:
    """Replace text and blocks; blocks that are not given stay, as in chat.update."""
    message.body = message.body | kept
    message.body["edited"] = {"user": ws.app.bot_user_id, "ts": ws.conversations.next_ts()}
    ws.tell_message(conversation, message, "message_changed")


def remove(ws: Workspace, conversation: Conversation, message: Message) -> None:
    """Take a message away from everyone who saw it."""
    conversation.messages.remove(message)
    ws.tell_message(conversation, message, "message_deleted")


def put(
    ws: Workspace,
    conversation: Conversation,
    user: User,
    typed: str,
    parent: Message | None = None,
) -> Message:
    """Put what a person typed into a conversation; the app is not told.

    `parent` is the message that it replies to, or another reply to the same.
    """
    body: Json = {
        "type": "message",
        "user": user.id,
        "ts": ws.conversations.next_ts(),
        "text": with_mentions(ws, typed, names=False),
        "team": ws.team.id,
    }
    if parent is not None:
        body["thread_ts"] = parent.body.get("thread_ts", parent.ts)
    message = Message(body)
    conversation.messages.append(message)
    ws.tell_message(conversation, message, "message")
    return message


def say(
    ws: Workspace,
    conversation: Conversation,
    user: User,
    typed: str,
    parent: Message | None = None,
) -> Message:
    """The same, and tell the app if it listens there."""
    message = put(ws, conversation, user, typed, parent)
    is_im = conversation.im_with is not None
    kind = "im" if is_im else ("group" if conversation.channel.is_private else "channel")
    subscription: dict[str, Subscription] = {
        "im": "message.im",
        "group": "message.groups",
        "channel": "message.channels",
    }
    if conversation.has(ws.app.bot_user_id):
        event = message.body | {
            "channel": conversation.id,
            "channel_type": kind,
            "event_ts": message.ts,
        }
        ws.events.send(ws.app, subscription[kind], event)
    return message


def with_mentions(ws: Workspace, typed: str, *, names: bool) -> str:
    """What a person typed with @name and #channel resolved as Slack's client does.

    `names` adds the name to the id, as slash commands with `should_escape` get it.
    """
    people = {user.name.lower(): user for user in ws.users}
    channels = {one.channel.name: one for one in ws.conversations if one.im_with is None}

    def person(found: re.Match[str]) -> str:
        user = people.get(found[1].lower())
        if user is None:
            return found[0]
        return f"<@{user.id}|{user.name}>" if names else f"<@{user.id}>"

    def channel(found: re.Match[str]) -> str:
        known = channels.get(found[1])
        return found[0] if known is None else f"<#{known.id}|{found[1]}>"

    return _TYPED_CHANNEL.sub(channel, _TYPED_MENTION.sub(person, escaped(typed)))
