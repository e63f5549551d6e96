"""`/coach digest`: a team's week, and what its buttons do, pressed at once or much later."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from coaching.change import Change
from coaching.log import Log, State
from coaching.people import Role, teams_in_care
from coaching.said import Decided
from handlers.digest import digest_for
from playground.testing.person import Message, Person
from storage.store import Store
from tests.databases import statements
from tests.flows.center import TEAM, Center
from tests.flows.forging import Sender
from tests.flows.moving import imported
from tests.flows.stored import decided_on, drafted, shared
from views import ids
from views.digest.message import digest_passages


async def digest(person: Person) -> Message:
    """What `/coach digest` answers."""
    await person.types("/coach digest")
    return (await person.said_privately())[-1]


async def newest(person: Person) -> Message:
    return (await person.said_privately())[-1]


async def overdue(center: Center) -> Log:
    """A log of Sam's about Dana whose outcome is overdue; Marco has one that is only due."""
    log = await shared(center, "U0DANA")
    center.pass_days(6)
    await shared(center, "U0MARCO")
    center.pass_days(31)
    return log


async def test_a_lead_sees_the_week_and_takes_an_outcome_over(center: Center) -> None:
    await overdue(center)
    seen = await digest(center.lena)
    assert seen.text.startswith("Your 2 teams, week of 28 December, so far")
    assert "0 of 3 agents coached in 30 days" in seen.text
    assert "Waiting: 2 acknowledgements, 2 outcomes (1 overdue)" in seen.text
    assert "Sam has 1 outcome overdue: Dana (7 days); 1 more is due" in seen.text
    assert "Not coached in 30 days: Dana, Marco, Tom" in seen.text
    assert "9 Nov" in seen.text  # the picture
    await seen.press("Take over")
    listed = await newest(center.lena)
    assert listed.text.startswith("2 follow-ups are due")
    await listed.press("Record outcome", after="CL-1 ·")
    form = await center.lena.modal()
    await form.fill("Calls looked at", "10")
    await form.fill("Calls that reached the threshold", "8")
    await form.choose("Decision", "Close")
    await form.submit()
    assert (await center.log(1)).state is State.CLOSED
    await seen.press("Take over")
    assert (await newest(center.lena)).text.startswith("1 follow-up is due")
    after = await digest(center.lena)
    assert "1 decided: 1 met · 1 closed" in after.text
    assert not center.refused


async def test_the_supervisor_sees_the_same_figures_and_moves_a_date(center: Center) -> None:
    await overdue(center)
    await center.store.save(*await _closed(center, 2))
    seen = await digest(center.sam)
    assert seen.text.startswith("Billing, week of 28 December, so far")
    assert "You have 1 outcome overdue: Dana (7 days)" in seen.text
    assert "Take over" not in seen.buttons
    await seen.press("Record outcome")
    form = await center.sam.modal()
    assert form.title == "Outcome"
    await form.close(everything=True)
    await seen.press("Move the date")
    form = await center.sam.modal()
    day = center.today + dt.timedelta(days=14)
    await form.fill("Review by", day.isoformat())
    saved = await form.submit()
    assert saved is not None
    assert saved.title == "Saved"
    await saved.close(everything=True)
    assert (await center.log(1)).value("review_by") == day.isoformat()
    assert "overdue" not in (await digest(center.sam)).text
    await seen.press("Record outcome")
    form = await center.sam.modal()
    assert "before" in form.text
    assert not center.refused


async def _closed(center: Center, number: int) -> list[Change]:
    log = await center.log(number)
    decided = Decided(center.now, log.supervisor, "close", "met")
    done = replace(log, state=State.CLOSED, decided=decided)
    return [Change(log=done, action="log.closed", actor=log.supervisor, at=center.now)]


async def test_the_lead_moves_a_date_and_both_are_told(center: Center) -> None:
    await overdue(center)
    seen = await digest(center.lena)
    await seen.press("Move the date")
    listed = await newest(center.lena)
    await listed.press("Move the date", after="CL-1 ·")
    form = await center.lena.modal()
    day = center.today + dt.timedelta(days=14)
    await form.fill("Review by", day.isoformat())
    saved = await form.submit()
    assert saved is not None
    assert saved.title == "Saved"
    await saved.close(everything=True)
    moved = await center.log(1)
    assert (moved.value("review_by"), moved.extensions) == (day.isoformat(), 1)
    for person in (center.dana, center.sam):
        told = await person.message("Lena changed CL-1")
        assert "How we will know, now" in told.text
        assert "by Thu 14 January 2027" in told.text
    assert "Sam has 1 outcome due: Marco" in (await digest(center.lena)).text
    # The rest of a log stays its supervisor's.
    await center.lena.types("/coach target CL-1")
    assert not await center.lena.has_modal()
    assert "for supervisors" in (await newest(center.lena)).text
    assert not center.refused


