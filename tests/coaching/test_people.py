from __future__ import annotations

from dataclasses import replace

import pytest

from coaching.people import (
    Act,
    Person,
    Role,
    in_care,
    keepers,
    may,
    steps_for,
    teams_in_care,
    visible,
)
from tests.coaching.cast import DANA, LENA, PRIYA, SAM, draft, every_state, opened, person

OTHER_SUPERVISOR = person("UOTHER", roles={"billing": Role.SUPERVISOR})
OTHER_LEAD = person("ULEAD2", roles={"retention": Role.LEAD})
COLLEAGUE = person("UTOM", roles={"billing": Role.AGENT})
ADMIN = replace(person("UADMIN", roles={"billing": Role.ADMIN}), is_admin=True)
NOBODY = replace(person("UNOBODY"), is_admin=True)
MIXED = person("UMIXED", roles={"billing": Role.AGENT, "retention": Role.SUPERVISOR})

SUPERVISING = {Act.COACH, Act.SEE, Act.WRITE, Act.CHECK_IN, Act.DECIDE, Act.VOID, Act.SEE_TEAM}
LEADING = {Act.SEE, Act.DECIDE, Act.VOID, Act.ANSWER, Act.SEE_TEAM}

EVERYBODY: dict[str, tuple[Person, set[Act]]] = {
    "supervisor": (SAM, SUPERVISING),
    "another supervisor of the team": (OTHER_SUPERVISOR, SUPERVISING),
    "supervisor of another team": (PRIYA, {Act.SEE_TEAM}),
    "lead": (LENA, LEADING),
    "lead of another team": (OTHER_LEAD, {Act.SEE_TEAM}),
    "the agent": (DANA, {Act.SEE, Act.ACKNOWLEDGE}),
    "a colleague": (COLLEAGUE, set()),
    "a colleague who supervises elsewhere": (MIXED, {Act.SEE_TEAM}),
    "an admin": (ADMIN, set()),
    "somebody in no role": (NOBODY, set()),
}


def acts(actor: Person, agent: Person | None = DANA, name: str = "open") -> set[Act]:
    log = every_state()[name]
    return {act for act in Act if may(actor, act, agent=agent, log=log)}


@pytest.mark.parametrize("who", EVERYBODY)
@pytest.mark.parametrize("act", Act)
@pytest.mark.parametrize(
    "state", ["open", "acknowledged", "closed", "continued", "escalated", "voided"]
)
def test_who_may_do_what_with_a_shared_log(who: str, act: Act, state: str) -> None:
    actor, allowed = EVERYBODY[who]
    assert may(actor, act, agent=DANA, log=every_state()[state]) is (act in allowed)


@pytest.mark.parametrize("who", EVERYBODY)
@pytest.mark.parametrize("state", ["draft", "discarded"])
def test_a_draft_is_its_writers_alone(who: str, state: str) -> None:
    actor, _ = EVERYBODY[who]
    mine = {Act.SEE, Act.WRITE, Act.COACH} if who == "supervisor" else set()
    assert acts(actor, name=state) == mine


def test_a_draft_without_an_agent_can_be_gone_on_with() -> None:
    assert acts(SAM, None, "empty draft") == {Act.SEE, Act.WRITE}


@pytest.mark.parametrize("who", EVERYBODY)
def test_deactivated_people_may_nothing(who: str) -> None:
    gone = replace(EVERYBODY[who][0], is_active=False)
    assert acts(gone) == acts(gone, name="draft") == set()
    assert not may(gone, Act.SEE_TEAM)


@pytest.mark.parametrize("role", Role)
def test_guests_see_their_own_logs_and_nothing_else(role: Role) -> None:
    guest = replace(person("UGUEST", roles={"billing": role}), is_guest=True)
    assert acts(guest) == set()
    assert not may(guest, Act.SEE_TEAM)
    own = replace(opened(), agent=guest.user)
    assert {act for act in Act if may(guest, act, agent=guest, log=own)} == {
        Act.SEE,
        Act.ACKNOWLEDGE,
    }


def test_a_guest_is_an_agent_or_nothing_whatever_the_team_file_says() -> None:
    guest = replace(MIXED, is_guest=True)
    assert guest.teams_as(*Role) == {"billing"}
    assert (MIXED.can_log, guest.can_log) == (True, False)
    assert keepers(opened(), DANA, [replace(SAM, is_guest=True), LENA]) == (LENA.user,)


def test_guests_may_be_coached() -> None:
    assert may(SAM, Act.COACH, agent=replace(DANA, is_guest=True))


def test_people_who_left_are_not_coached_but_their_logs_come_to_an_end() -> None:
    left = replace(DANA, is_active=False)
    assert acts(SAM, left) == SUPERVISING - {Act.COACH}


def test_in_no_role_any_more_even_the_own_log_is_closed() -> None:
    assert acts(replace(DANA, memberships=()), replace(DANA, memberships=())) == set()


