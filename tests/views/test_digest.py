from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace

import pytest

from coaching.criteria import Criterion
from coaching.digest.facts import Decision, Facts, Group, Session, Span
from coaching.digest.totals import totals
from coaching.digest.week import digest
from coaching.fields import Value
from coaching.log import Log, State
from coaching.people import Membership, Person, Role
from coaching.policy import Policy
from coaching.said import AgentView, Agrees, Decided
from playground.testing.reading import visible_text
from tests.coaching.cast import CRITERIA, LONDON, NOW, SMALLEST
from tests.views.slack import NASTY, buttons, posted, words
from views import ids
from views.digest import lists, message
from views.digest.about import DigestAbout
from views.digest.chart import KIND
from views.digest.message import digest_passages, digest_text, without_chart
from views.lengths import MESSAGE_LENGTH, length
from views.parts import Message, cut
from views.reading import Reading

DAY = dt.timedelta(days=1)
SPAN = Span(dt.date(2026, 11, 16), Person(user="", name="", tz=LONDON).zone)
LAST_WEEK = dt.datetime(2026, 11, 18, 12, tzinfo=dt.UTC)
TALKED: Mapping[str, Value] = {**SMALLEST, "points": ("Played it back",), "observed": "So"}


@dataclass(frozen=True)
class Standing:
    last_session_at: dt.datetime | None = LAST_WEEK
    open: int = 1
    awaiting_acknowledgement: int = 0


def someone(user: str, name: str, role: Role, *teams: str, policy: Policy | None = None) -> Person:
    places = [
        Membership(team, team.title(), role, policy or Policy(), since=NOW - 90 * DAY)
        for team in teams
    ]
    first = name.split(" ", maxsplit=1)[0]
    return Person(user=user, name=name, first_name=first, tz=LONDON, memberships=tuple(places))


LENA = someone("ULENA", "Lena Fischer", Role.LEAD, "billing", "retention")
SAM = someone("USAM", "Sam Okafor", Role.SUPERVISOR, "billing")
PRIYA = someone("UPRIYA", "Priya Nair", Role.SUPERVISOR, "billing", "retention")
NAMES = ("Dana Whitfield", "Marco Rossi", "Ines Duarte", "Joel Andersen", "Wei Zhang", "Ana Reyes")
AGENTS = tuple(
    someone(f"U{place}", name, Role.AGENT, "billing" if place < 4 else "retention")
    for place, name in enumerate(NAMES)
)


def a_log(number: int, agent: int, *, by: str = SAM.user, days: int = 0, **more: Value) -> Log:
    """An open log whose day came so many days ago."""
    due_at = NOW - days * DAY if days else NOW + 9 * DAY
    return Log(
        workspace="T0",
        id=f"L{number}",
        number=number,
        supervisor=by,
        agent=f"U{agent}",
        state=State.OPEN,
        created_at=NOW - 30 * DAY,
        content={**TALKED, **more},
        revision=1,
        shared_at=NOW - 30 * DAY,
        due_at=due_at,
    )


def disagreed(log: Log) -> Log:
    return replace(log, views=(AgentView(NOW - 2 * DAY, Agrees.NO, "They had asked twice"),))


def a_round(number: int, *, verdict: str = "not met") -> Log:
    before = f"L{number - 1}" if number > 200 else None
    decided = Decided(NOW - 9 * DAY, SAM.user, "continue", verdict)
    log = replace(a_log(number, 1, follow_up_criterion="c3"), continues=before, decided=decided)
    return replace(log, state=State.CONTINUED, continued_by=f"L{number + 1}")


