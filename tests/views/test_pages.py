from __future__ import annotations

import pytest

from coaching.people import Act
from tests.coaching.cast import CRITERIA, DANA, NOW, SAM, SMALLEST, opened
from tests.views.slack import NASTY, posted, shown
from views.passages import page, quoted
from views.show import as_view, show


def test_a_page_holds_as_many_whole_passages_as_fit() -> None:
    passages = [quoted(f"Heading {number}", "x") for number in range(7)]
    first, last = page(passages, 3), page(passages, 3, 9)
    assert (len(first.blocks), first.has_more) == (3, True)
    assert (len(last.blocks), last.has_more) == (1, False)


def test_a_page_is_never_heavier_than_a_view_may_be() -> None:
    passages = [quoted("Heading", "😀" * 3000) for _ in range(12)]
    sizes = [len(page(passages, 100, number).blocks) for number in (1, 2, 3)]
    assert sizes[0] < 36
    assert page(passages, 100).has_more
    assert not page(passages, 100, 3).has_more


@pytest.mark.parametrize("nasty", NASTY)
def test_a_whole_log_fits_into_a_message_and_a_modal(nasty: str) -> None:
    text = NASTY[nasty]
    keys = ("quote", "observed", "target", "shows", "own_words", "obstacle_note", "pattern", "why")
    log = opened(**{**SMALLEST, **dict.fromkeys(keys, text), "points": (text,)})
    message = show(
        log,
        SAM,
        {DANA.user: DANA, SAM.user: SAM},
        CRITERIA,
        now=NOW,
        revisions=[],
        linked=[],
        may=frozenset(Act),
    )
    posted(message)
    shown(as_view(log, message))
