from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from coaching.fields import Content
from coaching.log import Log
from coaching.people import Act, Person, may
from coaching.said import Agrees, Answer, CheckIn, Ruling
from tests.coaching import cast
from tests.coaching.cast import LATER, NOW, PRIYA, draft
from tests.views.slack import NASTY, buttons, posted, shown, words
from tests.views.story import ANSWER_WORDS, DANA, DUE, LENA, SAM, VIEW_WORDS, Story
from views.lengths import MESSAGE_LENGTH, length
from views.parts import Message
from views.show import as_view, show


def whole(
    log: Log,
    viewer: Person,
    *,
    story: Story | None = None,
    linked: Sequence[Log] = (),
    page: int = 1,
    contents: Sequence[Content] = (),
    in_modal: bool = False,
) -> Message:
    """The log as this person may see it."""
    told = story or Story()
    people = {person.user: person for person in told.people}
    return show(
        log,
        people[viewer.user],
        people,
        told.criteria,
        now=DUE,
        revisions=[(number, LATER, SAM.user, item) for number, item in enumerate(contents, 1)],
        linked=linked,
        may=frozenset(
            act for act in Act if may(people[viewer.user], act, agent=people[DANA.user], log=log)
        ),
        number=page,
        in_modal=in_modal,
    )


def test_a_log_is_shown_whole() -> None:
    log = replace(Story().responded(), second_reason="Both came up in one call")
    said = words(whole(log, SAM))
    for value in log.content.values():
        for part in value if isinstance(value, tuple) else (str(value),):
            if " " in part:
                assert part in said
    for part in ("Both came up in one call", "Ask why, then offer", "✅ Acknowledged by Dana on"):
        assert part in said
    assert "Lena's response: " in said
    assert "Written by " in said


def test_a_change_that_is_not_acknowledged_yet_is_said_with_what_is() -> None:
    before = Story().acknowledged().content
    made = whole(Story().revised(), DANA, contents=[before, Story().revised().content])
    said = [line for line in words(made).splitlines() if line]
    assert "; the change of Tue 24 November not yet" in said
    assert "Not acknowledged yet" not in said
    assert "Acknowledge" in buttons(made)
    assert "Not acknowledged yet" in words(whole(Story().open(), SAM))


def test_a_change_of_a_log_that_is_taken_back_waits_for_nobody() -> None:
    said = words(whole(Story().voided(Story().revised()), DANA))
    assert "Acknowledged by you" in said
    assert "not yet" not in said


def test_a_disagreement_says_whose_answer_it_waits_for() -> None:
    assert "This waits for an answer from Lena." in words(whole(Story().viewed(), SAM))
    assert "This waits for an answer from you." in words(whole(Story().viewed(), LENA))
    assert "This waits" not in words(whole(Story().answered(), SAM))


def test_each_view_has_its_own_answer_below_it() -> None:
    first = Story().answered(Ruling.STANDS)
    against = replace(first.views[0], at=DUE, words="Still not so")
    newest = Answer(DUE, LENA.user, Ruling.STANDS, "It is so")
    earlier = first.answers
    log = replace(first, views=(*first.views, against), disagreement_answer=newest)
    said = words(whole(replace(log, earlier_answers=earlier), SAM))
    places = [said.index(one) for one in (VIEW_WORDS, ANSWER_WORDS, "Still not so", "It is so")]
    assert places == sorted(places)
    assert said.count(ANSWER_WORDS) == 1


def test_an_escalated_log_names_who_has_it() -> None:
    log = Story().decided("escalate")
    assert "escalated to Lena by you on " in words(whole(log, SAM))
    assert "escalated to you by Sam on " in words(whole(log, LENA))
    assert "taken to Lena by Sam on " in words(whole(log, DANA))


def test_a_draft_says_all_that_sharing_needs_and_what_may_wait() -> None:
    content = {"agent": DANA.user, "call": "8841", "moment": "03:12"}
    said = words(whole(replace(draft(), content=content), SAM)).splitlines()
    needed = said.index("Needed before it can be shared")
    later = said.index("Not written yet, and may follow after sharing")
    assert [line for line in said[needed + 1 : later] if line] == [
        "• Call evidence: QA criterion, Score",
        "• Target: One thing that Dana will do differently",
        (
            "• Follow-up: QA criterion, Threshold score, Calls to review, "
            "Calls that must reach it, Review by"
        ),
    ]
    assert [line for line in said[later + 1 :] if line][:2] == ["• Observation", "• Conversation"]
    whole_draft = words(whole(replace(draft(), content=Story().open().content), SAM))
    assert "Needed before" not in whole_draft
    assert "may follow" not in whole_draft


def test_what_was_said_is_all_there_check_ins_newest_first() -> None:
    notes = [CheckIn(NOW, SAM.user, {"points": (f"Point {number}",)}) for number in (1, 2)]
    log = replace(Story().answered(), check_ins=tuple(notes))
    said = words(whole(log, DANA))
    assert said.index("Point 2") < said.index("Point 1")
    assert "You disagree with CL-142" in said
    assert "Lena's answer: " in said


