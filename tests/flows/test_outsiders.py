"""People who may see nothing of a log, whatever they send: no data, and nothing is changed."""

from __future__ import annotations

import pytest

from handlers.listeners import LOG_SESSION, PRESSES, SUBMISSIONS
from tests.flows.center import TEAM, Center
from tests.flows.forging import Sender
from tests.flows.stored import drafted, shared
from views import ids

SECRETS = ("8841", "03:12", "cancelling", "Whitfield", "CL-1 ·", "CL-2 ·", "CL-1,", "CL-2,")
COMMANDS = (
    "",
    "<@U0DANA>",
    "quick <@U0DANA>",
    "target <@U0DANA>",
    "outcome",
    "outcome <@U0DANA>",
    "due",
    "drafts",
    "history",
    "history <@U0DANA>",
    "team",
    "digest",
    "show CL-1",
    "show CL-2",
    "evidence CL-2",
    "outcome CL-1",
    "CL-1",
)
IN_FORMS = {
    ids.BACK: ids.FORM,
    ids.FINISH_LATER: ids.LOOK_OVER,
    ids.MORE: ids.CHECK_IN,
    ids.CRITERION_PICKED: ids.FORM,
    ids.ADD_THE_REST: ids.QUICK,
}
VALUES = {
    ids.CHANGE: "{log} follow-up",
    ids.DIGEST: "- 2026-11-16",
    ids.DIGEST_LIST: "needs - -",
    ids.PICK: "{log} outcome",
    ids.ADD_VIEW: "{log} summary",
    ids.SHOW: "{log} 1",
    ids.NEW_LOG: "U0DANA",
    ids.HISTORY: "U0DANA",
    ids.OLDER: "U0DANA 99",
}
ENTERED = {
    ids.VOID_REASON_BLOCK: {"reason": {"value": "Because"}},
    "agrees": {"agrees": {"selected_option": {"value": "yes"}}},
    "words": {"words": {"value": "Mine"}},
    "ruling": {"ruling": {"selected_option": {"value": "void"}}},
    "support": {"support": {"selected_option": {"value": "hr"}}},
}
ELSEWHERE = "T0ELSE"
OUTSIDERS: dict[str, tuple[str, str, dict[str, bool]]] = {
    "somebody in no role": ("U0IRIS", TEAM, {}),
    "a stranger": ("U0ELSE", ELSEWHERE, {}),
    "a supervisor, from another workspace": ("U0SAM", ELSEWHERE, {}),
    "the agent, from another workspace": ("U0DANA", ELSEWHERE, {}),
    "a supervisor of another team": ("U0PRIYA", TEAM, {}),
    "a colleague": ("U0MARCO", TEAM, {}),
    "the supervisor, who left": ("U0SAM", TEAM, {"deleted": True}),
    "the lead, who left": ("U0LENA", TEAM, {"deleted": True}),
    "the agent, who left": ("U0DANA", TEAM, {"deleted": True}),
    "the supervisor, now a guest": ("U0SAM", TEAM, {"is_restricted": True}),
    "the lead, now a guest": ("U0LENA", TEAM, {"is_ultra_restricted": True}),
    "a colleague, who is a guest": ("U0MARCO", TEAM, {"is_restricted": True}),
}
"""Who they are, where they belong, and what became of them; the team file says more of some."""


async def outsider(center: Center, who: str) -> Sender:
    """One of them, with a due log of Dana's (CL-1) and a draft (CL-2) to find."""
    await shared(center)
    await drafted(center)
    user, home, changes = OUTSIDERS[who]
    if changes:
        center.ws.update_user(user, **changes)
        await center.ws.settle()
    center.pass_days(60)
    await center.program.delivery.once()
    center.ws.direct(user).messages.clear()
    return Sender(center, user, home)


async def learned_nothing(center: Center, sender: Sender) -> None:
    saw = sender.saw()
    assert [secret for secret in SECRETS if secret in saw] == []
    assert "Sorry" not in saw
    assert sender.failures == []
    assert ((await center.log(1)).saved, (await center.log(2)).saved) == (2, 1)


@pytest.mark.parametrize("who", OUTSIDERS)
async def test_outsiders_learn_nothing_by_typing(center: Center, who: str) -> None:
    sender = await outsider(center, who)
    await sender.picks(LOG_SESSION)
    if sender.home == TEAM:
        # In another workspace our commands and our Home aren't there.
        for command in COMMANDS:
            await sender.types(command)
        await sender.looks_at_home()
    await learned_nothing(center, sender)


@pytest.mark.parametrize(
    ("number", "who"),
    [
        (1, "a supervisor, from another workspace"),
        (1, "the agent, from another workspace"),
        (1, "a supervisor of another team"),
        (1, "a colleague"),
        (1, "the lead, who left"),
        (1, "the agent, who left"),
        (1, "the lead, now a guest"),
        (2, "a supervisor, from another workspace"),
        (2, "a supervisor of another team"),
        (2, "the supervisor, who left"),
        (2, "the supervisor, now a guest"),
    ],
)
async def test_outsiders_learn_nothing_by_old_buttons_and_forms(
    center: Center, number: int, who: str
) -> None:
    sender = await outsider(center, who)
    log = (await center.log(number)).id
    for action_id in PRESSES:
        if action_id in IN_FORMS:
            meta = {"log": log, "element": "evidence", "walk": True}
            await sender.presses_in(IN_FORMS[action_id], meta, action_id)
        else:
            await sender.presses(action_id, VALUES.get(action_id, "{log}").format(log=log))
    for callback_id in SUBMISSIONS:
        await sender.submits(callback_id, {"log": log, "element": "target"}, **ENTERED)
    await sender.submits(ids.FORM, {"log": log, "element": "outcome"})
    await learned_nothing(center, sender)


async def test_a_lead_moves_the_day_and_writes_nothing_else(center: Center) -> None:
    await shared(center)
    log, lena = await center.log(), Sender(center, "U0LENA")
    target = {"block_id": "target~0", "type": "input"}
    typed = {"target~0": {"target": {"value": "Something else"}}}
    await lena.presses(ids.CHANGE, f"{log.id} target")
    await lena.submits(
        ids.FORM, {"log": log.id, "element": "target", "version": 1}, target, **typed
    )
    await lena.submits(
        ids.FORM, {"log": log.id, "element": "follow-up", "version": 1}, target, **typed
    )
    assert await center.log() == log
    await lena.presses(ids.CHANGE, f"{log.id} follow-up")
    assert (await center.lena.modal()).title == "Follow-up"
    assert lena.failures == []
