"""What the page asks of the workspace: a person's Slack client, over HTTP and JSON."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from playground import (
    commands,
    fault_switches,
    interactions,
    passing,
    submissions,
    traffic,
)
from playground.delivery import unreached
from playground.people import User
from playground.shapes import is_record
from playground.views import View
from playground.wire import Json, PageError, Trouble, compact, parsed
from playground.workspace import Workspace

_STREAM_BEAT_SECONDS = 15.0
_LONGEST_NUMBER = 10
# What a page of this machine calls it; under any other name a foreign page may have led here.
_THIS_MACHINE = frozenset({"localhost", "127.0.0.1", "::1"})

Action = Callable[[Workspace, User, Json], Awaitable[Json]]


async def _about(ws: Workspace) -> Json:
    app = ws.app
    return {
        "team": {"id": ws.team.id, "name": ws.team.name, "domain": ws.team.domain},
        "clock": {"now": ws.clock.epoch()},
        "users": [
            {
                "id": user.id,
                "name": user.name,
                "real_name": user.real_name,
                "first_name": user.first_name,
                "title": user.title,
                "tz": user.tz,
                "is_bot": user.is_bot,
                "deleted": user.deleted,
                "is_restricted": user.is_restricted or user.is_ultra_restricted,
                "is_admin": user.is_admin or user.is_owner,
            }
            for user in ws.users
        ],
        "app": {
            "id": app.id,
            "name": app.name,
            "bot_user_id": app.bot_user_id,
            "has_home": app.has_home,
        },
        "commands": [
            {
                "command": one.command,
                "description": one.description,
                "usage_hint": one.usage_hint,
            }
            for one in app.commands
        ],
        "shortcuts": [
            {"callback_id": one.callback_id, "name": one.name, "type": one.type}
            for one in app.shortcuts
        ],
    }


async def _conversations(ws: Workspace, user: User, _: Json) -> Json:
    direct = ws.direct(user.id)
    theirs = [one for one in ws.conversations if one.im_with is None and one.has(user.id)]
    return {
        "conversations": [
            {
                "id": one.id,
                "name": ws.app.name if one.im_with else one.channel.name,
                "is_im": one.im_with is not None,
                "unread": one.unread(user.id),
            }
            | ({"user": ws.app.bot_user_id} if one.im_with else {})
            for one in (direct, *theirs)
        ],
        "unread": {
            one.id: sum(place.unread(one.id) for place in ws.conversations if place.has(one.id))
            for one in ws.users
            if not one.is_bot
        },
    }


async def _messages(ws: Workspace, user: User, asked: Json) -> Json:
    conversation = ws.conversations.get(asked.get("channel"))
    if conversation is None or not conversation.has(user.id):
        raise PageError("channel_not_found", 404)
    conversation.mark_read(user.id)
    return {"messages": [message.as_page() for message in conversation.seen_by(user.id)]}


async def _views(ws: Workspace, user: User, _: Json) -> Json:
    return submissions.live(ws, user)


async def _home(ws: Workspace, user: User, _: Json) -> Json:
    if not ws.app.has_home:
        raise PageError("no_home_tab")
    view = await interactions.open_home(ws, user)
    if ws.events.is_unreached:
        return Trouble("dispatch_failed", unreached(ws.app)).answer() | {"view": view}
    return {"view": view}


async def _open(ws: Workspace, user: User, _: Json) -> Json:
    interactions.tell_opened(ws, user, "messages")
    return {"ok": True}


async def _say(ws: Workspace, user: User, asked: Json) -> Json:
    text = _text(asked, "text")
    return await commands.type_in(ws, user, asked.get("channel"), text, asked.get("thread_ts"))


async def _act(ws: Workspace, user: User, asked: Json) -> Json:
    spot = interactions.find_spot(ws, user, asked.get("container"))
    interactions.fill(spot, _values(asked))
    raw = asked.get("value")
    await interactions.act(ws, user, spot, _field(asked), raw)
    return {"ok": True, **submissions.live(ws, user)}


async def _suggest(ws: Workspace, user: User, asked: Json) -> Json:
    spot = interactions.find_spot(ws, user, asked.get("container"))
    interactions.fill(spot, _values(asked))
    options = await interactions.suggest(ws, user, spot, _field(asked), _text(asked, "text"))
    return {"options": options}


async def _shortcut(ws: Workspace, user: User, asked: Json) -> Json:
    await interactions.use_shortcut(ws, user, asked)
    return {"ok": True, **submissions.live(ws, user)}


async def _submit(ws: Workspace, user: User, asked: Json) -> Json:
    view = _modal(ws, user, asked)
    if view is not ws.views.stack(user.id)[-1]:
        raise PageError("view_not_on_top")
    view.fields.fill(view.blocks, _values(asked), view.suggested)
    try:
        problems = await submissions.submit(ws, user, view)
    except Trouble as trouble:
        return trouble.answer() | submissions.live(ws, user)
    verdict: Json = {"ok": False, "errors": problems} if problems else {"ok": True}
    return verdict | submissions.live(ws, user)


async def _close(ws: Workspace, user: User, asked: Json) -> Json:
    view = _modal(ws, user, asked)
    await submissions.close(ws, user, view, everything=asked.get("all") is True)
    return submissions.live(ws, user)


def _modal(ws: Workspace, user: User, asked: Json) -> View:
    for view in ws.views.stack(user.id):
        if view.id == asked.get("view_id"):
            return view
    raise PageError("view_not_found", 404)


async def _move_clock(ws: Workspace, asked: Json) -> Json:
    by, how = 0.0, "pass" if "pass" in asked else "advance"
    if asked.get("to") == "next":
        due = await ws.next_due() if ws.next_due is not None else None
        if due is not None:
            by = max(0.0, (due - ws.clock.now()).total_seconds())
    elif isinstance(asked.get(how), (int, float)) and asked[how] >= 0:
        by = float(asked[how])
    else:
        raise PageError("advance_must_be_seconds_forward")
    try:
        step = timedelta(seconds=by)
        ws.clock.check(step)
        await _move(ws, step, how, to_next=asked.get("to") == "next")
    except (ValueError, OverflowError) as wrong:
        raise PageError("advance_too_far") from wrong
    return {"now": ws.clock.epoch(), "moved": by}


async def _move(ws: Workspace, step: timedelta, how: str, *, to_next: bool) -> None:
    # One move after the other: each passes its own time and begins to tell what happened anew.
    async with ws.moving:
        ws.lately.begin()
        if how == "pass":
            await passing.pass_time(ws, step)
        else:
            ws.clock.advance(step)
            if to_next:
                await passing.catch_up(ws)


async def _traffic(ws: Workspace, _: User, asked: Json) -> Json:
    after = str(asked.get("after", ""))
    number = int(after) if after.isdecimal() and len(after) < _LONGEST_NUMBER else 0
    return {"exchanges": traffic.listed(ws, str(asked.get("about", "")), number)}


async def _exchange(ws: Workspace, _: User, asked: Json) -> Json:
    return traffic.whole(ws, asked.get("number"))


async def _faults(ws: Workspace, _: User, asked: Json) -> Json:
    return await fault_switches.order(ws, asked) if asked.get("kind") else fault_switches.state(ws)


def _text(asked: Json, key: str) -> str:
    value = asked.get(key)
    if not isinstance(value, str):
        raise PageError(f"{key}_must_be_text")
    return value


def _field(asked: Json) -> tuple[str, str]:
    return _text(asked, "block_id"), _text(asked, "action_id")


def _values(asked: Json) -> Json:
    values = asked.get("values") or {}
    if not is_record(values) or not all(is_record(one) for one in values.values()):
        raise PageError("values_must_be_an_object")
    return values


def routes(ws: Workspace) -> list[Route]:
    """The page's requests: reading by GET, doing by POST."""

    async def about(_: Request) -> Response:
        return await _told(_about(ws))

    async def move_clock(request: Request) -> Response:
        async def moved() -> Json:
            return await _move_clock(ws, await _body(ws, request))

        return await _told(moved())

    async def happened(_: Request) -> Response:
        return JSONResponse({"now": ws.clock.epoch(), **ws.lately.told()})

    async def stream(request: Request) -> Response:
        try:
            user = ws.acting(request.query_params.get("user"))
        except PageError as refused:
            return _refusal(refused)
        everybody = "everybody" in request.query_params
        return StreamingResponse(
            _lines(ws, user, everybody=everybody), media_type="text/event-stream"
        )

    def reading(path: str, action: Action) -> Route:
        async def endpoint(request: Request) -> Response:
            return await _told(_as_person(ws, action, dict(request.query_params)))

        return Route(f"/_workspace/{path}", endpoint)

    def doing(path: str, action: Action) -> Route:
        async def endpoint(request: Request) -> Response:
            async def done() -> Json:
                return await _as_person(ws, action, await _body(ws, request))

            return await _told(done())

        return Route(f"/_workspace/{path}", endpoint, methods=["POST"])

    return [
        Route("/_workspace", about),
        Route("/_workspace/stream", stream),
        Route("/_workspace/clock", happened),
        Route("/_workspace/clock", move_clock, methods=["POST"]),
        reading("conversations", _conversations),
        reading("messages", _messages),
        reading("views", _views),
        reading("traffic", _traffic),
        reading("exchange", _exchange),
        doing("home", _home),
        doing("open", _open),
        doing("say", _say),
        doing("act", _act),
        doing("suggest", _suggest),
        doing("shortcut", _shortcut),
        doing("submit", _submit),
        doing("close", _close),
        doing("faults", _faults),
    ]


