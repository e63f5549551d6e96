"""*Coach on this message*: whom it is about, and a new log before everything else."""

from __future__ import annotations

import pytest

from playground import Channel
from playground.testing.person import Modal
from tests.flows.center import Center
from tests.flows.stored import drafted, shared
from tests.flows.writing import fill_evidence, following


async def coached_on(center: Center, by: str, text: str) -> Modal:
    members = ("U0SAM", "U0DANA", "U0MARCO", "U0TOM", "U0IRIS")
    center.ws.add_channel(Channel(id="C0QA", name="qa-alerts", members=members))
    await center.person(by).types(text, channel="C0QA")
    (alert,) = await center.sam.messages("C0QA")
    await center.sam.message_shortcut("Coach on this message", alert)
    return await center.sam.modal()


def coloured(modal: Modal) -> list[str]:
    return [
        element["text"]["text"]
        for block in modal.blocks
        for element in (*block.get("elements", ()), block.get("accessory", {}))
        if element.get("style") == "primary"
    ]


@pytest.mark.parametrize(
    ("by", "text"),
    [
        ("U0IRIS", "Discovery 40 for @dana"),
        ("U0DANA", "How was my call 9001?"),
        ("U0DANA", "@sam @dana @tom call 9001"),
    ],
)
async def test_the_one_agent_of_a_message_is_filled_in(center: Center, by: str, text: str) -> None:
    modal = await coached_on(center, by, text)
    assert modal.title == "Call evidence (1 of 5)"
    assert modal.value("Agent") == "U0DANA"
    await fill_evidence(modal)
    await following(modal)
    assert (await center.log()).agent == "U0DANA"
    assert not center.refused


@pytest.mark.parametrize(
    ("by", "text"),
    [
        ("U0IRIS", "Discovery 40, call 9001"),
        ("U0IRIS", "@dana and @marco"),
        ("U0DANA", "@marco call 9001"),
        ("U0IRIS", "Discovery 40 for @tom"),
    ],
)
async def test_nobody_is_guessed_where_it_may_be_several_or_nobody(
    center: Center, by: str, text: str
) -> None:
    modal = await coached_on(center, by, text)
    assert modal.value("Agent") is None
    assert not center.refused


async def test_the_agent_of_a_message_can_be_picked_anew(center: Center) -> None:
    modal = await coached_on(center, "U0IRIS", "@dana took over from Marco")
    await fill_evidence(modal)
    await modal.choose("Agent", "Marco Rossi")
    await following(modal)
    assert (await center.log()).agent == "U0MARCO"
    assert not center.refused


async def test_what_is_in_hand_for_others_is_not_offered(center: Center) -> None:
    await drafted(center, "U0MARCO")
    modal = await coached_on(center, "U0IRIS", "Discovery 40 for @dana")
    assert modal.title == "Call evidence (1 of 5)"
    assert not center.refused


async def test_a_new_log_comes_first_and_alone_is_coloured(center: Center) -> None:
    await drafted(center)
    await shared(center)
    choice = await coached_on(center, "U0IRIS", "Discovery 40 for @dana")
    assert choice.title == "Coach Dana"
    assert choice.buttons == ["Start a new log", "Continue", "Check in"]
    assert coloured(choice) == ["Start a new log"]
    await choice.press("Start a new log")
    modal = await center.sam.modal()
    assert modal.value("Agent") == "U0DANA"
    assert "Discovery 40 for Dana" in str(modal.value("Transcript quote"))
    assert not center.refused


async def test_without_a_message_the_first_in_hand_is_coloured(center: Center) -> None:
    await drafted(center)
    await shared(center)
    await center.sam.types("/coach @dana")
    choice = await center.sam.modal()
    assert coloured(choice) == ["Continue"]
    assert choice.buttons == ["Continue", "Check in", "Start a new log", "Quick log"]
    assert not center.refused
