"""The agent's side: *Acknowledge* and *Add my view*."""

from __future__ import annotations

from coaching.answers import acknowledge, add_view, who_answers
from coaching.change import Change, Refused
from coaching.people import Act
from handlers.ask import Ask
from handlers.cases import Case, case_of
from handlers.changing import change, say, store_or_say
from views import notes, small
from views.reading import Reading


async def pressed(ask: Ask) -> None:
    """*Acknowledge*: one optional question, unless it was acknowledged or voided meanwhile."""
    case = await case_of(ask, ask.value, Act.ACKNOWLEDGE)
    if case is None:
        await ask.show(notes.gone(None))
        return
    # Tried here as well, so that an old copy of the message says at once what has changed.
    tried = acknowledge(case.log, actor=case.actor, now=ask.now)
    if isinstance(tried, Refused):
        await ask.show(notes.refused(tried.words))
    else:
        await ask.show(small.acknowledge(case.log, case.supervisor))


async def submitted(ask: Ask) -> None:
    """Record who read it and when, with their own words, and tell the supervisor."""
    words, meta = small.read_acknowledge(ask.view), ask.meta

    async def acknowledged(case: Case) -> Change | Refused:
        return acknowledge(
            case.log, actor=case.actor, now=ask.now, own_words=words, revision=meta.revision
        )

    changed = await change(ask, meta.log, Act.ACKNOWLEDGE, acknowledged)
    if isinstance(changed, tuple) and not changed[1].is_acknowledged:
        await ask.show(notes.changed_since(changed[1]))
    else:
        await say(ask, changed, "acknowledged")


async def view_pressed(ask: Ask) -> None:
    """*Add my view*: the form says who will read it, and what it is about as things stand."""
    # Messages of earlier releases carry a second word.
    case = await case_of(ask, ask.value.partition(" ")[0], Act.ACKNOWLEDGE)
    if case is None:
        await ask.show(notes.gone(None))
        return
    tried = acknowledge(case.log, actor=case.actor, now=ask.now)
    if isinstance(tried, Refused) and not case.log.is_acknowledged:
        await ask.show(notes.refused(tried.words))
        return
    leads = await ask.deps.store.leads_of(ask.workspace, case.actor.user)
    reading = Reading(
        reader=case.actor,
        now=ask.now,
        people={**case.people, **{lead.user: lead for lead in leads}},
        criteria=case.criteria,
    )
    await ask.show(small.own_view(case.log, [case.supervisor, *leads], reading))


async def view_submitted(ask: Ask) -> None:
    """Keep the agent's view for good; a disagreement is told to the lead."""
    entered = small.read_own_view(ask.view)
    if entered.errors:
        await ask.refuse(entered.errors)
        return
    leads = await ask.deps.store.leads_of(ask.workspace, ask.user)
    meta = ask.meta

    async def viewed(case: Case) -> Change | Refused:
        return add_view(
            case.log,
            entered.agrees,
            entered.words,
            about=meta.element or "summary",
            actor=case.actor,
            leads=[lead.user for lead in who_answers(case.log, leads)],
            now=ask.now,
            revision=meta.revision,
        )

    await store_or_say(ask, meta.log, Act.ACKNOWLEDGE, viewed, "view")
