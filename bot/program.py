"""The running program: its parts put together in one place, and taken apart in order."""

from __future__ import annotations

import asyncio
import datetime as dt
import random
import secrets
import socket
import uuid
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.exc import SQLAlchemyError

from bot import app as bolt
from bot.calls import Calls
from bot.delivery import Delivery
from bot.limits import Limits
from bot.listening import listening
from bot.logs import logger, name_of, where
from bot.metrics import Metrics
from bot.schedule import ticking
from bot.sending import Means
from bot.server import Check, Front, serving
from bot.settings import Settings
from bot.slack import (
    WORLD,
    Identity,
    NotInstalled,
    client,
    http_session,
    identify_patiently,
    told_by,
)
from bot.socket_mode import Socket, connected
from bot.trouble import Misconfigured
from handlers.deps import Deps
from handlers.time_passes import message_for
from handlers.timetables import plan
from handlers.unreached import refused
from storage.migration import LaterVersion
from storage.store import Store

Now = Callable[[], dt.datetime]

PACE_SECONDS = 1.0
"""Slack takes one message a second in each conversation."""


def system_now() -> dt.datetime:
    """The operating system's time, in UTC."""
    return dt.datetime.now(dt.UTC)  # noqa: TID251 - the one place that reads the clock


def new_id() -> str:
    """An opaque ID that can't be guessed."""
    return uuid.uuid4().hex


def new_incident() -> str:
    """A number that a person can read out."""
    return secrets.token_hex(3)


@dataclass(frozen=True, slots=True)
class Program:
    """A program that is up."""

    url: str
    identity: Identity
    store: Store
    delivery: Delivery


@asynccontextmanager
async def running(
    settings: Settings,
    store: Store,
    *,
    now: Now = system_now,
    listener: socket.socket | None = None,
    pace: float = PACE_SECONDS,
) -> AsyncIterator[Program]:
    """Run CoachLog while the block lasts, on a store that is open and migrated.

    Args:
        settings: with a bot token, and an app token or a signing secret.
        store: is not closed here.
        now: the time in UTC; the playground hands in its own clock.
        listener: a socket to serve at, in place of the settings' host and port.
        pace: seconds between two messages in one conversation.

    Raises:
        Misconfigured: Slack refuses a token, or the port is taken.
    """
    secret = None if settings.uses_sockets else settings.signing_secret
    metrics, limits = Metrics(), Limits()

    async def figures() -> bytes:
        moment = now()
        return metrics.text(await store.outlook(moment), moment)

    front = Front(signing_secret=secret, figures=figures, checks={"database": _database_of(store)})
    if settings.is_sqlite:
        # The only runner: whoever held leases is gone.
        await store.release_leases()
    await store.unpark()
    calls = Calls(settings.slack_api_url, limits, metrics.called)
    async with AsyncExitStack() as stack:
        session = await stack.enter_async_context(http_session(calls))
        served = await stack.enter_async_context(serving(front, listener or _listener(settings)))
        logger().info("listening", address=served.url)
        patient = client(
            session, token=settings.bot_token, api_url=settings.slack_api_url, patience=1
        )
        identity = await _identity(patient)
        workspaces = Workspaces(identity, patient)
        deps = Deps(
            store=store,
            now=now,
            new_id=new_id,
            slack=workspaces.client,
            failed=_unreadable(metrics),
            command=settings.coachlog_command,
        )
        app = bolt.build(
            deps,
            identity=identity,
            token=settings.bot_token,
            api_url=settings.slack_api_url,
            session=session,
            signing_secret=settings.signing_secret,
            new_incident=new_incident,
            answered=metrics.answered,
        )
        # Delivery waits out rate limits itself, without holding a lease meanwhile.
        impatient = client(session, token=settings.bot_token, api_url=settings.slack_api_url)
        reads_history = "im:history" in identity.scopes
        means = Means(
            store=store,
            message_for=lambda claimed: message_for(deps, claimed),
            refused=lambda claimed, why: refused(deps, claimed, why),
            plan=lambda: _plan(deps),
            slack=Workspaces(identity, impatient).client,
            limits=limits,
            metrics=metrics,
            now=now,
            jitter=random.random,
            reads_history=lambda _: reads_history,
            pace=pace,
        )
        delivery = await stack.enter_async_context(_delivering(means, settings))
        if settings.uses_sockets:
            link = await stack.enter_async_context(
                connected(
                    app,
                    app_token=settings.app_token,
                    api_url=settings.slack_api_url,
                    session=session,
                )
            )
            front.checks["socket"] = _socket_of(link)
        front.app = app
        logger().info("ready", workspace=identity.workspace, command=settings.coachlog_command)
        try:
            yield Program(served.url, identity, store, delivery)
        finally:
            # First nothing new comes in, then what is under way ends, then the rest is closed.
            # What is being sent ends meanwhile, within the same time.
            delivery.close()
            await served.stop()


@dataclass(frozen=True, slots=True)
class Workspaces:
    """The workspaces that this program has a token for: one."""

    identity: Identity
    slack: AsyncWebClient

    def client(self, workspace: str) -> AsyncWebClient:
        """The Web API client of a workspace; NotInstalled for one that isn't ours."""
        if workspace != self.identity.workspace:
            raise NotInstalled(workspace)
        return self.slack


async def _plan(deps: Deps) -> None:
    for failed in await plan(deps):
        error = failed.error
        logger().error("plan.failed", log=failed.id, error=name_of(error), where=where(error))


def _unreadable(metrics: Metrics) -> Callable[[str, Exception], None]:
    def failed(log: str, error: Exception) -> None:
        metrics.unreadable()
        logger().error("log.unreadable", log=log, error=name_of(error), where=where(error))

    return failed


@asynccontextmanager
async def _delivering(means: Means, settings: Settings) -> AsyncIterator[Delivery]:
    delivery = Delivery(means)
    task = asyncio.create_task(delivery.run(), name="delivery")
    try:
        with ticking(delivery.wake, seconds=settings.coachlog_tick_seconds):
            yield delivery
    finally:
        await delivery.stop()
        await task


async def _identity(slack: AsyncWebClient) -> Identity:
    try:
        return await identify_patiently(slack)
    except WORLD as error:
        words = (
            f"SLACK_BOT_TOKEN is refused by Slack ({told_by(error).error}). Copy it again from "
            "your app's page, OAuth & Permissions; coachlog doctor looks further."
        )
        raise Misconfigured([words]) from error


def _listener(settings: Settings) -> socket.socket:
    return listening(
        settings.coachlog_host, settings.port, host_by="Set COACHLOG_HOST", port_by="Set PORT"
    )


def _database_of(store: Store) -> Check:
    async def check() -> str:
        try:
            await store.ping()
            return "ok" if await store.is_migrated() else "run coachlog migrate"
        except LaterVersion:
            return "the tables are of a later version"
        except (SQLAlchemyError, OSError) as error:
            return name_of(error)

    return check


def _socket_of(link: Socket) -> Check:
    async def check() -> str:
        return "ok" if await link.is_connected() else "not connected"

    return check
