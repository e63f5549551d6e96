"""Events: what the app subscribed to is told, and told again until it says that it heard.

Retries: docs.slack.dev/apis/events-api.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Literal, TypeAlias

from playground.clock import Clock
from playground.delivery import Delivery, Retry
from playground.installation import InstalledApp
from playground.journal import Journal, delivered
from playground.people import Team
from playground.wire import Json, new_id

RETRY_AFTER_SECONDS = (0.0, 60.0, 300.0)

Subscription: TypeAlias = Literal[
    "app_home_opened",
    "message.channels",
    "message.groups",
    "message.im",
    "tokens_revoked",
    "user_change",
]
"""The events that an app can subscribe to here."""


class Events:
    """Sends events in the background."""

    def __init__(
        self,
        team: Team,
        clock: Clock,
        delivery: Delivery,
        journal: Journal,
        retry_after: Sequence[float] = RETRY_AFTER_SECONDS,
    ) -> None:
        self._team = team
        self._clock = clock
        self._delivery = delivery
        self._journal = journal
        self._retry_after = retry_after
        self._latest: tuple[InstalledApp, str, Json] | None = None
        self._running: set[asyncio.Task[None]] = set()
        self.is_unreached = False
        """Whether nobody was there at the latest delivery."""

    def send(self, app: InstalledApp, subscription: Subscription, event: Json) -> bool:
        """Send an event if the manifest subscribes to it; say whether it does."""
        if subscription not in app.events:
            return False
        body: Json = {
            "token": app.verification_token,
            "team_id": self._team.id,
            "api_app_id": app.id,
            "event": event,
            "type": "event_callback",
            "event_id": new_id("Ev"),
            "event_time": int(self._clock.epoch()),
            "authorizations": [
                {
                    "enterprise_id": None,
                    "team_id": self._team.id,
                    "user_id": app.bot_user_id,
                    "is_bot": True,
                    "is_enterprise_install": False,
                }
            ],
            "is_ext_shared_channel": False,
            "event_context": new_id("4-"),
        }
        self._latest = (app, subscription, body)
        self._start(app, subscription, body, None)
        return True

    async def verify_url(self, app: InstalledApp) -> bool:
        """Ask the app to echo a challenge, as Slack does when its request URL is saved."""
        challenge = new_id("")
        body = {
            "token": app.verification_token,
            "challenge": challenge,
            "type": "url_verification",
        }
        answer = await self._delivery.send(app, "events_api", body, app.events_url)
        return answer.body in (challenge, {"challenge": challenge})

    def repeat_last(self) -> None:
        """Deliver the latest event once more, as Slack does when it missed the answer."""
        if self._latest is None:
            raise LookupError("no event was sent yet")
        self._start(*self._latest, Retry(1, "http_timeout"))

    async def settle(self) -> None:
        """Wait until every event under way was heard or given up."""
        while self._running:
            await asyncio.wait(self._running)

    async def close(self) -> None:
        for task in self._running:
            task.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)

    def _start(self, app: InstalledApp, subscription: str, body: Json, retry: Retry | None) -> None:
        # Until it is known better: an app may publish before it answers.
        self.is_unreached = False
        task = asyncio.get_running_loop().create_task(self._deliver(app, subscription, body, retry))
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def _deliver(
        self, app: InstalledApp, subscription: str, body: Json, retry: Retry | None
    ) -> None:
        for number, wait in enumerate((*self._retry_after, None), start=1):
            answer = await self._delivery.send(app, "events_api", body, app.events_url, retry)
            self.is_unreached = answer.is_unreached
            self._journal.add(delivered("event", subscription, body, answer))
            if answer.ok or wait is None or not answer.may_retry:
                return
            await asyncio.sleep(wait)
            retry = Retry(number, answer.reason)
