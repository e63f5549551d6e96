"""The data_visualization block: a pie, or bars, areas or lines over categories.

Limits: docs.slack.dev/reference/block-kit/blocks/data-visualization-block. Slack allows more than 6
series or segments by now; here it stays with the number that it was announced with, the stricter.
"""

from __future__ import annotations

import math

from playground.findings import Check, Place
from playground.shapes import by_type, is_record, list_of, record, string, typed

CHARTS_MAX = 2
"""Charts in one message."""
_SERIES_MAX = 6
_POINTS_MAX = 20
_LABEL = string(20)


def _number(value: object, place: Place) -> None:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if not is_number or not math.isfinite(float(str(value))):
        place.refuse("must provide a number")


def _share(value: object, place: Place) -> None:
    _number(value, place)
    if isinstance(value, int | float) and value <= 0:
        place.refuse("must be more than 0")


def _unique_names(chart: object, place: Place) -> None:
    if not is_record(chart):
        return
    seen: set[str] = set()
    for index, series in enumerate(chart["series"]):
        if series["name"] in seen:
            place.at("series").at(index).at("name").refuse(
                f"series names must be unique: {series['name']}"
            )
        seen.add(series["name"])


def _point_for_each_category(chart: object, place: Place) -> None:
    if not is_record(chart):
        return
    categories = sorted(chart["axis_config"]["categories"])
    for index, series in enumerate(chart["series"]):
        if sorted(point["label"] for point in series["data"]) != categories:
            place.at("series").at(index).at("data").refuse(
                "must have exactly one data point for each category"
            )


def _points(value: Check) -> Check:
    return record({"label": _LABEL, "value": value})


_OVER_CATEGORIES = typed(
    {
        "series": list_of(
            record({"name": _LABEL, "data": list_of(_points(_number), _POINTS_MAX)}), _SERIES_MAX
        ),
        "axis_config": record(
            {"categories": list_of(_LABEL, _POINTS_MAX)},
            {"x_label": string(50), "y_label": string(50)},
        ),
    },
    {},
    _unique_names,
    _point_for_each_category,
)
KINDS: dict[str, Check] = {
    "pie": typed({"segments": list_of(_points(_share), _SERIES_MAX)}),
    **dict.fromkeys(("bar", "area", "line"), _OVER_CATEGORIES),
}
FIELDS: dict[str, Check] = {"title": string(50), "chart": by_type(KINDS)}


def few_charts(given: object, place: Place) -> None:
    """Refuses the charts of a message beyond the second."""
    if not isinstance(given, list):
        return
    charts = [
        index
        for index, block in enumerate(given)
        if is_record(block) and block.get("type") == "data_visualization"
    ]
    for index in charts[CHARTS_MAX:]:
        place.at(index).refuse(f"no more than {CHARTS_MAX} data_visualization blocks allowed")
