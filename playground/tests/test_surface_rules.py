"""Slack's limits on whole views and messages."""

from __future__ import annotations

from typing import Any

import pytest

from playground.surfaces import checked_blocks, checked_view
from playground.tests.toy import Json, modal, plain, section, text_input
from playground.wire import ApiError


def view_refusals(view: object) -> list[str]:
    with pytest.raises(ApiError) as caught:
        checked_view(view, "modal")
    metadata: Any = caught.value.extra["response_metadata"]
    found: list[str] = metadata["messages"]
    return found


@pytest.mark.parametrize(
    ("view", "finding"),
    [
        (modal(section("x"), title="x" * 25), "must be less than 25 characters|/title/text"),
        (
            modal(section("x"), submit=plain("x" * 25)),
            "must be less than 25 characters|/submit/text",
        ),
        (modal(section("x"), close=plain("x" * 25)), "must be less than 25 characters|/close/text"),
        (
            modal(section("x"), private_metadata="x" * 3001),
            "must be less than 3001 characters|/private_metadata",
        ),
        (
            modal(section("x"), callback_id="x" * 256),
            "must be less than 256 characters|/callback_id",
        ),
        (
            modal(section("x"), external_id="x" * 256),
            "must be less than 256 characters|/external_id",
        ),
        (modal(*[{"type": "divider"}] * 101), "no more than 100 items allowed|/blocks"),
        (
            modal(section("x", block_id="a"), section("y", block_id="a")),
            "block_id must be unique: a|/blocks/1/block_id",
        ),
        (
            {"type": "modal", "title": plain("T"), "blocks": [text_input("N", "n")]},
            "missing required field: submit|",
        ),
        ({"type": "modal", "blocks": []}, "missing required field: title|"),
        (modal(section("x"), hash="1.2"), "invalid additional property: hash|"),
        ({"type": "home", "blocks": []}, "must be one of: modal|/type"),
        (
            modal(
                text_input("A", "a", focus_on_load=True), text_input("B", "b", focus_on_load=True)
            ),
            "only one element may have focus_on_load|/blocks/1/element/focus_on_load",
        ),
        (None, "must provide an object|"),
    ],
)
def test_a_view_that_breaks_a_limit_is_refused(view: object, finding: str) -> None:
    what, _, where = finding.partition("|")
    assert f"[ERROR] {what} [json-pointer:/view{where}]" in view_refusals(view)


def test_a_view_of_more_than_250_kilobytes_is_too_large() -> None:
    with pytest.raises(ApiError, match="view_too_large"):
        checked_view(modal(*[section("x" * 3000) for _ in range(90)]), "modal")