FULL = Facts(
    standing={
        **{f"U{place}": Standing() for place in range(4)},
        "U0": Standing(awaiting_acknowledgement=2),
        "U4": Standing(NOW - 50 * DAY, 0),
        "U5": Standing(None, 0),
    },
    waiting=[
        disagreed(a_log(139, 1)),
        a_log(101, 0, by=PRIYA.user, days=6),
        a_log(102, 2, by=PRIYA.user, days=7),
        a_log(103, 3, by=PRIYA.user, days=1),
        a_log(104, 3, step_who="supervisor", step_what="Send the calls", step_by="2026-11-20"),
        replace(a_round(203), state=State.OPEN, decided=None, continued_by=None),
    ],
    sessions=[
        *(
            Session(
                log=f"S{place}",
                agent=f"U{place % 4}",
                held_at=LAST_WEEK,
                finished_at=LAST_WEEK + 2 * DAY if place == 0 else LAST_WEEK,
                criterion="c1",
                score="55",
                contexts=("tool",) if place < 4 else (),
            )
            for place in range(7)
        ),
    ],
    decisions=[
        Decision(log=f"D{place}", agent=f"U{place}", at=LAST_WEEK, decision=how, verdict=verdict)
        for place, (how, verdict) in enumerate(
            [("close", "met"), ("close", "met"), ("continue", "not met"), ("escalate", "not met")]
        )
    ],
    extended=[("U3", LAST_WEEK)],
    chains={f"L{number}": a_round(number) for number in (200, 201, 202)},
)
TEAMS = {"billing": "Billing", "retention": "Retention"}


def about(
    reader: Person = LENA,
    facts: Facts = FULL,
    *teams: str,
    agents: tuple[Person, ...] = AGENTS,
    criteria: Mapping[str, Criterion] = CRITERIA,
) -> DigestAbout:
    def of(names: Mapping[str, str]) -> Group:
        theirs = [one for one in agents if one.teams_as(Role.AGENT) & set(names)]
        return Group(teams=names, agents=theirs, staff=[LENA, SAM, PRIYA])

    names = {team: TEAMS.get(team, team) for team in teams or ("billing",)}
    made = [
        digest(of(one), facts, span=SPAN, now=NOW, criteria=criteria)
        for one in [{team: name} for team, name in names.items()] + [names]
    ]
    people = {one.user: one for one in (LENA, SAM, PRIYA, *agents)}
    return DigestAbout(
        reader=reader,
        people=people,
        criteria=criteria,
        now=NOW,
        teams=made[:-1],
        whole=made[0] if len(names) == 1 else made[-1],
    )


def read(made: Message) -> list[str]:
    return visible_text(posted(made))


def test_a_teams_week_reads_as_a_lead_would_tell_it() -> None:
    made = message.digest(about())
    said = read(made)
    assert said[0] == "Billing, week of 16 November"
    assert said[1].split("\n") == [
        "7 sessions · 4 of 4 agents coached in 30 days · 6 of 7 logs finished within 24 hours",
        "Waiting: 2 acknowledgements, 1 answer, 3 outcomes (2 overdue), 1 promised next step",
        "4 decided: 2 met, 2 not met · 2 closed, 1 continued, 1 with you · 1 extended",
    ]
    assert said[2:4] == [
        "Sessions and decisions by week",
        "Sessions: 28 Sep 0, 5 Oct 0, 12 Oct 0, 19 Oct 0, 26 Oct 0, 2 Nov 0, 9 Nov 0, 16 Nov 7",
    ]
    assert [line for line in said if line.startswith("•")] == [
        "• Marco Rossi disagrees with what Sam wrote (CL-139); your answer by Fri 27 November",
        "• Priya has 2 outcomes overdue: Ines (7 days), Dana (6 days); 1 more is due",
        "• Sam promised 1 next step that is not done: to Joel (4 days)",
        "• Marco Rossi, Hold procedure, fourth time: try another approach?",
        "• Discovery is weak for 4 of 4: process or training, not people?",
        "• “Tool issue” was named in 4 of 7 logs on Discovery: a cause outside the team?",
    ]
    assert "Take over" in buttons(made)
    assert buttons(made)["See the four"] == ids.SEE_CHAIN


