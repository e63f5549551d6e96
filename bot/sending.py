"""Sending one claimed notice: made, posted or updated, and what becomes of it when that fails.

What a lost answer means: docs/adr/0009-a-lost-answer.md.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import hashlib
import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.exc import SQLAlchemyError

from bot.limits import Limits
from bot.logs import logger, name_of, where
from bot.lookup import EVENT_TYPE, Unreadable, posted_before
from bot.metrics import Metrics
from bot.slack import WORLD, Failure, NotInstalled, Told, told_by
from coaching.notices import again_when_unknown
from handlers.time_passes import Later
from storage.claims import LEASE
from storage.store import Claimed, Store
from views.parts import Message

FIRST_RETRY_SECONDS = 3.0
LONGEST_RETRY_SECONDS = 900.0
REVOKED_SECONDS = 600.0
MOST_FAULTS = 5
_FIRST_FAULT_SECONDS = 30.0
_LONGEST_FAULT_SECONDS = 1800.0
_SETTLING_SECONDS = 3.0
"""How long a message may take to be seen in its conversation."""
_MARKING_SECONDS = 120.0

MessageFor = Callable[[Claimed], Awaitable[Message | Later | None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """What delivery works with.

    Attributes:
        message_for: the message of a claimed notice as it stands now; None when its reason is gone,
            Later when it is not its hour.
        refused: sees to it that somebody hears that no message reaches its receiver, and why.
        plan: makes the timetables of what changed, before anything is claimed.
        slack: the Web API client of a workspace; NotInstalled for one that isn't ours.
        limits: what Slack asked to wait for; the clients remember it by their tokens.
        now: the time in UTC.
        jitter: a random number from 0 to 1, so that many processes don't retry in step.
        reads_history: whether the installation may read direct messages back (im:history).
        pace: seconds between two messages in one conversation.
        lease: how long what was claimed is this process's.
    """

    store: Store
    message_for: MessageFor
    refused: Callable[[Claimed, str], Awaitable[None]]
    plan: Callable[[], Awaitable[None]]
    slack: Callable[[str], AsyncWebClient]
    limits: Limits
    metrics: Metrics
    now: Callable[[], dt.datetime]
    jitter: Callable[[], float]
    reads_history: Callable[[str], bool]
    pace: float = 1.0
    lease: dt.timedelta = LEASE


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of a try.

    Attributes:
        wait: for how many seconds its receiver's other messages wait as well.
        has_posted: whether there is a new message in the conversation, or may be.
        is_shut: whether the workspace lets nothing in.
    """

    wait: float = 0.0
    has_posted: bool = False
    is_shut: bool = False


