"""What is said of a log that waits for its agent's shift."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace

import pytest

from coaching.elements import TARGET
from coaching.log import Log
from coaching.notices import NoticeKind
from coaching.people import Act, Person
from coaching.sharing import revise, send_now
from playground.testing.reading import visible_text
from tests.coaching.cast import CRITERIA, LATER, MANILA, NEW_YORK, NOW, changed, opened
from tests.views.slack import NASTY, buttons, posted, shown, words
from tests.views.story import DANA, LENA, SAM
from views import ids, notes, small
from views.items import unread_item
from views.look_over import shared_note
from views.notice_about import NoticeAbout
from views.notices import message
from views.parts import Block, Message
from views.reading import Reading
from views.show import show
from views.waiting import before_sharing

SHIFT = dt.datetime(2026, 11, 24, 14, tzinfo=dt.UTC)
FAR_OFF = replace(DANA, tz=NEW_YORK)
PEOPLE = {person.user: person for person in (SAM, FAR_OFF, LENA)}


def waiting() -> Log:
    return replace(opened(), told_at=SHIFT)


def read(blocks: Iterable[Block]) -> str:
    """As it stands there, a line each block."""
    return "\n".join(visible_text([*blocks]))


def said_before(agent: Person, reader: Person = SAM) -> str:
    return read([before_sharing(agent, SHIFT, reader, 2026)])


def seen(log: Log, viewer: Person, now: dt.datetime = LATER) -> Message:
    answer = show(
        log,
        viewer,
        PEOPLE,
        CRITERIA,
        now=now,
        revisions=(),
        linked=(),
        may=frozenset({Act.SEE, Act.WRITE}),
    )
    posted(answer)
    return answer


def test_the_reader_s_clock_and_the_agent_s_where_it_is_another() -> None:
    gets_it = "Dana gets it then, or at once if you press Send now after sharing."
    begins = "Dana's next shift begins Tue 24 November, 14:00 GMT"
    assert said_before(DANA) == f"{begins}. {gets_it}"
    assert said_before(FAR_OFF) == f"{begins}, which is 09:00 for Dana. {gets_it}"
    manila = replace(DANA, tz=MANILA)
    assert said_before(manila) == f"{begins}, which is 22:00 for Dana. {gets_it}"
    auckland = replace(DANA, tz="Pacific/Auckland")
    assert "which is Wed 25 November, 03:00 for Dana" in said_before(auckland)


@pytest.mark.parametrize("text", NASTY)
def test_whatever_somebody_is_called(text: str) -> None:
    agent = replace(FAR_OFF, name=text, first_name=text)
    shown(shared_note(waiting(), agent, SAM, NOW))


def test_send_now_stands_in_the_note_while_it_waits() -> None:
    log = waiting()
    assert buttons(shared_note(log, FAR_OFF, SAM, NOW)) == {"Send now": ids.SEND_NOW}
    for now, told in ((SHIFT, log), (NOW, replace(log, told_at=None)), (NOW, opened())):
        view = shared_note(told, FAR_OFF, SAM, now)
        assert buttons(view) == {}
        assert "shift" not in words(view)


def test_the_log_itself_says_it_to_all_but_its_agent() -> None:
    begins = "Dana's next shift begins Tue 24 November, 14:00 GMT, which is 09:00 for Dana."
    answer = seen(waiting(), SAM)
    assert begins in read(answer.blocks)
    assert buttons(answer)["Send now"] == ids.SEND_NOW
    assert "shift" not in words(seen(waiting(), FAR_OFF))
    for log, now in (
        (waiting(), SHIFT),
        (changed(send_now(waiting(), actor=SAM, now=LATER)), LATER),
    ):
        again = seen(log, SAM, now)
        assert "shift" not in words(again)
        assert "Send now" not in buttons(again)


def test_the_list_of_who_is_waited_for_says_when_it_goes_out() -> None:
    reading = Reading(reader=SAM, now=LATER, people=PEOPLE, criteria=CRITERIA)
    item = words({"blocks": [*unread_item(waiting(), reading)]})
    assert "CL-142 · Dana Whitfield, shared today, goes out Tue 24 November, 14:00 GMT" in item
    assert "goes out" not in words({"blocks": [*unread_item(opened(), reading)]})


def revised(log: Log, text: str, now: dt.datetime) -> Log:
    content = {**log.content, "target": text}
    return changed(revise(log, TARGET, content, actor=SAM, now=now))


def summary(log: Log, kind: NoticeKind, before: Log | None = None) -> Message:
    about = NoticeAbout(
        log=log,
        people=PEOPLE,
        criteria=CRITERIA,
        reader=FAR_OFF,
        now=SHIFT,
        previous=before.content if before else None,
        occurrence=str(log.revision),
    )
    answer = message(kind, about)
    posted(answer)
    return answer


def test_what_was_changed_meanwhile_is_what_the_summary_shows() -> None:
    log = revised(waiting(), "Ask why before the fee", LATER)
    first = summary(log, NoticeKind.SHARED)
    assert "Ask why before the fee" in words(first)
    assert "Acknowledge" in buttons(first)
    assert "was changed since" not in words(first)
    later = revised(log, "Ask why, then listen", SHIFT)
    first = summary(later, NoticeKind.SHARED)
    assert "was changed since" in words(first)
    assert "Acknowledge" not in buttons(first)
    assert "Acknowledge" in buttons(summary(later, NoticeKind.REVISED, log))


def test_a_void_says_that_nothing_is_sent() -> None:
    unheard = "Dana was not told of it yet and gets no message about it."
    assert unheard in words(small.void(waiting(), DANA, is_unheard=True))
    assert "is told the reason" in words(small.void(opened(), DANA))


def test_what_was_saved_is_what_they_get() -> None:
    assert "Dana gets it as it is now." in words(notes.saved(waiting(), DANA, "/coach", LATER))
    assert "Dana will see what changed." in words(notes.saved(waiting(), DANA, "/coach", SHIFT))
