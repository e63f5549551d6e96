"""Who is there: auth, the team, its users, and the ways in."""

from __future__ import annotations

from playground.methods import Call, Method
from playground.people import SLACKBOT, User, user_object
from playground.wire import ApiError, Json

_PAGE_MAX = 1_000


def _shown(call: Call, user: User) -> Json:
    with_email = "users:read.email" in call.ws.app.scopes
    return user_object(user, call.ws.team, call.ws.clock.now(), with_email=with_email)


async def _api_test(call: Call) -> Json:
    if "error" in call.args:
        raise ApiError(str(call.args["error"]), args=call.args)
    return {"args": call.args}


async def _auth_test(call: Call) -> Json:
    app, team = call.ws.app, call.ws.team
    return {
        "url": f"https://{team.domain}.slack.com/",
        "team": team.name,
        "user": app.bot().name,
        "team_id": team.id,
        "user_id": app.bot_user_id,
        "bot_id": app.bot_id,
        "is_enterprise_install": False,
    }


async def _connections_open(call: Call) -> Json:
    app = call.ws.app
    if not app.uses_sockets:
        raise ApiError("socket_mode_not_enabled")
    address = call.ws.url.replace("http", "ws", 1)
    ticket = call.ws.sockets.ticket(app.id)
    return {"url": f"{address}/link/?ticket={ticket}&app_id={app.id}"}


async def _team_info(call: Call) -> Json:
    team = call.ws.team
    return {"team": {"id": team.id, "name": team.name, "domain": team.domain, "email_domain": ""}}


async def _users_info(call: Call) -> Json:
    return {"user": _shown(call, call.person("user"))}


async def _users_list(call: Call) -> Json:
    everyone = [SLACKBOT, *call.ws.users]
    start = call.cursor()
    end = start + call.number("limit", _PAGE_MAX, _PAGE_MAX)
    return {
        "members": [_shown(call, user) for user in everyone[start:end]],
        "cache_ts": int(call.ws.clock.epoch()),
        "response_metadata": {"next_cursor": str(end) if end < len(everyone) else ""},
    }


async def _lookup_by_email(call: Call) -> Json:
    wanted = call.required("email").lower()
    for user in call.ws.users:
        if user.email is not None and user.email.lower() == wanted and not user.deleted:
            return {"user": _shown(call, user)}
    raise ApiError("users_not_found")


METHODS = (
    Method("api.test", _api_test, caller="anyone"),
    Method("apps.connections.open", _connections_open, caller="app"),
    Method("auth.test", _auth_test),
    Method("team.info", _team_info, "team:read"),
    Method("users.info", _users_info, "users:read"),
    Method("users.list", _users_list, "users:read"),
    Method("users.lookupByEmail", _lookup_by_email, "users:read.email"),
)
