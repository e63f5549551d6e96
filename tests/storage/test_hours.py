"""Hours, leave and policies as they are kept, and what is planned anew because of them."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from sqlalchemy import select, update

from coaching.notices import Notice, NoticeKind
from coaching.people import Role
from coaching.policy import USUAL, Policy
from coaching.session import check_in
from coaching.sharing import send_now, share
from coaching.worktime import Shift, Week
from storage.store import NoticeRow, Profile, Store, TeamRow
from storage.tables import audit_entries, logs, notices, teams
from tests.coaching.cast import DANA, LENA, NEW_YORK, SAM, SETTING
from tests.storage.writing import (
    NOW,
    WORKSPACE,
    about,
    acknowledging,
    changed,
    deciding,
    draft,
    opened,
    staff,
)

NIGHTS: Week = (*[Shift(dt.time(22), dt.time(6))] * 5, None, None)
LEAVE = frozenset({dt.date(2026, 12, 24), dt.date(2026, 12, 25)})
THEN = NOW + dt.timedelta(hours=1)
SECOND = dt.timedelta(seconds=1)
FAR_OFF = replace(DANA, tz=NEW_YORK)


async def planned(store: Store) -> set[str]:
    """The logs whose timetable is to be made at THEN."""
    query = select(logs.c.id).where(logs.c.plan_at == THEN)
    return {row.id for row in await store.database.rows(query)}


async def planned_teams(store: Store) -> set[str]:
    query = select(teams.c.name).where(teams.c.plan_at == THEN)
    return {row.name for row in await store.database.rows(query)}


async def entries(store: Store, action: str) -> list[tuple[str, str]]:
    query = select(audit_entries).where(audit_entries.c.action == action)
    return [(row.actor, row.subject) for row in await store.database.rows(query)]


async def team_of(store: Store, user: str) -> str:
    person = (await store.people(WORKSPACE, [user]))[user]
    return person.memberships[0].team


async def test_own_hours_and_leave_are_kept_and_taken_away(store: Store) -> None:
    await staff(store)
    assert await store.set_hours(WORKSPACE, DANA.user, NIGHTS, LEAVE, actor=SAM.user, now=THEN)
    dana = (await store.people(WORKSPACE, [DANA.user]))[DANA.user]
    assert (dana.hours, dana.leave) == (NIGHTS, LEAVE)
    assert not await store.set_hours(WORKSPACE, DANA.user, NIGHTS, LEAVE, actor="file", now=THEN)
    assert await store.set_hours(WORKSPACE, DANA.user, None, frozenset(), actor="file", now=THEN)
    dana = (await store.people(WORKSPACE, [DANA.user]))[DANA.user]
    assert (dana.hours, dana.leave) == (None, frozenset())
    assert not await store.set_hours(WORKSPACE, "UNOBODY", NIGHTS, LEAVE, actor="file", now=THEN)
    # IDs only, and nothing for what was so before.
    assert await entries(store, "hours.set") == [(SAM.user, DANA.user), ("file", DANA.user)]
    assert await store.verify(WORKSPACE) is None


async def test_what_slack_says_leaves_hours_alone(store: Store) -> None:
    await staff(store)
    await store.set_hours(WORKSPACE, DANA.user, NIGHTS, LEAVE, actor="file", now=THEN)
    await store.remember(WORKSPACE, [Profile(user=DANA.user, name="Dana", tz=NEW_YORK)], THEN)
    dana = (await store.people(WORKSPACE, [DANA.user]))[DANA.user]
    assert (dana.hours, dana.leave, dana.tz) == (NIGHTS, LEAVE, NEW_YORK)


async def test_a_policy_is_kept_and_is_that_of_everybody_in_the_team(store: Store) -> None:
    await staff(store)
    team = await team_of(store, DANA.user)
    policy = Policy(week=NIGHTS, acknowledge_days=(1,))
    assert await store.set_policy(WORKSPACE, team, policy, actor=LENA.user, now=THEN)
    assert not await store.set_policy(WORKSPACE, team, policy, actor=LENA.user, now=THEN)
    people = await store.people(WORKSPACE, [DANA.user, SAM.user])
    assert {person.policy for person in people.values()} == {policy}
    assert await store.set_policy(WORKSPACE, team, USUAL, actor=LENA.user, now=THEN)
    assert (await store.people(WORKSPACE, [DANA.user]))[DANA.user].policy is USUAL
    assert not await store.set_policy(WORKSPACE, "no team", policy, actor=LENA.user, now=THEN)
    assert await entries(store, "policy.set") == [(LENA.user, team)] * 2
    assert await store.verify(WORKSPACE) is None


async def test_new_hours_plan_anew_what_is_going_on_and_the_team(store: Store) -> None:
    await staff(store)
    await store.import_teams(WORKSPACE, [TeamRow("Retention", Role.AGENT, "UTOM")], "file", NOW)
    await opened(store, "open")
    await draft(store, "draft")
    unread = await opened(store, "unread")
    await store.save(*deciding(unread, "close"))
    escalated = await opened(store, "escalated")
    (escalated, *_) = await store.save(*deciding(escalated, "escalate"))
    await store.save(acknowledging(escalated))
    promised = await opened(store, "promised", step_who="supervisor", step_what="Send the calls")
    (promised, *_) = await store.save(*deciding(promised, "close"))
    await store.save(acknowledging(promised))
    over = await opened(store, "over")
    (over, *_) = await store.save(*deciding(over, "close"))
    await store.save(acknowledging(over))
    await about(store, "UTOM", "elsewhere")
    store.woken.clear()
    await store.set_hours(WORKSPACE, DANA.user, NIGHTS, LEAVE, actor="file", now=THEN)
    assert await planned(store) == {"open", "draft", "unread", "escalated", "promised"}
    assert await planned_teams(store) == {"Billing"}
    assert store.woken.is_set()


async def test_a_supervisor_s_hours_plan_anew_what_they_write_wait_for_and_promised(
    store: Store,
) -> None:
    await staff(store)
    await about(store, "UTOM", "unread")
    draft_ = await draft(store, "draft", agent="UTOM")
    promised = await about(store, "UTOM", "promised", step_who="supervisor", step_what="Send them")
    (promised, *_) = await store.save(*deciding(promised, "close"))
    await store.save(acknowledging(promised))
    over = await about(store, "UTOM", "over")
    (over, *_) = await store.save(*deciding(over, "close"))
    await store.save(acknowledging(over))
    await store.plan_again(WORKSPACE, [SAM.user], (), THEN)
    assert await planned(store) == {"unread", draft_.id, "promised"}


async def test_what_somebody_is_yet_to_be_reminded_of_is_planned_anew(store: Store) -> None:
    await staff(store)
    log = await about(store, "UTOM", "log")
    (log,) = await store.save(acknowledging(log))
    await store.tell(WORKSPACE, [Notice(NoticeKind.DISAGREEMENT, log.id, LENA.user, THEN)])
    await store.plan_again(WORKSPACE, [LENA.user], (), THEN)
    assert await planned(store) == set()
    # A reminder: no worker looks at it but with its letter.
    await store.database.write(
        update(notices)
        .where(notices.c.receiver == LENA.user)
        .values(wake_at=None)
        .returning(notices.c.id)
    )
    await store.plan_again(WORKSPACE, [LENA.user], (), THEN)
    assert await planned(store) == {"log"}


async def test_a_policy_plans_anew_what_its_members_have_going_on(store: Store) -> None:
    await staff(store)
    await opened(store, "open")
    await about(store, "UTOM", "elsewhere")
    team = await team_of(store, DANA.user)
    await store.set_policy(WORKSPACE, team, Policy(week=NIGHTS), actor="x", now=THEN)
    assert {"open"} <= await planned(store)
    assert await planned_teams(store) == {"Billing"}


async def test_teams_are_planned_anew_without_anybody_in_them(store: Store) -> None:
    await staff(store)
    team = await team_of(store, DANA.user)
    await store.plan_again(WORKSPACE, (), [team], THEN)
    assert (await planned(store), await planned_teams(store)) == (set(), {"Billing"})


async def test_more_people_than_a_statement_takes(store: Store) -> None:
    await staff(store)
    await opened(store, "open")
    everybody = [*(f"U{number}" for number in range(40_000)), DANA.user]
    await store.plan_again(WORKSPACE, everybody, everybody, THEN)
    assert await planned(store) == {"open"}


async def waiting(store: Store) -> str:
    """A log whose agent is told when their shift begins, with a check-in that waits as well."""
    written = await draft(store)
    change = changed(share(written, actor=SAM, agent=FAR_OFF, setting=SETTING, others_open=()))
    (log,) = await store.save(change)
    await store.save(changed(check_in(log, {"points": ("One",)}, actor=SAM, now=NOW)))
    return log.id


async def summary(store: Store, log_id: str) -> NoticeRow:
    rows = await store.notices_of(WORKSPACE, log_id)
    (found,) = [row for row in rows if row.kind is NoticeKind.SHARED]
    return found


async def test_what_waits_is_sent_in_order_when_the_shift_begins(store: Store) -> None:
    log_id = await waiting(store)
    shift = dt.datetime(2026, 11, 24, 14, tzinfo=dt.UTC)
    assert await store.claim(shift - dt.timedelta(minutes=1)) == []
    claimed = await store.claim(shift + dt.timedelta(minutes=1))
    assert [one.kind for one in claimed] == [NoticeKind.SHARED, NoticeKind.CHECKED_IN]
    assert {one.log for one in claimed} == {log_id}


async def test_sent_now_all_of_it_is_due_the_summary_first(store: Store) -> None:
    log_id = await waiting(store)
    log = await store.log(WORKSPACE, log_id)
    assert log is not None
    store.woken.clear()
    (sent,) = await store.save(changed(send_now(log, actor=SAM, now=THEN)))
    assert sent.told_at == THEN
    assert store.woken.is_set()
    assert [one.kind for one in await store.claim(THEN)] == [NoticeKind.SHARED]
    assert [one.kind for one in await store.claim(THEN + SECOND)] == [NoticeKind.CHECKED_IN]


async def test_what_a_worker_has_already_is_left_to_it(store: Store) -> None:
    log_id = await waiting(store)
    log = await store.log(WORKSPACE, log_id)
    assert log is not None
    shift = dt.datetime(2026, 11, 24, 14, tzinfo=dt.UTC)
    await store.claim(shift)
    before = await summary(store, log_id)
    # From a process whose clock is behind.
    await store.save(changed(send_now(log, actor=SAM, now=shift - SECOND)))
    after = await summary(store, log_id)
    assert (after.due_at, after.wake_at) == (before.due_at, before.wake_at)
