"""What the world or a bug does wrong in an interaction, met in one place.

The person gets a short sorry with an incident number; the log gets that number and allowed ids.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

import aiohttp
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from bot.logs import logger, name_of, where
from bot.slack import WORLD, told_by
from views import help as help_views
from views.parts import Message, View
from views.small import note

_WORLD = (*WORLD, DBAPIError, PoolTimeout)

Telling = Callable[..., Awaitable[BoltResponse]]


def met_with(new_incident: Callable[[], str], session: aiohttp.ClientSession) -> Telling:
    """Bolt's error handler.

    A form stays open under the sorry, so that what was typed is not lost. Events answer with a 500,
    for Slack then sends them again.
    """

    async def handle(error: Exception, request: AsyncBoltRequest) -> BoltResponse:
        incident = new_incident()
        body = request.body
        _log(error, body, incident)
        sorry = help_views.sorry(incident)
        kind = str(body.get("type") or ("command" if "command" in body else ""))
        match kind:
            case "event_callback" | "":
                return BoltResponse(status=500, body="")
            case "command":
                return _answer({"response_type": "ephemeral", **_content(sorry)})
            case "view_submission":
                return _answer({"response_action": "push", "view": _view(sorry)})
            case "block_suggestion":
                return _answer({"options": []})
            case _:
                await _tell(request.context.client, session, body, sorry, incident)
                return BoltResponse(status=200, body="")

    return handle


def _log(error: Exception, body: Mapping[str, Any], incident: str) -> None:
    ids = {
        "incident": incident,
        "kind": str(body.get("type") or "command"),
        "callback": name_in(body),
        "workspace": _id_of(body, "team"),
        "user": _id_of(body, "user"),
    }
    if isinstance(error, WORLD):
        logger().error("incident", error=told_by(error).error, **ids)
    elif isinstance(error, _WORLD):
        logger().error("incident", error=name_of(error), **ids)
    else:
        logger().error("incident", error=name_of(error), where=where(error), **ids)


def name_in(body: Mapping[str, Any]) -> str:
    """Which of our own names the interaction carries; a command's text is not one."""
    view = body.get("view") or {}
    actions = body.get("actions") or [{}]
    event = body.get("event") or {}
    name = (
        actions[0].get("action_id")
        or body.get("callback_id")
        or view.get("callback_id")
        or event.get("type")
        or body.get("command")
    )
    return str(name or "")


def _id_of(body: Mapping[str, Any], what: str) -> str:
    record = body.get(what) or {}
    return str(body.get(f"{what}_id") or record.get("id") or "")


async def _tell(
    slack: AsyncWebClient,
    session: aiohttp.ClientSession,
    body: Mapping[str, Any],
    sorry: Message,
    incident: str,
) -> None:
    """Tell the person where they look: over the modal, in the conversation, else in a modal."""
    in_modal = (body.get("view") or {}).get("type") == "modal"
    response_url = body.get("response_url")
    try:
        if response_url and not in_modal:
            answer = {"response_type": "ephemeral", "replace_original": False, **_content(sorry)}
            async with session.post(str(response_url), json=answer):
                return
        trigger = str(body.get("trigger_id") or "")
        opening = slack.views_push if in_modal else slack.views_open
        await opening(trigger_id=trigger, view=_view(sorry))
    except WORLD as error:
        logger().warning("incident.untold", incident=incident, error=told_by(error).error)


def _answer(body: Mapping[str, Any]) -> BoltResponse:
    headers: dict[str, str | Sequence[str]] = {"content-type": "application/json;charset=utf-8"}
    return BoltResponse(status=200, body=json.dumps(body), headers=headers)


def _content(message: Message) -> dict[str, Any]:
    return {"text": message.text, "blocks": list(message.blocks)}


def _view(message: Message) -> View:
    return note("Sorry", [message.text])
