from __future__ import annotations

import datetime as dt

from tests.flows.center import Center
from tests.flows.mornings import letters_of, told, until
from tests.flows.moving import imported, leaves, returns
from tests.flows.stored import shared
from tests.flows.writing import share


async def test_when_the_supervisor_has_left_the_lead_is_asked(center: Center) -> None:
    await share(center.sam, "@dana", review_by=center.today + dt.timedelta(days=30))
    await leaves(center, "U0SAM")
    center.pass_days(34)
    prompt = await center.lena.message("CL-1")
    await prompt.press("Record outcome")
    form = await center.lena.modal()
    await form.fill("Calls looked at", "8")
    await form.fill("Calls that reached the threshold", "7")
    await form.choose("Decision", "Close")
    after = await form.submit()
    assert after is not None
    assert "is closed" in after.text
    await center.dana.message("7 of 8")
    log = await center.store.log_numbered("T0CENTER", 1)
    assert log is not None
    rows = await center.store.notices_of("T0CENTER", log.id)
    asked = {row.receiver: row.state for row in rows if row.kind == "outcome_due"}
    assert asked == {"U0SAM": "cancelled", "U0LENA": "sent"}


async def test_a_lead_who_sees_to_a_log_is_offered_what_works(center: Center) -> None:
    await shared(center)
    await told(center)
    await leaves(center, "U0SAM")
    await until(center, "2026-12-09 10:00")
    (letter,) = await letters_of(center.lena, "CL-1 with Dana is half way")
    assert "Check in" not in letter.buttons
    assert not center.refused


async def test_a_lead_keeps_what_a_supervisor_promised(center: Center) -> None:
    await shared(center, step_who="supervisor", step_what="Sit in", step_by="2026-12-02")
    await told(center)
    await leaves(center, "U0SAM")
    await until(center, "2026-12-02 10:00")
    (letter,) = await letters_of(center.lena, "Sit in")
    await letter.press("Done")
    await told(center)
    assert (await center.log(1)).steps[0].done is not None


async def test_who_comes_back_is_not_told_late_what_was_told_on_its_day(center: Center) -> None:
    await imported(center, "Billing,supervisor,U0PRIYA")
    await shared(center)
    await told(center)
    await leaves(center, "U0SAM")
    await until(center, "2026-12-14 18:00")
    assert await letters_of(center.person("U0PRIYA"), "CL-1", "half way")
    await returns(center, "U0SAM")
    await until(center, "2026-12-16 18:00")
    assert not await letters_of(center.sam, "half way")
