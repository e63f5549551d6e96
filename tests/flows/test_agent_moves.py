"""An agent changes teams by `coachlog teams import`: the new supervisor takes over."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from coaching.people import Role
from handlers.taking_over import teams_changed
from playground.testing.person import Person
from storage.store import TeamRow
from tests.bot.commands import Ended, coachlog
from tests.flows.center import TEAM, Center
from tests.flows.writing import share

NOT_FOUND = "I can't find CL-1 among the logs you can see."


async def _answer(person: Person, words: str) -> str:
    await person.types(f"/coach {words}")
    return (await person.said_privately())[-1].text


async def _imported(center: Center, database_url: str, folder: Path, lines: str) -> Ended:
    (folder / "teams.csv").write_text(f"team,role,member\n{lines}")
    return await coachlog(
        "teams",
        "import",
        "teams.csv",
        folder=folder,
        SLACK_BOT_TOKEN="xoxb-center",
        SLACK_SIGNING_SECRET="signing secret",
        SLACK_API_URL=center.server.api_url,
        DATABASE_URL=database_url,
    )


async def _asked(center: Center) -> list[str]:
    """Who was or will be asked for the outcome of CL-1, each as often as that."""
    log = await center.store.log_numbered(TEAM, 1)
    assert log is not None
    rows = await center.store.notices_of(TEAM, log.id)
    return sorted(row.receiver for row in rows if row.kind == "outcome_due")


async def test_the_new_supervisor_sees_it_all_and_the_old_one_nothing(
    center_anywhere: Center, migrated_url: str, tmp_path: Path
) -> None:
    center = center_anywhere
    priya = center.person("U0PRIYA")
    await share(center.sam, "@dana", review_by=center.today + dt.timedelta(days=30))
    await center.sam.types("/coach show CL-1")
    old_answer = (await center.sam.said_privately())[-1]
    assert await _answer(priya, "show CL-1") == NOT_FOUND

    ended = await _imported(center, migrated_url, tmp_path, "Retention,agent,U0DANA\n")
    assert ended.out.splitlines() == [
        "moved    Dana Whitfield: agent of Retention, no longer of Billing",
        "0 added, 1 moved, 0 removed, 0 there already, 0 refused.",
    ], ended
    assert await _answer(center.sam, "show CL-1") == NOT_FOUND
    assert "not among the agents you can see" in await _answer(center.sam, "history @dana")
    assert "Dana Whitfield" not in await _answer(center.sam, "team")
    assert "CL-1" not in (await center.sam.home()).text
    await old_answer.press("Check in")
    assert "I can't find that log" in (await center.sam.modal()).text

    center.pass_days(34)
    prompt = await priya.message("Dana")
    assert "CL-1 · Dana Whitfield" in await _answer(priya, "due")
    assert "CL-1 · " in await _answer(priya, "history @dana")
    assert "Nothing is due" in await _answer(center.sam, "due")
    await prompt.press("Record outcome")
    form = await priya.modal()
    await form.fill("Calls looked at", "10")
    await form.fill("Calls that reached the threshold", "9")
    await form.choose("Decision", "Close")
    closed = await form.submit()
    assert closed is not None
    assert "is closed" in closed.text
    assert not center.refused


async def test_what_was_asked_of_the_old_supervisor_is_asked_of_the_new_one(
    center: Center,
) -> None:
    await share(center.sam, "@dana", review_by=center.today + dt.timedelta(days=30))
    center.pass_days(34)
    await center.sam.message("CL-1")
    now = center.clock.now()
    rows = [TeamRow("Retention", Role.AGENT, "U0DANA")]
    await center.store.import_teams(TEAM, rows, "file", now)
    priya = center.person("U0PRIYA")
    for _ in range(2):
        await teams_changed(center.store, TEAM, ["U0DANA"], now, moved=frozenset(), actor="file")
        prompt = await priya.message("CL-1")
        assert "Record outcome" in prompt.buttons
    assert await _asked(center) == ["U0PRIYA", "U0SAM"]
    assert not center.refused


async def test_who_sees_to_a_log_still_is_not_asked_twice(center: Center) -> None:
    await share(center.sam, "@dana", review_by=center.today + dt.timedelta(days=30))
    center.pass_days(34)
    await center.sam.message("CL-1")
    await teams_changed(
        center.store, TEAM, ["U0DANA"], center.clock.now(), moved=frozenset(), actor="file"
    )
    assert await _asked(center) == ["U0SAM"]


async def test_the_agent_reads_who_goes_on_with_the_target_in_the_new_team(center: Center) -> None:
    await share(center.sam, "@dana", review_by=center.today + dt.timedelta(days=30))
    center.pass_days(34)
    await (await center.sam.message("Record outcome")).press("Record outcome")
    form = await center.sam.modal()
    await form.fill("Calls looked at", "10")
    await form.fill("Calls that reached the threshold", "2")
    await form.choose("Decision", "Escalate")
    await form.fill("Why", "The calls show it")
    await form.submit()
    rows = [TeamRow("Retention", Role.AGENT, "U0DANA")]
    await center.store.import_teams(TEAM, rows, "file", center.now)
    center.pass_days(5)
    await (await center.lena.message("escalated Dana's target")).press("Record response")
    form = await center.lena.modal()
    await form.choose("Your response", "Back to coaching")
    await form.fill("Your words", "Once more, with a fresh pair of ears")
    assert await form.submit() is None
    await center.dana.message("Priya sits down with you first")
    assert not center.refused
