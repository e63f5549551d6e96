from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

import pytest

from coaching.elements import CONVERSATION
from coaching.log import Log
from coaching.people import Person
from tests.coaching.cast import NOW, draft
from tests.views.slack import NASTY, buttons, posted, words
from tests.views.story import DANA, DUE, SAM, Story
from views import lists
from views.parts import Message


@dataclass(frozen=True)
class Figures:
    last_session_at: dt.datetime | None = None
    open: int = 0
    due_at: dt.datetime | None = None
    awaiting_acknowledgement: int = 0
    going_on: int = 0


def people(story: Story) -> dict[str, Person]:
    return {person.user: person for person in story.people}


def due(
    logs: Sequence[Log],
    promised: Sequence[Log] = (),
    story: Story | None = None,
    now: dt.datetime = DUE,
) -> Message:
    told = story or Story()
    return lists.due(
        logs, promised, people(told), told.criteria, reader=people(told)[SAM.user], now=now
    )


def drafts(logs: Sequence[Log], story: Story | None = None, said: str = "") -> Message:
    told = story or Story()
    return lists.drafts(
        logs, people(told), reader=people(told)[SAM.user], now=DUE, command="/coach", said=said
    )


def history(
    logs: Sequence[Log], story: Story | None = None, *, older: bool = False, reader: Person = SAM
) -> Message:
    told = story or Story()
    agent = people(told)[DANA.user]
    return lists.history(
        agent, logs, people(told), told.criteria, reader=reader, now=DUE, older=older
    )


def team(agents: Sequence[Person], **figures: Figures) -> Message:
    return lists.team(agents, figures, now=DUE, reader=SAM)


def test_empty_lists_say_so_in_words() -> None:
    assert words(due([])) == "Nothing is due, and no next step of yours is waiting."
    assert words(drafts([])) == "No drafts. /coach starts a log."
    assert words(history([])) == "Dana Whitfield has no logs yet."
    assert "An admin of this workspace can add them" in words(team([]))


def test_what_is_due_comes_with_what_finishes_it() -> None:
    made = due([Story().figured(8, 7)], [Story().acknowledged()])
    posted(made)
    said = words(made)
    assert said.startswith("1 follow-up is due, and you promised 1 next step")
    assert "CL-142 · Dana Whitfield · by Thu 24 December" in said
    assert "Discovery: reached, 7 of 8 calls at 80 % or more" in said
    assert "CL-142 · promised to Dana by Tue 24 November" in said
    assert "send the two model calls" in said
    assert list(buttons(made)) == [
        "Close as met",
        "Record outcome",
        "See all of it",
        "Done",
        "Not yet",
    ]
    assert "Extend to 25 January" in buttons(due([Story().figured(6, 5)]))
    assert "How it will" not in words(due([Story().open()]))
    assert "Discovery at 80 % or more on 7 of the next 10" in words(due([Story().open()]))


@pytest.mark.parametrize(
    ("days", "due_for", "promised_for"),
    [(0, "24 December\n", "30 days ago"), (1, "due yesterday", "31"), (3, "due 3 days ago", "33")],
)
def test_what_is_late_says_by_how_much(days: int, due_for: str, promised_for: str) -> None:
    now = DUE + dt.timedelta(days=days)
    said = words(due([Story().figured(8, 7)], [Story().acknowledged()], now=now))
    assert due_for in said
    assert f"by Tue 24 November, {promised_for}" in said


def test_a_next_step_whose_day_lies_ahead_is_not_listed_as_due() -> None:
    now, later = Story().acknowledged(), Story().acknowledged()
    later = replace(later, content={**later.content, "step_by": "2027-01-08"})
    content = {key: value for key, value in later.content.items() if key != "step_by"}
    without = replace(later, content={**content, "review_by": "2027-01-15"})
    made = due([], [now, later, without])
    posted(made)
    said = words(made).split("Not due yet")
    assert said[0].startswith("You promised 1 next step\n")
    assert said[0].count("promised to Dana") == 1
    assert "promised to Dana by Fri 8 January 2027" in said[1]
    assert "promised to Dana by Fri 15 January 2027" in said[1]
    early = words(due([], [later]))
    assert early.startswith("Nothing is due yet; you promised 1 next step for later")


def test_a_disputed_decision_is_due_without_a_press_that_closes_it() -> None:
    made = due([Story().ruled()])
    posted(made)
    assert "Taken back after a disagreement, to be decided again" in words(made)
    assert list(buttons(made)) == ["Record outcome", "See all of it"]


def test_the_agent_promised_the_supervisor_and_the_other_way_round() -> None:
    log = Story().acknowledged()
    log = replace(log, content={**log.content, "step_who": "agent"})
    told = Story()
    made = lists.due([], [log], people(told), told.criteria, reader=DANA, now=DUE)
    assert "promised to Sam" in words(made)


def test_drafts_say_how_old_they_are_and_can_be_put_away() -> None:
    made = drafts([draft(), replace(draft(), agent=None, number=143)])
    posted(made)
    assert "CL-142 · Dana Whitfield · begun 30 days ago" in words(made)
    assert "CL-143 · no agent yet" in words(made)
    assert list(buttons(made)) == ["Continue", "Discard"]


def test_a_draft_of_a_planned_session_says_when_and_can_be_held() -> None:
    planned = draft(session_at=int((DUE + dt.timedelta(days=1)).timestamp()))
    made = drafts([planned])
    posted(made)
    assert "CL-142 · Dana Whitfield · planned for Fri 25 December, 10:00 GMT" in words(made)
    assert list(buttons(made)) == ["Session held", "Continue", "Discard"]
    january = draft(session_at=int((DUE + dt.timedelta(days=14)).timestamp()))
    assert "planned for Thu 7 January 2027, 10:00 GMT" in words(drafts([january]))


