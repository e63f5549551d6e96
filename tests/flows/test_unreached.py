"""Where Slack hands a channel or a person no messages, who can mend it hears of it once."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import select

from storage.tables import notices
from tests.flows.center import Center
from tests.flows.mornings import at, letters_of, told
from tests.flows.stored import shared
from tests.flows.test_totals import CHANNEL, MORE, with_channel

SILENT = "I couldn't post the week's totals"


async def _waiting(center: Center, receiver: str) -> list[str]:
    """The reminders to a receiver that are due and neither told nor given up."""
    n = notices.c
    query = select(n.kind).where(n.receiver == receiver, n.state == "new", n.due_at <= center.now)
    return [row.kind for row in await center.store.database.rows(query)]


def _set_members(center: Center, *members: str) -> None:
    conversation = center.ws.conversations.get(CHANNEL)
    assert conversation is not None
    conversation.channel = replace(conversation.channel, members=members)


async def test_the_lead_hears_once_that_a_channel_takes_no_totals(center: Center) -> None:
    await with_channel(center, MORE)
    await told(center)
    bot = center.ws.app.bot_user_id
    _set_members(center, "U0LENA")
    for agent in MORE:
        await shared(center, agent)
    await at(center, "2026-11-30T09:00")
    await at(center, "2026-11-30T09:10")
    (letter,) = await letters_of(center.lena, SILENT)
    assert f"in <#{CHANNEL}>: invite me there with `/invite @CoachLog`" in letter.text
    assert not await letters_of(center.sam, SILENT)
    assert (await center.store.outlook(center.now)).unreached == 1
    # The week after it is the same trouble, and nothing is said again.
    await at(center, "2026-12-07T09:10")
    assert len(await letters_of(center.lena, SILENT)) == 1
    # It works again, and then it doesn't.
    _set_members(center, "U0LENA", bot)
    for agent in MORE:
        await shared(center, agent)
    await at(center, "2026-12-14T09:10")
    assert len(await center.lena.messages(CHANNEL)) == 1
    assert (await center.store.outlook(center.now)).unreached == 0
    _set_members(center, "U0LENA")
    for agent in MORE:
        await shared(center, agent)
    await at(center, "2026-12-21T09:10")
    assert len(await letters_of(center.lena, SILENT)) == 2


async def test_totals_with_nothing_to_say_are_over(center: Center) -> None:
    await with_channel(center, MORE[:2])
    await told(center)
    await at(center, "2026-11-30T09:00")
    assert await _waiting(center, CHANNEL) == []


async def test_the_lead_hears_that_somebody_gets_no_messages(center: Center) -> None:
    await shared(center, review_by="2026-11-27")
    await at(center, "2026-11-24T15:00")
    user = center.ws.user("U0SAM")
    assert user is not None
    # CoachLog was not told of it.
    center.ws.add_user(replace(user, deleted=True))
    await at(center, "2026-11-27T09:00")
    await at(center, "2026-11-27T09:10")
    (letter,) = await letters_of(center.lena, "Slack doesn't let me write to Sam Okafor")
    assert "If Sam has left" in letter.text
    (silent,) = await center.store.all_unreached(center.now)
    assert (silent.receiver, silent.reason, silent.waiting) == ("U0SAM", "channel_not_found", 1)
    await at(center, "2026-12-04T15:00")
    assert len(await letters_of(center.lena, "let me write to Sam")) == 1
    # Back again, Sam hears of all that waits.
    center.ws.add_user(user)
    await at(center, "2026-12-07T09:30")
    assert await letters_of(center.sam, "CL-1")
    assert await _waiting(center, "U0SAM") == []
    assert (await center.store.outlook(center.now)).unreached == 0
