from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coaching.elements import FIELDS
from coaching.fields import tidied
from tests.coaching.cast import DISCOVERY, HOLD


def test_labels_name_the_people_and_the_moment() -> None:
    observed = FIELDS["observed"]
    assert (
        observed.label_for(agent="Dana", supervisor="Sam", moment="03:12")
        == "What did Dana do at 03:12?"
    )
    assert (
        observed.label_for(agent="", supervisor="", moment="")
        == "What did the agent do at that moment?"
    )
    assert observed.heading_for(agent="Dana", supervisor="Sam", moment="") == "What was heard"
    assert FIELDS["call"].heading_for(agent="", supervisor="", moment="") == FIELDS["call"].label


def test_answers_offered_name_the_people() -> None:
    who = FIELDS["step_who"]
    assert who.choice_label("supervisor", agent="Dana", supervisor="Sam") == "Sam"
    assert who.choice_label("agent", agent="Dana", supervisor="Sam") == "Dana"
    assert who.choice_label("gone", agent="Dana", supervisor="Sam") == "gone"


@pytest.mark.parametrize("key", FIELDS)
def test_no_label_keeps_a_gap(key: str) -> None:
    field = FIELDS[key]
    words = [field.label_for(agent="Dana", supervisor="Sam", moment="03:12")]
    words.append(field.heading_for(agent="Dana", supervisor="Sam", moment="03:12"))
    words += [
        field.choice_label(choice.key, agent="Dana", supervisor="Sam") for choice in field.choices
    ]
    assert all(word.strip() and "{" not in word for word in words)


def test_a_criterion_with_its_score_in_one_go() -> None:
    assert HOLD.display("fail") == "Hold procedure: not passed"
    assert HOLD.display("pass") == "Hold procedure: passed"
    assert DISCOVERY.display("55") == "Discovery 55 %"
    assert DISCOVERY.display("not scored") == "Discovery: not scored"


@given(st.text(st.characters(exclude_categories=()), max_size=40))
def test_tidied_text_can_be_written_anywhere_and_stays_as_it_is(text: str) -> None:
    tidy = tidied(text)
    assert tidied(tidy) == tidy
    tidy.encode()
    assert not set(tidy) & {"\x00", "\x1b", "\x7f"}
    assert tidy == tidy.strip()