def test_discarding_asks_with_what_becomes_of_the_log_and_of_its_target() -> None:
    said = words(drafts([draft()]))
    assert "It can still be read, but not shared any more. Dana was not told." in said
    follow_on = words(drafts([replace(draft(), continues="L0")]))
    assert "that one is open again, asks for its outcome, and Dana is told." in follow_on
    assert "Nobody was told." in words(drafts([replace(draft(), agent=None)]))


@pytest.mark.parametrize("count", [0, 1, 60])
def test_what_was_done_with_a_draft_stands_above_the_others(count: int) -> None:
    said = "CL-142 was discarded."
    made = drafts([draft()] * count, said=said)
    posted(made)
    assert words(made).startswith(said)
    assert made.text.startswith(said)
    assert ("Continue" in buttons(made)) is (count > 0)
    assert ("No drafts. /coach starts a log." in words(made)) is (count == 0)


def test_history_gives_each_log_its_day_its_state_and_its_figures() -> None:
    held = int((NOW - dt.timedelta(days=7)).timestamp())
    decided = Story().decided("close")
    logs = [
        Story().voided(),
        replace(decided, content={**decided.content, "session_at": held}),
        Story().decided("escalate"),
        Story().responded(),
        Story().open(),
    ]
    made = history(logs, older=True)
    posted(made)
    said = words(made).splitlines()
    assert said[0] == "Dana Whitfield, newest first"
    assert [line for line in said if line.startswith("CL-142")] == [
        "CL-142 · Tue 24 November · taken back",
        "CL-142 · Tue 17 November · closed",
        "CL-142 · Tue 24 November · with the lead",
        "CL-142 · Tue 24 November · Lena responded",
        "CL-142 · Tue 24 November · due",
    ]
    assert made.blocks[-1]["elements"][0]["value"] == "UDANA 142"
    assert "Older" not in buttons(history(logs))


def test_an_agent_s_history_is_theirs() -> None:
    assert words(history([], reader=DANA)) == "You have no logs yet."
    assert words(history([Story().open()], reader=DANA)).startswith("Your logs, newest first")


def test_history_gives_days_as_they_are_where_the_reader_is() -> None:
    late = dt.datetime(2026, 11, 24, 23, 30, tzinfo=dt.UTC)
    log = Story().open()
    log = replace(log, content={**log.content, "session_at": int(late.timestamp())})
    assert "Tue 24 November" in words(history([log], reader=replace(SAM, tz="Europe/London")))
    assert "Wed 25 November" in words(history([log], reader=replace(SAM, tz="Asia/Manila")))
    for tz in ("Europe/London", "Asia/Manila"):
        assert "by Thu 24 December" in words(history([log], reader=replace(SAM, tz=tz)))


def test_the_team_says_who_was_coached_when_and_what_waits() -> None:
    busy = Figures(DUE - dt.timedelta(days=34), 1, None, 2)
    late = Figures(DUE - dt.timedelta(days=1), 2, DUE)
    soon = Figures(DUE, 1, DUE + dt.timedelta(days=3), going_on=1)
    others = [replace(DANA, user=f"U{name}", name=name) for name in ("Marco", "Ines", "Wei")]
    made = team([DANA, *others], UDANA=busy, UMarco=late, UInes=soon)
    posted(made)
    said = words(made).splitlines()
    assert said[0] == "Your 4 agents today"
    assert [line for line in said if "session" in line] == [
        "Dana Whitfield · last session 34 days ago · 1 open target · 2 waiting for acknowledgement",
        "Marco · last session yesterday · 2 open targets · due now",
        (
            "Ines · last session today · 1 open target · 1 target goes on in a draft · "
            "due Sun 27 December"
        ),
        "Wei · no session yet",
    ]


@pytest.mark.parametrize("count", [1, 20, 24, 25, 60])
def test_long_lists_say_how_many_more_there_are(count: int) -> None:
    agents = [replace(DANA, user=f"U{number}") for number in range(count)]
    for made, most in (
        (due([Story().open()] * count), 24),
        (drafts([draft()] * count), 24),
        (team(agents), 48),
    ):
        posted(made)
        left = max(0, count - most)
        said = words(made)
        assert (f"\n{left} more " in said) is (left > 0)


@pytest.mark.parametrize("nasty", NASTY)
def test_slack_takes_every_list_whatever_people_write(nasty: str) -> None:
    story = Story.told_with(NASTY[nasty])
    logs = [story.open(), story.figured(8, 7), story.responded(), story.voided()] * 3
    for made in (
        due(logs, logs, story),
        drafts(logs, story),
        history(logs[:10], story, older=True),
        team(list(story.people)),
    ):
        posted(made)
        assert "<" not in made.text
        assert '"mrkdwn"' not in str(made.blocks).replace("'", '"')


def lacking(log: Log, *keys: str) -> Log:
    """The same log without those fields; all of the conversation goes with its points."""
    gone = {*keys, *(field.key for field in CONVERSATION if "points" in keys)}
    return replace(log, content={key: log.content[key] for key in log.content if key not in gone})


def test_what_is_missing_is_said_to_all_but_the_agent() -> None:
    both = lacking(Story().open(), "observed", "points")
    assert "Observation and conversation not written yet" in words(due([both]))
    assert "Observation and conversation not written yet" in words(history([both]))
    assert "Conversation not written yet" in words(due([lacking(Story().open(), "points")]))
    decided = lacking(Story().decided("close"), "observed")
    assert "Observation not documented" in words(history([decided]))
    assert "Observation" not in words(history([decided], reader=DANA))
    assert "not written" not in words(history([both], reader=DANA))
    assert "not" not in words(history([lacking(Story().voided(), "observed")]))
