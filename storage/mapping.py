"""Rows to the frozen values of `coaching/` and back, exactly."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass
from typing import Any

from sqlalchemy import Row

from coaching.criteria import Criterion, Scale, ScaleKind
from coaching.fields import Content
from coaching.log import Log, State
from coaching.said import (
    Acknowledgement,
    AgentView,
    Agrees,
    Answer,
    CheckIn,
    Decided,
    Reopened,
    Voided,
)

Document = Mapping[str, Any]

_COLUMNS = (
    "number",
    "supervisor",
    "agent",
    "saved",
    "revision",
    "created_at",
    "shared_at",
    "due_at",
    "extensions",
    "continues",
    "continued_by",
    "step_done",
    "step_later",
)
_SAID = (
    "second_reason",
    "told_at",
    "told_revision",
    "revised_at",
    "acknowledgement",
    "views",
    "disagreement_answer",
    "earlier_answers",
    "check_ins",
    "decided",
    "escalation_answer",
    "reopened",
    "voided",
)
_UNSAID = {item.name: item.default for item in fields(Log) if item.name in _SAID}


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A log that can't be made of its row, which was damaged or is of a later version."""

    workspace: str
    id: str
    error: Exception


def row_of_log(log: Log) -> dict[str, Any]:
    """A log as a row of `logs`, without its salt."""
    decided, acknowledged = log.decided, log.acknowledgement
    is_unread = _counts(log) and not log.is_acknowledged
    return {
        **{column: getattr(log, column) for column in _COLUMNS},
        "workspace": log.workspace,
        "id": log.id,
        "state": log.state.value,
        "content": document(log.content),
        "versions": dict(log.versions),
        "said": {
            name: document(said) for name in _SAID if (said := getattr(log, name)) != _UNSAID[name]
        },
        "criterion": _text(log.content, "follow_up_criterion") or _text(log.content, "criterion"),
        "held_at": _held_at(log),
        "session_at": _session_at(log),
        "decided_at": decided.at if decided else None,
        "decision": decided.decision if decided else None,
        "verdict": str(decided.verdict) if decided else None,
        "acknowledged_revision": acknowledged.revision if acknowledged else None,
        "draft_of": log.supervisor if log.state is State.DRAFT else None,
        "open_of": log.agent if log.state is State.OPEN else None,
        "unread_by": log.agent if is_unread else None,
        "unread_of": log.supervisor if is_unread else None,
        "unanswered_of": log.agent if log.awaits_answer or log.awaits_response else None,
    }


def promises_of_log(log: Log) -> list[dict[str, Any]]:
    """The next steps of a log as rows of `promises`."""
    return [
        {
            "workspace": log.workspace,
            "log": log.id,
            "number": step.number,
            "who": step.who,
            "agent": log.agent,
            "is_open": step.done is None,
        }
        for step in log.steps
    ]


def log_of_row(row: Row[Any]) -> Log:
    """The log of a row of `logs`."""
    said: Document = row.said
    return Log(
        **{column: getattr(row, column) for column in _COLUMNS},
        workspace=row.workspace,
        id=row.id,
        state=State(row.state),
        content=content_of(row.content),
        versions=row.versions,
        second_reason=said.get("second_reason", ""),
        told_at=_time_or_none(said.get("told_at")),
        told_revision=said.get("told_revision", 1),
        revised_at=_time_or_none(said.get("revised_at")),
        acknowledgement=_acknowledgement(said.get("acknowledgement")),
        views=tuple(_view(view) for view in said.get("views", ())),
        disagreement_answer=_answer(said.get("disagreement_answer")),
        earlier_answers=tuple(map(_answered, said.get("earlier_answers", ()))),
        check_ins=tuple(
            CheckIn(
                _time(item["at"]),
                item["by"],
                content_of(item["content"]),
                _time_or_none(item.get("step_done")),
                _time_or_none(item.get("step_later")),
            )
            for item in said.get("check_ins", ())
        ),
        decided=_decided(said.get("decided")),
        escalation_answer=_answer(said.get("escalation_answer")),
        reopened=tuple(
            Reopened(
                _time(item["at"]),
                item["by"],
                item["decision"],
                item["why"],
                _answer(item.get("response")),
                _view(item["view"]) if item.get("view") else None,
                item.get("figures", 0),
            )
            for item in said.get("reopened", ())
        ),
        voided=_voided(said.get("voided")),
    )


