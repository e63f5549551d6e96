"""Looking up, by its key in the conversation, whether a message was posted after all."""

from __future__ import annotations

import datetime as dt
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.slack import WORLD, Failure, told_by
from storage.store import Claimed

EVENT_TYPE = "coach_delivery"
_CLOCKS_APART = dt.timedelta(minutes=5)
"""How far this machine's clock may be from Slack's; beyond it every request is refused."""
_PAGE = 100
_PEOPLE = ("U", "W")
"""How the IDs of people begin; those of channels begin otherwise."""
_TRIES = 3


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
        channel = claimed.receiver
        if channel.startswith(_PEOPLE):
            opened = await _read(lambda: slack.conversations_open(users=claimed.receiver))
            channel = str(opened["channel"]["id"])
        oldest = f"{(begun_at - _CLOCKS_APART).timestamp():.6f}"
        cursor: str | None = None
        while True:
            ask = partial(
                slack.conversations_history,
                channel=channel,
                oldest=oldest,
                limit=_PAGE,
                cursor=cursor,
                include_all_metadata=True,
            )
            page = await _read(ask)
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


async def _read(ask: Callable[[], Awaitable[AsyncSlackResponse]]) -> AsyncSlackResponse:
    """An answer to what may be asked as often as one likes."""
    for _ in range(_TRIES - 1):
        try:
            return await ask()
        except WORLD as error:
            if told_by(error).failure is not Failure.UNKNOWN:
                raise
    return await ask()


def _key_of(message: dict[str, object]) -> object:
    metadata = message.get("metadata")
    if not isinstance(metadata, dict) or metadata.get("event_type") != EVENT_TYPE:
        return None
    payload = metadata.get("event_payload")
    return payload.get("key") if isinstance(payload, dict) else None
