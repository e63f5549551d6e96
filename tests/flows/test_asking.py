from __future__ import annotations

import datetime as dt

import pytest

from tests.flows.center import Center
from tests.flows.writing import share


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("due", "CL-1"),
        ("drafts", "No drafts"),
        ("history @dana", "CL-1"),
        ("team", "Dana Whitfield"),
        ("show CL-1", "Ask the reason for cancelling"),
        ("help", "What you can type"),
        ("histroy", "Did you mean"),
    ],
)
async def test_what_a_supervisor_asks_for(center: Center, command: str, words: str) -> None:
    await share(center.sam, "@dana", review_by=center.today + dt.timedelta(days=30))
    center.pass_days(34)
    await center.sam.types(f"/coach {command}")
    assert words in (await center.sam.said_privately())[-1].text
    assert not center.refused
