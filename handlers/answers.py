"""The lead's answers: to a disagreement, and to an escalation."""

from __future__ import annotations

from collections.abc import Sequence

from coaching.answers import answer_disagreement, answer_escalation
from coaching.chain import rested_on
from coaching.change import Change, Refused
from coaching.people import Act
from coaching.said import Support
from handlers.ask import Ask
from handlers.cases import Case, case_of, earlier_of
from handlers.changing import store_or_say
from handlers.taking_over import writer_of
from views import notes, small


async def answer_pressed(ask: Ask) -> None:
    """*Answer*, on a disagreement."""
    case = await case_of(ask, ask.value, Act.ANSWER)
    if case is None:
        await ask.show(notes.gone(None))
    elif not case.log.awaits_answer or case.log.disagreement is None:
        await ask.show(notes.refused(f"{case.log.reference} waits for no answer any more."))
    else:
        before = rested_on(case.log, await earlier_of(ask, case.log))
        await ask.show(small.answer(case.log, case.agent or case.actor, case.supervisor, before))


async def answer_submitted(ask: Ask) -> None:
    """Store the lead's answer and tell the agent and the supervisor."""
    entered = small.read_answer(ask.view)
    if entered.errors:
        await ask.refuse(entered.errors)
        return

    async def answered(case: Case) -> Sequence[Change] | Refused:
        return answer_disagreement(
            case.log,
            entered.ruling,
            entered.words,
            actor=case.actor,
            now=ask.now,
            earlier=await earlier_of(ask, case.log),
        )

    await store_or_say(ask, ask.meta.log, Act.ANSWER, answered, "answered")


async def respond_pressed(ask: Ask) -> None:
    """*Record response*, on an escalation."""
    case = await case_of(ask, ask.value, Act.ANSWER)
    if case is None:
        await ask.show(notes.gone(None))
        return
    # Tried here as well, so that nobody writes what can't be sent.
    tried = answer_escalation(
        case.log,
        Support.SUPPORT,
        "",
        actor=case.actor,
        new_log_id="",
        writer=case.log.supervisor,
        now=ask.now,
    )
    if isinstance(tried, Refused):
        await ask.show(notes.refused(tried.words))
    else:
        await ask.show(small.respond(case.log, case.agent or case.actor, case.supervisor))


async def respond_submitted(ask: Ask) -> None:
    """Store the lead's response and tell the agent and the supervisor."""
    entered = small.read_respond(ask.view)
    if entered.errors:
        await ask.refuse(entered.errors)
        return

    async def answered(case: Case) -> Sequence[Change] | Refused:
        return answer_escalation(
            case.log,
            entered.support,
            entered.words,
            actor=case.actor,
            new_log_id=ask.deps.new_id(),
            writer=await writer_of(ask, case),
            now=ask.now,
        )

    await store_or_say(ask, ask.meta.log, Act.ANSWER, answered, "responded")
