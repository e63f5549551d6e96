"""A command or a name with a slip in it: what was meant is offered, and the press does it."""

from __future__ import annotations

import pytest

from playground.testing.person import Message, Person
from tests.flows.center import Center


async def answered(person: Person, command: str) -> Message:
    await person.types(f"/coach {command}")
    return (await person.said_privately())[-1]


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("quik @dana", "/coach quick @dana"),
        ("quick @daan", "/coach quick @Dana"),
        ("quick dana", "/coach quick @Dana"),
    ],
)
async def test_the_press_does_what_was_meant(center: Center, typed: str, offered: str) -> None:
    said = await answered(center.sam, typed)
    assert f"Did you mean {offered}?" in said.text.replace("`", "")
    await said.press(offered)
    modal = await center.sam.modal()
    assert modal.title == "Quick log"
    assert "Dana Whitfield" in modal.text
    assert not center.refused


@pytest.mark.parametrize("typed", ["@daan", "daan", "dana", "@dana_w"])
async def test_a_name_with_a_slip_leads_to_the_agent(center: Center, typed: str) -> None:
    said = await answered(center.sam, typed)
    await said.press("/coach @Dana")
    assert "Dana Whitfield" in (await center.sam.modal()).text


async def test_an_argument_of_any_kind_comes_along(center: Center) -> None:
    assert "/coach show CL-7" in (await answered(center.sam, "shwo CL-7")).buttons
    assert "/coach show 7" in (await answered(center.sam, "shwo 7")).buttons
    long = await answered(center.sam, "shwo " + "x" * 3000)
    assert len(long.buttons) == 1
    assert not center.refused


@pytest.mark.parametrize("typed", ["@tomm", "history @tomm", "quick tom", "tom"])
async def test_nobody_is_suggested_whom_the_asker_does_not_look_after(
    center: Center, typed: str
) -> None:
    # Tom is in Priya's team, and Sam doesn't see him.
    for asker in (center.sam, center.marco):
        await asker.types(f"/coach {typed}")
        assert "Tom" not in "".join(message.text for message in await asker.said_privately())


async def test_only_commands_that_the_asker_can_use_are_suggested(center: Center) -> None:
    assert (await answered(center.dana, "quik")).buttons == []
    assert (await answered(center.dana, "histroy")).buttons == ["/coach history"]


async def test_an_admin_in_no_team_is_told_how_teams_are_made(center: Center) -> None:
    iris = center.person("U0IRIS")
    assert "coachlog" not in (await answered(iris, "")).text
    assert "coachlog" not in (await iris.home()).text
    center.ws.update_user("U0IRIS", is_admin=True)
    await center.ws.settle()
    assert "coachlog teams import" in (await answered(iris, "")).text
    assert "coachlog teams import" in (await iris.home()).text
    assert not center.refused
