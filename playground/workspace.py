"""The workspace: one team, its people and channels, one installed app, and all that is going on."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import datetime

from playground.clock import Clock
from playground.conversations import Conversation, Conversations, Message
from playground.delivery import Delivery
from playground.events import RETRY_AFTER_SECONDS, Events
from playground.faults import Faults
from playground.installation import InstalledApp
from playground.journal import Journal
from playground.lately import Lately
from playground.people import Channel, Team, User, user_object
from playground.response_urls import ResponseUrls
from playground.socket_mode import Sockets
from playground.stream import EVERYBODY, Stream
from playground.triggers import Triggers
from playground.views import Views
from playground.wire import Json, PageError

ACK_SECONDS = 3.0


class Workspace:
    """Everything in memory, nothing kept.

    `next_due` is handed in by whoever hosts the app: when the app next has something to do (aware
    UTC), so that a person can move the clock there; `catch_up` has it done all that is due now
    when it returns. `url` is where the workspace itself is served, `is_local` whether that is for
    this machine alone.
    """

    def __init__(
        self,
        *,
        team: Team,
        clock: Clock,
        ack_seconds: float = ACK_SECONDS,
        retry_after: Sequence[float] = RETRY_AFTER_SECONDS,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self.team = team
        self.clock = clock
        self.url = "http://localhost"
        self.is_local = True
        self.next_due: Callable[[], Awaitable[datetime | None]] | None = None
        self.catch_up: Callable[[], Awaitable[object]] | None = None
        self.journal = Journal(clock.epoch)
        self.moving = asyncio.Lock()
        self.faults = Faults()
        self.stream = Stream()
        self.sockets = Sockets()
        self.delivery = Delivery(self.sockets, ack_seconds)
        self.events = Events(team, clock, self.delivery, self.journal, retry_after)
        self.triggers = Triggers(team.id, monotonic)
        self.response_urls = ResponseUrls(clock)
        self.conversations = Conversations(clock)
        self.views = Views(team.id, clock)
        self.lately = Lately(clock)
        self._users: dict[str, User] = {}
        self._app: InstalledApp | None = None
        clock.watch(lambda now: self.stream.tell_all({"type": "clock", "now": now.timestamp()}))

    @property
    def app(self) -> InstalledApp:
        """The installed app; LookupError before there is one."""
        if self._app is None:
            raise LookupError("no app is installed in this workspace")
        return self._app

    @property
    def users(self) -> list[User]:
        return list(self._users.values())

    def user(self, user_id: object) -> User | None:
        return self._users.get(user_id) if isinstance(user_id, str) else None

    def acting(self, user_id: object) -> User:
        """The person who does something on the page.

        Raises:
            PageError: no such person, or one who can no longer log in.
        """
        user = self.user(user_id)
        if user is None or user.is_bot:
            raise PageError("user_not_found", 404)
        if user.deleted:
            raise PageError("account_inactive", 403)
        return user

    def add_user(self, user: User) -> None:
        self._users[user.id] = user

    def add_channel(self, channel: Channel) -> None:
        self.conversations.put(channel)

    def install(self, app: InstalledApp) -> None:
        """Install the app, or install it again with another manifest or address."""
        self._app = app
        self.add_user(app.bot())

    def update_user(self, user_id: str, **changes: object) -> User:
        """Change a person's record; the app hears of it by `user_change` if it asked to."""
        user = replace(self._users[user_id], **changes)  # type: ignore[arg-type] # the caller names the fields
        self._users[user_id] = user
        shown = user_object(
            user,
            self.team,
            self.clock.now(),
            with_email="users:read.email" in self.app.scopes,
        )
        event: Json = {
            "type": "user_change",
            "user": shown,
            "cache_ts": int(self.clock.epoch()),
            "event_ts": self.conversations.next_ts(),
        }
        self.events.send(self.app, "user_change", event)
        self.stream.tell_all({"type": "people"})
        return user

    def direct(self, user_id: str) -> Conversation:
        """The person's direct messages with the app."""
        return self.conversations.direct(self.app.bot_user_id, user_id)

    def tell_views(self, user_id: str) -> None:
        """Show the person's pages the modals as they are now."""
        views = [view.as_page() for view in self.views.stack(user_id)]
        self.stream.tell(user_id, {"type": "views", "views": views})

    def revoke_token(self) -> None:
        """Refuse the bot's token from now on; the app hears of it if it asked to."""
        self.faults.is_revoked = True
        tokens: Json = {"oauth": [], "bot": [self.app.bot_user_id]}
        event: Json = {"type": "tokens_revoked", "tokens": tokens}
        self.events.send(self.app, "tokens_revoked", event)

    def tell_message(self, conversation: Conversation, message: Message, kind: str) -> None:
        """Show a message, a change to it or its end to the pages of all who see it."""
        told = {"type": kind, "channel": conversation.id, "message": message.as_page()}
        viewers = conversation.channel.members if message.only_for is None else (message.only_for,)
        for user_id in viewers:
            self.stream.tell(user_id, told)
        if message.body.get("bot_id"):
            self.lately.note(conversation, message, kind)
        self.stream.tell(EVERYBODY, {"type": "lately"})

    async def settle(self) -> None:
        """Wait until every event under way was heard or given up."""
        await self.events.settle()

    async def close(self) -> None:
        self.stream.close()
        await self.events.close()
        await self.delivery.close()
