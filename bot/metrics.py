"""Figures for Prometheus: our own names and Slack's, never what people wrote or who they are."""

from __future__ import annotations

import datetime as dt
import re

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from storage.outlook import Outlook

_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 1.0, 2.0, 3.0)
_OURS = re.compile(r"/?[a-z][a-zA-Z0-9_.-]{0,60}")


class Metrics:
    """The program's figures, in a registry that is handed in; docs/operations.md lists them."""

    def __init__(self, registry: CollectorRegistry | None = None) -> None:
        self.registry = registry or CollectorRegistry()
        self._sent = self._counter("notices_sent", "Messages posted, and updated.", "kind", "how")
        self._failed = self._counter(
            "notices_failed", "Tries that posted or updated nothing.", "kind", "failure"
        )
        self._retries = self._counter("notices_retries", "Tries put off to a later time.", "kind")
        self._unreadable = self._counter(
            "logs_unreadable", "Times that a log was left out, since it can't be shown."
        )
        self._calls = self._counter("slack_calls", "Calls to the Web API.", "method", "result")
        self._ticks = self._histogram("tick_seconds", "One look for what is due.")
        self._acks = self._histogram("ack_seconds", "From request to answer.", "action")
        self._due = self._gauge("notices_due", "Due and not sent yet; 10000 is that or more.")
        self._pending = self._gauge(
            "notices_pending", "To be looked at some time; 10000 is that or more."
        )
        self._oldest = self._gauge("notices_oldest_due_seconds", "Age of the oldest that is due.")
        self._sending = self._gauge("notices_sending", "Being posted now.")
        self._unknown = self._gauge("notices_unknown", "Perhaps posted; the answer was lost.")
        self._unreached = self._gauge("unreached", "People and channels no message reaches.")
        self._parked = self._gauge("notices_parked", "Failed by their own fault, given up for now.")

    def sent(self, kind: str, how: str) -> None:
        """`how` is "posted", "updated" or "found" (after a lost answer)."""
        self._sent.labels(kind, how).inc()

    def failed(self, kind: str, failure: str) -> None:
        """`failure` is a name of bot.slack.Failure, or "error" for an exception of ours."""
        self._failed.labels(kind, failure).inc()

    def retried(self, kind: str) -> None:
        self._retries.labels(kind).inc()

    def unreadable(self) -> None:
        self._unreadable.inc()

    def called(self, method: str, result: str) -> None:
        self._calls.labels(method, _own(result)).inc()

    def answered(self, action: str, seconds: float) -> None:
        """`action` is a name of ours; anything else is counted as "other"."""
        self._acks.labels(_own(action)).observe(seconds)

    def ticked(self, seconds: float) -> None:
        self._ticks.observe(seconds)

    def text(self, outlook: Outlook, now: dt.datetime) -> bytes:
        """Everything in Prometheus's text format."""
        age = 0.0 if outlook.oldest_due is None else (now - outlook.oldest_due).total_seconds()
        self._due.set(outlook.due)
        self._pending.set(outlook.pending)
        self._oldest.set(max(age, 0.0))
        self._sending.set(outlook.sending)
        self._unknown.set(outlook.unknown)
        self._parked.set(outlook.parked)
        self._unreached.set(outlook.unreached)
        return generate_latest(self.registry)

    def _counter(self, name: str, words: str, *labels: str) -> Counter:
        return Counter(f"coachlog_{name}", words, labels, registry=self.registry)

    def _gauge(self, name: str, words: str) -> Gauge:
        return Gauge(f"coachlog_{name}", words, registry=self.registry)

    def _histogram(self, name: str, words: str, *labels: str) -> Histogram:
        return Histogram(
            f"coachlog_{name}", words, labels, registry=self.registry, buckets=_SECONDS
        )


def _own(name: str) -> str:
    return name if _OURS.fullmatch(name) else "other"
