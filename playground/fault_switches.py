"""Faults as a person orders them on the page; tests order them of `Workspace.faults` itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from playground.faults import ANY, Faults
from playground.web_api import METHODS
from playground.wire import Json, PageError, Trouble
from playground.workspace import Workspace

_RETRY_AFTER_SECONDS = 10
_SLOW_SECONDS = 4.0
"""Longer than an app has to acknowledge."""


def _limit(faults: Faults, method: str) -> None:
    faults.rate_limit(method, retry_after=_RETRY_AFTER_SECONDS)


def _slow(faults: Faults, method: str) -> None:
    faults.slow_down(method, _SLOW_SECONDS)


_OF_CALLS: Mapping[str, Callable[[Faults, str], None]] = {
    "drop": Faults.drop_answer,
    "reset": Faults.reset,
    "error": Faults.answer_500,
    "rate_limit": _limit,
    "slow": _slow,
}


def state(ws: Workspace) -> Json:
    """What is wrong now, and what can be made wrong."""
    waiting = [{"kind": one.kind, "method": method} for method, one in ws.faults.waiting()]
    return {
        "methods": [ANY, *sorted(METHODS)],
        "waiting": waiting + [{"kind": "slow", "method": one} for one in ws.faults.slow()],
        "revoked": ws.faults.is_revoked,
        "sockets": len(ws.sockets),
        "deactivated": [one.id for one in ws.users if one.deleted and not one.is_bot],
    }


async def order(ws: Workspace, asked: Json) -> Json:
    """Make one thing go wrong, or right again; what is wrong then.

    Raises:
        PageError: no such fault, or nobody whom it could befall.
        Trouble: there was no event that could come again.
    """
    kind, method = asked.get("kind"), asked.get("method", ANY)
    if not isinstance(kind, str) or method not in (ANY, *METHODS):
        raise PageError("fault_not_found")
    if kind in _OF_CALLS:
        _OF_CALLS[kind](ws.faults, method)
    else:
        await _else(ws, kind, asked)
    return state(ws)


async def _else(ws: Workspace, kind: str, asked: Json) -> None:
    match kind:
        case "forgive":
            ws.faults.forgive()
        case "repeat":
            try:
                ws.events.repeat_last()
            except LookupError as none:
                raise Trouble("no_event_yet", "No event was sent yet.") from none
        case "cut":
            await ws.sockets.cut()
        case "revoke":
            ws.revoke_token()
        case "restore":
            ws.faults.is_revoked = False
        case "deactivate" | "reactivate":
            user = ws.user(asked.get("person"))
            if user is None or user.is_bot:
                raise PageError("user_not_found", 404)
            ws.update_user(user.id, deleted=kind == "deactivate")
        case _:
            raise PageError("fault_not_found")
