"""The quick log: evidence, target and follow-up in one form."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from coaching.change import Change, Refused
from coaching.elements import EVIDENCE, FOLLOW_UP, TARGET, missing
from coaching.entries import Checked, Hint, Problem, Setting, check
from coaching.fields import Content, Raw, Value
from coaching.log import Log, State
from coaching.people import Act, Person, may
from coaching.session import write
from coaching.sharing import SECOND_REASON, share, waits_until
from coaching.suggestions import suggested
from handlers import walk
from handlers.ask import Ask
from handlers.cases import Case, other_targets, setting_of
from handlers.forms import case_for, rescaled, typed_over
from handlers.retrying import until_stored
from handlers.saving import adopted, differing
from storage.store import Stale
from views import ids, notes
from views import look_over as look_over_view
from views import quick as quick_view
from views.form import Entered, FormAbout, errors, read
from views.meta import Meta
from views.second_reason import asks_reason

_PARTS = (EVIDENCE, TARGET, FOLLOW_UP)


@dataclass(frozen=True, slots=True)
class _Draft:
    """A quick log that isn't stored yet: its case, what was entered, the agent's open targets."""

    case: Case
    entered: Entered
    checked: Checked
    targets: list[Log]

    @property
    def doubts(self) -> tuple[Hint, ...]:
        """The hints that were not overruled; one that is the same on two fields is said once."""
        overruled = self.entered.meta.overruled
        said: dict[str, Hint] = {}
        for hint in self.checked.hints:
            if hint.field not in overruled:
                said.setdefault(hint.text, hint)
        return tuple(said.values())

    @property
    def overtaken(self) -> Mapping[str, str]:
        """What was typed otherwise than another device stored since the form was shown."""
        log, entered = self.case.log, self.entered
        if log.saved == entered.meta.version or log.state is State.DISCARDED:
            return {}
        shown = {key: raw for key, raw in entered.entries.items() if key not in entered.lost}
        return differing(shown, self.checked, log.content)


async def open_new(
    ask: Ask, actor: Person, agent: Person | None, targets: Sequence[Log] = ()
) -> None:
    """*Quick log*, for an agent whom the actor may coach; `targets` are open for them already."""
    setting = await setting_of(ask, actor)
    meta = Meta(agent=agent.user if agent else "", new_id=ask.deps.new_id())
    content: Content = {"agent": agent.user} if agent else {}
    about = FormAbout(
        agent=agent,
        supervisor=actor,
        criteria=setting.criteria,
        fixed_agent=agent is not None,
        suggestions=_known(content, setting),
        today=setting.today,
        told_at=waits_until(agent, ask.now) if agent else None,
    )
    await ask.show(quick_view.quick(content, meta, about, others_open=targets))


def _known(content: Content, setting: Setting) -> dict[str, Value]:
    """What the form can fill in; nothing of an open target, since it is for another one."""
    known: dict[str, Value] = {}
    for part in _PARTS:
        known |= suggested(part, {**content, **known}, setting)
    return known


def _entries(entered: Entered, content: Content, setting: Setting) -> dict[str, Raw]:
    """What was entered; what the form did not show is what its line said."""
    keys = {field.key for part in _PARTS for field in part}
    entries = {
        key: raw for key, raw in entered.entries.items() if key in keys and key not in entered.lost
    }
    picked = entries.get("criterion")
    basis: Content = {**content, "criterion": picked} if isinstance(picked, str) else content
    for key, value in _known(basis, setting).items():
        entries.setdefault(key, value)
    return entries


async def _read(ask: Ask) -> _Draft | None:
    """The form as it was handed back; None, and said so, where its log can't be written."""
    entered = read(ask.view)
    case = await case_for(ask, entered)
    if case is None:
        await ask.show(notes.gone(None))
        return None
    chosen = entered.entries.get("agent", case.log.agent)
    if isinstance(chosen, str):
        case = replace(case, agent=case.people.get(chosen))
    targets = await other_targets(ask, case)
    entries = _entries(entered, case.log.content, case.setting)
    checked = check(entries, case.log.content, case.setting)
    return _Draft(case, entered, checked, targets)


