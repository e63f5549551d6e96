"""The way of every change after sharing: load, decide, store, and say what came of it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

from coaching.change import Change, Refused
from coaching.log import Log
from coaching.people import Act
from handlers.ask import Ask
from handlers.cases import Case, case_of
from handlers.retrying import until_stored
from storage.store import Stale
from views import notes
from views.reading_back import written_in

Decided = Change | Sequence[Change] | Refused
Deciding = Callable[[Case], Awaitable[Decided]]


async def change(
    ask: Ask, log_id: str, act: Act, deciding: Deciding
) -> tuple[Case, Log] | Refused | None:
    """Store what `deciding` answers, the log's own change first.

    None where the log isn't there or the act isn't allowed.

    Where somebody else saved in between, it is decided again on what is there then.
    """
    try:
        return await until_stored(lambda: _change(ask, log_id, act, deciding))
    except Stale:
        return Refused(notes.BUSY)


async def _change(
    ask: Ask, log_id: str, act: Act, deciding: Deciding
) -> tuple[Case, Log] | Refused | None:
    case = await case_of(ask, log_id, act)
    if case is None:
        return None
    decided = await deciding(case)
    if isinstance(decided, Refused):
        return decided
    changes = [decided] if isinstance(decided, Change) else decided
    (log, *_) = await ask.deps.store.save(*changes)
    return case, log


async def store_or_say(
    ask: Ask, log_id: str, act: Act, deciding: Deciding, done: str = ""
) -> Log | None:
    """As `change`, answered by closing the form, or by a note where it can't be done.

    `done` says what was done to whom, as in `notes.done`.
    """
    return await say(ask, await change(ask, log_id, act, deciding), done)


async def refuse(ask: Ask, words: str) -> None:
    """Say why it can't be done, with what was written into the form, so that it isn't lost."""
    written = written_in(ask.view) if ask.is_submission else []
    await ask.show(notes.not_saved(words, written) if written else notes.refused(words))


async def say(ask: Ask, changed: tuple[Case, Log] | Refused | None, done: str = "") -> Log | None:
    """Answer what `change` came to: close the form, or say why it can't be done."""
    if changed is None:
        await ask.show(notes.gone(None))
    elif isinstance(changed, Refused):
        await refuse(ask, changed.words)
    else:
        case, log = changed
        await ask.done(notes.done(done, log, case.agent, case.supervisor) if done else None)
        return log
    return None
