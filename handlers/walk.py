"""The walk through a log's forms: every *Next* saves, *Back* loses nothing."""

from __future__ import annotations

from dataclasses import replace

from coaching import draft
from coaching.change import Refused
from coaching.elements import EVIDENCE, FOLLOW_UP, WALK
from coaching.entries import Hint, Problem
from coaching.fields import Element
from coaching.log import State
from coaching.people import Act
from coaching.sharing import closed_to_changes
from handlers import look_over
from handlers.ask import Ask
from handlers.cases import Case, case_for_part, case_of
from handlers.forms import (
    case_for,
    element_of,
    form_after,
    meta_of,
    open_form,
    rescaled,
    typed_over,
)
from handlers.saving import Gone, Overtaken, Saved, Wrong, save
from views import choice, ids, notes
from views.form import Entered, errors, read
from views.meta import Meta


async def take_up(ask: Ask, case: Case) -> None:
    """Go on with a draft at the first form with something missing, else at the look-over."""
    gap = draft.gap(case.log, ask.now)
    if gap is None:
        await look_over.open_view(ask, case)
    else:
        await open_form(ask, case, gap, meta_of(case.log, gap, walk=True))


async def submitted(ask: Ask) -> None:
    """*Next*, *Look it over* or *Save*: save the form and show what comes after it."""
    entered = read(ask.view)
    element = element_of(entered.meta)
    if entered.lost and not entered.meta.retried:
        await _show_again(ask, entered, element)
        return
    outcome = await save(ask, entered, element)
    if isinstance(outcome, Wrong):
        await ask.refuse(errors(outcome.problems, entered))
    elif not isinstance(outcome, Saved):
        await _not_saved(ask, entered, element, outcome)
    elif _open_hints(outcome, entered.meta):
        await _hint(ask, outcome, entered, element)
    elif not entered.meta.walk:
        await ask.show(notes.saved(outcome.case.log, outcome.case.agent, ask.deps.command, ask.now))
    else:
        await _next_form(ask, outcome.case, element, entered.meta)


def _open_hints(saved: Saved, meta: Meta) -> tuple[Hint, ...]:
    return tuple(hint for hint in saved.hints if hint.field not in meta.overruled)


async def _hint(ask: Ask, saved: Saved, entered: Entered, element: Element) -> None:
    log = saved.case.log
    meta = replace(
        entered.meta,
        log=log.id,
        new_id="",
        version=log.versions.get(element.key, 0),
        overruled=tuple({*entered.meta.overruled, *(hint.field for hint in saved.hints)}),
    )
    await open_form(ask, saved.case, element, meta, hints=saved.hints)


async def _next_form(ask: Ask, case: Case, element: Element, meta: Meta) -> None:
    following = form_after(ask, case, element, meta)
    if following is None:
        await look_over.open_view(ask, case)
        return
    next_meta = meta_of(case.log, following, walk=True, agent=meta.agent)
    await open_form(ask, case, following, replace(next_meta, gaps=meta.gaps))


async def _show_again(ask: Ask, entered: Entered, element: Element) -> None:
    """Slack sent a form without some of its fields: ask again rather than guess."""
    case = await case_for(ask, entered)
    if case is None:
        await ask.show(notes.gone(None))
        return
    typed = typed_over(case.log.content, entered)
    meta = replace(entered.meta, generation=entered.meta.generation + 1, retried=True)
    await open_form(ask, case, element, meta, content=typed)


async def _not_saved(
    ask: Ask, entered: Entered, element: Element, outcome: Overtaken | Refused | Gone
) -> None:
    if isinstance(outcome, Overtaken):
        log = outcome.case.log
        meta = replace(
            entered.meta,
            log=log.id,
            new_id="",
            version=log.versions.get(element.key, 0),
            generation=entered.meta.generation + 1,
            walk=entered.meta.walk and not log.is_shared,
        )
        is_shared_by_now = entered.meta.walk and log.is_shared
        hints = (Hint("", notes.shared_meanwhile(log)),) if is_shared_by_now else ()
        await open_form(ask, outcome.case, element, meta, unsaved=outcome.unsaved, hints=hints)
    elif isinstance(outcome, Refused):
        said = errors([Problem("", outcome.words)], entered)
        if said and ask.is_submission:
            # The form stays, so that what was written in it is not lost.
            await ask.refuse(said)
        else:
            await ask.show(notes.refused(outcome.words))
    else:
        await ask.show(notes.gone(None))