@dataclass(slots=True)
class Sending:
    """Sends what was claimed. `soon` is called with the seconds after which to look again."""

    means: Means
    soon: Callable[[float], None]
    _shut: dict[str, float] = field(default_factory=dict)

    async def settle(self, claimed: Claimed) -> Settled:
        """Send one, or see to it that it is tried again.

        Raises SQLAlchemyError where the database fails: the lease then ends by itself.
        """
        try:
            return await self._deliver(claimed)
        except WORLD as error:
            return await self._failed(claimed, told_by(error))
        except NotInstalled:
            return await self._failed(claimed, Told(Failure.REVOKED, "not_installed"))
        except SQLAlchemyError:
            raise
        except Exception as error:  # noqa: BLE001 - one bad notice must not hold up the others
            return await self._broke(claimed, error)

    async def put_off(self, claimed: Claimed, seconds: float, *, has_failed: bool = True) -> None:
        """Try again after so many seconds."""
        until = self._after(seconds)
        await self.means.store.put_off(claimed, until, has_failed=has_failed)
        self._retry(claimed, seconds)

    async def give_back(self, claimed: Claimed) -> None:
        """Leave it to whoever claims it next, at once."""
        await self.means.store.release([claimed])
        self.soon(0.0)

    async def _drop(self, claimed: Claimed, why: str) -> None:
        if await self.means.store.drop(claimed, why):
            self.soon(0.0)

    async def _deliver(self, claimed: Claimed) -> Settled:
        slack = self.means.slack(claimed.workspace)
        if claimed.ts is None:
            left = self.means.limits.left(slack.token or "", "chat.postMessage")
            if left:
                await self.put_off(claimed, left + self.means.jitter(), has_failed=False)
                return Settled(left)
        if claimed.begun_at is not None:
            resolved = await self._resolved(slack, claimed, claimed.begun_at)
            if isinstance(resolved, Settled):
                return resolved
            claimed = resolved
        message = await self.means.message_for(claimed)
        if message is None:
            await self._drop(claimed, "reason gone")
            return Settled()
        if isinstance(message, Later):
            await self.means.store.postpone(claimed, message.until)
            self.soon((message.until - self.means.now()).total_seconds())
            return Settled()
        if claimed.ts is None or claimed.channel is None:
            return await self._post(slack, claimed, message)
        shown = digest(message)
        if shown != claimed.shown:
            await slack.chat_update(channel=claimed.channel, ts=claimed.ts, **_content(message))
        await self._sent(claimed, claimed.channel, claimed.ts, shown, how="updated")
        return Settled()

    async def _resolved(
        self, slack: AsyncWebClient, claimed: Claimed, begun_at: dt.datetime
    ) -> Claimed | Settled:
        """An unknown one as it turns out to be: with its message, or to be posted (again)."""
        store = self.means.store
        settling = (begun_at - self.means.now()).total_seconds() + _SETTLING_SECONDS
        if settling > 0:
            await self.put_off(claimed, settling, has_failed=False)
            return Settled(settling)
        if self.means.reads_history(claimed.workspace):
            try:
                place = await posted_before(slack, claimed, begun_at)
            except Unreadable:
                pass
            else:
                if place is None:
                    return claimed
                self.means.metrics.sent(str(claimed.kind), "found")
                return await store.found(
                    claimed, channel=place.channel, ts=place.ts, now=self.means.now()
                )
        if again_when_unknown(claimed.kind):
            return claimed
        await store.lost(claimed, None, self.means.now())
        logger().warning("notice.unknown", notice=claimed.id, kind=str(claimed.kind))
        return Settled()

    async def _post(self, slack: AsyncWebClient, claimed: Claimed, message: Message) -> Settled:
        shown = digest(message)
        begun = await self.means.store.sending(claimed, self.means.now(), lease=self.means.lease)
        if begun is None:
            # Its reason is gone, or it is to say something else: looked at again at once.
            await self.give_back(claimed)
            return Settled()
        try:
            answer = await slack.chat_postMessage(
                channel=claimed.receiver,
                metadata={"event_type": EVENT_TYPE, "event_payload": {"key": claimed.key}},
                unfurl_links=False,
                unfurl_media=False,
                **_content(message),
            )
        except WORLD as error:
            told = told_by(error)
            if told.failure is Failure.UNKNOWN:
                return await self._lost(begun, told)
            return await self._failed(begun, told)
        except Exception as error:  # noqa: BLE001 - it broke before it was sent
            return await self._broke(begun, error)
        channel, ts = answer.get("channel"), answer.get("ts")
        if not (channel and ts):
            return await self._lost(begun, Told(Failure.UNKNOWN, "no_ts"))
        await self._sent(begun, str(channel), str(ts), shown, how="posted")
        return Settled(has_posted=True)

    async def _sent(self, claimed: Claimed, channel: str, ts: str, shown: str, *, how: str) -> None:
        """Keep what is a fact, also where the database is gone for a while."""
        store, loop = self.means.store, asyncio.get_running_loop()
        self.means.metrics.sent(str(claimed.kind), how)
        until, pause = loop.time() + _MARKING_SECONDS, 0.1
        while True:
            try:
                is_stale = await store.sent(
                    claimed, channel=channel, ts=ts, shown=shown, now=self.means.now()
                )
                break
            except (SQLAlchemyError, OSError):
                if loop.time() > until:
                    raise
            await asyncio.sleep(pause)
            pause = min(pause * 2, 1.0)
        if is_stale:
            self.soon(0.0)
        logger().info("notice.sent", notice=claimed.id, kind=str(claimed.kind), log=claimed.log)

    async def _lost(self, begun: Claimed, told: Told) -> Settled:
        wait = self._patience(begun.attempts)
        await self.means.store.lost(begun, self._after(wait), self.means.now())
        self._say("notice.lost", begun, told, retry_in=round(wait, 1))
        self._retry(begun, wait)
        return Settled(wait, has_posted=True)

    async def _failed(self, claimed: Claimed, told: Told) -> Settled:
        match told.failure:
            case Failure.LIMITED:
                wait = told.retry_after + self.means.jitter()
            case Failure.UNSENT | Failure.UNKNOWN:
                wait = self._patience(claimed.attempts)
            case Failure.REVOKED:
                self._say_shut(claimed, told)
                await self.put_off(claimed, REVOKED_SECONDS)
                return Settled(REVOKED_SECONDS, is_shut=True)
            case Failure.FAULTY:
                return await self._at_fault(claimed, told)
            case Failure.REFUSED:
                if claimed.ts is None:
                    await self.means.refused(claimed, told.error)
                await self._drop(claimed, told.error)
                self._say("notice.dropped", claimed, told)
                return Settled()
        self._say("notice.put_off", claimed, told, retry_in=round(wait, 1))
        await self.put_off(claimed, wait)
        return Settled(wait)

    async def _broke(self, claimed: Claimed, error: Exception) -> Settled:
        """An exception of ours: the notice's own fault, as far as anybody can tell."""
        logger().error(
            "notice.failed",
            notice=claimed.id,
            kind=str(claimed.kind),
            log=claimed.log,
            error=name_of(error),
            where=where(error),
        )
        return await self._at_fault(claimed, Told(Failure.FAULTY, name_of(error)))

    async def _at_fault(self, claimed: Claimed, told: Told) -> Settled:
        """Tried again a few times, since what is at fault can be mended; then parked."""
        wait = min(_FIRST_FAULT_SECONDS * 4.0**claimed.faults, _LONGEST_FAULT_SECONDS)
        is_parked = await self.means.store.at_fault(
            claimed, self._after(wait), why=told.error, most=MOST_FAULTS
        )
        if is_parked:
            self._say("notice.parked", claimed, told)
        else:
            self._say("notice.faulty", claimed, told, retry_in=wait)
            self._retry(claimed, wait)
        return Settled()

    def _retry(self, claimed: Claimed, seconds: float) -> None:
        self.means.metrics.retried(str(claimed.kind))
        self.soon(seconds)

    def _say(self, event: str, claimed: Claimed, told: Told, **more: object) -> None:
        self.means.metrics.failed(str(claimed.kind), told.failure.value)
        logger().warning(
            event,
            notice=claimed.id,
            kind=str(claimed.kind),
            log=claimed.log,
            attempts=claimed.attempts,
            reason=told.error,
            **more,
        )

    def _say_shut(self, claimed: Claimed, told: Told) -> None:
        """One line for a workspace that lets nothing in, not one for each notice."""
        self.means.metrics.failed(str(claimed.kind), told.failure.value)
        now, workspace = self.means.now().timestamp(), claimed.workspace
        if self._shut.get(workspace, 0.0) <= now:
            logger().error("workspace.parked", workspace=workspace, reason=told.error)
            self._shut[workspace] = now + 6 * REVOKED_SECONDS

    def _patience(self, attempts: int) -> float:
        """3 to 4.5 s after the first failure, then half as long again each time, to 15 minutes."""
        wait = min(FIRST_RETRY_SECONDS * 1.5 ** min(attempts, 20), LONGEST_RETRY_SECONDS)
        return wait * (1 + self.means.jitter() / 2)

    def _after(self, seconds: float) -> dt.datetime:
        return self.means.now() + dt.timedelta(seconds=seconds)


def digest(message: Message) -> str:
    """What a message shows, in short: the same for the same message, and nothing can be read."""
    shown = json.dumps([message.text, list(message.blocks)], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(shown.encode("utf-8", "replace")).hexdigest()


def _content(message: Message) -> Mapping[str, Any]:
    return {"text": message.text, "blocks": list(message.blocks)}
