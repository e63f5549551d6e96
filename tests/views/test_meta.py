from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coaching.elements import FIELDS
from views.meta import LIMIT, Meta, dump, load

ids = st.text("abcXYZ019-_:é", max_size=40)
metas = st.builds(
    Meta,
    log=ids,
    element=ids,
    version=st.integers(0, 10_000),
    generation=st.integers(0, 10_000),
    walk=st.booleans(),
    more=st.booleans(),
    overruled=st.lists(st.sampled_from(list(FIELDS)), max_size=5).map(tuple),
    retried=st.booleans(),
    agent=ids,
    new_id=ids,
    plan=ids,
)


@given(metas)
def test_it_comes_back_as_it_was_written(meta: Meta) -> None:
    assert load(dump(meta)) == meta


def test_it_fits_whatever_was_overruled() -> None:
    longest = Meta("l" * 36, "conversation", 9999, 9999, walk=True, overruled=tuple(FIELDS))
    assert len(dump(longest)) < LIMIT
    assert dump(Meta()) == "{}"


@pytest.mark.parametrize(
    "forged",
    [
        "",
        "{",
        "[]",
        "null",
        "3",
        '{"log": 3}',
        '{"version": "1"}',
        '{"version": -1}',
        '{"version": true}',
        '{"version": 1e99}',
        '{"walk": 1}',
        '{"overruled": [1]}',
        '{"log": "a\\u0000b"}',
        f'{{"new_id": "{"a" * 20_000}"}}',
        '{"overruled": "ab"}',
        '{"log": []}',
        "[" * 100_000,
    ],
)
def test_what_was_not_written_by_us_is_empty(forged: str) -> None:
    assert load(forged) == Meta()


def test_unknown_keys_are_ignored() -> None:
    assert load('{"log": "L1", "role": "admin"}') == Meta(log="L1")
