"""The moment that a log is about: a time into a call, a message of a chat, or a clock time."""

from __future__ import annotations

import re

_LONGEST = 24 * 3600
_TIME = re.compile(r"(?:(\d{1,2}):)?(\d{1,3}):(\d{2})")
_CLOCK = re.compile(r"(\d{1,2})[:.](\d{2})\s*([ap])\.?m\.?", re.IGNORECASE)
_MESSAGE = re.compile(r"(?:message|msg|nr\.?|no\.?|#)\s*#?(\d{1,6})", re.IGNORECASE)


class NotAMoment(ValueError):  # noqa: N818  reads as the sentence it is
    """The text names no moment; the message says how one is written."""


def parse_moment(text: str) -> str:
    """A moment in its one written form: ``03:12``, ``1:02:03``, ``message 12`` or ``14:05``.

    Raises NotAMoment with words for the person. Times go up to 24 hours; ``75:10`` is 1:15:10.
    """
    text = text.strip()
    if found := _MESSAGE.fullmatch(text):
        return f"message {int(found[1])}"
    if found := _CLOCK.fullmatch(text):
        return _clock(int(found[1]), int(found[2]), found[3].lower())
    found = _TIME.fullmatch(text)
    if found is None:
        raise NotAMoment(
            "The moment is written mm:ss, for example 03:12; in a chat, message 12 or 14:05."
        )
    hours, minutes, seconds = int(found[1] or 0), int(found[2]), int(found[3])
    if seconds > 59 or (found[1] and minutes > 59):
        raise NotAMoment("Minutes and seconds go up to 59. Write mm:ss, for example 03:12.")
    total = hours * 3600 + minutes * 60 + seconds
    if total > _LONGEST:
        raise NotAMoment("No call is longer than 24 hours. Write mm:ss or h:mm:ss.")
    hours, rest = divmod(total, 3600)
    minutes, seconds = divmod(rest, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes:02}:{seconds:02}"


def _clock(hour: int, minute: int, half: str) -> str:
    if not 1 <= hour <= 12 or minute > 59:
        raise NotAMoment("That is no time of day. Write it like 14:05 or 2:05 pm.")
    hour = hour % 12 + (12 if half == "p" else 0)
    return f"{hour:02}:{minute:02}"
