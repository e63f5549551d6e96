"""The messages of the story that the tests of views are played with, as they are read."""

from __future__ import annotations

from tests.views.scenes import scenes
from tests.views.story import Story
from views.notices import message
from views.parts import Message

SCENES = scenes(Story())
PLAN = "Discovery at 80 % or more on 7 of the next 10 scored calls, by Thu 24 December"


def told(name: str) -> Message:
    """The message of that scene."""
    return message(*SCENES[name])


def lines(name: str) -> list[str]:
    """A message as it is read: each block's words, a line each."""
    found: list[str] = []
    for block in told(name).blocks:
        if block["type"] == "rich_text":
            pieces = [piece for part in block["elements"] for piece in part["elements"]]
            said = "".join(piece.get("text", piece.get("fallback", "")) for piece in pieces)
            found += said.split("\n")
    return found


def after(name: str, heading: str) -> str:
    """The line under a heading."""
    said = lines(name)
    return said[said.index(heading) + 1]
