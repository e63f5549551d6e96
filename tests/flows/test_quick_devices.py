"""The same quick log open on two devices: what one stored is never written over unseen."""

from __future__ import annotations

import datetime as dt
import json

import pytest

from coaching.change import Change
from coaching.elements import WALK
from coaching.entries import Setting
from coaching.fields import Value
from coaching.log import Log, State
from coaching.people import Person
from coaching.session import begin, write
from coaching.sharing import share
from playground.testing.person import Modal
from tests.flows.center import TEAM, Center
from tests.flows.stored import WHOLE
from tests.flows.test_quick import TARGET, fill, opened

SAM = Person(user="U0SAM", name="Sam Okafor", tz="Europe/London")


async def stored_elsewhere(center: Center, modal: Modal, **values: Value) -> Log:
    """The log of that form, stored from the other device with other values."""
    meta = json.loads(modal.view["private_metadata"])
    draft = begin(
        workspace=TEAM, log_id=meta["new_id"], supervisor=SAM.user, now=center.now, content={}
    )
    content = {**WHOLE, "agent": "U0DANA", "review_by": "2026-12-24", **values}
    written = write(draft, WALK, content, actor=SAM, now=center.now)
    assert isinstance(written, Change)
    (log,) = await center.store.save(written)
    return log


async def shared_elsewhere(center: Center, log: Log) -> None:
    setting = Setting(center.now, SAM.zone, await center.store.criteria(TEAM))
    people = await center.store.people(TEAM, ["U0DANA"])
    change = share(log, actor=SAM, agent=people["U0DANA"], setting=setting, others_open=())
    assert isinstance(change, Change)
    await center.store.save(change)


@pytest.mark.parametrize("press", ["", "Add the rest"])
async def test_what_the_other_device_stored_is_shown_first(center: Center, press: str) -> None:
    phone = await opened(center)
    await fill(phone, TARGET)
    await stored_elsewhere(center, phone, target="Repeat the reason back")
    if press:
        await phone.press(press)
        again = await center.sam.modal()
    else:
        submitted = await phone.submit()
        assert submitted is not None
        again = submitted
    assert again.title == "Quick log"
    assert "This log was changed while you wrote." in again.text
    assert "You wrote here, not saved: Ask the reason first" in again.text
    assert again.text.count("not saved") == 1
    assert again.value(TARGET) == "Repeat the reason back"
    log = await center.log()
    assert (log.state, log.value("target")) == (State.DRAFT, "Repeat the reason back")
    await again.fill(TARGET, "Ask the reason first, then repeat it")
    note = await again.submit()
    assert note is not None
    assert note.title == "Shared"
    assert (await center.log()).value("target") == "Ask the reason first, then repeat it"
    assert not center.refused


async def test_nothing_is_asked_where_both_wrote_the_same(center: Center) -> None:
    phone = await opened(center)
    await fill(phone, TARGET)
    await stored_elsewhere(center, phone, target="Ask the reason first")
    note = await phone.submit()
    assert note is not None
    assert note.title == "Shared"
    assert not center.refused


async def test_another_plan_of_the_other_device_is_shown_before_it_is_shared(
    center: Center,
) -> None:
    phone = await opened(center)
    await fill(phone, TARGET)
    await stored_elsewhere(center, phone, target="Ask the reason first", calls=4, calls_reaching=3)
    again = await phone.submit()
    assert again is not None
    assert "The plan is another one by now: Discovery at 80 % or more on 3 of the next 4" in (
        again.text
    )
    assert (await center.log()).state is State.DRAFT
    assert not center.refused


async def test_a_plan_that_is_over_unfolds(center: Center) -> None:
    phone = await opened(center)
    await fill(phone, TARGET)
    await stored_elsewhere(center, phone, target="Ask the reason first")
    center.clock.advance(dt.timedelta(days=31))
    again = await phone.submit()
    assert again is not None
    assert again.value("Review by") == "2026-12-24"
    assert "Pick tomorrow or a later day." in again.text
    assert not center.refused


async def test_what_was_typed_is_not_lost_where_the_log_was_shared(center: Center) -> None:
    phone = await opened(center)
    await fill(phone, TARGET)
    log = await stored_elsewhere(center, phone, target="Repeat the reason back")
    await shared_elsewhere(center, log)
    note = await phone.submit()
    assert note is not None
    assert note.title == "Shared already"
    assert "CL-1 was shared from another device meanwhile." in note.text
    assert "One thing that Dana will do differently" in note.text
    assert "You wrote here, not saved: Ask the reason first" in note.text
    assert (await center.log()).value("target") == "Repeat the reason back"
    assert not center.refused
