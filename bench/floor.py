"""The smallest Bolt app that answers the same two requests, as a process of its own.

It runs as many statements as it is told to, each by the driver alone, opens a form that it is
given, and answers a form with another one. It serves as CoachLog does: uvicorn and Starlette, one
HTTP session for all calls, and the answer after the work. `--with` puts one thing in the place
of what is cheapest, to find out what that costs.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import socket
from collections.abc import Callable
from typing import Any, Protocol

import aiohttp
import uvicorn
from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bench.child import obey

SESSION, ACK, LISTENERS, CORE, ORM = "session", "ack", "listeners", "core", "orm"
BESIDE = 40
"""Listeners that are asked before the one that answers."""

Json = dict[str, Any]


class Statements(Protocol):
    """The database, reached in one of several ways."""

    ran: list[int]

    async def run(self, reading: int, writing: int) -> None:
        """So many that read a row each, then so many that write one each, in one transaction."""


async def _statements(way: str | None, address: str) -> Statements:
    # Loaded only where used: what it takes is measured as well.
    if way in (CORE, ORM):
        from bench import sqlalchemy_ways  # noqa: PLC0415 - see above

        return sqlalchemy_ways.opened(address, by_orm=way == ORM)
    if address.startswith("sqlite"):
        from bench.raw_sqlite import Raw as RawSqlite  # noqa: PLC0415 - see above

        return await RawSqlite.opened(address)
    from bench.raw_postgresql import Raw as RawPostgresql  # noqa: PLC0415 - see above

    return await RawPostgresql.opened(address)


def _app(way: str | None, client: AsyncWebClient, statements: Statements, plan: Json) -> AsyncApp:
    app = AsyncApp(
        client=client,
        signing_secret=os.environ["SLACK_SIGNING_SECRET"],
        process_before_response=way != ACK,
    )

    async def other(ack: AsyncAck) -> None:
        await ack()

    async def opened(ack: AsyncAck, body: Json, client: AsyncWebClient) -> None:
        await statements.run(*plan["opening"])
        await client.views_open(trigger_id=body["trigger_id"], view=plan["form"])
        await ack()

    async def submitted(ack: AsyncAck) -> None:
        await statements.run(*plan["saving"])
        await ack(response_action="update", view=plan["after"])

    for number in range(BESIDE if way == LISTENERS else 0):
        app.action(f"other.{number}")(other)
    app.command("/coach")(opened)
    app.view(plan["form"]["callback_id"])(submitted)
    return app


async def _run(way: str | None, plan: Json) -> None:
    statements = await _statements(way, os.environ["DATABASE_URL"])
    async with aiohttp.ClientSession() as session:
        client = AsyncWebClient(
            token=os.environ["SLACK_BOT_TOKEN"],
            base_url=os.environ["SLACK_API_URL"],
            session=None if way == SESSION else session,
        )
        client.proxy = None
        handler = AsyncSlackRequestHandler(_app(way, client, statements, plan))

        async def events(request: Request) -> Response:
            return await handler.handle(request)

        web = Starlette(routes=[Route("/slack/events", events, methods=["POST"])])
        config = uvicorn.Config(web, lifespan="off", log_config=None, access_log=False)
        listener = socket.create_server(("127.0.0.1", 0))
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        server = uvicorn.Server(config)
        serving = asyncio.create_task(server.serve([listener]))
        host, port = listener.getsockname()[:2]
        answers: dict[str, Callable[[], Any]] = {
            "count": statements.ran.clear,
            "counted": lambda: [sum(statements.ran[0::2]), sum(statements.ran[1::2])],
        }
        await obey(f"http://{host}:{port}", answers)
        server.should_exit = True
        await serving


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--with", dest="way", choices=(SESSION, ACK, LISTENERS, CORE, ORM))
    parser.add_argument("plan", type=json.loads)
    asked = parser.parse_args()
    asyncio.run(_run(asked.way, asked.plan))