async def test_several_dates_are_moved_from_a_list(center: Center) -> None:
    await overdue(center)
    seen = await digest(center.sam)
    assert "You have 1 outcome overdue: Dana (7 days); 1 more is due" in seen.text
    await seen.press("Move the date")
    listed = await newest(center.sam)
    assert listed.buttons.count("Move the date") == 2
    await listed.press("Move the date", after="CL-2 ·")
    form = await center.sam.modal()
    assert "Review by" in form.labels


async def test_a_disagreement_is_answered_from_the_digest(center: Center) -> None:
    await shared(center, "U0DANA")
    told = await center.dana.message("CL-1")
    await told.press("Add my view")
    view = await center.dana.modal()
    await view.choose("Do you agree?", "No")
    await view.fill("Your words", "They had asked twice")
    assert await view.submit() is None
    seen = await digest(center.lena)
    assert "Dana Whitfield disagrees with what Sam wrote (CL-1); your answer by Tue 1 Dec" in (
        seen.text
    )
    supervisors = await digest(center.sam)
    assert "it waits for the lead since Tue 24 November" in supervisors.text
    assert "Answer" not in supervisors.buttons
    await seen.press("Answer")
    answer = await center.lena.modal()
    assert "CL-1" in answer.text
    center.pass_days(7)
    assert "your answer is due today" in (await digest(center.lena)).text
    center.pass_days(3)
    assert "your answer was due on Tue 1 December" in (await digest(center.lena)).text


async def test_a_promise_that_was_not_kept_leads_to_what_was_promised(center: Center) -> None:
    by = (center.today + dt.timedelta(days=2)).isoformat()
    step = {"step_who": "supervisor", "step_what": "Send the model calls", "step_by": by}
    await shared(center, "U0DANA", **step)
    center.pass_days(1)
    assert "promised" not in (await digest(center.sam)).text
    center.pass_days(3)
    seen = await digest(center.sam)
    assert "You promised 1 next step that is not done: to Dana (2 days)" in seen.text
    await seen.press("Show it")
    await (await newest(center.sam)).press("Done")
    assert "promised" not in (await digest(center.sam)).text
    await shared(center, "U0MARCO", **step)
    await shared(center, "U0DANA", **step)
    lenas = await digest(center.lena)
    assert "Sam promised 2 next steps that are not done" in lenas.text
    await lenas.press("Show them")
    assert (await newest(center.lena)).text.startswith("Sam promised 2 next steps")


async def test_a_target_that_comes_back_shows_its_rounds(center: Center) -> None:
    log = await shared(center, "U0DANA")
    for _ in range(2):
        center.pass_days(1)
        log = await decided_on(center, log, "continue")
        draft = await center.store.log(TEAM, log.continued_by or "")
        assert draft is not None
        content = {**draft.content, "points": ("Talked",), "observed": "Named the fee"}
        opened = replace(
            draft,
            state=State.OPEN,
            content={**content, "review_by": "2027-02-01", "call": "9", "moment": "01:00"},
            revision=1,
            shared_at=center.now,
            due_at=center.now + dt.timedelta(days=30),
        )
        (log,) = await center.store.save(
            Change(log=opened, action="log.shared", actor=log.supervisor, at=center.now)
        )
    seen = await digest(center.lena)
    assert "Dana Whitfield, Discovery, third time: try another approach?" in seen.text
    await seen.press("See the three")
    rounds = await newest(center.lena)
    assert rounds.text.startswith("Dana Whitfield, Discovery: 3 logs on one target")
    assert "CL-1 ·" in rounds.text
    assert "CL-3 ·" in rounds.text
    answer = await Sender(center, "U0IRIS").presses(ids.SEE_CHAIN, log.id)
    assert "Discovery" not in str(answer)


async def test_other_weeks_and_single_teams_are_a_press_away(center: Center) -> None:
    await shared(center, "U0TOM", by="U0PRIYA")
    center.pass_days(7)
    seen = await digest(center.lena)
    assert "0 sessions" in seen.text
    await seen.press("The week before")
    before = await newest(center.lena)
    assert before.text.startswith("Your 2 teams, week of 23 November\n")
    assert "1 session ·" in before.text
    await before.press("Show Retention")
    team = await newest(center.lena)
    assert team.text.startswith("Retention, week of 23 November\n")
    await team.press("This week")
    assert (await newest(center.lena)).text.startswith("Retention, week of 30 November, so far")


