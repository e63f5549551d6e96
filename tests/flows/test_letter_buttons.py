"""What is pressed in a letter shows in the letter, and nowhere else."""

from __future__ import annotations

from tests.flows.center import Center
from tests.flows.mornings import letters_of, told, until
from tests.flows.stored import shared


async def test_a_next_step_is_answered_in_its_letter(center: Center) -> None:
    await shared(center, step_what="Send the model calls", step_by="2026-11-26")
    await until(center, "2026-11-26 09:00")
    (letter,) = await letters_of(center.sam, "Send the model calls")
    await letter.press("Not yet")
    await told(center)
    await letter.refresh()
    assert "Not yet, as of Thu 26 November" in letter.text
    await letter.press("Done")
    await told(center)
    await letter.refresh()
    assert "✅ CL-1 · Dana Whitfield · done" in letter.text
    assert await center.sam.said_privately() == []
    assert not center.refused


async def test_a_check_in_finishes_the_half_way(center: Center) -> None:
    await shared(center, review_by="2026-12-10")
    await until(center, "2026-12-02 09:00")
    (letter,) = await letters_of(center.sam, "half way")
    await letter.press("Check in")
    form = await center.sam.modal()
    await form.fill("Discussion points", "She asks first in most calls")
    assert await form.submit() is None
    await told(center)
    await letter.refresh()
    assert "✅ CL-1 · Dana Whitfield · checked in" in letter.text
    assert not center.refused
