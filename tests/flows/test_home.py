from __future__ import annotations

import datetime as dt

import pytest

from tests.flows.center import Center
from tests.flows.writing import share


@pytest.mark.parametrize("user", ["U0SAM", "U0DANA", "U0LENA", "U0IRIS"])
async def test_everybody_has_a_home(center: Center, user: str) -> None:
    await share(center.sam, "@dana")
    home = await center.person(user).home()
    assert home.text
    assert not center.refused


async def test_an_agent_finds_the_open_target_in_their_home(center: Center) -> None:
    await share(center.sam, "@dana", review_by=center.today + dt.timedelta(days=30))
    home = await center.dana.home()
    assert "Your target\nCL-1 · with Sam" in home.text
    assert "Discovery at 80 % or more on 7 of the next 10 scored calls" in home.text
    assert "Your target" not in (await center.marco.home()).text
    assert "Your target" not in (await center.sam.home()).text
    assert not center.refused


async def test_a_lead_finds_whose_log_waits_and_since_when(center: Center) -> None:
    await share(center.sam, "@dana", review_by=center.today + dt.timedelta(days=30))
    message = await center.dana.message("CL-1")
    await message.press("Add my view")
    modal = await center.dana.modal()
    await modal.choose("Do you agree?", "No")
    await modal.fill("Your words", "The customer had said why")
    await modal.submit()
    center.pass_days(3)
    waits = "CL-1 · Billing · Dana Whitfield disagrees with what Sam wrote · since Tue 24 November"
    assert waits in (await center.lena.home()).text
    assert not center.refused
