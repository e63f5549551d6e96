"""What an app says by a response URL."""

from __future__ import annotations

from playground import posting
from playground.conversations import Message
from playground.faults import RESPONSE
from playground.heard import Heard
from playground.journal import Entry
from playground.response_urls import ResponseUrl
from playground.shapes import is_record
from playground.wire import ApiError, compact
from playground.workspace import Workspace


def respond(ws: Workspace, key: str, given: object) -> None:
    """Post, replace or delete by a response URL; each counts as one of its five uses.

    Raises:
        ApiError: the URL is used up or too old, or Slack would not take what was said.
    """
    asked = compact(given)
    heard = Heard(given) if is_record(given) else None
    try:
        url = ws.response_urls.check(key)
        _refuse_on_order(ws)
        made = _carry_out(ws, url, heard)
    except ApiError as refused:
        told = compact(refused.answer())
        ws.journal.add(
            Entry(RESPONSE, "", ok=False, error=refused.error, asked=asked, answered=told, made=key)
        )
        raise
    url.uses += 1
    ws.journal.add(
        Entry(
            RESPONSE,
            "",
            ok=True,
            asked=asked,
            ignored=heard.ignored if heard else (),
            made=f"{key} {made.ts}",
        )
    )


def _refuse_on_order(ws: Workspace) -> None:
    fault = ws.faults.take(RESPONSE)
    if fault is not None and fault.kind == "blocks":
        raise ApiError("invalid_blocks")


def _carry_out(ws: Workspace, url: ResponseUrl, given: Heard | None) -> Message:
    conversation = ws.conversations.get(url.channel_id)
    if given is None or conversation is None:
        raise ApiError("invalid_payload")
    original = None
    if url.message_ts is not None:
        original = conversation.find(url.message_ts, url.user_id)
    if given.get("delete_original"):
        if original is None:
            raise ApiError("message_not_found")
        posting.remove(ws, conversation, original)
        return original
    kept = posting.content(given)
    if given.get("replace_original"):
        if original is None:
            raise ApiError("message_not_found")
        # The whole message is replaced: unlike in chat.update, old blocks don't stay.
        posting.change(ws, conversation, original, {"text": "", "blocks": [], **kept})
        return original
    everyone = given.get("response_type") == "in_channel"
    return posting.post(ws, conversation, kept, only_for=None if everyone else url.user_id)
