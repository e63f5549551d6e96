"""The README's tables say what the code knows, and name tests in which it is tried."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import get_args

import pytest
import yaml

from playground import blocks, charts, elements, payloads, rich_text, seeds, web_api
from playground.events import Subscription
from playground.findings import Findings, Place

_HERE = Path(__file__).parent
_README = (_HERE.parent / "README.md").read_text("utf-8")
_ROW = re.compile(r"\| `([^`]+)` \| ([^|]+) \| `([^`]+)` \|")

KNOWN: dict[str, Iterable[str]] = {
    "Web API methods": web_api.METHODS,
    "Payloads": (*get_args(payloads.Kind), "slash_commands", "url_verification"),
    "Events": get_args(Subscription),
    "Blocks": blocks.SUPPORTED,
    "Elements": elements.KINDS,
    "Parts of rich text": (*rich_text.KINDS, *rich_text.PIECES),
    "Charts": charts.KINDS,
}


def rows(heading: str) -> list[tuple[str, str, str]]:
    """The table under a heading: name, how far, file of the test."""
    under = _README.partition(f"\n### {heading}\n")[2].partition("\n#")[0]
    lines = [line for line in under.splitlines() if line.startswith("|")][2:]
    found = [_ROW.fullmatch(line) for line in lines]
    assert found, f"there is no table under {heading}"
    assert all(found), f"a row under {heading} is not as the others: {lines}"
    return [(one[1], one[2], one[3]) for one in found if one]


@pytest.mark.parametrize("heading", KNOWN)
def test_there_is_a_row_for_each_thing_that_the_code_knows(heading: str) -> None:
    names = [name for name, _, _ in rows(heading)]
    assert sorted(names) == sorted(KNOWN[heading])
    assert not [name for name, how_far, _ in rows(heading) if how_far.startswith("refused")]


def test_what_is_marked_as_refused_is_not_known() -> None:
    known = {name for names in KNOWN.values() for name in names}
    for name, how_far, _ in rows("Refused"):
        assert how_far.startswith("refused")
        assert name not in known


@pytest.mark.parametrize("heading", [*KNOWN, "Refused"])
def test_each_row_names_a_test_in_which_its_name_occurs(heading: str) -> None:
    for name, _, file in rows(heading):
        assert file.startswith("test_")
        text = (_HERE / file).read_text("utf-8")
        assert re.search(rf'["./]{re.escape(name)}\b', text), f"{name} is not in {file}"


def test_the_example_of_a_seed_is_one() -> None:
    example = _README.partition("```yaml\n")[2].partition("```")[0]
    findings = Findings("message")
    seeds.SEED(yaml.safe_load(example), Place("", findings))
    assert findings.found == []


def test_the_default_workspace_is_a_seed_as_well() -> None:
    findings = Findings("message")
    seeds.SEED(seeds.DEFAULT, Place("", findings))
    assert findings.found == []
