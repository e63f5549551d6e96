"""One interaction: who asks, from where, and the one way to answer there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from typing import Any

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.errors import SlackApiError
from slack_sdk.webhook.async_client import AsyncWebhookClient

from handlers.deps import Deps
from views import help as help_views
from views.meta import Meta, dump, load
from views.parts import Message, View

_EXPIRED = (
    "expired_trigger_id",
    "trigger_expired",
    "trigger_exchanged",
    "exchanged_trigger_id",
    "invalid_trigger_id",
)
_OVERTAKEN = ("hash_conflict", "not_found", "view_not_found")


@dataclass(slots=True)
class Ask:
    """A command, a shortcut, a press of a button or a submitted form.

    Handlers decide and save first; then they call one of the answering methods, which acknowledge
    to Slack as well. `now` is read once, so that one interaction has one time.
    """

    deps: Deps
    body: Mapping[str, Any]
    ack: AsyncAck
    now: dt.datetime = field(init=False)

    def __post_init__(self) -> None:
        self.now = self.deps.now()

    @property
    def workspace(self) -> str:
        team = self.body.get("team") or {}
        return str(self.body.get("team_id") or team.get("id") or "")

    @property
    def user(self) -> str:
        user = self.body.get("user") or {}
        return str(self.body.get("user_id") or user.get("id") or "")

    @property
    def is_of_workspace(self) -> bool:
        """Whether the person belongs to the workspace; through shared channels others may ask."""
        user = self.body.get("user") or {}
        home = user.get("team_id") if isinstance(user, Mapping) else None
        return home in (None, "", self.workspace)

    @property
    def view(self) -> Mapping[str, Any]:
        return self.body.get("view") or {}

    @property
    def is_command(self) -> bool:
        return "command" in self.body

    @property
    def is_submission(self) -> bool:
        return self.body.get("type") == "view_submission"

    @property
    def in_modal(self) -> bool:
        return self.view.get("type") == "modal"

    @property
    def in_home(self) -> bool:
        return self.view.get("type") == "home"

    @property
    def action(self) -> Mapping[str, Any]:
        actions = self.body.get("actions") or [{}]
        return actions[0] if isinstance(actions[0], Mapping) else {}

    @property
    def value(self) -> str:
        """The value of the pressed button or of the picked option."""
        picked = self.action.get("selected_option") or {}
        return str(self.action.get("value") or picked.get("value") or "")

    @property
    def is_private_message(self) -> bool:
        """Whether the button stands in a message that only this person sees."""
        return bool((self.body.get("container") or {}).get("is_ephemeral"))

    @property
    def meta(self) -> Meta:
        """What the view carries that is open; empty where none is."""
        return load(str(self.view.get("private_metadata") or ""))

    @property
    def origin(self) -> str:
        """From where the modal that is open, or that is opened now, came; see `Meta.origin`."""
        if self.in_home:
            return "home"
        return "private" if self.is_private_message else self.meta.origin

    async def show(self, view: View) -> None:
        """Put a modal where the person looks: a new one, or in place of the one that is open."""
        if origin := self.origin:
            meta = replace(load(str(view.get("private_metadata") or "")), origin=origin)
            view = {**view, "private_metadata": dump(meta)}
        slack = self.deps.slack(self.workspace)
        if self.is_submission:
            await self.ack(response_action="update", view=view)
            return
        try:
            if self.in_modal:
                await slack.views_update(view=view, view_id=self.view["id"], **_hash_of(self.view))
            else:
                await slack.views_open(view=view, trigger_id=str(self.body.get("trigger_id")))
        except SlackApiError as error:
            if _is(error, _OVERTAKEN) and self.in_modal:
                # The person went on before this answer came; what they see now is newer.
                await self.ack()
                return
            if not _is(error, _EXPIRED):
                raise
            await self.tell(help_views.expired(view))
            return
        await self.ack()

    async def tell(self, message: Message, *, replace: bool = False) -> None:
        """Answer in words that only this person sees.

        `replace` puts it in place of the private message whose button was pressed.
        """
        if self.is_command:
            await self.ack(
                response_type="ephemeral", text=message.text, blocks=list(message.blocks)
            )
            return
        if not await self._answered(message, replace=replace and self.is_private_message):
            slack = self.deps.slack(self.workspace)
            await slack.chat_postMessage(
                channel=self.user, text=message.text, blocks=list(message.blocks)
            )
        await self.ack()

    async def tell_either(
        self, message: Message, otherwise: Message, *, replace: bool = False
    ) -> None:
        """As `tell`, with something plainer for where Slack doesn't take the message.

        A command is answered at its address too: what becomes of its direct answer nobody hears.
        """
        if await self._answered(message, replace=replace and self.is_private_message):
            await self.ack()
        else:
            await self.tell(otherwise, replace=replace)

    async def _answered(self, message: Message, *, replace: bool) -> bool:
        """Whether Slack took the answer; its address is good for half an hour and five times."""
        response_url = self.body.get("response_url")
        if not response_url:
            return False
        # Without the SDK's own retry, which posts twice when only the answer was lost.
        webhook = AsyncWebhookClient(
            str(response_url),
            session=self.deps.slack(self.workspace).session,
            retry_handlers=[],
        )
        answer = await webhook.send(
            text=message.text,
            blocks=list(message.blocks),
            response_type="ephemeral",
            replace_original=replace,
        )
        return answer.status_code < HTTPStatus.BAD_REQUEST

    async def refuse(self, errors: Mapping[str, str]) -> None:
        """Leave the form open, with errors on its fields."""
        await self.ack(response_action="errors", errors=dict(errors))

    async def done(self, note: View | None = None) -> None:
        """Nothing more to show: close the form, or leave the message as it is.

        `note` says what was done, where nothing that the person sees would show it.
        """
        if note is not None and self.is_submission and self.origin == "private":
            await self.show(note)
        else:
            await self.ack()


def _hash_of(view: Mapping[str, Any]) -> dict[str, Any]:
    # An empty hash counts as a wrong one, so it is left out.
    return {"hash": view["hash"]} if view.get("hash") else {}


def _is(error: SlackApiError, codes: tuple[str, ...]) -> bool:
    code = str(error.response.get("error", ""))
    messages = " ".join((error.response.get("response_metadata") or {}).get("messages") or ())
    says_trigger = code == "invalid_arguments" and "trigger_id" in messages
    return code in codes or (says_trigger and codes is _EXPIRED)
