"""Recording the outcome: figures, verdict, decision; *Close as met*, *Extend to …*."""

from __future__ import annotations

import datetime as dt
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace

from coaching import outcome as rules
from coaching.change import Change, Refused
from coaching.elements import EVIDENCE, FOLLOW_UP, OUTCOME
from coaching.entries import Checked, Problem, check
from coaching.fields import Content, Raw
from coaching.follow_up import verdict_of
from coaching.log import Log
from coaching.people import Act, Person
from handlers.ask import Ask
from handlers.cases import Case, case_of, people_of
from handlers.changing import change, refuse
from handlers.forms import meta_of, open_form, typed_over
from handlers.retrying import until_stored
from handlers.saving import differing
from handlers.taking_over import writer_of
from storage.store import Stale
from views import ids, notes
from views import outcome as outcome_view
from views.form import Entered, FormAbout, errors, read
from views.meta import Meta

_DECIDING = ("decision", "why")


async def open_form_of(
    ask: Ask,
    case: Case,
    *,
    content: Content | None = None,
    meta: Meta | None = None,
    unsaved: Mapping[str, str] | None = None,
    intro: tuple[str, ...] = (),
) -> None:
    """Show the outcome form, or why there is nothing (more) to decide."""
    if case.log.is_decided or not case.log.is_shared or case.log.voided:
        await ask.show(notes.refused(rules.already(case.log).words))
        return
    await ask.show(
        outcome_view.outcome(
            case.log,
            case.log.content if content is None else content,
            meta or meta_for(case.log),
            replace(_about(case), unsaved=unsaved or {}, intro=intro),
            early=not case.log.is_due(ask.now),
            extend_to=_extend_to(ask, case),
        )
    )


def _about(case: Case) -> FormAbout:
    return FormAbout(
        agent=case.agent,
        supervisor=case.supervisor,
        criteria=case.criteria,
        reference=case.log.reference,
    )


def _extend_to(ask: Ask, case: Case) -> dt.date | None:
    return rules.extension_of(case.log, case.criteria, ask.now, case.actor.zone)


async def more(ask: Ask) -> None:
    """*More*: the fields that are not always used; what was typed stays."""
    entered = read(ask.view)
    case = await case_of(ask, entered.meta.log, Act.DECIDE)
    if case is None:
        await ask.show(notes.gone(None))
        return
    content = typed_over(case.log.content, entered)
    await open_form_of(ask, case, content=content, meta=replace(entered.meta, more=True))


async def pressed(ask: Ask) -> None:
    """*Record outcome*."""
    case = await case_of(ask, ask.value, Act.DECIDE)
    if case is None:
        await ask.show(notes.gone(None))
    else:
        await open_form_of(ask, case)


async def submitted(ask: Ask) -> None:
    """Keep the figures; with a decision picked, decide."""
    await _or_busy(ask, lambda: _submitted(ask))


async def _or_busy(ask: Ask, work: Callable[[], Awaitable[None]]) -> None:
    try:
        await until_stored(work)
    except Stale:
        await ask.show(notes.refused(notes.BUSY))


async def _submitted(ask: Ask) -> None:
    entered = read(ask.view)
    case = await case_of(ask, entered.meta.log, Act.DECIDE)
    if case is None:
        await ask.show(notes.gone(None))
        return
    if entered.lost and not entered.meta.retried:
        meta = replace(entered.meta, generation=entered.meta.generation + 1, retried=True)
        await open_form_of(ask, case, content=typed_over(case.log.content, entered), meta=meta)
        return
    entries = _entries(entered)
    checked = check(entries, case.log.content, case.setting)
    if checked.problems:
        await ask.refuse(errors(checked.problems, entered))
        return
    typed = _overtaken(case.log, entered.meta, entries, checked)
    if typed:
        meta = replace(meta_for(case.log), generation=entered.meta.generation + 1)
        # A decision is stored by no other device: what was typed stays in its fields.
        kept = {key: checked.content[key] for key in _DECIDING if key in checked.content}
        await open_form_of(
            ask,
            case,
            content={**case.log.content, **kept},
            meta=meta,
            unsaved={key: words for key, words in typed.items() if key not in _DECIDING},
            intro=(notes.CHANGED_MEANWHILE,),
        )
    elif "decision" in checked.content and not await _is_for_the_lead(ask, case, checked.content):
        await _decide(ask, case, entered, checked.content)
    else:
        await _keep_figures(ask, case, entered, checked.content)


def meta_for(log: Log) -> Meta:
    """What the outcome form carries: it is overtaken by other figures and by another plan."""
    saved = log.versions.get(OUTCOME.key, 0) + log.versions.get(FOLLOW_UP.key, 0)
    return replace(meta_of(log, OUTCOME, walk=False), version=saved)


async def _is_for_the_lead(ask: Ask, case: Case, content: Content) -> bool:
    """Whether the figures leave the decision to a lead, and the actor is none: they are kept."""
    if not rules.lead_decides(case.log, verdict_of(content, case.criteria), ask.now):
        return False
    leads = await ask.deps.store.leads_of(ask.workspace, case.log.agent or "")
    return bool(leads) and case.actor.user not in {lead.user for lead in leads}


