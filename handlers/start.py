"""Opening a log: new, in hand, for somebody, quick, or one element of it alone."""

from __future__ import annotations

from collections.abc import Mapping

from coaching import elements
from coaching.elements import EVIDENCE, OUTCOME
from coaching.fields import Content, Element, Value
from coaching.log import Log
from coaching.people import Act, Person, may
from coaching.session import begin
from coaching.sharing import act_in, closed_to_changes
from handlers import outcome, quick
from handlers.ask import Ask
from handlers.cases import Case, actor_of, case_for_part, numbered, people_of, setting_of
from handlers.forms import meta_of, open_form
from handlers.lists import looked_after
from views import choice, message_text, notes
from views import help as help_views
from views.meta import Meta
from views.parts import cut
from views.reading import Reading


async def new_or_known(
    ask: Ask,
    actor: Person,
    agent_id: str,
    given: Mapping[str, Value] | None = None,
    *,
    in_brief: bool = False,
) -> None:
    """`/coach` and `/coach @agent`: what is in hand is offered first, else a new log opens.

    `given` is evidence that comes along, into whichever of them is chosen. `in_brief` opens a quick
    log, before which only an open target is offered.
    """
    agent = (await people_of(ask, agent_id)).get(agent_id)
    if agent is not None and not may(actor, Act.COACH, agent=agent):
        await ask.tell(help_views.not_your_agent(agent, ask.deps.command))
        return
    store, drafts = ask.deps.store, []
    targets = await store.open_logs(ask.workspace, [agent_id]) if agent else []
    if targets or not in_brief:
        drafts = await store.drafts(ask.workspace, actor.user, agent_id or None)
    if drafts or targets:
        reading = await _reading(ask, actor, drafts + targets)
        await ask.show(choice.known(drafts, targets, agent, reading, given=given))
    elif in_brief:
        await quick.open_new(ask, actor, agent)
    else:
        await new(ask, actor, agent, given)


async def _reading(ask: Ask, actor: Person, logs: list[Log]) -> Reading:
    """The actor reading a choice of those logs."""
    people = await people_of(ask, *(log.agent for log in logs if log.agent))
    return Reading(reader=actor, now=ask.now, people=people, criteria={})


async def new(
    ask: Ask,
    actor: Person,
    agent: Person | None,
    given: Mapping[str, Value] | None = None,
    *,
    element: Element = EVIDENCE,
    in_walk: bool = True,
) -> None:
    """Open the first form of a new log; nothing is written before its *Next*.

    With evidence that is `given` the agent was guessed from a message, and can be picked anew.
    """
    setting = await setting_of(ask, actor)
    content: Content = {"agent": agent.user} if agent else {}
    draft = begin(
        workspace=ask.workspace,
        log_id=ask.deps.new_id(),
        supervisor=actor.user,
        now=ask.now,
        content=content,
    )
    case = Case(
        log=draft,
        actor=actor,
        agent=agent,
        people={actor.user: actor, **({agent.user: agent} if agent else {})},
        criteria=setting.criteria,
        setting=setting,
    )
    meta = Meta(
        element=element.key,
        walk=in_walk,
        agent=agent.user if agent and not given else "",
        new_id=draft.id,
    )
    await open_form(ask, case, element, meta, given=given)


async def element(ask: Ask, actor: Person, key: str, agent_id: str, number: int | None) -> None:
    """`/coach ELEMENT [@agent|CL-n]`: that form alone, on the log that it most likely is about."""
    part = elements.element(key)
    if number is not None:
        case = await numbered(ask, number, Act.SEE)
        is_draft = case is not None and not case.log.is_shared
        if case is None or not (case.may(act_in(part, case.log)) or is_draft):
            await ask.tell(help_views.not_found(f"CL-{number}"))
        else:
            await _open_element(ask, case, part)
        return
    agent = (await people_of(ask, agent_id)).get(agent_id)
    wanted = Act.DECIDE if part is OUTCOME else Act.COACH
    if agent is not None and not may(actor, wanted, agent=agent):
        await ask.tell(help_views.not_your_agent(agent, ask.deps.command))
        return
    fitting = await _fitting(ask, actor, part, agent)
    if len(fitting) == 1:
        case = await case_for_part(ask, fitting[0].id, part)
        if case is not None:
            await _open_element(ask, case, part)
            return
    if fitting:
        await ask.show(choice.which(fitting, part, await _reading(ask, actor, fitting)))
    elif part is OUTCOME:
        await ask.tell(help_views.nothing_to_decide(agent, ask.deps.command))
    else:
        await new(ask, actor, agent, element=part, in_walk=False)


