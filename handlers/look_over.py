"""The look-over at the end of the walk, and sharing."""

from __future__ import annotations

from coaching import draft, elements
from coaching.change import Change, Refused
from coaching.log import State
from coaching.people import Act
from coaching.sharing import SECOND_REASON, share
from handlers.ask import Ask
from handlers.cases import Case, case_of, other_targets
from handlers.retrying import until_stored
from storage.store import Stale
from views import ids, notes
from views import look_over as look_over_view
from views.form import FormAbout
from views.second_reason import asks_reason


async def open_view(ask: Ask, case: Case, *notes: str) -> None:
    """Show the log as its agent will see it, with what is missing, and *Share with …*.

    `notes` stand above it: why it is shown again.
    """
    others = await other_targets(ask, case)
    about = FormAbout(
        agent=case.agent,
        supervisor=case.supervisor,
        criteria=case.criteria,
        reference=case.log.reference,
        intro=notes,
    )
    await ask.show(
        look_over_view.look_over(
            case.log,
            about,
            missing=elements.missing(case.log.content),
            unwritten=elements.unwritten(case.log.content),
            complete_by=draft.complete_by(case.log, ask.now),
            now=ask.now,
            needs_second_reason=others,
        )
    )


async def shared(ask: Ask) -> None:
    """*Share with …*: from here on the log is the agent's too."""
    try:
        await until_stored(lambda: _shared(ask))
    except Stale:
        await ask.show(notes.refused(notes.BUSY))


async def _shared(ask: Ask) -> None:
    meta = ask.meta
    case = await case_of(ask, meta.log, Act.WRITE)
    if case is None or case.agent is None:
        await ask.show(notes.gone(case.log if case else None))
        return
    if case.log.state is State.OPEN and case.log.revision == 1:
        # Pressed twice: the first press did it.
        await ask.show(look_over_view.shared_note(case.log, case.agent, case.actor, ask.now))
        return
    if not case.may(Act.COACH):
        await ask.show(notes.refused(notes.not_your_agent(case.agent)))
        return
    if case.log.state is State.DRAFT and case.log.saved != meta.version:
        await open_view(ask, case, look_over_view.CHANGED_MEANWHILE)
        return
    if draft.is_planned(case.log, ask.now):
        await open_view(ask, case)
        return
    answer = share(
        case.log,
        actor=case.actor,
        agent=case.agent,
        setting=case.setting,
        others_open=await other_targets(ask, case),
        second_reason=look_over_view.read_second_reason(ask.view),
    )
    if isinstance(answer, Refused):
        await ask.show(notes.refused(answer.words))
    elif isinstance(answer, Change):
        (log,) = await ask.deps.store.save(answer)
        await ask.show(look_over_view.shared_note(log, case.agent, case.actor, ask.now))
    elif [problem.field for problem in answer] == [SECOND_REASON] and asks_reason(ask.view):
        await ask.refuse({ids.SECOND_REASON_BLOCK: answer[0].text})
    else:
        await open_view(ask, case, *(problem.text for problem in answer))
