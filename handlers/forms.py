"""Showing an element's form, and finding the log that a form belongs to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from coaching import elements
from coaching.criteria import Criterion
from coaching.draft import after, gap_after
from coaching.elements import EVIDENCE, FOLLOW_UP, TARGET
from coaching.entries import Hint, criterion_of, plan_of
from coaching.fields import Content, Element, Value
from coaching.log import Log
from coaching.people import Act
from coaching.session import begin
from coaching.sharing import act_in
from coaching.suggestions import open_cycle, suggested
from handlers.ask import Ask
from handlers.cases import Case, case_with, other_targets, people_of, setting_of
from views import intro, notes
from views.form import Entered, FormAbout, form, leads_to
from views.meta import Meta
from views.reading import Reading
from views.reading_back import shown_option


async def open_form(
    ask: Ask,
    case: Case,
    element: Element,
    meta: Meta,
    *,
    given: Mapping[str, Value] | None = None,
    hints: tuple[Hint, ...] = (),
    unsaved: Mapping[str, str] | None = None,
    content: Content | None = None,
    said: tuple[str, ...] = (),
) -> None:
    """Show an element's form with what is stored, known or given.

    `said` stands above everything else. `content` takes the place of what is stored, for a form
    that is shown again as it was typed.
    """
    content = case.log.content if content is None else content
    targets = await _open_targets(ask, case, element)
    cycle = open_cycle(content, [] if case.log.continues else targets)
    suggestions = {**suggested(element, content, case.setting, cycle), **(given or {})}
    about = FormAbout(
        agent=case.agent,
        supervisor=case.supervisor,
        criteria=case.criteria,
        reference=case.log.reference if case.log.number else "",
        intro=(*said, *await _intro(ask, case, element, targets)),
        outro=_outro(case, element, {**suggestions, **content}),
        hints=hints,
        unsaved=unsaved or {},
        suggestions=suggestions,
        required=_kept(case.log, element),
        today=case.setting.today,
        fixed_agent=bool(meta.agent) or case.log.is_shared or case.log.continues is not None,
    )
    submit = leads_to(form_after(ask, case, element, meta)) if meta.walk else None
    await ask.show(form(element, content, meta, about, submit=submit))


def _kept(log: Log, element: Element) -> frozenset[str]:
    """What a shared log can't be without; no step of the walk is refused for what is empty."""
    needed = (field.key for field in element if field.needed) if log.is_shared else ()
    return frozenset(needed)


def form_after(ask: Ask, case: Case, element: Element, meta: Meta) -> Element | None:
    """The form that comes after this step of the walk; None where the look-over does."""
    if meta.returns:
        return None
    if meta.gaps:
        return gap_after(case.log, element)
    return after(case.log, element, ask.now)


async def _open_targets(ask: Ask, case: Case, element: Element) -> list[Log]:
    """The agent's open targets, where a draft's form says or suggests something of them."""
    if element not in (EVIDENCE, TARGET, FOLLOW_UP) or case.log.is_shared:
        return []
    return await other_targets(ask, case)


async def _intro(ask: Ask, case: Case, element: Element, targets: Sequence[Log]) -> tuple[str, ...]:
    if element is not EVIDENCE or case.log.is_shared:
        return ()
    if case.agent is None or not case.may(Act.COACH):
        return ()
    store, going_on = ask.deps.store, case.log.continues
    latest = (await store.latest(ask.workspace, [case.agent.user])).get(case.agent.user)
    before = await store.log(ask.workspace, going_on) if going_on else latest
    reading = Reading(reader=case.actor, now=ask.now, people=case.people, criteria=case.criteria)
    return intro.about_agent(case.agent, latest, before, targets, reading)


def _outro(case: Case, element: Element, filled: Content) -> tuple[str, ...]:
    plan = plan_of(filled, case.setting) if element is FOLLOW_UP else None
    return (f"{plan.sentence(case.setting.today.year)}.",) if plan else ()


def meta_of(log: Log, element: Element, *, walk: bool, agent: str = "") -> Meta:
    """What a form carries with it about a log as it is now."""
    return Meta(
        log=log.id,
        element=element.key,
        version=log.versions.get(element.key, 0),
        walk=walk,
        agent=agent,
    )


async def case_for(ask: Ask, entered: Entered) -> Case | None:
    """The form's log; for a form that was never saved, a draft that is not stored yet.

    Whoever is picked as agent in the form is among its people.

    A first submission that Slack delivers twice finds the draft that its twin stored, since the
    form carries the ID that its log will have.
    """
    meta, picked = entered.meta, entered.entries.get("agent")
    chosen = picked if isinstance(picked, str) else ""
    log_id = meta.log or meta.new_id
    log = await ask.deps.store.log(ask.workspace, log_id) if log_id else None
    if log is not None:
        return await case_with(ask, log, act_in(element_of(meta), log), chosen)
    people = await people_of(ask, ask.user, meta.agent, chosen)
    actor = people[ask.user]
    if meta.log or not meta.new_id or not actor.can_log:
        return None
    content: Content = {"agent": meta.agent} if meta.agent else {}
    draft = begin(
        workspace=ask.workspace,
        log_id=meta.new_id,
        supervisor=actor.user,
        now=ask.now,
        content=content,
    )
    setting = await setting_of(ask, actor)
    return Case(
        log=draft,
        actor=actor,
        agent=people.get(meta.agent),
        people=people,
        criteria=setting.criteria,
        setting=setting,
    )


def typed_over(content: Content, entered: Entered) -> Content:
    """What is stored with what was typed over it, unchecked: only to be shown again."""
    shown: dict[str, Value] = dict(content)
    for key, raw in entered.entries.items():
        if raw is None:
            shown.pop(key, None)
        elif key not in entered.lost:
            shown[key] = raw
    return shown


def rescaled(
    ask: Ask, entered: Entered, criteria: Mapping[str, Criterion]
) -> tuple[Entered, tuple[Hint, ...]]:
    """The form with another criterion picked: a threshold on another scale is left out, and why."""
    key = "follow_up_criterion"
    before = criterion_of({key: shown_option(ask.view, key)}, key, criteria)
    picked = criterion_of({key: str(entered.entries.get(key))}, key, criteria)
    threshold = entered.entries.get("threshold")
    if before is None or picked is None or before.scale == picked.scale or not threshold:
        return entered, ()
    meta = replace(entered.meta, generation=entered.meta.generation + 1)
    left = replace(entered, meta=meta, entries={**entered.entries, "threshold": None})
    return left, (Hint("threshold", notes.rescaled(str(threshold), before, picked)),)


def element_of(meta: Meta) -> Element:
    """The element whose form it is; the first where a payload names none that exists."""
    return next((part for part in elements.ELEMENTS if part.key == meta.element), EVIDENCE)