@pytest.mark.parametrize(
    ("log", "viewer", "expected"),
    [
        (Story().open(), DANA, ["Acknowledge", "Add my view"]),
        (Story().acknowledged(), DANA, ["Add my view"]),
        (
            Story().acknowledged(),
            SAM,
            ["Record outcome", "Check in", "Change", "Next step done", "Void…"],
        ),
        (
            Story().figured(8, 7),
            SAM,
            ["Close as met", "Record outcome", "Check in", "Change", "Next step done", "Void…"],
        ),
        (
            Story().figured(6, 5),
            SAM,
            [
                "Extend to 25 January",
                "Record outcome",
                "Check in",
                "Change",
                "Next step done",
                "Void…",
            ],
        ),
        (Story().viewed(), LENA, ["Answer", "Record outcome", "Void…"]),
        (Story().decided("escalate"), LENA, ["Void…"]),
        (
            Story().viewed(Agrees.IN_PART, Story().decided("escalate")),
            LENA,
            ["Record response", "Void…"],
        ),
        (Story().decided("close"), SAM, ["Change", "Next step done", "Void…"]),
        (Story().voided(), SAM, []),
        (Story().voided(), DANA, []),
        (draft(), SAM, ["Continue", "Discard"]),
        (
            draft(session_at=int(DUE.timestamp()) + 3600),
            SAM,
            ["Session held", "Continue", "Discard"],
        ),
        (draft(), DANA, []),
    ],
)
def test_only_what_may_be_done_can_be_pressed(
    log: Log, viewer: Person, expected: list[str]
) -> None:
    made = whole(log, viewer)
    posted(made)
    assert list(buttons(made)) == expected
    coloured = [
        item["text"]["text"]
        for block in made.blocks
        for item in block.get("elements", ())
        if item.get("style") == "primary"
    ]
    quiet = {"Add my view", "Change", "Next step done", "Void…"}
    assert coloured == [words for words in expected[:1] if words not in quiet]


def test_ever_so_many_promises_can_be_answered_the_oldest_first() -> None:
    promised: Content = {"step_who": "supervisor", "step_what": "Sit in on a call"}
    log = replace(Story().acknowledged(), check_ins=(CheckIn(NOW, SAM.user, promised),) * 40)
    made = whole(log, SAM)
    posted(made)
    steps = [text for text in buttons(made) if text.endswith("next step done")]
    assert steps == [f"Check-in {number}: next step done" for number in range(1, 10)]


def test_a_draft_says_what_is_not_written_and_asks_before_it_is_discarded() -> None:
    made = whole(draft(), SAM)
    assert "Not written yet" in words(made)
    discard = made.blocks[-1]["elements"][1]
    assert discard["confirm"]["title"]["text"] == "Discard CL-142?"


def test_the_chain_is_linked_but_a_draft_of_somebody_else_is_not_named() -> None:
    log = replace(Story().decided("continue"), continues="L0")
    before = replace(Story().decided("continue"), id="L0", number=130)
    after = replace(draft(), id="L2", number=158)
    made = whole(log, SAM, linked=[before, after])
    assert {"Show CL-130", "Show CL-158"} <= set(buttons(made))
    assert "It goes on from CL-130." in words(made)
    assert "It goes on in CL-158." in words(made)
    theirs = whole(log, SAM, linked=[before, replace(after, supervisor=PRIYA.user)])
    assert "CL-158" not in words(theirs)
    assert "CL-158" not in words(whole(log, DANA, linked=[before, after]))


def test_versions_say_what_each_of_them_changed_newest_first() -> None:
    assert "Version" not in words(whole(Story().open(), SAM))
    log = Story().revised()
    contents = [{**log.content, "target": f"Target {number}"} for number in range(1, 4)]
    said = words(whole(log, SAM, contents=contents))
    assert "Version 1" not in said
    assert said.index("Version 3") < said.index("Target 3") < said.index("Version 2")
    assert "What to try, before\n\n\nTarget 1" in said


@pytest.mark.parametrize("nasty", NASTY)
def test_every_page_fits_a_message_and_a_modal(nasty: str) -> None:
    story = Story.told_with(NASTY[nasty])
    log = story.voided(story.responded())
    noted = story.checked_in().check_ins * 6
    log = replace(log, check_ins=noted, views=story.viewed().views * 3)
    contents = [log.content, {}] * 2
    for most, in_modal in ((120, False), (8, True)):
        for page in range(1, most + 1):
            made = whole(log, SAM, story=story, page=page, contents=contents, in_modal=in_modal)
            shown(as_view(log, made))
            if not in_modal:
                posted(made)
                assert length(made.blocks) <= MESSAGE_LENGTH
            if "Show the rest" not in buttons(made):
                break
        else:
            pytest.fail("a page that never comes")


def test_from_every_later_page_there_is_a_way_back() -> None:
    story = Story("x" * 3000)
    log = story.responded()
    assert "Show the beginning" not in buttons(whole(log, SAM, story=story))
    for page in (2, 3):
        assert "Show the beginning" in buttons(whole(log, SAM, story=story, page=page))


def test_pages_hold_everything_and_the_buttons_stand_on_each() -> None:
    noted = tuple(CheckIn(NOW, SAM.user, {"points": (f"Point {n}!",)}) for n in range(60))
    log = replace(Story().open(), check_ins=noted)
    said, page = "", 1
    while True:
        made = whole(log, SAM, page=page)
        assert "Record outcome" in buttons(made)
        said += words(made)
        if "Show the rest" not in buttons(made):
            break
        page += 1
    assert page > 1
    assert all(f"Point {n}!" in said for n in range(60))


def test_who_may_see_nothing_else_may_still_read_a_log_as_a_modal() -> None:
    log = Story().acknowledged()
    view = as_view(log, whole(log, DANA))
    assert view["title"]["text"] == "CL-142"
    assert "submit" not in view
    assert cast.DANA.user not in words(view)