async def _fitting(ask: Ask, actor: Person, part: Element, agent: Person | None) -> list[Log]:
    """With @agent the draft in hand, else the open log; without, the drafts in hand."""
    store = ask.deps.store
    if part is OUTCOME:
        if agent is not None:
            return await store.open_logs(ask.workspace, [agent.user])
        agents = [agent.user for agent in await looked_after(ask, actor)]
        return [log for log in await store.open_logs(ask.workspace, agents) if log.is_due(ask.now)]
    drafts = await store.drafts(ask.workspace, actor.user, agent.user if agent else None)
    if drafts or agent is None:
        return drafts
    return await store.open_logs(ask.workspace, [agent.user])


async def _open_element(ask: Ask, case: Case, part: Element) -> None:
    if part is OUTCOME and case.log.is_shared:
        await outcome.open_form_of(ask, case)
    elif closed_to_changes(case.log, part):
        await _refuse(ask, notes.not_writable(case.log, ask.deps.command))
    else:
        await open_form(ask, case, part, meta_of(case.log, part, walk=False))


async def _refuse(ask: Ask, words: str) -> None:
    """A command is answered in the conversation, a button where it was pressed."""
    if ask.is_command:
        await ask.tell(notes.refused_message(words))
    else:
        await ask.show(notes.refused(words))


async def start_new(ask: Ask) -> None:
    """*Log a session* or *Start a new log*: the button's value is the agent, if one is known.

    *Start a new log* stands below what is in hand already; elsewhere that is offered first.
    """
    found = await _starting(ask)
    if found is None:
        return
    actor, agent = found
    if agent is not None and not ask.in_modal:
        await new_or_known(ask, actor, agent.user)
    else:
        await new(ask, actor, agent, choice.read_given(ask.view))


async def start_quick(ask: Ask) -> None:
    """*Quick log*, from a button; its value is the agent."""
    found = await _starting(ask)
    if found is None:
        return
    actor, agent = found
    targets = await ask.deps.store.open_logs(ask.workspace, [agent.user]) if agent else []
    await quick.open_new(ask, actor, agent, targets)


async def _starting(ask: Ask) -> tuple[Person, Person | None] | None:
    """Who starts a log by a button, and about whom; None, and said so, where they may not."""
    people = await people_of(ask, ask.user, ask.value)
    actor, agent = people[ask.user], people.get(ask.value)
    if not actor.can_log or (agent is not None and not may(actor, Act.COACH, agent=agent)):
        await ask.show(notes.refused(notes.SUPERVISORS_LOG))
        return None
    return actor, agent


async def picked(ask: Ask) -> None:
    """An element's form for the log that was picked where several fitted; value "logid element"."""
    log_id, _, key = ask.value.partition(" ")
    part = next((item for item in elements.ELEMENTS if item.key == key), EVIDENCE)
    case = await case_for_part(ask, log_id, part)
    if case is None:
        await ask.show(notes.gone(None))
        return
    await _open_element(ask, case, part)


async def from_anywhere(ask: Ask) -> None:
    """The global shortcut *Log a coaching session*."""
    actor = await actor_of(ask)
    if not actor.can_log:
        await ask.show(notes.no_role(actor))
        return
    await new_or_known(ask, actor, "")


async def from_message(ask: Ask) -> None:
    """The message shortcut *Coach on this message*: its text as quote, its link as recording."""
    actor = await actor_of(ask)
    if not actor.can_log:
        await ask.show(notes.no_role(actor))
        return
    message = ask.body.get("message") or {}
    given: dict[str, Value] = {"call": _link_to(ask, str(message.get("ts") or ""))}
    text, author = str(message.get("text") or ""), str(message.get("user") or "")
    named = await ask.deps.store.people(ask.workspace, message_text.mentioned(text) | {author})
    read = message_text.as_read(text, {user: person.name for user, person in named.items()})
    if quote := cut(read, elements.FIELDS["quote"].limit):
        given["quote"] = quote
    agents = [user for user, one in named.items() if may(actor, Act.COACH, agent=one)]
    await new_or_known(ask, actor, agents[0] if len(agents) == 1 else "", given)


def _link_to(ask: Ask, ts: str) -> str:
    # A message shortcut carries no permalink, and asking for one fails where the bot is no member.
    team = ask.body.get("team") or {}
    channel = ask.body.get("channel") or {}
    digits = ts.replace(".", "")
    return f"https://{team.get('domain')}.slack.com/archives/{channel.get('id')}/p{digits}"
