"""Slack asks to wait longer than its own three seconds: nobody waits for a form in vain."""

from __future__ import annotations

from tests.flows.center import Center


async def test_a_form_that_slack_puts_off_is_given_up_at_once_and_said(center: Center) -> None:
    center.ws.faults.rate_limit("views.open", retry_after=30)
    for _ in range(2):  # the second time it was asked for before
        assert (await center.sam.types("/coach @dana"))["ok"]
        assert not await center.sam.has_modal()
        assert "Try again in a moment" in (await center.sam.said_privately())[-1].text
    assert {entry.error for entry in center.refused} == {"ratelimited"}


async def test_a_form_that_slack_puts_off_for_a_second_opens(center: Center) -> None:
    center.ws.faults.rate_limit("views.open", retry_after=1)
    assert (await center.sam.types("/coach @dana"))["ok"]
    assert (await center.sam.modal()).title
