"""The Web API: tokens, scopes, arguments, faults, and the methods that the workspace knows.

Any other method is refused with `unknown_method`.

| method                | scope                                | token |
|-----------------------|--------------------------------------|-------|
| api.test              |                                      | none  |
| apps.connections.open | (app-level token)                    | app   |
| auth.test             |                                      | bot   |
| chat.delete           | chat:write                           | bot   |
| chat.getPermalink     |                                      | bot   |
| chat.postEphemeral    | chat:write                           | bot   |
| chat.postMessage      | chat:write                           | bot   |
| chat.update           | chat:write                           | bot   |
| conversations.history | *:history of the kind                | bot   |
| conversations.info    | *:read of the kind                   | bot   |
| conversations.open    | im:write                             | bot   |
| conversations.replies | *:history of the kind                | bot   |
| team.info             | team:read                            | bot   |
| users.info            | users:read                           | bot   |
| users.list            | users:read                           | bot   |
| users.lookupByEmail   | users:read.email                     | bot   |
| views.open            |                                      | bot   |
| views.publish         |                                      | bot   |
| views.push            |                                      | bot   |
| views.update          |                                      | bot   |
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl

from starlette.requests import Request

from playground import chat_methods, conversation_methods, people_methods, view_methods
from playground.faults import ON_ORDER, Fault
from playground.heard import Heard
from playground.journal import Entry, without_token
from playground.methods import Call, Method
from playground.shapes import is_record
from playground.wire import ApiError, Json, compact, parsed
from playground.workspace import Workspace

METHODS: Mapping[str, Method] = {
    method.name: method
    for method in (
        *chat_methods.METHODS,
        *conversation_methods.METHODS,
        *people_methods.METHODS,
        *view_methods.METHODS,
    )
}

# For apps of whole organisations, Bolt says with every call which workspace is meant.
_WHERE = "team_id"
# Arguments that are JSON inside a form, as in every call that is not itself JSON.
_NESTED = ("attachments", "blocks", "metadata", "view")


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer of the Web API; `dropped` when the connection breaks instead."""

    body: Json
    status: int = 200
    retry_after: int | None = None
    dropped: bool = False


async def answer(ws: Workspace, name: str, request: Request) -> Reply:
    """Run one call and note it."""
    started = time.monotonic()
    fault = ws.faults.take(name)
    asked = await _asked(request)
    reply = await _reply(ws, name, request, asked, fault)
    if seconds := ws.faults.seconds(name):
        await asyncio.sleep(seconds)
    took = (time.monotonic() - started) * 1000
    error = str(reply.body.get("error", "")) or ("dropped" if reply.dropped else "")
    details = tuple(reply.body.get("response_metadata", {}).get("messages", ()))
    ws.journal.add(
        Entry(
            "web_api",
            name,
            not error,
            error,
            took,
            (*details, ON_ORDER) if fault else details,
            asked="" if isinstance(asked, ApiError) else without_token(asked),
            answered=compact(reply.body),
            ignored=() if error else _ignored(name, asked),
        )
    )
    return reply


def _ignored(name: str, asked: Heard | ApiError) -> tuple[str, ...]:
    ignored = () if isinstance(asked, ApiError) else asked.ignored
    return tuple(one for one in ignored if one not in {_WHERE, *METHODS[name].idle})


async def _reply(
    ws: Workspace,
    name: str,
    request: Request,
    asked: Heard | ApiError,
    fault: Fault | None,
) -> Reply:
    match fault.kind if fault else None:
        case "error":
            return Reply({"ok": False, "error": "internal_error"}, status=500)
        case "rate_limit" if fault is not None:
            limited: Json = {"ok": False, "error": "ratelimited"}
            return Reply(limited, status=429, retry_after=fault.retry_after)
        case "reset":
            return Reply({}, dropped=True)
    try:
        reply = Reply({"ok": True, **await _run(ws, name, request, asked)})
    except ApiError as refused:
        reply = Reply(refused.answer())
    return Reply(reply.body, dropped=fault is not None)


async def _run(ws: Workspace, name: str, request: Request, asked: Heard | ApiError) -> Json:
    method = METHODS.get(name)
    if method is None:
        raise ApiError("unknown_method", req_method=name)
    if isinstance(asked, ApiError):
        raise asked
    _check_token(ws, request, asked, method)
    call = Call(ws, asked)
    if method.scope is not None:
        call.need(method.scope)
    return await method.run(call)


async def _asked(request: Request) -> Heard | ApiError:
    """The arguments, or why they can't be read: that is said once the method is known."""
    try:
        return await _arguments(request)
    except ApiError as malformed:
        return malformed


async def _arguments(request: Request) -> Heard:
    args: Json = dict(request.query_params)
    if request.method != "POST":
        return Heard(args)
    if request.headers.get("content-type", "").startswith("application/json"):
        try:
            body = parsed(await request.body() or b"{}")
        except ValueError as malformed:
            raise ApiError("invalid_json") from malformed
        if not is_record(body):
            raise ApiError("json_not_object")
        return Heard(args | body)
    args |= dict(parse_qsl((await request.body()).decode(errors="replace"), keep_blank_values=True))
    for key in _NESTED:
        if key in args:
            try:
                args[key] = parsed(args[key])
            except ValueError as malformed:
                error = "invalid_blocks_format" if key == "blocks" else "invalid_arguments"
                raise ApiError(error) from malformed
    return Heard(args)


def _check_token(ws: Workspace, request: Request, args: Json, method: Method) -> None:
    header = request.headers.get("authorization", "")
    token = args.get("token")
    if method.caller == "anyone":
        return
    token = header.removeprefix("Bearer ").strip() or token
    if not token:
        raise ApiError("not_authed")
    known = {"bot": ws.app.bot_token, "app": ws.app.app_token}
    if token not in known.values():
        raise ApiError("invalid_auth")
    if token == ws.app.bot_token and ws.faults.is_revoked:
        raise ApiError("token_revoked")
    if token != known[method.caller]:
        raise ApiError("not_allowed_token_type")
