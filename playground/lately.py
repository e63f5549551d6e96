"""What the app told people since the clock was last moved."""

from __future__ import annotations

from playground.clock import Clock
from playground.conversations import Conversation, Message
from playground.wire import Json

_MOST_KEPT = 200


class Lately:
    """Messages of the app to anybody, each as it last was."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.begin()

    def begin(self) -> None:
        """Forget what was: the clock is about to be moved."""
        self._since = self._clock.epoch()
        self._told: dict[tuple[str, str], Json] = {}

    def note(self, conversation: Conversation, message: Message, kind: str) -> None:
        """Keep that the app posted, changed or deleted this message."""
        key = (conversation.id, message.ts)
        before = self._told.pop(key, None)
        if kind == "message_deleted":
            return
        if len(self._told) == _MOST_KEPT:
            del self._told[next(iter(self._told))]
        self._told[key] = {
            "at": self._clock.epoch(),
            "ts": message.ts,
            "channel": conversation.id,
            "name": conversation.channel.name,
            "user": message.only_for or conversation.im_with,
            "text": message.body.get("text", ""),
            # One that is posted and then drawn anew is new to whoever looks at the whole move.
            "changed": kind == "message_changed" and (before is None or before["changed"]),
        }

    def told(self) -> Json:
        """Since when (epoch seconds), and what was told to whom; the latest last."""
        return {"since": self._since, "happened": list(self._told.values())}
