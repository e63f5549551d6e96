"""When Slack hands somebody, or a channel, no messages: whoever can mend that hears of it, once."""

from __future__ import annotations

from collections.abc import Sequence

from coaching.people import Person, Role
from handlers.deps import Deps
from storage.store import Claimed


async def refused(deps: Deps, claimed: Claimed, why: str) -> None:
    """Keep that a message was refused for good, and have the leads told, or else the admins."""
    if await deps.store.unreached_among(claimed.workspace, [claimed.receiver]):
        return
    await deps.store.unreached(claimed, why, await _others(deps, claimed), deps.now())


async def _others(deps: Deps, claimed: Claimed) -> list[str]:
    store, workspace = deps.store, claimed.workspace
    receiver = (await store.people(workspace, [claimed.receiver])).get(claimed.receiver)
    if receiver is not None:
        teams = {item.team for item in receiver.memberships}
    else:
        told = await store.carried(workspace, claimed.id, claimed.receiver)
        teams = {one.subject for one in told}

    def there(people: Sequence[Person]) -> list[str]:
        return [one.user for one in people if one.is_active and one.user != claimed.receiver]

    leads = there(await store.members(workspace, teams, [Role.LEAD])) if teams else []
    return leads or there(await store.members(workspace, None, [Role.ADMIN]))
