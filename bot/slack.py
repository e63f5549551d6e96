"""Talking to Slack: one HTTP session for the whole program, and what a failed call means."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from enum import Enum
from urllib.parse import urlsplit

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.http_retry.request import HttpRequest
from slack_sdk.http_retry.response import HttpResponse
from slack_sdk.http_retry.state import RetryState
from slack_sdk.web.async_client import AsyncWebClient

from bot.calls import UNSENT, Calls
from bot.limits import Busy, retry_after
from bot.logs import logger

CALL_SECONDS = 10
"""How long one call may take: longer than Slack ever answers, shorter than a delivery's lease."""

CONNECT_SECONDS = 5

WORLD = (SlackClientError, aiohttp.ClientError, TimeoutError, OSError)
"""What a call can end in when the network or Slack is in trouble, or Slack refuses it."""


class Failure(Enum):
    """What a failed call means for whoever wants to try again."""

    LIMITED = "limited"  # nothing happened; again after a while
    UNSENT = "unsent"  # nothing happened; there was nobody to send it to
    UNKNOWN = "unknown"  # it may have happened
    REFUSED = "refused"  # nothing happened, and nothing will
    FAULTY = "faulty"  # nothing happened; our program or the app's set-up is at fault
    REVOKED = "revoked"  # this installation may do nothing any more


TRANSIENT = frozenset({Failure.LIMITED, Failure.UNSENT, Failure.UNKNOWN})
"""Trouble on the way, which passes by itself."""

REVOKED = frozenset(
    {
        "account_inactive",
        "app_uninstalled",
        "invalid_auth",
        "missing_scope",
        "no_permission",
        "not_allowed_token_type",
        "not_authed",
        "org_login_required",
        "team_access_not_granted",
        "team_not_found",
        "token_expired",
        "token_revoked",
    }
)
_THIS_MACHINE = frozenset({"localhost", "127.0.0.1", "::1"})
_FAULTY = frozenset(
    {
        "invalid_arguments",
        "invalid_blocks",
        "invalid_blocks_format",
        "invalid_json",
        "invalid_metadata_format",
        "messages_tab_disabled",
        "metadata_too_large",
        "msg_blocks_too_long",
        "msg_too_long",
        "no_text",
    }
)
_PERHAPS = frozenset(
    {"internal_error", "fatal_error", "request_timeout", "service_unavailable", "team_added_to_org"}
)


_BY_TRIGGER = ("/views.open", "/views.push")
_TRIGGER_SECONDS = 2.0
"""A trigger lives three seconds; whoever waits longer than this for Slack opens nothing."""


class NotInstalled(LookupError):  # noqa: N818 - it says what is the case
    """A workspace in which this program has no token."""


class _Patience(AsyncRateLimitErrorRetryHandler):
    """Waits as long as Slack asks, also where it had asked before, and calls again."""

    async def _can_retry_async(
        self,
        *,
        state: RetryState,
        request: HttpRequest,
        response: HttpResponse | None = None,
        error: Exception | None = None,
    ) -> bool:
        asked = retry_after(response.headers) if response is not None else 0.0
        wait = error.seconds if isinstance(error, Busy) else asked
        if wait > _TRIGGER_SECONDS and request.url.endswith(_BY_TRIGGER):
            return False
        return isinstance(error, Busy) or await super()._can_retry_async(
            state=state, request=request, response=response, error=error
        )

    async def prepare_for_next_attempt_async(
        self,
        *,
        state: RetryState,
        request: HttpRequest,
        response: HttpResponse | None = None,
        error: Exception | None = None,
    ) -> None:
        if isinstance(error, Busy):
            await asyncio.sleep(error.seconds)
            state.next_attempt_requested = True
            state.increment_current_attempt()
            return
        await super().prepare_for_next_attempt_async(
            state=state, request=request, response=response, error=error
        )


@asynccontextmanager
async def http_session(*calls: Calls) -> AsyncIterator[aiohttp.ClientSession]:
    """The one session that every call of the program goes through."""
    # Whoever can't be reached is told apart from whoever doesn't answer.
    timeout = aiohttp.ClientTimeout(total=CALL_SECONDS, sock_connect=CONNECT_SECONDS)
    async with aiohttp.ClientSession(timeout=timeout, middlewares=calls) as session:
        yield session


