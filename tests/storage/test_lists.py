"""The lists that people are shown, and what they cost among ten and ten thousand logs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Awaitable, Callable
from dataclasses import replace

import pytest

from coaching.answers import answer_disagreement
from coaching.log import Log, State
from coaching.said import Agrees, Ruling
from coaching.session import answer_step, check_in, void
from storage.mapping import row_of_log
from storage.store import AgentFigures, Profile, Store
from storage.tables import logs
from tests.coaching.cast import DANA, LENA, SAM
from tests.databases import statements
from tests.storage.writing import (
    DAY,
    NOW,
    WORKSPACE,
    acknowledging,
    changed,
    deciding,
    disagreeing,
    draft,
    opened,
    staff,
)

STEP = {"step_what": "Listen to two calls together", "step_by": "2026-12-01"}


def _ids(found: list[Log]) -> list[str]:
    return [log.id for log in found]


async def test_drafts_are_the_writers_own_newest_first(store: Store) -> None:
    for log_id in ("a", "b"):
        await draft(store, log_id)
    await draft(store, "c", agent="UTOM")
    await opened(store, "d")
    assert _ids(await store.drafts(WORKSPACE, SAM.user)) == ["c", "b", "a"]
    assert _ids(await store.drafts(WORKSPACE, SAM.user, DANA.user)) == ["b", "a"]
    assert _ids(await store.drafts(WORKSPACE, SAM.user, limit=1)) == ["c"]
    assert await store.drafts(WORKSPACE, LENA.user) == []
    assert await store.drafts("T1", SAM.user) == []


async def test_open_logs_come_the_earliest_due_first(store: Store) -> None:
    await opened(store, "later", review_by="2027-01-05")
    await opened(store, "sooner", review_by="2026-12-03")
    await opened(store, "tom", agent="UTOM")
    (closed,) = await store.save(*deciding(await opened(store, "closed"), "close"))
    assert closed.state is State.CLOSED
    assert _ids(await store.open_logs(WORKSPACE, [DANA.user])) == ["sooner", "later"]
    both = await store.open_logs(WORKSPACE, [DANA.user, "UTOM"])
    assert _ids(both) == ["sooner", "tom", "later"]
    assert await store.open_logs(WORKSPACE, []) == []


async def test_history_is_paged_and_holds_what_was_ever_shared(store: Store) -> None:
    for number in range(5):
        await opened(store, f"log{number + 1}")
    await draft(store, "draft")
    last = await store.log(WORKSPACE, "log5")
    assert last is not None
    await store.save(changed(void(last, "Wrong call", actor=SAM, now=NOW)))
    first_page = await store.history(WORKSPACE, DANA.user, limit=2)
    assert _ids(first_page) == ["log5", "log4"]
    rest = await store.history(WORKSPACE, DANA.user, before=first_page[-1].number)
    assert _ids(rest) == ["log3", "log2", "log1"]
    assert await store.history(WORKSPACE, DANA.user, before=10**30, limit=1) == first_page[:1]
    assert await store.log_numbered(WORKSPACE, 10**30) is None


async def test_the_last_session_may_be_a_check_in(store: Store) -> None:
    await staff(store)
    day = int(NOW.timestamp())
    old = await opened(store, "old", session_at=day - 20 * 86400)
    await opened(store, "new", session_at=day - 86400)
    gone = await opened(store, "gone", session_at=day)
    await store.save(changed(void(gone, "Wrong call", actor=SAM, now=NOW)))
    users = [DANA.user, SAM.user]
    assert {user: log.id for user, log in (await store.latest(WORKSPACE, users)).items()} == {
        DANA.user: "new"
    }
    await store.save(changed(check_in(old, {"points": ("Going well",)}, actor=SAM, now=NOW)))
    assert (await store.latest(WORKSPACE, users))[DANA.user].id == "old"
    assert (await store.team_figures(WORKSPACE, users))[DANA.user].last_session_at == NOW


async def test_figures_of_a_team(store: Store) -> None:
    await staff(store)
    day = int(NOW.timestamp())
    first = await opened(store, "first", session_at=day - 86400)
    await opened(store, "second", review_by="2027-01-05", session_at=day - 2 * 86400)
    (first,) = await store.save(acknowledging(first))
    await draft(store, "draft")
    assert await store.team_figures(WORKSPACE, [DANA.user, "UNOBODY"]) == {
        DANA.user: AgentFigures(
            last_session_at=NOW - DAY, open=2, due_at=first.due_at, awaiting_acknowledgement=1
        ),
        "UNOBODY": AgentFigures(),
    }
    assert await store.team_figures(WORKSPACE, []) == {}
    await store.save(*deciding(first, "continue"))
    assert (await store.team_figures(WORKSPACE, [DANA.user]))[DANA.user].going_on == 1


async def test_what_waits_for_the_agent_and_what_the_supervisor_waits_for(store: Store) -> None:
    read = await opened(store, "read", **STEP, step_who="agent")
    await opened(store, "unread")
    await store.save(acknowledging(read))
    assert _ids(await store.promised(WORKSPACE, DANA.user)) == ["read"]
    assert _ids(await store.awaiting_acknowledgement(WORKSPACE, SAM.user)) == ["unread"]
    unread = await store.log(WORKSPACE, "unread")
    assert unread is not None
    await store.save(changed(void(unread, "Wrong call", actor=SAM, now=NOW)))
    assert await store.awaiting_acknowledgement(WORKSPACE, SAM.user) == []


async def test_promised_steps_come_by_their_day_until_they_are_done(store: Store) -> None:
    await opened(store, "no day", step_what="Share the script")
    later = await opened(store, "later", **{**STEP, "step_by": "2026-12-09"})
    await opened(store, "sooner", **STEP)
    await draft(store, "draft", **STEP)
    assert _ids(await store.promised(WORKSPACE, SAM.user)) == ["sooner", "later", "no day"]
    await store.save(changed(answer_step(later, 0, done=True, actor=SAM, now=NOW)))
    assert _ids(await store.promised(WORKSPACE, SAM.user)) == ["sooner", "no day"]


async def test_steps_promised_in_check_ins_are_found_by_who_promised_them(store: Store) -> None:
    log = await opened(store, "log", **STEP)
    said = {"step_what": "Sit beside Dana", "step_by": "2026-12-09"}
    (log,) = await store.save(changed(check_in(log, said, actor=LENA, now=NOW)))
    assert _ids(await store.promised(WORKSPACE, LENA.user)) == ["log"]
    (log,) = await store.save(changed(answer_step(log, 1, done=True, actor=LENA, now=NOW)))
    assert await store.promised(WORKSPACE, LENA.user) == []
    assert _ids(await store.promised(WORKSPACE, SAM.user)) == ["log"]
    await store.save(changed(void(log, "Wrong call", actor=SAM, now=NOW)))
    assert await store.promised(WORKSPACE, SAM.user) == []


async def test_steps_are_found_by_the_agent_they_were_promised_to(store: Store) -> None:
    await opened(store, "Sam's", **STEP)
    await opened(store, "Dana's", **STEP, step_who="agent")
    assert await store.promised(WORKSPACE, LENA.user) == []
    assert _ids(await store.promised(WORKSPACE, LENA.user, [DANA.user])) == ["Sam's"]
    assert await store.promised(WORKSPACE, LENA.user, [SAM.user]) == []


async def test_leads_see_what_waits_for_their_answer(store: Store) -> None:
    (disagreed,) = await store.save(disagreeing(await opened(store, "disagreed")))
    assert disagreed.disagreement is not None
    assert disagreed.disagreement.agrees is Agrees.NO
    await store.save(*deciding(await opened(store, "escalated"), "escalate"))
    assert _ids(await store.awaiting_answer(WORKSPACE, [DANA.user])) == ["disagreed", "escalated"]
    answer = answer_disagreement(disagreed, Ruling.STANDS, "I listened", actor=LENA, now=NOW)
    await store.save(changed(answer))
    assert _ids(await store.awaiting_answer(WORKSPACE, [DANA.user])) == ["escalated"]


async def test_a_chain_is_found_from_each_of_its_logs(store: Store) -> None:
    first = await opened(store, "first")
    _, second = await store.save(*deciding(first, "continue", new_log_id="second"))
    assert _ids(await store.chain(WORKSPACE, "first")) == ["first"]
    assert _ids(await store.chain(WORKSPACE, "second")) == ["first", "second"]
    whole = {**first.content, "agent": DANA.user}
    shared = replace(second, content=whole, state=State.OPEN, revision=1, shared_at=NOW)
    (second,) = await store.save(replace(acknowledging(shared), notices=()))
    _, third = await store.save(*deciding(second, "continue", new_log_id="third"))
    assert _ids(await store.chain(WORKSPACE, "first")) == ["first", "second"]
    assert _ids(await store.chain(WORKSPACE, third.id)) == ["first", "second", "third"]
    assert await store.chain(WORKSPACE, "unknown") == []


READS: dict[str, Callable[[Store], Awaitable[object]]] = {
    "log": lambda store: store.log(WORKSPACE, "mine"),
    "log_numbered": lambda store: store.log_numbered(WORKSPACE, 1),
    "drafts": lambda store: store.drafts(WORKSPACE, SAM.user),
    "follow_on_drafts": lambda store: store.follow_on_drafts(WORKSPACE, [DANA.user]),
    "open_logs": lambda store: store.open_logs(WORKSPACE, [DANA.user]),
    "history": lambda store: store.history(WORKSPACE, DANA.user),
    "latest": lambda store: store.latest(WORKSPACE, [DANA.user]),
    "team_figures": lambda store: store.team_figures(WORKSPACE, [DANA.user]),
    "awaiting_acknowledgement": lambda store: store.awaiting_acknowledgement(WORKSPACE, SAM.user),
    "promised": lambda store: store.promised(WORKSPACE, SAM.user),
    "promised, to whom": lambda store: store.promised(WORKSPACE, LENA.user, [DANA.user]),
    "awaiting_answer": lambda store: store.awaiting_answer(WORKSPACE, [DANA.user]),
    "chain": lambda store: store.chain(WORKSPACE, "mine"),
    "revisions": lambda store: store.revisions(WORKSPACE, "mine"),
    "next_due": lambda store: store.next_due(NOW),
    "people": lambda store: store.people(WORKSPACE, [SAM.user]),
    "claim": lambda store: store.claim(NOW - DAY),
}


async def _many_old_logs(store: Store, like: Log) -> None:
    rows = []
    for number in range(10_000):
        other = replace(
            like,
            id=f"old{number}",
            number=1000 + number,
            agent=DANA.user if number % 2 else f"U{number % 200}",
            state=State.CLOSED,
        )
        row = row_of_log(replace(other, step_done=NOW))
        held_at = NOW - dt.timedelta(hours=number + 24)
        rows.append({**row, "unread_by": None, "unread_of": None, "held_at": held_at})
    async with store.database.engine.begin() as connection:
        for start in range(0, len(rows), 1000):
            await connection.execute(logs.insert(), rows[start : start + 1000])


async def test_every_read_is_one_statement_that_reads_few_rows(sqlite_url: str) -> None:
    store = await Store.open(sqlite_url)
    try:
        await staff(store)
        mine = await opened(store, "mine", **STEP)
        await _many_old_logs(store, mine)
        for name, read in READS.items():
            with statements(store) as ran:
                await read(store)
            assert len(ran) == 1, (name, ran)
            steps = await _steps_of(store, read)
            assert steps < 3_000, (name, steps)
    finally:
        await store.close()


async def _steps_of(store: Store, read: Callable[[Store], Awaitable[object]]) -> int:
    """How many steps SQLite's machine takes: the same on every computer."""
    counted = 0

    def count() -> int:
        nonlocal counted
        counted += 1
        return 0

    async with store.database.engine.connect() as connection:
        raw = await connection.get_raw_connection()
        driver = raw.driver_connection
        assert driver is not None
        await driver.set_progress_handler(count, 10)
    await read(store)
    async with store.database.engine.connect() as connection:
        raw = await connection.get_raw_connection()
        driver = raw.driver_connection
        assert driver is not None
        await driver.set_progress_handler(None, 10)
    return counted * 10


@pytest.mark.parametrize("name", ["save", *READS])
async def test_statements_are_as_many_on_both_databases(store: Store, name: str) -> None:
    await store.remember(WORKSPACE, [Profile(user=SAM.user, name=SAM.name)], NOW)
    log = await opened(store, "mine")
    with statements(store) as ran:
        if name == "save":
            await store.save(acknowledging(log))
        else:
            await READS[name](store)
    assert len(ran) <= (6 if name == "save" else 1), ran
