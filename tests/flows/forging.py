"""Payloads that no screen of ours leads to: by people who may not, with ids that are not theirs."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from coaching.log import Log
from handlers.outcome import meta_for
from playground import User, payloads
from playground.delivery import Answer
from playground.testing.reading import visible_text
from playground.wire import Json
from tests.flows.center import TEAM, Center
from views import ids

NOWHERE = "1700000000.000100"


def decided(decision: str, why: str) -> dict[str, Json]:
    """An outcome that was not reached, with what happens next."""
    return {
        "looked_at": {"value": "10"},
        "reached": {"value": "4"},
        "decision": {"selected_option": {"value": decision}},
        "why": {"value": why},
    }


@dataclass
class Sender:
    """Somebody who sends whatever they like, signed as by Slack.

    `home` is the workspace that they belong to, `trigger` a trigger to use in place of a fresh one,
    `answer_to` the address to which private answers are to be sent.
    """

    center: Center
    user: str
    home: str = TEAM
    trigger: str = ""
    answer_to: str = ""
    _answers: list[Answer] = field(default_factory=list)

    async def types(self, text: str) -> Answer:
        ws, (command,) = self.center.ws, self.center.ws.app.commands
        payload = payloads.slash_command(ws, self._who, ws.direct(self.user), command, text)
        payload["trigger_id"] = self.trigger or payload["trigger_id"]
        answer = await ws.delivery.send(ws.app, "slash_commands", payload, command.url)
        self._answers.append(answer)
        return answer

    async def presses(
        self, action_id: str, value: str = "", *, view: Json | None = None, private: bool = False
    ) -> Answer:
        """Press a button that stands in an old message, or in a view of theirs."""
        ws = self.center.ws
        if view is None:
            channel = ws.direct(self.user).id
            place: Json = {
                "container": {
                    "type": "message",
                    "message_ts": NOWHERE,
                    "channel_id": channel,
                    "is_ephemeral": private,
                },
                "channel": {"id": channel, "name": "directmessage"},
            }
        else:
            place = {"container": {"type": "view", "view_id": view.get("id", "")}, "view": view}
        action = {"type": "button", "action_id": action_id, "block_id": "b", "value": value}
        modal = view["id"] if view is not None and view.get("type") == "modal" else None
        return await self._send(
            payloads.block_actions(ws, self._who, place, action, modal_id=modal, state={})
        )

    async def presses_in(
        self, callback_id: str, meta: Json, action_id: str, value: str = ""
    ) -> Answer:
        """Press a button in a modal that is open before them."""
        body = {
            "type": "modal",
            "callback_id": callback_id,
            "private_metadata": json.dumps(meta),
            "title": {"type": "plain_text", "text": "Open"},
            "blocks": [{"type": "divider"}],
        }
        opened = self.center.ws.views.open(self.center.ws.app, self.user, body)
        return await self.presses(action_id, value, view=opened.as_slack())

    async def submits(self, callback_id: str, meta: Json, *fields: Json, **state: Any) -> Answer:
        """Submit a form; `state` is what stands in its inputs, by block."""
        return await self.submits_view(form(callback_id, meta, *fields, **state))

    async def submits_view(self, view: Json) -> Answer:
        """Submit a form as it stood before somebody, perhaps long ago."""
        payload = {
            **payloads._who_and_where(self.center.ws, self._who, "view_submission"),
            "trigger_id": self.center.ws.triggers.issue(self.user),
            "view": view,
            "response_urls": [],
        }
        return await self._send(payload)

    async def records(self, log: Log, **entered: Json) -> Answer:
        """Save the outcome's form for the log as it is now; `entered` by field."""
        meta = {"log": log.id, "element": "outcome", "version": meta_for(log).version}
        blocks = [{"type": "input", "block_id": f"{name}~0"} for name in entered]
        state = {f"{name}~0": {name: entry} for name, entry in entered.items()}
        return await self.submits(ids.FORM, meta, *blocks, **state)

    async def picks(self, shortcut: str) -> Answer:
        """A global shortcut."""
        return await self._send(payloads.shortcut(self.center.ws, self._who, shortcut))

    async def looks_at_home(self) -> None:
        """Open the app's Home, and wait for it to be published."""
        ws = self.center.ws
        event = {"type": "app_home_opened", "user": self.user, "tab": "home"}
        ws.events.send(ws.app, "app_home_opened", event)
        await ws.settle()

    async def looks_up(self, typed: str) -> Answer:
        """Type into the select of a criterion."""
        view = form("coach.form", {"element": "evidence"})
        place = {"container": {"type": "view", "view_id": "V0"}, "view": view}
        field_ = ("criterion", "coach.criterion")
        return await self._send(
            payloads.block_suggestion(self.center.ws, self._who, place, field_, typed)
        )

    def saw(self) -> str:
        """All that was ever answered or shown to them, in one text."""
        ws = self.center.ws
        shown = [json.dumps(answer.body, ensure_ascii=False) for answer in self._answers]
        for view in ws.views.stack(self.user):
            shown += [view.as_slack()["title"]["text"], *visible_text(view.blocks)]
        home = ws.views.home(self.user)
        shown += visible_text(home.blocks) if home is not None else []
        for message in ws.direct(self.user).seen_by(self.user):
            if message.only_for == self.user:
                shown += visible_text(message.blocks)
        return "\n".join(shown)

    @property
    def failures(self) -> list[str]:
        """How answers failed, from Slack's side."""
        return [answer.error for answer in self._answers if not answer.ok]

    @property
    def _who(self) -> User:
        known = self.center.ws.user(self.user)
        return known or User(id=self.user, name="stranger", real_name="A Stranger")

    async def _send(self, payload: Json) -> Answer:
        ws = self.center.ws
        payload["user"]["team_id"] = self.home
        if self.trigger:
            payload["trigger_id"] = self.trigger
        if self.answer_to:
            payload["response_url"] = self.answer_to
        url = ws.app.interactivity_url
        answer = await ws.delivery.send(ws.app, "interactive", payload, url)
        self._answers.append(answer)
        return answer


def form(callback_id: str, meta: Json, *blocks: Json, **state: Any) -> Json:
    """A modal as Slack hands it back."""
    return {
        "id": "V0FORGED",
        "type": "modal",
        "callback_id": callback_id,
        "private_metadata": json.dumps(meta),
        "hash": "1.forged",
        "blocks": list(blocks),
        "state": {"values": state},
    }