def test_the_supervisor_reads_the_same_figures_about_themselves() -> None:
    lenas, priyas = message.digest(about()), message.digest(about(PRIYA))
    figures = read(lenas)[1].replace("with you", "with the lead")
    assert read(priyas)[1] == figures
    said = words(priyas)
    assert "You have 2 outcomes overdue: Ines (7 days), Dana (6 days); 1 more is due" in said
    assert "it waits for the lead since Sun 22 November" in said
    assert "Answer" not in buttons(priyas)
    assert "Take over" not in buttons(priyas)
    assert buttons(priyas)["Move the date"].startswith(ids.DIGEST_LIST)


def test_an_escalation_reads_as_one_and_waits_for_the_agent_first() -> None:
    heard = AgentView(NOW - DAY, Agrees.IN_PART, "Partly so", "decision")
    decided = Decided(NOW - DAY, SAM.user, "escalate", "not met")
    log = replace(a_log(150, 0), state=State.ESCALATED, decided=decided)
    waiting = replace(FULL, waiting=[log])
    assert "escalated" not in words(message.digest(about(facts=waiting)))
    waiting = replace(FULL, waiting=[replace(log, views=(heard,))])
    said = message.digest(about(facts=waiting))
    assert "Sam escalated Dana Whitfield's target to you (CL-150)" in words(said)
    assert buttons(said)["Record response"] == ids.RESPOND
    assert "target to the lead (CL-150)" in words(message.digest(about(SAM, waiting)))


def test_several_teams_are_told_on_top_and_each_in_a_line() -> None:
    made = message.digest(about(LENA, FULL, "billing", "retention"))
    said = read(made)
    assert said[0] == "Your 2 teams, week of 16 November"
    assert said[1].startswith("7 sessions · 4 of 6 agents coached in 30 days")
    assert "• Billing: Discovery is weak for 4 of 4: process or training, not people?" in said
    assert "Not coached in 30 days: Wei, Ana" in said
    billing = "7 sessions · 4 of 4 agents coached in 30 days · 4 decided · 6 things need you"
    assert said[-7:-1] == [
        "Your teams",
        f"Billing: {billing}",
        "Show Billing",
        "Retention: 0 sessions · 0 of 2 agents coached in 30 days · 0 decided",
        "Show Retention",
        "The week before",
    ]


def test_a_notification_counts_and_names_nobody() -> None:
    made = message.digest(about(LENA, FULL, "billing", "retention"))
    assert made.text == (
        "Your 2 teams, week of 16 November: 7 sessions, 4 decisions, 6 things need you. "
        "By week since 28 Sep: sessions 0, 0, 0, 0, 0, 0, 0, 7; decisions 0, 0, 0, 0, 0, 0, 0, 4."
    )
    for name in NAMES:
        assert name.split(" ")[0] not in made.text
    plain = without_chart(made)
    assert KIND not in str(plain.blocks)
    assert plain.text == made.text


def test_nothing_to_say_is_one_line() -> None:
    quiet = Facts(standing={f"U{place}": Standing() for place in range(6)})
    told = about(facts=quiet)
    (passage,) = digest_passages(told)
    assert len(passage) == 1
    assert digest_text(told).startswith("Billing, week of 16 November: nothing happened")


def test_agents_of_different_cadence_are_coached_in_time() -> None:
    policy = Policy(cadence_of=(("U0", 3),))
    agents = (someone("U0", "Dana Whitfield", Role.AGENT, "billing", policy=policy), *AGENTS[1:])
    said = words(message.digest(about(agents=agents)))
    assert "3 of 4 agents coached in time" in said
    assert "Not coached in time: Dana" in said


def test_what_nobody_sees_to_says_so() -> None:
    told = about(facts=replace(FULL, waiting=[a_log(101, 0, by="UGONE", days=9)]))
    alone = replace(told, whole=replace(told.whole, due=(replace(told.whole.due[0], keepers=()),)))
    assert "Nobody sees to 1 outcome overdue: Dana (9 days)" in words(message.digest(alone))
    both = words(message.digest(told))
    assert "Sam and Priya have 1 outcome overdue: Dana (9 days)" in both


