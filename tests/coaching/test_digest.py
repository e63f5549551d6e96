from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

import pytest

from coaching.cadence import cadence_days, is_late
from coaching.digest.facts import Decision, Facts, Group, Session, Span, week_of
from coaching.digest.patterns import contexts, left_out, repeats, tries
from coaching.digest.totals import totals
from coaching.digest.week import Digest, digest
from coaching.log import Log, State
from coaching.people import Membership, Person, Role
from coaching.policy import Policy
from coaching.said import AgentView, Agrees, Decided
from tests.coaching.cast import CRITERIA, DANA, LONDON, NOW, SAM, SMALLEST

ZONE = ZoneInfo(LONDON)
SPAN = Span(dt.date(2026, 11, 23), ZONE)
DAY = dt.timedelta(days=1)
TALKED = {**SMALLEST, "points": ("Played it back",)}


def test_a_week_begins_at_midnight_where_the_team_is() -> None:
    spring = Span(dt.date(2027, 3, 22), ZONE)
    assert spring.end - spring.start == dt.timedelta(days=7, hours=-1)
    sunday_night = dt.datetime(2026, 11, 22, 23, 59, tzinfo=dt.UTC)
    assert week_of(sunday_night, ZONE) == SPAN.before(1)
    assert week_of(sunday_night, ZoneInfo("Asia/Manila")).monday == SPAN.monday
    assert SPAN.first.monday == dt.date(2026, 10, 5)


@pytest.mark.parametrize(
    ("policy", "since", "has_target", "days"),
    [
        (Policy(), None, False, 30),
        (Policy(cadence_days_new=7), None, False, 30),
        (Policy(cadence_days_new=7), NOW - 20 * DAY, False, 7),
        (Policy(cadence_days_new=7), NOW - 100 * DAY, False, 30),
        (Policy(cadence_days_open=14), None, True, 14),
        (Policy(cadence_days_open=14, cadence_days_new=7), NOW - 20 * DAY, True, 7),
        (Policy(cadence_of=(("UDANA", 60),), cadence_days_open=14), None, True, 60),
    ],
)
def test_how_often_somebody_is_coached_is_the_teams_policy(
    policy: Policy, since: dt.datetime | None, *, has_target: bool, days: int
) -> None:
    member = Membership("t", "T", Role.AGENT, policy, since)
    assert cadence_days("UDANA", member, NOW, has_target=has_target) == days


def test_without_a_session_the_days_count_from_joining() -> None:
    assert is_late(None, None, 30, NOW)
    assert not is_late(None, NOW - 30 * DAY + dt.timedelta(seconds=1), 30, NOW)
    assert is_late(None, NOW - 30 * DAY, 30, NOW)
    assert is_late(NOW - 31 * DAY, NOW, 30, NOW)


def _round(number: int, *, verdict: str = "not met", talked: bool = True) -> Log:
    return Log(
        workspace="T0",
        id=f"L{number}",
        number=number,
        supervisor=SAM.user,
        agent=DANA.user,
        state=State.CONTINUED,
        created_at=NOW,
        content=TALKED if talked else SMALLEST,
        revision=1,
        decided=Decided(NOW, SAM.user, "continue", verdict),
        continues=f"L{number - 1}" if number > 1 else None,
        continued_by=f"L{number + 1}",
    )


def _now(number: int) -> Log:
    return replace(_round(number), state=State.OPEN, decided=None, continued_by=None)


def _times(*chain: Log) -> list[int]:
    return [item.times for item in repeats(chain[-1:], {log.id: log for log in chain})]


def test_the_same_target_is_told_from_the_third_time_on() -> None:
    assert _times(_round(1), _now(2)) == []
    assert _times(_round(1), _round(2), _now(3)) == [3]
    assert _times(_round(1), _round(2), _round(3), _now(4)) == [4]


