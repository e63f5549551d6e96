"""*Send now*: what waits for an agent's shift is sent at once."""

from __future__ import annotations

from coaching.change import Change, Refused
from coaching.people import Act
from coaching.sharing import send_now
from handlers import show
from handlers.ask import Ask
from handlers.cases import Case
from handlers.changing import change, say
from views import ids, waiting


async def send_now_pressed(ask: Ask) -> None:
    """*Send now*, after sharing or in the log itself, which is shown anew."""
    log_id, _, where = ask.value.partition(" ")

    async def sent(case: Case) -> Change | Refused:
        return send_now(case.log, actor=case.actor, now=ask.now)

    changed = await change(ask, log_id, Act.WRITE, sent)
    if not isinstance(changed, tuple):
        await say(ask, changed)
    elif where == ids.IN_LOG:
        await show.in_place(ask, log_id)
    else:
        case, log = changed
        await ask.show(waiting.sent_now(log, case.agent))
