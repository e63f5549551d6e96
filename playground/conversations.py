"""Channels and direct messages with the app, and what was said in them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from playground.clock import Clock
from playground.fields import Fields
from playground.people import Channel
from playground.wire import Json, new_id


@dataclass(slots=True)
class Message:
    """One message; `only_for` is set on one that a single person sees."""

    body: Json
    only_for: str | None = None
    metadata: Json | None = None
    # What each person has put into fields inside the message, before they press something.
    fields: dict[str, Fields] = field(default_factory=dict)
    suggested: dict[tuple[str, str], list[Json]] = field(default_factory=dict)

    @property
    def ts(self) -> str:
        return str(self.body["ts"])

    @property
    def blocks(self) -> list[Json]:
        blocks: list[Json] = self.body.get("blocks", [])
        return blocks

    @property
    def is_reply(self) -> bool:
        return bool(self.body.get("thread_ts", self.ts) != self.ts)

    def as_page(self) -> Json:
        return self.body | ({"ephemeral": True} if self.only_for else {})

    def fields_of(self, user_id: str) -> Fields:
        fields = self.fields.setdefault(user_id, Fields())
        fields.show(self.blocks)
        return fields


@dataclass(slots=True)
class Conversation:
    """A channel, or the direct messages between the app's bot and one person (`im_with`)."""

    channel: Channel
    im_with: str | None = None
    messages: list[Message] = field(default_factory=list)
    _read_up_to: dict[str, float] = field(default_factory=dict)

    @property
    def id(self) -> str:
        return self.channel.id

    def has(self, user_id: str) -> bool:
        return user_id in self.channel.members

    def find(self, ts: object, user_id: str | None = None) -> Message | None:
        """The message with this ts, among those that `user_id` can see (None: that all can)."""
        for message in self.messages:
            if message.ts == ts and message.only_for in (None, user_id):
                return message
        return None

    def replies(self, ts: str) -> list[Message]:
        """What was replied to this message, that all can see, the oldest first."""
        return [
            one
            for one in self.messages
            if one.is_reply and one.body["thread_ts"] == ts and one.only_for is None
        ]

    def seen_by(self, user_id: str) -> list[Message]:
        return [message for message in self.messages if message.only_for in (None, user_id)]

    def mark_read(self, user_id: str) -> None:
        self._read_up_to[user_id] = max(
            (float(message.ts) for message in self.seen_by(user_id)), default=0.0
        )

    def unread(self, user_id: str) -> int:
        read = self._read_up_to.get(user_id, 0.0)
        return sum(
            float(message.ts) > read and message.body.get("user") != user_id
            for message in self.seen_by(user_id)
        )


class Conversations:
    """All conversations of the workspace."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._by_id: dict[str, Conversation] = {}
        self._last_microsecond = 0

    def __iter__(self) -> Iterator[Conversation]:
        return iter(tuple(self._by_id.values()))

    def get(self, channel_id: object) -> Conversation | None:
        return self._by_id.get(channel_id) if isinstance(channel_id, str) else None

    def put(self, channel: Channel) -> None:
        """Add a channel, or change one that is there; what was said in it stays."""
        known = self._by_id.get(channel.id)
        if known is None:
            self._by_id[channel.id] = Conversation(channel)
        else:
            known.channel = channel

    def direct(self, bot_user_id: str, user_id: str) -> Conversation:
        """The direct messages between the bot and a person, begun if need be."""
        for conversation in self._by_id.values():
            if conversation.im_with == user_id:
                return conversation
        channel = Channel(
            id=new_id("D"), name="directmessage", members=(bot_user_id, user_id), is_private=True
        )
        self._by_id[channel.id] = Conversation(channel, im_with=user_id)
        return self._by_id[channel.id]

    def next_ts(self) -> str:
        """A message's time as its id: the clock's microsecond, never the same twice."""
        microsecond = max(int(self._clock.epoch() * 1_000_000), self._last_microsecond + 1)
        self._last_microsecond = microsecond
        return f"{microsecond // 1_000_000}.{microsecond % 1_000_000:06d}"
