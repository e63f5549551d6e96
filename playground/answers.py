"""What an app says by a response URL."""

from __future__ import annotations

from playground import posting
from playground.faults import RESPONSE
from playground.journal import Entry
from playground.response_urls import ResponseUrl
from playground.shapes import is_record
from playground.wire import ApiError
from playground.workspace import Workspace


def respond(ws: Workspace, key: str, given: object) -> None:
    """Post, replace or delete by a response URL; each counts as one of its five uses.

    Raises:
        ApiError: the URL is used up or too old, or Slack would not take what was said.
    """
    try:
        url = ws.response_urls.check(key)
        _refuse_on_order(ws)
        _carry_out(ws, url, given)
    except ApiError as refused:
        ws.journal.add(Entry("response_url", "", ok=False, error=refused.error))
        raise
    url.uses += 1
    ws.journal.add(Entry("response_url", "", ok=True))


def _refuse_on_order(ws: Workspace) -> None:
    fault = ws.faults.take(RESPONSE)
    if fault is not None and fault.kind == "blocks":
        raise ApiError("invalid_blocks")


def _carry_out(ws: Workspace, url: ResponseUrl, given: object) -> None:
    conversation = ws.conversations.get(url.channel_id)
    if not is_record(given) or conversation is None:
        raise ApiError("invalid_payload")
    original = None
    if url.message_ts is not None:
        original = conversation.find(url.message_ts, url.user_id)
    if given.get("delete_original"):
        if original is None:
            raise ApiError("message_not_found")
        posting.remove(ws, conversation, original)
        return
    kept = posting.content(given)
    if given.get("replace_original"):
        if original is None:
            raise ApiError("message_not_found")
        # The whole message is replaced: unlike in chat.update, old blocks don't stay.
        posting.change(ws, conversation, original, {"text": "", "blocks": [], **kept})
        return
    everyone = given.get("response_type") == "in_channel"
    posting.post(ws, conversation, kept, only_for=None if everyone else url.user_id)
