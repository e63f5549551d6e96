"""Looking up, by its key in the conversation, whether a message was posted after all."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack import Failure, told_by
from storage.store import Claimed

EVENT_TYPE = "coach_delivery"
_CLOCKS_APART = dt.timedelta(minutes=5)
"""How far this machine's clock may be from Slack's; beyond it every request is refused."""
_PAGE = 100


class Unreadable(LookupError):  # noqa: N818 - it says what is the case
    """The conversation can't be read, so nobody can find out."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a message stands."""

    channel: str
    ts: str


async def posted_before(
    slack: AsyncWebClient, claimed: Claimed, begun_at: dt.datetime
) -> Place | None:
    """Where the message stands that a try which began then posted; None where there is none.

    Raises:
        Unreadable: Slack doesn't let it be read.
    """
    try:
        opened = await slack.conversations_open(users=claimed.receiver)
        channel = str(opened["channel"]["id"])
        oldest = f"{(begun_at - _CLOCKS_APART).timestamp():.6f}"
        cursor: str | None = None
        while True:
            page = await slack.conversations_history(
                channel=channel,
                oldest=oldest,
                limit=_PAGE,
                cursor=cursor,
                include_all_metadata=True,
            )
            for message in page.get("messages") or ():
                if _key_of(message) == claimed.key:
                    return Place(channel, str(message["ts"]))
            cursor = (page.get("response_metadata") or {}).get("next_cursor")
            if not cursor:
                return None
    except SlackApiError as error:
        told = told_by(error)
        if told.failure is Failure.REFUSED or told.error == "missing_scope":
            raise Unreadable(told.error) from error
        raise


def _key_of(message: dict[str, object]) -> object:
    metadata = message.get("metadata")
    if not isinstance(metadata, dict) or metadata.get("event_type") != EVENT_TYPE:
        return None
    payload = metadata.get("event_payload")
    return payload.get("key") if isinstance(payload, dict) else None