def test_a_messages_blocks_come_to_so_much_at_most() -> None:
    """As measured by others: texts count as they are, each block for some more."""

    def texts(characters: int, blocks: int) -> list[Any]:
        return [section("x" * (characters // blocks)) for _ in range(blocks)]

    assert checked_blocks(texts(9_597, 50))
    with pytest.raises(ApiError, match="msg_blocks_too_long"):
        checked_blocks(texts(11_341, 45))
    assert checked_blocks(texts(12_800, 5))
    with pytest.raises(ApiError, match="msg_blocks_too_long"):
        checked_blocks(texts(12_800, 5) + [{"type": "divider"}] * 45)
    with pytest.raises(ApiError, match="msg_blocks_too_long"):
        checked_blocks([section("<" * 3000), section("&" * 500)])
    checked_view(modal(*texts(60_000, 45)), "modal")


def test_emoji_count_twice() -> None:
    checked_view(modal(section("😀" * 1500)), "modal")
    assert view_refusals(modal(section("😀" * 1501))) == [
        "[ERROR] must be less than 3001 characters [json-pointer:/view/blocks/0/text/text]"
    ]
    field = text_input("N", "n", max_length=10, initial_value="😀" * 6)
    assert "must be less than 11 characters" in view_refusals(modal(field, submit=plain("S")))[0]


def test_a_home_has_no_title_and_a_message_no_alert() -> None:
    alert = {"type": "alert", "text": plain("Careful"), "level": "warning"}
    checked_view(modal(alert), "modal")
    with pytest.raises(ApiError, match="invalid_blocks"):
        checked_blocks([alert])
    with pytest.raises(ApiError, match="invalid_arguments"):
        checked_view({"type": "home", "blocks": [alert]}, "home")
    with pytest.raises(ApiError, match="invalid_arguments"):
        checked_view({"type": "home", "title": plain("T"), "blocks": []}, "home")


def test_a_message_takes_fifty_blocks() -> None:
    assert len(checked_blocks([{"type": "divider"}] * 50)) == 50
    with pytest.raises(ApiError, match="invalid_blocks"):
        checked_blocks([{"type": "divider"}] * 51)


def test_ids_are_given_where_there_are_none_and_the_apps_own_object_is_left_alone() -> None:
    given = modal({"type": "actions", "elements": [{"type": "button", "text": plain("P")}]})
    kept = checked_view(given, "modal")["blocks"][0]
    assert kept["block_id"]
    assert kept["elements"][0]["action_id"]
    assert kept["elements"][0]["text"]["emoji"] is True
    assert "block_id" not in given["blocks"][0]


def chart(**changed: Any) -> Json:
    """Bars over two categories, with something else in the chart."""
    data = [{"label": "2 Nov", "value": 3}, {"label": "9 Nov", "value": -1.5}]
    bars = {
        "type": "bar",
        "series": [{"name": "Sessions", "data": data}],
        "axis_config": {"categories": ["2 Nov", "9 Nov"], "x_label": "Week of"},
    }
    return {"type": "data_visualization", "title": "Sessions", "chart": {**bars, **changed}}


def pie(value: object, *labels: str) -> Json:
    segments = [{"label": label, "value": value} for label in labels]
    return {
        "type": "data_visualization",
        "title": "Share",
        "chart": {"type": "pie", "segments": segments},
    }


def points(*labels: str) -> list[Json]:
    return [{"label": label, "value": 1} for label in labels]


def series(number: int) -> list[Json]:
    return [{"name": f"S{one}", "data": points("2 Nov", "9 Nov")} for one in range(number)]


TWENTY_ONE = [f"W{number}" for number in range(21)]


@pytest.mark.parametrize(
    "block",
    [
        chart(),
        chart(type="line"),
        chart(type="area"),
        chart(series=series(6)),
        chart(
            series=[{"name": "x" * 20, "data": points(*TWENTY_ONE[:20])}],
            axis_config={"categories": TWENTY_ONE[:20], "y_label": "y" * 50},
        ),
        pie(0.5, "a", "b"),
    ],
)
def test_a_chart_within_the_limits_is_taken_in_a_message(block: Json) -> None:
    (kept,) = checked_blocks([block])
    assert kept["chart"] == block["chart"]


@pytest.mark.parametrize(
    ("block", "finding"),
    [
        (chart() | {"title": "x" * 51}, "must be less than 51 characters|/title"),
        (chart() | {"legend": True}, "invalid additional property: legend|"),
        (chart(type="radar"), "unsupported type: radar|/chart"),
        (chart(series=[]), "no fewer than 1 items allowed|/chart/series"),
        (chart(series=series(7)), "no more than 6 items allowed|/chart/series"),
        (
            chart(series=[*series(1), *series(1)]),
            "series names must be unique: S0|/chart/series/1/name",
        ),
        (
            chart(series=[{"name": "x" * 21, "data": points("2 Nov", "9 Nov")}]),
            "must be less than 21 characters|/chart/series/0/name",
        ),
        (
            chart(series=[{"name": "S", "data": points("2 Nov")}]),
            "must have exactly one data point for each category|/chart/series/0/data",
        ),
        (
            chart(series=[{"name": "S", "data": points("2 Nov", "2 Nov")}]),
            "must have exactly one data point for each category|/chart/series/0/data",
        ),
        (
            chart(
                series=[{"name": "S", "data": points(*TWENTY_ONE)}],
                axis_config={"categories": TWENTY_ONE},
            ),
            "no more than 20 items allowed|/chart/axis_config/categories",
        ),
        (
            chart(axis_config={"categories": ["x" * 21, "9 Nov"]}),
            "must be less than 21 characters|/chart/axis_config/categories/0",
        ),
        (
            chart(series=[{"name": "S", "data": [{"label": "2 Nov", "value": "3"}]}]),
            "must provide a number|/chart/series/0/data/0/value",
        ),
        (
            chart(series=[{"name": "S", "data": [{"label": "2 Nov", "value": float("nan")}]}]),
            "must provide a number|/chart/series/0/data/0/value",
        ),
        (pie(0, "a"), "must be more than 0|/chart/segments/0/value"),
        (pie(1, *"abcdefg"), "no more than 6 items allowed|/chart/segments"),
    ],
)
def test_a_chart_that_breaks_a_limit_is_refused(block: Json, finding: str) -> None:
    what, _, where = finding.partition("|")
    with pytest.raises(ApiError) as caught:
        checked_blocks([block])
    errors: Any = caught.value.extra["errors"]
    assert f"{what} [json-pointer:/blocks/0{where}]" in errors


def test_a_message_has_two_charts_at_most_and_other_surfaces_none() -> None:
    assert len(checked_blocks([chart(), chart()])) == 2
    with pytest.raises(ApiError, match="invalid_blocks") as caught:
        checked_blocks([chart(), section("x"), chart(), chart()])
    assert "no more than 2 data_visualization blocks allowed [json-pointer:/blocks/3]" in str(
        caught.value.extra
    )
    assert "[ERROR] unsupported type: data_visualization [json-pointer:/view/blocks/0]" in (
        view_refusals(modal(chart()))
    )
