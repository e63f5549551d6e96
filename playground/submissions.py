"""Submitting and closing modals: what Slack checks itself, and what it takes as an answer."""

from __future__ import annotations

from dataclasses import replace

from playground import payloads
from playground.heard import Heard
from playground.interactions import send
from playground.journal import Entry, delivered
from playground.people import User
from playground.shapes import is_record
from playground.surfaces import checked_errors
from playground.views import View
from playground.wire import ApiError, Json, Trouble
from playground.workspace import Workspace

_TROUBLE = "We had some trouble connecting. Try again?"


async def submit(ws: Workspace, user: User, view: View) -> dict[str, str]:
    """Submit a modal; the answer says which fields were refused, by block_id.

    Raises:
        Trouble: the app did not answer, or not in a way that Slack understands.
    """
    problems = view.fields.unready(view.blocks)
    if problems:
        return problems
    name = view.body.get("callback_id", "")
    payload = payloads.view_submission(ws, user, view)
    answer = await ws.delivery.send(ws.app, "interactive", payload, ws.app.interactivity_url)
    noted = delivered("view_submission", name, payload, answer)
    if not answer.ok:
        ws.journal.add(noted)
        raise answer.trouble(ws.app, _TROUBLE)
    said = Heard(answer.body) if is_record(answer.body) else answer.body
    try:
        problems, pushed = _follow(ws, view, said)
        ignored = said.ignored if isinstance(said, Heard) else ()
        ws.journal.add(replace(noted, made=pushed, ignored=ignored))
    except ApiError as refused:
        ws.journal.add(noted)
        details = refused.extra.get("response_metadata")
        messages = details["messages"] if is_record(details) else ()
        ws.journal.add(
            Entry(
                "submission_answer",
                name,
                ok=False,
                error=refused.error,
                details=tuple(messages),
            )
        )
        raise Trouble(refused.error, _TROUBLE) from refused
    else:
        return problems
    finally:
        ws.tell_views(user.id)


def _follow(ws: Workspace, view: View, body: object) -> tuple[dict[str, str], str]:
    """Do what the answer says: nothing means close this view.

    Gives the errors that go under fields, and the id of a view that was pushed.
    """
    if body is None or body == {}:
        if view in ws.views.stack(view.user_id):
            ws.views.close(view)
        return {}, ""
    if not is_record(body):
        raise ApiError("invalid_submission_answer")
    match body.get("response_action"):
        case "clear":
            ws.views.clear(view.user_id)
        case "update":
            ws.views.update(view, body.get("view"))
        case "push":
            return {}, ws.views.push(view.app, view.user_id, body.get("view")).id
        case "errors":
            input_ids = {one["block_id"] for one in view.blocks if one["type"] == "input"}
            errors = checked_errors(body.get("errors"), input_ids)
            if errors is None:
                raise ApiError("invalid_submission_errors")
            return errors, ""
        case _:
            raise ApiError("invalid_response_action")
    return {}, ""


async def close(ws: Workspace, user: User, view: View, *, everything: bool) -> None:
    """Close by Cancel (this view, or with `clear_on_close` all), or by the x: `everything`.

    The app hears of it when a closed view asked for that; Slack waits for no answer.
    """
    stack = ws.views.stack(user.id)
    clears = everything or view.body.get("clear_on_close", False)
    gone = list(stack) if clears else stack[stack.index(view) :]
    told = stack[0] if everything else view
    payload: Json | None = None
    if any(one.body.get("notify_on_close", False) for one in gone):
        payload = payloads.view_closed(ws, user, told, is_cleared=clears)
    if clears:
        ws.views.clear(user.id)
    else:
        ws.views.close(view)
    ws.tell_views(user.id)
    if payload is not None:
        await send(ws, payload, "view_closed", told.body.get("callback_id", ""))


def live(ws: Workspace, user: User) -> Json:
    """The person's stack as the page gets it."""
    return {"views": [view.as_page() for view in ws.views.stack(user.id)]}
