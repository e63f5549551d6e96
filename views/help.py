"""Help, and kind answers to what can't be done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from coaching.people import Person, Role
from views import ids
from views.parts import Message, View, button, clip, context, escape, section, short_name
from views.passages import buttons, plainly

_SUPERVISOR = (
    ("", "goes on with your draft, or begins a new log"),
    ("@agent", "begins a log for that agent; a draft or an open target is offered first"),
    ("quick @agent", "evidence, target and follow-up in one form"),
    (
        "evidence, observation, target, conversation, follow-up, outcome",
        "just that form; add @agent or CL-n",
    ),
    ("summary", "the same as conversation"),
    ("drafts", "your unfinished logs"),
)
_LOOKING = (
    ("due", "follow-ups that are due, and next steps that were promised"),
    ("team", "who was coached when, and what is due"),
    ("digest", "your teams' week in figures, and what needs somebody"),
    ("history @agent", "an agent's logs, newest first"),
    ("show CL-n", "one log, whole, with what can be done to it"),
)
_LEAD = (("outcome CL-n", "records the outcome of a log, where that falls to you"),)
_AGENT = (
    ("history", "your own logs, newest first"),
    ("show CL-n", "one of your logs, whole, with *Acknowledge* and *Add my view*"),
    ("due", "next steps that you promised"),
)

_NUMBERED = "CL-n stands for a log's number, such as CL-12."

FOR_ADMINS = (
    "You are an admin here, so you say who is in which team: with a CSV file of three columns, "
    "team, role (lead, supervisor, agent or admin) and member (a Slack ID or an e-mail address). "
    "Where CoachLog runs, `coachlog teams import teams.csv` reads it. Being an admin alone shows "
    "nobody's logs."
)
ASK_AN_ADMIN = "If you should be, ask an admin of this workspace to add you."


@dataclass(frozen=True, slots=True)
class Offer:
    """What somebody may have meant: as it is shown after the command, and as it is typed there."""

    shown: str
    typed: str


def all_of_it(command: str) -> str:
    """The line that leads to help."""
    return f"`{command} help` shows everything that you can type."


def help_for(actor: Person, command: str) -> Message:
    """What can be typed, fitted to the asker's roles."""
    lines: list[tuple[str, str]] = []
    if actor.can_log:
        lines += _SUPERVISOR
    elif actor.can_lead:
        lines += _LEAD
    if actor.can_log or actor.can_lead:
        lines += _LOOKING
    elif actor.has(Role.AGENT):
        lines += _AGENT
    listed = "\n".join(f"`{f'{command} {what}'.strip()}`  {words}" for what, words in lines)
    blocks = [section(f"*What you can type*\n{listed}")] if listed else []
    if listed:
        shortcuts = (
            "*Log a coaching session* under Shortcuts, *Coach on this message* in a message's "
            "menu, and "
            if actor.can_log
            else ""
        )
        blocks.append(context(f"Without typing: {shortcuts}the Home of this app. {_NUMBERED}"))
    if actor.keeps_teams:
        blocks.append(section(f"*Who is in which team*\n{FOR_ADMINS}"))
    elif not listed:
        blocks.append(
            section("There is nothing to type for you yet: an admin can add you to a team.")
        )
    return Message(text="What you can type", blocks=tuple(blocks))


def not_a_command(word: str, offers: Sequence[Offer], command: str) -> Message:
    """Something that isn't a command, with what was meant to press, and the way to help."""
    return _offering(f"I don't know “{escape(clip(word, 60))}”.", offers, command)


def nobody_called(name: str, offers: Sequence[Offer], command: str) -> Message:
    """A name that Slack didn't turn into a person, with those who may be meant."""
    words = f"I don't know anybody called {escape(clip(name, 60))}."
    if not offers:
        words += " Type @ and pick them from the list."
    return _offering(words if name.startswith("@") else "", offers, command)


def _offering(words: str, offers: Sequence[Offer], command: str) -> Message:
    meant = [f"{command} {offer.shown}" for offer in offers]
    if len(meant) == 1:
        words += f" Did you mean `{escape(clip(meant[0], 200))}`?"
    elif meant:
        words += " Did you mean one of these?"
    pressable = [
        button(shown, ids.numbered(ids.RUN, number), offer.typed, primary=len(offers) == 1)
        for number, (shown, offer) in enumerate(zip(meant, offers, strict=True), start=1)
    ]
    return Message(
        text=plainly(f"{command} doesn't know that"),
        blocks=(section(words.strip()), *buttons(*pressable), context(all_of_it(command))),
    )


def no_role(actor: Person, command: str) -> Message:
    """Somebody in no role: an explanation, never data."""
    what = "CoachLog keeps coaching logs for contact-center teams, and you aren't in a team there "
    if actor.keeps_teams:
        return _said(f"{what}yet. {FOR_ADMINS}")
    return _said(f"{what}yet. {ASK_AN_ADMIN} Then `{command} help` shows what you can do.")


def not_a_supervisor(actor: Person, command: str, word: str = "") -> Message:
    """Somebody who may not do that; a guest may not whatever the team file says."""
    known = {
        "team": "The list of a team is for supervisors and team leads",
        "digest": "The digest of a team is for supervisors and team leads",
        "drafts": "Drafts are for supervisors",
    }
    words = known.get(word, "Logging sessions is for supervisors")
    words += ", and a guest of this workspace can't be one." if actor.is_guest else "."
    return _said(f"{words} `{command} help` shows what you can do.")


def not_your_agent(agent: Person, command: str) -> Message:
    """An agent of somebody else, or nobody's: the same words for both."""
    who = escape(short_name(agent)) if agent.is_known else "This person"
    return _said(
        f"{who} is not among the agents you can see. An admin can add them to your team; "
        f"`{command} team` lists those you look after."
    )


def not_your_team(command: str) -> Message:
    """A team that is somebody else's, or none: the same words for both."""
    return _said(f"That team is not among yours. `{command} digest` shows those you look after.")


def not_found(reference: str) -> Message:
    """A log that isn't there or that the person may not see: the same words for both."""
    return _said(f"I can't find {reference} among the logs you can see.")


def nothing_to_decide(agent: Person | None, command: str) -> Message:
    """No open target."""
    who = f"{escape(short_name(agent))} has no open target" if agent else "Nothing is due right now"
    return _said(f"{who}, so there is no outcome to record. `{command} due` lists what waits.")


def which_log(command: str) -> Message:
    """A reference is missing."""
    return _said(f"Which log? Write its reference, for example `{command} show CL-12`.")


def whose_history(command: str) -> Message:
    """A person is missing."""
    return _said(f"Whose history? Write `{command} history` and then @ and the agent's name.")


def expired(view: View) -> Message:
    """Slack's three seconds for opening a view ran out; words alone are said all the same."""
    if view.get("callback_id") == ids.NOTE:
        return Message(text=view["title"]["text"], blocks=tuple(view["blocks"]))
    return _said(
        "Slack took too long to open the form. Please do the same once more; "
        "nothing that you saved is lost."
    )


def sorry(incident: str) -> Message:
    """Something failed on our side."""
    return _said(
        f"Something went wrong on our side (incident {incident}). What you saved before is kept. "
        "Try again in a moment; if it happens again, tell your admin that number."
    )


def _said(words: str) -> Message:
    return Message(text=words.replace("`", ""), blocks=(section(words),))
