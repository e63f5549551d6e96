"""Delivery: claimed notices become direct messages, once each, whatever the world does."""

from __future__ import annotations

import asyncio
import datetime as dt
import hashlib
import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.exc import SQLAlchemyError

from bot.logs import logger, name_of, where
from bot.slack import CALL_SECONDS, WORLD, Failure, NotInstalled, Told, told_by
from storage.store import Claimed, Store
from views.parts import Message

EVENT_TYPE = "coach_delivery"
BATCH = 50
AT_ONCE = 8
"""Receivers that are told side by side; each of them one message after the other."""
FIRST_RETRY_SECONDS = 3.0
LONGEST_RETRY_SECONDS = 900.0
PARKED_SECONDS = 600.0
_SOON_SECONDS = 60.0
_LOOK_BACK_MESSAGES = 30

MessageFor = Callable[[Claimed], Awaitable[Message | None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """What delivery works with.

    Attributes:
        message_for: the message of a claimed notice as it stands now; None when its reason is gone.
        plan: makes the timetables of what changed, before anything is sent.
        slack: the Web API client of a workspace; NotInstalled for one that isn't ours.
        now: the time in UTC.
        jitter: a random number from 0 to 1, so that many processes don't retry in step.
        reads_history: whether the installation may read direct messages back (im:history).
    """

    store: Store
    message_for: MessageFor
    plan: Callable[[], Awaitable[None]]
    slack: Callable[[str], AsyncWebClient]
    now: Callable[[], dt.datetime]
    jitter: Callable[[], float]
    reads_history: Callable[[str], bool]


@dataclass(slots=True)
class Delivery:
    """Sends what is due. `run` until cancelled, or `once` to send what is due now."""

    means: Means
    _parked: dict[str, float] = field(default_factory=dict)
    _stopping: bool = False
    _working: asyncio.Lock = field(default_factory=asyncio.Lock)
    _wake: asyncio.Event = field(default_factory=asyncio.Event)

    def wake(self) -> None:
        """Look for what is due; called by the tick."""
        self._wake.set()

    async def run(self) -> None:
        """Send what is due at each wake-up: a commit that wrote notices, or the tick."""
        store = self.means.store
        while not self._stopping:
            store.woken.clear()
            self._wake.clear()
            try:
                await self.once()
            except (SQLAlchemyError, OSError) as error:
                logger().error("delivery.no_database", error=name_of(error))
            except Exception as error:  # noqa: BLE001 - a bug must not end all deliveries
                logger().error("delivery.failed", error=name_of(error), where=where(error))
            await _first_of(store.woken, self._wake)

    async def once(self) -> int:
        """Send everything that is due now; how many notices were looked at."""
        async with self._working:
            looked_at = 0
            await self.means.plan()
            while not self._stopping:
                claimed = await self.means.store.claim(self.means.now(), limit=BATCH)
                if not claimed:
                    break
                looked_at += len(claimed)
                await self._send_all(claimed)
            return looked_at

    async def stop(self) -> None:
        """Begin nothing more, and wait until what is being sent is sent and marked.

        What was claimed and not begun keeps its lease and is taken up when that ends.
        """
        self._stopping = True
        self._wake.set()
        async with self._working:
            return

    async def _send_all(self, claimed: Sequence[Claimed]) -> None:
        """One receiver's messages in their order, several receivers side by side."""
        receivers: dict[tuple[str, str], list[Claimed]] = {}
        for one in claimed:
            receivers.setdefault((one.workspace, one.receiver), []).append(one)
        room = asyncio.Semaphore(AT_ONCE)

        async def send_in_order(ones: Sequence[Claimed]) -> None:
            async with room:
                wait = 0.0
                for one in ones:
                    if self._stopping:
                        return
                    if wait or not self._has_time(one):
                        # What comes later must not overtake what has to wait.
                        await self._put_off(one, wait)
                    else:
                        wait = await self._settle(one)

        # All of them to their end: a send that is cut off would not be marked as sent.
        ends = await asyncio.gather(
            *(send_in_order(ones) for ones in receivers.values()), return_exceptions=True
        )
        for end in ends:
            if isinstance(end, BaseException):
                raise end

    async def _settle(self, claimed: Claimed) -> float:
        """Send one, or see to it that it is tried again; for how long its receiver has to wait."""
        try:
            await self._deliver(claimed)
        except WORLD as error:
            return await self._failed(claimed, told_by(error))
        except NotInstalled:
            return await self._failed(claimed, Told(Failure.REVOKED, "not_installed"))
        except SQLAlchemyError:
            raise
        except Exception as error:  # noqa: BLE001 - one bad notice must not hold up the others
            logger().error(
                "notice.failed",
                notice=claimed.id,
                kind=str(claimed.kind),
                log=claimed.log,
                error=name_of(error),
                where=where(error),
            )
            await self._put_off(claimed, LONGEST_RETRY_SECONDS)
        return 0.0

    async def _deliver(self, claimed: Claimed) -> None:
        slack = self.means.slack(claimed.workspace)
        message = await self.means.message_for(claimed)
        if message is None:
            await self.means.store.drop(claimed, "reason gone")
            return
        shown = digest(message)
        if claimed.ts is not None and claimed.channel is not None:
            if shown != claimed.shown:
                await slack.chat_update(channel=claimed.channel, ts=claimed.ts, **_content(message))
            await self._sent(claimed, claimed.channel, claimed.ts, shown)
            return
        found = await self._already_posted(slack, claimed)
        if found is None and not self._has_time(claimed):
            await self._put_off(claimed, 0.0)
            return
        if found is None:
            answer = await slack.chat_postMessage(
                channel=claimed.receiver,
                metadata={"event_type": EVENT_TYPE, "event_payload": {"key": claimed.key}},
                unfurl_links=False,
                unfurl_media=False,
                **_content(message),
            )
            found = str(answer["channel"]), str(answer["ts"])
        await self._sent(claimed, *found, shown)

    def _has_time(self, claimed: Claimed) -> bool:
        """Whether the lease outlasts one more call; after it another worker may be posting."""
        return claimed.leased_until - self.means.now() > _seconds(CALL_SECONDS)

    async def _sent(self, claimed: Claimed, channel: str, ts: str, shown: str) -> None:
        await self.means.store.sent(
            claimed, channel=channel, ts=ts, shown=shown, now=self.means.now()
        )
        logger().info("notice.sent", notice=claimed.id, kind=str(claimed.kind), log=claimed.log)

    async def _already_posted(
        self, slack: AsyncWebClient, claimed: Claimed
    ) -> tuple[str, str] | None:
        """Where the message stands if an earlier try posted it and its answer was lost."""
        if not claimed.attempts or not self.means.reads_history(claimed.workspace):
            return None
        try:
            opened = await slack.conversations_open(users=claimed.receiver)
            channel = str(opened["channel"]["id"])
            history = await slack.conversations_history(
                channel=channel, limit=_LOOK_BACK_MESSAGES, include_all_metadata=True
            )
        except SlackApiError as error:
            told = told_by(error)
            if told.failure is Failure.REFUSED or told.error == "missing_scope":
                return None
            raise
        for message in history.get("messages") or ():
            metadata = message.get("metadata") or {}
            payload = metadata.get("event_payload") or {}
            if metadata.get("event_type") == EVENT_TYPE and payload.get("key") == claimed.key:
                return channel, str(message["ts"])
        return None

    async def _failed(self, claimed: Claimed, told: Told) -> float:
        match told.failure:
            case Failure.LIMITED:
                wait = told.retry_after + self.means.jitter()
            case Failure.UNKNOWN:
                wait = self._patience(claimed.attempts)
            case Failure.REVOKED:
                self._say_parked(claimed.workspace, told)
                await self._put_off(claimed, PARKED_SECONDS)
                return PARKED_SECONDS
            case Failure.FAULTY:
                # Not given up: what is at fault can be mended, and the message is still owed.
                await self._put_off(claimed, LONGEST_RETRY_SECONDS)
                self._say("notice.faulty", claimed, told, retry_in=LONGEST_RETRY_SECONDS)
                return 0.0
            case Failure.REFUSED:
                await self.means.store.drop(claimed, told.error)
                self._say("notice.dropped", claimed, told)
                return 0.0
        await self._put_off(claimed, wait)
        self._say("notice.put_off", claimed, told, retry_in=round(wait, 1))
        return wait

    def _say(self, event: str, claimed: Claimed, told: Told, **more: object) -> None:
        logger().warning(
            event,
            notice=claimed.id,
            kind=str(claimed.kind),
            log=claimed.log,
            attempts=claimed.attempts,
            reason=told.error,
            **more,
        )

    async def _put_off(self, claimed: Claimed, seconds: float) -> None:
        await self.means.store.put_off(claimed, self.means.now() + _seconds(seconds))
        if seconds <= _SOON_SECONDS:
            # The tick may come much later than that.
            asyncio.get_running_loop().call_later(seconds + 0.01, self.wake)

    def _patience(self, attempts: int) -> float:
        """3 to 4.5 s after the first failure, then twice as long each time, to 15 minutes."""
        wait = min(FIRST_RETRY_SECONDS * 2.0 ** min(attempts, 12), LONGEST_RETRY_SECONDS)
        return wait * (1 + self.means.jitter() / 2)

    def _say_parked(self, workspace: str, told: Told) -> None:
        """One line for a workspace that lets nothing in, not one for each notice."""
        now = self.means.now().timestamp()
        if self._parked.get(workspace, 0.0) <= now:
            logger().error("workspace.parked", workspace=workspace, reason=told.error)
            self._parked[workspace] = now + 6 * PARKED_SECONDS


def digest(message: Message) -> str:
    """What a message shows, in short: the same for the same message, and nothing can be read."""
    shown = json.dumps([message.text, list(message.blocks)], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(shown.encode("utf-8", "replace")).hexdigest()


def _content(message: Message) -> Mapping[str, Any]:
    return {"text": message.text, "blocks": list(message.blocks)}


def _seconds(seconds: float) -> dt.timedelta:
    return dt.timedelta(seconds=seconds)


async def _first_of(*events: asyncio.Event) -> None:
    waiting = [asyncio.ensure_future(event.wait()) for event in events]
    try:
        await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for one in waiting:
            one.cancel()
        for one in waiting:
            with suppress(asyncio.CancelledError):
                await one
