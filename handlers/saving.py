"""Saving a form into its log, whoever else may be saving at the same time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from coaching.change import Change, Refused
from coaching.criteria import NEW, Criterion
from coaching.entries import Checked, Hint, Problem, check
from coaching.fields import Content, Element, Raw
from coaching.people import Act, may
from coaching.session import adopt, write
from coaching.sharing import revise
from handlers.ask import Ask
from handlers.cases import Case
from handlers.forms import case_for
from handlers.retrying import until_stored
from storage.store import Stale
from views import notes
from views.form import Entered


@dataclass(frozen=True, slots=True)
class Saved:
    """A form that was saved; `hints` are doubts that were not overruled yet."""

    case: Case
    hints: tuple[Hint, ...] = ()


@dataclass(frozen=True, slots=True)
class Wrong:
    """A form with wrong values; what was right is in `content`, nothing is saved."""

    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Overtaken:
    """A form whose element another device saved meanwhile, with other values."""

    case: Case
    unsaved: Mapping[str, str]


class Gone:
    """A log that isn't there, or that the person may not write in."""


Outcome = Saved | Wrong | Overtaken | Refused | Gone


async def save(ask: Ask, entered: Entered, element: Element) -> Outcome:
    """Save a form's entries into its log; at its first save a log is begun."""
    try:
        return await until_stored(lambda: _save(ask, entered, element))
    except Stale:
        return Refused(notes.BUSY_ELSEWHERE)


async def _save(ask: Ask, entered: Entered, element: Element) -> Outcome:
    case = await case_for(ask, entered)
    if case is None:
        return Gone()
    log = case.log
    entries = {
        field.key: entered.entries[field.key]
        for field in element
        if field.key in entered.entries and field.key not in entered.lost
    }
    checked = check(entries, log.content, case.setting)
    problems = [*checked.problems, *_agent_problems(case, checked, entries)]
    if problems:
        return Wrong(tuple(problems))
    if entered.meta.walk and log.is_shared:
        # Shared from another device: what was a draft when it was typed is not told to the agent.
        typed = differing(entries, checked, log.content)
        return Overtaken(case, typed) if typed else Refused(notes.shared_meanwhile(log))
    stored_version = log.versions.get(element.key, 0)
    if stored_version != entered.meta.version:
        typed = differing(entries, checked, log.content)
        if typed:
            return Overtaken(case, typed)
        return Saved(case, checked.hints)
    change = _change(ask, case, element, checked)
    if not isinstance(change, Change):
        return change
    (stored,) = await ask.deps.store.save(change)
    criteria = {**case.criteria, **{item.id: item for item in change.added_criteria}}
    agent = case.people.get(stored.agent or "")
    setting = replace(case.setting, criteria=criteria)
    return Saved(
        replace(case, log=stored, agent=agent, criteria=criteria, setting=setting),
        checked.hints,
    )


def _change(ask: Ask, case: Case, element: Element, checked: Checked) -> Change | Wrong | Refused:
    content, added = adopted(ask, checked.content)
    if case.log.is_shared:
        revised = revise(
            case.log,
            element,
            content,
            actor=case.actor,
            now=ask.now,
            supervisor=case.supervisor,
        )
        if isinstance(revised, list):
            return Wrong(tuple(revised))
        change = revised
    else:
        change = write(case.log, [element], content, actor=case.actor, now=ask.now)
    return change if isinstance(change, Refused) else replace(change, added_criteria=added)


def adopted(ask: Ask, content: Content) -> tuple[Content, tuple[Criterion, ...]]:
    """The content with IDs for the criteria that were typed by name, and those criteria."""
    typed = {
        str(value): ask.deps.new_id()
        for value in content.values()
        if isinstance(value, str) and value.startswith(NEW)
    }
    return adopt(content, typed)


def _agent_problems(case: Case, checked: Checked, entries: Mapping[str, Raw]) -> list[Problem]:
    chosen = checked.content.get("agent")
    if not isinstance(chosen, str) or ("agent" not in entries and case.log.saved):
        return []
    agent = case.people.get(chosen)
    if may(case.actor, Act.COACH, agent=agent):
        return []
    return [Problem("agent", notes.not_your_agent(agent))]


def differing(entries: Mapping[str, Raw], checked: Checked, stored: Content) -> Mapping[str, str]:
    """The typed text of each field that differs from what is stored now."""
    typed = {}
    for key in entries:
        value = checked.content.get(key, "")
        if value != stored.get(key, ""):
            typed[key] = "\n".join(value) if isinstance(value, tuple) else str(value)
    return typed
