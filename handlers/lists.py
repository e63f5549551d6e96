"""Lists that `/coach` answers with: due, drafts, history, team; and promised next steps."""

from __future__ import annotations

from collections.abc import Sequence

from coaching.change import Change, Refused
from coaching.log import Log
from coaching.people import Act, Person, Role, in_care, may, teams_in_care, visible
from coaching.session import answer_step, discard
from handlers import show
from handlers.ask import Ask
from handlers.cases import Case, actor_of, earlier_of, people_of
from handlers.changing import change
from views import help as help_views
from views import ids, notes
from views import lists as list_views

_PAGE = 10


async def looked_after(ask: Ask, actor: Person) -> list[Person]:
    """The agents of the teams that the actor supervises or leads, by name.

    Those who left as well: what was agreed with them is still to be decided.
    """
    teams = teams_in_care(actor)
    if not teams:
        return []
    return in_care(actor, await ask.deps.store.members(ask.workspace, teams, (Role.AGENT,)))


async def due(ask: Ask, actor: Person, *, replace: bool = False) -> None:
    """`/coach due`: follow-ups that are due or overdue, and next steps that were promised."""
    agents = await looked_after(ask, actor)
    store = ask.deps.store
    logs = [
        log
        for log in await store.open_logs(ask.workspace, [agent.user for agent in agents])
        if log.is_due(ask.now)
    ]
    promised = await store.promised(ask.workspace, actor.user, [agent.user for agent in agents])
    people = {agent.user: agent for agent in agents} | {actor.user: actor}
    others = {user for log in (*logs, *promised) for user in log.said_by}
    people |= await people_of(ask, *(others - set(people)))
    message = list_views.due(
        logs,
        visible(actor, promised, people),
        people,
        await store.criteria(ask.workspace),
        reader=actor,
        now=ask.now,
    )
    await ask.tell(message, replace=replace)


async def drafts(ask: Ask, actor: Person, *, replace: bool = False, said: str = "") -> None:
    """`/coach drafts`: unfinished logs.

    `replace` puts the list in place of the one whose button was pressed, and `said` is a sentence
    on what that did.
    """
    found = await ask.deps.store.drafts(ask.workspace, actor.user)
    people = await people_of(ask, *(log.agent for log in found if log.agent))
    own = visible(actor, found, people)
    message = list_views.drafts(
        own, people, reader=actor, now=ask.now, command=ask.deps.command, said=said
    )
    await ask.tell(message, replace=replace)


async def discard_pressed(ask: Ask) -> None:
    """*Discard* a draft; the button asked once more already. The drafts that are left come back."""
    again: list[Log] = []

    async def discarded(case: Case) -> Sequence[Change] | Refused:
        earlier = await earlier_of(ask, case.log)
        changes = discard(case.log, actor=case.actor, now=ask.now, earlier=earlier)
        if not isinstance(changes, Refused):
            again[:] = [change.log for change in changes[1:]]
        return changes

    changed = await change(ask, ask.value, Act.WRITE, discarded)
    if changed is None:
        await ask.show(notes.gone(None))
    elif isinstance(changed, Refused):
        await ask.show(notes.refused(changed.words))
    else:
        case, log = changed
        said = notes.discarded_words(log, again[0] if again else None, case.agent)
        if ask.in_modal or ask.in_home:
            await ask.show(notes.discarded(said))
        else:
            await drafts(ask, case.actor, replace=True, said=said)


async def history(
    ask: Ask, actor: Person, agent_id: str, *, before: int | None = None, replace: bool = False
) -> None:
    """`/coach history @agent`: newest first, in pages."""
    people = {actor.user: actor} if agent_id == actor.user else await people_of(ask, agent_id)
    agent = people.get(agent_id) or Person(user="", name="somebody")
    if not may(actor, Act.SEE, agent=agent):
        await ask.tell(help_views.not_your_agent(agent, ask.deps.command))
        return
    store = ask.deps.store
    logs = await store.history(ask.workspace, agent.user, before=before, limit=_PAGE + 1)
    people |= {actor.user: actor}
    people |= await people_of(ask, *({user for log in logs for user in log.said_by} - set(people)))
    message = list_views.history(
        agent,
        logs[:_PAGE],
        people,
        await store.criteria(ask.workspace),
        reader=actor,
        now=ask.now,
        older=len(logs) > _PAGE,
    )
    await ask.tell(message, replace=replace)


async def older(ask: Ask) -> None:
    """*Older*: the next page of a history; the button's value is "agent before-number"."""
    agent_id, before = ids.parted(ask.value)
    await history(ask, await actor_of(ask), agent_id, before=before, replace=True)


async def history_pressed(ask: Ask) -> None:
    """*History*, from a button; its value is the agent."""
    await history(ask, await actor_of(ask), ask.value.split(" ")[0])


async def team(ask: Ask, actor: Person) -> None:
    """`/coach team`: who was coached when, and what is due."""
    if not may(actor, Act.SEE_TEAM):
        await ask.tell(help_views.not_a_supervisor(actor, ask.deps.command, "team"))
        return
    agents = [agent for agent in await looked_after(ask, actor) if agent.is_active]
    figures = await ask.deps.store.team_figures(ask.workspace, [agent.user for agent in agents])
    await ask.tell(list_views.team(agents, figures, now=ask.now, reader=actor))


async def step_done(ask: Ask) -> None:
    """*Done*, on a promised next step."""
    await _step(ask, done=True)


async def step_later(ask: Ask) -> None:
    """*Not yet*, on a promised next step."""
    await _step(ask, done=False)


async def _step(ask: Ask, *, done: bool) -> None:
    log_id, number = ids.parted(ask.value)

    async def answered(case: Case) -> Change | Refused:
        people = await people_of(ask, *case.log.said_by)
        return answer_step(
            case.log, number or 0, done=done, actor=case.actor, now=ask.now, people=people
        )

    changed = await change(ask, log_id, Act.SEE, answered)
    if changed is None:
        await ask.show(notes.gone(None))
    elif isinstance(changed, Refused):
        await ask.show(notes.refused(changed.words))
    elif ask.in_home:
        await ask.done()
    elif ask.value.endswith(f" {ids.IN_LOG}"):
        await show.in_place(ask, changed[1].id)
    elif ask.is_private_message:
        await due(ask, changed[0].actor, replace=True)
    else:
        # A letter shows by itself what became of what it tells.
        await ask.done()