def test_what_was_no_real_try_is_shown_but_not_counted() -> None:
    against = AgentView(NOW, Agrees.NO, "They had asked twice")
    few, silent = _round(2, verdict="too few calls"), _round(2, talked=False)
    unheard = replace(_round(2), views=(against,))
    assert [left_out(log) for log in (few, silent, unheard, _round(2))] == [
        "too few calls",
        "no conversation",
        "disagreed",
        "",
    ]
    for log in (few, silent, unheard):
        assert _times(_round(1), log, _now(3)) == []
        assert _times(_round(1), log, _round(3), _now(4)) == [3]


def test_a_target_that_was_reached_begins_anew() -> None:
    chain = [_round(1), _round(2, verdict="met"), _round(3), _now(4)]
    assert [log.number for log in tries(chain)] == [3, 4]
    assert _times(*chain) == []


def _session(agent: str, criterion: str = "c3", *named: str) -> Session:
    return Session(log=agent, agent=agent, held_at=NOW, criterion=criterion, contexts=named)


def test_a_context_is_told_where_half_of_enough_logs_name_it() -> None:
    three = [_session(f"U{number}", "c3", "tool", "other") for number in range(3)]
    (found,) = contexts([*three, _session("U4"), _session("U5"), _session("U6")])
    assert (found.criterion, found.context, found.named, found.logs) == ("c3", "tool", 3, 6)
    assert contexts([*three, *[_session(f"U{number}") for number in range(4, 8)]]) == ()
    assert contexts([*three, _session("U4")]) == ()


@dataclass(frozen=True)
class Standing:
    last_session_at: dt.datetime | None = None
    open: int = 0
    awaiting_acknowledgement: int = 0


def _team(size: int) -> list[Person]:
    place = (Membership("t", "Billing", Role.AGENT, since=NOW),)
    return [Person(user=f"U{one}", name=f"U{one}", memberships=place) for one in range(size)]


def _digest(size: int, coached: int, decided: tuple[str, ...] = ()) -> Digest:
    agents = _team(size)
    facts = Facts(
        standing={
            one.user: Standing(NOW if place < coached else None) for place, one in enumerate(agents)
        },
        sessions=[_session(one.user) for one in agents[:coached]],
        decisions=[
            Decision(log=f"L{place}", agent=f"U{place}", at=NOW, decision="close", verdict=verdict)
            for place, verdict in enumerate(decided)
        ],
    )
    group = Group(teams={"t": "Billing"}, agents=agents, staff=[SAM])
    return digest(group, facts, span=SPAN, now=NOW, criteria=CRITERIA)


def test_a_channel_hears_nothing_about_fewer_than_five() -> None:
    few = totals(_digest(4, 4))
    assert not few.says_something
    assert (few.agents, few.coached, few.sessions, few.decided, few.weeks) == (
        None,
        None,
        None,
        None,
        {},
    )


def test_nor_can_one_group_be_subtracted_from_another() -> None:
    # Nine of twelve leaves three, and so does three of twelve.
    assert totals(_digest(12, 9)).coached is None
    assert totals(_digest(12, 3)).coached is None
    assert totals(_digest(12, 7)).coached == 7
    assert totals(_digest(12, 12)).coached == 12
    told = totals(_digest(12, 9))
    assert told.sessions == 9
    assert told.agents == 12
    assert told.says_something
    assert totals(_digest(12, 3)).weeks == {}


def test_verdicts_are_told_where_each_concerns_five_or_nobody() -> None:
    met, missed = ("met",), ("not met",)
    assert totals(_digest(12, 7, met * 6)).verdicts is not None
    split = totals(_digest(12, 7, met * 6 + missed))
    assert (split.decided, split.verdicts) == (7, None)
    assert split.decisions is not None
    assert totals(_digest(12, 7, met * 4)).decided is None
    assert totals(_digest(12, 7, met * 5 + missed * 5)).verdicts is not None


def test_a_digest_without_anything_to_say_is_quiet() -> None:
    agents = _team(3)
    facts = Facts(standing={one.user: Standing() for one in agents})
    group = Group(teams={"t": "Billing"}, agents=agents, staff=[])
    assert digest(group, facts, span=SPAN, now=NOW, criteria=CRITERIA).is_quiet
    assert not _digest(3, 1).is_quiet
