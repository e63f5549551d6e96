from __future__ import annotations

import re
from dataclasses import replace

import pytest

from coaching.people import Membership, Person, Role
from handlers import command
from tests.coaching.cast import DANA, LENA, SAM
from tests.views.slack import NASTY, buttons, posted, words
from views import help as helping
from views import ids, notes
from views.help import Offer
from views.parts import Message

STRANGER = Person(user="UIRIS", name="Iris Novak")
TEAM_ADMIN = replace(STRANGER, memberships=(Membership("t", "T", Role.ADMIN),))
HOW = "coachlog teams import"


@pytest.mark.parametrize(
    ("who", "there", "missing"),
    [
        (SAM, ["/coach quick @agent", "/coach drafts", "/coach team", "/coach due"], []),
        (LENA, ["/coach team", "/coach outcome CL-n"], ["/coach quick", "/coach drafts"]),
        (
            DANA,
            ["/coach history", "/coach due", "the Home of this app", "such as CL-12"],
            ["/coach team", "@agent", "Log a coaching"],
        ),
        (STRANGER, ["an admin can add you"], ["/coach", HOW]),
        (TEAM_ADMIN, [HOW, "You are an admin here"], ["/coach", "can add you"]),
        (replace(SAM, is_admin=True), ["/coach quick @agent", HOW], []),
        (SAM, ["/coach summary"], [HOW]),
    ],
)
def test_help_fits_the_asker_s_roles(who: Person, there: list[str], missing: list[str]) -> None:
    made = helping.help_for(who, "/coach")
    posted(made)
    assert all(part in words(made) for part in there)
    assert not [part for part in missing if part in words(made)]


@pytest.mark.parametrize("word", [word for word in command._COMMANDS if word])
def test_every_command_is_listed(word: str) -> None:
    commands = re.findall(r"`/coach ([^`]*)`", words(helping.help_for(SAM, "/coach")))
    also_taken = ["followup", "help"]
    assert word in [*re.split(r"[ ,]+", " ".join(commands)), *also_taken]


def test_who_is_in_no_role_learns_whom_to_ask_and_an_admin_what_to_do() -> None:
    said = words(helping.no_role(STRANGER, "/coach"))
    assert "ask an admin of this workspace to add you" in said
    assert HOW not in said
    admin = words(helping.no_role(replace(STRANGER, is_admin=True), "/coach"))
    assert "You are an admin here" in admin
    assert "ask an admin" not in admin
    guest = words(helping.no_role(replace(STRANGER, is_admin=True, is_guest=True), "/coach"))
    assert "You are an admin" not in guest


def test_help_names_the_command_as_it_is_configured() -> None:
    said = words(helping.help_for(SAM, "/coach_uk"))
    assert "`/coach_uk drafts`" in said
    assert "/coach " not in said


@pytest.mark.parametrize("role", Role)
def test_nothing_is_listed_that_is_not_built(role: Role) -> None:
    who = replace(SAM, memberships=(Membership("t", "T", role),))
    said = words(helping.help_for(who, "/coach"))
    assert not [word for word in ("review", "insights", "setup") if word in said]


def test_a_near_miss_is_answered_with_what_was_meant_to_press() -> None:
    offer = Offer("quick @dana", "quick <@U0DANA>")
    made = helping.not_a_command("quik", [offer], "/coach")
    posted(made)
    assert "I don't know “quik”. Did you mean `/coach quick @dana`?" in words(made)
    (press,) = made.blocks[1]["elements"]
    assert (press["text"]["text"], press["value"]) == ("/coach quick @dana", "quick <@U0DANA>")
    assert ids.plain(press["action_id"]) == ids.RUN
    assert words(made).endswith("`/coach help` shows everything that you can type.")
    assert "What you can type" not in words(made)
    unknown = helping.not_a_command("xyzzy", [], "/coach")
    assert "Did you mean" not in words(unknown)
    assert "/coach help" in words(unknown)


def test_several_who_may_be_meant_are_all_offered() -> None:
    offers = [Offer(f"@{name}", f"<@U{name}>") for name in ("Dana", "Dan")]
    made = helping.nobody_called("@daan", offers, "/coach")
    posted(made)
    assert "I don't know anybody called @daan. Did you mean one of these?" in words(made)
    assert list(buttons(made)) == ["/coach @Dana", "/coach @Dan"]
    assert "Type @ and pick them" in words(helping.nobody_called("@zed", [], "/coach"))


@pytest.mark.parametrize("nasty", NASTY)
def test_slack_takes_every_answer_whatever_people_type(nasty: str) -> None:
    text = NASTY[nasty]
    named = replace(SAM, name=text, first_name=text)
    for made in (
        helping.not_a_command(text, [Offer("show CL-7", text[:900])], "/coach"),
        helping.nobody_called(f"@{text}", [], "/coach"),
        helping.not_your_agent(named, "/coach"),
        helping.nothing_to_decide(named, "/coach"),
    ):
        posted(made)
        assert "<" not in made.text
        assert "<!" not in words(made)
        assert "<http" not in words(made)


def test_what_may_not_be_seen_reads_like_what_does_not_exist() -> None:
    assert words(helping.not_found("CL-77")) == "I can't find CL-77 among the logs you can see."


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (helping.sorry("3f9a"), "incident 3f9a"),
        (helping.expired({"callback_id": ids.FORM}), "nothing that you saved is lost"),
        (helping.expired(notes.refused("CL-1 is decided.")), "CL-1 is decided."),
        (helping.no_role(STRANGER, "/coach"), "ask an admin"),
        (helping.not_a_supervisor(DANA, "/coach"), "for supervisors"),
        (helping.which_log("/coach"), "/coach show CL-12"),
        (helping.whose_history("/coach"), "/coach history"),
        (helping.nothing_to_decide(None, "/coach"), "no outcome to record"),
    ],
)
def test_every_refusal_says_what_can_be_done(made: Message, said: str) -> None:
    posted(made)
    assert said in words(made)
    assert made.text
