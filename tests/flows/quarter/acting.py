"""What people do in a simulated quarter: through the rules, or by pressing in a letter."""

from __future__ import annotations

from collections.abc import Iterable

from coaching.answers import acknowledge, add_view, answer_disagreement
from coaching.change import Change
from coaching.elements import FOLLOW_UP, WALK
from coaching.fields import Value
from coaching.people import Person
from coaching.policy import Policy
from coaching.said import Agrees, Ruling
from coaching.session import check_in, discard, write
from coaching.sharing import revise
from tests.flows import stored
from tests.flows.center import TEAM, Center
from tests.flows.moving import deactivated, imported
from tests.flows.quarter.quarters import Act, keep_policy, user_of


def shares(who: str, agent: str, *, without: Iterable[str] = (), **content: Value) -> Act:
    async def act(center: Center) -> None:
        agent_, by = user_of(agent), user_of(who)
        log = await stored.drafted(center, agent_, by=by, without=without, **content)
        await stored.share_now(center, log)

    return act


def drafts(who: str, agent: str, *, without: Iterable[str], **content: Value) -> Act:
    return lambda center: stored.drafted(
        center, user_of(agent), by=user_of(who), without=without, **content
    )


def shares_draft(who: str, number: int, **more: Value) -> Act:
    """Write what is missing in a draft, and share it."""

    async def act(center: Center) -> None:
        log, actor = await center.log(number), await person(center, who)
        content = {**stored.WHOLE, **log.content, **more}
        await _save(center, write(log, WALK, content, actor=actor, now=center.now))
        await stored.share_now(center, await center.log(number))

    return act


def held_now(who: str, number: int, **more: Value) -> Act:
    """Hold the session of a draft, write it and share it."""

    async def act(center: Center) -> None:
        session = int(center.now.timestamp())
        await shares_draft(who, number, session_at=session, **more)(center)

    return act


def acknowledges(who: str, number: int) -> Act:
    async def act(center: Center) -> None:
        log, actor = await center.log(number), await person(center, who)
        await _save(center, acknowledge(log, actor=actor, now=center.now))

    return act


def disagrees(who: str, number: int) -> Act:
    async def act(center: Center) -> None:
        log, actor = await center.log(number), await person(center, who)
        leads = [lead.user for lead in await center.store.leads_of(TEAM, actor.user)]
        said = add_view(
            log, Agrees.NO, "Not so", about="summary", actor=actor, leads=leads, now=center.now
        )
        await _save(center, said)

    return act


def answers(who: str, number: int) -> Act:
    async def act(center: Center) -> None:
        log, actor = await center.log(number), await person(center, who)
        said = answer_disagreement(log, Ruling.STANDS, "It was", actor=actor, now=center.now)
        await _save(center, *_changes(said))

    return act


def checks_in(who: str, number: int) -> Act:
    async def act(center: Center) -> None:
        log, actor = await center.log(number), await person(center, who)
        said: dict[str, Value] = {"points": ("Listened to a call",)}
        await _save(center, check_in(log, said, actor=actor, now=center.now))

    return act


def decides(who: str, number: int, decision: str) -> Act:
    async def act(center: Center) -> None:
        await stored.decided_on(center, await center.log(number), decision, by=user_of(who))

    return act


def discards(who: str, number: int) -> Act:
    async def act(center: Center) -> None:
        log, actor = await center.log(number), await person(center, who)
        await _save(center, *_changes(discard(log, actor=actor, now=center.now)))

    return act


def moves_review(who: str, number: int, review_by: str) -> Act:
    async def act(center: Center) -> None:
        log, actor = await center.log(number), await person(center, who)
        content = {**log.content, "review_by": review_by}
        await _save(center, revise(log, FOLLOW_UP, content, actor=actor, now=center.now))

    return act


def does_step(who: str, number: int) -> Act:
    """*Done* in the newest letter that tells of the step."""

    async def act(center: Center) -> None:
        letters = await center.person(user_of(who)).messages()
        (newest,) = [one for one in letters if "Not yet" in one.buttons][-1:]
        answer = await newest.press("Done", after=f"CL-{number}")
        assert answer["ok"], answer

    return act


def reads(who: str, number: int) -> Act:
    """*Acknowledge* in their newest letter."""

    async def act(center: Center) -> None:
        agent = center.person(user_of(who))
        newest = (await agent.messages())[-1]
        await newest.press("Acknowledge", after=f"CL-{number}")
        await (await agent.modal()).submit()

    return act


def puts_off(who: str, until: str) -> Act:
    """*Later* on the only item of their newest letter."""

    async def act(center: Center) -> None:
        newest = (await center.person(user_of(who)).messages())[-1]
        await newest.choose("Later", until)

    return act


def leaves(who: str) -> Act:
    return lambda center: deactivated(center, user_of(who))


def joins(who: str, team: str, role: str) -> Act:
    return lambda center: imported(center, f"{team},{role},{user_of(who)}")


def moves_to(who: str, zone: str) -> Act:
    async def act(center: Center) -> None:
        center.ws.update_user(user_of(who), tz=zone)
        await center.ws.settle()

    return act


def agrees_on(who: str, policy: Policy) -> Act:
    return lambda center: keep_policy(center.store, user_of(who), policy, center.now)


async def person(center: Center, name: str) -> Person:
    user = user_of(name)
    return (await center.store.people(TEAM, [user]))[user]


def _changes(answer: object) -> list[Change]:
    assert isinstance(answer, list), answer
    return [one for one in answer if isinstance(one, Change)]


async def _save(center: Center, *answers: object) -> None:
    changes = [one for one in answers if isinstance(one, Change)]
    assert changes, answers
    assert len(changes) == len(answers), answers
    await center.store.save(*changes)