def log_if_readable(row: Row[Any]) -> Log | Unreadable:
    """The log of a row, for who reads many: one that can't be read must not cost the others."""
    try:
        return log_of_row(row)
    except Exception as error:  # noqa: BLE001 - what is damaged fails in any way
        return Unreadable(row.workspace, row.id, error)


def content_of(stored: Document) -> Content:
    """A log's content from its JSON, where the only lists are tuples of text."""
    return {
        key: tuple(value) if isinstance(value, list) else value for key, value in stored.items()
    }


def criterion_of_row(row: Row[Any]) -> Criterion:
    """The criterion of a row of `criteria`."""
    return Criterion(row.id, row.name, Scale(ScaleKind(row.kind), row.best))


def document(value: object) -> Any:
    """A value of the domain as what JSON can hold; times as ISO text in UTC."""
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat()
    if isinstance(value, Mapping):
        return {str(key): document(item) for key, item in value.items()}
    if isinstance(value, tuple):
        return [document(item) for item in value]
    if is_dataclass(value):
        return {item.name: document(getattr(value, item.name)) for item in fields(value)}
    return value


def canonical(log: Log) -> bytes:
    """The one written form of a log that its hash is taken of.

    What has its default is left out, so that a field which is added later changes no old hash.
    """
    return json.dumps(_stated(log), sort_keys=True, separators=(",", ":")).encode()


def _stated(value: object) -> Any:
    if isinstance(value, tuple):
        return [_stated(item) for item in value]
    if not is_dataclass(value):
        return document(value)
    stated = {}
    for item in fields(value):
        default = item.default_factory() if item.default_factory is not MISSING else item.default
        held = getattr(value, item.name)
        if held != default:
            stated[item.name] = _stated(held)
    return stated


def _counts(log: Log) -> bool:
    """Whether it counts as a session that was held: shared and not taken back."""
    return log.is_shared and log.state is not State.VOIDED


def _held_at(log: Log) -> dt.datetime | None:
    if not _counts(log):
        return None
    return max([_held_first(log), *(item.at for item in log.check_ins)])


def _session_at(log: Log) -> dt.datetime | None:
    if log.state is State.DRAFT:
        return log.session_at
    return _held_first(log) if _counts(log) else None


def _held_first(log: Log) -> dt.datetime:
    return log.session_at or log.shared_at or log.created_at


def _text(content: Content, key: str) -> str | None:
    value = content.get(key)
    return value if isinstance(value, str) else None


def _time(stored: str) -> dt.datetime:
    return dt.datetime.fromisoformat(stored)


def _time_or_none(stored: str | None) -> dt.datetime | None:
    return None if stored is None else _time(stored)


def _acknowledgement(stored: Document | None) -> Acknowledgement | None:
    if stored is None:
        return None
    return Acknowledgement(
        _time(stored["at"]), stored["revision"], stored["own_words"], stored.get("before", 0)
    )


def _view(stored: Document) -> AgentView:
    return AgentView(
        _time(stored["at"]), Agrees(stored["agrees"]), stored["words"], stored["about"]
    )


def _answer(stored: Document | None) -> Answer | None:
    return None if stored is None else _answered(stored)


def _answered(stored: Document) -> Answer:
    return Answer(
        _time(stored["at"]),
        stored["by"],
        stored["answer"],
        stored["words"],
        stored.get("about", "summary"),
        _time_or_none(stored.get("done")),
    )


def _decided(stored: Document | None) -> Decided | None:
    if stored is None:
        return None
    return Decided(_time(stored["at"]), stored["by"], stored["decision"], stored["verdict"])


def _voided(stored: Document | None) -> Voided | None:
    if stored is None:
        return None
    return Voided(_time(stored["at"]), stored["by"], stored["reason"])
