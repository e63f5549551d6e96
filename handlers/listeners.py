"""The listeners: few, routed by name, the frequent ones first.

Bolt tries listeners in order, so that many of them cost time at each request.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from coaching import criteria
from coaching.elements import OUTCOME
from handlers import (
    acknowledge,
    answers,
    command,
    digest,
    home,
    lists,
    look_over,
    outcome,
    planned,
    profiles,
    quick,
    show,
    start,
    walk,
)
from handlers.ask import Ask
from handlers.cases import actor_of
from handlers.deps import Deps
from views import ids, notes, type_ahead

Handling = Callable[[Ask], Awaitable[None]]

LOG_SESSION = "log_session"
COACH_ON_MESSAGE = "coach_on_message"
OURS = re.compile(r"^coach\.")


async def _form_submitted(ask: Ask) -> None:
    is_outcome = ask.meta.element == OUTCOME.key
    await (outcome.submitted(ask) if is_outcome else walk.submitted(ask))


async def _more(ask: Ask) -> None:
    match ask.view.get("callback_id"):
        case ids.QUICK:
            await quick.redraw(ask, more=True)
        case ids.CHECK_IN:
            await show.check_in_more(ask)
        case _ if ask.meta.element == OUTCOME.key:
            await outcome.more(ask)
        case _:
            await walk.more(ask)


async def _criterion_picked(ask: Ask) -> None:
    if ask.view.get("callback_id") == ids.QUICK:
        await quick.redraw(ask, more=False)
    else:
        await walk.criterion_picked(ask)


async def _unknown(ask: Ask) -> None:
    """What nobody answers to (any more), as a button of an old message may be: say so."""
    await ask.show(notes.nothing_happens(ask.deps.command))


SUBMISSIONS: Mapping[str, Handling] = {
    ids.FORM: _form_submitted,
    ids.LOOK_OVER: look_over.shared,
    ids.HELD: planned.held,
    ids.QUICK: quick.submitted,
    ids.CHECK_IN: show.check_in_submitted,
    ids.ACKNOWLEDGE: acknowledge.submitted,
    ids.OWN_VIEW: acknowledge.view_submitted,
    ids.VOID: show.void_submitted,
    ids.ANSWER: answers.answer_submitted,
    ids.RESPOND: answers.respond_submitted,
}

PRESSES: Mapping[str, Handling] = {
    ids.BACK: walk.back,
    ids.FINISH_LATER: walk.finish_later,
    ids.MORE: _more,
    ids.CRITERION_PICKED: _criterion_picked,
    ids.CHANGE: walk.change,
    ids.CONTINUE: walk.go_on,
    ids.HELD: planned.held,
    ids.PICK: start.picked,
    ids.NEW_LOG: start.start_new,
    ids.QUICK_LOG: start.start_quick,
    ids.ADD_THE_REST: quick.add_the_rest,
    ids.ACKNOWLEDGE: acknowledge.pressed,
    ids.ADD_VIEW: acknowledge.view_pressed,
    ids.SHOW: show.pressed,
    ids.RECORD_OUTCOME: outcome.pressed,
    ids.CLOSE_AS_MET: outcome.close_as_met,
    ids.EXTEND: outcome.extend,
    ids.CHECK_IN: show.check_in_pressed,
    ids.VOID: show.void_pressed,
    ids.DIGEST: digest.pressed,
    ids.DIGEST_LIST: digest.list_pressed,
    ids.SEE_CHAIN: digest.chain_pressed,
    ids.DISCARD: lists.discard_pressed,
    ids.ANSWER: answers.answer_pressed,
    ids.RESPOND: answers.respond_pressed,
    ids.STEP_DONE: lists.step_done,
    ids.STEP_LATER: lists.step_later,
    ids.HISTORY: lists.history_pressed,
    ids.OLDER: lists.older,
    ids.HOME_START: start.start_new,
    ids.RUN: command.offered,
}


def register(app: AsyncApp, deps: Deps) -> None:
    """Give the app its listeners."""

    async def command_typed(ack: AsyncAck, body: dict[str, Any]) -> None:
        await command.typed(Ask(deps, body, ack))

    async def submitted(ack: AsyncAck, body: dict[str, Any]) -> None:
        ask = Ask(deps, body, ack)
        handling = SUBMISSIONS.get(str(ask.view.get("callback_id")))
        await (handling or _unknown)(ask)
        if ask.origin == "home":
            await home.refresh(ask)

    async def pressed(ack: AsyncAck, body: dict[str, Any]) -> None:
        ask = Ask(deps, body, ack)
        action_id = str(ask.action.get("action_id") or "").split("#")[0]
        await PRESSES.get(action_id, _unknown)(ask)
        if ask.in_home:
            await home.refresh(ask)

    async def suggested(ack: AsyncAck, body: dict[str, Any]) -> None:
        ask = Ask(deps, body, ack)
        actor = await actor_of(ask)
        query = str(body.get("value") or "")
        catalogue = await deps.store.criteria(ask.workspace) if actor.is_known else {}
        found = criteria.find(catalogue.values(), query)
        may_add = actor.can_log
        await ack(options=type_ahead.options(found, query if may_add else ""))

    async def shortcut(ack: AsyncAck, body: dict[str, Any]) -> None:
        await start.from_anywhere(Ask(deps, body, ack))

    async def message_shortcut(ack: AsyncAck, body: dict[str, Any]) -> None:
        await start.from_message(Ask(deps, body, ack))

    async def home_opened(ack: AsyncAck, body: dict[str, Any], event: dict[str, Any]) -> None:
        ask = Ask(deps, {**body, "user": {"id": event.get("user")}}, ack)
        await home.opened(ask, event)
        await ack()

    async def user_changed(ack: AsyncAck, body: dict[str, Any], event: dict[str, Any]) -> None:
        await profiles.changed(deps, str(body.get("team_id") or ""), event.get("user") or {})
        await ack()

    app.action(OURS)(pressed)
    app.view(OURS)(submitted)
    app.command(deps.command)(command_typed)
    app.options(ids.CRITERION_PICKED)(suggested)
    app.event("app_home_opened")(home_opened)
    app.shortcut(LOG_SESSION)(shortcut)
    app.shortcut(COACH_ON_MESSAGE)(message_shortcut)
    app.event("user_change")(user_changed)