@pytest.mark.parametrize("nasty", NASTY)
def test_slack_takes_it_whatever_people_are_called_and_however_much_there_is(nasty: str) -> None:
    text = cut(NASTY[nasty], 500)
    teams = [f"team{number}" for number in range(30)]
    agents = tuple(
        someone(f"U{number}", text, Role.AGENT, teams[number % 30]) for number in range(90)
    )
    reader = someone("ULENA", "Lena", Role.LEAD, *teams)
    facts = Facts(
        standing={one.user: Standing(None) for one in agents},
        waiting=[
            disagreed(a_log(number, number, days=3, step_what=text, step_by="2026-11-01"))
            for number in range(90)
        ],
        sessions=FULL.sessions,
    )
    criteria = {"c1": Criterion("c1", text)}
    names = dict.fromkeys(teams, text)
    made = about(reader, facts, *teams, agents=agents, criteria=criteria)
    whole = replace(made.whole, teams=names)
    each = [replace(one, teams={team: text}) for team, one in zip(teams, made.teams, strict=True)]
    told = replace(made, whole=whole, teams=each, people={**made.people, "ULENA": reader})
    shown = message.digest(told)
    posted(shown)
    assert length(shown.blocks) <= MESSAGE_LENGTH
    assert "Show all" in buttons(shown)
    assert "<!" not in shown.text
    for few in (20, 30):
        fitted = digest_passages(told, room=few, most=MESSAGE_LENGTH)
        assert sum(map(len, fitted)) <= max(few, 20)
    posted(lists.needs_list(told.whole, told))
    posted(lists.due_list(told.whole.due, told))
    posted(lists.steps_list(told.whole.promised, told))


def test_what_is_still_to_be_finished_waits_too() -> None:
    told = about()
    unfinished = replace(told, whole=replace(told.whole, unfinished=2))
    assert "2 acknowledgements, 2 logs to finish, 1 answer" in words(message.digest(unfinished))


def test_lists_behind_old_buttons_say_when_nothing_is_left() -> None:
    told = about()
    for made in (lists.due_list((), told), lists.steps_list((), told)):
        assert words(made) == "None of that waits any more."
    for reader in (PRIYA, LENA):
        due = lists.due_list(told.whole.due, replace(told, reader=reader))
        posted(due)
        assert "Move the date" in buttons(due)


def test_rounds_of_a_target_say_which_of_them_do_not_count() -> None:
    silent = replace(a_round(201), content=SMALLEST)
    newest = replace(a_round(203), state=State.OPEN, decided=None)
    chain = [a_round(200), silent, a_round(202, verdict="too few calls"), newest]
    people = {one.user: one for one in (*AGENTS, SAM)}
    reading = Reading(reader=LENA, now=NOW, people=people, criteria=CRITERIA)
    made = lists.chain_list(chain, reading)
    said = read(made)
    assert said[0] == "Marco Rossi, Hold procedure: 4 logs on one target"
    assert "Not counted: no conversation is written." in said
    assert "Not counted: too few calls were scored." in said
    assert sum("Not counted" in line for line in said) == 2


def test_a_channel_gets_numbers_without_names() -> None:
    made = message.totals(totals(about(LENA, FULL, "billing", "retention").whole))
    assert read(made) == [
        "Billing, Retention, week of 16 November: too few people for figures that name nobody."
    ]
    agents = tuple(someone(f"U{number}", "Dana", Role.AGENT, "billing") for number in range(12))
    facts = Facts(
        standing={one.user: Standing(LAST_WEEK) for one in agents},
        sessions=[
            Session(log=one.user, agent=one.user, held_at=LAST_WEEK, finished_at=LAST_WEEK)
            for one in agents[:6]
        ],
        decisions=[
            Decision(log=one.user, agent=one.user, at=LAST_WEEK, decision="close", verdict="met")
            for one in agents[:5]
        ],
    )
    told = message.totals(totals(about(facts=facts, agents=agents).whole))
    assert read(told)[:2] == [
        "Billing, week of 16 November",
        "6 sessions · 12 of 12 agents coached in 30 days · 5 decided: 5 met; 5 closed",
    ]
    assert "Sessions: " in read(told)[3]
    assert "Dana" not in str(told)
    assert not buttons(told)
