from __future__ import annotations

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from playground import Channel
from playground.testing.person import Modal
from tests.flows.center import Center
from tests.flows.writing import fill_evidence, following, open_evidence


async def test_a_session_can_be_logged_from_anywhere(center: Center) -> None:
    await center.sam.shortcut("Log a coaching session")
    modal = await center.sam.modal()
    assert modal.title == "Call evidence (1 of 5)"
    assert "Agent" in modal.labels
    await modal.choose("Agent", "Tom Hale")
    refused = await modal.submit()
    assert refused is not None
    assert "not an agent" in refused.errors["Agent"]
    await refused.choose("Agent", "Dana Whitfield")
    following = await refused.submit()
    assert following is not None
    assert following.title == "Observation (2 of 5)"
    assert not center.refused


async def test_a_message_becomes_the_evidence(center: Center) -> None:
    center.ws.add_channel(Channel(id="C0QA", name="qa-alerts", members=("U0SAM", "U0DANA")))
    await center.dana.types("Discovery 40 <b>&</b> call 9001", channel="C0QA")
    (alert,) = await center.sam.messages("C0QA")
    await center.sam.message_shortcut("Coach on this message", alert)
    modal = await center.sam.modal()
    assert modal.value("Transcript quote") == "Discovery 40 <b>&</b> call 9001"
    assert str(modal.value("Call ID or recording link")).startswith("https://northwind.slack.com/")
    assert not center.refused


async def test_the_quote_names_people_and_links_as_they_are_read(center: Center) -> None:
    people = ("U0SAM", "U0DANA", center.ws.app.bot_user_id)
    center.ws.add_channel(Channel(id="C0QA", name="qa-alerts", members=people))
    slack = AsyncWebClient(token="xoxb-center", base_url=center.server.api_url)
    text = "<@U0DANA> to <@U0NOBODY>: <https://qa.example/9|call 9> in <#C0QA|qa-alerts>"
    await slack.chat_postMessage(channel="C0QA", text=text)
    (alert,) = await center.sam.messages("C0QA")
    await center.sam.message_shortcut("Coach on this message", alert)
    quote = (await center.sam.modal()).value("Transcript quote")
    assert quote == "Dana Whitfield to somebody: call 9 in #qa-alerts"
    assert not center.refused


async def from_message(center: Center) -> Modal:
    center.ws.add_channel(Channel(id="C0QA", name="qa-alerts", members=("U0SAM", "U0DANA")))
    await center.dana.types("Discovery 40, call 9001", channel="C0QA")
    (alert,) = await center.sam.messages("C0QA")
    await center.sam.message_shortcut("Coach on this message", alert)
    return await center.sam.modal()


async def empty_draft(center: Center) -> None:
    modal = await open_evidence(center.sam, "@dana")
    await (await following(modal)).close(everything=True)


@pytest.mark.parametrize("press", ["Continue", "Start a new log"])
async def test_a_message_comes_along_into_what_is_chosen(center: Center, press: str) -> None:
    await empty_draft(center)
    choice = await from_message(center)
    assert "CL-1, a draft for Dana Whitfield" in choice.text
    assert "Discovery 40, call 9001" in choice.text
    await choice.press(press)
    modal = await center.sam.modal()
    assert modal.title == "Call evidence (1 of 5)"
    assert modal.value("Transcript quote") == "Discovery 40, call 9001"
    assert str(modal.value("Call ID or recording link")).startswith("https://northwind.slack.com/")
    assert not center.refused


async def test_a_message_is_left_out_where_there_is_evidence_already(center: Center) -> None:
    modal = await open_evidence(center.sam, "@dana")
    await fill_evidence(modal)
    await (await following(modal)).close(everything=True)
    await (await from_message(center)).press("Continue")
    assert (await center.sam.modal()).title == "Observation (2 of 5)"
    assert not center.refused


async def test_agents_cannot_log(center: Center) -> None:
    await center.dana.shortcut("Log a coaching session")
    assert "Logging sessions is for supervisors" in (await center.dana.modal()).text
    await center.dana.types("/coach @sam")
    assert "for supervisors" in (await center.dana.said_privately())[-1].text
    assert not center.refused


async def test_agents_coach_on_no_message(center: Center) -> None:
    center.ws.add_channel(Channel(id="C0QA", name="qa-alerts", members=("U0SAM", "U0DANA")))
    await center.sam.types("Discovery 40, call 9001", channel="C0QA")
    (alert,) = await center.dana.messages("C0QA")
    await center.dana.message_shortcut("Coach on this message", alert)
    modal = await center.dana.modal()
    assert "Logging sessions is for supervisors" in modal.text
    assert "9001" not in modal.text
    assert not center.refused
