"""Faults on order: what a test or a person asks the workspace to do wrong next."""

from __future__ import annotations

from dataclasses import dataclass

RESPONSE = "response_url"


@dataclass(frozen=True, slots=True)
class Fault:
    """How the next call of a method goes wrong.

    `kind` is "drop" (the call takes effect, the connection breaks before the answer), "error"
    (HTTP 500, without effect), "rate_limit" (HTTP 429 with Retry-After, without effect) or "blocks"
    (a response URL that takes none of the blocks, without effect).
    """

    kind: str
    retry_after: int = 1


class Faults:
    """Orders, per Web API method, used up one call at a time.

    Answers at response URLs count as the method `RESPONSE`.
    """

    def __init__(self) -> None:
        self._waiting: dict[str, list[Fault]] = {}

    def drop_answer(self, method: str, times: int = 1) -> None:
        self._order(method, Fault("drop"), times)

    def answer_500(self, method: str, times: int = 1) -> None:
        self._order(method, Fault("error"), times)

    def rate_limit(self, method: str, times: int = 1, retry_after: int = 1) -> None:
        self._order(method, Fault("rate_limit", retry_after), times)

    def refuse_blocks(self, times: int = 1) -> None:
        """For blocks that Slack may not take in private answers: its documentation is silent."""
        self._order(RESPONSE, Fault("blocks"), times)

    def take(self, method: str) -> Fault | None:
        waiting = self._waiting.get(method)
        return waiting.pop(0) if waiting else None

    def _order(self, method: str, fault: Fault, times: int) -> None:
        self._waiting.setdefault(method, []).extend([fault] * times)
