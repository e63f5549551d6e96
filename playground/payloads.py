"""The bodies that Slack sends to an app when a person does something; shapes as documented.

docs.slack.dev/reference/interaction-payloads, and for commands
docs.slack.dev/interactivity/implementing-slash-commands.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

from playground.conversations import Conversation, Message
from playground.installation import Command
from playground.people import User
from playground.views import View
from playground.wire import Json
from playground.workspace import Workspace

Kind: TypeAlias = Literal[
    "block_actions",
    "block_suggestion",
    "message_action",
    "shortcut",
    "view_closed",
    "view_submission",
]
"""The interactions that have a `type`; a slash command is a form without one."""


def _who_and_where(ws: Workspace, user: User, kind: Kind) -> Json:
    return {
        "type": kind,
        "team": {"id": ws.team.id, "domain": ws.team.domain},
        "user": {
            "id": user.id,
            "username": user.name,
            "name": user.name,
            "team_id": ws.team.id,
        },
        "api_app_id": ws.app.id,
        "token": ws.app.verification_token,
        "enterprise": None,
        "is_enterprise_install": False,
    }


def _channel(conversation: Conversation) -> Json:
    """Slack does not give away the name of a private channel."""
    private = conversation.channel.is_private and conversation.im_with is None
    name = "privategroup" if private else conversation.channel.name
    return {"id": conversation.id, "name": name}


def _response_url(ws: Workspace, key: str) -> str:
    return f"{ws.url}/response/{ws.team.id}/{key}"


def slash_command(
    ws: Workspace, user: User, conversation: Conversation, command: Command, text: str
) -> Json:
    """Form fields: everything is a string."""
    return {
        "token": ws.app.verification_token,
        "team_id": ws.team.id,
        "team_domain": ws.team.domain,
        "channel_id": conversation.id,
        "channel_name": _channel(conversation)["name"],
        "user_id": user.id,
        "user_name": user.name,
        "command": command.command,
        "text": text,
        "api_app_id": ws.app.id,
        "is_enterprise_install": "false",
        "response_url": _response_url(ws, ws.response_urls.issue(conversation.id, user.id)),
        "trigger_id": ws.triggers.issue(user.id),
    }


def in_view(view: View) -> Json:
    """Where something was done, for a view."""
    return {
        "container": {"type": "view", "view_id": view.id},
        "view": view.as_slack(),
    }


def in_message(conversation: Conversation, message: Message) -> Json:
    """Where something was done, for a message; Slack keeps no copy of an ephemeral one."""
    container: Json = {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": conversation.id,
        "is_ephemeral": message.only_for is not None,
    }
    if "thread_ts" in message.body:
        container["thread_ts"] = message.body["thread_ts"]
    place: Json = {"container": container, "channel": _channel(conversation)}
    return place if message.only_for else place | {"message": message.body}


def block_actions(
    ws: Workspace, user: User, place: Json, action: Json, *, modal_id: str | None, state: Json
) -> Json:
    """Something was pressed or chosen; in a message there is also a response URL."""
    payload = {
        **_who_and_where(ws, user, "block_actions"),
        **place,
        "trigger_id": ws.triggers.issue(user.id, modal_id),
        "actions": [action | {"action_ts": ws.conversations.next_ts()}],
    }
    if "channel" in place:
        container = place["container"]
        key = ws.response_urls.issue(container["channel_id"], user.id, container["message_ts"])
        payload |= {"state": {"values": state}, "response_url": _response_url(ws, key)}
    return payload


def view_submission(ws: Workspace, user: User, view: View) -> Json:
    """A modal was submitted; its state is in the view."""
    return {
        **_who_and_where(ws, user, "view_submission"),
        "trigger_id": ws.triggers.issue(user.id, view.id),
        "view": view.as_slack(),
        "response_urls": [],
    }


def view_closed(ws: Workspace, user: User, view: View, *, is_cleared: bool) -> Json:
    """Slack may send no state here, so none is sent: closing a view is not a way to save."""
    return {
        **_who_and_where(ws, user, "view_closed"),
        "view": view.as_slack() | {"state": {"values": {}}},
        "is_cleared": is_cleared,
    }


def block_suggestion(
    ws: Workspace, user: User, place: Json, field: tuple[str, str], typed: str
) -> Json:
    """Someone types into the field (block_id, action_id) of an external select."""
    return {
        **_who_and_where(ws, user, "block_suggestion"),
        **place,
        "block_id": field[0],
        "action_id": field[1],
        "value": typed,
    }


def shortcut(ws: Workspace, user: User, callback_id: str) -> Json:
    """A global shortcut: it comes from no channel and has no response URL."""
    return {
        **_who_and_where(ws, user, "shortcut"),
        "action_ts": ws.conversations.next_ts(),
        "callback_id": callback_id,
        "trigger_id": ws.triggers.issue(user.id),
    }


def message_action(
    ws: Workspace, user: User, callback_id: str, conversation: Conversation, message: Message
) -> Json:
    """A shortcut on a message."""
    key = ws.response_urls.issue(conversation.id, user.id, message.ts)
    return {
        **_who_and_where(ws, user, "message_action"),
        "action_ts": ws.conversations.next_ts(),
        "callback_id": callback_id,
        "trigger_id": ws.triggers.issue(user.id),
        "response_url": _response_url(ws, key),
        "message_ts": message.ts,
        "channel": _channel(conversation),
        "message": message.body,
    }
