"""That Slack hands somebody, or a channel, no messages, and what one can do about it."""

from __future__ import annotations

from views.parts import markup
from views.passages import Passage, line
from views.reading import Reading

_GONE = frozenset({"is_archived", "channel_not_found"})


def unreached_title(receiver: str, reading: Reading) -> str:
    """In one sentence that may stand on a lock screen."""
    if receiver in reading.people:
        return f"My messages don't reach {reading.first(receiver)}"
    return "I couldn't post the week's totals"


def unreached_item(receiver: str, why: str, reading: Reading) -> Passage:
    """The same with the way to mend it; `why` is Slack's word for it."""
    if receiver in reading.people:
        first = reading.first(receiver)
        return line(
            f"Slack doesn't let me write to {reading.name(receiver)}. If {first} has left, have an "
            "admin take them out of the team, so that others see to what is theirs. If not, ask "
            "whoever looks after your Slack."
        )
    way = "choose another channel"
    if why not in _GONE:
        way = f"invite me there with `/invite @CoachLog`, or {way}"
    elif why == "is_archived":
        way = f"it is archived. Bring it back, or {way}"
    else:
        way = f"it is gone or private. Invite me there with `/invite @CoachLog`, or {way}"
    words = f"I couldn't post the week's totals in <#{receiver}>: {way}."
    return ({"type": "section", "text": markup(words)},)