def client(
    session: aiohttp.ClientSession, *, token: str | None, api_url: str, patience: int = 0
) -> AsyncWebClient:
    """A Web API client on the shared session.

    Bolt makes a client of its own for each request; it takes over session, base URL, timeout and
    retry handlers from this one, so that they hold for listeners too.

    Args:
        session: see `http_session`.
        token: a bot or an app-level token; None where each call brings its own.
        api_url: the Web API's address, with a slash at its end.
        patience: how often a call is made again when Slack asks to wait (HTTP 429). Nothing else
            is ever made again here: a call that broke off may have had its effect.
    """
    made = AsyncWebClient(
        token=token,
        base_url=api_url,
        timeout=CALL_SECONDS,
        session=session,
        retry_handlers=[_Patience(max_retry_count=patience)],
    )
    if urlsplit(api_url).hostname in _THIS_MACHINE:
        # The client takes HTTPS_PROXY for every address, whatever NO_PROXY says.
        made.proxy = None
    return made


@dataclass(frozen=True, slots=True)
class Told:
    """A failed call: what it means, Slack's word for it, and how long Slack asks to wait."""

    failure: Failure
    error: str
    retry_after: float = 0.0


def told_by(error: Exception) -> Told:
    """What a failed call says."""
    if isinstance(error, Busy):
        return Told(Failure.LIMITED, "ratelimited", error.seconds)
    if isinstance(error, UNSENT):
        return Told(Failure.UNSENT, type(error).__name__)
    if not isinstance(error, SlackApiError):
        # Timeouts, broken connections, answers that are no JSON.
        return Told(Failure.UNKNOWN, type(error).__name__)
    response = error.response
    status: int = getattr(response, "status_code", 0) or getattr(response, "status", 0)
    code = _code_of(response)
    if status == 429 or code in {"ratelimited", "rate_limited"}:
        return Told(
            Failure.LIMITED, "ratelimited", retry_after(getattr(response, "headers", None) or {})
        )
    if status >= 500 or code in _PERHAPS or not code:
        return Told(Failure.UNKNOWN, code or f"http_{status}")
    if code in REVOKED:
        return Told(Failure.REVOKED, code)
    return Told(Failure.FAULTY if code in _FAULTY else Failure.REFUSED, code)


def _code_of(response: object) -> str:
    data = getattr(response, "data", None)
    return str(data.get("error") or "") if isinstance(data, Mapping) else ""


@dataclass(frozen=True, slots=True)
class Identity:
    """Who the bot token is: the workspace, and the bot in it."""

    workspace: str
    team: str
    bot_user: str
    bot_id: str
    scopes: frozenset[str]


async def identify(slack: AsyncWebClient) -> Identity:
    """Ask Slack whose token this is; raises what `told_by` explains."""
    answer = await slack.auth_test()
    return Identity(
        workspace=str(answer["team_id"]),
        team=str(answer.get("team") or ""),
        bot_user=str(answer.get("user_id") or ""),
        bot_id=str(answer.get("bot_id") or ""),
        scopes=scopes_of(answer.headers),
    )


def scopes_of(headers: Mapping[str, str | list[str]]) -> frozenset[str]:
    """The scopes that an answer's X-OAuth-Scopes header names."""
    for name, value in headers.items():
        if name.lower() == "x-oauth-scopes":
            text = value if isinstance(value, str) else ",".join(value)
            return frozenset(scope.strip() for scope in text.split(",") if scope.strip())
    return frozenset()


async def identify_patiently(slack: AsyncWebClient, *, first: float = 1.0) -> Identity:
    """The same, waiting out trouble on the way to Slack; raises when Slack refuses the token."""
    wait = first
    while True:
        try:
            return await identify(slack)
        except WORLD as error:
            told = told_by(error)
            if told.failure not in TRANSIENT:
                raise
            pause = max(wait, told.retry_after)
            logger().warning("slack.unreachable", reason=told.error, retry_in=pause)
            await asyncio.sleep(pause)
            wait = min(wait * 2, 30.0)
