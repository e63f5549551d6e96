"""What many people read names nobody, and leaves nobody to be worked out, in whatever team."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import asdict, dataclass

from hypothesis import given
from hypothesis import strategies as st

from coaching.digest.facts import WEEKS, Decision, Facts, Group, Session
from coaching.digest.totals import FEWEST, apart, totals
from coaching.digest.week import Digest, digest
from coaching.people import Membership, Person, Role
from tests.coaching.cast import CRITERIA, NOW, SAM
from tests.coaching.test_digest import SPAN, Standing

PLACE = (Membership("t", "Billing", Role.AGENT, since=NOW),)
AGENTS = [Person(user=f"UX{one}", name=f"Somebody {one}", memberships=PLACE) for one in range(14)]
WEEK = dt.timedelta(weeks=1)


@dataclass(frozen=True)
class Happened:
    """A team's weeks: who was coached how many weeks ago, and what was decided about whom."""

    agents: tuple[Person, ...]
    sessions: tuple[tuple[int, int], ...]
    decisions: tuple[tuple[int, str, str], ...]

    @property
    def digest(self) -> Digest:
        """The digest; who is named by place is one of the team, by turns."""
        last: dict[str, dt.datetime] = {}
        sessions = []
        for number, (place, back) in enumerate(self.sessions):
            user, at = self._user(place), NOW - back * WEEK
            last[user] = max(at, last.get(user, at))
            sessions.append(Session(log=f"S{number}", agent=user, held_at=at))
        facts = Facts(
            standing={one.user: Standing(last.get(one.user)) for one in self.agents},
            sessions=sessions,
            decisions=[
                Decision(log=f"D{number}", agent=self._user(place), at=NOW, decision=did, verdict=v)
                for number, (place, did, v) in enumerate(self.decisions)
            ],
        )
        group = Group(teams={"t": "Billing"}, agents=self.agents, staff=[SAM])
        return digest(group, facts, span=SPAN, now=NOW, criteria=CRITERIA)

    def _user(self, place: int) -> str:
        return self.agents[place % len(self.agents)].user


PLACES = st.integers(0, 13)
DECISIONS = st.tuples(
    PLACES,
    st.sampled_from(["close", "continue", "escalate"]),
    st.sampled_from(["met", "not met", "too few calls"]),
)


@st.composite
def happenings(drawn: st.DrawFn) -> Happened:
    agents = AGENTS[: drawn(st.integers(1, 14))]
    sessions = drawn(st.lists(st.tuples(PLACES, st.integers(0, WEEKS - 1)), max_size=40))
    # Whole weeks are drawn as well: by chance alone five would seldom come together.
    for back in drawn(st.sets(st.integers(0, WEEKS - 1))):
        sessions += [(place, back) for place in range(drawn(PLACES))]
    decisions = drawn(st.lists(DECISIONS, max_size=20))
    kind = drawn(DECISIONS)
    decisions += [(place, *kind[1:]) for place in range(drawn(PLACES))]
    return Happened(tuple(agents), tuple(sessions), tuple(decisions))


def _is_enough(people: set[str]) -> bool:
    return not people or len(people) >= FEWEST


@given(happenings())
def test_five_people_or_nobody_stand_behind_each_figure(happened: Happened) -> None:
    told, all_ = totals(happened.digest), {one.user for one in happened.agents}
    held: dict[int, set[str]] = {back: set() for back in range(WEEKS)}
    for place, back in happened.sessions:
        held[back].add(happened._user(place))
    decided = {happened._user(place) for place, *_ in happened.decisions}
    if told.says_something:
        assert len(all_) >= FEWEST
    if told.coached is not None:
        # By default within thirty days.
        coached = {user for back in range(5) for user in held[back]}
        assert told.coached == len(coached)
        assert _is_enough(coached)
        assert _is_enough(all_ - coached)
    if told.sessions is not None:
        assert _is_enough(held[0])
    if told.weeks:
        assert all(_is_enough(people) for people in held.values())
    if told.decided is not None:
        assert _is_enough(decided)
    for place, kinds in ((1, told.decisions), (2, told.verdicts)):
        behind: dict[str, set[str]] = {}
        for one in happened.decisions:
            behind.setdefault(str(one[place]), set()).add(happened._user(one[0]))
        if kinds is not None:
            assert all(_is_enough(people) for people in behind.values())


@given(happenings())
def test_nobody_is_named(happened: Happened) -> None:
    told = json.dumps(asdict(totals(happened.digest)), default=str, skipkeys=True)
    for one in (*happened.agents, SAM):
        assert one.user not in told
        assert one.name not in told


USERS = st.frozensets(st.sampled_from([one.user for one in AGENTS]))


@given(USERS, st.lists(USERS, max_size=4))
def test_teams_that_share_people_leave_five_or_nobody_apart(
    agents: frozenset[str], others: list[frozenset[str]]
) -> None:
    if apart(agents, others):
        for other in others:
            if agents & other:
                assert _is_enough(set(agents - other))
                assert _is_enough(set(other - agents))


def test_teams_with_nobody_or_everybody_in_common_are_told_beside_each_other() -> None:
    users = [one.user for one in AGENTS]
    five, more = frozenset(users[:5]), frozenset(users[5:10])
    assert apart(five, [])
    assert apart(five, [more, five])
    assert apart(five, [five | more])
    assert not apart(five, [five | {users[5]}])
    assert not apart(five | {users[5]}, [five])
