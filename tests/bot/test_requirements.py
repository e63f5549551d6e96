"""The lock file installs on the pip that comes with Python 3.11, whatever is released later."""

from __future__ import annotations

import re
from importlib.metadata import distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

LOCK = Path(__file__).parents[2] / "requirements.lock"
PINNED = re.compile(r"^([A-Za-z0-9._-]+)(?:\[([a-z0-9,_-]+)\])?==", re.MULTILINE)


def test_every_extra_that_is_asked_for_is_pinned_with_it() -> None:
    """A pin without its extra is passed over by older pips as soon as a newer version is out."""
    pinned = {
        canonicalize_name(name): {extra for extra in extras.split(",") if extra}
        for name, extras in PINNED.findall(LOCK.read_text(encoding="utf-8"))
    }
    missing = [
        f"{name} asks for {wanted}"
        for name in ("coachlog", *pinned)
        for wanted in _asked_for(name, pinned.get(canonicalize_name(name), set()))
        if not wanted.extras <= pinned.get(canonicalize_name(wanted.name), set())
    ]
    assert not missing


def _asked_for(name: str, extras: set[str]) -> list[Requirement]:
    try:
        asked = distribution(name).requires or []
    except ModuleNotFoundError:  # pinned for another platform
        return []
    requirements = [Requirement(text) for text in asked]
    return [
        item
        for item in requirements
        if item.marker is None
        or any(item.marker.evaluate({"extra": extra}) for extra in extras or {""})
    ]
