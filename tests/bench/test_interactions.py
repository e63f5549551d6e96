from __future__ import annotations

import json
import statistics
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from bench.asking import KINDS, OPENING, Right, opening, saving
from bench.beside import beside_lines, cost_lines
from bench.floor import ORM
from bench.growth import NewDatabase, postgresql_in, sqlite_in
from bench.interactions import ALONE, FLOOR, WAYS, Measured, Slices, beside_the_floor, what_costs
from bench.measuring import NotMeasured
from bench.wire import Answer, Call, Counterpart, Json

CROWD = 60


@pytest.fixture(params=["sqlite", "postgresql"])
def new_database(request: pytest.FixtureRequest, tmp_path: Path) -> NewDatabase:
    if request.param == "sqlite":
        return partial(sqlite_in, tmp_path)
    return partial(postgresql_in, request.getfixturevalue("postgresql_server"))


async def test_both_apps_answer_rightly_and_run_as_many_statements(
    new_database: NewDatabase,
) -> None:
    # It fails where a form was not opened, an answer is another one, or a form was not stored.
    ours, floor = await beside_the_floor(new_database, rounds=2, crowd=CROWD)
    assert ours.statements == floor.statements
    assert all(sum(ours.statements[kind]) > 1 for kind in KINDS)
    assert ours.statements[OPENING][1] == 0, "nothing is written before the first Next"
    for one in (ours, floor):
        assert one.megabytes > 10
        for kind in KINDS:
            taken = one.slices[kind]
            assert [len(slice_) for slice_ in taken.alone] == [ALONE] * 2
            assert [len(slice_) for slice_ in taken.acks] == [CROWD] * 2
            assert min(*taken.rates, *taken.cpu) > 0
    assert sum("statements" in line for line in beside_lines("Both", ours, floor)) == len(KINDS)


async def test_what_is_switched_on_is_measured_beside_the_app_without_it(tmp_path: Path) -> None:
    costs = await what_costs(partial(sqlite_in, tmp_path), rounds=1, crowd=CROWD, ways=[ORM])
    assert list(costs) == [FLOOR, WAYS[ORM]]
    cpu = [statistics.median(one.slices[OPENING].cpu) for one in costs.values()]
    assert cpu[0] < cpu[1], "the ORM costs nothing"
    assert len(list(cost_lines("Costs", costs))) == 4


VIEW: Json = {
    "callback_id": "coach.form",
    "title": {"type": "plain_text", "text": "Evidence"},
    "blocks": [{"type": "divider"}],
    "private_metadata": "{}",
}
SHAPE = ("coach.form", "Evidence", ("divider",))
RIGHT = Right(form=SHAPE, after=SHAPE)


def opened(asked: str, *, title: str = "Evidence", method: str = "views.open") -> Counterpart:
    view = {**VIEW, "title": {"type": "plain_text", "text": title}}
    call = Call(method, json.dumps({"trigger_id": asked, "view": view}).encode(), 3.5)
    return Counterpart(calls={asked: [call]})


def test_a_form_that_opens_is_timed_until_slack_was_told() -> None:
    asked, answer = opening(), Answer(200, b"", 3.0, 4.0)
    assert RIGHT.check("app", [asked], [answer], opened(asked.mark)) == [0.5]


@pytest.mark.parametrize(
    ("answer", "slack"),
    [
        (Answer(200, b"", 0, 1), {"title": "Sorry"}),
        (Answer(200, b"", 0, 1), {"method": "views.push"}),
        (Answer(200, b'{"text": "no"}', 0, 1), {}),
        (Answer(500, b"", 0, 1), {}),
    ],
)
def test_another_answer_to_a_command_is_not_measured(answer: Answer, slack: dict[str, str]) -> None:
    asked = opening()
    with pytest.raises(NotMeasured):
        RIGHT.check("app", [asked], [answer], opened(asked.mark, **slack))


@pytest.mark.parametrize(
    "told",
    [
        b"",
        b'{"response_action": "errors", "errors": {"call": "no"}}',
        json.dumps({"response_action": "update", "view": {**VIEW, "blocks": []}}).encode(),
    ],
)
def test_another_answer_to_a_form_is_not_measured(told: bytes) -> None:
    with pytest.raises(NotMeasured):
        RIGHT.check("app", [saving(VIEW)], [Answer(200, told, 0, 1)], Counterpart())


def test_what_misses_its_goal_is_marked() -> None:
    def measured(seconds: float, rate: float, megabytes: float) -> Measured:
        taken = Slices([[seconds] * 4] * 2, [[seconds] * 4] * 2, [rate] * 2, [seconds] * 2)
        return Measured(dict.fromkeys(KINDS, (6, 0)), megabytes, dict.fromkeys(KINDS, taken))

    floor = measured(0.1, 100, 50)
    good = "\n".join(beside_lines("Good", replace(floor, megabytes=60), floor))
    assert "over" not in good
    assert "under" not in good
    bad = list(beside_lines("Bad", measured(0.4, 50, 100), floor))
    marks = [line for line in bad if " over" in line or " under" in line]
    # Of each kind all but its statements, and the memory.
    assert len(marks) == 2 * 5 + 1
