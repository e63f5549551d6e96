"""The Bolt app: our listeners, our one way to meet errors, and nothing read from the environment.

Why `process_before_response`: docs/adr/0006-answer-after-saving.md.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

import aiohttp
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.async_authorize import AsyncAuthorize
from slack_bolt.context.async_context import AsyncBoltContext
from slack_bolt.logger.messages import warning_client_prioritized_and_token_skipped
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse

from bot.incidents import met_with, name_in
from bot.slack import Identity, client
from handlers.deps import Deps
from handlers.listeners import register
from views.ids import plain

NOT_OURS = "CoachLog is not set up for this workspace."
# Socket Mode needs none, and an empty one would be an open door over HTTP.
_NO_SECRET = "no request is signed with this"  # noqa: S105 - says that there is none


def build(
    deps: Deps,
    *,
    identity: Identity,
    token: str,
    api_url: str,
    session: aiohttp.ClientSession,
    signing_secret: str | None,
    new_incident: Callable[[], str],
    answered: Callable[[str, float], None],
) -> AsyncApp:
    """The app of one workspace, whose token is known to be good.

    `answered` is told our name for what came and the seconds until it was answered.
    """
    app = _Timed(
        name="slack_bolt.app",
        logger=_quiet(),
        # Without a token: with one Bolt would ask Slack whose it is, instead of our `authorize`.
        client=client(session, token=None, api_url=api_url, patience=1),
        # Bolt takes its own class here, whatever its annotation says.
        authorize=_Authorize(identity, token),  # type: ignore[arg-type]  # see above
        signing_secret=signing_secret or _NO_SECRET,
        request_verification_enabled=True,
        process_before_response=True,
        user_facing_authorize_error_message=NOT_OURS,
    )
    app.answered = answered
    app.error(met_with(new_incident, session))
    register(app, deps)
    return app


class _Timed(AsyncApp):
    """Tells how long each answer took, over HTTP and in Socket Mode alike."""

    answered: Callable[[str, float], None]

    async def async_dispatch(self, req: AsyncBoltRequest) -> BoltResponse:
        began = time.perf_counter()
        try:
            return await super().async_dispatch(req)
        finally:
            self.answered(plain(name_in(req.body)), time.perf_counter() - began)


class _Authorize(AsyncAuthorize):
    """Knows whose request it is without asking Slack each time; other workspaces get nothing."""

    def __init__(self, identity: Identity, token: str) -> None:
        self._identity = identity
        self._token = token

    async def __call__(
        self,
        *,
        context: AsyncBoltContext,
        enterprise_id: str | None,
        team_id: str | None,
        user_id: str | None,
        actor_enterprise_id: str | None = None,
        actor_team_id: str | None = None,
        actor_user_id: str | None = None,
    ) -> AuthorizeResult | None:
        del context, actor_enterprise_id, actor_team_id, actor_user_id
        if team_id != self._identity.workspace:
            return None
        return AuthorizeResult(
            enterprise_id=enterprise_id,
            team_id=team_id,
            user_id=user_id,
            bot_token=self._token,
            bot_id=self._identity.bot_id,
            bot_user_id=self._identity.bot_user,
        )


class _Expected(logging.Filter):
    """Bolt warns of SLACK_BOT_TOKEN in the environment, which it does not use and which is ours."""

    def filter(self, record: logging.LogRecord) -> bool:
        return record.msg != warning_client_prioritized_and_token_skipped()


_EXPECTED = _Expected()


def _quiet() -> logging.Logger:
    """Bolt's logger: below warnings it prints whole requests."""
    quiet = logging.getLogger("slack_bolt")
    quiet.setLevel(logging.WARNING)
    quiet.addFilter(_EXPECTED)
    return quiet