def _entries(entered: Entered) -> dict[str, Raw]:
    keys = {field.key for field in OUTCOME}
    return {
        key: raw for key, raw in entered.entries.items() if key in keys and key not in entered.lost
    }


def _overtaken(
    log: Log, meta: Meta, entries: dict[str, Raw], checked: Checked
) -> Mapping[str, str]:
    """What was typed here, where figures or plan were changed since the form was opened."""
    if log.is_decided or meta_for(log).version == meta.version:
        return {}
    return differing(entries, checked, log.content)


async def _keep_figures(ask: Ask, case: Case, entered: Entered, content: Content) -> None:
    problems = rules.too_many(content)
    if "looked_at" not in content:
        problems = [Problem("looked_at", "How many calls did you look at? 0 is an answer.")]
    elif "looked_at" not in entered.block_of:
        problems = [Problem("decision", "Pick what happens next. The figures are saved already.")]
    if problems:
        await ask.refuse(errors(problems, entered))
        return
    leads = await ask.deps.store.leads_of(ask.workspace, case.log.agent or "")

    async def kept(case: Case) -> Change | Refused:
        return rules.record_figures(
            case.log,
            content,
            actor=case.actor,
            criteria=case.criteria,
            leads=[lead.user for lead in leads],
            now=ask.now,
        )

    changed = await change(ask, case.log.id, Act.DECIDE, kept)
    if changed is None:
        await ask.show(notes.gone(None))
    elif isinstance(changed, Refused):
        await refuse(ask, changed.words)
    elif await _is_for_the_lead(ask, case, content):
        await ask.show(outcome_view.lead_decides_note(changed[1], leads))
    else:
        case = replace(changed[0], log=changed[1])
        await ask.show(
            outcome_view.to_decide(
                case.log,
                meta_for(case.log),
                _about(case),
                early=not case.log.is_due(ask.now),
                extend_to=_extend_to(ask, case),
            )
        )


async def _decide(ask: Ask, case: Case, entered: Entered | None, content: Content) -> None:
    leads = await ask.deps.store.leads_of(ask.workspace, case.log.agent or "")
    decided = rules.decide(
        case.log,
        content,
        actor=case.actor,
        criteria=case.criteria,
        leads=leads,
        new_log_id=ask.deps.new_id(),
        now=ask.now,
        writer=case.actor.user if case.may(Act.COACH) else await writer_of(ask, case),
        agent=case.agent,
    )
    if isinstance(decided, Refused):
        await refuse(ask, decided.words)
        return
    problems = [item for item in decided if isinstance(item, Problem)]
    if problems:
        if entered is not None:
            await ask.refuse(errors(problems, entered))
        else:
            await ask.show(notes.refused(problems[0].text))
        return
    logs = await ask.deps.store.save(*(item for item in decided if isinstance(item, Change)))
    await _after(ask, case, logs, leads)


async def _after(ask: Ask, case: Case, logs: list[Log], leads: list[Person]) -> None:
    draft = logs[1] if len(logs) > 1 else None
    if draft is not None and draft.supervisor == case.actor.user:
        meta = replace(meta_of(draft, EVIDENCE, walk=True), agent=draft.agent or "")
        said = (outcome_view.goes_on(logs[0], draft, case.agent),)
        await open_form(ask, replace(case, log=draft), EVIDENCE, meta, said=said)
    elif ask.in_modal:
        writer = None
        if draft is not None:
            writer = (await people_of(ask, draft.supervisor)).get(draft.supervisor)
        await ask.show(outcome_view.decided_note(logs[0], case.agent, leads, writer))
    elif ask.is_private_message:
        await ask.tell(outcome_view.decided_message(logs[0], case.agent, leads), replace=True)
    else:
        # The message follows the log by itself.
        await ask.done()


async def close_as_met(ask: Ask) -> None:
    """*Close as met*: one press where the figures say so."""
    await _or_busy(ask, lambda: _close_as_met(ask))


async def _close_as_met(ask: Ask) -> None:
    case = await case_of(ask, ask.value, Act.DECIDE)
    if case is None:
        await ask.show(notes.gone(None))
    elif rules.closes_in_one_press(case.log, case.criteria):
        await _decide(ask, case, None, {**case.log.content, "decision": "close"})
    else:
        # On an old message: the figures say something else by now, or a reason is owed.
        await open_form_of(ask, case)


async def extend(ask: Ask) -> None:
    """*Extend to …*: one press where too few calls were scored."""
    log_id, times = ids.parted(ask.value)

    async def moved(case: Case) -> Change | Refused:
        return rules.extend(
            case.log,
            actor=case.actor,
            criteria=case.criteria,
            now=ask.now,
            supervisor=case.supervisor,
            before=times,
            until=ids.offered_day(ask.value),
        )

    changed = await change(ask, log_id, Act.DECIDE, moved)
    if changed is None:
        await ask.show(notes.gone(None))
    elif isinstance(changed, Refused):
        await ask.show(notes.refused(changed.words))
    elif ask.in_modal:
        await ask.show(outcome_view.extended_note(changed[1], changed[0].agent))
    elif ask.is_private_message:
        await ask.tell(outcome_view.extended_message(changed[1], changed[0].agent), replace=True)
    else:
        await ask.done()