@pytest.mark.parametrize("who", ["dana", "marco"])
async def test_agents_get_a_kind_refusal(center: Center, who: str) -> None:
    said = await digest(getattr(center, who))
    assert "The digest of a team is for supervisors and team leads" in said.text


async def test_people_in_no_role_get_no_figures_and_a_slip_is_answered(center: Center) -> None:
    assert "you aren't in a team" in (await digest(center.person("U0IRIS"))).text
    await center.lena.types("/coach digset")
    meant = await newest(center.lena)
    await meant.press("/coach digest")
    assert (await newest(center.lena)).text.startswith("Your 2 teams")
    await center.lena.types("/coach help")
    assert "/coach digest" in (await newest(center.lena)).text


async def test_old_copies_say_nothing_to_somebody_who_may_not_any_more(center: Center) -> None:
    await overdue(center)
    seen, team = await digest(center.lena), next(iter(await _teams(center, "U0SAM")))
    await imported(
        center, "Billing,lead,U0PRIYA", "Billing,agent,U0LENA", "Retention,lead,U0LENA", whole=True
    )
    for button in ("Take over", "Show Billing"):
        await seen.press(button)
        said = await newest(center.lena)
        assert "Dana" not in said.text, button
    for action, value in (
        (ids.DIGEST, f"{team} 2026-12-21"),
        (ids.DIGEST_LIST, f"due U0SAM {team}"),
        (ids.DIGEST_LIST, f"needs - {team}"),
        (ids.DIGEST_LIST, ""),
        (ids.DIGEST, "- 0001-01-01"),
        (ids.DIGEST, ""),
    ):
        await Sender(center, "U0LENA").presses(action, value, private=True)
        for message in await center.lena.said_privately():
            if message.text != seen.text:
                assert "Dana" not in message.text


async def _teams(center: Center, user: str) -> frozenset[str]:
    person = (await center.store.people(TEAM, [user]))[user]
    return teams_in_care(person)


async def test_where_slack_takes_no_chart_in_private_it_is_said_without(center: Center) -> None:
    await shared(center, "U0DANA")
    center.ws.faults.refuse_blocks()
    seen = await digest(center.lena)
    assert "1 session" in seen.text
    assert "data_visualization" not in str(seen.blocks)
    assert "data_visualization" in str((await digest(center.lena)).blocks)


async def test_a_team_where_nothing_is_to_say_takes_one_line(center: Center) -> None:
    seen = await digest(center.lena)
    assert seen.text.startswith(
        "Your 2 teams, week of 23 November, so far: nothing happened, nothing waits, and everybody"
    )
    assert seen.buttons == ["The week before"]


async def test_a_team_without_agents_has_no_week(center: Center) -> None:
    await imported(center, "Chat,supervisor,U0IRIS")
    seen = await digest(center.person("U0IRIS"))
    assert seen.text.startswith("No agents are in your teams yet")


async def test_it_costs_as_many_statements_for_one_team_as_for_two(center: Center) -> None:
    await overdue(center)
    await drafted(center, "U0TOM", by="U0PRIYA")
    lena = (await center.store.people(TEAM, ["U0LENA"]))["U0LENA"]
    teams = teams_in_care(lena)
    costs = []
    url = center.store.database.engine.url.set(drivername="sqlite")
    # What the running program does meanwhile is its own.
    store = await Store.open(url.render_as_string())
    try:
        for wanted in (sorted(teams)[:1], sorted(teams)[1:], teams):
            store._catalogue.forget(TEAM)
            with statements(store) as ran:
                about = await digest_for(store, TEAM, lena, wanted, now=center.now)
            costs.append(len(ran))
            assert about is not None
            assert digest_passages(about)
    finally:
        await store.close()
    assert max(costs) <= 10
    nobody = await digest_for(center.store, TEAM, lena, ["elsewhere"], now=center.now)
    assert nobody is None


async def test_a_week_is_the_same_wherever_its_reader_is(center: Center) -> None:
    # Priya, in Manila, has Tuesday when Lena still has Monday.
    await center.lead("U0PRIYA", "Billing")
    people = await center.store.people(TEAM, ["U0LENA", "U0PRIYA"])
    (team,) = await _teams(center, "U0SAM")
    moment = dt.datetime(2026, 11, 29, 20, 0, tzinfo=dt.UTC)
    weeks = set()
    for person in people.values():
        assert Role.LEAD in {one.role for one in person.memberships}
        about = await digest_for(center.store, TEAM, person, [team], now=moment)
        assert about is not None
        weeks.add(about.whole.monday)
    assert weeks == {dt.date(2026, 11, 23)}
