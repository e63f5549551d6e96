"""`/coach ELEMENT CL-n` where there is nothing to write (any more): it says so before it asks."""

from __future__ import annotations

import pytest

from tests.flows.center import Center
from tests.flows.writing import fill_evidence, following, open_evidence, share


async def answer(center: Center, typed: str) -> str:
    await center.sam.types(typed)
    assert not await center.sam.has_modal(), (await center.sam.modal()).text
    return (await center.sam.said_privately())[-1].text


async def kept_draft(center: Center) -> None:
    modal = await open_evidence(center.sam, "@dana")
    await fill_evidence(modal)
    await (await following(modal)).close(everything=True)


async def test_a_discarded_draft(center: Center) -> None:
    await kept_draft(center)
    await center.sam.types("/coach drafts")
    await (await center.sam.said_privately())[-1].press("Discard")
    said = await answer(center, "/coach observation CL-1")
    assert "CL-1 was discarded, so nothing can be written in it any more." in said
    assert "CL-1 was discarded" in await answer(center, "/coach outcome CL-1")
    assert not center.refused


@pytest.mark.parametrize("part", ["conversation", "evidence", "follow-up"])
async def test_a_log_that_was_taken_back(center: Center, part: str) -> None:
    await share(center.sam, "@dana")
    await center.sam.types("/coach show CL-1")
    await (await center.sam.said_privately())[-1].press("Void…")
    modal = await center.sam.modal()
    await modal.fill("Why?", "Wrong call")
    if (after := await modal.submit()) is not None:
        await after.close(everything=True)
    assert "CL-1 was taken back." in await answer(center, f"/coach {part} CL-1")
    assert not center.refused


async def test_a_decided_log_keeps_its_measure(center: Center) -> None:
    await share(center.sam, "@dana")
    await center.sam.types("/coach outcome CL-1")
    modal = await center.sam.modal()
    await modal.fill("Calls looked at", "8")
    await modal.fill("Calls that reached the threshold", "7")
    await modal.choose("Decision", "Close")
    after = await modal.submit()
    if after is not None:
        assert not after.errors
        await after.close(everything=True)
    assert "what it was measured by stays" in await answer(center, "/coach follow-up CL-1")
    await center.sam.types("/coach conversation CL-1")
    modal = await center.sam.modal()
    await modal.fill("Discussion points", "One\nTwo\nThree")
    after = await modal.submit()
    assert after is not None
    assert "CL-1 is changed" in after.text
    assert not center.refused


async def test_the_outcome_of_a_draft(center: Center) -> None:
    await kept_draft(center)
    said = await answer(center, "/coach outcome CL-1")
    assert "CL-1 isn't shared yet, so there is no outcome to record." in said
    await center.person("U0PRIYA").types("/coach outcome CL-1")
    (other,) = await center.person("U0PRIYA").said_privately()
    assert "can't find CL-1" in other.text
    assert not center.refused


async def test_what_was_written_stays_where_the_log_changed_meanwhile(center: Center) -> None:
    await kept_draft(center)
    await center.sam.types("/coach observation CL-1")
    modal = await center.sam.modal()
    await modal.fill(modal.labels[0], "Gave the fee first")
    await center.sam.types("/coach drafts")
    await (await center.sam.said_privately())[-1].press("Discard")
    after = await modal.submit()
    assert after is not None
    assert "CL-1 is no draft any more" in after.errors[modal.labels[0]]
    assert not center.refused


async def test_a_shared_log_keeps_what_sharing_needed(center: Center) -> None:
    await share(center.sam, "@dana")
    await center.sam.types("/coach target CL-1")
    modal = await center.sam.modal()
    inputs = [block for block in modal.blocks if block["type"] == "input"]
    assert [block["optional"] for block in inputs] == [False, True]
    await modal.fill(modal.labels[0], "   ")
    again = await modal.submit()
    assert again is not None
    assert "A shared log keeps this" in again.errors[modal.labels[0]]
    assert not center.refused
