"""*Session held*: a planned session took place, and its conversation is asked for."""

from __future__ import annotations

from dataclasses import replace

from coaching.change import Refused
from coaching.draft import hold
from coaching.elements import CONVERSATION
from coaching.log import State
from coaching.people import Act
from handlers.ask import Ask
from handlers.cases import Case, case_of
from handlers.forms import meta_of, open_form
from handlers.retrying import until_stored
from storage.store import Stale
from views import notes


async def held(ask: Ask) -> None:
    """Set the session's time to now where it still lies ahead, and open the conversation."""
    try:
        await until_stored(lambda: _held(ask))
    except Stale:
        await ask.show(notes.refused(notes.BUSY_ELSEWHERE))


async def _held(ask: Ask) -> None:
    case = await case_of(ask, ask.meta.log if ask.is_submission else ask.value, Act.WRITE)
    if case is None or case.log.state is not State.DRAFT:
        await ask.show(notes.gone(case.log if case else None))
    else:
        await _open_conversation(ask, await _stored(ask, case))


async def _stored(ask: Ask, case: Case) -> Case:
    change = hold(case.log, actor=case.actor, now=ask.now)
    if isinstance(change, Refused):
        # It began already; its time stays.
        return case
    (log,) = await ask.deps.store.save(change)
    return replace(case, log=log)


async def _open_conversation(ask: Ask, case: Case) -> None:
    meta = replace(meta_of(case.log, CONVERSATION, walk=True), gaps=True)
    await open_form(ask, case, CONVERSATION, meta)
