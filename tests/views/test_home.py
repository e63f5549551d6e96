from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

import pytest

from coaching.elements import CONVERSATION
from coaching.log import Log
from coaching.people import Membership, Person, Role
from coaching.said import Agrees
from playground.surfaces import checked_view
from tests.coaching.cast import draft
from tests.views.slack import NASTY, buttons, words
from tests.views.story import DANA, DUE, LENA, SAM, Story
from views import ids
from views.home import HomeAbout, home
from views.parts import View

BEFORE = DUE - dt.timedelta(days=3)


def people(story: Story) -> dict[str, Person]:
    return {person.user: person for person in story.people}


def home_of(
    viewer: Person,
    story: Story | None = None,
    *,
    now: dt.datetime = DUE,
    **lists_of: Sequence[Log],
) -> View:
    told = story or Story()
    about = HomeAbout(
        viewer=viewer,
        people=people(told),
        criteria=told.criteria,
        now=now,
        command="/coach",
        figures={},
        agents=[people(told)[DANA.user]] if viewer.has(Role.SUPERVISOR) else [],
        **lists_of,
    )
    return home(about)


def taken(view: View) -> View:
    return checked_view(view, "home")


def unwritten(log: Log) -> Log:
    """The same log without observation and conversation."""
    gone = {"observed", *(field.key for field in CONVERSATION)}
    return replace(log, content={key: log.content[key] for key in log.content if key not in gone})


def test_the_home_opens_the_forms_of_what_is_missing() -> None:
    log = unwritten(Story().open())
    view = taken(home_of(SAM, unfinished=[log]))
    assert "Still to be written" in words(view).splitlines()
    assert "CL-142 · Dana Whitfield · observation and conversation not written yet" in words(view)
    pressed = {
        element["text"]["text"]: element
        for block in view["blocks"]
        for element in block.get("elements", ())
        if element["type"] == "button"
    }
    for key in ("observation", "conversation"):
        assert pressed[f"Add {key}"]["value"] == f"{log.id} {key}"
        assert ids.plain(pressed[f"Add {key}"]["action_id"]) == ids.CHANGE
    assert "Still to be written" not in words(home_of(SAM))


def everything(story: Story) -> dict[str, Sequence[Log]]:
    open_logs = [story.open()] * 9
    return {
        "due": open_logs,
        "drafts": [draft()] * 9,
        "unfinished": [unwritten(story.open())] * 9,
        "awaiting_acknowledgement": open_logs,
        "promised": open_logs,
        "own": [*open_logs, story.decided("close")],
        "own_targets": [replace(story.checked_in(), id=f"L{number}") for number in range(9)],
        "awaiting_answer": [story.viewed(), story.decided("escalate")] * 5,
    }


@pytest.mark.parametrize("nasty", ["emoji", "right to left", "broadcast", "less than", "newlines"])
def test_the_fullest_home_is_within_slack_s_limits(nasty: str) -> None:
    story = Story.told_with(NASTY[nasty])
    many = [replace(DANA, user=f"U{number}") for number in range(30)]
    everyone = replace(
        SAM, memberships=tuple(Membership("billing", "Billing", role) for role in Role)
    )
    about = HomeAbout(
        viewer=everyone,
        people=people(story),
        criteria=story.criteria,
        now=DUE,
        command="/coach",
        figures={},
        agents=many,
        **everything(story),
    )
    view = taken(home(about))
    assert len(view["blocks"]) > 80


def test_somebody_in_no_role_gets_an_explanation_and_no_data() -> None:
    stranger = Person(user="UIRIS", name="Iris Novak")
    view = taken(home_of(stranger, due=[Story().open()]))
    assert "You aren't in a team there yet" in words(view)
    assert "CL-142" not in words(view)
    assert not buttons(view)


def test_an_admin_s_home_says_how_teams_are_made() -> None:
    admin = replace(SAM, memberships=(Membership("t", "T", Role.ADMIN),))
    for viewer in (admin, Person(user="UIRIS", name="Iris Novak", is_admin=True)):
        view = taken(home_of(viewer))
        assert "You are an admin here" in words(view)
        assert "ask an admin" not in words(view)
    assert "coachlog teams import" not in words(home_of(SAM))


