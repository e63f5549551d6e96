"""views.open, push, update and publish."""

from __future__ import annotations

from playground.methods import Call, Method
from playground.triggers import Trigger
from playground.views import View
from playground.wire import ApiError, Json


def _trigger(call: Call) -> tuple[str, Trigger]:
    # Slack takes a trigger's pointer in its place.
    trigger_id = call.args.get("trigger_id") or call.args.get("interactivity_pointer")
    trigger = call.ws.triggers.check(trigger_id)
    return str(trigger_id), trigger


async def _open(call: Call) -> Json:
    trigger_id, trigger = _trigger(call)
    view = call.ws.views.open(call.ws.app, trigger.user_id, call.args.get("view"))
    call.ws.triggers.spend(trigger_id)
    return _shown(call, view)


async def _push(call: Call) -> Json:
    trigger_id, trigger = _trigger(call)
    stack = call.ws.views.stack(trigger.user_id)
    if trigger.view_id is None or trigger.view_id not in [view.id for view in stack]:
        raise ApiError("invalid_trigger_id")
    view = call.ws.views.push(call.ws.app, trigger.user_id, call.args.get("view"))
    call.ws.triggers.spend(trigger_id)
    return _shown(call, view)


async def _update(call: Call) -> Json:
    args, views = call.args, call.ws.views
    view = views.named(args.get("view_id"), args.get("external_id"))
    views.update(view, args.get("view"), given_hash=args.get("hash"))
    return _shown(call, view)


async def _publish(call: Call) -> Json:
    user = call.person("user_id")
    if not call.ws.app.has_home:
        raise ApiError("not_enabled")
    view = call.ws.views.publish(
        call.ws.app, user.id, call.args.get("view"), given_hash=call.args.get("hash")
    )
    return _shown(call, view)


def _shown(call: Call, view: View) -> Json:
    if view.body["type"] == "home":
        call.ws.stream.tell(view.user_id, {"type": "home", "view": view.as_page()})
    else:
        call.ws.tell_views(view.user_id)
    return {"view": view.as_slack()}


METHODS = (
    Method("views.open", _open),
    Method("views.push", _push),
    Method("views.update", _update),
    Method("views.publish", _publish),
)
