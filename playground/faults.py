"""Faults on order: what a test or a person asks the workspace to do wrong next."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

RESPONSE = "response_url"
ANY = "any method"
ON_ORDER = "this fault was ordered"


@dataclass(frozen=True, slots=True)
class Fault:
    """How a call of a method goes wrong.

    `kind` is "drop" (the call takes effect, the connection breaks before the answer), "reset" (the
    connection breaks, without effect), "error" (HTTP 500, without effect), "rate_limit" (HTTP 429
    with Retry-After, without effect) or "blocks" (a response URL that takes none of the blocks,
    without effect).
    """

    kind: str
    retry_after: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Chances:
    """How likely each kind of fault is at each call, from 0 to 1 and together at most 1.

    Every call takes up to `seconds` longer.
    """

    rate_limit: float = 0.0
    error: float = 0.0
    reset: float = 0.0
    drop: float = 0.0
    seconds: float = 0.0
    retry_after: int = 1


class Faults:
    """Orders, per Web API method, used up one call at a time; and, between them, chance.

    Answers at response URLs count as the method `RESPONSE`; `ANY` stands for the next call of the
    Web API, whichever it is. While the bot's token `is_revoked`, every call with it is refused.
    """

    def __init__(self) -> None:
        self.is_revoked = False
        self._waiting: dict[str, list[Fault]] = {}
        self._slow: dict[str, float] = {}
        self._chances = Chances()
        self._dice = Random(0)  # noqa: S311 - faults that come again with their seed

    def drop_answer(self, method: str, times: int = 1) -> None:
        self._order(method, Fault("drop"), times)

    def reset(self, method: str, times: int = 1) -> None:
        self._order(method, Fault("reset"), times)

    def answer_500(self, method: str, times: int = 1) -> None:
        self._order(method, Fault("error"), times)

    def rate_limit(self, method: str, times: int = 1, retry_after: int = 1) -> None:
        self._order(method, Fault("rate_limit", retry_after), times)

    def refuse_blocks(self, times: int = 1) -> None:
        """For blocks that Slack may not take in private answers: its documentation is silent."""
        self._order(RESPONSE, Fault("blocks"), times)

    def slow_down(self, method: str, seconds: float) -> None:
        """Take effect at once, and answer so much later, from now on."""
        self._slow[method] = seconds

    def at_random(self, chances: Chances, *, seed: int) -> None:
        """Let calls of any method go wrong by chance, the same ones with the same seed."""
        self._chances = chances
        self._dice = Random(seed)  # noqa: S311 - as above

    def take(self, method: str) -> Fault | None:
        """What happens to this call."""
        waiting = self._waiting.get(method)
        if not waiting and method != RESPONSE:
            waiting = self._waiting.get(ANY)
        return waiting.pop(0) if waiting else self._by_chance()

    def seconds(self, method: str) -> float:
        """How much longer the answer to this call takes."""
        slow = self._slow.get(method, self._slow.get(ANY, 0.0))
        return slow + self._dice.random() * self._chances.seconds

    def waiting(self) -> list[tuple[str, Fault]]:
        """What is ordered and has not happened yet: the method, and how it will go wrong."""
        return [(method, one) for method, orders in self._waiting.items() for one in orders]

    def slow(self) -> dict[str, float]:
        """By how many seconds which methods are slower."""
        return {method: seconds for method, seconds in self._slow.items() if seconds}

    def forgive(self) -> None:
        """Take back every order; what is left to chance stays."""
        self._waiting.clear()
        self._slow.clear()

    def _by_chance(self) -> Fault | None:
        chances, thrown = self._chances, self._dice.random()
        for kind in ("rate_limit", "error", "reset", "drop"):
            thrown -= getattr(chances, kind)
            if thrown < 0:
                return Fault(kind, chances.retry_after)
        return None

    def _order(self, method: str, fault: Fault, times: int) -> None:
        self._waiting.setdefault(method, []).extend([fault] * times)
