"""A seed: the team, people, channels and messages that stand there when the workspace opens.

The format is described in playground/README.md.
"""

from __future__ import annotations

import re
from pathlib import Path
from zoneinfo import ZoneInfo

from playground import files, posting
from playground.clock import Clock
from playground.findings import Check, Place
from playground.people import Channel, Team, User
from playground.shapes import boolean, is_record, list_of, matching, record, string
from playground.surfaces import TEXT_MAX
from playground.wire import Json
from playground.workspace import Workspace

DEFAULT: Json = {
    "team": {"name": "Acme", "domain": "acme"},
    "people": [
        {"name": "ada", "real_name": "Ada Moreau", "title": "Owner", "owner": True},
        {"name": "ben", "real_name": "Ben Castellan", "title": "Member"},
        {"name": "chi", "real_name": "Chi Nakamura", "title": "Member", "tz": "Asia/Tokyo"},
    ],
    "channels": [
        {
            "name": "general",
            "app": True,
            "messages": [
                {"from": "ben", "text": "Good morning, @ada. The app is in here as well."}
            ],
        },
        {"name": "random", "messages": [{"from": "ada", "text": "The app is not in here."}]},
    ],
}

_MANY = 1_000
_NAME = matching(r"[a-z0-9][a-z0-9._\-]{0,79}", "a name in lower case, without spaces")
# Files that a zone database brings along, and that browsers don't know as zones.
_ZONE = matching(
    r"(?!posix|right/|localtime$|Factory$)[\w+\-/]+", "a time zone as in Europe/London", ZoneInfo
)


def _id(letters: str) -> Check:
    return matching(rf"[{letters}][A-Z0-9]{{2,20}}", f"an id that begins with {letters[0]}")


_PERSON = record(
    {"name": _NAME, "real_name": string(255)},
    {
        "id": _id("UW"),
        "tz": _ZONE,
        "title": string(255, 0),
        "email": matching(r"[^@\s]+@[^@\s]+", "an e-mail address"),
        **dict.fromkeys(("admin", "owner", "guest", "deactivated"), boolean),
    },
)
_MESSAGE = record({"from": string(255), "text": string(TEXT_MAX)})
_CHANNEL = record(
    {"name": _NAME},
    {
        "id": _id("CG"),
        "members": list_of(string(255), _MANY, 0),
        "messages": list_of(_MESSAGE, _MANY, 0),
        **dict.fromkeys(("app", "private", "archived"), boolean),
    },
)


def _names_fit(seed: object, place: Place) -> None:
    """No name or id twice, and nobody named who is not there."""
    if not is_record(seed):
        return
    names = {one["name"] for one in seed["people"]}
    for kind in ("people", "channels"):
        seen: set[str] = set()
        each: list[Json] = seed.get(kind, [])
        for index, one in enumerate(each):
            for key, value in (("name", one["name"]), ("id", _id_of(kind, one))):
                if value in seen:
                    place.at(kind).at(index).at(key).refuse(f"{value} is there already")
                seen.add(value)
    for index, channel in enumerate(seed.get("channels", ())):
        spot = place.at("channels").at(index)
        for number, name in enumerate(channel.get("members", ())):
            if name not in names:
                spot.at("members").at(number).refuse(f"there is nobody named {name}")
        for number, message in enumerate(channel.get("messages", ())):
            if message["from"] not in names:
                at = spot.at("messages").at(number).at("from")
                at.refuse(f"there is nobody named {message['from']}")
    if all(one.get("deactivated") for one in seed["people"]):
        place.at("people").refuse("somebody must be there who can log in")


SEED = record(
    {"people": list_of(_PERSON, _MANY)},
    {
        "team": record(
            {"name": string(255)},
            {"id": _id("T"), "domain": matching(r"[a-z0-9\-]{1,21}", "a part of an address")},
        ),
        "channels": list_of(_CHANNEL, _MANY, 0),
    },
    _names_fit,
)


def load(file: Path) -> Json:
    """The seed in a file.

    Raises:
        Unusable: the file can't be read, or not as a seed.
    """
    return files.read(file, SEED)


def workspace(seed: Json, clock: Clock) -> Workspace:
    """The workspace with the seed's people; its channels come with `fill`, after the app."""
    team: Json = seed.get("team") or DEFAULT["team"]
    made = Workspace(
        team=Team(team.get("id", "T0PLAYGROUND"), team["name"], team.get("domain", "playground")),
        clock=clock,
    )
    for one in seed["people"]:
        made.add_user(
            User(
                id=_id_of("people", one),
                name=one["name"],
                real_name=one["real_name"],
                tz=one.get("tz", "UTC"),
                title=one.get("title", ""),
                email=one.get("email", f"{one['name']}@example.com"),
                is_admin=one.get("admin", False),
                is_owner=one.get("owner", False),
                is_restricted=one.get("guest", False),
                deleted=one.get("deactivated", False),
            )
        )
    return made


def fill(ws: Workspace, seed: Json) -> None:
    """Put the channels in, and what was said there; the app hears nothing of it."""
    ids = {one["name"]: _id_of("people", one) for one in seed["people"]}
    # Nobody named means everybody.
    everyone = list(ids)
    for one in seed.get("channels", ()):
        members = [ids[name] for name in one.get("members", everyone)]
        app = [ws.app.bot_user_id] if one.get("app") else []
        channel = Channel(
            id=_id_of("channels", one),
            name=one["name"],
            members=(*members, *app),
            is_private=one.get("private", False),
            is_archived=one.get("archived", False),
        )
        ws.add_channel(channel)
    for one in seed.get("channels", ()):
        conversation = ws.conversations.get(_id_of("channels", one))
        for message in one.get("messages", ()):
            sender = ws.user(ids[message["from"]])
            if conversation is not None and sender is not None:
                posting.put(ws, conversation, sender, message["text"])


def _id_of(kind: str, one: Json) -> str:
    """The id given, else one made of the name, the same at every start."""
    letter = "U" if kind == "people" else "C"
    plain = re.sub(r"[^A-Z0-9]", "", one["name"].upper())
    return str(one.get("id", f"{letter}0{plain}"))
