"""Doing it again where somebody else saved at the same time."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TypeVar

from storage.store import Stale

_T = TypeVar("_T")
_TRIES = 3


async def until_stored(work: Callable[[], Awaitable[_T]]) -> _T:
    """Run `work`, and again where somebody else saved between its reading and its writing.

    Raises Stale, with nothing stored, where that happened each time.
    """
    for _ in range(_TRIES - 1):
        try:
            return await work()
        except Stale:
            continue
    return await work()
