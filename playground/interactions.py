"""What a person presses, chooses or looks up in a view or a message, and shortcuts."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from playground import payloads
from playground.conversations import Conversation, Message
from playground.delivery import Answer
from playground.fields import Fields, RawValues, find_element, has_state
from playground.findings import Findings, Place
from playground.journal import Entry, delivered
from playground.objects import OPTIONS_ANSWER
from playground.people import User
from playground.shapes import is_record
from playground.views import View
from playground.wire import Json, PageError, Trouble, compact
from playground.workspace import Workspace

MIN_QUERY_LENGTH = 3


@dataclass(frozen=True, slots=True)
class Spot:
    """A view or message that a person has before them."""

    blocks: list[Json]
    fields: Fields
    suggested: dict[tuple[str, str], list[Json]]
    view: View | None = None
    conversation: Conversation | None = None
    message: Message | None = None

    @property
    def modal_id(self) -> str | None:
        return self.view.id if self.view and self.view.body["type"] == "modal" else None

    def payload(self) -> Json:
        if self.view is not None:
            return payloads.in_view(self.view)
        if self.conversation is None or self.message is None:
            raise AssertionError("a spot is a view or a message")
        return payloads.in_message(self.conversation, self.message)


def find_spot(ws: Workspace, user: User, container: object) -> Spot:
    """The spot that the page names.

    Raises:
        PageError: not there, or not before this person.
    """
    if not is_record(container):
        raise PageError("container_missing")
    if "channel" in container:
        conversation, message = find_message(ws, user, container["channel"], container.get("ts"))
        return Spot(
            message.blocks,
            message.fields_of(user.id),
            message.suggested,
            conversation=conversation,
            message=message,
        )
    view = ws.views.home(user.id)
    if not container.get("home"):
        view = ws.views.find(str(container.get("view_id")))
    if view is None or view.user_id != user.id:
        raise PageError("view_not_found", 404)
    return Spot(view.blocks, view.fields, view.suggested, view=view)


def find_message(
    ws: Workspace, user: User, channel_id: object, ts: object
) -> tuple[Conversation, Message]:
    """A message that this person can see, and where.

    Raises:
        PageError: there is none.
    """
    conversation = ws.conversations.get(channel_id)
    if conversation is None or not conversation.has(user.id):
        raise PageError("channel_not_found", 404)
    message = conversation.find(ts, user.id)
    if message is None:
        raise PageError("message_not_found", 404)
    return conversation, message


async def act(ws: Workspace, user: User, spot: Spot, field: tuple[str, str], raw: object) -> None:
    """Press or choose in the field (block_id, action_id); the spot then holds what was chosen.

    Raises:
        Trouble: the app did not answer in time, or with an error.
    """
    block_id, action_id = field
    element = find_element(spot.blocks, block_id, action_id)
    if has_state(element):
        spot.fields.fill(spot.blocks, {block_id: {action_id: raw}}, spot.suggested)
        done = dict(spot.fields.values[block_id][action_id])
    else:
        done = _pressed(element, raw)
    if "placeholder" in element:
        done["placeholder"] = element["placeholder"]
    action = {**done, "type": element["type"], "action_id": action_id, "block_id": block_id}
    payload = payloads.block_actions(
        ws, user, spot.payload(), action, modal_id=spot.modal_id, state=spot.fields.values
    )
    answer = await send(ws, payload, "block_actions", action_id)
    if not answer.ok:
        raise answer.trouble(ws.app, f"{ws.app.name} did not respond: {answer.error}. Try again?")


def _pressed(element: Json, raw: object) -> Json:
    if element["type"] == "overflow":
        for option in element["options"]:
            if option["value"] == raw:
                return {"selected_option": option}
        raise PageError("option_not_found")
    kept = ("text", "value", "style", "url")
    return {key: element[key] for key in kept if key in element}


async def suggest(
    ws: Workspace, user: User, spot: Spot, field: tuple[str, str], typed: str
) -> list[Json]:
    """Ask the app for the options of a type-ahead; too short a text is not asked at all.

    Raises:
        Trouble: no answer in time, or not one that could be shown.
    """
    block_id, action_id = field
    element = find_element(spot.blocks, block_id, action_id)
    if element["type"] != "external_select":
        raise PageError("element_has_no_suggestions")
    if len(typed) < element.get("min_query_length", MIN_QUERY_LENGTH):
        return []
    payload = payloads.block_suggestion(ws, user, spot.payload(), field, typed)
    answer = await send(ws, payload, "block_suggestion", action_id, url=ws.app.options_url)
    if not answer.ok:
        raise answer.trouble(ws.app, "The options could not be loaded. Try again?")
    options = _options(ws, action_id, answer.body)
    seen = spot.suggested.setdefault(field, [])
    seen.extend(option["option"] for option in options if option["option"] not in seen)
    return [
        {"text": one["option"]["text"]["text"], "value": one["option"]["value"]}
        | ({"group": one["group"]} if one["group"] else {})
        for one in options
    ]


def _options(ws: Workspace, action_id: str, body: object) -> list[Json]:
    findings = Findings("modal")
    OPTIONS_ANSWER(body, Place("", findings))
    if findings.found or not is_record(body):
        ws.journal.add(
            Entry(
                "options_answer",
                action_id,
                ok=False,
                error="invalid_options",
                details=tuple(findings.messages()),
                answered=compact(body),
            )
        )
        raise Trouble("invalid_options", "The options could not be loaded. Try again?")
    options = [{"group": "", "option": one} for one in body.get("options", ())]
    for group in body.get("option_groups", ()):
        label = group["label"]["text"]
        options.extend({"group": label, "option": one} for one in group["options"])
    return options


async def use_shortcut(ws: Workspace, user: User, request: Mapping[str, object]) -> None:
    """Pick a shortcut; one for messages needs the message.

    Raises:
        PageError: the manifest has no such shortcut.
        Trouble: the app did not answer in time.
    """
    callback_id = str(request.get("callback_id"))
    known = next((one for one in ws.app.shortcuts if one.callback_id == callback_id), None)
    if known is None:
        raise PageError("shortcut_not_found", 404)
    if known.type == "message":
        found = find_message(ws, user, request.get("channel"), request.get("ts"))
        payload = payloads.message_action(ws, user, callback_id, *found)
    else:
        payload = payloads.shortcut(ws, user, callback_id)
    answer = await send(ws, payload, payload["type"], callback_id)
    if not answer.ok:
        raise answer.trouble(ws.app, f'{known.name} failed with the error "{answer.error}".')


async def send(
    ws: Workspace, payload: Json, kind: str, name: str, url: str | None = None
) -> Answer:
    """Send one interaction and note how it went."""
    answer = await ws.delivery.send(
        ws.app, "interactive", payload, ws.app.interactivity_url if url is None else url
    )
    ws.journal.add(delivered(kind, name, payload, answer))
    return answer


def fill(spot: Spot, values: RawValues) -> None:
    """Take over what the person changed since the workspace last heard."""
    spot.fields.fill(spot.blocks, values, spot.suggested)


def tell_opened(ws: Workspace, user: User, tab: Literal["home", "messages"]) -> bool:
    """Tell the app that a person looks at its Home or its direct messages; say if it asked to."""
    event: Json = {
        "type": "app_home_opened",
        "user": user.id,
        "channel": ws.direct(user.id).id,
        "event_ts": ws.conversations.next_ts(),
        "tab": tab,
    }
    home = ws.views.home(user.id)
    if home is not None and tab == "home":
        event["view"] = home.as_slack()
    return ws.events.send(ws.app, "app_home_opened", event)


async def open_home(ws: Workspace, user: User) -> Json | None:
    """Open the app's Home: the app is told, and what it then publishes is shown.

    The wait is as long as an acknowledgement may take; without a publish, what was there stays.
    """
    published = ws.views.next_publish(user.id)
    if tell_opened(ws, user, "home"):
        await asyncio.wait([published], timeout=ws.delivery.ack_seconds)
    published.cancel()
    home = ws.views.home(user.id)
    return home.as_page() if home is not None else None
