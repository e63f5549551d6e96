from __future__ import annotations

from functools import partial
from pathlib import Path
from time import perf_counter

import pytest

from bench.growth import GROWTHS, Growth, NewDatabase, of_ticks, postgresql_in, sqlite_in
from bench.holding import longest_hold
from bench.jobs import Jobs
from bench.measuring import Case, Figure, Goal, NotMeasured, measure
from bench.table import lines
from bench.waiting import DUE, MINUTE, START, moments

SIZES = (500, 1000)


@pytest.fixture(params=["sqlite", "postgresql"])
def new_database(request: pytest.FixtureRequest, tmp_path: Path) -> NewDatabase:
    if request.param == "sqlite":
        return partial(sqlite_in, tmp_path)
    return partial(postgresql_in, request.getfixturevalue("postgresql_server"))


@pytest.mark.parametrize("growth", GROWTHS.values())
async def test_each_measurement_yields_figures_at_each_size(
    growth: Growth, new_database: NewDatabase
) -> None:
    figures = await growth(new_database, SIZES, rounds=1)
    named = {figure.case.what for figure in figures}
    assert named
    sizes = (1, DUE) if growth is of_ticks else SIZES
    assert {(figure.case.what, figure.case.size) for figure in figures} == {
        (what, size) for what in named for size in sizes
    }
    assert all(len(figure.times) == figure.case.times for figure in figures)
    assert all(figure.median > 0 for figure in figures)
    assert {figure.case.ours for figure in figures} <= {None, *named}


async def test_the_job_store_is_filled_within_its_time_or_not_measured(tmp_path: Path) -> None:
    with sqlite_in(tmp_path) as address:
        store = Jobs(address, 500)
        with pytest.raises(NotMeasured):
            store.fill(1, within_seconds=0.0)
        store.close()


def test_a_hundred_fall_due_in_each_minute_and_the_rest_later() -> None:
    due = sorted(moments(1000, 3))
    assert [START + MINUTE * minute for minute in (1, 2, 3) for _ in range(DUE)] == due[:300]
    assert due[300] > START + MINUTE * 60
    assert len(due) == 1000


async def nothing() -> None:
    pass


def figure(what: str, size: int, ms: float, goal: Goal, ours: str | None = None) -> Figure:
    return Figure(Case(what=what, size=size, run=nothing, goal=goal, ours=ours), [ms, ms, ms])


def test_what_is_beyond_its_goal_is_marked_over() -> None:
    told = [
        figure("tick", 10, 1.0, Goal(ms=2.0, growth=1.5)),
        figure("tick", 1000, 1.6, Goal(ms=2.0, growth=1.5)),
        figure("other", 10, 0.5, Goal(ours=3.0), "tick"),
        figure("other", 1000, 0.5, Goal(ours=3.0), "tick"),
    ]
    _, _, tick, more, other, last = lines("Growth", told)
    assert "over" not in tick + other
    assert more.split()[:2] == ["1", "000"]
    assert "1.60 over" in more
    assert last.endswith("3.20 over")


async def test_cases_take_turns_and_the_first_rounds_do_not_count() -> None:
    ran: list[str] = []

    def case(what: str) -> Case:
        async def run() -> None:
            ran.append(what)

        return Case(what=what, size=1, run=run)

    figures = await measure([case("a"), case("b")], rounds=2)
    assert [len(one.times) for one in figures] == [2, 2]
    assert ran[-4:] in (["a", "b", "b", "a"], ["b", "a", "a", "b"])


async def test_what_holds_the_loop_is_seen() -> None:
    async def work() -> None:
        until = perf_counter() + 0.03
        while perf_counter() < until:
            pass

    assert await longest_hold(work) >= 25
