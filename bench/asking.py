"""What Slack sends: a command that opens a form, and the form as it is handed back filled in."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from bench.apps import SECRET
from bench.measuring import NotMeasured
from bench.wire import TEAM, Answer, Counterpart, Json, signed

OPENING, SAVING = "opening", "saving"
KINDS = (OPENING, SAVING)
OPENER, OPENED = "USAM", "UDANA"
"""Who opens forms for whom, of which none is ever saved."""
SAVER, SAVED = "UPRIYA", "UTOM"
"""Who saves logs of whom; they become many, so nothing of theirs is looked through."""

_WRITTEN = {
    "call": "8841",
    "moment": "03:12",
    "score": "55",
    "quote": "“I want to cancel.” “Okay, the fee is 40 pounds.”",
}
CRITERION = "c1"


@dataclass(frozen=True, slots=True)
class Asking:
    """One request, and how its answer is to be known; `mark` is what tells it from all others."""

    kind: str
    mark: str
    request: bytes


def opening(opener: str = OPENER, agent: str = OPENED) -> Asking:
    """`/coach @agent`."""
    mark = uuid4().hex
    fields = {
        "token": "t",
        "team_id": TEAM,
        "team_domain": "bench",
        "channel_id": "D1",
        "channel_name": "directmessage",
        "user_id": opener,
        "user_name": opener.lower(),
        "command": "/coach",
        "text": f"<@{agent}|{agent.lower()}>",
        "api_app_id": "A0BENCH",
        "is_enterprise_install": "false",
        "response_url": "http://127.0.0.1:9/response",
        "trigger_id": mark,
    }
    return Asking(OPENING, mark, signed(fields, secret=SECRET))


def saving(form: Json) -> Asking:
    """That form, filled in, of a log that nobody has saved before."""
    mark = uuid4().hex
    meta = {**json.loads(form["private_metadata"]), "new_id": mark}
    view = {
        **form,
        "id": "V1",
        "hash": "1.a",
        "team_id": TEAM,
        "private_metadata": json.dumps(meta),
        "state": {"values": _filled(form)},
    }
    payload: Json = {
        "type": "view_submission",
        "team": {"id": TEAM, "domain": "bench"},
        "user": {"id": SAVER, "username": SAVER.lower(), "team_id": TEAM},
        "api_app_id": "A0BENCH",
        "token": "t",
        "enterprise": None,
        "is_enterprise_install": False,
        "trigger_id": mark,
        "view": view,
        "response_urls": [],
    }
    return Asking(SAVING, mark, signed({"payload": json.dumps(payload)}, secret=SECRET))


def _filled(form: Json) -> Json:
    """The state of each input, by block and action."""
    values: Json = {}
    for block in form["blocks"]:
        if block["type"] == "input":
            element = block["element"]
            entry = _entry(element, block["block_id"].partition("~")[0])
            values[block["block_id"]] = {element["action_id"]: entry}
    return values


def _entry(element: Json, field: str) -> Json:
    kind = element["type"]
    if kind.endswith("_select"):
        option = {"text": {"type": "plain_text", "text": "Discovery"}, "value": CRITERION}
        return {"type": kind, "selected_option": option if field == "criterion" else None}
    if kind == "datetimepicker":
        return {"type": kind, "selected_date_time": element["initial_date_time"]}
    return {"type": kind, "value": _WRITTEN.get(field)}


Shape = tuple[str, str, tuple[str, ...]]
"""What a view is known by: callback ID, title and blocks."""


def shape_of(view: Json) -> Shape:
    blocks = tuple(str(block.get("block_id") or block["type"]) for block in view["blocks"])
    return view["callback_id"], view["title"]["text"], blocks


@dataclass(frozen=True, slots=True)
class Right:
    """The views that the right answers show, of both apps alike."""

    form: Shape
    after: Shape

    def check(
        self, app: str, asked: Iterable[Asking], answers: Sequence[Answer], slack: Counterpart
    ) -> list[float]:
        """Of each right answer the seconds: to the form's opening, or to the answer.

        Raises NotMeasured where one answer is not what it should be.
        """
        return [
            self._checked(app, asking, answer, slack)
            for asking, answer in zip(asked, answers, strict=True)
        ]

    def _checked(self, app: str, asking: Asking, answer: Answer, slack: Counterpart) -> float:
        if answer.status != 200:
            raise NotMeasured(f"{app} answered {asking.kind} with {answer.status}.")
        if asking.kind == SAVING:
            told = _json(answer.body)
            is_right = (
                told.get("response_action") == "update" and shape_of(told["view"]) == self.after
            )
            if not is_right:
                raise NotMeasured(f"{app} answered a form with {answer.body[:300]!r}.")
            return answer.took
        calls = slack.calls.pop(asking.mark, [])
        if answer.body or [call.method for call in calls] != ["views.open"]:
            raise NotMeasured(f"{app} opened no form, and said {answer.body[:300]!r}.")
        (call,) = calls
        if shape_of(call.view) != self.form:
            raise NotMeasured(f"{app} opened another form: {shape_of(call.view)}.")
        return call.at - answer.sent


def _json(body: bytes) -> dict[str, Any]:
    try:
        told = json.loads(body)
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}