def _written(ask: Ask, draft: _Draft) -> Change | Refused | list[Problem]:
    case, checked = draft.case, draft.checked
    problems = list(checked.problems)
    chosen = checked.content.get("agent")
    if chosen and (case.agent is None or not may(case.actor, Act.COACH, agent=case.agent)):
        problems.append(Problem("agent", notes.not_your_agent(case.agent)))
    if problems:
        return problems
    content, added = adopted(ask, checked.content)
    change = write(case.log, _PARTS, content, actor=case.actor, now=ask.now)
    return change if isinstance(change, Refused) else replace(change, added_criteria=added)


async def submitted(ask: Ask) -> None:
    """*Share with …*: write and share in one go; nothing is stored where something is wrong."""
    await _or_as_typed(ask, _submitted)


async def add_the_rest(ask: Ask) -> None:
    """*Add the rest*: save what is there and go on with the walk."""
    await _or_as_typed(ask, _add_the_rest)


async def _or_as_typed(ask: Ask, storing: Callable[[Ask], Awaitable[None]]) -> None:
    """Store it; where others keep saving in between, show the form as it was typed."""
    try:
        await until_stored(lambda: storing(ask))
    except Stale:
        draft = await _read(ask)
        if draft is not None:
            await _show(ask, draft, hints=(Hint("", notes.BUSY),))


async def _submitted(ask: Ask) -> None:
    draft = await _read(ask)
    if draft is None:
        return
    case = draft.case
    written = _written(ask, draft)
    if isinstance(written, list):
        await _refuse(ask, draft, written)
        return
    if draft.overtaken:
        await _show_stored(ask, draft)
        return
    if case.log.is_shared and case.agent is not None:
        # Pressed twice, or delivered twice: the first one did it.
        await ask.show(look_over_view.shared_note(case.log, case.agent, case.actor, ask.now))
        return
    if isinstance(written, Refused):
        await ask.show(notes.refused(written.words))
        return
    if lacking := missing(written.log.content):
        await _refuse(ask, draft, [Problem(field.key, notes.NEEDED) for field in lacking])
        return
    if hints := (*_replanned(draft), *draft.doubts):
        await _doubt(ask, draft, hints)
        return
    await _share(ask, draft, written)


async def _share(ask: Ask, draft: _Draft, written: Change) -> None:
    case = draft.case
    if case.agent is None:
        await _refuse(ask, draft, [Problem("agent", notes.not_your_agent(None))])
        return
    criteria = {**case.criteria, **{item.id: item for item in written.added_criteria}}
    answer = share(
        written.log,
        actor=case.actor,
        agent=case.agent,
        setting=replace(case.setting, criteria=criteria),
        others_open=draft.targets,
        second_reason=look_over_view.read_second_reason(ask.view),
    )
    if isinstance(answer, Refused):
        await ask.show(notes.refused(answer.words))
    elif isinstance(answer, Change):
        change = replace(answer, added_criteria=written.added_criteria)
        (stored,) = await ask.deps.store.save(change)
        await ask.show(look_over_view.shared_note(stored, case.agent, case.actor, ask.now))
    else:
        await _refuse(ask, draft, answer)


def _replanned(draft: _Draft) -> tuple[Hint, ...]:
    """Says the plan where it is not the one of the form's line: only what was seen is shared.

    It is another one after midnight, and where the criterion was changed since.
    """
    meta, content = draft.entered.meta, _typed(draft)
    about = _about(draft, content)
    if meta.more or meta.plan == quick_view.plan_mark(content, about):
        return ()
    return (Hint("", notes.replanned(quick_view.plan_words(content, about))),)


