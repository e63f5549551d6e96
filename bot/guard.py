"""What stands in front of Bolt: size, content type, age, signature and shape of a request.

Bolt parses a body before it checks the signature, so that nonsense would end in a 500. Here it ends
in a 4xx before anything of it is read. Signing: docs.slack.dev/authentication.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from collections.abc import AsyncIterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

LARGEST = 2 * 1024 * 1024
"""Bytes: a view has at most 250 KB, which percent-encoding can triple, and is sent once."""
OLDEST_SECONDS = 300
_FORM = "application/x-www-form-urlencoded"
_JSON = "application/json"
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_MOST_FIELDS = 100

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Refusal:
    """An HTTP status from 400 to 499, and why in one word or two."""

    status: int
    why: str


async def body_of(chunks: AsyncIterable[bytes], headers: Mapping[str, str]) -> bytes | Refusal:
    """The whole body, unless it is too large; then the rest of it is not even taken."""
    announced = headers.get("content-length", "")
    if announced.isdecimal() and int(announced[:12]) > LARGEST:
        return Refusal(413, "too large")
    body = bytearray()
    async for chunk in chunks:
        body += chunk
        if len(body) > LARGEST:
            return Refusal(413, "too large")
    return bytes(body)


def admit(
    headers: Mapping[str, str], body: bytes, *, secret: str | None, now: float
) -> Json | Refusal:
    """The request's payload, for Bolt; or why the request is not to be handled.

    Args:
        headers: by lower-case name.
        body: as it came over the wire.
        secret: the signing secret; with None nothing is believed.
        now: the operating system's time, in seconds.
    """
    content_type = headers.get("content-type", "").partition(";")[0].strip().lower()
    if content_type not in (_FORM, _JSON):
        return Refusal(415, "content type")
    refused = _unsigned(headers, body, secret=secret, now=now)
    return refused or _payload(body, is_form=content_type == _FORM)


def _unsigned(
    headers: Mapping[str, str], body: bytes, *, secret: str | None, now: float
) -> Refusal | None:
    stamp = headers.get("x-slack-request-timestamp", "")
    if not (stamp.isascii() and stamp.isdecimal() and len(stamp) <= 12):
        return Refusal(401, "timestamp")
    if abs(now - int(stamp)) > OLDEST_SECONDS:
        return Refusal(401, "too old")
    if secret is None:
        return Refusal(401, "no signing secret")
    base = b"v0:" + stamp.encode() + b":" + body
    expected = "v0=" + hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()
    given = headers.get("x-slack-signature", "")
    if not hmac.compare_digest(expected.encode(), given.encode("utf-8", "replace")):
        return Refusal(401, "signature")
    return None


def _payload(body: bytes, *, is_form: bool) -> Json | Refusal:
    try:
        text = body.decode("utf-8")
        if not is_form:
            return _event(_parsed(text)) or Refusal(400, "shape")
        fields = dict(
            parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=_MOST_FIELDS)
        )
        if "payload" in fields:
            return _interaction(_parsed(fields["payload"])) or Refusal(400, "shape")
    except (ValueError, RecursionError):
        # UnicodeDecodeError and JSONDecodeError are ValueErrors.
        return Refusal(400, "not readable")
    return fields if _is_command(fields) else Refusal(400, "shape")


def _parsed(text: str) -> object:
    value: object = json.loads(text)
    if "\\u" in text and _SURROGATE.search(json.dumps(value, ensure_ascii=False)):
        raise ValueError("half a character")
    return value


def _event(value: object) -> Json | None:
    if not isinstance(value, dict) or not isinstance(value.get("type"), str):
        return None
    return value if _is_event(value) else None


def _is_event(value: dict[str, Any]) -> bool:
    if value["type"] == "url_verification":
        return isinstance(value.get("challenge"), str)
    event = value.get("event")
    return value["type"] != "event_callback" or (
        isinstance(event, dict)
        and _is_told(event)
        and _ids(value, "team_id")
        and _records(value, "authorizations", each=True)
    )


def _is_told(event: dict[str, Any]) -> bool:
    """Whether an event has the shape that its type has at Slack."""
    user = event.get("user")
    match event.get("type"):
        case "user_change":
            return isinstance(user, dict) and _records(user, "profile") and _ids(user, "id", "tz")
        case "app_home_opened":
            return isinstance(user, str) and "\x00" not in user
        case kind:
            return isinstance(kind, str)


def _is_command(fields: Mapping[str, str]) -> bool:
    if fields.get("ssl_check"):
        return True
    ids = ("command", "team_id", "user_id")
    return all(fields.get(key) for key in ids) and _ids(dict(fields), *ids, "trigger_id")


def _interaction(value: object) -> Json | None:
    if not isinstance(value, dict) or not isinstance(value.get("type"), str):
        return None
    return value if _is_interaction(value) else None


def _is_interaction(value: dict[str, Any]) -> bool:
    user, view = value.get("user"), value.get("view")
    if not isinstance(user, dict) or not isinstance(user.get("id"), str):
        return False
    if not _records(value, "team", "enterprise", "channel", "container", "message", "view"):
        return False
    if not _ids(value, "callback_id", "trigger_id", "response_url", "action_id"):
        return False
    if not (_ids(user, "id", "team_id") and _ids(value.get("team") or {}, "id")):
        return False
    if not _texts(value, "value"):
        return False
    if view is not None and not _is_view(view):
        return False
    match value["type"]:
        case "block_actions":
            actions = value.get("actions")
            return (
                isinstance(actions, list)
                and bool(actions)
                and all(isinstance(one, dict) and _is_action(one) for one in actions)
            )
        case "view_submission" | "view_closed":
            return view is not None
        case "block_suggestion":
            return isinstance(value.get("action_id"), str)
        case "shortcut" | "message_action":
            return isinstance(value.get("callback_id"), str)
        case _:
            return False


def _is_action(action: dict[str, Any]) -> bool:
    named = isinstance(action.get("action_id"), str) and isinstance(action.get("block_id"), str)
    picked = action.get("selected_option") or {}
    # A text field's value is what was typed, anything else's is an ID of ours.
    is_typed = action.get("type") == "plain_text_input"
    return (
        named
        and isinstance(picked, dict)
        and _ids(picked, "value")
        and (_texts(action, "value") if is_typed else _ids(action, "value"))
    )


def _is_view(view: dict[str, Any]) -> bool:
    state = view.get("state")
    return (
        isinstance(view.get("type"), str)
        and _ids(view, "callback_id", "private_metadata", "id", "hash")
        and _records(view, "state")
        and (state is None or _records(state, "values"))
        and _records(view, "blocks", each=True)
    )


def _texts(value: dict[str, Any], *keys: str) -> bool:
    return all(value.get(key) is None or isinstance(value[key], str) for key in keys)


def _ids(value: dict[str, Any], *keys: str) -> bool:
    """Whether each of these, where there, is a text that a database can hold as an ID."""
    return _texts(value, *keys) and not any("\x00" in (value.get(key) or "") for key in keys)


def _records(value: dict[str, Any], *keys: str, each: bool = False) -> bool:
    """Whether each of these, where there, is a JSON object (or with `each` a list of those)."""
    found = [value[key] for key in keys if value.get(key) is not None]
    if each:
        return all(
            isinstance(one, list) and all(isinstance(item, dict) for item in one) for one in found
        )
    return all(isinstance(one, dict) for one in found)
