"""An outcome that is overdue, counted from when it was asked for, however late that was."""

from __future__ import annotations

from tests.flows.center import Center
from tests.flows.mornings import at, letters_of, told, until
from tests.flows.moving import imported, leaves
from tests.flows.stored import shared


async def test_after_an_outage_the_supervisor_has_their_time_before_the_lead_hears(
    center: Center,
) -> None:
    await shared(center, review_by="2026-12-01")
    await told(center)
    await at(center, "2026-12-16 10:00")
    assert [one for one in await center.sam.messages() if "Record outcome" in one.buttons]
    assert not await letters_of(center.lena, "Outcomes overdue\nCL-1")
    await until(center, "2026-12-18 09:00")
    assert len(await letters_of(center.sam, "CL-1 with Dana is overdue")) == 1
    assert not await letters_of(center.lena, "CL-1 with Dana is overdue")
    await until(center, "2026-12-23 09:00")
    assert len(await letters_of(center.lena, "CL-1 with Dana is overdue")) == 1
    assert not center.refused


async def test_who_takes_a_follow_up_over_is_reminded_after_they_were_asked(
    center: Center,
) -> None:
    await shared(center, review_by="2026-12-01")
    await told(center)
    await until(center, "2026-12-14 12:00")
    await leaves(center, "U0SAM")
    await imported(center, "Billing,supervisor,U0PRIYA")
    await told(center)
    priya = center.person("U0PRIYA")
    await until(center, "2026-12-15 23:00")
    assert len(await letters_of(priya, "CL-1", "Record outcome")) == 1
    before = len(await priya.messages())
    await until(center, "2026-12-19 23:00")
    later = [one for one in (await priya.messages())[before:] if "CL-1" in one.text]
    assert ["overdue" in one.text + one.fallback for one in later] == [True]