def test_when_the_agent_changes_teams_the_new_supervisor_takes_over() -> None:
    moved = person(DANA.user, roles={"retention": Role.AGENT})
    assert acts(SAM, moved) == {Act.SEE_TEAM}
    assert acts(LENA, moved) == {Act.SEE_TEAM}
    assert acts(PRIYA, moved) == SUPERVISING
    assert acts(moved, moved) == {Act.SEE, Act.ACKNOWLEDGE}


def test_the_writer_of_a_draft_keeps_it_but_cannot_share_it_when_the_agent_moved() -> None:
    moved = person(DANA.user, roles={"retention": Role.AGENT})
    assert {act for act in Act if may(SAM, act, agent=moved, log=draft())} == {
        Act.SEE,
        Act.WRITE,
    }


@pytest.mark.parametrize("roles", [{"billing": Role.SUPERVISOR}, {"billing": Role.LEAD}])
def test_nobody_coaches_or_judges_themselves(roles: dict[str, Role]) -> None:
    both = person("UBOTH", roles=roles)
    both = replace(both, memberships=both.memberships + DANA.memberships)
    log = replace(opened(), agent=both.user)
    assert {act for act in Act if may(both, act, agent=both, log=log)} == {
        Act.SEE,
        Act.ACKNOWLEDGE,
        Act.SEE_TEAM,
    }
    assert not may(both, Act.COACH, agent=both)


def test_a_log_is_judged_by_its_own_agent_whoever_is_handed_in() -> None:
    for act in set(Act) - {Act.SEE_TEAM}:
        for agent in (None, COLLEAGUE, SAM):
            assert not may(SAM, act, agent=agent, log=opened())
            assert not may(LENA, act, agent=agent, log=opened())


def test_a_supervisor_is_no_agent_of_their_own_team() -> None:
    assert not may(SAM, Act.COACH, agent=OTHER_SUPERVISOR)
    assert not may(SAM, Act.SEE, agent=LENA)


def test_the_keeper_of_a_log_is_its_supervisor_while_they_supervise_the_agent() -> None:
    everybody = [OTHER_SUPERVISOR, PRIYA, SAM, LENA, OTHER_LEAD, ADMIN, DANA]
    log = opened()
    assert keepers(log, DANA, everybody) == (SAM.user,)
    moved = person(DANA.user, roles={"retention": Role.AGENT})
    assert keepers(log, moved, everybody) == (PRIYA.user,)
    assert keepers(log, DANA, [replace(SAM, is_active=False), OTHER_SUPERVISOR]) == (
        OTHER_SUPERVISOR.user,
    )
    assert keepers(log, DANA, [PRIYA, LENA, OTHER_LEAD]) == (LENA.user,)
    assert keepers(log, DANA, [PRIYA, ADMIN, DANA]) == ()


@pytest.mark.parametrize("who", EVERYBODY)
def test_whom_one_looks_after_is_never_more_than_may_be_seen(who: str) -> None:
    actor, _ = EVERYBODY[who]
    cared_for = in_care(actor, [DANA, COLLEAGUE, actor])
    assert (DANA in cared_for) is may(actor, Act.DECIDE, agent=DANA)
    assert actor not in cared_for
    assert not cared_for or teams_in_care(actor)
    for barred in (replace(actor, is_guest=True), replace(actor, is_active=False)):
        assert not teams_in_care(barred)
        assert not in_care(barred, [DANA, COLLEAGUE])
        assert not barred.can_log
        assert not barred.can_lead
        if barred.user != DANA.user:
            assert not visible(barred, [draft(), opened()], {DANA.user: DANA})


def test_what_may_not_be_seen_any_more_leaves_every_list() -> None:
    moved = person(DANA.user, roles={"retention": Role.AGENT})
    assert visible(SAM, [opened()], {DANA.user: DANA}) == [opened()]
    assert visible(SAM, [opened()], {DANA.user: moved}) == []
    assert visible(PRIYA, [opened()], {DANA.user: moved}) == [opened()]
    assert visible(SAM, [opened()], {}) == []


def test_first_names_fall_back_to_something_sayable() -> None:
    assert replace(SAM, first_name="Sam").first == "Sam"
    assert replace(SAM, name="Sam Weaver").first == "Sam"
    assert replace(SAM, name="").first == "them"
    assert replace(SAM, tz="Nowhere").zone.key == "UTC"


def test_a_promised_step_is_its_promisers_until_they_see_the_log_no_more() -> None:
    log = opened(step_what="Listen together", step_who="supervisor")
    people = {one.user: one for one in (SAM, DANA, LENA, PRIYA)}
    assert steps_for(SAM, log, people) == [*log.steps]
    assert steps_for(LENA, log, people) == []
    moved = {**people, DANA.user: person(DANA.user, roles={"retention": Role.AGENT})}
    assert steps_for(PRIYA, log, moved) == [*log.steps]
    assert steps_for(LENA, log, moved) == []
    left = {**people, SAM.user: replace(SAM, is_active=False)}
    assert steps_for(LENA, log, left) == [*log.steps]
    own = opened(step_what="Listen alone", step_who="agent")
    gone = {**people, DANA.user: replace(DANA, is_active=False)}
    assert steps_for(DANA, own, people) == [*own.steps]
    assert steps_for(SAM, own, gone) == []
