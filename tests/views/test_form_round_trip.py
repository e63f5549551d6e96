from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coaching.elements import ELEMENTS
from coaching.entries import check
from coaching.fields import Content, Element, Field, Kind, Value
from coaching.people import Person
from tests.coaching.cast import CRITERIA, DANA, NOW, SAM, SETTING
from tests.views.slack import NASTY, handed_back, shown
from views.form import FormAbout, form, read
from views.meta import Meta
from views.parts import cut

ABOUT = FormAbout(agent=DANA, supervisor=SAM, criteria=CRITERIA, reference="CL-142")
EVERYTHING = Meta(log="L1", walk=True, more=True)
_SCORES = {"c1": ["0", "55", "99.5", "not scored"], "c2": ["3.5", "5"], "c3": ["pass", "fail"]}

text = st.text(
    st.characters(codec="utf-8", categories=("L", "M", "N", "P", "S", "Zs")), min_size=1
).map(str.strip)
lines = st.lists(text.filter(bool), min_size=1, max_size=6).map(tuple)
days = st.dates(NOW.date() + dt.timedelta(days=1), NOW.date() + dt.timedelta(days=300))
moments = st.sampled_from(["03:12", "1:02:03", "message 12", "14:05"])


def values(field: Field, criterion: str) -> st.SearchStrategy[Value]:
    match field.kind:
        case Kind.PERSON:
            return st.just(DANA.user)
        case Kind.LINE:
            return text.map(lambda words: cut(" ".join(words.split()), field.limit)).filter(bool)
        case Kind.TEXT:
            return text.filter(bool)
        case Kind.LINES:
            return lines
        case Kind.MOMENT:
            return moments
        case Kind.CRITERION:
            return st.sampled_from([criterion])
        case Kind.SCORE:
            scores = _SCORES[criterion]
            if field.key == "threshold":
                scores = [score for score in scores if score not in ("0", "fail", "not scored")]
            means = field.key in ("score_after", "median_after")
            return st.sampled_from(_SCORES["c1"] if means and criterion == "c3" else scores)
        case Kind.WHEN:
            return st.integers(int(NOW.timestamp()) - 86_400, int(NOW.timestamp()))
        case Kind.DAY:
            return days.map(dt.date.isoformat)
        case Kind.COUNT:
            return st.just(10 if field.key in ("calls", "looked_at") else 7)
        case Kind.ONE_OF:
            return st.sampled_from([choice.key for choice in field.choices])
        case Kind.ANY_OF:
            keys = [choice.key for choice in field.choices]
            chosen = st.lists(st.sampled_from(keys), min_size=1, unique=True)
            return chosen.map(lambda picked: tuple(key for key in keys if key in picked))


@st.composite
def contents(draw: st.DrawFn) -> dict[str, Value]:
    criterion = draw(st.sampled_from(list(_SCORES)))
    return {
        field.key: draw(values(field, criterion))
        for element in ELEMENTS
        for field in element
        if draw(st.integers(0, 3)) or field.scale_of or field.kind in (Kind.CRITERION, Kind.COUNT)
    }


@given(contents())
def test_an_untouched_form_hands_back_what_it_was_given(content: dict[str, Value]) -> None:
    taken = check(content, {}, SETTING)
    assert not taken.problems
    for element in ELEMENTS:
        view = form(element, taken.content, replace(EVERYTHING, element=element.key), ABOUT)
        entered = read(handed_back(view))
        keys = {field.key for field in element}
        assert set(entered.entries) == keys
        assert entered.lost == ()
        again = check(entered.entries, taken.content, SETTING)
        assert again.content == taken.content
        assert not again.problems


@pytest.mark.parametrize("nasty", NASTY)
@pytest.mark.parametrize("element", ELEMENTS, ids=lambda element: element.key)
def test_any_text_can_be_shown_quoted_and_handed_back(element: Element, nasty: str) -> None:
    typed = NASTY[nasty]
    content: Content = {
        field.key: cut(typed, field.limit)
        for field in element
        if field.kind in (Kind.LINE, Kind.TEXT, Kind.LINES, Kind.MOMENT, Kind.SCORE)
    }
    unsaved = {key: str(value)[::-1] for key, value in content.items()}
    person = replace(DANA, name=typed, first_name=typed.replace("\n", " "))
    around = (typed[:500],)
    about = replace(ABOUT, agent=person, unsaved=unsaved, intro=around, outro=around)
    view = form(element, content, replace(EVERYTHING, element=element.key), about)
    entered = read(handed_back(view))
    for key, value in content.items():
        assert entered.entries[key] == value


@given(st.text(min_size=1, max_size=200), st.text(max_size=80))
def test_any_name_fits_into_labels(name: str, first: str) -> None:
    agent = Person(user="U1", name=name, first_name=first)
    for element in ELEMENTS:
        shown(form(element, {}, EVERYTHING, replace(ABOUT, agent=agent)))