async def _as_person(ws: Workspace, action: Action, asked: Json) -> Json:
    return await action(ws, ws.acting(asked.get("user")), asked)


async def _body(ws: Workspace, request: Request) -> Json:
    origin, host = request.headers.get("origin"), request.headers.get("host", "")
    is_ours = not ws.is_local or urlsplit(f"//{host}").hostname in _THIS_MACHINE
    if origin is not None and not (is_ours and urlsplit(origin).netloc == host):
        # Some other page in the same browser; what people do here is done by their own hands.
        raise PageError("another_origin", 403)
    try:
        body = parsed(await request.body())
    except ValueError as malformed:
        raise PageError("invalid_json") from malformed
    if not is_record(body):
        raise PageError("invalid_json")
    return body


async def _told(work: Awaitable[Json]) -> Response:
    try:
        return JSONResponse(await work)
    except PageError as refused:
        return _refusal(refused)
    except Trouble as trouble:
        return JSONResponse(trouble.answer())


def _refusal(refused: PageError) -> Response:
    return JSONResponse({"ok": False, "error": refused.error}, status_code=refused.status)


async def _lines(ws: Workspace, user: User, *, everybody: bool) -> AsyncIterator[str]:
    yield ": welcome\n\n"
    changes = ws.stream.changes(user.id, _STREAM_BEAT_SECONDS, everybody=everybody)
    async for change in changes:
        yield ": still here\n\n" if change is None else f"data: {compact(change)}\n\n"
