"""Opening direct messages, and reading back what was said."""

from __future__ import annotations

from collections.abc import Callable

from playground.conversations import Conversation, Message
from playground.methods import Call, Method
from playground.wire import ApiError, Json

_PAGE = 100
_PAGE_MAX = 999


def _kind(conversation: Conversation) -> str:
    if conversation.im_with is not None:
        return "im"
    return "groups" if conversation.channel.is_private else "channels"


def _readable(call: Call, right: str) -> Conversation:
    """The conversation named by `channel`, if the scopes cover its kind."""
    conversation = call.ws.conversations.get(call.required("channel"))
    if conversation is None:
        raise ApiError("channel_not_found")
    call.need(f"{_kind(conversation)}:{right}")
    is_member = conversation.has(call.ws.app.bot_user_id)
    if conversation.channel.is_private and not is_member:
        raise ApiError("channel_not_found")
    if right == "history" and not is_member:
        raise ApiError("not_in_channel")
    return conversation


def _shown(call: Call, conversation: Conversation) -> Json:
    channel = conversation.channel
    if conversation.im_with is not None:
        person = call.ws.user(conversation.im_with)
        deleted = person is None or person.deleted
        return {
            "id": conversation.id,
            "is_im": True,
            "is_archived": deleted,
            "is_user_deleted": deleted,
            "user": conversation.im_with,
        }
    return {
        "id": conversation.id,
        "name": channel.name,
        "name_normalized": channel.name,
        "is_channel": not channel.is_private,
        "is_group": channel.is_private,
        "is_im": False,
        "is_private": channel.is_private,
        "is_archived": channel.is_archived,
        "is_member": conversation.has(call.ws.app.bot_user_id),
        "num_members": len(channel.members),
    }


async def _open(call: Call) -> Json:
    if call.args.get("channel"):
        conversation = call.ws.conversations.get(call.args["channel"])
        if conversation is None or conversation.im_with is None:
            raise ApiError("channel_not_found")
        return {"channel": _shown(call, conversation)}
    users = call.args.get("users")
    ids = users.split(",") if isinstance(users, str) else users
    if not isinstance(ids, list) or not ids or not ids[0]:
        raise ApiError("users_list_not_supplied")
    if len(ids) > 1:
        # Group messages are not something that this workspace has.
        raise ApiError("method_not_supported_for_channel_type")
    user = call.ws.user(ids[0])
    if user is None:
        raise ApiError("user_not_found")
    if user.deleted:
        raise ApiError("user_disabled")
    if user.is_bot:
        raise ApiError("cannot_dm_bot")
    known = any(one.im_with == user.id for one in call.ws.conversations)
    conversation = call.ws.direct(user.id)
    answer: Json = {"channel": {"id": conversation.id}}
    if call.switched_on("return_im"):
        answer["channel"] = _shown(call, conversation)
    return answer | ({"no_op": True, "already_open": True} if known else {})


async def _info(call: Call) -> Json:
    return {"channel": _shown(call, _readable(call, "read"))}


async def _history(call: Call) -> Json:
    conversation = _readable(call, "history")
    return _page(call, conversation, lambda message: not message.is_reply, newest_first=True)


async def _replies(call: Call) -> Json:
    conversation = _readable(call, "history")
    ts = call.required("ts")
    if conversation.find(ts) is None:
        raise ApiError("thread_not_found")
    return _page(
        call,
        conversation,
        lambda message: ts in (message.ts, message.body.get("thread_ts")),
        newest_first=False,
    )


def _page(
    call: Call,
    conversation: Conversation,
    wanted: Callable[[Message], bool],
    *,
    newest_first: bool,
) -> Json:
    oldest, latest = _moment(call, "oldest", 0.0), _moment(call, "latest", float("inf"))
    inclusive = call.switched_on("inclusive")

    def within(message: Message) -> bool:
        moment = float(message.ts)
        return oldest < moment < latest or (inclusive and moment in (oldest, latest))

    # What only one person saw is nowhere kept.
    found = [
        message
        for message in conversation.messages
        if message.only_for is None and within(message) and wanted(message)
    ]
    if newest_first:
        found.reverse()
    start = call.cursor()
    end = start + call.number("limit", _PAGE, _PAGE_MAX)
    has_more = end < len(found)
    answer: Json = {
        "messages": [_kept(call, conversation, message) for message in found[start:end]],
        "has_more": has_more,
    }
    return answer | ({"response_metadata": {"next_cursor": str(end)}} if has_more else {})


def _kept(call: Call, conversation: Conversation, message: Message) -> Json:
    body = message.body
    if replies := conversation.replies(message.ts):
        body = body | {
            "thread_ts": message.ts,
            "reply_count": len(replies),
            "reply_users": list(dict.fromkeys(str(one.body["user"]) for one in replies)),
            "latest_reply": replies[-1].ts,
        }
    if message.metadata is None:
        return body
    if call.switched_on("include_all_metadata"):
        return body | {"metadata": message.metadata}
    return body | {"metadata": {"event_type": message.metadata["event_type"]}}


def _moment(call: Call, key: str, default: float) -> float:
    value = call.args.get(key)
    if value is None:
        return default
    try:
        return float(value)
    except (TypeError, ValueError) as wrong:
        raise ApiError(f"invalid_ts_{key}") from wrong


METHODS = (
    Method("conversations.open", _open, "im:write"),
    Method("conversations.info", _info),
    Method("conversations.history", _history),
    Method("conversations.replies", _replies),
)
