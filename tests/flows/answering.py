"""How Dana disagrees with the summary of CL-1 in tests, and how Lena answers her."""

from __future__ import annotations

from tests.flows.center import Center

VIEW = "The policy page was down"


async def disagrees(center: Center) -> None:
    await (await center.dana.message("Call 8841 at 03:12")).press("Add my view")
    form = await center.dana.modal()
    await form.choose("Do you agree?", "No")
    await form.fill("Your words", VIEW)
    assert await form.submit() is None


async def answers(center: Center) -> None:
    """Answer where Lena was asked first."""
    await (await center.lena.message(VIEW)).press("Answer")
    await answers_in_form(center)


async def answers_in_form(center: Center) -> None:
    form = await center.lena.modal()
    await form.choose("Your answer", "It stands")
    await form.fill("Your words", "The page was down later that day")
    assert await form.submit() is None
