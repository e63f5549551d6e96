"""Posting, changing and removing messages as the app's bot."""

from __future__ import annotations

from playground import posting
from playground.conversations import Conversation, Message
from playground.methods import Call, Method
from playground.surfaces import UPDATED_TEXT_MAX_BYTES
from playground.wire import ApiError, Json


def writable(call: Call) -> Conversation:
    """The conversation named by `channel`, if the bot may post there.

    A user's id means the direct messages with them.
    """
    ws, channel_id = call.ws, call.required("channel")
    app = ws.app
    user = ws.user(channel_id)
    if user is not None:
        if user.is_bot or user.deleted:
            raise ApiError("channel_not_found")
        conversation = ws.direct(user.id)
    else:
        conversation = _known(call, channel_id)
    if conversation.im_with is not None:
        person = ws.user(conversation.im_with)
        # Slack archives the direct messages of a deactivated person.
        if person is None or person.deleted:
            raise ApiError("is_archived")
        if not app.has_messages_tab:
            raise ApiError("messages_tab_disabled")
    if conversation.channel.is_archived:
        raise ApiError("is_archived")
    if not conversation.has(app.bot_user_id) and "chat:write.public" not in app.scopes:
        raise ApiError("not_in_channel")
    return conversation


def _known(call: Call, channel_id: str) -> Conversation:
    """A conversation that the bot can know of: private ones only where it is a member."""
    conversation = call.ws.conversations.get(channel_id)
    if conversation is None:
        raise ApiError("channel_not_found")
    if conversation.channel.is_private and not conversation.has(call.ws.app.bot_user_id):
        raise ApiError("channel_not_found")
    return conversation


def _own(call: Call, refusal: str) -> tuple[Conversation, Message]:
    conversation = _known(call, call.required("channel"))
    message = conversation.find(call.required("ts"))
    if message is None:
        raise ApiError("message_not_found")
    if message.body["user"] != call.ws.app.bot_user_id:
        raise ApiError(refusal)
    return conversation, message


async def _post(call: Call) -> Json:
    conversation = writable(call)
    thread_ts = call.args.get("thread_ts")
    if thread_ts is not None:
        parent = conversation.find(thread_ts)
        if parent is None:
            raise ApiError("thread_not_found")
        # A reply to a reply stands in the same thread.
        thread_ts = str(parent.body.get("thread_ts", parent.ts))
    message = posting.post(
        call.ws,
        conversation,
        posting.content(call.args),
        thread_ts=thread_ts,
        metadata=posting.checked_metadata(call.args.get("metadata")),
    )
    shown = message.body | ({"metadata": message.metadata} if message.metadata else {})
    return {"channel": conversation.id, "ts": message.ts, "message": shown}


async def _update(call: Call) -> Json:
    conversation, message = _own(call, "cant_update_message")
    kept = posting.content(call.args)
    if len(kept.get("text", "").encode()) > UPDATED_TEXT_MAX_BYTES:
        raise ApiError("msg_too_long")
    metadata = posting.checked_metadata(call.args.get("metadata"))
    if metadata is not None:
        message.metadata = metadata
    posting.change(call.ws, conversation, message, kept)
    return {
        "channel": conversation.id,
        "ts": message.ts,
        "text": message.body["text"],
        "message": message.body,
    }


async def _delete(call: Call) -> Json:
    conversation, message = _own(call, "cant_delete_message")
    if conversation.replies(message.ts):
        # The thread stays, under a stone.
        gone: Json = {"text": "This message was deleted.", "blocks": [], "subtype": "tombstone"}
        posting.change(call.ws, conversation, message, gone)
    else:
        posting.remove(call.ws, conversation, message)
    return {"channel": conversation.id, "ts": message.ts}


async def _post_ephemeral(call: Call) -> Json:
    conversation = writable(call)
    user = call.person("user")
    if not conversation.has(user.id):
        raise ApiError("user_not_in_channel")
    message = posting.post(call.ws, conversation, posting.content(call.args), only_for=user.id)
    return {"message_ts": message.ts}


async def _permalink(call: Call) -> Json:
    conversation = _known(call, call.required("channel"))
    message = conversation.find(call.required("message_ts"))
    if message is None:
        raise ApiError("message_not_found")
    stamp = message.ts.replace(".", "")
    link = f"https://{call.ws.team.domain}.slack.com/archives/{conversation.id}/p{stamp}"
    return {"channel": conversation.id, "permalink": link}


_LOOKS = frozenset({"as_user", "link_names", "parse"})
_POSTED = _LOOKS | {
    "icon_emoji",
    "icon_url",
    "mrkdwn",
    "reply_broadcast",
    "unfurl_links",
    "unfurl_media",
    "username",
}

METHODS = (
    Method("chat.postMessage", _post, "chat:write", idle=_POSTED),
    Method("chat.update", _update, "chat:write", idle=_LOOKS | {"file_ids", "reply_broadcast"}),
    Method("chat.delete", _delete, "chat:write", idle=frozenset({"as_user"})),
    Method("chat.postEphemeral", _post_ephemeral, "chat:write", idle=_POSTED | {"thread_ts"}),
    Method("chat.getPermalink", _permalink),
)
