"""What was changed between two versions of a log, old and new side by side."""

from __future__ import annotations

from coaching.elements import WALK
from coaching.fields import Content
from coaching.log import Log
from views.passages import Passage, Told, stated
from views.reading import Reading
from views.summary import told_of


def differences(before: Content, after: Content, log: Log, reading: Reading) -> list[Passage]:
    """Each text that was changed, added or taken out, in the order of the forms."""
    old_items = {item.key: item for item in told_of(before, log, WALK, reading)}
    new_items = {item.key: item for item in told_of(after, log, WALK, reading)}
    passages: list[Passage] = []
    for key in {**new_items, **old_items}:
        old, new = old_items.get(key), new_items.get(key)
        if old is not None and new is not None and old.words != new.words:
            passages.append(_named(old, f"{old.heading}, before"))
            passages.append(_named(new, f"{new.heading}, now"))
        elif old is None and new is not None:
            passages.append(_named(new, f"{new.heading}, added"))
        elif old is not None and new is None:
            passages.append(_named(old, f"{old.heading}, taken out"))
    return passages


def _named(item: Told, heading: str) -> Passage:
    return stated(heading, item.words, item.link)