def test_a_supervisor_s_home() -> None:
    view = taken(
        home_of(
            SAM,
            due=[Story().acknowledged()],
            drafts=[draft()],
            promised=[Story().acknowledged()],
            awaiting_acknowledgement=[Story().open()],
        )
    )
    said = words(view)
    for heading in ("Due", "You promised", "Drafts", "Not acknowledged yet", "Your agents"):
        assert heading in said.splitlines()
    assert "Waiting for you" not in said
    assert next(iter(buttons(view))) == "Log a session"
    assert "`/coach help` shows everything" in said


def test_an_agent_s_home() -> None:
    view = taken(home_of(DANA, own=[Story().open(), Story().acknowledged(), Story().voided()]))
    said = words(view).splitlines()
    assert said[0] == "Waiting for you"
    assert said[1] == "CL-142 · Sam shared it with you, 30 days ago"
    assert list(buttons(view)) == ["Acknowledge", "See all of it"]
    assert "Your earlier logs" not in said
    assert "Nothing waits for you." in words(home_of(DANA))


def test_a_lead_s_home_asks_for_answers() -> None:
    view = taken(home_of(LENA, awaiting_answer=[Story().viewed(), Story().decided("escalate")]))
    said = words(view).splitlines()
    assert "CL-142 · Dana Whitfield disagrees with what Sam wrote · since Tue 24 November" in said
    assert "CL-142 · Sam escalated Dana Whitfield's target to you · since Mon 28 December" in said
    assert list(buttons(view)) == ["Answer", "See all of it", "Record response"]
    assert "Log a session" not in buttons(view)


def test_sessions_are_logged_from_the_home_with_one_s_own_agents_only() -> None:
    pressed = {
        block["accessory"]["text"]["text"]
        for viewer in (SAM, replace(SAM, memberships=(Membership("r", "R", Role.SUPERVISOR),)))
        for block in home_of(viewer)["blocks"]
        if "accessory" in block
    }
    assert pressed == {"Log a session", "History"}


def test_a_change_that_was_not_acknowledged_is_no_log_that_was_not() -> None:
    log = Story().revised()
    said = words(home_of(SAM, awaiting_acknowledgement=[log]))
    assert "CL-142 · Dana Whitfield, acknowledged Tue 24 November; the last change not yet" in said
    assert "Sam changed it since you acknowledged it" in words(home_of(DANA, own=[log]))


def test_an_agent_s_home_says_how_far_the_target_is() -> None:
    log = Story().figured(6, 5)
    said = words(home_of(DANA, now=BEFORE, own=[log], own_targets=[log])).splitlines()
    at = said.index("Your target")
    assert said[at + 1 : at + 5] == [
        "CL-142 · with Sam",
        "Ask the reason for cancelling before naming fee or offers",
        "Discovery at 80 % or more on 7 of the next 10 scored calls, by Thu 24 December",
        "5 calls at 80 % or more so far, 7 needed; 4 of 10 not scored yet",
    ]
    assert "The day has come" not in "".join(said)
    due = words(home_of(DANA, own=[log], own_targets=[log]))
    assert "The day has come. You are told here what is decided." in due
    unscored = words(home_of(DANA, now=BEFORE, own_targets=[Story().open()]))
    assert "so far" not in unscored


def test_an_agent_s_home_says_what_was_promised_by_whom() -> None:
    log = Story().acknowledged()
    said = words(home_of(DANA, own=[log], own_targets=[log])).splitlines()
    at = said.index("Promised to you")
    assert said[at + 1 : at + 3] == [
        "CL-142 · Sam promised by Tue 24 November · not done yet",
        "send the two model calls",
    ]
    assert said.count("send the two model calls") == 1
    kept = replace(log, step_done=BEFORE)
    assert "Promised to you" not in words(home_of(DANA, own=[kept], own_targets=[kept]))
    own = replace(log, content={**log.content, "step_who": "agent"})
    view = home_of(DANA, own=[own], own_targets=[own], promised=[own])
    assert "Promised to you" not in words(view)
    assert "CL-142 · promised to Sam by Tue 24 November" in words(view)