async def _save_and(ask: Ask) -> tuple[Entered, Element, Case] | None:
    """Save before leaving a form by a button; None where the form was shown again instead."""
    entered = read(ask.view)
    element = element_of(entered.meta)
    outcome = await save(ask, entered, element)
    if isinstance(outcome, Saved):
        return entered, element, outcome.case
    if isinstance(outcome, Wrong):
        # A button's answer can't put errors on fields, so they come as words under them.
        case = await case_for(ask, entered)
        if case is None:
            await ask.show(notes.gone(None))
            return None
        hints = tuple(Hint(problem.field, problem.text) for problem in outcome.problems)
        typed = typed_over(case.log.content, entered)
        await open_form(ask, case, element, entered.meta, hints=hints, content=typed)
        return None
    await _not_saved(ask, entered, element, outcome)
    return None


async def back(ask: Ask) -> None:
    """*Back*: save, then the form before; from the look-over, the last form."""
    if ask.view.get("callback_id") != ids.FORM:
        case = await case_of(ask, ask.meta.log, Act.WRITE)
        if case is None or case.log.state is not State.DRAFT:
            await ask.show(notes.gone(case.log if case else None))
        else:
            await open_form(ask, case, FOLLOW_UP, meta_of(case.log, FOLLOW_UP, walk=True))
        return
    saved = await _save_and(ask)
    if saved is None:
        return
    entered, element, case = saved
    part = draft.before(case.log, element, ask.now) or EVIDENCE
    await open_form(ask, case, part, meta_of(case.log, part, walk=True, agent=entered.meta.agent))


async def finish_later(ask: Ask) -> None:
    """*Finish later*: save, and say how to come back."""
    if ask.view.get("callback_id") != ids.FORM:
        case = await case_of(ask, ask.meta.log, Act.WRITE)
    else:
        saved = await _save_and(ask)
        if saved is None:
            return
        case = saved[2]
    if case is None or case.log.state is not State.DRAFT:
        await ask.show(notes.gone(case.log if case else None))
    else:
        await ask.show(notes.kept(case.log, ask.deps.command))


async def more(ask: Ask) -> None:
    """*More*: the fields of the form that are not always used; what was typed stays."""
    await _redraw(ask, more=True)


async def criterion_picked(ask: Ask) -> None:
    """Another criterion: what was typed stays, but for a threshold on another scale."""
    await _redraw(ask)


async def _redraw(ask: Ask, *, more: bool = False) -> None:
    entered = read(ask.view)
    element = element_of(entered.meta)
    case = await case_for(ask, entered)
    if case is None:
        await ask.show(notes.gone(None))
        return
    entered, hints = rescaled(ask, entered, case.criteria)
    meta = replace(entered.meta, more=entered.meta.more or more)
    typed = typed_over(case.log.content, entered)
    await open_form(ask, case, element, meta, hints=hints, content=typed)


async def go_on(ask: Ask) -> None:
    """*Continue*: take a draft's walk up at the first form with something missing."""
    case = await case_of(ask, ask.value, Act.WRITE)
    if case is None or case.log.state is not State.DRAFT:
        await ask.show(notes.gone(case.log if case else None))
        return
    # Of a message that comes along, what the draft has room for.
    given = choice.read_given(ask.view)
    fitting = {key: value for key, value in given.items() if key not in case.log.content}
    if fitting:
        meta = meta_of(case.log, EVIDENCE, walk=True)
        await open_form(ask, case, EVIDENCE, meta, given=fitting)
    else:
        await take_up(ask, case)


async def change(ask: Ask) -> None:
    """*Change*: one element's form; the button's value is "logid element-key", or the log alone.

    From the look-over of a draft it leads back there, from a shared log it is a form alone.
    """
    log_id, _, key = ask.value.partition(" ")
    element = next((part for part in WALK if part.key == key), EVIDENCE) if key else None
    if element is not None:
        case = await case_for_part(ask, log_id, element)
    else:
        case = await case_of(ask, log_id, Act.WRITE)
    if case is None:
        await ask.show(notes.gone(None))
        return
    if closed_to_changes(case.log, element):
        await ask.show(notes.refused(notes.not_writable(case.log, ask.deps.command)))
    elif element is None:
        await ask.show(choice.part_to_change(case.log))
    else:
        is_draft = not case.log.is_shared
        meta = meta_of(case.log, element, walk=is_draft)
        await open_form(ask, case, element, replace(meta, returns=is_draft))
