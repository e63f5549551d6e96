"""App Home: what waits for the person who opens it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError

from coaching.log import Log, State
from coaching.notices import asked_of_lead
from coaching.people import Act, Person, Role, may, visible
from handlers.ask import Ask
from handlers.cases import actor_of, people_of
from handlers.lists import looked_after
from handlers.profiles import stranger
from views import home as home_view


async def opened(ask: Ask, event: Mapping[str, Any]) -> None:
    """`app_home_opened`: publish the Home that fits the viewer."""
    if event.get("tab") == "home":
        await publish(ask)


async def publish(ask: Ask) -> None:
    """Publish the viewer's Home as things stand now.

    No hash is sent: each publication holds everything, so the newest may replace any other.
    """
    store = ask.deps.store
    actor = await actor_of(ask)
    if not actor.is_known:
        actor = await stranger(ask, actor)
    agents = await looked_after(ask, actor)
    ids = [agent.user for agent in agents]
    supervises = actor.can_log
    is_agent = actor.has(Role.AGENT)
    found = await store.open_logs(ask.workspace, [*ids, *([actor.user] if is_agent else [])])
    targets = [log for log in found if log.agent != actor.user]
    own_targets = [log for log in found if log.agent == actor.user]
    drafts = await store.drafts(ask.workspace, actor.user) if supervises else []
    waiting = await store.awaiting_acknowledgement(ask.workspace, actor.user) if supervises else []
    promised = await store.promised(ask.workspace, actor.user, ids)
    own = await store.history(ask.workspace, actor.user) if is_agent else []
    answers = await store.awaiting_answer(ask.workspace, ids) if actor.can_lead else []
    answers = [log for log in answers if _is_theirs(log, actor, ask.now)]
    figures = await store.team_figures(ask.workspace, ids) if ids else {}
    people = {agent.user: agent for agent in agents} | {actor.user: actor}
    due = [log for log in targets if log.is_due(ask.now)]
    logs = [*due, *drafts, *waiting, *promised, *own, *own_targets, *answers]
    named = {user for log in logs for user in log.said_by}
    if unknown := named - set(people):
        people |= await people_of(ask, *unknown)
    if any(log.state is State.ESCALATED for log in own):
        people |= {lead.user: lead for lead in await store.leads_of(ask.workspace, actor.user)}
    view = home_view.home(
        home_view.HomeAbout(
            viewer=actor,
            people=people,
            criteria=await store.criteria(ask.workspace),
            now=ask.now,
            command=ask.deps.command,
            due=due,
            drafts=visible(actor, drafts, people),
            unfinished=[log for log in targets if _is_to_finish(actor, log, people)],
            awaiting_acknowledgement=visible(actor, waiting, people),
            promised=visible(actor, promised, people),
            own=visible(actor, own, people),
            own_targets=visible(actor, own_targets, people),
            awaiting_answer=[log for log in answers if _may_answer(actor, log, people)],
            agents=[agent for agent in agents if agent.is_active],
            figures=figures,
        )
    )
    slack = ask.deps.slack(ask.workspace)
    await slack.views_publish(user_id=ask.user, view=view)


def _may_answer(actor: Person, log: Log, people: Mapping[str, Person]) -> bool:
    return may(actor, Act.ANSWER, agent=people.get(log.agent or ""), log=log)


def _is_to_finish(actor: Person, log: Log, people: Mapping[str, Person]) -> bool:
    own = log.supervisor == actor.user and log.is_incomplete
    return own and may(actor, Act.WRITE, agent=people.get(log.agent or ""), log=log)


async def refresh(ask: Ask) -> None:
    """Publish the Home anew after something was changed from it; it is not worth a failure."""
    # The change itself is stored; the Home shows it the next time that it is opened.
    try:
        await publish(ask)
    except SlackApiError as error:
        # What Slack calls invalid is a mistake of ours.
        if str(error.response.get("error")).startswith("invalid_"):
            raise
    except (aiohttp.ClientError, TimeoutError):
        return


def _is_theirs(log: Log, lead: Person, now: dt.datetime) -> bool:
    """Whether a lead may answer by now; the agent is heard first."""
    asked = asked_of_lead(log, lead.calendar)
    return asked is not None and asked <= now
