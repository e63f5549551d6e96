"""What a message about one log is made from, as everything stands now."""

from __future__ import annotations

from coaching import outcome as rules
from coaching.log import Log
from coaching.people import Person
from handlers.deps import Deps
from views.notice_about import NoticeAbout


async def about_log(
    deps: Deps, workspace: str, log: Log, receiver: str, *named: str
) -> NoticeAbout:
    """The log with everybody in it, for one reader; `named` are more people to know in it.

    A receiver who isn't known is somebody in no role, who may see nothing.
    """
    store, now = deps.store, deps.now()
    leads = await store.leads_of(workspace, log.agent or "")
    people = await store.people(workspace, {receiver, *log.said_by, *named})
    reader = people.get(receiver) or Person(user=receiver, name="somebody")
    criteria = await store.criteria(workspace)
    next_log = await store.log(workspace, log.continued_by) if log.continued_by else None
    if next_log is not None and next_log.supervisor not in people:
        people |= await store.people(workspace, [next_log.supervisor])
    return NoticeAbout(
        log=log,
        people=people,
        criteria=criteria,
        reader=reader,
        now=now,
        next_log=next_log,
        leads=leads,
        extend_to=rules.extension_of(log, criteria, now, reader.zone),
    )
