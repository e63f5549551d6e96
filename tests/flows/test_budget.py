"""What people do costs few statements, and the same among ten logs and among ten thousand."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from sqlalchemy import insert, update

from coaching.log import State
from coaching.said import Decided
from storage.mapping import row_of_log
from storage.tables import counters, logs
from tests.databases import statements
from tests.flows.center import TEAM, Center
from tests.flows.stored import drafted
from tests.flows.writing import POINTS, fill_evidence, following, open_evidence

BUDGET = 8
FEW, MANY = 10, 10_000


@contextmanager
def counted(center: Center) -> Iterator[list[str]]:
    """What one interaction runs; what delivery does at the same time aside."""
    # Criteria are remembered for a second: counted is what it costs when that is over.
    center.store._catalogue.forget(TEAM)
    with statements(center.store) as ran:
        yield ran


async def fill_up(center: Center, until: int) -> None:
    """So many closed logs of everybody, straight into the table."""
    draft = await drafted(center)
    decided = Decided(center.clock.now(), draft.supervisor, "close", "met")
    closed = replace(draft, state=State.CLOSED, revision=1, decided=decided)
    # Made once and copied: ten thousand of them one by one would take longer than the test.
    like = [
        {**row_of_log(replace(closed, agent=agent)), "salt": b"salt"}
        for agent in ("U0DANA", "U0MARCO", "U0TOM")
    ]
    rows = [
        {**like[number % 3], "id": f"old{number}", "number": number}
        for number in range(draft.number + 1, until + 1)
    ]
    discarded = row_of_log(replace(draft, state=State.DISCARDED))
    async with center.store.database.engine.begin() as connection:
        await connection.execute(update(logs).where(logs.c.id == draft.id).values(discarded))
        await connection.execute(insert(logs), rows)
        await connection.execute(update(counters).values(last_number=until))


async def walk_through(center: Center) -> dict[str, int]:
    """The statements of each form from `/coach @dana` to the outcome, opened and saved.

    Sharing is left out: the outbox sets to work at once, and would be counted with it. What it
    costs stands in tests/storage.
    """
    sam, dana = center.sam, center.dana
    cost: dict[str, int] = {}
    with counted(center) as ran:
        modal = await open_evidence(sam, "@dana")
    cost["/coach @dana"] = len(ran)
    await fill_evidence(modal)
    while modal.title != "Look it over":
        title = modal.title
        for label, words in WORDS.items():
            if label in modal.labels:
                await modal.fill(label, words)
        with counted(center) as ran:
            modal = await following(modal)
        cost[title] = len(ran)
    await (await following(modal)).close(everything=True)
    summary = await dana.message("Ask the reason first")
    await center.program.delivery.once()
    with counted(center) as ran:
        await summary.press("Acknowledge")
    cost["Acknowledge"] = len(ran)
    for command in ("outcome @dana", "quick @dana"):
        with counted(center) as ran:
            await sam.types(f"/coach {command}")
        cost[command] = len(ran)
    return cost


WORDS = {
    "What did Dana do at 03:12?": "Gave the fee first",
    "One thing that Dana will do differently": "Ask the reason first",
    "Discussion points": POINTS,
}


async def test_no_form_costs_more_than_eight_statements_however_many_logs_there_are(
    center_anywhere: Center,
) -> None:
    center = center_anywhere
    await fill_up(center, FEW)
    few = await walk_through(center)
    await close_what_is_open(center)
    await fill_up(center, MANY)
    many = await walk_through(center)
    assert few == many
    assert max(many.values()) <= BUDGET, many
    assert len(many) == 9, many
    assert not center.refused


async def close_what_is_open(center: Center) -> None:
    """So that the next walk begins as the one before."""
    closing = {"state": State.CLOSED.value, "open_of": None, "unread_by": None, "unread_of": None}
    is_open = (logs.c.workspace == TEAM, logs.c.state == State.OPEN.value)
    async with center.store.database.engine.begin() as connection:
        await connection.execute(update(logs).where(*is_open).values(closing))


async def test_an_agent_picked_in_the_form_costs_nothing_more(center: Center) -> None:
    await center.sam.shortcut("Log a coaching session")
    modal = await center.sam.modal()
    await modal.choose("Agent", "Dana Whitfield")
    await fill_evidence(modal)
    with counted(center) as saving:
        await following(modal)
    assert len(saving) <= BUDGET