def test_an_agent_s_home_has_the_last_decision_and_then_the_earlier_logs() -> None:
    earlier = replace(Story().decided("close"), id="L0", number=130)
    assert earlier.decided is not None
    earlier = replace(earlier, decided=replace(earlier.decided, at=BEFORE))
    last = Story().decided("close")
    said = words(home_of(DANA, own=[last, earlier])).splitlines()
    at = said.index("Last decision")
    assert said[at + 1 : at + 5] == [
        "CL-142 · closed by Sam on Thu 24 December",
        "Ask the reason for cancelling before naming fee or offers",
        "Discovery: reached, 7 of 8 calls at 80 % or more",
        "Why: The calls show it",
    ]
    after = said[said.index("Your earlier logs") :]
    assert "CL-130 · Tue 24 November · closed" in after
    assert "CL-142 · Tue 24 November · closed" not in after
    assert "Last decision" not in words(home_of(DANA, own=[Story().voided(last)]))
    escalated = words(home_of(DANA, own=[Story().decided("escalate")]))
    assert "CL-142 · taken to Lena by Sam on Thu 24 December" in escalated
    responded = words(home_of(DANA, own=[Story().responded()]))
    assert "CL-142 · taken to Lena by Sam on Thu 24 December · Lena responded" in responded


def test_a_lead_is_shown_what_waits_longest_first_and_team_by_team() -> None:
    both = [Membership(team, team.title(), Role.LEAD) for team in ("billing", "retention")]
    lena = replace(LENA, memberships=tuple(both))
    tom = replace(
        DANA,
        user="UTOM",
        name="Tom Hale",
        memberships=(Membership("retention", "Retention", Role.AGENT),),
    )

    def waiting(number: int, agent: Person, days: int) -> Log:
        log = replace(Story().viewed(), id=f"L{number}", number=number, agent=agent.user)
        view = replace(log.views[0], at=DUE - dt.timedelta(days=days))
        return replace(log, views=(view,))

    logs = [waiting(1, DANA, 1), waiting(2, tom, 2), waiting(3, DANA, 3), waiting(4, tom, 4)]
    story = Story(people=(SAM, DANA, lena, tom))
    said = words(home_of(lena, story, awaiting_answer=logs)).splitlines()
    assert [line for line in said if "disagrees" in line] == [
        "CL-4 · Retention · Tom Hale disagrees with what Sam wrote · since Sun 20 December",
        "CL-2 · Retention · Tom Hale disagrees with what Sam wrote · since Tue 22 December",
        "CL-3 · billing · Dana Whitfield disagrees with what Sam wrote · since Mon 21 December",
        "CL-1 · billing · Dana Whitfield disagrees with what Sam wrote · since Wed 23 December",
    ]
    many = home_of(lena, story, awaiting_answer=[*logs, *logs])
    assert "3 more; they come up as these are answered" in words(many)


def test_a_lead_s_home_tells_a_disputed_decision_from_a_disputed_log() -> None:
    view = home_of(LENA, awaiting_answer=[Story().viewed(Agrees.NO, Story().decided("close"))])
    assert "CL-142 · Dana Whitfield disagrees with Sam's decision" in words(view)


def test_a_lead_s_home_says_whose_target_is_due() -> None:
    log = Story().open()
    assert "CL-142 · Dana Whitfield with Sam" in words(home_of(LENA, due=[log]))
    assert "with Sam" not in words(home_of(SAM, due=[log]))


def test_an_escalation_is_responded_to_also_where_an_earlier_disagreement_was_answered() -> None:
    answered = Story().answered()
    log = replace(
        Story().decided("escalate"),
        views=answered.views,
        disagreement_answer=answered.disagreement_answer,
    )
    assert list(buttons(home_of(LENA, awaiting_answer=[log]))) == [
        "Record response",
        "See all of it",
    ]
