"""One log, whole, with what can be done to it: change, check in, void, discard."""

from __future__ import annotations

from collections.abc import Sequence

from coaching.chain import rested_on
from coaching.change import Change, Refused
from coaching.elements import CONVERSATION
from coaching.entries import check
from coaching.log import State
from coaching.people import Act
from coaching.session import check_in, closed_to_check_ins, is_unheard, void
from handlers.ask import Ask
from handlers.cases import Case, case_of, earlier_of, numbered, people_of
from handlers.changing import store_or_say
from views import form as form_view
from views import help as help_views
from views import ids, notes, small
from views import show as show_view
from views.meta import Meta
from views.parts import View, short_name


async def show(ask: Ask, number: int) -> None:
    """`/coach show CL-n`."""
    case = await numbered(ask, number, Act.SEE)
    if case is None:
        await ask.tell(help_views.not_found(f"CL-{number}"))
    else:
        await ask.tell(await _message(ask, case))


async def pressed(ask: Ask) -> None:
    """*See all of it* and the references in lists."""
    log_id, number = ids.parted(ask.value)
    case = await case_of(ask, log_id, Act.SEE)
    if case is None:
        await ask.show(notes.gone(None))
        return
    in_modal = ask.in_home or ask.in_modal
    message = await _message(ask, case, number or 1, in_modal=in_modal)
    if in_modal:
        await ask.show(show_view.as_view(case.log, message))
    else:
        # Turning a page puts it in place of the one before.
        await ask.tell(message, replace=number is not None)


async def in_place(ask: Ask, log_id: str) -> None:
    """The log as it stands now, where a button in it was pressed."""
    case = await case_of(ask, log_id, Act.SEE)
    if case is None:
        await ask.show(notes.gone(None))
        return
    message = await _message(ask, case, in_modal=ask.in_modal)
    if ask.in_modal:
        await ask.show(show_view.as_view(case.log, message))
    else:
        await ask.tell(message, replace=True)


async def _message(
    ask: Ask, case: Case, number: int = 1, *, in_modal: bool = False
) -> show_view.Message:
    log, store = case.log, ask.deps.store
    linked = [
        found
        for other in (log.continues, log.continued_by)
        if other and (found := await store.log(ask.workspace, other)) is not None
    ]
    people = {**case.people, **await people_of(ask, *(log.said_by - set(case.people)))}
    if log.awaits_answer or log.state is State.ESCALATED:
        leads = await store.leads_of(ask.workspace, log.agent or "")
        people |= {lead.user: lead for lead in leads}
    return show_view.show(
        log,
        case.actor,
        people,
        case.criteria,
        now=ask.now,
        revisions=await store.revisions(ask.workspace, log.id),
        linked=linked,
        may=frozenset(act for act in Act if case.may(act)),
        number=number,
        in_modal=in_modal,
    )


async def check_in_pressed(ask: Ask) -> None:
    """*Check in*: the conversation alone, on the open target."""
    case = await case_of(ask, ask.value, Act.CHECK_IN)
    if case is None:
        await ask.show(notes.gone(None))
    elif closed := closed_to_check_ins(case.log):
        await ask.show(notes.refused(closed.words))
    else:
        await ask.show(_check_in_form(case))


async def check_in_submitted(ask: Ask) -> None:
    """Note the session on the log; the agent is told, and counting goes on."""
    entered = form_view.read(ask.view)
    keys = {field.key for field in CONVERSATION}
    case = await case_of(ask, entered.meta.log, Act.CHECK_IN)
    if case is None:
        await ask.show(notes.gone(None))
        return
    entries = {key: raw for key, raw in entered.entries.items() if key in keys}
    checked = check(entries, {}, case.setting)
    if checked.problems:
        await ask.refuse(form_view.errors(checked.problems, entered))
        return
    if "points" not in checked.content:
        words = "Write at least one point that you talked about."
        await ask.refuse({entered.block_of.get("points", ""): words})
        return

    async def noted(case: Case) -> Change | Refused:
        return check_in(case.log, checked.content, actor=case.actor, now=ask.now)

    await store_or_say(ask, entered.meta.log, Act.CHECK_IN, noted, "checked in")


async def check_in_more(ask: Ask) -> None:
    """*More* in a check-in; what was typed stays."""
    entered = form_view.read(ask.view)
    case = await case_of(ask, entered.meta.log, Act.CHECK_IN)
    if case is None:
        await ask.show(notes.gone(None))
        return
    await ask.show(_check_in_form(case, more=True))


def _check_in_form(case: Case, *, more: bool = False) -> View:
    about = form_view.FormAbout(
        agent=case.agent,
        supervisor=case.actor,
        criteria=case.criteria,
        reference=case.log.reference,
        fixed_agent=True,
    )
    meta = Meta(log=case.log.id, element="conversation", more=more)
    return small.check_in(case.log, meta, about)


async def void_pressed(ask: Ask) -> None:
    """*Void…*: asks for the reason."""
    case = await case_of(ask, ask.value, Act.VOID)
    if case is None:
        await ask.show(notes.gone(None))
    elif case.log.voided is not None:
        await ask.show(notes.refused(f"{case.log.reference} was voided already."))
    else:
        before = rested_on(case.log, await earlier_of(ask, case.log))
        await ask.show(
            small.void(
                case.log,
                case.agent or case.actor,
                before,
                is_unheard=is_unheard(case.log, ask.now),
            )
        )


async def void_submitted(ask: Ask) -> None:
    """Take the log back; the agent is told the reason."""
    reason = small.read_void(ask.view)
    if not reason.strip():
        case = await case_of(ask, ask.meta.log, Act.VOID)
        who = short_name(case.agent) if case else ""
        await ask.refuse({ids.VOID_REASON_BLOCK: f"Say why; {who or 'the agent'} is told."})
        return

    async def voided(case: Case) -> Sequence[Change] | Refused:
        earlier = await earlier_of(ask, case.log)
        return void(case.log, reason, actor=case.actor, now=ask.now, earlier=earlier)

    await store_or_say(ask, ask.meta.log, Act.VOID, voided, "voided")
