from __future__ import annotations

import asyncio

from coaching.change import Change
from coaching.elements import TARGET
from coaching.people import Person
from coaching.session import write
from tests.flows.center import Center
from tests.flows.writing import fill_evidence, following, open_evidence


async def test_the_second_device_loses_nothing(center: Center) -> None:
    modal = await open_evidence(center.sam, "@dana")
    await fill_evidence(modal)
    modal = await following(modal)
    await modal.press("Finish later")
    await (await center.sam.modal()).close(everything=True)

    await center.sam.types("/coach target CL-1")
    phone = await center.sam.modal()
    label = phone.labels[0]
    # The laptop saves the same form meanwhile.
    draft = await center.store.log_numbered("T0CENTER", 1)
    assert draft is not None
    content = {**draft.content, "target": "Ask the reason first"}
    actor = Person(user="U0SAM", name="Sam Okafor")
    written = write(draft, [TARGET], content, actor=actor, now=center.clock.now())
    assert isinstance(written, Change)
    await center.store.save(written)

    await phone.fill(label, "Wait for the whole answer")
    again = await phone.submit()
    assert again is not None
    assert "Wait for the whole answer" in again.text
    assert again.value(label) == "Ask the reason first"
    await again.fill(label, "Wait for the whole answer")
    await again.submit()
    log = await center.store.log_numbered("T0CENTER", 1)
    assert log is not None
    assert log.content["target"] == "Wait for the whole answer"
    assert not center.refused


async def test_sharing_twice_at_once_makes_one_log(center: Center) -> None:
    await center.sam.types("/coach quick @dana")
    modal = await center.sam.modal()
    await modal.fill("Call ID or recording link", "8841")
    await modal.fill("Moment of the call", "03:12")
    await modal.choose("QA criterion", "Discovery")
    await modal.fill("Score", "55")
    await modal.fill("One thing that Dana will do differently", "Ask the reason first")
    answers = await asyncio.gather(*(modal.try_submit() for _ in range(4)))
    assert all("error" not in answer for answer in answers), answers
    assert "Sorry" not in {view["title"]["text"] for one in answers for view in one["views"]}
    assert await center.store.log_numbered("T0CENTER", 2) is None
    assert not center.refused