async def _doubt(ask: Ask, draft: _Draft, hints: tuple[Hint, ...]) -> None:
    """Show the hints once; the next press goes on."""
    doubted = {hint.field for hint in draft.checked.hints}
    meta = draft.entered.meta
    meta = replace(meta, overruled=tuple(sorted({*meta.overruled, *doubted})))
    entered = replace(draft.entered, meta=meta)
    await _show(ask, replace(draft, entered=entered), hints=hints)


async def _refuse(ask: Ask, draft: _Draft, problems: list[Problem]) -> None:
    """Put problems on their fields; where all are on folded ones, show those of the plan.

    With others beside them they may be gone once those are answered: the plan follows from the
    criterion.
    """
    shown = draft.entered.block_of
    found = errors([item for item in problems if item.field in shown], draft.entered)
    reason = [item.text for item in problems if item.field == SECOND_REASON]
    if reason and asks_reason(ask.view):
        found[ids.SECOND_REASON_BLOCK] = reason[0]
    if found:
        await ask.refuse(found)
        return
    plan = any(item.field in {field.key for field in FOLLOW_UP} for item in problems)
    hints = tuple(Hint(item.field, item.text) for item in problems if item.field != SECOND_REASON)
    await _show(ask, draft, hints=hints, more=plan)


async def _show(
    ask: Ask, draft: _Draft, *, hints: tuple[Hint, ...] = (), more: bool = False
) -> None:
    meta = replace(draft.entered.meta, more=draft.entered.meta.more or more)
    content = _typed(draft)
    agent = draft.case.agent
    told_at = waits_until(agent, ask.now) if agent else None
    about = replace(_about(draft, content), hints=hints, told_at=told_at)
    await ask.show(quick_view.quick(content, meta, about, others_open=draft.targets))


async def _show_stored(ask: Ask, draft: _Draft) -> None:
    """Show what another device stored, with what was typed here quoted."""
    log, meta = draft.case.log, draft.entered.meta
    about = replace(_about(draft, log.content), unsaved=draft.overtaken)
    if log.is_shared:
        await ask.show(quick_view.shared_already(log, about, ask.deps.command))
        return
    about = replace(about, hints=(Hint("", notes.CHANGED_MEANWHILE),))
    meta = replace(meta, version=log.saved, generation=meta.generation + 1)
    await ask.show(quick_view.quick(log.content, meta, about, others_open=draft.targets))


def _typed(draft: _Draft) -> Content:
    return typed_over(draft.case.log.content, draft.entered)


def _about(draft: _Draft, content: Content) -> FormAbout:
    case = draft.case
    return FormAbout(
        agent=case.agent,
        supervisor=case.supervisor,
        criteria=case.criteria,
        fixed_agent=bool(draft.entered.meta.agent),
        suggestions=_known(content, case.setting),
        today=case.setting.today,
    )


async def redraw(ask: Ask, *, more: bool) -> None:
    """*Change* at the follow-up line, or another criterion picked; what was typed stays."""
    draft = await _read(ask)
    if draft is not None:
        entered, hints = rescaled(ask, draft.entered, draft.case.criteria)
        await _show(ask, replace(draft, entered=entered), hints=hints, more=more)


async def _add_the_rest(ask: Ask) -> None:
    draft = await _read(ask)
    if draft is None:
        return
    written = _written(ask, draft)
    if isinstance(written, list):
        hints = tuple(Hint(item.field, item.text) for item in written)
        await _show(ask, draft, hints=hints)
    elif draft.overtaken:
        await _show_stored(ask, draft)
    elif isinstance(written, Refused):
        await ask.show(notes.refused(written.words))
    elif draft.doubts:
        await _doubt(ask, draft, draft.doubts)
    else:
        (log,) = await ask.deps.store.save(written)
        case = draft.case
        criteria = {**case.criteria, **{item.id: item for item in written.added_criteria}}
        await walk.take_up(ask, replace(case, log=log, criteria=criteria))
