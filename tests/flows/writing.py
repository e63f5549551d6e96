"""How tests write a log through the forms, as a supervisor would."""

from __future__ import annotations

import datetime as dt

from playground.testing.person import Modal, Person

POINTS = "Played 03:12 back\nThe fee came before the reason\nDana will ask first"


async def open_evidence(sam: Person, mention: str) -> Modal:
    """The evidence form of a new log for the agent; starts anew where that is offered."""
    await sam.types(f"/coach {mention}")
    modal = await sam.modal()
    if "Start a new log" in modal.buttons:
        await modal.press("Start a new log")
        modal = await sam.modal()
    return modal


async def fill_evidence(
    modal: Modal, *, call: str = "8841", criterion: str = "Discovery", score: str = "55"
) -> None:
    await modal.fill("Call ID or recording link", call)
    await modal.fill("Moment of the call", "03:12")
    await modal.choose("QA criterion", criterion)
    await modal.fill("Score", score)
    await modal.fill("Transcript quote", "“I want to cancel.” “Okay, the fee is 40 pounds.”")


async def following(modal: Modal) -> Modal:
    """Submit, and insist on a form that comes after it without an error."""
    after = await modal.submit()
    assert after is not None, "the form closed"
    assert not after.errors, after.errors
    return after


async def walk_to_look_over(
    sam: Person, mention: str, *, review_by: dt.date | None = None, criterion: str = "Discovery"
) -> Modal:
    """Fill the five forms; the look-over is open at the end."""
    modal = await open_evidence(sam, mention)
    await fill_evidence(modal, criterion=criterion)
    modal = await following(modal)
    assert modal.title == "Observation (2 of 5)"
    await modal.fill(modal.labels[0], "Gave the cancellation fee without asking why")
    modal = await following(modal)
    assert modal.title == "Target (3 of 5)"
    await modal.fill(modal.labels[0], "Ask the reason for cancelling before naming the fee")
    modal = await following(modal)
    assert modal.title == "Conversation (4 of 5)"
    await modal.fill("Discussion points", POINTS)
    modal = await following(modal)
    assert modal.title == "Follow-up (5 of 5)"
    if review_by is not None:
        await modal.fill("Review by", review_by.isoformat())
    modal = await following(modal)
    assert modal.title == "Look it over"
    return modal


async def share(sam: Person, mention: str, *, review_by: dt.date | None = None) -> None:
    """Write a complete log and share it; every form is closed afterwards."""
    modal = await walk_to_look_over(sam, mention, review_by=review_by)
    after = await modal.submit()
    if after is not None:
        assert not after.errors, after.errors
        await after.close(everything=True)
