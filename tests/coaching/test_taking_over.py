from __future__ import annotations

from dataclasses import replace

import pytest

from coaching.change import Change
from coaching.log import Log, State
from coaching.outcome import decide
from coaching.people import Act, Person, Role, may
from coaching.taking_over import hand_over
from tests.coaching.cast import (
    CRITERIA,
    DANA,
    LATER,
    LENA,
    PRIYA,
    SAM,
    changes,
    draft,
    figures,
    opened,
    person,
)

MOVED = person(DANA.user, roles={"retention": Role.AGENT})
OMAR = person("UOMAR", roles={"retention": Role.LEAD})


def continued() -> tuple[Log, Log]:
    """A log that goes on, and Sam's draft that goes on with it."""
    answer = decide(
        opened(),
        figures(10, 3, "continue", "So"),
        actor=SAM,
        criteria=CRITERIA,
        leads=[LENA],
        new_log_id="L2",
        now=LATER,
    )
    before, going_on = changes(answer)
    return before.log, going_on.log


def handed(agent: Person, *around: Person) -> list[Change]:
    before, going_on = continued()
    return hand_over(going_on, [before], agent, around, actor="file", now=LATER)


def test_it_stays_with_a_writer_who_supervises_the_agent() -> None:
    assert handed(DANA, SAM, LENA) == []


def test_it_goes_to_who_supervises_the_agent_now_and_they_are_told() -> None:
    (change,) = handed(MOVED, SAM, PRIYA, OMAR)
    assert (change.log.supervisor, change.log.state) == (PRIYA.user, State.DRAFT)
    assert [notice.receiver for notice in change.notices] == [PRIYA.user]
    assert (change.action, change.actor) == ("draft.handed_over", "file")


def test_where_a_lead_is_alone_its_decision_is_taken_back() -> None:
    gone, again = handed(MOVED, SAM, OMAR)
    assert (gone.log.state, again.log.state) == (State.DISCARDED, State.OPEN)
    assert {gone.actor, again.actor} == {"file"}
    assert [back.by for back in again.log.reopened] == [""]


def test_where_nobody_is_left_it_stays_as_it_is() -> None:
    assert handed(MOVED, SAM) == []


def test_other_drafts_are_nobody_elses() -> None:
    assert hand_over(draft(), [], MOVED, [PRIYA], actor="file", now=LATER) == []


@pytest.mark.parametrize("act", [Act.SEE, Act.WRITE])
def test_it_is_seen_by_its_writer_while_they_supervise_the_agent(act: Act) -> None:
    _, going_on = continued()
    assert may(SAM, act, agent=DANA, log=going_on)
    assert not may(SAM, act, agent=MOVED, log=going_on)
    assert not may(PRIYA, act, agent=MOVED, log=going_on)
    assert may(PRIYA, act, agent=MOVED, log=replace(going_on, supervisor=PRIYA.user))
